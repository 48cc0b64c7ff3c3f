package storage

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"runtime"
	"slices"
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
				if n := len(entries); n > 0 && !j.asWritten(ctx, tip) {
					return j.sound(ctx, entries[:n-1], j.broken(tip.Seq, errChanged))
				}
				return j.sound(ctx, entries, j.broken(tip.Seq+1, err))
			}
			entries, tip = append(entries, e), e.Tip()
		}
		switch {
		case damaged(rowErr):
			return j.sound(ctx, entries, j.broken(tip.Seq+1, errors.New("the file is damaged at or after it")))
		case rowErr != nil:
			return nil, rowErr
		}
		more = len(raws) == batch
	}
	if len(entries) == 0 {
		return nil, j.mustEndAt(end, after)
	}
	return j.sound(ctx, entries, nil)
}

// sound cuts the entries at the first whose text is gone without a redaction naming
// it, if there is one: that is then what is broken.
func (j *Journal) sound(ctx context.Context, entries []timeline.Entry, broken *fault.Error) ([]timeline.Entry, error) {
	for _, e := range unredacted(entries) {
		// Where reading broke off, the redaction can be among the entries not read.
		if broken == nil || !j.isRedacted(ctx, e.ID) {
			return entries[:e.Seq-entries[0].Seq], j.broken(e.Seq, errNoRedaction)
		}
	}
	if broken != nil {
		return entries, broken
	}
	return entries, nil
}

var errChanged = errors.New("its head is not the one that was sealed")

// asWritten reports whether an entry still has the hash that was written with it. Only
// the entry after it holds that hash as well: where the chain breaks, either can be
// the one that was changed.
func (j *Journal) asWritten(ctx context.Context, tip timeline.Tip) bool {
	var hash []byte
	err := j.db.QueryRowContext(ctx, "SELECT hash FROM entries WHERE seq = ?", tip.Seq).Scan(&hash)
	return err == nil && bytes.Equal(hash, tip.Hash[:])
}

// isRedacted reports whether a redaction of the entry can be found.
func (j *Journal) isRedacted(ctx context.Context, id string) bool {
	var n int
	err := j.db.QueryRowContext(ctx, "SELECT count(*) FROM entries WHERE kind = 'redaction' AND target = ?", id).Scan(&n)
	return err == nil && n > 0
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
	var first sync.Once
	var panicked any
	for from := 0; from < len(raws); from += part {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil { // here it would print what it holds
					first.Do(func() { panicked = r })
				}
			}()
			for i := from; i < min(from+part, len(raws)); i++ {
				entries[i], errs[i] = timeline.Read(raws[i].head, raws[i].salt, raws[i].body)
			}
		})
	}
	wg.Wait()
	if panicked != nil {
		panic(panicked) // where it becomes one line
	}
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

// unredacted are the entries without a body that none of the entries redacts, the
// oldest first. What redacts one stands after it.
func unredacted(entries []timeline.Entry) []timeline.Entry {
	named := map[string]bool{}
	var found []timeline.Entry
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if e.Redacted && !named[e.ID] {
			found = append(found, *e)
		}
		if e.Kind == timeline.KindRedaction {
			named[e.Target] = true
		}
	}
	slices.Reverse(found)
	return found
}

// broken is the fault of an entry that is not what was written.
func (j *Journal) broken(seq int64, err error) *fault.Error {
	return (&Bad{Seq: seq, Why: err.Error()}).fault(j.what)
}
