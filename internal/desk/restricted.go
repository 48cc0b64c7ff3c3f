package desk

import (
	"context"
	"errors"
	"slices"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// Check has the store look through the whole file of a case, which can take seconds
// and is for the background. Damage is a fault Damaged: from then on the case is open
// for reading only, and every [Situation] says so.
func (d *Desk) Check(ctx context.Context, ref string) error {
	f, err := d.open(ctx, ref)
	if err != nil {
		return err
	}
	// Not under the file's lock: people work on while it looks.
	return f.opened().Check(ctx)
}

// opened is the journal as it is open now.
func (f *file) opened() Journal {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.journal
}

// damage is what was found wrong with the case; nil when nothing was.
func (s Situation) damage() error {
	if fault.Is(s.Restriction, fault.Damaged) {
		return s.Restriction
	}
	return nil
}

// mayWrite is why nothing can be appended to the case. Since the reason may be gone,
// the case is opened anew before that is said, and read from its first entry.
func (d *Desk) mayWrite(ctx context.Context, ref string, f *file) error {
	if f.journal.Restriction() == nil {
		return nil
	}
	j, err := d.Store.Open(ctx, ref)
	if err != nil {
		return f.journal.Restriction()
	}
	_ = f.journal.Close() // nothing can be lost: it took no entries
	f.journal, f.entries, f.folded = j, nil, nil
	if err := f.refresh(ctx); err != nil {
		return err
	}
	return f.journal.Restriction()
}

// recordOverride writes down, once in a case, which rule of the program was set aside
// to open it.
func (d *Desk) recordOverride(ctx context.Context, actor Actor, f *file) error {
	rule := f.journal.Override()
	if rule == "" || f.journal.Restriction() != nil {
		return nil
	}
	recorded := func(e timeline.Entry) bool { return e.Kind == incident.KindOverride && e.Body.Text == rule }
	for range triesMax {
		if err := f.refresh(ctx); err != nil || slices.ContainsFunc(f.entries, recorded) {
			return err
		}
		drafts := d.sign([]timeline.Draft{incident.OverrideDraft(rule)}, actor, d.Now())
		if _, err := f.journal.Append(ctx, f.tip(), drafts...); !errors.Is(err, timeline.ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Failed, "case", "too many others are writing to it: try again")
}
