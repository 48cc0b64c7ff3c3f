package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/draw"
)

// dutyTab is what the law requires on these facts, why, and what could still
// change it.
type dutyTab struct {
	desk     *desk.Desk
	rows     []dutyRow
	supposed []desk.Given      // what if: kept by the screen only
	before   map[string]string // the answers before the last change, by row
	leads    map[string]string // the answers as they are
}

// dutyRow is one of: a heading, an answer, a reason, an open question, a fact that
// matters.
type dutyRow struct {
	heading string
	id      string
	mark    string
	lead    string
	rest    string
	text    string
	source  string
	keys    []string // facts to jump to
	grave   bool

	// What can be acted on, where the row is about such a thing.
	input  string // of the severity
	entry  string
	clock  *desk.OtherClock
	stage  string
	offer  string // a clock that the facts suggest
	matter *incident.Matter
}

func (d *dutyTab) place() place { return inDuty }

func (d *dutyTab) name() string { return "Duty" }

func (d *dutyTab) told(v look) string { return riskWord(v.s.Duty.Risk) }

func riskWord(r duty.Risk) string {
	switch r {
	case duty.High:
		return "high risk"
	case duty.Unlikely:
		return "risk unlikely"
	}
	return "risk"
}

func (d *dutyTab) take(v look) {
	a, lang := v.s.Duty, v.w.lang
	d.remember(v)
	d.rows = append(d.whatIf(v), dutyRow{heading: "What is required"})
	d.rows = append(d.rows, answers(v)...)
	d.rows = append(d.rows, clockRows(v)...)
	d.rows = append(d.rows, matterRows(v)...)
	d.rows = append(d.rows, adviceRows(v)...)
	if len(v.s.Clock.Notes) > 0 {
		d.rows = append(d.rows, dutyRow{heading: "About the deadline"})
	}
	for _, n := range v.s.Clock.Notes {
		text := n.Text.In(lang)
		d.rows = append(d.rows, dutyRow{id: "clock " + n.Text.EN, mark: "!", lead: text, text: text, source: n.Ref})
	}
	d.rows = append(d.rows, dutyRow{heading: "Why"})
	for i, r := range a.Reasons {
		text := r.Text.In(lang)
		if r.Subset != "" {
			text = clean.Line(r.Subset) + ": " + text
		}
		d.rows = append(d.rows, dutyRow{id: fmt.Sprintf("reason %d %s", i, r.Rule), mark: effectMark(r.Effect),
			lead: text, text: text, source: r.Ref, keys: r.Keys, grave: r.Effect == duty.Raises})
	}
	d.rows = append(d.rows, severityRows(v)...)
	if len(a.Open) > 0 {
		d.rows = append(d.rows, dutyRow{heading: "Find out, before the people can be left untold"})
	}
	for _, o := range a.Open {
		by := "at once"
		if o.By.After(v.w.now) {
			by = "by " + v.w.day(o.By)
		}
		text := o.Text.In(lang)
		if o.Subset != "" {
			text = clean.Line(o.Subset) + ": " + text
		}
		d.rows = append(d.rows, dutyRow{id: "open " + strings.Join(o.Keys, " ") + o.Subset, mark: "?", lead: text,
			rest: by, text: text, keys: o.Keys})
	}
	if len(a.Unknown) > 0 {
		d.rows = append(d.rows, dutyRow{heading: "Not known, and could change the answer"})
	}
	for _, key := range a.Unknown {
		k, _ := fact.Lookup(key)
		d.rows = append(d.rows, dutyRow{id: "unknown " + key, mark: "?", lead: k.Label.In(lang), rest: key,
			text: upperFirst(k.Help), keys: []string{key}})
	}
}

// suppose adds a fact to what is supposed.
func (d *dutyTab) suppose(g desk.Given) {
	d.supposed = slices.DeleteFunc(d.supposed, func(old desk.Given) bool { return old.Key == g.Key })
	d.supposed = append(d.supposed, g)
}

// whatIf are the rows of what is supposed, reckoned on a scratch copy.
func (d *dutyTab) whatIf(v look) []dutyRow {
	if len(d.supposed) == 0 {
		return nil
	}
	then, err := desk.WhatIf(v.s, d.supposed)
	if err != nil {
		return []dutyRow{{heading: "What if: " + err.Error()}}
	}
	return whatIfRows(v, d.desk, d.supposed, then)
}

