package dialog

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/tui/draw"
	"timeglas/tui/theme"
)

// Field is a part of a form.
type Field interface {
	// Focus gives it the keys; false when it takes none.
	Focus() bool
	Blur()
	// Update takes a message; false when the field has no use for it.
	Update(msg tea.Msg) (used bool, cmd tea.Cmd)
	Draw(t theme.Theme, width int, focused bool) Drawn
	// Typed is the free text in it, in which a CPR number could stand.
	Typed() string
}

// labelWidth is the column of the labels.
const labelWidth = 14

// Input is one line of text, or several.
type Input struct {
	Label string
	Help  string
	// Reading says how the text will be understood, before it is saved; nil for
	// text that is kept as it is.
	Reading func(text string) (string, error)

	line textinput.Model
	area *textarea.Model // in place of line
}

// Line is a field for one line.
func Line(label, value string) *Input {
	in := textinput.New()
	in.Prompt = ""
	in.SetVirtualCursor(false)
	in.SetStyles(textinput.Styles{})
	in.SetValue(value)
	in.CursorEnd()
	return &Input{Label: label, line: in}
}

// maxRows is how high a field for several lines can grow.
const maxRows = 6

// Lines is a field for several lines; ctrl+j begins a new one.
func Lines(label, value string) *Input {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.EndOfBufferCharacter = ' '
	area.CharLimit = 0
	area.MaxHeight = maxRows
	area.MaxContentHeight = 100_000
	area.DynamicHeight = true
	area.KeyMap.InsertNewline.SetKeys("ctrl+j", "alt+enter")
	area.SetVirtualCursor(false)
	area.SetStyles(textarea.Styles{})
	area.SetValue(value)
	return &Input{Label: label, area: &area}
}

// Value is what stands in the field, without blanks around it.
func (f *Input) Value() string {
	if f.area != nil {
		return strings.TrimSpace(f.area.Value())
	}
	return strings.TrimSpace(f.line.Value())
}

// Set puts a text into the field.
func (f *Input) Set(text string) {
	if f.area != nil {
		f.area.SetValue(text)
		return
	}
	f.line.SetValue(text)
	f.line.CursorEnd()
}

// Typed is the text.
func (f *Input) Typed() string { return f.Value() }

// Focus gives it the keys.
func (f *Input) Focus() bool {
	if f.area != nil {
		f.area.Focus()
	} else {
		f.line.Focus()
	}
	return true
}

// Blur takes the keys away.
func (f *Input) Blur() {
	if f.area != nil {
		f.area.Blur()
	} else {
		f.line.Blur()
	}
}

// Update types. A field of one line leaves up and down to the form; one of several
// keeps them while there is a line to go to.
func (f *Input) Update(msg tea.Msg) (bool, tea.Cmd) {
	var cmd tea.Cmd
	if f.area == nil {
		if key, ok := msg.(tea.KeyPressMsg); ok && (key.String() == "up" || key.String() == "down") {
			return false, nil
		}
		f.line, cmd = f.line.Update(msg)
		return true, cmd
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.String() == "up" && f.area.Line() == 0,
			key.String() == "down" && f.area.Line() == f.area.LineCount()-1:
			return false, nil
		}
	}
	*f.area, cmd = f.area.Update(msg)
	return true, cmd
}

// Draw shows label, text, and below it the reading or the help.
func (f *Input) Draw(t theme.Theme, width int, focused bool) Drawn {
	room := max(width-labelWidth-1, 8)
	var text []string
	var cursor *tea.Cursor
	if f.area != nil {
		f.area.SetWidth(room)
		text, cursor = strings.Split(f.area.View(), "\n"), f.area.Cursor()
	} else {
		f.line.SetWidth(room - 1)
		text, cursor = []string{f.line.View()}, f.line.Cursor()
	}
	for i := range text {
		text[i] = withoutHidden(text[i])
	}
	d := Drawn{Lines: labelled(t, f.Label, text, room, focused)}
	if focused && cursor != nil {
		d.Cursor = &tea.Position{X: labelWidth + cursor.X, Y: cursor.Y}
	}
	for _, line := range f.below(t, room, focused) {
		d.Lines = append(d.Lines, strings.Repeat(" ", labelWidth)+line)
	}
	return d
}

// withoutHidden leaves out what would move, colour or hide: the cursor of the field
// stands right only if every character takes the room that the field counts for it.
// That there is such a character is said below the field.
func withoutHidden(line string) string {
	if clean.Visible(line) {
		return line
	}
	return strings.Map(func(r rune) rune {
		if clean.Visible(string(r)) {
			return r
		}
		return -1
	}, line)
}

func (f *Input) below(t theme.Theme, width int, focused bool) []string {
	style, text := t.Muted, ""
	if f.Reading != nil && f.Value() != "" {
		reading, err := f.Reading(f.Value())
		text = reading
		if err != nil {
			style, text = t.Due, err.Error()
		}
	}
	if text == "" && focused {
		text = f.Help
	}
	if value := strings.ReplaceAll(f.Value(), "\n", " "); !clean.Visible(value) {
		style, text = t.Due, "hidden characters in it: "+draw.Cut(clean.Line(value), 2*width, t.Marks.Ellipsis)
	}
	if text == "" {
		return nil
	}
	lines := draw.Wrap(text, width)
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}

// labelled puts the label in front of the first line.
func labelled(t theme.Theme, label string, text []string, room int, focused bool) []string {
	style := t.Muted
	if focused {
		style = t.Accent
	}
	out := make([]string, len(text))
	for i, line := range text {
		head := strings.Repeat(" ", labelWidth)
		if i == 0 {
			head = style.Render(draw.Fit(label, labelWidth-1, t.Marks.Ellipsis)) + " "
		}
		out[i] = head + draw.Cut(line, room, t.Marks.Ellipsis)
	}
	return out
}

// Words are lines in a form that are only read.
type Words struct {
	Lines func(t theme.Theme, width int) []string
}

// Say is a text in a form.
func Say(text string) *Words {
	return &Words{Lines: func(t theme.Theme, width int) []string {
		lines := draw.Wrap(text, width)
		for i := range lines {
			lines[i] = t.Muted.Render(lines[i])
		}
		return lines
	}}
}

// Focus is refused: there is nothing to type.
func (w *Words) Focus() bool { return false }

// Blur does nothing.
func (w *Words) Blur() {}

// Update has no use for any message.
func (w *Words) Update(tea.Msg) (bool, tea.Cmd) { return false, nil }

// Typed is nothing.
func (w *Words) Typed() string { return "" }

// Draw shows the lines.
func (w *Words) Draw(t theme.Theme, width int, _ bool) Drawn { return Drawn{Lines: w.Lines(t, width)} }
