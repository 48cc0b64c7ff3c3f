package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/tui/dialog"
)

// unwritable says why nothing can be written to what is on the screen: it is the
// past, or the case is damaged. A medium that cannot be written now is tried again at
// every act, so it disables nothing.
func unwritable(m *Model) string {
	switch {
	case m.open == nil:
		return ""
	case m.open.s.AsOf != nil:
		return "this is the past, as it was known then; esc returns to now"
	case fault.Is(m.open.s.Restriction, fault.Damaged):
		return "the case is damaged and open for reading only, ! says more"
	}
	return ""
}

// band is a few words on what is unusual about the case on the screen; empty when
// nothing is.
func (m *Model) band() string {
	s := m.open.s
	switch {
	case s.AsOf != nil:
		return "AS KNOWN " + m.words().day(*s.AsOf)
	case fault.Is(s.Restriction, fault.Damaged):
		return "DAMAGED"
	case s.Restriction != nil:
		return "READ ONLY"
	case m.trouble != "":
		return "WARNING"
	}
	return ""
}

// warnings are what is wrong with the case or with the place where cases lie, in
// full.
func (m *Model) warnings() []string {
	var all []string
	if m.open != nil && m.open.s.Restriction != nil {
		all = append(all, m.open.s.Restriction.Error())
	}
	if m.trouble != "" {
		all = append(all, m.trouble)
	}
	return all
}

func noWarning(m *Model) string {
	if len(m.warnings()) == 0 {
		return "nothing is wrong that is known of"
	}
	return ""
}

func (m *Model) showWarnings() tea.Cmd {
	text := ""
	for i, w := range m.warnings() {
		if i > 0 {
			text += "\n\n"
		}
		text += clean.Block(w)
	}
	return m.push(dialog.Ask("What is wrong", text, dialog.Answer{Key: "o", Text: "go on"}))
}

// lookBack asks for a moment and shows the case as it was known then. In the
// timeline it suggests when the chosen entry was written.
func (m *Model) lookBack() tea.Cmd {
	at := m.now
	if l, ok := m.entry(); ok && m.place() == inTimeline {
		at = l.Recorded
	}
	field := m.timeField("Moment", at.In(m.o.Zone).Format("2006-01-02 15:04:05"), "everything shows what had been written by then: 14:05 · yesterday 22:10 · 2026-11-19 07:32; of a day its start")
	f := m.newForm("What was known then?", field)
	f.Numbers, f.Reads = nil, true
	f.Send = func(bool) (tea.Cmd, error) {
		moment, err := m.moment(field)
		if err != nil {
			return nil, plain(err)
		}
		if moment.Precision != when.Exact && moment.Precision != when.Day {
			return nil, fmt.Errorf("it has to be one exact time, or a day for its start")
		}
		return m.readPast(f.Number, moment.From), nil
	}
	return m.push(f.Start())
}

// pastRead is the answer: the case as it was known at a moment.
type pastRead struct {
	n         int
	situation desk.Situation
	err       error
}

func (m *Model) readPast(n int, moment time.Time) tea.Cmd {
	ref := m.open.s.Ref
	return func() tea.Msg {
		s, err := m.o.Desk.LookAsOf(m.ctx, ref, moment)
		return pastRead{n, s, err}
	}
}

func (m *Model) pastWasRead(msg pastRead) tea.Cmd {
	if msg.err == nil && m.open != nil && m.open.s.Ref == msg.situation.Ref {
		m.open.take(m, msg.situation)
		m.say(toneNews, "as it was known then; esc returns to now")
	}
	cmd, _ := m.dialogs.Answer(msg.n, msg.err)
	return cmd
}

// toPresent returns from the past.
func (m *Model) toPresent() tea.Cmd { return m.openCase(m.open.s.Ref, "") }

// checked is the answer of the store that has looked through the whole file.
type checked struct {
	ref string
	err error
}

// check has the whole file of a case looked through while people work on.
func (m *Model) check(ref string) tea.Cmd {
	return func() tea.Msg { return checked{ref, m.o.Desk.Check(m.ctx, ref)} }
}

func (m *Model) wasChecked(msg checked) tea.Cmd {
	if msg.err == nil || m.open == nil || m.open.s.Ref != msg.ref {
		return nil
	}
	m.say(toneBad, msg.err.Error())
	return m.reread(msg.ref)
}

// reread shows the case anew though nobody has written to it: what can be done with
// it has changed.
func (m *Model) reread(ref string) tea.Cmd {
	n := m.nextRequest()
	m.looking = n
	return func() tea.Msg {
		s, err := m.o.Desk.Look(m.ctx, ref)
		return caseRead{n: n, ref: ref, situation: s, err: err, anew: true}
	}
}