// remember keeps the answers of the state before, so that what a change has moved
// can be marked.
func (d *dutyTab) remember(v look) {
	if v.s.AsOf != nil {
		return // looking back moves nothing
	}
	leads := map[string]string{}
	for _, r := range answers(v) {
		leads[r.id] = r.lead
	}
	if !maps.Equal(leads, d.leads) {
		d.before, d.leads = d.leads, leads
	}
}

// moved is what the row said before the last change; empty when it said the same.
func (d *dutyTab) moved(r dutyRow) string {
	if was, ok := d.before[r.id]; ok && was != r.lead && d.leads[r.id] == r.lead {
		return was
	}
	return ""
}

// answers are the duties themselves, each with the words of its ground.
func answers(v look) []dutyRow {
	a := v.s.Duty
	rows := []dutyRow{
		{id: "risk", mark: "=", lead: "Risk to the people: " + riskWord(a.Risk), text: "Severity after ENISA (2013), data context × identification + circumstances: " + a.ENISA.Sum() + ", " + string(a.ENISA.Band) + ". The score is a help to see how grave it is; the duties follow from the rules.\n\n" + enisaSteps(v)},
		{id: "authority", mark: yesNo(a.NotifyAuthority), lead: "Notify the authority: " + yes(a.NotifyAuthority), grave: a.NotifyAuthority, source: "GDPR 33(1)", text: authorityText(v)},
		{id: "people", mark: peopleMark(a.People), lead: "Tell the people: " + peopleWord(a), grave: a.People == duty.Required, source: "GDPR 34", text: peopleText(a)},
		{id: "document", mark: yesNo(a.Document), lead: "Document: " + yes(a.Document), source: "GDPR 33(5)", text: "Every breach is documented. This case is the documentation; the register lists it."},
	}
	if a.TellController {
		rows = append(rows, dutyRow{id: "controller", mark: yesNo(true), lead: "Tell the controller: yes, without delay", source: "GDPR 33(2)", grave: true})
	}
	for _, s := range a.Subsets {
		lead := clean.Line(s.Name) + ": " + riskWord(s.Risk) + ", tell them: " + peopleWord(duty.Assessment{People: s.People, CommunicateHow: s.CommunicateHow})
		rows = append(rows, dutyRow{id: "subset " + s.Name, mark: peopleMark(s.People), lead: lead, keys: []string{fact.SubsetKey(s.Name, "count")}})
	}
	return rows
}

func enisaSteps(v look) string {
	var lines []string
	for _, s := range v.s.Duty.ENISA.Steps {
		lines = append(lines, fmt.Sprintf("%s %+g  %s: %s", s.Part, s.Value, s.Name.In(v.w.lang), s.Why.In(v.w.lang)))
	}
	for _, f := range v.s.Duty.ENISA.Flags {
		lines = append(lines, "beside the score: "+f.In(v.w.lang))
	}
	return strings.Join(lines, "\n")
}

func authorityText(v look) string {
	if !v.s.Duty.NotifyAuthority {
		return "Risk is shown to be unlikely. Only a decision with its reasons, at the gate of the playbook, stops the clock."
	}
	if v.s.Clock.State == clock.Notified {
		return "It is filed."
	}
	return "Nothing shows that a risk is unlikely, so the authority is notified. The clock stops when a notice was really sent: tab 5."
}

func peopleText(a duty.Assessment) string {
	switch a.People {
	case duty.NotExcluded:
		return "What is known does not require it, and does not rule it out: the questions below could make it required."
	case duty.Excepted:
		return "The risk is high, but an exception of Article 34(3) or of the Data Protection Act holds."
	}
	return ""
}

func peopleWord(a duty.Assessment) string {
	switch a.People {
	case duty.Required:
		return "yes, " + string(a.CommunicateHow)
	case duty.NotExcluded:
		return "find out first"
	case duty.Excepted:
		return "no, an exception holds"
	}
	return "no"
}

