package tui

import (
	"fmt"
	"strings"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/playbooks"
	"timeglas/tui/draw"
)

// severityRows are the inputs of ENISA's sum, each with its steps.
func severityRows(v look) []dutyRow {
	e := v.s.Duty.ENISA
	rows := []dutyRow{{heading: "Severity after ENISA: " + e.Sum() + ", " + string(e.Band)}}
	for _, in := range []struct {
		part, name string
		value      float64
	}{{"DPC", "Data processing context", e.DPC}, {"EI", "Ease of identification", e.EI}, {"CB", "Circumstances of the breach", e.CB}} {
		r := dutyRow{id: "enisa " + in.part, input: in.part, mark: "=", lead: fmt.Sprintf("%s %g: %s", in.part, in.value, in.name)}
		var steps []string
		for _, s := range e.Steps {
			if s.Part != in.part {
				continue
			}
			steps = append(steps, fmt.Sprintf("%+g  %s: %s", s.Value, s.Name.In(v.w.lang), clean.Line(s.Why.In(v.w.lang))))
			r.keys = append(r.keys, s.Keys...)
			if s.By != "" {
				r.rest = "adjusted by " + clean.Line(s.By)
			}
		}
		r.text = strings.Join(steps, "\n") + "\n\ns sets this input otherwise, with a reason. The score is no duty: it moves none."
		rows = append(rows, r)
	}
	return rows
}

// adviceRows are what advisers have said, and who disagrees with a decision.
func adviceRows(v look) []dutyRow {
	var rows []dutyRow
	for _, a := range v.s.Case.Advice {
		lead := clean.Line(a.Who) + " advises: " + clean.Line(a.Text)
		text := clean.Block(a.Text)
		if a.Gate != "" {
			text += "\n\nOn: " + clean.Line(titles(v, []string{a.Gate})) + because(clean.Line(a.Option))
			if v.s.Case.AgainstAdvice(a.Gate) {
				text += "\nThe decision departs from it."
			}
		}
		rows = append(rows, dutyRow{id: "advice " + a.Entry, mark: "i", lead: lead, text: text, entry: a.Entry,
			rest: v.w.short(a.At), grave: a.Gate != "" && v.s.Case.AgainstAdvice(a.Gate)})
	}
	for _, d := range v.s.Case.Dissents {
		rows = append(rows, dutyRow{id: "dissent " + d.Entry, mark: "!", lead: clean.Line(d.By) + " disagrees: " + clean.Line(d.Why), entry: d.Entry,
			text: clean.Block(d.Why) + "\n\nOn: " + clean.Line(titles(v, []string{d.Gate})), rest: v.w.short(d.At)})
	}
	return headed("Advice and dissent", rows)
}

// matterRows are what came from the authority and from people.
func matterRows(v look) []dutyRow {
	var rows []dutyRow
	for i := range v.s.Case.Matters {
		m := &v.s.Case.Matters[i]
		who := "Authority"
		if m.Side == incident.WithPerson {
			who = "A person"
		}
		r := dutyRow{id: "matter " + m.Entry, matter: m, entry: m.Entry, mark: "i", lead: who + ", " + m.Sort + ": " + clean.Line(m.Text), text: matterText(v, m)}
		switch {
		case m.Open():
			r.mark, r.rest, r.grave = "!", v.w.due(*m.Due), m.Due.Before(v.w.now)
		case m.Settled != nil:
			r.mark, r.rest = "-", "done"
		}
		rows = append(rows, r)
	}
	return headed("With the authority and with people", rows)
}

func matterText(v look, m *incident.Matter) string {
	text := clean.Block(m.Text) + "\n\nReceived " + v.w.moment(m.Received)
	if m.Due != nil {
		text += "\nDue " + v.w.day(*m.Due) + ", " + v.w.due(*m.Due)
	}
	if m.Extended != nil {
		text += "\nExtended: " + clean.Line(m.Extended.Why)
	}
	if m.Reopens != "" {
		text += "\nTo be decided again: " + clean.Line(titles(v, []string{m.Reopens}))
	}
	if m.Settled != nil {
		return text + "\nDone " + v.w.moment(m.Settled.When) + because(clean.Line(m.Settled.Text))
	}
	return text + "\n\nx says that it is done; E gives a person's request the longer time."
}

// clockRows are the clocks beside the 72 hours, and those that the facts suggest.
func clockRows(v look) []dutyRow {
	var rows []dutyRow
	for i := range v.s.Others {
		o := &v.s.Others[i]
		for _, stage := range o.Stages {
			rows = append(rows, clockRow(v, o, stage))
		}
	}
	for _, offer := range v.s.Suggested() {
		rows = append(rows, dutyRow{id: "offer " + offer.Regime.Key, mark: "?", offer: offer.Regime.Key,
			lead: offer.Regime.Title.In(v.w.lang) + ": not started", rest: offer.Regime.Ref(), source: offer.Regime.Ref(),
			text: upperFirst(offer.Why.In(v.w.lang)) + ".\n\nRuns from: " + offer.Regime.Trigger.In(v.w.lang) + ".\nTo: " + offer.Regime.Recipient + ".\n\nenter starts it, where it holds here."})
	}
	return headed("Beside the 72 hours", rows)
}

