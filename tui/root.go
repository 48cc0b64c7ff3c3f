package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/dialog"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Model is the root: it holds what all screens share and routes messages.
type Model struct {
	ctx     context.Context
	o       Options
	theme   theme.Theme
	size    layout.Size
	now     time.Time
	focused bool // the terminal has the focus, as far as it tells

	list    *listScreen
	open    *caseScreen // nil while the list is shown
	dialogs dialog.Stack
	actions registry
	flash   flash
	draft   drafting
	drafts  map[string][]string // kept of the open case, or of none in the list
	plain   bool                // the text about the chosen row alone, without frames
	trouble string              // with the place where the cases lie; empty for none

	requests int // number of the last request
	listing  int // request of the list that is waited for
	looking  int // request of the case that is waited for
	ticking  int // number of the last clock tick that was asked for
	polling  int // number of the last look for others' entries that was asked for

	// after answers with msg when d has passed. Tests put their own clock here.
	after func(d time.Duration, msg tea.Msg) tea.Cmd
}

// flash is a line that says what has just happened, until the next key.
type flash struct {
	text string
	tone tone
}

type tone int

const (
	toneGood tone = iota
	toneNews
	toneBad
)

func (m *Model) say(t tone, text string) { m.flash = flash{text: text, tone: t} }

// Init asks for the list, and for the case to be opened at once.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.tickClock(), m.pollLater()}
	if m.o.Ref != "" {
		return tea.Batch(append(cmds, m.openCase(m.o.Ref, ""))...)
	}
	return tea.Batch(append(cmds, m.loadList())...)
}

// Update routes.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.size = layout.Size{W: msg.Width, H: msg.Height}
		return m, nil
	case tea.FocusMsg:
		m.focused = true
		return m, tea.Batch(m.poll(), m.pollLater())
	case tea.BlurMsg:
		m.focused = false
		return m, nil
	case clockTick:
		return m, m.clockTicked(msg)
	case pollTick:
		return m, m.pollTicked(msg)
	case listRead:
		return m, m.listWasRead(msg)
	case caseRead:
		return m, m.caseWasRead(msg)
	case tipMoved:
		return m, m.tipHasMoved(msg)
	case actDone:
		return m, m.actWasDone(msg)
	case chosen:
		return m, m.doChosen(m.actions.byID(msg.id))
	case draftTick:
		return m, m.draftTicked(msg)
	case pastRead:
		return m, m.pastWasRead(msg)
	case checked:
		return m, m.wasChecked(msg)
	case completed:
		return m, m.wasCompleted(msg)
	case backedUp:
		return m, m.wasBackedUp(msg)
	case signed:
		return m, m.wasSigned(msg)
	case answered:
		return m, m.wasAnswered(msg)
	case noticeSaved:
		return m, m.noticeWasSaved(msg)
	case tea.KeyPressMsg:
		return m, m.pressed(msg)
	case tea.PasteMsg:
		// Pasted text never triggers keys: without a field it goes nowhere.
		return m, tea.Batch(m.dialogs.Update(msg), m.watchDraft())
	}
	return m, nil
}

// pressed routes a key: leaving first, then the top dialog, then the actions.
func (m *Model) pressed(key tea.KeyPressMsg) tea.Cmd {
	if key.String() == "ctrl+c" {
		return m.interrupt()
	}
	m.flash = flash{}
	m.now = m.o.Now() // forms suggest it, and typed times are read by it
	if !m.dialogs.Empty() {
		return tea.Batch(m.dialogs.Update(key), m.watchDraft())
	}
	action, ok := m.actions.find(m.place(), key.String())
	if !ok {
		return nil
	}
	return m.do(action)
}

// do runs an action, or says why it cannot be done now.
func (m *Model) do(a action) tea.Cmd {
	if why := a.whyNot(m); why != "" {
		m.say(toneBad, a.title+": "+why)
		return nil
	}
	return a.run(m)
}

// interrupt leaves, but not with text that nobody has saved: that takes it twice.
func (m *Model) interrupt() tea.Cmd {
	const warning = "What you typed is not saved. ctrl+c again leaves without it."
	if m.dialogs.Dirty() && m.flash.text != warning {
		m.say(toneBad, warning)
		return nil
	}
	return tea.Quit
}

// place is where the keys are: the list, or a tab of a case.
func (m *Model) place() place {
	if m.open == nil {
		return inList
	}
	return m.open.place()
}

// push opens a dialog.
func (m *Model) push(d dialog.Dialog) tea.Cmd {
	m.dialogs.Push(d)
	if f, ok := d.(*dialog.Form); ok {
		m.offerDraft(f)
	}
	return nil
}
