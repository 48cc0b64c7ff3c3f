package incident

import (
	"timeglas/timeline"
)

// The kinds of entry in which people judge what the engine proposes. The reason, or
// the advice itself, is the entry's text.
const (
	KindSeverity timeline.Kind = "severity" // one input of the severity, with the reason
	KindAdvice   timeline.Kind = "advice"   // what the data protection officer advises
	KindDissent  timeline.Kind = "dissent"  // somebody disagrees with a decision
)

// Severity is an input of ENISA's sum as a person sets it.
type Severity struct {
	Mark
	Input string // "DPC", "EI" or "CB"
	Value float64
	Why   string
}

// Advice is what the data protection officer, or another adviser, has said. Where it
// names a gate and an option, a decision can be seen to follow it or to depart.
type Advice struct {
	Mark
	Who    string
	Text   string
	Gate   string // empty: on the case as a whole
	Option string // empty: no option in particular
}

// Dissent is a disagreement with the decision at a gate, kept beside it.
type Dissent struct {
	Mark
	Gate     string
	Decision string // the entry of the decision that it speaks of; empty when none was made yet
	Why      string
}

type (
	severityData struct {
		Input string  `json:"input"`
		Value float64 `json:"value"`
	}
	adviceData struct {
		Who    string `json:"by"`
		Gate   string `json:"gate,omitempty"`
		Option string `json:"option,omitempty"`
	}
	dissentData struct {
		Gate     string `json:"gate"`
		Decision string `json:"decision,omitempty"`
	}
)

// SeverityDraft sets one input of the severity.
func SeverityDraft(input string, value float64, why string) timeline.Draft {
	return timeline.Draft{Kind: KindSeverity, Text: why, Data: severityData{input, value}}
}

// AdviceDraft keeps an advice.
func AdviceDraft(a Advice) timeline.Draft {
	return timeline.Draft{Kind: KindAdvice, Text: a.Text, Data: adviceData{a.Who, a.Gate, a.Option}}
}

// DissentDraft keeps a disagreement with the decision in that entry.
func DissentDraft(gate, decision, why string) timeline.Draft {
	return timeline.Draft{Kind: KindDissent, Text: why, Data: dissentData{gate, decision}}
}

func readSeverity(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[severityData](l.Entry); err == nil && data.Input != "" {
		c.Severity[data.Input] = Severity{Mark: markOf(l), Input: data.Input, Value: data.Value, Why: l.Text}
	}
}

func readAdvice(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[adviceData](l.Entry); err == nil {
		c.Advice = append(c.Advice, Advice{Mark: markOf(l), Who: data.Who, Text: l.Text, Gate: data.Gate, Option: data.Option})
	}
}

func readDissent(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[dissentData](l.Entry); err == nil {
		c.Dissents = append(c.Dissents, Dissent{Mark: markOf(l), Gate: data.Gate, Decision: data.Decision, Why: l.Text})
	}
}

// AdviceOn is the last advice on the gate that names an option, false when there is
// none.
func (c *Case) AdviceOn(gate string) (Advice, bool) {
	for i := len(c.Advice) - 1; i >= 0; i-- {
		if a := c.Advice[i]; a.Gate == gate && a.Option != "" {
			return a, true
		}
	}
	return Advice{}, false
}

// AgainstProposal reports whether the decision chose another option than the rules
// had proposed when it was made.
func (d Decision) AgainstProposal() bool { return d.Proposal != "" && d.Option != d.Proposal }

// AgainstAdvice reports whether the decision at the gate departs from the last
// advice on it.
func (c *Case) AgainstAdvice(gate string) bool {
	advice, ok := c.AdviceOn(gate)
	decision, decided := c.Gates[gate]
	return ok && decided && decision.Option != advice.Option
}

// DissentsOn are the disagreements with the decision that the gate has now. Those
// with an earlier decision stay in the timeline.
func (c *Case) DissentsOn(gate string) []Dissent {
	var on []Dissent
	for _, d := range c.Dissents {
		if d.Gate == gate && d.Decision == c.Gates[gate].Entry {
			on = append(on, d)
		}
	}
	return on
}

// ReopenedBy is the authority's order or decision that asks for the gate to be
// decided again, false when there is none or it has been.
func (c *Case) ReopenedBy(gate string) (Matter, bool) {
	for i := len(c.Matters) - 1; i >= 0; i-- {
		if m := c.Matters[i]; m.Reopens == gate && m.Seq > c.Gates[gate].Seq {
			return m, true
		}
	}
	return Matter{}, false
}
