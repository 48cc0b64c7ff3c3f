package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"timeglas/internal/fault"
	"timeglas/timeline"
)

// newest is how many of the last entries are checked when a journal is opened: what
// was being written when a machine died is among them, and it takes a few
// milliseconds however long the journal is.
const newest = 256

// Restriction is why nothing can be appended, nil when something can: the file is
// read-only (a fault Failed), or damage was found in it (a fault Damaged, naming the
// first bad entry). The entries before the damage can still be read.
func (j *Journal) Restriction() error {
	if f := j.restriction.Load(); f != nil {
		return f
	}
	return nil
}

// restrict notes why nothing more can be appended. Damage counts for more than a
// file that is read-only; of two damages the first found stays.
func (j *Journal) restrict(f *fault.Error) {
	if now := j.restriction.Load(); now == nil || (now.Code != fault.Damaged && f.Code == fault.Damaged) {
		j.restriction.Store(f)
	}
}

// fault is the finding for people.
func (b *Bad) fault(what string) *fault.Error {
	subject := "it"
	if b.Seq > 0 {
		subject = fmt.Sprintf("entry %d", b.Seq)
	}
	return fault.Wrap(fault.Damaged, &badError{*b}, what,
		"%s is damaged (%s): the case is open for reading only; run verify, and restore the newest backup", subject, b.Why)
}

// checkNewest checks the last entries as Verify does. What it finds restricts the
// journal; its error says that it could not look.
func (j *Journal) checkNewest(ctx context.Context) error {
	tx, err := j.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer rollback(tx)
	v := verification{ctx: ctx, tx: tx, journal: j.identity}
	bad, err := v.run(v.startBeforeNewest, v.chain)
	if bad != nil {
		j.restrict(bad.fault(j.what))
	}
	return err
}

// startBeforeNewest goes to the entry before those to check, which is taken as it is.
func (v *verification) startBeforeNewest() error {
	end, err := readTip(v.ctx, v.tx)
	if err != nil || end.Seq <= newest {
		return err
	}
	before := end.Seq - newest
	var head []byte
	err = v.tx.QueryRowContext(v.ctx, "SELECT head FROM entries WHERE seq = ?", before).Scan(&head)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return &badError{Bad{Seq: before, Why: "it is missing"}}
	case err != nil:
		return err
	}
	v.tip = timeline.TipOf(before, head)
	return nil
}

// Check has SQLite look through the file, which takes seconds for a large case and is
// for the background. A finding is a fault Damaged and restricts the journal; any
// other fault says that it could not look.
func (j *Journal) Check(ctx context.Context) error {
	var found string
	err := j.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found)
	switch {
	case damaged(err) || (err == nil && found != "ok"):
		f := (&Bad{Why: "SQLite's check of the file failed"}).fault(j.what)
		j.restrict(f)
		return f
	case err != nil:
		return explain(err, j.what)
	}
	return nil
}

// loseTail restricts a journal whose newest entries went with its -wal file.
func (j *Journal) loseTail(ctx context.Context) error {
	if j == nil {
		return nil // it could not be opened, and that error says why
	}
	tip, err := readTip(ctx, j.db)
	if err != nil {
		return errors.Join(err, j.db.Close())
	}
	j.lost = true
	j.restrict(j.broken(tip.Seq+1, errLostTail))
	return nil
}

// tail is the check for entries that went with the -wal file.
func (v *verification) tail() error {
	if v.lost {
		return &badError{Bad{v.tip.Seq + 1, errLostTail.Error()}}
	}
	return nil
}
