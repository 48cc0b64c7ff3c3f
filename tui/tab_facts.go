package tui

import (
	"fmt"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/tui/draw"
)

// factsTab is every fact there can be, in the order of the vocabulary, with what
// is known of it.
type factsTab struct {
	notices *noticesTab
	rows    []factRow
	// parts are names of parts of the people that were asked for and have no fact
	// yet. They are kept by the screen only, until one is recorded.
	parts []string
}

// factRow is a key, or the heading of a group.
type factRow struct {
	group string
	key   fact.Key
}

func (f *factsTab) place() place { return inFacts }

func (f *factsTab) name() string { return "Facts" }

func (f *factsTab) told(v look) string {
	answered, asked := v.s.Case.Facts.Progress()
	return fmt.Sprintf("%d/%d", answered, asked)
}

func (f *factsTab) take(v look) {
	f.rows = nil
	sheet := v.s.Case.Facts
	group, partsShown := "", false
	for _, k := range fact.Keys() {
		if name, _, ok := fact.CutSubset(k.Name); ok && name == fact.SubsetName {
			if !partsShown {
				partsShown = true
				f.takeParts(v)
			}
			continue
		}
		if _, _, wording := fact.CutWording(k.Name); wording && sheet.State(k.Name) == fact.Absent {
			continue
		}
		if g := k.Group(); g != group {
			group = g
			f.rows = append(f.rows, factRow{group: fact.GroupLabel(g).In(v.w.lang)})
		}
		f.rows = append(f.rows, factRow{key: k})
	}
}

// takeParts adds the keys of each part of the people.
func (f *factsTab) takeParts(v look) {
	names := v.s.Case.Facts.Subsets()
	for _, name := range f.parts {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		f.rows = append(f.rows, factRow{group: fact.GroupLabel("subset").In(v.w.lang) + ": " + clean.Line(name)})
		for _, k := range fact.Keys() {
			if _, field, ok := fact.CutSubset(k.Name); ok {
				if named, ok := fact.Lookup(fact.SubsetKey(name, field)); ok {
					f.rows = append(f.rows, factRow{key: named})
				}
			}
		}
	}
}

func (f *factsTab) len() int           { return len(f.rows) }
func (f *factsTab) heading(i int) bool { return f.rows[i].group != "" }
func (f *factsTab) key(i int) string   { return f.rows[i].key.Name + f.rows[i].group }
func (f *factsTab) shares() (int, int) { return 55, 45 }
func (f *factsTab) stacked() bool      { return false }

func (f *factsTab) listTitle(v look, _ int) string {
	answered, asked := v.s.Case.Facts.Progress()
	return fmt.Sprintf("%d of %d that every breach must answer", answered, asked)
}

// factLabel is the column of labels.
const factLabel = 27

func (f *factsTab) row(v look, i, width int) row {
	r, t := f.rows[i], v.t
	if r.group != "" {
		return row{rest: rule(t, r.group, width)}
	}
	k := r.key
	label := draw.Cut(k.Label.In(v.w.lang), factLabel, t.Marks.Ellipsis)
	out := row{mark: " ", lead: label, tone: t.Plain}
	pad := strings.Repeat(" ", max(factLabel-draw.Width(label), 0))
	switch v.s.Case.Facts.State(k.Name) {
	case fact.Known:
		recorded := v.s.Case.Facts[k.Name]
		if recorded.Estimate {
			out.mark = t.Due.Render(t.Marks.Estimate)
		} else {
			out.mark = t.Good.Render(t.Marks.Done)
		}
		out.rest = pad + v.w.value(k.Name, recorded)
	case fact.IsUnknown:
		out.mark = t.Due.Render("?")
		out.rest = pad + t.Due.Render("not known yet")
	default:
		out.tone = t.Muted
		if k.Asked {
			out.mark = t.Due.Render(t.Marks.Gap)
			out.rest = pad + t.Muted.Render("to be answered")
		}
	}
	return out
}

