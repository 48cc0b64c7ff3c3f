package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/playbooks"
)

// latestLines is how many entries the page of a case ends with.
const latestLines = 8

// printCase writes a case for people: how long is left, what there is to do, what
// is known, what the law requires, what was sent, what happened last.
func (a *app) printCase(s desk.Situation, lang string) {
	p := a.page()
	a.caseHead(p, s, lang)
	a.caseItems(p, s, lang)
	a.caseFacts(p, s, lang)
	a.caseDuty(p, s, lang)
	a.caseNotices(p, s)
	a.caseMatters(p, s)
	a.caseAdvice(p, s)
	p.heading("Latest")
	lines := s.Case.Timeline.Lines
	p.timeline(lines[max(len(lines)-latestLines, 0):], s.Case, lang, a.at)
}

func (a *app) caseHead(p page, s desk.Situation, lang string) {
	c := s.Case
	if mark := markText(c.Journal.Mark); mark != "" {
		p.line("%s", mark)
	}
	p.text(s.Ref+"  ", c.Title)
	book := c.Playbook.Key
	if s.Run.Playbook != nil {
		book = s.Run.Playbook.Title.In(lang)
	}
	p.line("%s, %s, opened %s by %s", c.State, book, dateAndTime(c.Opened.At, a.at), c.Opened.By)
	if c.State == incident.Closed {
		p.text("closed ", fmt.Sprintf("%s by %s: %s", dateAndTime(c.StateBy.At, a.at), c.StateBy.By, c.StateWhy))
	}
	if band := s.AsOfText("en", a.at); band != "" {
		p.line("%s", band)
	}
	p.gap()
	p.line("%s", clockLine(s.Clock, a.at))
	rows := [][]string{{"aware", awarenessText(c.Aware, a.at)}}
	if c.Suspected != nil {
		rows = append(rows, []string{"suspected", awarenessText(c.Suspected, a.at)})
	}
	p.table("", append(rows, otherRows(s, a.at)...))
}

func (a *app) caseItems(p page, s desk.Situation, lang string) {
	counts := s.Run.Counts()
	p.heading(fmt.Sprintf("Steps and gates: %d of %d settled", counts.Settled(), counts.Total()))
	var rows [][]string
	for _, item := range s.Run.Items {
		mark := itemMarks[item.State]
		if item.Gate != nil && item.State == playbooks.StateOpen {
			mark = "◇"
		}
		text := item.Common().Title.In(lang) + ": " + itemText(item, s.Now, a.at) + marksOf(s, item.ID()).text()
		rows = append(rows, []string{mark + " " + item.ID(), text})
	}
	p.table("", rows)
}

func (a *app) caseFacts(p page, s desk.Situation, lang string) {
	answered, asked := s.Case.Facts.Progress()
	p.heading(fmt.Sprintf("Facts: %d of the %d that every breach needs", answered, asked))
	keys := factOrder(s.Case.Facts)
	widest := 0
	for _, key := range keys {
		widest = max(widest, len(key))
	}
	for _, key := range keys {
		r := s.Case.Facts[key]
		value := fact.Show(key, r.Value, lang, a.at)
		if r.Estimate {
			value += " (estimate)"
		}
		// A text can be a page long: here it says what it is about, --history has all.
		lead := fmt.Sprintf("%s  #%-4d  ", pad(key, widest), r.Seq)
		p.line("%s%s", lead, cut(value, max(pageWidth-utf8.RuneCountInString(lead), narrowest)))
	}
	for _, c := range fact.Contradictions(s.Case.Facts) {
		p.text("! ", c.Text.In(lang)+" ("+strings.Join(c.Keys, ", ")+")")
	}
}

// factOrder are the keys of a sheet in the order of the vocabulary, those of each
// subset together.
func factOrder(sheet fact.Sheet) []string {
	var keys []string
	subsetsDone := false
	for _, k := range fact.Keys() {
		if _, _, ok := fact.CutSubset(k.Name); ok {
			if !subsetsDone {
				subsetsDone = true
				keys = append(keys, subsetKeys(sheet)...)
			}
			continue
		}
		if _, ok := sheet[k.Name]; ok {
			keys = append(keys, k.Name)
		}
	}
	return keys
}

func subsetKeys(sheet fact.Sheet) []string {
	var keys []string
	for _, name := range sheet.Subsets() {
		for _, k := range fact.Keys() {
			if _, field, ok := fact.CutSubset(k.Name); ok {
				if key := fact.SubsetKey(name, field); sheet.State(key) != fact.Absent {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

func (a *app) caseDuty(p page, s desk.Situation, lang string) {
	p.heading("Duty")
	p.table("", dutyRows(s.Duty))
	p.line("timeglas assess %s gives the reasons", s.Ref)
}

// dutyRows are the answers of an assessment.
func dutyRows(d duty.Assessment) [][]string {
	risk := map[duty.Risk]string{duty.Unlikely: "unlikely", duty.Likely: "a risk", duty.High: "HIGH"}
	rows := [][]string{
		{"risk", risk[d.Risk]},
		{"authority", map[bool]string{true: "notify (GDPR 33(1))", false: "no notice required"}[d.NotifyAuthority]},
		{"people", peopleText(d)},
		{"document", "always (GDPR 33(5))"},
	}
	if d.TellController {
		rows = append(rows, []string{"controller", "tell it without undue delay (GDPR 33(2))"})
	}
	for _, part := range d.Subsets {
		rows = append(rows, []string{"  " + part.Name, fmt.Sprintf("risk %s, people %s", risk[part.Risk], part.People)})
	}
	return rows
}

func peopleText(d duty.Assessment) string {
	switch d.People {
	case duty.Required:
		if d.CommunicateHow == duty.Publicly {
			return "tell them by a public communication (GDPR 34(3)(c))"
		}
		return "tell each of them (GDPR 34(1))"
	case duty.Excepted:
		return "high risk, but an exception holds"
	case duty.NotExcluded:
		return "telling them is not excluded yet: find out first"
	}
	return "no communication required"
}

func (a *app) caseNotices(p page, s desk.Situation) {
	if len(s.Case.Notices) == 0 {
		return
	}
	p.heading("Notices")
	var rows [][]string
	for _, n := range s.Case.Notices {
		sent := "NOT SENT"
		if !n.Approved() {
			sent += ", waits for approval by another account than " + n.Mark.By
		}
		if f, ok := filingOf(s.Case, n); ok {
			sent = fmt.Sprintf("sent %s by %s, %s", f.Sent.Show(a.at), f.Channel, f.Who)
			if f.Number != "" {
				sent += ", number " + f.Number
			}
		}
		rows = append(rows, []string{fmt.Sprintf("#%d", n.Seq), fmt.Sprintf("to %s, %s, %s", n.To, n.Phase, n.Lang),
			fmt.Sprintf("%s; issued %s, approved by %s", sent, dateAndTime(n.At, a.at), n.ApprovedBy)})
	}
	p.table("", rows)
}

// filingOf is what was said of the sending of a notice.
func filingOf(c *incident.Case, n incident.Notice) (incident.Filing, bool) {
	for _, f := range c.Filings {
		if f.Notice == n.Entry {
			return f, true
		}
	}
	return incident.Filing{}, false
}
