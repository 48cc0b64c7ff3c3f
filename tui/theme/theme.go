// Package theme is how the workbench looks: styles named by what they mean and the
// marks that say the same without colour. Nothing outside this package names a
// colour.
//
// What does not belong here: where things stand on the screen (layout, draw), and
// reading the environment, which is handed in.
package theme

import (
	"slices"

	"charm.land/lipgloss/v2"
)

// Theme is one look. It is a value: many sessions in one process can have their own.
type Theme struct {
	Name string

	Plain     lipgloss.Style // what is read
	Muted     lipgloss.Style // what is there to be found, not to be read first
	Strong    lipgloss.Style // headings and names
	Accent    lipgloss.Style // keys, and the tab that is open
	Danger    lipgloss.Style // overdue, refused, NOT SAVED
	Due       lipgloss.Style // soon, missing, to be decided
	Good      lipgloss.Style // done, filed, saved
	Selection lipgloss.Style // the row that keys act on
	Border    lipgloss.Style // frame of a pane
	Focus     lipgloss.Style // frame of the pane that has the keys
	Badge     lipgloss.Style // EXERCISE, DEMO

	Marks Marks
}

// Marks say by their form what styles say by colour.
type Marks struct {
	Cursor, Done, Skipped, Open, Blocked, Gate, Decided, Closed        string
	Yes, No, Radio, RadioOn                                            string
	Full, Empty, Ellipsis, Arrow, Dot, Pin, Estimate, Gap, Moved, Here string
	Horizontal, Vertical                                               string
	TopLeft, TopRight, BottomLeft, BottomRight                         string
}

// The names of the themes.
const (
	Dark        = "dark"
	Light       = "light"
	ColourBlind = "colour-blind" // blue and orange in place of green and red
	Mono        = "mono"
)

// Names are all themes, in the order in which they are offered.
func Names() []string { return []string{Dark, Light, ColourBlind, Mono} }

// Valid reports whether there is a theme of that name.
func Valid(name string) bool { return slices.Contains(Names(), name) }

// ForEnvironment is the theme to use where name was asked for: mono where the
// environment forbids colour, dark where nothing was asked for. NO_COLOR counts
// when it is anything but empty (no-color.org).
func ForEnvironment(name string, getenv func(string) string) string {
	switch {
	case getenv("NO_COLOR") != "", getenv("TERM") == "dumb":
		return Mono
	case Valid(name):
		return name
	}
	return Dark
}

// New is the theme of that name, dark when there is none, with marks in ASCII for
// terminals that show nothing else.
func New(name string, ascii bool) Theme {
	t := Theme{Name: Dark}
	switch name {
	case Light:
		t = coloured(Light, palette{danger: "1", due: "130", good: "28", accent: "25", muted: "241", border: "250"})
	case ColourBlind:
		t = coloured(ColourBlind, palette{danger: "208", due: "226", good: "39", accent: "117", muted: "246", border: "240"})
	case Mono:
		t = mono()
	default:
		t = coloured(Dark, palette{danger: "9", due: "11", good: "10", accent: "14", muted: "246", border: "240"})
	}
	t.Marks = unicodeMarks
	if ascii {
		t.Marks = asciiMarks
	}
	return t
}

type palette struct{ danger, due, good, accent, muted, border string }

func coloured(name string, p palette) Theme {
	in := func(c string) lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(c)) }
	return Theme{
		Name:      name,
		Plain:     lipgloss.NewStyle(),
		Muted:     in(p.muted),
		Strong:    lipgloss.NewStyle().Bold(true),
		Accent:    in(p.accent),
		Danger:    in(p.danger).Bold(true),
		Due:       in(p.due),
		Good:      in(p.good),
		Selection: lipgloss.NewStyle().Reverse(true),
		Border:    in(p.border),
		Focus:     in(p.accent),
		Badge:     in(p.danger).Reverse(true).Bold(true),
	}
}

// mono uses what terminals without colour have: bold, faint, underline, reverse.
func mono() Theme {
	return Theme{
		Name:      Mono,
		Plain:     lipgloss.NewStyle(),
		Muted:     lipgloss.NewStyle(),
		Strong:    lipgloss.NewStyle().Bold(true),
		Accent:    lipgloss.NewStyle().Bold(true),
		Danger:    lipgloss.NewStyle().Bold(true).Underline(true),
		Due:       lipgloss.NewStyle().Bold(true),
		Good:      lipgloss.NewStyle(),
		Selection: lipgloss.NewStyle().Reverse(true),
		Border:    lipgloss.NewStyle(),
		Focus:     lipgloss.NewStyle().Bold(true),
		Badge:     lipgloss.NewStyle().Reverse(true).Bold(true),
	}
}

var unicodeMarks = Marks{
	Cursor: "›", Done: "✓", Skipped: "–", Open: "·", Blocked: "…", Gate: "◇", Decided: "◆", Closed: "×",
	Yes: "[x]", No: "[ ]", Radio: "( )", RadioOn: "(•)",
	Full: "▰", Empty: "▱", Ellipsis: "…", Arrow: "→", Dot: "·", Pin: "▲", Estimate: "≈", Gap: "▸", Moved: "»", Here: "●",
	Horizontal: "─", Vertical: "│", TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯",
}

var asciiMarks = Marks{
	Cursor: ">", Done: "x", Skipped: "-", Open: ".", Blocked: "~", Gate: "?", Decided: "!", Closed: "/",
	Yes: "[x]", No: "[ ]", Radio: "( )", RadioOn: "(*)",
	Full: "#", Empty: ".", Ellipsis: "~", Arrow: "->", Dot: "|", Pin: "^", Estimate: "~", Gap: ">", Moved: "*", Here: "@",
	Horizontal: "-", Vertical: "|", TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
}
