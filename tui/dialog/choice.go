package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Option is one thing to choose, with what it means.
type Option struct {
	Value string
	Label string
	Help  string
}

// optionRows is how many options are shown at a time; the others scroll.
const optionRows = 8

// Choice is a field to choose one of several options, or any number of them.
type Choice struct {
	Label   string
	Options []Option
	// Changed is told when another option is chosen; nil for nobody.
	Changed func()

	many   bool
	chosen map[string]bool
	at     int
	top    int
}

// One is a field to choose one option; the first is chosen where value is none of
// them.
func One(label string, options []Option, value string) *Choice {
	c := &Choice{Label: label, Options: options}
	c.at = max(slices.IndexFunc(options, func(o Option) bool { return o.Value == value }), 0)
	return c
}

// Several is a field to choose any number of options.
func Several(label string, options []Option, values []string) *Choice {
	c := &Choice{Label: label, Options: options, many: true, chosen: map[string]bool{}}
	for _, v := range values {
		c.chosen[v] = true
	}
	return c
}

// Value is the chosen option of a choice of one.
func (c *Choice) Value() string {
	if c.at < len(c.Options) {
		return c.Options[c.at].Value
	}
	return ""
}

// Values are the chosen options, in their order.
func (c *Choice) Values() []string {
	var values []string
	for _, o := range c.Options {
		if c.chosen[o.Value] {
			values = append(values, o.Value)
		}
	}
	return values
}

// Typed is nothing: options are given.
func (c *Choice) Typed() string { return "" }

// Focus gives it the keys.
func (c *Choice) Focus() bool { return true }

// Blur takes them away.
func (c *Choice) Blur() {}

// Update moves among the options; at the ends the keys go to the form.
func (c *Choice) Update(msg tea.Msg) (bool, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	before := c.at
	switch key.String() {
	case "up", "k":
		c.at--
	case "down", "j":
		c.at++
	case "home":
		c.at = 0
	case "end":
		c.at = len(c.Options) - 1
	case "space", "x":
		if !c.many {
			return false, nil
		}
		v := c.Options[c.at].Value
		c.chosen[v] = !c.chosen[v]
		return true, nil
	default:
		return c.jump(key.String()), nil
	}
	if c.at < 0 || c.at >= len(c.Options) {
		c.at = before
		return false, nil
	}
	c.tell(before)
	return true, nil
}

// jump goes to the next option that begins with the letter.
func (c *Choice) jump(key string) bool {
	if len([]rune(key)) != 1 {
		return false
	}
	for i := range c.Options {
		at := (c.at + 1 + i) % len(c.Options)
		if strings.HasPrefix(strings.ToLower(c.Options[at].Label), strings.ToLower(key)) {
			before := c.at
			c.at = at
			c.tell(before)
			break
		}
	}
	return true
}

func (c *Choice) tell(before int) {
	if c.Changed != nil && !c.many && c.at != before {
		c.Changed()
	}
}

// Draw shows all options while it has the keys, else only what is chosen.
func (c *Choice) Draw(t theme.Theme, width int, focused bool) Drawn {
	room := max(width-labelWidth-1, 8)
	if !focused {
		return Drawn{Lines: labelled(t, c.Label, []string{c.summary(t)}, room, false)}
	}
	from, to := layout.Window(c.top, c.at, len(c.Options), optionRows)
	c.top = from
	var lines []string
	var cursor *tea.Position
	for i := from; i < to; i++ {
		if i == c.at {
			cursor = &tea.Position{X: labelWidth, Y: len(lines)}
		}
		lines = append(lines, c.row(t, i))
	}
	if hidden := len(c.Options) - (to - from); hidden > 0 {
		lines = append(lines, t.Muted.Render(moreText(from, len(c.Options)-to)))
	}
	if c.at < len(c.Options) {
		for _, line := range draw.Wrap(c.Options[c.at].Help, room-2) {
			if line != "" {
				lines = append(lines, "  "+t.Muted.Render(line))
			}
		}
	}
	return Drawn{Lines: labelled(t, c.Label, lines, room, true), Cursor: cursor}
}

func (c *Choice) row(t theme.Theme, i int) string {
	o := c.Options[i]
	mark := t.Marks.Radio
	switch {
	case c.many && c.chosen[o.Value]:
		mark = t.Marks.Yes
	case c.many:
		mark = t.Marks.No
	case i == c.at:
		mark = t.Marks.RadioOn
	}
	if i == c.at {
		return mark + " " + t.Selection.Render(o.Label)
	}
	return mark + " " + o.Label
}

func (c *Choice) summary(t theme.Theme) string {
	if !c.many {
		if c.at < len(c.Options) {
			return c.Options[c.at].Label
		}
		return ""
	}
	var labels []string
	for _, o := range c.Options {
		if c.chosen[o.Value] {
			labels = append(labels, o.Label)
		}
	}
	if len(labels) == 0 {
		return t.Muted.Render("none chosen")
	}
	return strings.Join(labels, ", ")
}
