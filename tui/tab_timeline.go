package tui

import (
	"fmt"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/when"
	"timeglas/timeline"
	"timeglas/timeline/query"
	"timeglas/tui/draw"
)

// timelineTab is the journal as it reads: by the time things happened, or in the
// order in which they were written. Entries about entries are shown with the entry
// that they are about, and as lines of their own in the written order.
type timelineTab struct {
	lines   []timeline.Line
	written bool // in the order of the journal
	filter  query.Query
	years   bool // some times are of another year, and need a wider column
}

// aboutEntries are the kinds that only say something of another entry.
var aboutEntries = []timeline.Kind{
	timeline.KindCorrection, timeline.KindRetraction, timeline.KindRedaction, timeline.KindTag, timeline.KindPin,
	timeline.KindComment, timeline.KindLink, timeline.KindView,
}

func (tl *timelineTab) place() place { return inTimeline }

func (tl *timelineTab) name() string { return "Timeline" }

func (tl *timelineTab) told(v look) string { return fmt.Sprint(len(v.s.Case.Timeline.Lines)) }

func (tl *timelineTab) take(v look) {
	all := v.s.Case.Timeline.Lines
	year := v.w.now.In(v.w.zone).Year()
	tl.years = slices.ContainsFunc(all, func(l timeline.Line) bool { return happened(l).In(v.w.zone).Year() != year })
	tl.lines = tl.shown(all, tl.filter)
}

// shown are the lines that the query finds, in the order of the tab.
func (tl *timelineTab) shown(all []timeline.Line, q query.Query) []timeline.Line {
	if q.Root != nil {
		all = incident.Search(all, q, true)
	}
	if tl.written {
		return all
	}
	lines := make([]timeline.Line, 0, len(all))
	for _, l := range all {
		if !slices.Contains(aboutEntries, l.Kind) {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b timeline.Line) int { return happened(a).Compare(happened(b)) })
	return lines
}

func (tl *timelineTab) len() int           { return len(tl.lines) }
func (tl *timelineTab) heading(int) bool   { return false }
func (tl *timelineTab) key(i int) string   { return tl.lines[i].ID }
func (tl *timelineTab) shares() (int, int) { return 1, 0 }
func (tl *timelineTab) stacked() bool      { return false }

// listTitle says in which order the entries stand, and of the chosen one the time
// here and in UTC.
func (tl *timelineTab) listTitle(v look, i int) string {
	order := "as it happened"
	if tl.written {
		order = "as it was written"
	}
	if tl.filter.Root != nil {
		order += fmt.Sprintf(" %s %d with %s", v.t.Marks.Dot, len(tl.lines), clean.Line(tl.filter.Text))
	}
	if l, ok := tl.chosen(i); ok {
		order += " " + v.t.Marks.Dot + " " + v.w.moment(l.Occurred)
	}
	return order
}

func (tl *timelineTab) row(v look, i, width int) row {
	l, t := tl.lines[i], v.t
	r := row{mark: " ", lead: precision(l.Occurred) + " " + tl.whenColumn(v, l, width), tone: t.Plain}
	if l.Pinned {
		r.mark = t.Due.Render(t.Marks.Pin)
	}
	author, kindWidth := t.Muted.Render(draw.Fit(clean.Line(l.Author), 8, t.Marks.Ellipsis))+" ", 13
	if width < 70 {
		author, kindWidth = "", 6
	}
	kind := draw.Fit(string(l.Kind), kindWidth, t.Marks.Ellipsis)
	text := v.w.entry(l)
	switch {
	case l.RetractedBy != 0:
		text = t.Muted.Render("[retracted] " + text)
	case l.Redacted:
		text = t.Muted.Render("[" + text + "]")
	case len(l.Corrections) > 0:
		text += t.Muted.Render(" [corrected]")
	}
	for _, tag := range l.Tags {
		text += " " + t.Accent.Render("#"+clean.Line(tag))
	}
	r.rest = author + t.Muted.Render(kind) + " " + text
	return r
}

// whenColumn is when it happened, in a column of fixed width: in full where there
// is room, or where another year makes it long.
func (tl *timelineTab) whenColumn(v look, l timeline.Line, width int) string {
	full := width >= 100 || tl.years && width >= 70
	column := 12
	if full {
		column = 16
	}
	at := happened(l).In(v.w.zone)
	text := v.w.short(at)
	switch oneDay := l.Occurred.Precision == when.Day; {
	case !l.Occurred.Known():
		text = "unknown"
	case full && oneDay:
		text = at.Format("2006-01-02")
	case full:
		text = at.Format("2006-01-02 15:04")
	case oneDay && at.Year() == v.w.now.In(v.w.zone).Year():
		text = at.Format("02 Jan")
	}
	return draw.Fit(text, column, "")
}

