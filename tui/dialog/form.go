package dialog

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/fault"
	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Form is fields that are filled in and sent off together. What was typed stays
// until it is saved: a failed save keeps the form open and says so.
type Form struct {
	Heading string
	Fields  []Field
	// Send makes the command that saves, or says what is wrong with a field.
	// keepCPR: its writer insists on the CPR numbers in the text.
	Send func(keepCPR bool) (tea.Cmd, error)
	// Number is the request that the command of Send carries.
	Number int
	// Confirm is asked before sending where it is not empty.
	Confirm func() string
	// Numbers counts the CPR numbers in a text.
	Numbers func(text string) int
	// Conflict says what others have changed meanwhile, in lines, and lets the next
	// Send go on from there.
	Conflict func() []string
	// Cycle is what tab does in the first field; nil for going to the next one.
	Cycle func() tea.Cmd
	// Reads says that nothing is saved: what fails is not called unsaved.
	Reads bool
	// CycleHint names it in the footer.
	CycleHint string

	at       int
	started  bool
	busy     bool
	changed  bool
	leaving  bool // esc was pressed once on text that would be lost
	problem  string
	conflict []string
}

// Title is the heading.
func (f *Form) Title() string { return f.Heading }

// Dirty reports whether something was typed.
func (f *Form) Dirty() bool { return f.changed }

// Token is the request that it waits for.
func (f *Form) Token() int { return f.Number }

// Hints are the keys of a form.
func (f *Form) Hints() []Hint {
	save := "next field, save on the last"
	switch {
	case f.Reads:
		save = "show"
	case f.inputs() == 1:
		save = "save"
	}
	hints := []Hint{{"enter", save}}
	switch {
	case f.Cycle != nil:
		hints = append(hints, Hint{"tab", f.CycleHint})
	case f.inputs() > 1:
		hints = append(hints, Hint{"tab", "next"}, Hint{"ctrl+s", "save now"})
	}
	if in, ok := f.Fields[f.at].(*Input); ok && in.area != nil {
		hints = append(hints, Hint{"ctrl+j", "new line"})
	}
	if c, ok := f.Fields[f.at].(*Choice); ok && c.many {
		hints = append(hints, Hint{"space", "mark"})
	}
	return append(hints, Hint{"esc", "back"})
}

func (f *Form) inputs() int {
	n := 0
	for _, field := range f.Fields {
		if _, words := field.(*Words); !words {
			n++
		}
	}
	return n
}

// Start gives the first field the keys.
func (f *Form) Start() *Form {
	f.at = -1
	f.step(1)
	f.started = true
	return f
}

// StartAt gives that field the keys: what stands before it is suggested already.
func (f *Form) StartAt(field Field) *Form {
	f.Start()
	for i := range f.Fields {
		if f.Fields[i] == field && field.Focus() {
			f.Fields[f.at].Blur()
			f.at = i
		}
	}
	return f
}

// step goes to the next field that takes keys; false when there is none.
func (f *Form) step(by int) bool {
	for i := f.at + by; i >= 0 && i < len(f.Fields); i += by {
		if f.Fields[i].Focus() {
			if f.at >= 0 {
				f.Fields[f.at].Blur()
			}
			f.at = i
			return true
		}
	}
	return false
}

// Update fills in, moves, saves or leaves.
func (f *Form) Update(msg tea.Msg) Outcome {
	if !f.started {
		f.Start()
	}
	key, isKey := msg.(tea.KeyPressMsg)
	if !isKey {
		if _, paste := msg.(tea.PasteMsg); paste {
			return f.typed(msg)
		}
		return Outcome{}
	}
	if f.busy && key.String() != "esc" {
		return Outcome{}
	}
	if key.String() != "esc" {
		f.leaving = false
	}
	switch key.String() {
	case "esc":
		return f.leave()
	case "ctrl+s":
		return f.save()
	case "enter":
		if f.step(1) {
			return Outcome{}
		}
		return f.save()
	case "tab":
		if f.Cycle != nil && f.at == 0 {
			return Outcome{Cmd: f.Cycle()}
		}
		if !f.step(1) {
			f.Fields[f.at].Blur()
			f.at = -1
			f.step(1)
		}
		return Outcome{}
	case "shift+tab":
		f.step(-1)
		return Outcome{}
	}
	return f.typed(msg)
}

// typed gives the message to the field, and what the field has no use for moves.
func (f *Form) typed(msg tea.Msg) Outcome {
	used, cmd := f.Fields[f.at].Update(msg)
	if used {
		f.changed, f.problem = true, ""
		return Outcome{Cmd: cmd}
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "up":
			f.step(-1)
		case "down":
			f.step(1)
		}
	}
	return Outcome{Cmd: cmd}
}

// Texts are those of its fields of text, in their order.
func (f *Form) Texts() []string {
	var texts []string
	for _, field := range f.Fields {
		if in, ok := field.(*Input); ok {
			texts = append(texts, in.Value())
		}
	}
	return texts
}

