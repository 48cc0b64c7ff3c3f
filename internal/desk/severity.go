package desk

import (
	"maps"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// AdjustSeverity sets inputs of ENISA's sum, with the reason. What was reckoned
// stands beside them; retracting the entry brings it back.
type AdjustSeverity struct {
	Inputs []duty.Adjustment // of each the input and the value are read
	Why    string
}

func (a AdjustSeverity) what() string { return "severity" }

func (a AdjustSeverity) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a AdjustSeverity) changed(c *incident.Case) (last incident.Mark, ok bool) {
	for _, in := range a.Inputs {
		if s, set := c.Severity[in.Input]; set && s.Seq > last.Seq {
			last, ok = s.Mark, true
		}
	}
	return last, ok
}

func (a AdjustSeverity) drafts(*Situation) ([]timeline.Draft, error) {
	if len(a.Inputs) == 0 {
		return nil, fault.New(fault.Usage, a.what(), "no input given: write DPC=3, EI=0.75 or CB=0.5")
	}
	if strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	var drafts []timeline.Draft
	for _, in := range a.Inputs {
		drafts = append(drafts, incident.SeverityDraft(in.Input, in.Value, a.Why))
	}
	return drafts, nil
}

// adjustments are the inputs that people have set in the case.
func adjustments(c *incident.Case) []duty.Adjustment {
	var set []duty.Adjustment
	for _, input := range slices.Sorted(maps.Keys(c.Severity)) {
		s := c.Severity[input]
		set = append(set, duty.Adjustment{Input: s.Input, Value: s.Value, By: s.By, Why: s.Why})
	}
	return set
}

// Advise keeps the advice of the data protection officer. With a gate and an option
// a decision can be seen to follow it or to depart from it.
type Advise struct {
	Text   string
	By     string
	Gate   string
	Option string
}

func (a Advise) what() string { return "advice" }

func (a Advise) masked(mask func(string) string) Act {
	a.Text, a.By = mask(a.Text), mask(a.By)
	return a
}

func (a Advise) drafts(s *Situation) ([]timeline.Draft, error) {
	switch {
	case strings.TrimSpace(a.Text) == "":
		return nil, fault.New(fault.Usage, a.what(), "the advice is empty")
	case strings.TrimSpace(a.By) == "":
		return nil, fault.New(fault.Usage, a.what(), "say whose advice it is (--by)")
	case a.Option != "" && a.Gate == "":
		return nil, fault.New(fault.Usage, a.what(), "an option belongs to a gate (--gate)")
	}
	if a.Gate != "" {
		gate, err := findGate(s, a.what(), a.Gate)
		if err != nil {
			return nil, err
		}
		if _, ok := gate.Option(a.Option); a.Option != "" && !ok {
			return nil, fault.New(fault.Usage, a.what(), "%q is not one of the options of %s: %s", a.Option, a.Gate, optionList(gate))
		}
	}
	return one(incident.AdviceDraft(incident.Advice{Who: a.By, Text: a.Text, Gate: a.Gate, Option: a.Option}))
}

func findGate(s *Situation, what, id string) (*playbooks.Gate, error) {
	item, err := findItem(s, what, id)
	if err != nil {
		return nil, err
	}
	if item.Gate == nil {
		return nil, fault.New(fault.Usage, what, "%s is a step: name a gate", id)
	}
	return item.Gate, nil
}

// Dissent says that its author disagrees with the decision at a gate. The decision
// stands, and so does the dissent.
type Dissent struct {
	Gate string
	Why  string
}

func (a Dissent) what() string { return "dissent " + a.Gate }

func (a Dissent) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Dissent) drafts(s *Situation) ([]timeline.Draft, error) {
	if _, err := findGate(s, a.what(), a.Gate); err != nil {
		return nil, err
	}
	decision, decided := s.Case.Gates[a.Gate]
	switch {
	case !decided:
		return nil, fault.New(fault.Refused, a.what(), "nothing is decided there yet: give an advice instead")
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	}
	return one(incident.DissentDraft(a.Gate, decision.Entry, a.Why))
}
