package notice

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

// A notice holds no data about the people concerned. Numbers are refused; a name can
// only be guessed at, so what looks like one is pointed out, and a person decides.

// Typed is a text that somebody typed and that stands in a document.
type Typed struct {
	No    int    // the section
	Key   string // the fact, or empty
	Entry string
	Text  string
}

// Name is something in a typed text that looks like a person's name.
type Name struct {
	Typed
	Words string
}

// Names are the words in the typed texts of the document that look like the name of
// a person, each once for each text. Those whom the case names as contacts, and the
// organisations, are known. A guess both ways: a place can look like a name, and a
// name that is also a common word is not seen.
func Names(c *incident.Case, d Document) []Name {
	known := knownWords(c.Facts)
	var found []Name
	for _, typed := range TypedIn(c, d) {
		for _, words := range likeNames(typed.Text, known) {
			found = append(found, Name{typed, words})
		}
	}
	return found
}

// TypedIn are the free texts that the document holds, in the order of the text: of
// facts that are not about the organisation itself, of entries put into a point, of
// the awareness and of decisions.
func TypedIn(c *incident.Case, d Document) []Typed {
	var all []Typed
	seen := map[Typed]bool{}
	add := func(t Typed) {
		if strings.TrimSpace(t.Text) != "" && !seen[t] {
			seen[t] = true
			all = append(all, t)
		}
	}
	for _, s := range d.parts() {
		for _, p := range s.Paragraphs {
			for _, sentence := range p.Sentences {
				for _, key := range sentence.Keys {
					add(typedFact(c, s.No, key))
				}
				if len(sentence.Keys) > 0 {
					continue
				}
				for _, id := range sentence.Entries {
					add(typedEntry(c, s.No, id))
				}
			}
		}
	}
	return all
}

func typedFact(c *incident.Case, no int, key string) Typed {
	if strings.HasPrefix(key, "controller.") || strings.HasPrefix(key, "processor.") {
		return Typed{}
	}
	r := c.Facts[key]
	switch v := r.Value.(type) {
	case fact.Text:
		return Typed{No: no, Key: key, Entry: r.Entry, Text: string(v)}
	case fact.Set:
		if k, _ := fact.Lookup(key); k.Type == fact.TypeList {
			return Typed{No: no, Key: key, Entry: r.Entry, Text: strings.Join(v, "; ")}
		}
	}
	return Typed{}
}

func typedEntry(c *incident.Case, no int, id string) Typed {
	l, err := c.Timeline.Find(id)
	switch {
	case err != nil:
	case l.Kind.Written(), l.Kind == timeline.KindCorrection, l.Kind == incident.KindGate:
		return Typed{No: no, Entry: id, Text: l.Text}
	case c.Aware != nil && c.Aware.Entry == id:
		return Typed{No: no, Entry: id, Text: c.Aware.Who + "; " + c.Aware.Why}
	}
	return Typed{}
}

// knownWords are the words of the organisation's own names and contacts, in lower
// case.
func knownWords(s fact.Sheet) map[string]bool {
	known := map[string]bool{}
	for _, key := range []string{"controller.name", "controller.contact_name", "controller.dpo_name", "processor.name"} {
		for _, word := range wordsIn(s.Text(key)) {
			known[strings.ToLower(word)] = true
		}
	}
	for _, system := range s.Set("incident.systems") {
		for _, word := range wordsIn(system) {
			known[strings.ToLower(word)] = true
		}
	}
	return known
}

func wordsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' })
}

// runs are capitalised words after each other, with initials, and with the small
// words that can stand inside a name.
var runs = regexp.MustCompile(`\p{Lu}[\p{L}'’-]*\.?(?:[ \x{a0}]+(?:(?:af|av|von|van|de|der|den|el|al|bin|ibn)[ \x{a0}]+)*\p{Lu}[\p{L}'’-]*\.?)*`)

// likeNames are the runs of words in a text that look like a name: two or more
// capitalised words of which none belongs to an organisation, a place or the
// calendar; or a single one that is a common given name or family name. The first
// word of a sentence is capitalised whatever it is, so it counts only as a name that
// is in the list.
func likeNames(text string, known map[string]bool) []string {
	var found []string
	for _, at := range runs.FindAllStringIndex(text, -1) {
		words := strings.Fields(strings.TrimRight(text[at[0]:at[1]], "."))
		if begins(text[:at[0]]) && !givenOrFamily(words[0]) {
			words = words[1:]
		}
		if name := strings.Join(words, " "); looksLikeName(words, known) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// begins reports whether a sentence begins after the text.
func begins(before string) bool {
	before = strings.TrimRight(before, " \t\u00a0»«“”\"'(-–•*")
	return before == "" || strings.ContainsRune(".!?:;\n", lastRune(before))
}

func looksLikeName(words []string, known map[string]bool) bool {
	named, proper := false, 0
	for _, word := range words {
		bare := strings.TrimRight(word, ".")
		lower := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(bare, "’s"), "'s"))
		switch {
		case bare == "", unicode.IsLower([]rune(bare)[0]): // "von"
		case known[lower], notNames[lower], institution(lower):
			return false
		case givenOrFamily(bare):
			named = true
			proper++
		case bare == strings.ToUpper(bare): // an initial, an abbreviation
		default:
			proper++
		}
	}
	return named || proper >= 2
}

func givenOrFamily(word string) bool {
	lower := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(word, "."), "’s"), "'s"))
	return commonNames[lower] || commonNames[strings.TrimSuffix(lower, "s")] && len(lower) > 4
}

// institution reports whether a word ends like that of an authority, a company or a
// place.
func institution(lower string) bool {
	for _, ending := range []string{"styrelsen", "styrelse", "ministeriet", "tilsynet", "kommune", "kommunen", "regionen", "politiet", "retten", "rådet",
		"nævnet", "registret", "registeret", "centret", "center", "centre", "gade", "gården", "gård", "vej", "borg", "skolen", "skole", "hospital", "hospitalet",
		"loven", "lovens", "forordningen", "forordningens", "arkivet", "portalen", "systemet", "afdelingen", "enheden"} {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}
