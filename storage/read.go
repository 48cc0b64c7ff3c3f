package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"runtime"
	"sync"

	"timeglas/internal/fault"
	"timeglas/timeline"
)

const readRows = `
	SELECT e.head, b.salt, b.body FROM entries AS e LEFT JOIN bodies AS b ON b.seq = e.seq
	WHERE e.seq > ? ORDER BY e.seq`

// batch is how many rows are taken from SQLite before they are decoded together:
// enough to keep all processors busy, and little memory.
const batch = 1024

// rawEntry is an entry as its row has it. A nil body is a redacted one.
type rawEntry struct{ head, salt, body []byte }

// Read returns the entries after tip, in order; the zero Tip asks for all of them.
// Each is checked against the chain and its commitment. A break is a fault Damaged
// that names the sequence, and so is a tip that is not of this journal.
func (j *Journal) Read(ctx context.Context, after timeline.Tip) ([]timeline.Entry, error) {
	end, err := j.Tip(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := j.db.QueryContext(ctx, readRows, after.Seq)
	if err != nil {
		return nil, explain(err, j.what)
	}
	defer rows.Close()
	// A damaged sequence may promise any number, hence the bounds.
	entries := make([]timeline.Entry, 0, min(max(end.Seq-after.Seq, 0), 64*batch))
	raws := make([]rawEntry, 0, min(cap(entries)+1, batch))
	tip := after
	for {
		raws, err = nextBatch(rows, raws[:0])
		if err != nil {
			return nil, explain(err, j.what)
		}
		decoded, errs := decode(raws)
		for i, e := range decoded {
			if err := cmp.Or(errs[i], timeline.Follows(j.identity, tip, e)); err != nil {
				return nil, j.broken(tip.Seq+1, err)
			}
			tip = e.Tip()
		}
		entries = append(entries, decoded...)
		if len(raws) < batch {
			break
		}
	}
	if len(entries) == 0 {
		return nil, j.mustEndAt(end, after)
	}
	return entries, j.mustBeRedacted(entries)
}

// nextBatch takes the next rows into raws; fewer than batch are the last.
func nextBatch(rows *sql.Rows, raws []rawEntry) ([]rawEntry, error) {
	for len(raws) < batch && rows.Next() {
		var r rawEntry
		if err := rows.Scan(&r.head, &r.salt, &r.body); err != nil {
			return nil, err
		}
		raws = append(raws, r)
	}
	return raws, rows.Err()
}

// decode makes entries of rows, each with its error, on all processors: hashing
// and parsing take three times as long as SQLite does.
func decode(raws []rawEntry) ([]timeline.Entry, []error) {
	entries, errs := make([]timeline.Entry, len(raws)), make([]error, len(raws))
	part := len(raws)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	for from := 0; from < len(raws); from += part {
		wg.Go(func() {
			for i := from; i < min(from+part, len(raws)); i++ {
				entries[i], errs[i] = timeline.Read(raws[i].head, raws[i].salt, raws[i].body)
			}
		})
	}
	wg.Wait()
	return entries, errs
}

// mustEndAt checks the tip that nothing was found after. Where something follows,
// its hash of the entry before has checked it.
func (j *Journal) mustEndAt(end, tip timeline.Tip) error {
	if end != tip {
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
