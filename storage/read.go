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
// that names the sequence, and so is a tip that is not of this journal; the entries
// before it are returned with the fault, and from then on the journal takes no more.
func (j *Journal) Read(ctx context.Context, after timeline.Tip) ([]timeline.Entry, error) {
	entries, err := j.read(ctx, after)
	if f, ok := errors.AsType[*fault.Error](explain(err, j.what)); ok {
		if f.Code == fault.Damaged {
			j.restrict(f)
		}
		return entries, f
	}
	return entries, nil
}

func (j *Journal) read(ctx context.Context, after timeline.Tip) ([]timeline.Entry, error) {
	end, err := readTip(ctx, j.db)
	if err != nil {
		return nil, err
	}
	rows, err := j.db.QueryContext(ctx, readRows, after.Seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	// A damaged sequence may promise any number, hence the bounds.
	entries := make([]timeline.Entry, 0, min(max(end.Seq-after.Seq, 0), 64*batch))
	raws := make([]rawEntry, 0, min(cap(entries)+1, batch))
	tip := after
	for more := true; more; {
		var rowErr error
		raws, rowErr = nextBatch(rows, raws[:0])
		decoded, errs := decode(raws)
		for i, e := range decoded {
			if err := cmp.Or(errs[i], timeline.Follows(j.identity, tip, e)); err != nil {
				return entries, j.broken(tip.Seq+1, err)
			}
			entries, tip = append(entries, e), e.Tip()
		}
		switch {
		case damaged(rowErr):
			return entries, j.broken(tip.Seq+1, errors.New("the file is damaged at or after it"))
		case rowErr != nil:
			return nil, rowErr
		}
		more = len(raws) == batch
	}
	if len(entries) == 0 {
		return nil, j.mustEndAt(end, after)
	}
	return j.sound(entries)
}

// sound cuts the entries at the first whose text is gone without a redaction naming
// it, if there is one.
func (j *Journal) sound(entries []timeline.Entry) ([]timeline.Entry, error) {
	if seq, ok := unredacted(entries); ok {
		return entries[:seq-entries[0].Seq], j.broken(seq, errNoRedaction)
	}
	return entries, nil
}

// nextBatch takes the next rows into raws; fewer than batch are the last. With an
// error it gives those before it.
func nextBatch(rows *sql.Rows, raws []rawEntry) ([]rawEntry, error) {
	for len(raws) < batch && rows.Next() {
		var r rawEntry
		if err := rows.Scan(&r.head, &r.salt, &r.body); err != nil {
			return raws, err
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
	if end == tip {
		return nil
	}
	return j.broken(tip.Seq, errors.New("it was there and is gone or another one"))
}

// unredacted is the first entry without a body that no redaction names. That would
// be an entry after it, so it is among those read.
func unredacted(entries []timeline.Entry) (seq int64, found bool) {
	named := map[string]bool{}
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if e.Redacted && !named[e.ID] {
			seq, found = e.Seq, true
		}
		if e.Kind == timeline.KindRedaction {
			named[e.Target] = true
		}
	}
	return seq, found
}

// broken is the fault of an entry that is not what was written.
func (j *Journal) broken(seq int64, err error) *fault.Error {
	return (&Bad{Seq: seq, Why: err.Error()}).fault(j.what)
}
