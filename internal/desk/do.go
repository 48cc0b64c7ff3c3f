package desk

import (
	"context"
	"errors"
	"time"

	"timeglas/incident"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Actor is who acts: the account that the system vouches for.
type Actor struct{ Account string }

// Act is one thing that a user can do to a case. All acts are in this package.
type Act interface {
	// what names the act and its object for messages: "gate duty-authority".
	what() string
	// masked is the same act with its free text passed through mask.
	masked(mask func(string) string) Act
	// drafts are the entries that the act becomes in this situation, or a fault
	// that says why it cannot be done.
	drafts(s *Situation) ([]timeline.Draft, error)
}

// changer is an act on something that two people can change at once.
type changer interface {
	// changed is the entry that last changed the same thing, if there is one.
	changed(c *incident.Case) (incident.Mark, bool)
}

// atDesk is an act that depends on the rules of the desk or on who does it.
type atDesk interface {
	at(d *Desk, actor Actor) Act
}

// Terms are the conditions under which an act is done.
type Terms struct {
	// Seen is the last entry that its author had seen, for instance when a form was
	// opened. A change of the same thing after it is a conflict. 0: the present.
	Seen int64
	// KeepCPR keeps CPR numbers in the text instead of masking them.
	KeepCPR bool
}

// Done is what an act has led to.
type Done struct {
	Entries   []timeline.Entry // what was appended; their being here means they are on disk
	Situation Situation        // the case after them
	Masked    int              // how many CPR numbers were masked
}

// triesMax bounds how often an act is checked again because others were faster. A
// store gives each writer its turn, so that it is never reached in practice.
const triesMax = 1000

// Do does the act: it checks it against the case as it stands, appends its entries
// after the head that it saw, and when others have appended meanwhile checks it
// again. Faults: whatever the act reports; Conflict when somebody else has changed
// the same thing since Terms.Seen; Refused on a closed case.
func (d *Desk) Do(ctx context.Context, actor Actor, ref string, act Act, terms Terms) (Done, error) {
	f, err := d.open(ctx, ref)
	if err != nil {
		return Done{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := d.recordOverride(ctx, actor, f); err != nil {
		return Done{}, err
	}

	act, count := maskAct(act, terms)
	if placed, ok := act.(atDesk); ok {
		act = placed.at(d, actor)
	}
	for range triesMax {
		if err := f.refresh(ctx); err != nil {
			return Done{}, err
		}
		if err := d.mayWrite(ctx, ref, f); err != nil {
			return Done{}, err
		}
		now := d.Now()
		s, err := f.situation(ref, f.entries, now)
		if err != nil {
			return Done{}, err
		}
		if terms.Seen == 0 {
			terms.Seen = s.Case.Tip.Seq
		}
		drafts, err := check(act, &s, terms)
		if err != nil {
			return Done{}, err
		}
		entries, err := f.journal.Append(ctx, f.tip(), d.sign(drafts, actor, now)...)
		if errors.Is(err, timeline.ErrMoved) {
			continue
		}
		if err != nil {
			return Done{}, err
		}
		f.entries = append(f.entries[:len(f.entries):len(f.entries)], entries...)
		s, err = f.situation(ref, f.entries, now)
		if _, closed := act.(Close); closed && err == nil {
			err = d.keepRecord(ctx, actor, s)
		}
		return Done{Entries: entries, Situation: s, Masked: count}, err
	}
	return Done{}, fault.New(fault.Failed, act.what(), "too many others are writing to the case: try again")
}

func maskAct(act Act, terms Terms) (Act, int) {
	if terms.KeepCPR {
		return act, 0
	}
	count := 0
	masked := act.masked(func(text string) string {
		text, n := cpr.Mask(text)
		count += n
		return text
	})
	return masked, count
}

func check(act Act, s *Situation, terms Terms) ([]timeline.Draft, error) {
	if s.Case.State == incident.Closed && !allowedWhenClosed(act) {
		return nil, fault.New(fault.Refused, act.what(), "the case is closed: reopen it first")
	}
	if c, ok := act.(changer); ok {
		if mark, ok := c.changed(s.Case); ok && mark.Seq > terms.Seen {
			return nil, fault.New(fault.Conflict, act.what(),
				"%s has changed it meanwhile (entry %d): look at it and decide again", mark.By, mark.Seq)
		}
	}
	return act.drafts(s)
}

// allowedWhenClosed: a closed case can be opened again, a text that must go can go
// at any time, and what happens to a closed case and its evidence is recorded too.
func allowedWhenClosed(act Act) bool {
	switch act.(type) {
	case Reopen, Redact, ReleaseEvidence, NoteCopy, SetHold:
		return true
	}
	return false
}

// sign puts author and time on the drafts; what has no moment of its own happened
// when it was written, to the second, in the zone of the people at the desk.
func (d *Desk) sign(drafts []timeline.Draft, actor Actor, now time.Time) []timeline.Draft {
	for i := range drafts {
		drafts[i].Author, drafts[i].Recorded = actor.Account, now
		if drafts[i].Occurred == (when.Moment{}) {
			drafts[i].Occurred = when.At(now.In(d.Zone).Truncate(time.Second))
		}
	}
	return drafts
}
