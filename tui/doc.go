// Package tui is the workbench: the screens on which people handle breaches, by
// keyboard alone.
//
// The root only routes: sizes and answers, then the top dialog, then actions. Every
// key stands in one registry of actions, which feeds the footer, the help, the
// palette and the table of keys in the README. Screens draw what they are given and
// never wait: whatever reads or writes a case is a command that answers with the
// number of its request, so that late answers are dropped.
//
// What does not belong here: rules. What may be done and what follows from it is
// asked of the desk. Nor files, the environment, or the wall clock: they are
// handed in.
package tui

import (
	"cmp"
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/desk"
	"timeglas/tui/theme"
)

// Options are what a workbench works with.
type Options struct {
	Desk   *desk.Desk
	Actor  desk.Actor
	Now    func() time.Time
	Zone   *time.Location // in which times are shown and read
	Ref    string         // a case to open at once; empty for the list
	Lang   string         // of playbooks and facts: "da" or "en"
	Theme  string         // see theme.Names
	ASCII  bool           // marks for terminals without UTF-8
	Home   Home           // files and keys; nil in a session without them
	Drafts Drafts         // what is typed and not saved; nil keeps none
	// Trouble says in a line what is wrong with the place where the cases lie, as
	// little room on the disk; empty when nothing is. It may touch files: it is never
	// called while drawing. Nil for a place that cannot tell.
	Trouble func() string
	// SaveNotice writes a text to a file that only its owner can read and says
	// where it is; nil where there are no files.
	SaveNotice func(name, text string) (path string, err error)
}

// New is a workbench for one person. It runs commands with the context.
func New(ctx context.Context, o Options) *Model {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	m := &Model{
		ctx: ctx, o: o, theme: theme.New(o.Theme, o.ASCII), now: o.Now(), focused: true,
		after: func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		},
	}
	m.list = newListScreen()
	m.actions = newRegistry()
	return m
}

// Run runs a workbench until it is left, or until the context ends: whoever made
// that listens to the signals. Bubble Tea must not listen as well: when the context
// ends at the same signal, its own listener waits for ever for somebody to take the
// news, and the program never ends.
func Run(ctx context.Context, o Options, options ...tea.ProgramOption) error {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	g := guard(New(inner, o), stop)
	_, err := tea.NewProgram(g, append([]tea.ProgramOption{tea.WithContext(inner), tea.WithoutSignalHandler()}, options...)...).Run()
	if ctx.Err() != nil {
		err = nil // it was told to end, and did
	}
	return cmp.Or(g.fault(), err)
}
