package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/playbooks"
	"timeglas/timeline"
	"timeglas/tui/dialog"
)

type kindName = timeline.Kind

func kindNames() []timeline.Kind { return timeline.WrittenKinds() }

func noteTitle(kind timeline.Kind) string { return upperFirst(string(kind)) + " (tab: another kind)" }

// newCase is the form for a case.
func (m *Model) newCase() tea.Cmd {
	ref := dialog.Line("Reference", m.freeRef())
	ref.Help = "letters, digits, - _ . up to 64; it names the case for ever (shift+tab comes back here)"
	title := dialog.Line("Title", "")
	title.Help = "what it is about, without names or CPR numbers; shift+tab goes to the reference"
	book := dialog.One("Playbook", m.bookOptions(), desk.DefaultPlaybook)
	at := m.timeField("Aware", "", "if it is known already: "+timeHelp)
	by := dialog.Line("Who", "")
	by.Help = "who knew, when a time is given"
	why := dialog.Line("Why", "")
	why.Help = "on what ground, when a time is given"
	f := m.newForm("New case", ref, title, book, at, by, why)
	f.Send = func(keepCPR bool) (tea.Cmd, error) {
		b := desk.Begin{Ref: ref.Value(), Title: title.Value(), Playbook: book.Value(), KeepCPR: keepCPR}
		switch {
		case b.Ref == "":
			return nil, errors.New("give the case a reference")
		case b.Title == "":
			return nil, errors.New("give the case a title")
		}
		if at.Value() != "" {
			moment, err := m.moment(at)
			if err != nil {
				return nil, plain(err)
			}
			if by.Value() == "" || why.Value() == "" {
				return nil, errors.New("a time of awareness needs who knew and why, or leave it out for now")
			}
			b.Aware = &desk.RecordAwareness{Moment: moment, Who: by.Value(), Why: why.Value()}
		}
		return m.begin(f.Number, b), nil
	}
	return m.push(f.StartAt(title))
}

func (m *Model) begin(n int, b desk.Begin) tea.Cmd {
	return func() tea.Msg {
		done, err := m.o.Desk.Begin(m.ctx, m.o.Actor, b)
		return actDone{n: n, ref: b.Ref, said: "case " + b.Ref + " is open", done: done, err: err, opens: true}
	}
}

// freeRef suggests the next reference of the year.
func (m *Model) freeRef() string {
	taken := map[string]bool{}
	for _, c := range m.list.cases {
		taken[c.Ref] = true
	}
	year := m.now.In(m.o.Zone).Year()
	for n := 1; ; n++ {
		if ref := fmt.Sprintf("%d-%03d", year, n); !taken[ref] {
			return ref
		}
	}
}

func (m *Model) bookOptions() []dialog.Option {
	var options []dialog.Option
	for _, b := range m.o.Desk.Playbooks.List() {
		options = append(options, dialog.Option{Value: b.Key, Label: clean.Line(b.Key + ": " + b.Title.In(m.o.Lang)), Help: clean.Line(b.Summary.In(m.o.Lang))})
	}
	return options
}

func (m *Model) switchPlaybook() tea.Cmd {
	book := dialog.One("Playbook", m.bookOptions(), m.open.s.Case.Playbook.Key)
	why := reason("what has shown that it is another kind of incident")
	return m.push(m.form("Switch playbook", "the playbook is switched", func() (desk.Act, error) {
		text, err := required(why, "a reason is needed: say why")
		return desk.SwitchPlaybook{Key: book.Value(), Why: text, Books: m.o.Desk.Playbooks}, err
	}, book, why).Start())
}

func (m *Model) correctTitle() tea.Cmd {
	title := dialog.Line("Title", m.open.s.Case.Title)
	why := dialog.Line("Why", "")
	return m.push(m.form("Title of the case", "the title is corrected", func() (desk.Act, error) {
		text, err := required(title, "the title is empty")
		if err != nil {
			return nil, err
		}
		if _, err := required(why, "a reason is needed: say why"); err != nil {
			return nil, err
		}
		return desk.Correct{Entry: m.open.s.Case.Opened.Entry, Text: &text, Why: why.Value()}, nil
	}, title, why).Start())
}

func (m *Model) closeCase() tea.Cmd {
	intro := ""
	if undone := desk.Undone(&m.open.s); len(undone) > 0 {
		intro = fmt.Sprintf("%s not done: %s.", plural(len(undone), "step or gate is", "steps and gates are"), strings.Join(undone, ", "))
	}
	f := m.withReason("Close case", intro, "the case is closed", "why the work on it ends, and why what is not done is not needed",
		func(why string) desk.Act { return desk.Close{Why: why} })
	f.Confirm = func() string { return "Close case " + m.open.s.Ref + "? It can be reopened later." }
	return m.push(f.Start())
}

func (m *Model) reopenCase() tea.Cmd {
	return m.push(m.withReason("Reopen case", "", "the case is open again", "what has come up",
		func(why string) desk.Act { return desk.Reopen{Why: why} }).Start())
}

