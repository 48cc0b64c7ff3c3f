package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// Report is the outcome of a verification.
type Report struct {
	OK       bool
	Journal  timeline.Identity
	Entries  int64         // good ones from the first on; all of them when OK
	Head     timeline.Hash // of the last good entry
	Root     timeline.Hash // of the tree over the heads of the good entries
	Redacted []Redaction   // in order of the redacted entries
	Compared []Compared    // with the checkpoints that were given, in the order of their entries
	Jumps    []Jump        // where the clock was set back; at most maxJumps
	FirstBad *Bad          // nil when OK
}

// Statement is what a checkpoint of this journal says, when the report is OK.
func (r Report) Statement() checkpoint.Statement {
	return checkpoint.Statement{Journal: r.Journal, Entries: r.Entries, Head: r.Head, Root: r.Root}
}

// Bad is the first thing that is wrong. Seq 0 is the file as a whole.
type Bad struct {
	Seq int64
	Why string
}

// Redaction says by which entry the body of another one was deleted.
type Redaction struct {
	Seq int64     // the entry whose body is gone
	ID  string    // and its id
	By  int64     // the redaction
	Who string    // its author
	At  time.Time // when it was recorded
}

var errNoRedaction = errors.New("its text is gone and no redaction names it")

// Verify checks the whole journal as docs/journal-format.md says: every head, the
// chain, every commitment, the columns against the heads, what was redacted, the
// checkpoints that somebody kept, the file's own structure, and the evidence beside
// it. What it finds is in the report; its error only says that it could not look. It
// takes the same memory for any number of entries.
func (j *Journal) Verify(ctx context.Context, kept ...checkpoint.Checkpoint) (Report, error) {
	return j.VerifyWith(ctx, Expected{Checkpoints: kept})
}

// Expected is what a journal is held against beside itself.
type Expected struct {
	Checkpoints []checkpoint.Checkpoint
	// Evidence gives the SHA-256 of the evidence that an entry speaks of, in
	// hexadecimal, or empty: that has to be there. Nil: entries speak of none.
	Evidence func(timeline.Entry) string
}

// VerifyWith is Verify against more.
func (j *Journal) VerifyWith(ctx context.Context, x Expected) (Report, error) {
	// One transaction, so that all checks see the same state.
	tx, err := j.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Report{}, explain(err, j.what)
	}
	defer rollback(tx)
	v := verification{ctx: ctx, tx: tx, journal: j.identity, lost: j.lost, dir: j.evidence, kept: byEntries(x.Checkpoints), evidence: x.Evidence}
	files := func() error { return checkEvidence(ctx, j.evidence) }
	bad, err := v.run(v.chain, v.strays, v.structure, v.tail, files, v.checkpoints)
	if err != nil {
		return Report{}, explain(err, j.what)
	}
	v.report.OK, v.report.FirstBad, v.report.Journal = bad == nil, bad, j.identity
	v.report.Root = v.tree.Root()
	if bad != nil {
		j.restrict(bad.fault(j.what))
	}
	return v.report, nil
}

// run makes the checks until one finds something. Its error says that one could not
// look.
func (v *verification) run(checks ...func() error) (*Bad, error) {
	for _, check := range checks {
		err := check()
		var bad *badError
		switch {
		case err == nil:
			continue
		case errors.As(err, &bad):
			return &bad.Bad, nil
		case damaged(err):
			return &Bad{Seq: v.tip.Seq + 1, Why: "the file is damaged at or after this entry"}, nil
		}
		return nil, err
	}
	return nil, nil
}

// damaged reports whether SQLite could not make sense of the file.
func damaged(err error) bool {
	switch primary(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR:
		return true
	}
	return false
}

// badError carries a finding out of the checks.
type badError struct{ Bad }

func (e *badError) Error() string { return fmt.Sprintf("entry %d: %s", e.Seq, e.Why) }

// verification is one run of Verify.
type verification struct {
	ctx     context.Context
	tx      *sql.Tx
	journal timeline.Identity
	tip     timeline.Tip // the last good entry
	written time.Time    // when it was recorded
	bodies  int64        // of the good entries
	tree    checkpoint.Tree
	kept    []checkpoint.Checkpoint // to compare with, and still ahead
	lost    bool                    // entries after the last one

	dir      string // of the evidence; empty for a journal that is in no case
	evidence func(timeline.Entry) string
	report   Report
}

// row is one entry as the tables have it.
type row struct {
	seq              int64
	id, kind, author string
	columns
	head, hash, salt, body sql.RawBytes

	redactedBy sql.NullInt64 // the first redaction of this entry
	targetSeq  sql.NullInt64 // of a redaction: the entry it names
}

