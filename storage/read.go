package storage

import (
	"context"
	"database/sql"
	"errors"

	"timeglas/internal/fault"
	"timeglas/timeline"
)

const readRows = `
	SELECT e.head, b.salt, b.body FROM entries AS e LEFT JOIN bodies AS b ON b.seq = e.seq
	WHERE e.seq > ? ORDER BY e.seq`

// Read returns the entries after tip, in order; the zero Tip asks for all of them.
// Each is checked against the chain and its commitment. A break is a fault Damaged
// that names the sequence, and so is a tip that is not of this journal.
func (j *Journal) Read(ctx context.Context, after timeline.Tip) ([]timeline.Entry, error) {
	rows, err := j.db.QueryContext(ctx, readRows, after.Seq)
	if err != nil {
		return nil, explain(err, j.what)
	}
	defer rows.Close()
	var (
		entries          []timeline.Entry
		head, salt, body sql.RawBytes
		tip              = after
	)
	for rows.Next() {
		if err := rows.Scan(&head, &salt, &body); err != nil {
			return nil, explain(err, j.what)
		}
		e, err := timeline.Read(head, salt, body)
		if err == nil {
			err = timeline.Follows(j.identity, tip, e)
		}
		if err != nil {
			return nil, j.broken(tip.Seq+1, err)
		}
		entries = append(entries, e)
		tip = e.Tip()
	}
	if err := rows.Err(); err != nil {
		return nil, explain(err, j.what)
	}
	if len(entries) == 0 {
		return nil, j.mustEndAt(ctx, after)
	}
	return entries, j.mustBeRedacted(entries)
}

// mustEndAt checks the tip that nothing was found after. Where something follows,
// its hash of the entry before has checked it.
func (j *Journal) mustEndAt(ctx context.Context, tip timeline.Tip) error {
	end, err := j.Tip(ctx)
	if err != nil {
		return err
	}
	// More may have been appended since; then the tip is checked when that is read.
	if end.Seq < tip.Seq || end.Seq == tip.Seq && end.Hash != tip.Hash {
		return j.broken(tip.Seq, errors.New("it was there and is gone or another one"))
	}
	return nil
}

// mustBeRedacted checks that each entry without a body is the target of a
// redaction. That is an entry after it, so it is among those read.
func (j *Journal) mustBeRedacted(entries []timeline.Entry) error {
	named := map[string]bool{}
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if e.Redacted && !named[e.ID] {
			return j.broken(e.Seq, errNoRedaction)
		}
		if e.Kind == timeline.KindRedaction {
			named[e.Target] = true
		}
	}
	return nil
}

// broken is the fault of an entry that is not what was written.
func (j *Journal) broken(seq int64, err error) error {
	return fault.Wrap(fault.Damaged, err, j.what, "entry %d is damaged (%v): run verify, and restore the newest backup", seq, err)
}
