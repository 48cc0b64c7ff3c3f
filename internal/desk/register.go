package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"timeglas/incident"
	"timeglas/incident/register"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// Register is the Article 33(5) record of every case, exercises and demos left out:
// of those that are there as they stand, and of those that are gone as they were
// recorded. A register with a hole would be a wrong one: a case that cannot be read
// whole is a fault.
func (d *Desk) Register(ctx context.Context) ([]register.Record, error) {
	refs, err := d.Store.Refs(ctx)
	if err != nil {
		return nil, err
	}
	var records []register.Record
	live := map[string]bool{}
	for _, ref := range refs {
		s, err := d.Look(ctx, ref.Name)
		if err := errors.Join(err, s.damage()); err != nil {
			return nil, err
		}
		if register.Belongs(s.Case.Journal.Mark) {
			live[s.Case.Journal.ID] = true
			records = append(records, recordOf(s))
		}
	}
	kept, err := d.keptRecords(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if !live[k.Journal] {
			records = append(records, k.Record)
		}
	}
	slices.SortStableFunc(records, func(a, b register.Record) int { return a.Opened.Compare(b.Opened) })
	return records, nil
}

func recordOf(s Situation) register.Record { return register.Of(s.Case, s.Ref, s.Duty, s.Clock) }

func (d *Desk) keptRecords(ctx context.Context) (_ []register.Kept, err error) {
	j, err := d.Store.Register(ctx, false)
	if err != nil || j == nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	entries, err := j.Read(ctx, timeline.Tip{})
	return register.Read(entries), err
}

// Disposed is the record of a case that was disposed of, by the id of its journal.
func (d *Desk) Disposed(ctx context.Context, journal string) (register.Record, bool, error) {
	kept, err := d.keptRecords(ctx)
	for _, k := range kept {
		if k.Journal == journal && k.Record.Disposal != nil {
			return k.Record, true, err
		}
	}
	return register.Record{}, false, err
}

// keepRecord keeps the record of a case that was just closed.
func (d *Desk) keepRecord(ctx context.Context, actor Actor, s Situation) error {
	if !register.Belongs(s.Case.Journal.Mark) {
		return nil
	}
	err := d.keep(ctx, actor, register.Kept{Journal: s.Case.Journal.ID, Record: recordOf(s)})
	if err != nil {
		return fault.Wrap(fault.CodeOf(err), err, "close", "the case is closed, and its record could not be kept in the register (%v): its record is kept when it is reopened and closed again, or disposed of", err)
	}
	return nil
}

// keep adds to the register's journal.
func (d *Desk) keep(ctx context.Context, actor Actor, k register.Kept) (err error) {
	j, err := d.Store.Register(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	drafts := d.sign([]timeline.Draft{register.Draft(k)}, actor, d.Now())
	for range triesMax {
		entries, err := j.Read(ctx, timeline.Tip{})
		if err != nil {
			return err
		}
		tip := timeline.Tip{}
		if n := len(entries); n > 0 {
			tip = entries[n-1].Tip()
		}
		if _, err = j.Append(ctx, tip, drafts...); !errors.Is(err, timeline.ErrMoved) {
			return err
		}
	}
	return fault.New(fault.Failed, "register", "too many others are writing to it: try again")
}

// lastBackup is when the newest backup of a case was made: an automatic one, or one
// that somebody asked for.
func (d *Desk) lastBackup(s Situation) time.Time {
	var newest time.Time
	if d.LastBackup != nil {
		newest = d.LastBackup(s.Ref)
	}
	for _, c := range s.Case.Copies {
		if c.Form == incident.CopyBackup && c.At.After(newest) {
			newest = c.At
		}
	}
	return newest
}