const verifyRows = `
	SELECT e.seq, e.id, e.kind, e.author, e.occurred, e.recorded, e.target, e.head, e.hash, b.salt, b.body,
	  (SELECT min(r.seq) FROM entries AS r WHERE r.kind = 'redaction' AND r.target = e.id),
	  CASE WHEN e.kind = 'redaction' THEN (SELECT t.seq FROM entries AS t WHERE t.id = e.target) END
	FROM entries AS e LEFT JOIN bodies AS b ON b.seq = e.seq
	WHERE e.seq > ? ORDER BY e.seq`

// chain walks the entries after the tip to the last.
func (v *verification) chain() error {
	rows, err := v.tx.QueryContext(v.ctx, verifyRows, v.tip.Seq)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		err := rows.Scan(&r.seq, &r.id, &r.kind, &r.author, &r.occurred, &r.recorded, &r.target,
			&r.head, &r.hash, &r.salt, &r.body, &r.redactedBy, &r.targetSeq)
		if err != nil {
			return err
		}
		if err := v.entry(&r); err != nil {
			return &badError{Bad{Seq: v.tip.Seq + 1, Why: err.Error()}}
		}
	}
	return rows.Err()
}

func (v *verification) entry(r *row) error {
	e, err := timeline.Read(r.head, r.salt, r.body)
	if err != nil {
		return err
	}
	if err := timeline.Follows(v.journal, v.tip, e); err != nil {
		return err
	}
	if err := r.matches(e); err != nil {
		return err
	}
	if err := r.redaction(e); err != nil {
		return err
	}
	if err := v.mustHaveEvidence(e); err != nil {
		return err
	}
	v.jump(e)
	v.tip, v.written = e.Tip(), e.Recorded
	v.report.Entries, v.report.Head = v.tip.Seq, v.tip.Hash
	v.tree.Add(r.head)
	v.compare()
	if e.Redacted {
		v.report.Redacted = append(v.report.Redacted, Redaction{Seq: e.Seq, ID: e.ID, By: r.redactedBy.Int64})
	} else {
		v.bodies++
	}
	return nil
}

// matches compares the columns with the head that is hashed.
func (r *row) matches(e timeline.Entry) error {
	same := r.seq == e.Seq && r.id == e.ID && r.kind == string(e.Kind) && r.author == e.Author &&
		r.columns == columnsOf(e.Head) && bytes.Equal(r.hash, e.Hash[:])
	if !same {
		return errors.New("its columns are not what its head says")
	}
	return nil
}

// redaction checks that bodies are missing where, and only where, a later
// redaction says so.
func (r *row) redaction(e timeline.Entry) error {
	switch {
	case e.Redacted && !r.redactedBy.Valid:
		return errNoRedaction
	case !e.Redacted && r.redactedBy.Valid:
		return fmt.Errorf("entry %d redacts it, and its text is still there", r.redactedBy.Int64)
	case e.Redacted && r.redactedBy.Int64 <= e.Seq:
		return errors.New("the redaction that names it is older than it")
	case e.Kind == timeline.KindRedaction && (!r.targetSeq.Valid || r.targetSeq.Int64 >= e.Seq):
		return errors.New("it redacts no earlier entry")
	}
	return nil
}

// strays looks for rows that belong to nothing, and names the redactors.
func (v *verification) strays() error {
	var journals, bodies int64
	err := v.tx.QueryRowContext(v.ctx, "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM bodies)").Scan(&journals, &bodies)
	switch {
	case err != nil:
		return err
	case journals != 1:
		return &badError{Bad{Why: fmt.Sprintf("the journal's identity stands there %d times", journals)}}
	case bodies != v.bodies:
		return &badError{Bad{Why: fmt.Sprintf("%d texts belong to no entry", bodies-v.bodies)}}
	}
	for i := range v.report.Redacted {
		r := &v.report.Redacted[i]
		var recorded int64
		if err := v.tx.QueryRowContext(v.ctx, "SELECT author, recorded FROM entries WHERE seq = ?", r.By).Scan(&r.Who, &recorded); err != nil {
			return err
		}
		r.At = time.UnixMicro(recorded).UTC()
	}
	return nil
}

// structure asks SQLite about its pages, and its indexes against the rows.
func (v *verification) structure() error {
	var found string
	if err := v.tx.QueryRowContext(v.ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return &badError{Bad{Why: "the file's structure is damaged"}}
	}
	return nil
}
