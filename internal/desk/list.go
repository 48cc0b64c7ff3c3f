package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Listed is one line in the list of cases.
type Listed struct {
	Ref       string
	Mark      timeline.Mark
	Title     string
	State     incident.State
	Playbook  string // key
	Clock     clock.Reading
	Unfiled   int  // notices issued and not filed
	Due       *Due // what is due first in an open case, the deadline included
	Updated   time.Time
	UpdatedBy string
	Backup    time.Time // of the newest backup that is known; zero when there is none
	Err       error     // why the case could not be read; the rest is empty then
	Damage    error     // what is wrong with it; the rest is as it was before the damage
}

// Due is something that has a time.
type Due struct {
	What  string // "deadline", the id of a step or gate, "authority", "person", or a regime
	Entry string // of what came, or of the clock's start; empty for the others
	Name  playbooks.Text
	At    time.Time
}

// List is every case with its clock, the most urgent first. A case that cannot be
// read is listed with the reason.
func (d *Desk) List(ctx context.Context) ([]Listed, error) {
	refs, err := d.Store.Refs(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Listed, 0, len(refs))
	for _, ref := range refs {
		s, err := d.Look(ctx, ref.Name)
		if err != nil {
			list = append(list, Listed{Ref: ref.Name, Mark: ref.Mark, Err: err})
			continue
		}
		l := listed(s)
		l.Backup = d.lastBackup(s)
		list = append(list, l)
	}
	slices.SortStableFunc(list, byUrgency)
	return list, nil
}

func listed(s Situation) Listed {
	last := s.Case.Timeline.Lines[len(s.Case.Timeline.Lines)-1]
	return Listed{
		Ref: s.Ref, Mark: s.Case.Journal.Mark, Title: s.Case.Title, State: s.Case.State,
		Playbook: s.Case.Playbook.Key, Clock: s.Clock, Unfiled: len(s.Unfiled()), Due: s.FirstDue(),
		Updated: last.Recorded, UpdatedBy: last.Author, Damage: s.damage(),
	}
}

// FirstDue is what is due first: the deadline of the notification while the clock
// runs, an open step or gate, the review of a decision, an answer, or a stage of
// another clock. Nil when nothing is, or the case is closed.
func (s Situation) FirstDue() *Due {
	if dues := s.Dues(); len(dues) > 0 {
		return &dues[0]
	}
	return nil
}

// Dues are all that has a time, the earliest first; none in a closed case.
func (s Situation) Dues() []Due {
	if s.Case.State == incident.Closed {
		return nil
	}
	dues := append(s.afterDues(), s.followupDues()...)
	if running(s.Clock) {
		dues = append(dues, Due{What: "deadline", At: s.Clock.Deadline,
			Name: playbooks.Text{EN: "notify the authority", DA: "anmeld til tilsynsmyndigheden"}})
	}
	for _, item := range s.Run.Items {
		if item.State == playbooks.StateOpen && item.Due != nil {
			dues = append(dues, Due{What: item.ID(), At: *item.Due, Name: item.Common().Title})
		}
		if item.Review != nil {
			dues = append(dues, Due{What: item.ID(), At: *item.Review, Name: item.Common().Title})
		}
	}
	slices.SortStableFunc(dues, byTime)
	return dues
}

// byTime puts the deadline of the notification before what is due at the same time.
func byTime(a, b Due) int {
	deadline := map[bool]int{true: 0, false: 1}
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(deadline[a.What == "deadline"], deadline[b.What == "deadline"]))
}

// running reports whether the 72 hours run, or have run out, without an answer.
func running(r clock.Reading) bool { return r.State != clock.NotStarted && !r.Stopped() }

// byUrgency puts running clocks first, the nearest deadline before the others;
// closed cases last.
func byUrgency(a, b Listed) int {
	return cmp.Or(
		cmp.Compare(urgency(a), urgency(b)),
		a.Clock.Deadline.Compare(b.Clock.Deadline),
		cmp.Compare(a.Ref, b.Ref),
	)
}

func urgency(l Listed) int {
	switch {
	case l.Err != nil:
		return 0
	case l.State == incident.Closed:
		return 4
	case running(l.Clock):
		return 1
	case l.Clock.State == clock.NotStarted:
		return 2
	}
	return 3
}
