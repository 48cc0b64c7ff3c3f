// Package duty reasons from recorded facts to what the law requires: document,
// notify the supervisory authority, tell the people, tell the controller. It
// proposes with reasons and their sources; people decide.
//
// It is pure and monotone. One table orders every value of every fact, unknown and
// absent included, for each duty ([Orders]). A rule that raises a duty asks only
// whether facts are at least so grave, one that clears it only whether they are at
// most so grave; so a graver fact never lowers a duty, whatever rules are added.
//
// The order of the decision is that of the law: every breach is documented; the
// authority is notified unless risk is shown to be unlikely; the people are told
// when high risk is likely and no exception holds. For them "required" and "not
// excluded yet" stay apart: needless alarm, or a warned suspect, does harm too.
//
// What does not belong here: the vocabulary (fact), the hours (clock), the words
// of a notice (notice), and the decisions of people (incident).
package duty

import (
	"slices"
	"time"

	"timeglas/incident/fact"
)

// RulesVersion names this set of rules; a decision records which one proposed it.
const RulesVersion = "2026-11-21.2"

// Risk is how likely and how grave the harm to people is.
type Risk string

// The risks of Articles 33 and 34.
const (
	Unlikely Risk = "unlikely" // shown to be unlikely: Article 33(1), last half sentence
	Likely   Risk = "risk"
	High     Risk = "high"
)

// How is the way in which people are told.
type How string

// The ways.
const (
	Individually How = "individually"
	Publicly     How = "publicly" // Article 34(3)(c)
	None         How = "none"
)

// People is the answer for the people concerned.
type People string

// The answers.
const (
	Required    People = "required"
	Excepted    People = "excepted"     // high risk, but an exception holds
	NotExcluded People = "not-excluded" // find out first: see Assessment.Open
	NotRequired People = "not-required"
)

// Context is what the answer needs besides the facts.
type Context struct {
	Deadline time.Time    // of the notification; open questions are due by then. Zero when the clock has not started
	Severity []Adjustment // inputs of the score that people have set
}

// Effect is what a reason does to the answer.
type Effect string

// The effects.
const (
	Raises  Effect = "raises"
	Lowers  Effect = "lowers"
	Decides Effect = "decides"
)

// Reason is one step of the reasoning.
type Reason struct {
	Rule   string // the rule's name, stable: "readable-passwords"
	Text   fact.Label
	Ref    string // the source: "GDPR 33(1)", "DT 2021-442-13805", "ENISA 2013"
	Effect Effect
	Keys   []string // the facts it rests on, as they stand in the vocabulary
	Subset string   // of whom it speaks; empty for the whole
}

// Open is a question whose answer could make telling the people required.
type Open struct {
	Keys   []string
	Text   fact.Label
	By     time.Time // zero: at once
	Subset string
}

// Part is the answer for one subset of the people.
type Part struct {
	Name                string
	Risk                Risk
	People              People
	CommunicateSubjects bool
	CommunicateHow      How
}

// Assessment is the whole answer.
type Assessment struct {
	ENISA               ENISA
	Risk                Risk // of the whole and its gravest subset
	NotifyAuthority     bool
	People              People
	CommunicateSubjects bool // true when any subset is to be told, also publicly
	CommunicateHow      How
	Document            bool // always: Article 33(5)
	TellController      bool // the organisation is the processor: Article 33(2)
	Subsets             []Part
	Reasons             []Reason // in the order of the decision
	Unknown             []string // keys without a value that could change an answer
	Open                []Open   // for the people, when not excluded yet
	Moved               []Move   // facts without which the answer of a group would be another
	Would               []Move   // open facts, and what the answer would be with them
	RulesVersion        string
}

// The options of the gates duty-authority and duty-people, as proposed.
const (
	OptionNotify      = "notify"
	OptionNotRequired = "not-required"
	OptionFindOut     = "find-out"
)

// ProposeAuthority is the option for the gate duty-authority.
func (a Assessment) ProposeAuthority() string {
	if a.NotifyAuthority {
		return OptionNotify
	}
	return OptionNotRequired
}

// ProposePeople is the option for the gate duty-people.
func (a Assessment) ProposePeople() string {
	switch a.People {
	case Required:
		return string(a.CommunicateHow)
	case NotExcluded:
		return OptionFindOut
	}
	return OptionNotRequired
}

// Proposal is the option proposed for the gate with the id, empty where the rules
// propose nothing.
func (a Assessment) Proposal(gate string) string {
	switch gate {
	case "duty-authority":
		return a.ProposeAuthority()
	case "duty-people":
		return a.ProposePeople()
	}
	return ""
}

// Assess is the answer on the facts of the sheet.
func Assess(sheet fact.Sheet, ctx Context) Assessment {
	whole := decide(sheet.Whole())
	a := Assessment{
		ENISA:        severity(sheet.Whole(), ctx.Severity),
		Document:     true,
		RulesVersion: RulesVersion,
	}
	a.fold("", whole)
	for _, name := range sheet.Subsets() {
		v := decide(sheet.For(name))
		a.Subsets = append(a.Subsets, Part{
			Name: name, Risk: v.risk, People: v.people, CommunicateSubjects: v.people == Required, CommunicateHow: v.how,
		})
		a.fold(name, v)
	}
	a.Open = openQuestions(sheet, ctx)
	a.People = a.People.while(len(a.Open) > 0)
	for i, part := range a.Subsets {
		asked := slices.ContainsFunc(a.Open, func(o Open) bool { return o.Subset == part.Name })
		a.Subsets[i].People = part.People.while(asked)
	}
	a.Unknown = matters(sheet)
	a.Moved, a.Would = explain(sheet)
	a.conclude(sheet)
	return a
}

// while keeps "not required" apart from "not excluded yet": the latter as long as
// a question is open that could make telling the people required.
func (p People) while(asked bool) People {
	if p == NotRequired && asked {
		return NotExcluded
	}
	return p
}
