package main

import (
	"fmt"
	"strings"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
)

// jsonMarks are what a reader of a decision must see beside it: how it stands to the
// proposal, the advice, the dissent, and the authority.
type jsonMarks struct {
	Proposal        *string  `json:"proposal"` // when it was decided
	AgainstProposal bool     `json:"against_proposal"`
	Advice          *string  `json:"advice"`
	AdviceBy        *string  `json:"advice_by"`
	AgainstAdvice   bool     `json:"against_advice"`
	Dissents        []string `json:"dissents"`
	ReopenedBy      *string  `json:"reopened_by"` // entry

	now         string // what the rules propose on the facts as they are
	reopenedSeq int64
}

// marksOf are the marks of the decision at the gate; empty when nothing is decided.
func marksOf(s desk.Situation, gate string) jsonMarks {
	m := jsonMarks{Dissents: []string{}}
	d, ok := s.Case.Gates[gate]
	if !ok {
		return m
	}
	m.Proposal, m.AgainstProposal, m.AgainstAdvice = orNull(d.Proposal), d.AgainstProposal(), s.Case.AgainstAdvice(gate)
	m.now = s.Duty.Proposal(gate)
	if advice, ok := s.Case.AdviceOn(gate); ok {
		m.Advice, m.AdviceBy = orNull(advice.Option), orNull(advice.Who)
	}
	for _, dissent := range s.Case.DissentsOn(gate) {
		m.Dissents = append(m.Dissents, dissent.By+": "+dissent.Why)
	}
	if order, ok := s.Case.ReopenedBy(gate); ok {
		m.ReopenedBy, m.reopenedSeq = orNull(order.Entry), order.Seq
	}
	return m
}

// text says the marks in brackets, empty when there are none.
func (m jsonMarks) text() string {
	var marks []string
	switch {
	case m.AgainstProposal:
		marks = append(marks, "AGAINST THE PROPOSAL ("+*m.Proposal+")")
	case m.Proposal != nil && m.now != *m.Proposal:
		marks = append(marks, "the rules propose "+m.now+" now")
	}
	if m.AgainstAdvice {
		marks = append(marks, "AGAINST THE ADVICE of "+*m.AdviceBy+" ("+*m.Advice+")")
	}
	for _, dissent := range m.Dissents {
		marks = append(marks, "dissent of "+dissent)
	}
	if m.ReopenedBy != nil {
		marks = append(marks, fmt.Sprintf("REOPENED by the authority (#%d): decide again", m.reopenedSeq))
	}
	if len(marks) == 0 {
		return ""
	}
	return " [" + strings.Join(marks, "; ") + "]"
}

// jsonDecision is what people decided on a duty.
type jsonDecision struct {
	Gate        string     `json:"gate"`
	Decided     string     `json:"decided"`
	By          string     `json:"by"`
	At          when.Stamp `json:"at"`
	Why         string     `json:"why"`
	Entry       string     `json:"entry"`
	ProposedNow *string    `json:"proposed_now"`
	jsonMarks
}

// decisionsOf are the decisions on the two duties.
func decisionsOf(s desk.Situation) []jsonDecision {
	var list []jsonDecision
	for _, gate := range []string{playbooks.GateAuthority, playbooks.GatePeople} {
		if d, ok := s.Case.Gates[gate]; ok {
			marks := marksOf(s, gate)
			list = append(list, jsonDecision{gate, d.Option, d.By, stampIn(d.At, s.Zone), d.Why, d.Entry, orNull(marks.now), marks})
		}
	}
	return list
}

func decisionRows(decisions []jsonDecision) [][]string {
	var rows [][]string
	for _, d := range decisions {
		rows = append(rows, []string{d.Gate, fmt.Sprintf("%s, %s: %s%s", d.Decided, d.By, d.Why, d.text())})
	}
	return rows
}

type jsonAdvice struct {
	Entry  string  `json:"entry"`
	By     string  `json:"by"`
	Text   string  `json:"text"`
	Gate   *string `json:"gate"`
	Option *string `json:"option"`
}

func adviceJSON(c *incident.Case) []jsonAdvice {
	list := []jsonAdvice{}
	for _, a := range c.Advice {
		list = append(list, jsonAdvice{a.Entry, a.Who, a.Text, orNull(a.Gate), orNull(a.Option)})
	}
	return list
}

type jsonSeverity struct {
	Entry string  `json:"entry"`
	Input string  `json:"input"`
	Value float64 `json:"value"`
	Why   string  `json:"why"`
	By    string  `json:"by"`
}

func severityJSON(c *incident.Case) []jsonSeverity {
	list := []jsonSeverity{}
	for _, input := range []string{"DPC", "EI", "CB"} {
		if s, ok := c.Severity[input]; ok {
			list = append(list, jsonSeverity{s.Entry, s.Input, s.Value, s.Why, s.By})
		}
	}
	return list
}

// caseAdvice writes what was advised.
func (a *app) caseAdvice(p page, s desk.Situation) {
	if len(s.Case.Advice) == 0 {
		return
	}
	p.heading("Advice")
	var rows [][]string
	for _, advice := range s.Case.Advice {
		about := advice.Gate
		if advice.Option != "" {
			about += " = " + advice.Option
		}
		if about != "" {
			about += ": "
		}
		rows = append(rows, []string{fmt.Sprintf("#%d", advice.Seq), advice.Who, about + advice.Text})
	}
	p.table("", rows)
}
