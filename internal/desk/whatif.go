package desk

import (
	"maps"

	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/fault"
)

// WhatIf is the situation as it would be with the changed facts: the duty, and with
// Compose the texts. It is a scratch copy; nothing is written, and what was decided
// and issued stays as it is. A change without a value takes the fact out.
func WhatIf(s Situation, changes []Given) (Situation, error) {
	if len(changes) == 0 {
		return s, fault.New(fault.Usage, "what if", "no fact given")
	}
	facts := maps.Clone(s.Case.Facts)
	if facts == nil {
		facts = fact.Sheet{}
	}
	for _, g := range changes {
		if _, ok := fact.Lookup(g.Key); !ok {
			return s, fault.New(fault.Usage, "fact "+g.Key, "there is no such key")
		}
		if g.Value == nil {
			delete(facts, g.Key)
			continue
		}
		// The entry stays, so that a draft still names one for the sentence.
		r := facts[g.Key]
		r.Value = g.Value
		facts[g.Key] = r
	}
	scratch := *s.Case
	scratch.Facts = facts
	s.Case = &scratch
	s.Duty = duty.Assess(facts, duty.Context{Deadline: s.Clock.Deadline, Severity: adjustments(&scratch)})
	return s.At(s.Now), nil
}
