package tui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// row is one line of a list. Only lead is highlighted when it is chosen: the fewer
// cells change, the fewer bytes a key costs over a slow line.
type row struct {
	mark string // styled, all of one width within a list
	lead string // plain
	tone lipgloss.Style
	rest string // styled
}

// rows is where somebody stands in a list of n rows of which only the visible are
// drawn.
type rows struct {
	n      int
	cursor int
	top    int
	page   int // rows shown at the last drawing
}

// move goes by so many rows, past headings, and stops at the ends.
func (r *rows) move(by int, heading func(int) bool) {
	target := max(min(r.cursor+by, r.n-1), 0)
	direction := 1
	if by < 0 {
		direction = -1
	}
	for _, way := range []int{direction, -direction} {
		for i := target; i >= 0 && i < r.n; i += way {
			if !heading(i) {
				r.cursor = i
				return
			}
		}
	}
}

// keep puts the cursor on a row, or as near as there is one.
func (r *rows) keep(n, cursor int, heading func(int) bool) {
	r.n, r.cursor = n, cursor
	r.move(0, heading)
}

// draw gives the visible rows, and the line of the cursor among them, -1 for none.
func (r *rows) draw(t theme.Theme, size layout.Size, heading func(int) bool, at func(int) row) (lines []string, cursor int) {
	from, to := layout.Window(r.top, r.cursor, r.n, size.H)
	r.top, r.page = from, size.H
	cursor = -1
	for i := from; i < to; i++ {
		line := at(i)
		if heading(i) {
			lines = append(lines, draw.Fit(line.rest, size.W, t.Marks.Ellipsis))
			continue
		}
		mark, lead := " ", line.tone.Render(line.lead)
		if i == r.cursor {
			cursor = len(lines)
			mark, lead = t.Marks.Cursor, t.Selection.Render(line.lead)
		}
		text := mark + line.mark + " " + lead
		if line.rest != "" {
			text += " " + line.rest
		}
		lines = append(lines, draw.Fit(text, size.W, t.Marks.Ellipsis))
	}
	return lines, cursor
}

// scroll is where somebody stands in a text.
type scroll struct {
	top  int
	page int
	n    int
}

// show brings a line into view, with a line of context around it where there is room.
func (s *scroll) show(line, height int) {
	page := max(height-1, 1) // the last line says how much there is below
	context := min(2, page/4)
	if line-context < s.top {
		s.top = max(line-context, 0)
	}
	if line+context >= s.top+page {
		s.top = line + context - page + 1
	}
}

func (s *scroll) move(by int) { s.top = max(min(s.top+by, s.n-s.page), 0) }

// draw gives the visible part of the text, with a last line that says how much
// there is below.
func (s *scroll) draw(t theme.Theme, size layout.Size, text []string) []string {
	s.n, s.page = len(text), size.H
	s.move(0)
	if len(text) <= size.H {
		return text
	}
	s.page = max(size.H-1, 1)
	s.move(0)
	shown := append([]string(nil), text[s.top:min(s.top+s.page, len(text))]...)
	for len(shown) < s.page {
		shown = append(shown, "")
	}
	below := len(text) - s.top - s.page
	return append(shown, t.Muted.Render(belowText(below)))
}

func belowText(n int) string {
	if n <= 0 {
		return "the end"
	}
	return "more below: " + plural(n, "line", "lines")
}

// rule is a thin line with a word in it.
func rule(t theme.Theme, word string, width int) string {
	return t.Strong.Render(word) + " " + t.Border.Render(strings.Repeat(t.Marks.Horizontal, max(width-draw.Width(word)-1, 0)))
}
