package dialog

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Reader is a text to read, longer than the screen perhaps.
type Reader struct {
	Heading string
	// Lines lays the text out in a width.
	Lines func(t theme.Theme, width int) []string
	// Take are the ways to take the text away, by key; the reader stays open.
	Take []Answer

	top, page, n int
}

// Title is the heading.
func (r *Reader) Title() string { return r.Heading }

// Hints are the keys of a reader.
func (r *Reader) Hints() []Hint {
	hints := []Hint{{"↑↓", "read"}}
	for _, a := range r.Take {
		hints = append(hints, Hint{a.Key, a.Text})
	}
	return append(hints, Hint{"esc", "back"})
}

// Update moves, takes away or leaves.
func (r *Reader) Update(msg tea.Msg) Outcome {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return Outcome{}
	}
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -r.page, "pgdown": r.page, "home": -r.n, "end": r.n}
	switch name := key.String(); name {
	case "esc", "enter", "q":
		return Outcome{Close: true}
	default:
		r.top = max(min(r.top+by[name], r.n-r.page), 0)
		for _, a := range r.Take {
			if a.Key == name && a.Then != nil {
				return a.Then()
			}
		}
	}
	return Outcome{}
}

// Draw shows as much as there is room for, and how much there is below.
func (r *Reader) Draw(t theme.Theme, size layout.Size) Drawn {
	lines := r.Lines(t, size.W)
	r.n, r.page = len(lines), max(size.H-1, 1)
	r.top = max(min(r.top, r.n-r.page), 0)
	if len(lines) <= size.H {
		return Drawn{Lines: lines}
	}
	shown := append([]string(nil), lines[r.top:min(r.top+r.page, r.n)]...)
	rest := "the end"
	if below := r.n - r.top - r.page; below > 0 {
		rest = fmt.Sprintf("more below: %d lines", below)
	}
	return Drawn{Lines: append(shown, t.Muted.Render(draw.Cut(rest, size.W, t.Marks.Ellipsis)))}
}
