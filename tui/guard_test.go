package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/fault"
)

// panicking is a model that panics, with text of a case, where it is told to.
type panicking struct{ where string }

const secret = "the file of Hansen"

func (p panicking) at(where string) {
	if p.where == where {
		panic(secret)
	}
}

func (p panicking) Init() tea.Cmd {
	p.at("init")
	command := func() tea.Msg { p.at("command"); return tea.FocusMsg{} }
	return tea.Batch(func() tea.Msg { return nil }, tea.Batch(func() tea.Msg { return nil }, command))
}

func (p panicking) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.FocusMsg); ok {
		p.at("update")
		return p, func() tea.Msg { p.at("late command"); return tea.Quit() }
	}
	return p, nil
}

func (p panicking) View() tea.View {
	p.at("view")
	return tea.NewView("a screen")
}

func TestAPanicOnScreenIsAFaultWithoutItsText(t *testing.T) {
	for _, where := range []string{"init", "command", "update", "late command", "view", "nowhere"} {
		ctx, stop := context.WithCancel(t.Context())
		g := guard(panicking{where}, stop)
		var screen bytes.Buffer
		printed := printedBy(t, func() {
			_, _ = tea.NewProgram(g, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(&screen),
				tea.WithWindowSize(80, 24), tea.WithoutSignalHandler()).Run() // that it was stopped is no news
		})
		err := g.fault()
		stop()
		if where == "nowhere" {
			if err != nil {
				t.Errorf("a fault without a panic: %v", err)
			}
			continue
		}
		var f *fault.Error
		if !errors.As(err, &f) || strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "\n") {
			t.Errorf("a panic in %s: %v", where, err)
		}
		if printed != "" || strings.Contains(screen.String(), secret) {
			t.Errorf("a panic in %s is printed: %q, %q", where, printed, screen.String())
		}
	}
}

// printedBy is what act prints to the standard error of this process.
func printedBy(t *testing.T, act func()) string {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	real := os.Stderr
	os.Stderr = out
	act()
	os.Stderr = real
	out.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
