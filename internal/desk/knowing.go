package desk

import (
	"fmt"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Given is a value for a key, as a form or a command gives it.
type Given struct {
	Key   string
	Value fact.Value
}

// RecordFacts records values: one entry for each, so that every value has an entry
// of its own, all in one step.
type RecordFacts struct {
	Facts    []Given
	Estimate bool
	Why      string
}

func (a RecordFacts) what() string {
	if len(a.Facts) == 1 {
		return "fact " + a.Facts[0].Key
	}
	return "facts"
}

func (a RecordFacts) masked(mask func(string) string) Act {
	facts := make([]Given, len(a.Facts))
	for i, g := range a.Facts {
		if text, ok := g.Value.(fact.Text); ok {
			g.Value = fact.Text(mask(string(text)))
		}
		facts[i] = g
	}
	a.Facts, a.Why = facts, mask(a.Why)
	return a
}

func (a RecordFacts) changed(c *incident.Case) (last incident.Mark, ok bool) {
	for _, g := range a.Facts {
		if r, known := c.Facts[g.Key]; known && r.Seq > last.Seq {
			last, ok = incident.Mark{Entry: r.Entry, Seq: r.Seq, By: r.By, At: r.At}, true
		}
	}
	return last, ok
}

func (a RecordFacts) drafts(*Situation) ([]timeline.Draft, error) {
	if len(a.Facts) == 0 {
		return nil, fault.New(fault.Usage, a.what(), "no fact given")
	}
	drafts := make([]timeline.Draft, 0, len(a.Facts))
	for _, g := range a.Facts {
		if _, ok := fact.Lookup(g.Key); !ok {
			return nil, fault.New(fault.Usage, "fact "+g.Key, "there is no such key")
		}
		drafts = append(drafts, incident.FactDraft(g.Key, g.Value, a.Estimate, a.Why))
	}
	return drafts, nil
}

// RecordAwareness records, or corrects, when the organisation was aware, or when it
// first suspected a breach.
type RecordAwareness struct {
	Moment    when.Moment
	Who       string
	Why       string
	Suspected bool
}

func (a RecordAwareness) what() string {
	if a.Suspected {
		return "suspected"
	}
	return "aware"
}

func (a RecordAwareness) masked(mask func(string) string) Act {
	a.Who, a.Why = mask(a.Who), mask(a.Why)
	return a
}

func (a RecordAwareness) changed(c *incident.Case) (incident.Mark, bool) {
	last := c.Aware
	if a.Suspected {
		last = c.Suspected
	}
	if last == nil {
		return incident.Mark{}, false
	}
	return last.Mark, true
}

func (a RecordAwareness) drafts(s *Situation) ([]timeline.Draft, error) {
	if err := pastMoment(a.what(), a.Moment, s.Now); err != nil {
		return nil, err
	}
	if strings.TrimSpace(a.Who) == "" {
		return nil, fault.New(fault.Usage, a.what(), "say who it was: the clock starts with anyone in the organisation")
	}
	if strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	if a.Suspected {
		return one(incident.SuspectedDraft(a.Moment, a.Who, a.Why))
	}
	return one(incident.AwareDraft(a.Moment, a.Who, a.Why))
}

// clockSlack is how far apart the clocks of two machines may be before a moment
// counts as lying in the future.
const clockSlack = 5 * time.Minute

// pastMoment refuses moments that are unknown or that have not come yet: neither
// can start or stop a clock.
func pastMoment(what string, m when.Moment, now time.Time) error {
	if !m.Known() {
		return fault.New(fault.Usage, what, "the moment cannot be unknown: give a range, or the time it was no later than")
	}
	if m.Earliest().After(now.Add(clockSlack)) {
		return fault.New(fault.Usage, what, "%s has not come yet", m.From.Format("2006-01-02 15:04 -07:00"))
	}
	return nil
}

// FactsFrom pairs the settings of an organisation with their keys, leaving out what
// is empty: what a new case starts with.
func FactsFrom(values map[string]string, zone *time.Location, now time.Time) ([]Given, error) {
	var given []Given
	for _, key := range fact.Keys() {
		text, ok := values[key.Name]
		if !ok || text == "" {
			continue
		}
		value, err := fact.Parse(key.Name, text, zone, now)
		if err != nil {
			return nil, fmt.Errorf("configuration: %w", err)
		}
		given = append(given, Given{Key: key.Name, Value: value})
	}
	return given, nil
}
