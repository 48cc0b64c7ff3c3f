package tui

import (
	"context"
	"fmt"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/fault"
)

// guarded is the workbench as Bubble Tea runs it. Left alone, Bubble Tea answers a
// panic by printing its value and a stack, and the value can hold text of a case;
// so no panic gets that far. What was reported as saved is saved, and what the
// screen would show after a panic cannot be trusted: the program ends.
type guarded struct {
	model    tea.Model
	stop     context.CancelFunc
	panicked atomic.Pointer[string] // the type of the value
}

func guard(model tea.Model, stop context.CancelFunc) *guarded {
	return &guarded{model: model, stop: stop}
}

// fault is what people are told about a panic, nil when there was none.
func (g *guarded) fault() error {
	kind := g.panicked.Load()
	if kind == nil {
		return nil
	}
	return fault.New(fault.Failed, "internal error",
		"a fault in the program (%s); what was reported as saved is saved: please report what you did", *kind)
}

// catch is deferred wherever a panic can begin.
func (g *guarded) catch() {
	if value := recover(); value != nil {
		kind := fmt.Sprintf("%T", value)
		g.panicked.CompareAndSwap(nil, &kind)
		g.stop()
	}
}

// Init starts the workbench.
func (g *guarded) Init() tea.Cmd {
	defer g.catch()
	return g.command(g.model.Init())
}

// Update routes a message.
func (g *guarded) Update(msg tea.Msg) (self tea.Model, cmd tea.Cmd) {
	self = g // also after a panic
	defer g.catch()
	_, cmd = g.model.Update(msg) // it stays the same model
	return self, g.command(cmd)
}

// View draws the screen.
func (g *guarded) View() tea.View {
	defer g.catch()
	return g.model.View()
}

// command is a command with its panics caught, and those of the commands that it
// answers with.
func (g *guarded) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.catch()
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = g.command(batch[i])
			}
		}
		return msg
	}
}
