package desk

import (
	"fmt"
	"strings"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// MarkStep says that a step is done, skipped, or open again.
type MarkStep struct {
	Step  string
	State incident.StepState
	Why   string
}

func (a MarkStep) what() string { return "step " + a.Step }

func (a MarkStep) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a MarkStep) changed(c *incident.Case) (incident.Mark, bool) {
	m, ok := c.Steps[a.Step]
	return m.Mark, ok
}

func (a MarkStep) drafts(s *Situation) ([]timeline.Draft, error) {
	item, err := findItem(s, a.what(), a.Step)
	if err != nil {
		return nil, err
	}
	if item.Step == nil {
		return nil, fault.New(fault.Usage, a.what(), "it is a gate: decide it")
	}
	if err := a.possible(item); err != nil {
		return nil, err
	}
	return one(incident.StepDraft(a.Step, a.State, a.Why))
}

func (a MarkStep) possible(item playbooks.RunItem) error {
	switch a.State {
	case incident.StepDone, incident.StepSkipped:
		if a.State == incident.StepSkipped && strings.TrimSpace(a.Why) == "" {
			return needsReason(a.what())
		}
		return openItem(a.what(), item)
	case incident.StepReopened:
		if item.State != playbooks.StateDone && item.State != playbooks.StateSkipped {
			return fault.New(fault.Refused, a.what(), "it is neither done nor skipped")
		}
		return nil
	}
	return fault.New(fault.Usage, a.what(), "a step is done, skip or reopen, not %q", a.State)
}

// openItem refuses what cannot be acted on, and says what to do first.
func openItem(what string, item playbooks.RunItem) error {
	switch item.State {
	case playbooks.StateBlocked:
		return fault.New(fault.Refused, what, "it waits for %s: finish, skip or decide that first", strings.Join(item.BlockedBy, ", "))
	case playbooks.StateClosed:
		return fault.New(fault.Refused, what, "the decision at gate %s has made it needless", item.ClosedBy)
	case playbooks.StateDone, playbooks.StateSkipped:
		if item.Step != nil {
			return fault.New(fault.Refused, what, "it is %s already (entry %d): reopen it first", item.State, item.Mark.Seq)
		}
	}
	return nil
}

func findItem(s *Situation, what, id string) (playbooks.RunItem, error) {
	if item, ok := s.Run.Item(id); ok {
		return item, nil
	}
	return playbooks.RunItem{}, fault.New(fault.NotFound, what, "the playbook %s has no such step or gate: `show` lists them", s.Case.Playbook.Key)
}

// DecideGate decides a gate, or decides it again. The proposal of the duty engine
// stands beside the decision, so that it can be seen later whether it was followed.
type DecideGate struct {
	Gate   string
	Option string
	Why    string
	Review *when.Moment // when it is looked at again; required by some gates

	// Books gives the playbook that an option switches to.
	Books *playbooks.Library
}

func (a DecideGate) what() string { return "gate " + a.Gate }

func (a DecideGate) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a DecideGate) changed(c *incident.Case) (incident.Mark, bool) {
	d, ok := c.Gates[a.Gate]
	return d.Mark, ok
}

func (a DecideGate) drafts(s *Situation) ([]timeline.Draft, error) {
	item, err := findItem(s, a.what(), a.Gate)
	if err != nil {
		return nil, err
	}
	if item.Gate == nil {
		return nil, fault.New(fault.Usage, a.what(), "it is a step: mark it as done or skipped")
	}
	if err := openItem(a.what(), item); err != nil {
		return nil, err
	}
	option, err := a.option(item.Gate)
	if err != nil {
		return nil, err
	}
	drafts := []timeline.Draft{incident.GateDraft(a.decision(s))}
	if option.Switch == "" {
		return drafts, nil
	}
	follow, err := (SwitchPlaybook{Key: option.Switch, Why: a.Why, Books: a.Books}).drafts(s)
	return append(drafts, follow...), err
}

func (a DecideGate) option(g *playbooks.Gate) (playbooks.Option, error) {
	option, ok := g.Option(a.Option)
	switch {
	case !ok:
		return option, fault.New(fault.Usage, a.what(), "%q is not one of its options: %s", a.Option, optionList(g))
	case strings.TrimSpace(a.Why) == "":
		return option, needsReason(a.what())
	case a.Review == nil && g.NeedsReview(a.Option):
		return option, fault.New(fault.Usage, a.what(), "the decision needs a date at which it is looked at again (--review)")
	}
	return option, nil
}

func optionList(g *playbooks.Gate) string {
	ids := make([]string, len(g.Options))
	for i, o := range g.Options {
		ids[i] = o.ID
	}
	return strings.Join(ids, ", ")
}

func (a DecideGate) decision(s *Situation) incident.Decision {
	d := incident.Decision{Gate: a.Gate, Option: a.Option, Why: a.Why, Review: a.Review}
	if proposal := s.Duty.Proposal(a.Gate); proposal != "" {
		d.Proposal, d.Rules = proposal, s.Duty.RulesVersion
	}
	return d
}

// SwitchPlaybook goes over to another playbook. What was done and decided stays,
// for the steps and gates that both have.
type SwitchPlaybook struct {
	Key   string // of a playbook in Books, unless Book is given
	Book  *playbooks.Playbook
	Why   string
	Books *playbooks.Library
}

func (a SwitchPlaybook) what() string { return "playbook " + a.Key }

func (a SwitchPlaybook) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a SwitchPlaybook) changed(c *incident.Case) (incident.Mark, bool) {
	return c.Playbook.Mark, c.Playbook.Entry != ""
}

func (a SwitchPlaybook) drafts(s *Situation) ([]timeline.Draft, error) {
	book := a.Book
	if book == nil {
		found, err := a.Books.Get(a.Key)
		if err != nil {
			return nil, err
		}
		book = found
	}
	if strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	if book.Hash == s.Case.Playbook.Hash {
		return nil, fault.New(fault.Refused, a.what(), "the case runs it already")
	}
	return one(incident.PlaybookDraft(book.Key, book.Hash, book.Source, a.Why))
}

// Close ends the work on a case and keeps what was left undone with the reason.
type Close struct{ Why string }

func (a Close) what() string { return "close" }

func (a Close) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Close) drafts(s *Situation) ([]timeline.Draft, error) {
	if strings.TrimSpace(a.Why) == "" {
		return nil, fault.New(fault.Usage, a.what(), "a reason is needed%s", undoneText(Undone(s)))
	}
	return one(incident.ClosedDraft(a.Why, Undone(s)))
}

// Undone are the ids of the steps and gates that are still open or blocked.
func Undone(s *Situation) []string {
	var ids []string
	for _, item := range s.Run.Items {
		if item.State == playbooks.StateOpen || item.State == playbooks.StateBlocked {
			ids = append(ids, item.ID())
		}
	}
	return ids
}

func undoneText(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return fmt.Sprintf("; undone are %s", strings.Join(ids, ", "))
}

// Reopen takes up a closed case again.
type Reopen struct{ Why string }

func (a Reopen) what() string { return "reopen" }

func (a Reopen) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Reopen) drafts(s *Situation) ([]timeline.Draft, error) {
	if s.Case.State != incident.Closed {
		return nil, fault.New(fault.Refused, a.what(), "the case is open")
	}
	if strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	return one(incident.ReopenedDraft(a.Why))
}