// Restore puts texts back into the fields; false, with nothing done, when they are
// not those of this form.
func (f *Form) Restore(texts []string) bool {
	if len(texts) != len(f.Texts()) {
		return false
	}
	for _, field := range f.Fields {
		if in, ok := field.(*Input); ok {
			in.Set(texts[0])
			texts = texts[1:]
		}
	}
	f.changed = true
	return true
}

func (f *Form) leave() Outcome {
	if f.changed && !f.leaving && f.anyTyped() {
		f.leaving = true
		return Outcome{}
	}
	return Outcome{Close: true}
}

func (f *Form) anyTyped() bool {
	for _, field := range f.Fields {
		if field.Typed() != "" {
			return true
		}
	}
	return false
}

// save asks what has to be asked, one after the other, and sends.
func (f *Form) save() Outcome {
	if n := f.numbers(); n > 0 {
		return Outcome{Push: f.askNumbers(n)}
	}
	return f.confirmed(false)
}

func (f *Form) numbers() int {
	n := 0
	if f.Numbers != nil {
		for _, field := range f.Fields {
			n += f.Numbers(field.Typed())
		}
	}
	return n
}

// askNumbers: a CPR number is pointed out before anything is saved. The harmless
// answer masks it.
func (f *Form) askNumbers(n int) Dialog {
	what := "a CPR number"
	if n > 1 {
		what = fmt.Sprintf("%d CPR numbers", n)
	}
	return Ask("CPR number", "The text holds "+what+". A journal keeps what is written in it, and a notice must never hold one.",
		Answer{"e", "go back and edit the text", nil},
		Answer{"m", "save with the number masked (first digits only)", func() Outcome { return f.confirmed(false) }},
		Answer{"K", "keep it as it is", func() Outcome { return f.confirmed(true) }},
	).startAt(1)
}

// confirmed sends, after the question where the form has one. It is also called
// from a question on top of the form, so that its outcome never closes the form.
func (f *Form) confirmed(keepCPR bool) Outcome {
	if f.Confirm == nil {
		return f.send(keepCPR)
	}
	// What cannot be sent is not worth a question.
	if _, err := f.Send(keepCPR); err != nil {
		f.problem = err.Error()
		return Outcome{}
	}
	return Outcome{Push: Ask(f.Heading, f.Confirm(),
		Answer{"n", "no, go back", nil},
		Answer{"y", "yes", func() Outcome { return f.send(keepCPR) }})}
}

func (f *Form) send(keepCPR bool) Outcome {
	cmd, err := f.Send(keepCPR)
	if err != nil {
		f.problem = err.Error()
		return Outcome{}
	}
	f.busy, f.problem, f.conflict = true, "", nil
	return Outcome{Cmd: cmd}
}

// Answer closes the form when it is saved. Else everything stays, with the reason.
func (f *Form) Answer(err error) Outcome {
	f.busy = false
	if err == nil {
		return Outcome{Close: true}
	}
	f.problem = "NOT SAVED: " + err.Error()
	if f.Reads {
		f.problem = err.Error()
	}
	if f.Conflict != nil && fault.Is(err, fault.Conflict) {
		f.conflict = f.Conflict()
	}
	return Outcome{}
}

// Draw shows the fields around the one that has the keys, and what is wrong.
func (f *Form) Draw(t theme.Theme, size layout.Size) Drawn {
	if !f.started {
		f.Start()
	}
	foot := f.foot(t, size.W)
	room := max(size.H-len(foot), 1)
	var lines []string
	var cursor *tea.Position
	focusTop, focusEnd := 0, 0
	for i, field := range f.Fields {
		d := field.Draw(t, size.W, i == f.at)
		if i == f.at {
			focusTop, focusEnd = len(lines), len(lines)+len(d.Lines)-1
			if d.Cursor != nil {
				cursor = &tea.Position{X: d.Cursor.X, Y: d.Cursor.Y + len(lines)}
				focusTop = max(focusTop, cursor.Y-room+1)
			}
		}
		lines = append(lines, d.Lines...)
	}
	from, _ := layout.Window(0, focusEnd, len(lines), room)
	from = min(from, focusTop)
	lines = lines[from:min(from+room, len(lines))]
	if cursor != nil {
		cursor.Y -= from
		if cursor.Y < 0 || cursor.Y >= len(lines) {
			cursor = nil
		}
	}
	return Drawn{Lines: append(lines, foot...), Cursor: cursor}
}

// foot is the line under the fields: what is wrong, or what happens.
func (f *Form) foot(t theme.Theme, width int) []string {
	var lines []string
	for _, line := range f.conflict {
		lines = append(lines, draw.Wrap(line, width)...)
	}
	text, style := "", t.Danger
	switch {
	case f.busy:
		text, style = "saving"+t.Marks.Ellipsis, t.Muted
	case f.leaving:
		text = "What you typed is not saved. esc again drops it, any other key goes on."
		style = t.Due
	case f.problem != "":
		text = f.problem
	}
	if text != "" {
		for _, line := range draw.Wrap(text, width) {
			lines = append(lines, style.Render(line))
		}
	}
	return lines
}
