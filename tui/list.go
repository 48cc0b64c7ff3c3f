package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/timeline"
	"timeglas/tui/draw"
	"timeglas/tui/layout"
)

// listScreen is the list of cases with their clocks, most urgent first.
type listScreen struct {
	cases []desk.Listed
	err   error
	known bool // it has been read
	rows  rows
}

func newListScreen() *listScreen { return &listScreen{} }

func noHeading(int) bool { return false }

// read takes a new list and stays on the case it was on.
func (l *listScreen) read(cases []desk.Listed, err error) {
	chosen := l.ref()
	l.cases, l.err, l.known = cases, err, true
	at := l.rows.cursor
	for i, c := range cases {
		if c.Ref == chosen {
			at = i
		}
	}
	l.rows.keep(len(cases), at, noHeading)
}

// ref is the chosen case, empty when there is none.
func (l *listScreen) ref() string {
	if l.rows.cursor < len(l.cases) {
		return l.cases[l.rows.cursor].Ref
	}
	return ""
}

// urgent is the clock that needs attention first.
func (l *listScreen) urgent(now time.Time) clock.Reading {
	for _, c := range l.cases {
		if c.Err == nil && c.State == incident.Open {
			return reread(c.Clock, now)
		}
	}
	return clock.Reading{State: clock.NotStarted}
}

// urgentRef is the case of that clock.
func (l *listScreen) urgentRef() string {
	for _, c := range l.cases {
		if c.Err == nil && c.State == incident.Open {
			return c.Ref
		}
	}
	return ""
}

// unsent reports whether a text was issued in the case that nobody has sent.
func (l *listScreen) unsent(ref string) bool {
	return slices.ContainsFunc(l.cases, func(c desk.Listed) bool { return c.Ref == ref && c.Unfiled > 0 })
}

// refWidth is the column of references: as wide as the longest, while that leaves
// the clocks and a title to read beside it.
func (l *listScreen) refWidth(f layout.Frame) int {
	const least, title = 12, 16
	longest := least
	for _, c := range l.cases {
		longest = max(longest, draw.Width(clean.Line(c.Ref)))
	}
	return min(longest, max(f.Body.W-clockWidth-title-6, least))
}

// clockWidth is the column of what is left.
const clockWidth = 24

func (m *Model) drawList(f layout.Frame) ([]string, *tea.Position) {
	l := m.list
	switch {
	case !l.known:
		return []string{"", "  reading the cases" + m.theme.Marks.Ellipsis}, nil
	case l.err != nil:
		return append([]string{""}, m.textBlock(m.theme.Danger.Render(l.err.Error()), f.Body.W-4)...), nil
	case len(l.cases) == 0:
		return m.emptyHome(f), nil
	}
	head := fmt.Sprintf("   %s %s %s", draw.Fit("case", l.refWidth(f), ""), draw.Fit("clock", clockWidth, ""), "title")
	lines := []string{m.theme.Muted.Render(draw.Cut(head, f.Body.W, ""))}
	shown, cursor := l.rows.draw(m.theme, layout.Size{W: f.Body.W, H: f.Body.H - 1}, noHeading, func(i int) row {
		return m.listRow(l.cases[i], f)
	})
	var at *tea.Position
	if cursor >= 0 {
		at = &tea.Position{X: 0, Y: cursor + 1}
	}
	return append(lines, shown...), at
}

// emptyHome says in three lines what there is to do, and where a worked case is: the
// demonstration has a home of its own, which this screen cannot go to.
func (m *Model) emptyHome(f layout.Frame) []string {
	t := m.theme
	lines := []string{""}
	for _, text := range []string{
		t.Strong.Render("No cases yet.") + " A breach, or a mere suspicion, is a case of its own.",
		t.Accent.Render("c") + " opens one: a reference, a title, the kind of incident.",
		t.Accent.Render("n") + " then notes what happens, the playbook says what is next, " + t.Accent.Render("?") + " lists keys.",
		t.Muted.Render("A whole worked case to look at first: leave with q and type ") + t.Accent.Render("timeglas demo"),
	} {
		lines = append(lines, m.textBlock(text, f.Body.W-4)...)
	}
	return lines
}

func (m *Model) listRow(c desk.Listed, f layout.Frame) row {
	t, w := m.theme, m.words()
	r := row{mark: " ", lead: draw.Fit(clean.Line(c.Ref), m.list.refWidth(f), t.Marks.Ellipsis), tone: t.Strong}
	if c.Err != nil {
		r.rest = t.Danger.Render("cannot be read: " + clean.Line(c.Err.Error()))
		return r
	}
	reading := reread(c.Clock, m.now)
	state := stateStyle(t, reading.State).Render(draw.Fit(reading.Left("en"), clockWidth, t.Marks.Ellipsis))
	if c.State == incident.Closed {
		state = t.Muted.Render(draw.Fit("closed", clockWidth, ""))
	}
	rest := []string{state}
	if word := markWord(c.Mark, m.o.Lang); word != "" {
		rest = append(rest, t.Badge.Render(word))
	}
	if c.Unfiled > 0 {
		rest = append(rest, t.Due.Render(notSent))
	}
	if c.Damage != nil {
		rest = append(rest, t.Danger.Render("DAMAGED"))
	}
	rest = append(rest, clean.Line(c.Title))
	if m.o.Home != nil && f.Mode >= layout.Wide {
		age := t.Muted
		if c.Backup.IsZero() {
			age = t.Due
		}
		rest = append(rest, age.Render(backupAge(w, c.Backup)))
	}
	if due := c.Due; due != nil && due.What != "deadline" && f.Mode >= layout.Wide {
		rest = append(rest, t.Muted.Render(w.due(due.At)+": "+clean.Line(due.Name.In(m.o.Lang))))
	}
	r.rest = strings.Join(rest, "  ")
	return r
}

// markWord is the word for a journal that is not a real case; empty for one.
func markWord(mark timeline.Mark, lang string) string {
	switch {
	case mark == timeline.MarkExercise && lang == "da":
		return "ØVELSE"
	case mark == timeline.MarkExercise:
		return "EXERCISE"
	case mark == timeline.MarkDemo:
		return "DEMO"
	}
	return ""
}

// textBlock wraps a text under the left margin.
func (m *Model) textBlock(text string, width int) []string {
	lines := draw.Wrap(text, width)
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}
