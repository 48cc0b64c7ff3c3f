// Package dialog is what stands on top of a screen and has all keys while it does:
// forms, questions and pickers, in a stack.
//
// What does not belong here: what a dialog is about. Its owner hands in fields and
// functions; a dialog knows no case.
package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Dialog is one of the stack. The top one gets every key and every paste.
type Dialog interface {
	Title() string
	Update(msg tea.Msg) Outcome
	// Draw fills at most the size, which is the room inside the frame.
	Draw(t theme.Theme, size layout.Size) Drawn
	// Hints are the keys to name in the footer.
	Hints() []Hint
}

// Hint is a key and what it does.
type Hint struct{ Key, Does string }

// Drawn is a part of a screen and where the cursor stands in it; nil for nowhere.
type Drawn struct {
	Lines  []string
	Cursor *tea.Position
}

// Outcome is what a dialog asks for: a command to run, to be closed, another dialog
// on top.
type Outcome struct {
	Cmd   tea.Cmd
	Close bool
	Push  Dialog
}

// Waiting is a dialog that has sent something off and wants to hear of it.
type Waiting interface {
	Dialog
	// Token is the number of the request it waits for.
	Token() int
	// Answer says how it went: nil when it is saved.
	Answer(err error) Outcome
}

// Holding is a dialog that may hold text which nobody has saved yet.
type Holding interface {
	Dialog
	Dirty() bool
}

// Stack is the dialogs that are open, the top one last. The zero value is empty.
type Stack struct{ open []Dialog }

// Empty reports whether no dialog is open.
func (s *Stack) Empty() bool { return len(s.open) == 0 }

// Top is the dialog that has the keys, nil when none is open.
func (s *Stack) Top() Dialog {
	if s.Empty() {
		return nil
	}
	return s.open[len(s.open)-1]
}

// Push opens a dialog on top.
func (s *Stack) Push(d Dialog) { s.open = append(s.open, d) }

// Has reports whether the dialog is open.
func (s *Stack) Has(d Dialog) bool { return slices.Contains(s.open, d) }

// Update hands a message to the top dialog and does what it asks for.
func (s *Stack) Update(msg tea.Msg) tea.Cmd {
	if s.Empty() {
		return nil
	}
	return s.apply(s.Top(), s.Top().Update(msg))
}

// Answer brings the answer to the dialog that waits for it; false when it was
// closed meanwhile.
func (s *Stack) Answer(token int, err error) (tea.Cmd, bool) {
	for _, d := range s.open {
		if w, ok := d.(Waiting); ok && w.Token() == token {
			return s.apply(d, w.Answer(err)), true
		}
	}
	return nil, false
}

// Dirty reports whether a dialog holds text that closing would lose.
func (s *Stack) Dirty() bool {
	for _, d := range s.open {
		if h, ok := d.(Holding); ok && h.Dirty() {
			return true
		}
	}
	return false
}

// apply closes a dialog with everything on top of it.
func (s *Stack) apply(d Dialog, out Outcome) tea.Cmd {
	if out.Close {
		for i := range s.open {
			if s.open[i] == d {
				s.open = s.open[:i]
				break
			}
		}
	}
	if out.Push != nil {
		s.Push(out.Push)
	}
	return out.Cmd
}
