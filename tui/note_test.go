package tui

import (
	"slices"
	"testing"
	"time"

	"timeglas/internal/when"
)

func TestANoteIsReadAsItIsTyped(t *testing.T) {
	zone := copenhagen(t)
	now := start.In(zone)
	at := func(text string) when.Moment {
		m, err := when.Parse(text, zone, now)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		typed, text string
		at          when.Moment
		tags        []string
	}{
		{"called the supplier", "called the supplier", when.Moment{}, nil},
		{"07:05 called the supplier", "called the supplier", at("07:05"), nil},
		{"yesterday 22:10 the pages went down", "the pages went down", at("yesterday 22:10"), nil},
		{"i går 22:10 siderne blev lukket", "siderne blev lukket", at("i går 22:10"), nil},
		{"about 07:30 first alarm", "first alarm", at("about 07:30"), nil},
		{"2026-11-18 the day of the outage", "the day of the outage", at("2026-11-18"), nil},
		{"2026-11-18 14:05 exact", "exact", at("2026-11-18 14:05"), nil},
		{"now we know", "now we know", when.Moment{}, nil},
		{"before lunch the server stopped", "before lunch the server stopped", when.Moment{}, nil},
		{"unknown caller", "unknown caller", when.Moment{}, nil},
		{"called at 07:05 by the press", "called at 07:05 by the press", when.Moment{}, nil},
		{"3.5 million records", "3.5 million records", when.Moment{}, nil},
		{"07:05 #supplier answered #ticket/4711", "answered", at("07:05"), []string{"supplier", "ticket/4711"}},
		{"see entry #12", "see entry #12", when.Moment{}, nil},
	} {
		n, err := readNote(c.typed, zone, now)
		if err != nil {
			t.Errorf("%q: %v", c.typed, err)
			continue
		}
		if n.text != c.text || n.timed() != (c.at != when.Moment{}) || n.timed() && !n.at.Equal(c.at) || !slices.Equal(n.tags, c.tags) {
			t.Errorf("%q is read as %q at %v %v", c.typed, n.text, n.at, n.tags)
		}
	}
}

func TestANoteWithoutTextOrWithATimeThatMeansTwoIsRefused(t *testing.T) {
	zone := copenhagen(t)
	for _, typed := range []string{"", "07:05", "#tag", "2026-10-25 02:30 the doubled hour", "2026-03-29 02:30 the missing hour"} {
		if n, err := readNote(typed, zone, start.In(zone)); err == nil {
			t.Errorf("%q is read as %+v", typed, n)
		}
	}
}

func FuzzReadNote(f *testing.F) {
	zone := time.FixedZone("", 3600)
	f.Add("yesterday 22:10 called #supplier")
	f.Fuzz(func(t *testing.T, typed string) {
		n, err := readNote(typed, zone, start)
		if err == nil && n.text == "" {
			t.Errorf("%q is read as no text", typed)
		}
	})
}