func (tl *timelineTab) chosen(i int) (timeline.Line, bool) {
	if i < 0 || i >= len(tl.lines) {
		return timeline.Line{}, false
	}
	return tl.lines[i], true
}

// find is the row of the entry with the id; false when the list does not show it.
func (tl *timelineTab) find(id string) (int, bool) {
	i := slices.IndexFunc(tl.lines, func(l timeline.Line) bool { return l.ID == id })
	return max(i, 0), i >= 0
}

func (tl *timelineTab) textTitle(_ look, i int) string {
	l, ok := tl.chosen(i)
	if !ok {
		return "Entry"
	}
	return fmt.Sprintf("Entry %d", l.Seq)
}

func (tl *timelineTab) text(v look, i, width int) []string {
	l, ok := tl.chosen(i)
	if !ok {
		if tl.filter.Root != nil {
			return []string{"No entry fits the filter: press / for another, F to show all."}
		}
		return []string{"Nothing is written yet: press n for a note."}
	}
	var lines []string
	add := func(label, text string) {
		lines = append(lines, draw.Hang(v.t.Muted.Render(label), text, hang, width)...)
	}
	text := v.w.entry(l)
	if l.Kind.Written() || l.Kind == incident.KindNotice {
		text = clean.Block(l.Text)
	}
	lines = append(append(lines, draw.Wrap(text, width)...), "")
	add("Happened", v.w.moment(l.Occurred))
	add("Written", v.w.day(l.Recorded)+" by "+clean.Line(l.Author))
	add("Kind", string(l.Kind))
	if l.Kind == incident.KindFact && !l.Redacted {
		add("Fact", clean.Line(field(l, "key")))
	}
	if len(l.Tags) > 0 {
		add("Tags", clean.Line(strings.Join(l.Tags, ", ")))
	}
	if l.Pinned {
		add("Pinned", "yes")
	}
	lines = append(lines, tl.history(v, l, width)...)
	add("Id", l.ID)
	add("Hash", l.Hash.String()[:16]+v.t.Marks.Ellipsis)
	return lines
}

// history is what has been said of the entry since it was written.
func (tl *timelineTab) history(v look, l timeline.Line, width int) []string {
	var lines []string
	say := func(seq int64, what string) {
		by := v.s.Case.Timeline.Lines[seq-1]
		text := fmt.Sprintf("entry %d, %s, %s: %s", seq, clean.Line(by.Author), v.w.day(by.Recorded), what)
		lines = append(lines, draw.Hang(v.t.Due.Render("Since"), text, hang, width)...)
	}
	for _, c := range v.s.Case.Timeline.Correcting(l.Seq) {
		say(c.Seq, v.w.entry(c))
	}
	for _, c := range l.Comments {
		by := v.s.Case.Timeline.Lines[c-1]
		lines = append(lines, draw.Hang(v.t.Accent.Render("Comment"), clean.Block(by.Text)+", "+clean.Line(by.Author)+", "+v.w.day(by.Recorded), hang, width)...)
	}
	for _, k := range l.Links {
		other, why := v.s.Case.Timeline.Lines[k.With-1], v.s.Case.Timeline.Lines[k.By-1].Text
		lines = append(lines, draw.Hang(v.t.Accent.Render("See"), "entry "+seqText(other)+": "+v.w.named(other)+because(clean.Line(why)), hang, width)...)
	}
	if len(l.Corrections) > 0 && !l.Redacted {
		lines = append(lines, draw.Hang(v.t.Due.Render("Before"), clean.Line(l.Body.Text)+", "+v.w.moment(l.Head.Occurred), hang, width)...)
	}
	if l.RetractedBy != 0 {
		say(l.RetractedBy, v.w.entry(v.s.Case.Timeline.Lines[l.RetractedBy-1])+" (it no longer counts)")
	}
	if l.RedactedBy != 0 {
		say(l.RedactedBy, v.w.entry(v.s.Case.Timeline.Lines[l.RedactedBy-1]))
	}
	return lines
}

func (tl *timelineTab) beside(look, int, int) (string, []string) { return "", nil }

// latest are the last entries that say something of the case, newest first.
func latest(v look, most int) []string {
	var lines []string
	all := v.s.Case.Timeline.Lines
	for i := len(all) - 1; i >= 0 && len(lines) < most; i-- {
		l := all[i]
		if slices.Contains(aboutEntries, l.Kind) || !l.Counts() {
			continue
		}
		lines = append(lines, draw.Fit(v.w.short(l.Recorded), 12, "")+" "+v.t.Muted.Render(draw.Fit(clean.Line(l.Author), 8, v.t.Marks.Ellipsis))+" "+v.w.named(l))
	}
	return lines
}
