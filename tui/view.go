package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/tui/dialog"
	"timeglas/tui/draw"
	"timeglas/tui/layout"
)

// View draws the whole screen. The cursor of the terminal stands on the chosen row
// or in the field: screen readers follow it.
func (m *Model) View() tea.View {
	lines, cursor := m.frame()
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = m.windowTitle()
	if cursor != nil && cursor.X < m.size.W && cursor.Y < m.size.H {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Blink = false
	}
	return v
}

// windowTitle never holds what somebody typed: titles end up in logs and task bars.
func (m *Model) windowTitle() string {
	if m.open == nil {
		return "timeglas"
	}
	return "timeglas " + clean.Line(m.open.s.Ref)
}

// frame is the screen line by line.
func (m *Model) frame() ([]string, *tea.Position) {
	if m.size.W <= 0 || m.size.H <= 0 {
		return nil, nil
	}
	f := layout.FrameOf(m.size, m.moreLines())
	if f.Mode == layout.TooSmall {
		return m.tooSmall(), nil
	}
	head := m.head(f)
	body, cursor := m.body(f)
	body = draw.Block(body, f.Body.W, f.Body.H, m.theme.Marks.Ellipsis)
	if top := m.dialogs.Top(); top != nil {
		body, cursor = m.overlay(top, body, f)
	}
	if cursor != nil {
		cursor.Y += len(head)
	}
	return append(append(head, body...), m.footer(f)), cursor
}

func (m *Model) body(f layout.Frame) ([]string, *tea.Position) {
	if m.open == nil {
		return m.drawList(f)
	}
	return m.drawCase(f)
}

func (m *Model) head(f layout.Frame) []string {
	w := m.words()
	if m.open == nil {
		left := " " + m.theme.Strong.Render("timeglas")
		if m.trouble != "" {
			left += "  " + m.theme.Danger.Render(draw.Cut(clean.Line(m.trouble), max(f.Size.W-30, 10), m.theme.Marks.Ellipsis)) + m.theme.Muted.Render(" (! says more)")
		}
		title := draw.Between(left, clean.Line(m.o.Actor.Account)+" ", f.Size.W, m.theme.Marks.Ellipsis)
		return []string{title, m.listDeadline(w, f.Size.W)}
	}
	lines := []string{
		m.open.header(m, f.Size.W),
		draw.Fit(deadlineLine(m.theme, w, m.deadline(), "", len(unsent(m.open.s)) > 0, f.Size.W), f.Size.W, ""),
	}
	if dues := besides(m.open.s); len(dues) > 0 {
		lines = append(lines, draw.Fit(besideLine(m.open.look(m), dues, f.Size.W), f.Size.W, ""))
	}
	return append(lines, m.open.tabLine(m, f.Size.W))
}

// moreLines are those above the body beside the first two: the tabs of a case, and
// what is due beside the 72 hours, where anything is.
func (m *Model) moreLines() int {
	switch {
	case m.open == nil:
		return 0
	case len(besides(m.open.s)) > 0:
		return 2
	}
	return 1
}

// listDeadline is the deadline of the most urgent case.
func (m *Model) listDeadline(w words, width int) string {
	ref := m.list.urgentRef()
	if ref == "" {
		return strings.Repeat(" ", width)
	}
	line := deadlineLine(m.theme, w, m.deadline(), m.theme.Strong.Render(clean.Line(ref)), m.list.unsent(ref), width)
	return draw.Fit(line, width, m.theme.Marks.Ellipsis)
}

// tooSmall says so and still shows the deadline. Dialogs stay open and keep their
// text until there is room again.
func (m *Model) tooSmall() []string {
	need := "needs 60x15"
	if m.list.known || m.open != nil {
		need = m.deadline().Left("en") + m.theme.Marks.Dot + need
	}
	if word := m.badge(); word != "" {
		need = word + " " + need
	}
	return draw.Block([]string{need}, m.size.W, m.size.H, "")
}

// overlay draws a dialog over the lower part of the body: what it is about stays
// in view above it.
func (m *Model) overlay(d dialog.Dialog, body []string, f layout.Frame) ([]string, *tea.Position) {
	width := min(f.Body.W, 110)
	most := layout.Size{W: width, H: f.Body.H}.Inside()
	drawn := d.Draw(m.theme, most)
	if len(drawn.Lines) > most.H {
		drawn.Lines = drawn.Lines[:most.H]
	}
	height := len(drawn.Lines) + 2
	box := draw.Box(m.theme, d.Title(), drawn.Lines, width, height, true)
	from := f.Body.H - height
	body = append(body[:from:from], draw.Block(box, f.Body.W, height, "")...)
	if drawn.Cursor == nil || drawn.Cursor.Y >= len(drawn.Lines) {
		return body, nil
	}
	return body, &tea.Position{X: min(drawn.Cursor.X, most.W-1) + 2, Y: drawn.Cursor.Y + from + 1}
}

// footer names keys, or says what has just happened.
func (m *Model) footer(f layout.Frame) string {
	t, width := m.theme, f.Size.W
	if m.flash.text != "" {
		style := t.Good
		switch m.flash.tone {
		case toneBad:
			style = t.Danger
		case toneNews:
			style = t.Due
		}
		return draw.Fit(" "+style.Render(clean.Line(m.flash.text)), width, t.Marks.Ellipsis)
	}
	always := ""
	if m.dialogs.Empty() {
		always = m.hintText(m.hintsOf(inAnyWay))
	}
	line := ""
	for _, hint := range m.hints() {
		part := m.hintText([]dialog.Hint{hint})
		if draw.Width(line)+draw.Width(part)+draw.Width(always) >= width {
			break
		}
		line += part
	}
	return draw.Between(line, always, width, "")
}

func (m *Model) hintText(hints []dialog.Hint) string {
	text := ""
	for _, h := range hints {
		text += " " + m.theme.Accent.Render(h.Key) + " " + m.theme.Muted.Render(h.Does) + " "
	}
	return text
}

// hints are the keys of the top dialog, or of the screen.
func (m *Model) hints() []dialog.Hint {
	if top := m.dialogs.Top(); top != nil {
		return top.Hints()
	}
	if m.open == nil {
		return m.hintsOf(inList)
	}
	first, own := m.hintsOf(inCase), m.hintsOf(m.place())
	both := min(len(first), 2) // a note and the awareness, then what this tab is for
	return slices.Concat(first[:both], own, first[both:])
}

// hintsOf are the keys that the footer names of exactly that place.
func (m *Model) hintsOf(p place) []dialog.Hint {
	var hints []dialog.Hint
	for _, a := range m.actions {
		if a.in == p && a.foot && a.whyNot(m) == "" {
			hints = append(hints, dialog.Hint{Key: keyName(a.keys[0]), Does: strings.ToLower(a.title)})
		}
	}
	return hints
}

// badge is the word that an exercise or a demonstration carries on every screen.
func (m *Model) badge() string {
	if m.open == nil {
		return ""
	}
	return markWord(m.open.s.Case.Journal.Mark, m.o.Lang)
}