func clockRow(v look, o *desk.OtherClock, stage clock.StageReading) dutyRow {
	title := clean.Line(o.Title().In(v.w.lang))
	r := dutyRow{id: "clock " + o.Entry + stage.Stage.Key, clock: o, stage: stage.Stage.Key, entry: o.Entry, mark: "·",
		lead: title + ", " + stage.Stage.Title.In(v.w.lang), source: o.Regime.Ref(),
		text: "Runs from " + v.w.moment(o.Start) + because(clean.Line(o.Why)) + ".\nTo: " + o.Regime.Recipient + "."}
	if !stage.Due.IsZero() {
		r.text += "\nDue " + v.w.day(stage.Due) + "."
	}
	switch {
	case stage.State == clock.Done:
		r.mark, r.rest = "-", "done "+v.w.short(stage.DoneAt)
	case !stage.Due.IsZero():
		r.rest, r.grave = v.w.due(stage.Due), stage.State == clock.Overdue || stage.State == clock.Urgent
		r.text += "\n\nx says that it is done."
	}
	return r
}

// headed puts a heading over rows, where there are any.
func headed(heading string, rows []dutyRow) []dutyRow {
	if len(rows) == 0 {
		return nil
	}
	return append([]dutyRow{{heading: heading}}, rows...)
}

// besides are the times that run beside the 72 hours and the playbook: other clocks,
// evidence that expires, answers that somebody waits for.
func besides(s desk.Situation) []desk.Due {
	var open []desk.Due
	for _, d := range s.Dues() {
		if d.Entry != "" || d.What == "follow-up" {
			open = append(open, d)
		}
	}
	return open
}

// besideLine is those times in one line, the nearest first, as many as there is room
// for.
func besideLine(v look, dues []desk.Due, width int) string {
	t := v.t
	line := " also:"
	for i, d := range dues {
		style := t.Muted
		if d.At.Before(v.w.now) {
			style = t.Danger
		}
		part := " " + style.Render(v.w.due(d.At)) + " " + clean.Line(playbooks.Text(d.Name).In(v.w.lang))
		if i > 0 {
			part = " " + t.Marks.Dot + part
		}
		more := fmt.Sprintf(" +%d", len(dues)-i)
		if i > 0 && draw.Width(line)+draw.Width(part)+draw.Width(more) > width {
			return draw.Cut(line+t.Muted.Render(more), width, t.Marks.Ellipsis)
		}
		line += part
	}
	return draw.Cut(line, width, t.Marks.Ellipsis)
}

// whatIfRows are the supposed facts and what would come of them, beside what is.
func whatIfRows(v look, d *desk.Desk, supposed []desk.Given, then desk.Situation) []dutyRow {
	rows := []dutyRow{{heading: "What if (nothing is written; W drops it)"}}
	for _, g := range supposed {
		value := clean.Line(fact.Show(g.Key, g.Value, v.w.lang, v.w.zone))
		rows = append(rows, dutyRow{id: "if " + g.Key, mark: "?", lead: "if " + labels([]string{g.Key}, v.w.lang) + " = " + value, keys: []string{g.Key}})
	}
	facts := len(rows)
	now, would := answers(v), answers(look{t: v.t, w: v.w, s: then})
	for i := range min(len(now), len(would)) {
		if now[i].lead == would[i].lead {
			continue
		}
		rows = append(rows, dutyRow{id: "then " + now[i].id, mark: v.t.Marks.Moved, grave: true,
			lead: now[i].lead + " " + v.t.Marks.Arrow + " " + afterColon(would[i].lead),
			text: "Now\n" + now[i].lead + "\n\nThen\n" + would[i].lead + "\n\n" + reasonsText(then.Duty, v.w.lang)})
	}
	rows = append(rows, textRow(v, d, then)...)
	if len(rows) == facts {
		rows = append(rows, dutyRow{id: "then nothing", mark: "=", lead: "Nothing would change: neither a duty nor the text to the authority"})
	}
	return rows
}

// textRow says which sentences of the text to the authority would be others.
func textRow(v look, d *desk.Desk, then desk.Situation) []dutyRow {
	req := notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: v.w.lang}
	before, err := d.Compose(v.s, req)
	after, err2 := d.Compose(then, req)
	if err != nil || err2 != nil {
		return nil
	}
	gone, come := onlyIn(before, after), onlyIn(after, before)
	if len(gone)+len(come) == 0 {
		return nil
	}
	return []dutyRow{{id: "then text", mark: v.t.Marks.Moved, grave: true,
		lead: "The text to the authority: " + plural(max(len(gone), len(come)), "sentence changes", "sentences change"),
		text: "Now\n" + strings.Join(gone, "\n") + "\n\nThen\n" + strings.Join(come, "\n")}}
}

// onlyIn are the sentences of one text that the other does not have.
func onlyIn(one, other notice.Document) []string {
	has := sentencesOf(other)
	var only []string
	for _, s := range stopsOf(one) {
		if !has[s.sentence.Text] {
			only = append(only, clean.Block(s.sentence.Text))
		}
	}
	return only
}

func afterColon(s string) string {
	if _, after, ok := strings.Cut(s, ": "); ok {
		return after
	}
	return s
}

func reasonsText(a duty.Assessment, lang string) string {
	var lines []string
	for _, r := range a.Reasons {
		lines = append(lines, effectMark(r.Effect)+" "+clean.Line(r.Text.In(lang)))
	}
	return strings.Join(lines, "\n")
}
