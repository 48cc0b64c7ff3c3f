// Package draw makes lines of text fit: cut, padded, wrapped and framed, by the
// width that a terminal gives them and never by their bytes.
//
// What does not belong here: meaning. It draws what it is given.
package draw

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"timeglas/tui/theme"
)

// Width is how many cells the line takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens a line to the width, with the mark that something was left out.
func Cut(s string, width int, ellipsis string) string {
	if width <= 0 {
		return ""
	}
	if Width(s) <= width {
		return s
	}
	if width <= Width(ellipsis) {
		return ansi.Truncate(s, width, "")
	}
	return ansi.Truncate(s, width, ellipsis)
}

// Fit is a line of exactly that width.
func Fit(s string, width int, ellipsis string) string {
	s = Cut(s, width, ellipsis)
	if pad := width - Width(s); pad > 0 {
		s += strings.Repeat(" ", pad)
	}
	return s
}

// Between puts left and right at the ends of a line; right gives way to left, and
// is left out when nothing of it would be readable.
func Between(left, right string, width int, ellipsis string) string {
	room := width - Width(left)
	if Width(right)+1 > room {
		return Fit(left, width, ellipsis)
	}
	return left + strings.Repeat(" ", room-Width(right)) + right
}

// Wrap breaks a text into lines of at most that width, at spaces where it can. A
// style that goes over a break ends and begins again, so that it does not run into
// what stands beside the text.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	var lines []string
	for line := range strings.SplitSeq(ansi.Wrap(s, width, ""), "\n") {
		line = strings.TrimRight(line, " ")
		// The library lets a line that begins with blanks grow by them.
		lines = append(lines, strings.Split(ansi.Hardwrap(line, width, true), "\n")...)
	}
	if !strings.Contains(s, "\x1b") {
		return lines
	}
	return strings.Split(lipgloss.Wrap(strings.Join(lines, "\n"), width, ""), "\n")
}

// Hang wraps a text behind a label: the label stands in the first line only, the
// text in a column of its own.
func Hang(label, s string, indent, width int) []string {
	lines := Wrap(s, max(width-indent, 1))
	for i, line := range lines {
		head := strings.Repeat(" ", indent)
		if i == 0 {
			head = Fit(label, indent, "")
		}
		lines[i] = head + line
	}
	return lines
}

// Box frames lines in a box of exactly that size, with its title in the upper edge.
func Box(t theme.Theme, title string, lines []string, width, height int, focused bool) []string {
	if width < 4 || height < 2 {
		return Block(lines, width, height, t.Marks.Ellipsis)
	}
	m, frame := t.Marks, t.Border
	if focused {
		frame = t.Focus
	}
	title = Cut(title, width-6, m.Ellipsis)
	fill := width - 3
	top := frame.Render(m.TopLeft + m.Horizontal)
	if title != "" {
		fill -= Width(title) + 2
		top += " " + t.Strong.Render(title) + " "
	}
	top += frame.Render(strings.Repeat(m.Horizontal, max(fill, 0)) + m.TopRight)

	out := make([]string, 0, height)
	out = append(out, top)
	side := frame.Render(m.Vertical)
	for i := range height - 2 {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, side+" "+Fit(line, width-4, m.Ellipsis)+" "+side)
	}
	return append(out, frame.Render(m.BottomLeft+strings.Repeat(m.Horizontal, width-2)+m.BottomRight))
}

// Block makes lines exactly that size.
func Block(lines []string, width, height int, ellipsis string) []string {
	out := make([]string, max(height, 0))
	for i := range out {
		if i < len(lines) {
			out[i] = Fit(lines[i], width, ellipsis)
		} else {
			out[i] = strings.Repeat(" ", max(width, 0))
		}
	}
	return out
}

// Beside puts blocks of the same height beside each other.
func Beside(blocks ...[]string) []string {
	if len(blocks) == 0 {
		return nil
	}
	out := make([]string, len(blocks[0]))
	for i := range out {
		var b strings.Builder
		for _, block := range blocks {
			if i < len(block) {
				b.WriteString(block[i])
			}
		}
		out[i] = b.String()
	}
	return out
}

// Bar shows a share as a bar of that many marks. Something is never shown as
// nothing, and not everything never as everything.
func Bar(t theme.Theme, part, whole float64, width int) string {
	if whole <= 0 || width <= 0 {
		return ""
	}
	full := int(part / whole * float64(width))
	full = max(min(full, width), 0)
	switch {
	case part > 0 && full == 0:
		full = 1
	case part < whole && full == width:
		full = width - 1
	}
	return strings.Repeat(t.Marks.Full, full) + strings.Repeat(t.Marks.Empty, width-full)
}
