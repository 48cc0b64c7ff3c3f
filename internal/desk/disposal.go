package desk

import (
	"context"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/register"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// SetHold forbids that a case is disposed of, for instance while a complaint or a
// claim is pending, or lifts that again. Both need their reason.
type SetHold struct {
	On  bool
	Why string
}

func (a SetHold) what() string {
	if a.On {
		return "hold"
	}
	return "lift the hold"
}

func (a SetHold) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a SetHold) drafts(s *Situation) ([]timeline.Draft, error) {
	switch {
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case a.On && s.Case.Hold != nil:
		return nil, fault.New(fault.Refused, a.what(), "it is held already (entry %d)", s.Case.Hold.Seq)
	case !a.On && s.Case.Hold == nil:
		return nil, fault.New(fault.Refused, a.what(), "there is no hold on the case")
	}
	return one(incident.HoldDraft(a.On, a.Why))
}

// Disposal is the end of a case after its retention time.
type Disposal struct {
	Why       string
	Retention int // months for which a closed case is kept
}

// Dispose takes a closed case out of the register's live cases: its record is kept
// for good, with where copies of it lie, and then remove deletes it. Faults: Usage
// without a reason; Refused while it is open, held, or within its retention time.
func (d *Desk) Dispose(ctx context.Context, actor Actor, ref string, a Disposal, remove func(Situation) error) (Situation, error) {
	s, err := d.Look(ctx, ref)
	if err != nil {
		return s, err
	}
	if err := mayGo(s, a, d.Now()); err != nil {
		return s, err
	}
	if register.Belongs(s.Case.Journal.Mark) {
		why, _ := cpr.Mask(a.Why)
		record := recordOf(s).DisposedOf(register.Disposal{At: d.Now(), By: actor.Account, Why: why, Copies: copiesOf(s.Case)})
		if err := d.keep(ctx, actor, register.Kept{Journal: s.Case.Journal.ID, Record: record}); err != nil {
			return s, err
		}
	}
	if err := d.forget(ref); err != nil {
		return s, err
	}
	return s, remove(s)
}

func mayGo(s Situation, a Disposal, now time.Time) error {
	what := "dispose " + s.Ref
	until := s.Case.StateBy.At.AddDate(0, a.Retention, 0)
	switch {
	case strings.TrimSpace(a.Why) == "":
		return needsReason(what)
	case s.Case.Hold != nil:
		return fault.New(fault.Refused, what, "%s has put a hold on it (entry %d): lift it first", s.Case.Hold.By, s.Case.Hold.Seq)
	case s.Case.State != incident.Closed:
		return fault.New(fault.Refused, what, "the case is open: close it first")
	case now.Before(until):
		return fault.New(fault.Refused, what, "it is kept until %s (retention.months is %d)", until.Format(time.DateOnly), a.Retention)
	}
	return nil
}

// copiesOf are the files that copies of the case were written to, each once. What
// became of them is not known here.
func copiesOf(c *incident.Case) []string {
	files := []string{}
	seen := map[string]bool{}
	for _, copied := range c.Copies {
		if !seen[copied.To] {
			files, seen[copied.To] = append(files, copied.To), true
		}
	}
	return files
}

// forget closes a case that is about to go.
func (d *Desk) forget(ref string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, ok := d.cases[ref]
	if !ok {
		return nil
	}
	delete(d.cases, ref)
	return f.journal.Close()
}
