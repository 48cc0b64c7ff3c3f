package clock

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"timeglas/incident/fact"
)

// Regime is a clock beside the 72 hours: of another law, of a contract, or of
// evidence that expires. Regimes are data: laws change, and none is started by
// anything but a person.
type Regime struct {
	Key       string
	Title     fact.Label
	Trigger   fact.Label // what starts it, and from when it runs
	Recipient string     // who is told, or what must be done
	Source    string
	Unread    bool   // the source was not read in its primary text
	Given     string // "hours" or "days" when its length is given at the start
	Several   bool   // a case can have more than one of them
	Evidence  bool   // evidence expires: it is a loss, not a breach of duty
	Stages    []Stage
	Offers    []Offer `toml:"offer"`
}

// Ref is the source, marked when it was not read.
func (r Regime) Ref() string {
	if r.Unread {
		return r.Source + " [?]"
	}
	return r.Source
}

// Stage is one deadline of a regime. At most one of the lengths is set; none means
// that it is given at the start.
type Stage struct {
	Key    string
	Title  fact.Label
	Hours  int
	Days   int
	Months int
	From   string // the stage from which it runs; empty: the start
}

// Offer says on which facts a regime is suggested: each key has to have one of the
// values. For a list of texts it is enough that a word of one begins so.
type Offer struct {
	Why   fact.Label
	Facts map[string][]string
}

//go:embed regimes.toml
var regimesSource string

// Regimes are all that are known, in the order of the file. The file is part of the
// program and held by a test, so that a fault in it is one of the program.
func Regimes() []Regime { return slices.Clone(embedded()) }

var embedded = sync.OnceValue(func() []Regime {
	regimes, err := parseRegimes(regimesSource)
	if err != nil {
		panic(fmt.Sprintf("regimes.toml: %v", err))
	}
	return regimes
})

// RegimeOf is the regime with the key.
func RegimeOf(key string) (Regime, bool) {
	all := embedded()
	i := slices.IndexFunc(all, func(r Regime) bool { return r.Key == key })
	if i < 0 {
		return Regime{}, false
	}
	return all[i], true
}

// parseRegimes reads the file strictly: an unknown key, a stage that runs from one
// that does not stand before it, or a length said twice is an error.
func parseRegimes(source string) ([]Regime, error) {
	var file struct {
		Regime []Regime `toml:"regime"`
	}
	meta, err := toml.Decode(source, &file)
	if err != nil {
		return nil, err
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return nil, fmt.Errorf("unknown key %s", extra[0])
	}
	seen := make(map[string]bool)
	for _, r := range file.Regime {
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Key, err)
		}
		if seen[r.Key] {
			return nil, fmt.Errorf("%s stands twice", r.Key)
		}
		seen[r.Key] = true
	}
	return file.Regime, nil
}

func (r Regime) check() error {
	if r.Key == "" || r.Title.EN == "" || r.Title.DA == "" || r.Trigger.EN == "" || r.Trigger.DA == "" || r.Recipient == "" || r.Source == "" || len(r.Stages) == 0 {
		return fmt.Errorf("key, title, trigger, recipient, source and a stage are needed")
	}
	if r.Given != "" && r.Given != "hours" && r.Given != "days" {
		return fmt.Errorf("its length is given in hours or days, not %q", r.Given)
	}
	for i, s := range r.Stages {
		if set := positive(s.Hours) + positive(s.Days) + positive(s.Months); set > 1 || (set == 0) != (r.Given != "") {
			return fmt.Errorf("stage %s needs one length, or the regime a given one", s.Key)
		}
		if s.From != "" && !slices.ContainsFunc(r.Stages[:i], func(before Stage) bool { return before.Key == s.From }) {
			return fmt.Errorf("stage %s runs from %s, which does not stand before it", s.Key, s.From)
		}
	}
	for _, o := range r.Offers {
		for key := range o.Facts {
			if _, ok := fact.Lookup(key); !ok {
				return fmt.Errorf("%s is no fact", key)
			}
		}
	}
	return nil
}

func positive(n int) int {
	if n > 0 {
		return 1
	}
	return 0
}

// Suggestion is a regime that the facts suggest, and why.
type Suggestion struct {
	Regime Regime
	Why    fact.Label
}

// Suggest gives the regimes that the facts suggest. It starts none.
func Suggest(sheet fact.Sheet) []Suggestion {
	var suggestions []Suggestion
	for _, r := range embedded() {
		i := slices.IndexFunc(r.Offers, func(o Offer) bool { return o.fits(sheet) })
		if i >= 0 {
			suggestions = append(suggestions, Suggestion{r, r.Offers[i].Why})
		}
	}
	return suggestions
}

func (o Offer) fits(sheet fact.Sheet) bool {
	for key, values := range o.Facts {
		if sheet.State(key) != fact.Known || !slices.ContainsFunc(values, func(v string) bool { return holds(sheet[key].Value, v) }) {
			return false
		}
	}
	return true
}

// holds reports whether a fact has the value, or a list of texts a word that begins
// with it.
func holds(v fact.Value, want string) bool {
	if list, ok := v.(fact.Set); ok {
		return slices.ContainsFunc(list, func(text string) bool {
			return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" -_/.,()", r) }),
				func(word string) bool { return begins(word, want) })
		})
	}
	return v.Text() == want
}

// begins ignores case, but for short words such as AI, which stand alone.
func begins(word, want string) bool {
	if len(want) <= 3 {
		return strings.EqualFold(word, want)
	}
	return strings.HasPrefix(strings.ToLower(word), strings.ToLower(want))
}

// deadline is how the stage's deadline follows from the instant that it runs from; the
// zero time when its length is not known.
func (s Stage) deadline(from time.Time, given time.Duration, zone *time.Location) time.Time {
	switch {
	case s.Months > 0:
		return MonthsAfter(from, s.Months, zone)
	case s.Days > 0:
		return DaysAfter(from, s.Days, zone)
	case s.Hours > 0:
		return wall(from).Add(time.Duration(s.Hours) * time.Hour)
	case given > 0:
		return wall(from).Add(given)
	}
	return time.Time{}
}
