package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/dialog"
)

// Home is what the workbench cannot do by itself, since it touches files and keys.
// Its functions are called from commands, never while drawing.
type Home interface {
	// Complete gives the paths that begin so; folders end in a slash.
	Complete(path string) []string
	// TakeIn stores a file with the case. No entry is written by that.
	TakeIn(ctx context.Context, ref, path string) (incident.Evidence, error)
	// BackUp makes a backup of the case now, verifies it, and says where it is.
	BackUp(ctx context.Context, ref string) (path string, err error)
	// Checkpoint verifies the case and gives its signed state, to be kept elsewhere.
	Checkpoint(ctx context.Context, ref string) (string, error)
}

func noHome(m *Model) string {
	if m.o.Home == nil {
		return "there are no files in this session"
	}
	return ""
}

// attach takes a file into custody. tab completes its path.
func (m *Model) attach() tea.Cmd {
	path := dialog.Line("File", "")
	path.Help = "its path; tab completes it"
	why := dialog.Line("Why", "")
	why.Help = "why it is taken in; may stay empty"
	f := m.newForm("Take a file into custody", path, why)
	ref, seen := m.open.s.Ref, m.open.s.Case.Tip.Seq
	f.Send = func(keepCPR bool) (tea.Cmd, error) {
		file, err := required(path, "say which file")
		if err != nil {
			return nil, err
		}
		return m.takeIn(f.Number, ref, file, why.Value(), desk.Terms{Seen: seen, KeepCPR: keepCPR}), nil
	}
	f.Cycle, f.CycleHint = func() tea.Cmd { return m.complete(path) }, "complete"
	return m.push(f.Start())
}

func (m *Model) takeIn(n int, ref, path, why string, terms desk.Terms) tea.Cmd {
	return func() tea.Msg {
		answer := actDone{n: n, ref: ref, said: "in custody"}
		file, err := m.o.Home.TakeIn(m.ctx, ref, path)
		if err != nil {
			answer.err = err
			return answer
		}
		answer.done, answer.err = m.o.Desk.Do(m.ctx, m.o.Actor, ref, desk.AddEvidence{Files: []incident.Evidence{file}, Why: why}, terms)
		return answer
	}
}

// completed is what a path can be continued with.
type completed struct {
	field *dialog.Input
	typed string
	paths []string
}

func (m *Model) complete(field *dialog.Input) tea.Cmd {
	typed := field.Value()
	return func() tea.Msg { return completed{field, typed, m.o.Home.Complete(typed)} }
}

// wasCompleted continues the path as far as there is only one way, and names the ways
// from there.
func (m *Model) wasCompleted(msg completed) tea.Cmd {
	if msg.field.Value() != msg.typed {
		return nil // something was typed meanwhile
	}
	if len(msg.paths) == 0 {
		msg.field.Help = "no file begins so"
		return nil
	}
	common := msg.paths[0]
	for _, p := range msg.paths {
		for !strings.HasPrefix(p, common) {
			common = common[:len(common)-1]
		}
	}
	common = strings.ToValidUTF8(common, "")
	msg.field.Set(common)
	msg.field.Help = "its path; tab completes it"
	if len(msg.paths) > 1 {
		var names []string
		for _, p := range msg.paths {
			names = append(names, clean.Line(p[strings.LastIndexByte(strings.TrimSuffix(p, "/"), '/')+1:]))
		}
		msg.field.Help = strings.Join(names, "  ")
	}
	return nil
}

// backedUp is the answer of a backup that was asked for.
type backedUp struct {
	path string
	err  error
}

func (m *Model) backUp() tea.Cmd {
	ref := m.open.s.Ref
	m.say(toneNews, "backing up"+m.theme.Marks.Ellipsis)
	return func() tea.Msg {
		path, err := m.o.Home.BackUp(m.ctx, ref)
		return backedUp{path, err}
	}
}

func (m *Model) wasBackedUp(msg backedUp) tea.Cmd {
	if msg.err != nil {
		m.say(toneBad, "NO BACKUP: "+msg.err.Error())
		return nil
	}
	m.say(toneGood, "backed up and verified: "+msg.path)
	return nil
}

// signed is the answer of a checkpoint.
type signed struct {
	ref, text string
	err       error
}

func (m *Model) checkpoint() tea.Cmd {
	ref := m.open.s.Ref
	return func() tea.Msg {
		text, err := m.o.Home.Checkpoint(m.ctx, ref)
		return signed{ref, text, err}
	}
}

// wasSigned shows the signed state of the case, to be kept where nobody who can write
// to the case can reach it.
func (m *Model) wasSigned(msg signed) tea.Cmd {
	if msg.err != nil {
		m.say(toneBad, msg.err.Error())
		return nil
	}
	answers := []dialog.Answer{
		{Key: "o", Text: "go on"},
		{Key: "y", Text: "copy it to the terminal's clipboard", Then: func() dialog.Outcome { return dialog.Outcome{Cmd: tea.SetClipboard(msg.text)} }},
	}
	if m.o.SaveNotice != nil {
		answers = append(answers, dialog.Answer{Key: "w", Text: "write it to a file", Then: func() dialog.Outcome {
			return dialog.Outcome{Cmd: func() tea.Msg {
				path, err := m.o.SaveNotice(msg.ref+".checkpoint", msg.text)
				return noticeSaved{path, err}
			}}
		}})
	}
	return m.push(dialog.Ask("Checkpoint: keep it elsewhere", "It shows later that the journal was neither shortened nor written anew.\n\n"+clean.Block(msg.text), answers...))
}

// backupAge says how old the newest backup of a case is, for the list.
func backupAge(w words, at time.Time) string {
	if at.IsZero() {
		return "no backup"
	}
	switch age := w.now.Sub(at); {
	case age < time.Hour:
		return fmt.Sprintf("backup %d m", max(int(age/time.Minute), 0))
	case age < 48*time.Hour:
		return fmt.Sprintf("backup %d h", age/time.Hour)
	default:
		return fmt.Sprintf("backup %d d", age/(24*time.Hour))
	}
}
