package notice

import (
	"regexp"
	"strconv"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
)

// Miscount is a number of people or records in a typed text that is none of those
// that the facts hold.
type Miscount struct {
	Typed
	Words  string // "1.400 borgere"
	Number int64
}

// numberOfPeople is a number of two digits or more before a word for those concerned.
var numberOfPeople = regexp.MustCompile(`(?i)(?:^|[^\d.,\p{L}])(\d{1,3}(?:[.,  ]\d{3})+|\d{2,9})[  ]+(?:(?:berørte|affected)[  ]+)?` +
	`(borgere|personer|mennesker|registrerede|patienter|beboere|kunder|citizens|people|persons|individuals|data subjects|patients|residents|customers)(?:[^\p{L}]|$)`)

// Miscounts are the numbers in the typed texts of the document that say how many are
// concerned and that the facts do not hold. Where the facts hold no number, nothing
// can disagree with it.
func Miscounts(c *incident.Case, d Document) []Miscount {
	held := numbersOf(c.Facts)
	if len(held) == 0 {
		return nil
	}
	var found []Miscount
	for _, typed := range TypedIn(c, d) {
		for _, m := range numberOfPeople.FindAllStringSubmatch(typed.Text, -1) {
			n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", " ", "", " ", "").Replace(m[1]), 10, 64)
			if err == nil && !held[n] {
				found = append(found, Miscount{Typed: typed, Words: m[1] + " " + m[2], Number: n})
			}
		}
	}
	return found
}

// numbersOf are the numbers of people and records that the facts hold, and what is
// left of all when a part is taken away.
func numbersOf(s fact.Sheet) map[int64]bool {
	held := map[int64]bool{}
	keys := []string{"persons.count", "persons.count_max", "persons.records", "informed.count", "effect.recipients"}
	for _, name := range s.Subsets() {
		keys = append(keys, fact.SubsetKey(name, "count"))
	}
	all, known := s.Count("persons.count")
	for _, key := range keys {
		if n, ok := s.Count(key); ok {
			held[n] = true
			if known && n < all {
				held[all-n] = true
			}
		}
	}
	return held
}
