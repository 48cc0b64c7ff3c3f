package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/desk"
	"timeglas/timeline"
)

// The answers to requests. n is the number of the request.
type (
	listRead struct {
		n     int
		cases []desk.Listed
		err   error
	}
	caseRead struct {
		n         int
		ref       string
		situation desk.Situation
		err       error
		then      string // id of an action to run once the case is shown
	}
	// tipMoved says that somebody has written to the case.
	tipMoved struct {
		ref string
		tip timeline.Tip
	}
	actDone struct {
		n    int
		ref  string
		said string // what to say when it is saved
		done desk.Done
		err  error
		// opens: the case is new and is shown once it is there.
		opens bool
	}
	noticeSaved struct {
		path string
		err  error
	}
	clockTick struct{ n int }
	pollTick  struct{}
)

// How often others' entries are looked for: when somebody looks, and when not.
const (
	pollCase     = 2 * time.Second
	pollList     = 10 * time.Second
	pollUnlooked = 30 * time.Second
)

func (m *Model) nextRequest() int {
	m.requests++
	return m.requests
}

func (m *Model) loadList() tea.Cmd {
	n := m.nextRequest()
	m.listing = n
	return func() tea.Msg {
		cases, err := m.o.Desk.List(m.ctx)
		return listRead{n, cases, err}
	}
}

func (m *Model) listWasRead(msg listRead) tea.Cmd {
	if msg.n != m.listing {
		return nil
	}
	m.list.read(msg.cases, msg.err)
	return m.tickClock()
}

// openCase shows a case as soon as it is read, and then runs an action there, if
// one is named.
func (m *Model) openCase(ref, then string) tea.Cmd {
	n := m.nextRequest()
	m.looking = n
	return func() tea.Msg {
		s, err := m.o.Desk.Look(m.ctx, ref)
		return caseRead{n: n, ref: ref, situation: s, err: err, then: then}
	}
}

func (m *Model) caseWasRead(msg caseRead) tea.Cmd {
	switch {
	case msg.n != m.looking:
		return nil
	case msg.err != nil:
		m.say(toneBad, msg.err.Error())
		if m.open == nil {
			return m.loadList()
		}
		return nil
	case m.open == nil || m.open.s.Ref != msg.ref:
		m.open = newCaseScreen(m, msg.situation)
		m.now = msg.situation.Now
	default:
		m.showNews(msg.situation)
	}
	if msg.then != "" {
		return tea.Batch(m.tickClock(), m.do(m.actions.byID(msg.then)))
	}
	return m.tickClock()
}

// showNews takes the new state of the open case and says who has changed it.
func (m *Model) showNews(s desk.Situation) {
	before := m.open.s.Case.Tip.Seq
	if s.Case.Tip.Seq <= before {
		return
	}
	m.open.take(m, s)
	for _, line := range s.Case.Timeline.Lines[before:] {
		if line.Author != m.o.Actor.Account {
			m.say(toneNews, fmt.Sprintf("new from %s: %s", line.Author, m.words().named(line)))
		}
	}
}

// poll looks for others' entries: of an open case only whether its end has moved.
func (m *Model) poll() tea.Cmd {
	if m.open == nil {
		return m.loadList()
	}
	ref, seen := m.open.s.Ref, m.open.s.Case.Tip
	return func() tea.Msg {
		tip, err := m.o.Desk.Tip(m.ctx, ref)
		if err != nil || tip == seen {
			return nil // a case that cannot be read now says so when something is done
		}
		return tipMoved{ref, tip}
	}
}

func (m *Model) tipHasMoved(msg tipMoved) tea.Cmd {
	if m.open == nil || m.open.s.Ref != msg.ref || m.open.s.Case.Tip.Seq >= msg.tip.Seq {
		return nil
	}
	return m.openCase(msg.ref, "")
}

func (m *Model) pollLater() tea.Cmd {
	every := pollCase
	switch {
	case !m.focused:
		every = pollUnlooked
	case m.open == nil:
		every = pollList
	}
	return m.after(every, pollTick{})
}

// act does something to the open case, as the request n.
func (m *Model) act(n int, a desk.Act, terms desk.Terms, said string) tea.Cmd {
	ref := m.open.s.Ref
	return func() tea.Msg {
		done, err := m.o.Desk.Do(m.ctx, m.o.Actor, ref, a, terms)
		return actDone{n: n, ref: ref, said: said, done: done, err: err}
	}
}

// actNow does something that needs no form, on what is on the screen.
func (m *Model) actNow(a desk.Act, said string) tea.Cmd {
	return m.act(m.nextRequest(), a, desk.Terms{Seen: m.open.s.Case.Tip.Seq}, said)
}

func (m *Model) actWasDone(msg actDone) tea.Cmd {
	if msg.err == nil {
		m.saved(msg)
	}
	cmd, waited := m.dialogs.Answer(msg.n, msg.err)
	if msg.err != nil && !waited {
		m.say(toneBad, "NOT SAVED: "+msg.err.Error())
	}
	return tea.Batch(cmd, m.tickClock())
}

func (m *Model) saved(msg actDone) {
	switch {
	case msg.opens:
		m.open = newCaseScreen(m, msg.done.Situation)
	case m.open == nil || m.open.s.Ref != msg.ref: // left meanwhile; what was done is in the case
	case msg.done.Situation.Case.Tip.Seq > m.open.s.Case.Tip.Seq:
		m.open.take(m, msg.done.Situation)
	}
	text := msg.said
	if n := len(msg.done.Entries); n > 0 {
		text += fmt.Sprintf(" (entry %d)", msg.done.Entries[n-1].Seq)
	}
	if msg.done.Masked > 0 {
		text += fmt.Sprintf(", CPR numbers masked: %d", msg.done.Masked)
	}
	m.say(toneGood, text)
}

// tickClock asks for the next tick: at the next whole minute of what is left, in
// the last hour at the next second. Ticks asked for before are dropped.
func (m *Model) tickClock() tea.Cmd {
	m.ticking++
	r := m.deadline()
	every := time.Minute
	if r.Remaining > 0 && r.Remaining <= time.Hour {
		every = time.Second
	}
	wait := every - r.Overdue%every
	if r.Remaining > 0 {
		wait = r.Remaining % every
	}
	// A little later than the change, so that what is read then has changed.
	return m.after(wait+5*time.Millisecond, clockTick{m.ticking})
}

func (m *Model) clockTicked(msg clockTick) tea.Cmd {
	if msg.n != m.ticking {
		return nil
	}
	m.now = m.o.Now()
	if m.open != nil {
		m.open.later(m, m.now)
	}
	return m.tickClock()
}