func peopleMark(p duty.People) string {
	switch p {
	case duty.Required:
		return "!"
	case duty.NotExcluded:
		return "?"
	}
	return "-"
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func yesNo(b bool) string {
	if b {
		return "!"
	}
	return "-"
}

func effectMark(e duty.Effect) string {
	switch e {
	case duty.Raises:
		return "+"
	case duty.Lowers:
		return "-"
	}
	return "="
}

func (d *dutyTab) len() int           { return len(d.rows) }
func (d *dutyTab) heading(i int) bool { return d.rows[i].heading != "" }
func (d *dutyTab) key(i int) string   { return d.rows[i].id + d.rows[i].heading }
func (d *dutyTab) shares() (int, int) { return 55, 45 }
func (d *dutyTab) stacked() bool      { return false }
func (d *dutyTab) listTitle(v look, _ int) string {
	return "rules " + v.s.Duty.RulesVersion + ": a proposal, people decide"
}

func (d *dutyTab) row(v look, i, width int) row {
	r, t := d.rows[i], v.t
	if r.heading != "" {
		return row{rest: rule(t, r.heading, width)}
	}
	out := row{mark: t.Muted.Render(r.mark), lead: draw.Cut(clean.Line(r.lead), width-3, t.Marks.Ellipsis), tone: t.Plain}
	if r.grave {
		out.mark = t.Danger.Render(r.mark)
	}
	rest := r.rest
	if rest == "" {
		rest = clean.Line(r.source)
	}
	if was := d.moved(r); was != "" {
		out.mark, rest = t.Accent.Render(t.Marks.Moved), "was: "+afterColon(was)
	}
	if draw.Width(out.lead)+draw.Width(rest)+4 <= width {
		out.rest = t.Muted.Render(rest)
	}
	return out
}

func (d *dutyTab) chosen(i int) (dutyRow, bool) {
	if i < 0 || i >= len(d.rows) || d.rows[i].heading != "" {
		return dutyRow{}, false
	}
	return d.rows[i], true
}

func (d *dutyTab) textTitle(look, int) string { return "About it" }

func (d *dutyTab) text(v look, i, width int) []string {
	r, ok := d.chosen(i)
	if !ok {
		return nil
	}
	lines := draw.Wrap(v.t.Strong.Render(clean.Line(r.lead)), width)
	if r.text != "" && r.text != r.lead {
		lines = append(append(lines, ""), draw.Wrap(clean.Block(r.text), width)...)
	}
	lines = append(lines, "")
	if r.source != "" {
		lines = append(lines, draw.Hang(v.t.Muted.Render("Source"), clean.Line(r.source), hang, width)...)
	}
	for _, key := range r.keys {
		k, ok := fact.Lookup(key)
		if !ok {
			continue
		}
		state := "nobody has looked"
		if recorded, ok := v.s.Case.Facts[key]; ok {
			state = v.w.value(key, recorded)
		}
		lines = append(lines, draw.Hang(v.t.Muted.Render("Fact"), k.Label.In(v.w.lang)+": "+state, hang, width)...)
	}
	switch {
	case r.entry != "":
		lines = append(lines, "", v.t.Muted.Render("enter goes to the entry"))
	case len(r.keys) > 0:
		lines = append(lines, "", v.t.Muted.Render("enter goes to the fact"))
	}
	return lines
}

func (d *dutyTab) beside(v look, _, width int) (string, []string) { return "", nil }

// dutySummary is the duty in a few lines, for beside the facts; sentences of a text
// stand between the answers and what could change them.
func dutySummary(v look, sentences []string, width int) []string {
	var lines []string
	for _, r := range answers(v) {
		style := v.t.Plain
		if r.grave {
			style = v.t.Danger
		}
		for _, line := range draw.Wrap(clean.Line(r.lead), width-2) {
			lines = append(lines, style.Render(r.mark)+" "+line)
			r.mark = " "
		}
	}
	if len(sentences) > 0 {
		lines = append(append(lines, "", v.t.Muted.Render("In the text to the authority:")), sentences...)
	}
	if len(v.s.Duty.Unknown) == 0 {
		return append(lines, "", v.t.Muted.Render("No fact that is missing could change it."))
	}
	lines = append(lines, "", v.t.Muted.Render("Not known, and could change it:"))
	for _, key := range v.s.Duty.Unknown {
		k, _ := fact.Lookup(key)
		lines = append(lines, "? "+k.Label.In(v.w.lang))
	}
	return lines
}