// whatChanged are others' latest entries since the one with that sequence, in words.
func (m *Model) whatChanged(since int64) []string {
	const most = 4
	var lines []string
	w := m.words()
	for _, l := range m.open.s.Case.Timeline.Lines[since:] {
		if l.Author != m.o.Actor.Account {
			lines = append(lines, fmt.Sprintf("  entry %d, %s: %s", l.Seq, clean.Line(l.Author), w.named(l)))
		}
	}
	lines = append([]string{"Meanwhile:"}, lines[max(len(lines)-most, 0):]...)
	return append(lines, "Yours is still in the form: save again to let it count, or press esc to leave theirs.")
}

// item is the id of the chosen step or gate.
func (m *Model) item() string {
	item, _ := m.open.playbook.item(m.open.pane().chosen())
	return item.ID()
}

func noStep(m *Model) string {
	item, ok := m.open.playbook.item(m.open.pane().chosen())
	switch {
	case !ok:
		return "choose a step first"
	case item.Gate != nil:
		return "a gate is decided, with enter"
	case item.State == playbooks.StateBlocked:
		return "it waits for: " + titles(m.open.look(m), item.BlockedBy)
	case item.State == playbooks.StateDone || item.State == playbooks.StateSkipped:
		return "it is settled, r opens it again"
	case item.State == playbooks.StateClosed:
		return "a decision has made it needless: " + titles(m.open.look(m), []string{item.ClosedBy})
	}
	return ""
}

// noGate says why the chosen gate cannot be decided now.
func noGate(m *Model, item playbooks.RunItem) string {
	switch item.State {
	case playbooks.StateBlocked:
		return "it waits for: " + titles(m.open.look(m), item.BlockedBy)
	case playbooks.StateClosed:
		return "a decision has made it needless: " + titles(m.open.look(m), []string{item.ClosedBy})
	}
	return frozen(m)
}

func notSettled(m *Model) string {
	item, ok := m.open.playbook.item(m.open.pane().chosen())
	if !ok || item.Mark == nil || item.Mark.State == incident.StepReopened {
		return "the step is neither done nor skipped"
	}
	return ""
}

func (m *Model) stepDone() tea.Cmd {
	id := m.item()
	said := "done, r opens it again"
	if item, _ := m.open.playbook.item(m.open.pane().chosen()); len(item.Missing) > 0 {
		said = "done; still missing: " + labels(item.Missing, m.o.Lang)
	}
	return m.actNow(desk.MarkStep{Step: id, State: incident.StepDone}, said)
}

func (m *Model) stepSkip() tea.Cmd {
	id := m.item()
	return m.push(m.withReason("Skip: "+m.open.playbook.textTitle(m.open.look(m), m.open.pane().chosen()), "", "skipped", "why it is not needed here",
		func(why string) desk.Act { return desk.MarkStep{Step: id, State: incident.StepSkipped, Why: why} }).Start())
}

func (m *Model) stepReopen() tea.Cmd {
	id := m.item()
	return m.actNow(desk.MarkStep{Step: id, State: incident.StepReopened}, "open again")
}

// enterItem decides the chosen gate; of a step, and of a gate that cannot be decided
// now, it opens the text.
func (m *Model) enterItem() tea.Cmd {
	item, ok := m.open.playbook.item(m.open.pane().chosen())
	if !ok || item.Gate == nil {
		return m.otherPane()
	}
	if why := noGate(m, item); why != "" {
		m.say(toneBad, "Not to be decided yet: "+why)
		return m.otherPane()
	}
	return m.decideGate()
}

// decideGate is the dialog of a decision: what is asked, what is proposed, what
// each answer means.
func (m *Model) decideGate() tea.Cmd {
	v := m.open.look(m)
	item, _ := m.open.playbook.item(m.open.pane().chosen())
	gate, lang := item.Gate, m.o.Lang
	proposal := m.open.s.Duty.Proposal(gate.ID)
	intro := clean.Line(gate.Why.In(lang))
	if proposal != "" {
		intro += " The rules propose: " + proposal + " (tab 4 says why)."
	}
	if len(item.Missing) > 0 {
		intro += " Still missing: " + labels(item.Missing, lang) + "."
	}
	var options []dialog.Option
	for _, o := range gate.Options {
		label := clean.Line(o.Title.In(lang))
		if o.ID == proposal {
			label += " (proposed)"
		}
		options = append(options, dialog.Option{Value: o.ID, Label: label, Help: clean.Line(o.Means.In(lang))})
	}
	current := proposal
	if item.Decision != nil {
		current = item.Decision.Option
		intro += " Decided so far: " + stateText(v, item, "") + "."
	}
	answer := dialog.One("Answer", options, current)
	why := reason("the ground, in words that can be shown to the authority")
	review := m.timeField("Look again", "", "a date, where the answer needs one: 2026-12-01")
	f := m.form(clean.Line(gate.Title.In(lang)), "decided", func() (desk.Act, error) {
		text, err := required(why, "a decision needs its reason")
		if err != nil {
			return nil, err
		}
		act := desk.DecideGate{Gate: gate.ID, Option: answer.Value(), Why: text, Books: m.o.Desk.Playbooks}
		if review.Value() != "" {
			at, err := m.moment(review)
			if err != nil {
				return nil, err
			}
			act.Review = &at
		} else if gate.NeedsReview(answer.Value()) {
			return nil, errors.New("this answer needs a date at which it is looked at again")
		}
		return act, nil
	}, dialog.Say(intro), answer, why, review)
	return m.push(f.Start())
}
