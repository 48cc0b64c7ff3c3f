package fact

import (
	"slices"
	"strings"
	"testing"
	"time"

	"timeglas/internal/when"
)

func TestFactsThatExcludeEachOtherAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		facts string
		keys  string // of the one contradiction; empty for none
	}{
		"count above its maximum":         {"persons.count=5 persons.count_max=4", "persons.count,persons.count_max"},
		"count at its maximum":            {"persons.count=4 persons.count_max=4", ""},
		"subset above the whole":          {"persons.count=65 subset.gang.count=66", "subset.gang.count,persons.count"},
		"subset within the range":         {"persons.count=65 persons.count_max=70 subset.gang.count=66", ""},
		"informed above the whole":        {"persons.count=5 informed.count=6", "informed.count,persons.count"},
		"ended before it began":           {"incident.began=2026-11-02 incident.ended=2026-11-01", "incident.began,incident.ended"},
		"ended on the day it began":       {"incident.began=2026-11-02 incident.ended=2026-11-02", ""},
		"ended in the range of beginning": {"incident.began=2026-11-02 incident.ended=2026-11-02T10:00:00+01:00", ""},
		"discovered before it began":      {"incident.began=2026-11-02 incident.discovered=2026-11-01", "incident.discovered,incident.began"},
		"ended and still going on":        {"incident.ongoing=yes incident.ended=2026-11-01", "incident.ongoing,incident.ended"},
		"told before known":               {"processor.aware=2026-11-02 processor.told=2026-11-01", "processor.told,processor.aware"},
		"more logs than days":             {"effect.exposure_days=3 effect.log_days=4", "effect.log_days,effect.exposure_days"},
		"a number against its order":      {"persons.count=5 persons.scale=hundreds", "persons.count,persons.scale"},
		"a range that reaches its order":  {"persons.count=5 persons.count_max=200 persons.scale=hundreds", ""},
		"excluded but copied":             {"effect.access=excluded effect.exfiltration=yes", "effect.access,effect.exfiltration"},
		"excluded but misused":            {"effect.access=excluded effect.misuse=observed", "effect.access,effect.misuse"},
		"nobody but recipients":           {"effect.disclosure=none effect.recipients=2", "effect.disclosure,effect.recipients"},
		"readable but 34(3)(a)":           {"effect.protection=intelligible informed.exception=34-3-a", "informed.exception,effect.protection"},
		"encrypted and 34(3)(a)":          {"effect.protection=encrypted-key-safe informed.exception=34-3-a", ""},
		"34(3)(a) without a word":         {"informed.exception=34-3-a", "informed.exception,effect.protection"},
		"nothing special but health":      {"data.special=no data.categories=health", "data.special,data.categories"},
		"34(3)(c) by letter":              {"informed.exception=34-3-c informed.how=letter", "informed.exception,informed.how"},
		"nobody protected but a group":    {"persons.protected_identity=no persons.groups=protected-address", "persons.protected_identity,persons.groups"},
		"availability not among types":    {"effect.types=confidentiality effect.availability=permanent", "effect.types,effect.availability"},
		"integrity not among types":       {"effect.types=confidentiality effect.integrity=altered-unused", "effect.types,effect.integrity"},
		"not informed but when":           {"informed.status=no informed.when=2026-11-01", "informed.status,informed.when"},
		"nothing known":                   {"", ""},
		"unknown excludes nothing":        {"persons.count=unknown persons.count_max=4 incident.began=unknown incident.ended=2026-11-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := Sheet{}
			for _, f := range strings.Fields(c.facts) {
				key, text, _ := strings.Cut(f, "=")
				v, err := Parse(key, text, copenhagen(t), now)
				if err != nil {
					t.Fatal(err)
				}
				s = s.With(key, v)
			}
			found := Contradictions(s)
			if c.keys == "" {
				if len(found) > 0 {
					t.Errorf("found %+v", found)
				}
				return
			}
			if len(found) != 1 || !slices.Equal(found[0].Keys, strings.Split(c.keys, ",")) || found[0].Text.EN == "" || found[0].Text.DA == "" {
				t.Errorf("found %+v, want %s", found, c.keys)
			}
		})
	}
}

func TestInformedBeforeAwareCannotBe(t *testing.T) {
	aware := when.At(time.Date(2026, 11, 19, 7, 32, 0, 0, time.UTC))
	for text, want := range map[string]int{"2026-11-18": 1, "2026-11-19": 0, "2026-11-20": 0} {
		v, err := Parse("informed.when", text, time.UTC, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := BeforeAware(Sheet{}.With("informed.when", v), aware); len(got) != want {
			t.Errorf("informed %s: %+v", text, got)
		}
	}
	m, _ := Parse("informed.when", "2026-11-18", time.UTC, now)
	if got := BeforeAware(Sheet{}.With("informed.when", m), when.Before(aware.From)); len(got) != 0 {
		t.Errorf("of \"no later than\" nothing is surely before: %+v", got)
	}
}
