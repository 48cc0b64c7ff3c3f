package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// The answers to requests. n is the number of the request.
type (
	listRead struct {
		n       int
		cases   []desk.Listed
		err     error
		trouble string
		drafts  map[string][]string
	}
	caseRead struct {
		n         int
		ref       string
		situation desk.Situation
		err       error
		then      string // id of an action to run once the case is shown
		anew      bool   // it is shown anew though nobody has written
		trouble   string
		drafts    map[string][]string
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
		// theirs is the case as others have changed it, on a conflict.
		theirs *desk.Situation
	}
	noticeSaved struct {
		path string
		err  error
	}
	clockTick struct{ n int }
	pollTick  struct{ n int }
)

// How often others' entries are looked for: when somebody looks, and when not.
const (
	pollCase     = 2 * time.Second
	pollList     = 30 * time.Second
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
		return listRead{n, cases, err, m.askTrouble(), m.loadDrafts("")}
	}
}

// askTrouble is for commands: it may touch files.
func (m *Model) askTrouble() string {
	if m.o.Trouble == nil {
		return ""
	}
	return m.o.Trouble()
}

func (m *Model) listWasRead(msg listRead) tea.Cmd {
	if msg.n != m.listing {
		return nil
	}
	m.trouble = msg.trouble
	if m.open == nil && m.draft.form == nil {
		m.drafts = msg.drafts
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
		return caseRead{n: n, ref: ref, situation: s, err: err, then: then, trouble: m.askTrouble(), drafts: m.loadDrafts(ref)}
	}
}

func (m *Model) caseWasRead(msg caseRead) tea.Cmd {
	var cmds []tea.Cmd
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
		m.now = msg.situation.Now
		m.trouble, m.drafts = msg.trouble, msg.drafts
		cmds = append(cmds, m.enter(msg.situation), m.check(msg.ref))
	case msg.anew || m.open.s.AsOf != nil:
		m.open.take(m, msg.situation)
	default:
		m.showNews(msg.situation)
	}
	if msg.then != "" {
		cmds = append(cmds, m.do(m.actions.byID(msg.then)))
	}
	return tea.Batch(append(cmds, m.tickClock())...)
}

// enter shows a case and begins to look for what others write in it.
func (m *Model) enter(s desk.Situation) tea.Cmd {
	m.open = newCaseScreen(m, s)
	return m.pollLater()
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

func (m *Model) pollTicked(msg pollTick) tea.Cmd {
	if msg.n != m.polling {
		return nil
	}
	return tea.Batch(m.poll(), m.pollLater())
}

// poll looks for others' entries: of an open case only whether its end has moved.
func (m *Model) poll() tea.Cmd {
	switch {
	case m.open == nil:
		return m.loadList()
	case m.open.s.AsOf != nil:
		return nil // the past does not change
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
	if m.open == nil || m.open.s.Ref != msg.ref || m.open.s.AsOf != nil || m.open.s.Case.Tip.Seq >= msg.tip.Seq {
		return nil
	}
	return m.openCase(msg.ref, "")
}

// pollLater asks for the next look. Looks asked for before are dropped, so that a
// screen that has just been opened has its own rhythm.
func (m *Model) pollLater() tea.Cmd {
	m.polling++
	every := pollCase
	switch {
	case !m.focused:
		every = pollUnlooked
	case m.open == nil:
		every = pollList
	}
	return m.after(every, pollTick{m.polling})
}

// act does something to the open case, as the request n.
func (m *Model) act(n int, a desk.Act, terms desk.Terms, said string) tea.Cmd {
	ref := m.open.s.Ref
	return func() tea.Msg {
		done, err := m.o.Desk.Do(m.ctx, m.o.Actor, ref, a, terms)
		answer := actDone{n: n, ref: ref, said: said, done: done, err: err}
		if fault.Is(err, fault.Conflict) {
			if s, err := m.o.Desk.Look(m.ctx, ref); err == nil {
				answer.theirs = &s
			}
		}
		return answer
	}
}

// actNow does something that needs no form, on what is on the screen.
func (m *Model) actNow(a desk.Act, said string) tea.Cmd {
	return m.act(m.nextRequest(), a, desk.Terms{Seen: m.open.s.Case.Tip.Seq}, said)
}

func (m *Model) actWasDone(msg actDone) tea.Cmd {
	var next tea.Cmd
	switch {
	case msg.err == nil:
		next = m.saved(msg)
	case msg.theirs != nil && m.open != nil && m.open.s.Ref == msg.ref:
		m.showNews(*msg.theirs)
	}
	cmd, waited := m.dialogs.Answer(msg.n, msg.err)
	if msg.err != nil && !waited {
		m.say(toneBad, "NOT SAVED: "+msg.err.Error())
	}
	return tea.Batch(cmd, next, m.watchDraft(), m.tickClock())
}

func (m *Model) saved(msg actDone) (next tea.Cmd) {
	switch {
	case msg.opens:
		next = m.enter(msg.done.Situation)
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
	if n := len(msg.done.Entries); n > 0 && msg.done.Entries[n-1].Kind == incident.KindClosed && m.o.Home != nil {
		next = tea.Batch(next, m.checkpoint())
	}
	return next
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
	if m.open != nil && m.open.s.AsOf != nil {
		wait = time.Minute // the clock of the past stands still
	}
	// A little later than the change, so that what is read then has changed.
	return m.after(wait+5*time.Millisecond, clockTick{m.ticking})
}

func (m *Model) clockTicked(msg clockTick) tea.Cmd {
	if msg.n != m.ticking {
		return nil
	}
	m.now = m.o.Now()
	if m.open != nil && m.open.s.AsOf == nil {
		m.open.later(m, m.now)
	}
	return m.tickClock()
}
