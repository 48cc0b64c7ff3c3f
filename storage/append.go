package storage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"

	"timeglas/internal/fault"
	"timeglas/timeline"
)

// Tip is the end of the journal.
func (j *Journal) Tip(ctx context.Context) (timeline.Tip, error) {
	tip, err := readTip(ctx, j.db)
	return tip, explain(err, j.what)
}

func readTip(ctx context.Context, q querier) (tip timeline.Tip, err error) {
	var head []byte
	err = q.QueryRowContext(ctx, "SELECT seq, head FROM entries ORDER BY seq DESC LIMIT 1").Scan(&tip.Seq, &head)
	if errors.Is(err, sql.ErrNoRows) {
		return timeline.Tip{}, nil
	}
	tip.Hash = sha256.Sum256(head)
	return tip, err
}

// Append adds entries after tip, all of them or none, and returns them when they
// are safely on disk. When after is no longer the end of the journal, the error
// wraps [timeline.ErrMoved] and nothing is added. A redaction deletes the body of
// its target in the same transaction. A journal with a [Journal.Restriction] takes
// nothing.
func (j *Journal) Append(ctx context.Context, after timeline.Tip, drafts ...timeline.Draft) ([]timeline.Entry, error) {
	if err := j.Restriction(); err != nil {
		return nil, err
	}
	if len(drafts) == 0 {
		return nil, nil
	}
	sealed, err := timeline.NewSealer(j.identity).Seal(after, drafts...)
	if err != nil {
		return nil, fault.Wrap(fault.Refused, err, j.what, "")
	}
	redacted, err := j.insert(ctx, after, sealed)
	if err != nil {
		return nil, explain(err, j.what)
	}
	if redacted {
		j.forget(ctx)
	}
	entries := make([]timeline.Entry, len(sealed))
	for i, s := range sealed {
		entries[i] = s.Entry
	}
	return entries, nil
}

func (j *Journal) insert(ctx context.Context, after timeline.Tip, sealed []timeline.Sealed) (redacted bool, err error) {
	tx, err := j.db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer rollback(tx)
	tip, err := readTip(ctx, tx)
	if err != nil {
		return false, err
	}
	if tip != after {
		return false, fault.Wrap(fault.Conflict, timeline.ErrMoved, j.what,
			"someone else has added to it meanwhile; look at what is new and try again")
	}
	var gone []string
	for _, s := range sealed {
		if err := insertEntry(ctx, tx, s); err != nil {
			return false, err
		}
		if s.Kind == timeline.KindRedaction {
			gone = append(gone, s.Target)
			if err := j.redact(ctx, tx, s.Target); err != nil {
				return false, err
			}
		}
	}
	// Before the commit: one that is saved and not in the list could come back with
	// a backup. One that is in the list and was not saved goes when its case is
	// restored, as was asked for.
	if err := j.noteRedactions(gone); err != nil {
		return false, err
	}
	return len(gone) > 0, tx.Commit()
}

func insertEntry(ctx context.Context, tx *sql.Tx, s timeline.Sealed) error {
	c := columnsOf(s.Head)
	_, err := tx.ExecContext(ctx,
		"INSERT INTO entries (seq, id, kind, occurred, recorded, author, target, head, hash) VALUES (?,?,?,?,?,?,?,?,?)",
		s.Seq, s.ID, string(s.Kind), c.occurred, c.recorded, s.Author, c.target, s.HeadBytes, s.Hash[:])
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO bodies (seq, salt, body) VALUES (?,?,?)", s.Seq, s.Salt, s.BodyBytes)
	return err
}

// columns are the values of a head that the table has in another form, for
// those who look things up in it.
type columns struct {
	occurred sql.NullInt64
	recorded int64
	target   sql.NullString
}

func columnsOf(h timeline.Head) columns {
	c := columns{
		recorded: h.Recorded.UnixMicro(),
		target:   sql.NullString{String: h.Target, Valid: h.Target != ""},
	}
	if h.Occurred.Known() {
		c.occurred = sql.NullInt64{Int64: h.Occurred.Earliest().UnixMicro(), Valid: true}
	}
	return c
}

// redact deletes the body of the entry with this id. The trigger of the table
// sees the redaction, which was inserted before.
func (j *Journal) redact(ctx context.Context, tx *sql.Tx, target string) error {
	var seq int64
	err := tx.QueryRowContext(ctx, "SELECT seq FROM entries WHERE id = ?", target).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, j.what, "there is no entry %s to redact", target)
	}
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, "DELETE FROM bodies WHERE seq = ?", seq)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.Refused, j.what, "entry %d is redacted already", seq))
	}
	return nil
}

// forget takes a redacted body out of the -wal file as well. The redaction itself
// is done and saved; where a long read of another process holds the file up, the
// bytes go with the next checkpoint, at the latest when the case is closed.
func (j *Journal) forget(ctx context.Context) {
	_, _ = j.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
}