func (f *factsTab) chosen(i int) (fact.Key, bool) {
	if i < 0 || i >= len(f.rows) || f.rows[i].group != "" {
		return fact.Key{}, false
	}
	return f.rows[i].key, true
}

// find is the row of a key; false when the list does not show it.
func (f *factsTab) find(key string) (int, bool) {
	for i, r := range f.rows {
		if r.key.Name == key {
			return i, true
		}
	}
	return 0, false
}

func (f *factsTab) textTitle(v look, i int) string {
	k, ok := f.chosen(i)
	if !ok {
		return "Fact"
	}
	return k.Label.In(v.w.lang)
}

func (f *factsTab) text(v look, i, width int) []string {
	k, ok := f.chosen(i)
	if !ok {
		return nil
	}
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, draw.Hang(v.t.Muted.Render(label), text, hang, width)...)
		}
	}
	switch recorded := v.s.Case.Facts[k.Name]; v.s.Case.Facts.State(k.Name) {
	case fact.Absent:
		lines = append(lines, v.t.Due.Render("Nobody has looked yet."))
	default:
		text := clean.Block(fact.Show(k.Name, recorded.Value, v.w.lang, v.w.zone))
		lines = append(lines, draw.Wrap(text, width)...)
		if recorded.Estimate {
			lines = append(lines, v.t.Due.Render("an estimate"))
		}
		lines = append(lines, "")
		add("By", clean.Line(recorded.By)+", "+v.w.day(recorded.At)+fmt.Sprintf(", entry %d", recorded.Seq))
		add("Why", clean.Block(recorded.Why))
	}
	lines = append(lines, "")
	if k.Help != "" {
		lines = append(lines, draw.Wrap(upperFirst(k.Help)+".", width)...)
	}
	add("Key", k.Name)
	add("Takes", string(k.Type))
	lines = append(lines, f.history(v, k, width)...)
	for _, c := range fact.Contradictions(v.s.Case.Facts) {
		if slices.Contains(c.Keys, k.Name) {
			lines = append(lines, draw.Hang(v.t.Danger.Render("But"), c.Text.In(v.w.lang), hang, width)...)
		}
	}
	return lines
}

// history are the values before the present one.
func (f *factsTab) history(v look, k fact.Key, width int) []string {
	past := v.s.Case.History(k.Name)
	var lines []string
	for i := len(past) - 1; i >= 0; i-- {
		p := past[i]
		if p.Entry == v.s.Case.Facts[k.Name].Entry {
			continue
		}
		text := v.w.value(k.Name, p.Recorded) + " by " + clean.Line(p.By) + ", " + v.w.day(p.At)
		if p.RetractedBy != 0 {
			text += fmt.Sprintf(", taken back by entry %d", p.RetractedBy)
		}
		lines = append(lines, draw.Hang(v.t.Muted.Render("Before"), text, hang, width)...)
	}
	return lines
}

// beside are the duty and the sentences that rest on the chosen fact: what changes
// with it is in view with it.
func (f *factsTab) beside(v look, i, width int) (string, []string) {
	k, _ := f.chosen(i)
	return "Duty and text", dutySummary(v, f.inText(v, k.Name, width), width)
}

// inText are the sentences of the text to the authority that rest on a fact.
func (f *factsTab) inText(v look, key string, width int) []string {
	var lines []string
	for _, s := range stopsOf(f.notices.draft(letter{to: incident.ToAuthority}).doc) {
		if !slices.Contains(s.sentence.Keys, key) {
			continue
		}
		style := v.t.Plain
		if s.sentence.Gap {
			style = v.t.Due
		}
		lines = append(lines, draw.Hang(v.t.Muted.Render(fmt.Sprint(s.section.No)), style.Render(clean.Block(s.sentence.Text)), 3, width)...)
	}
	return lines
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
