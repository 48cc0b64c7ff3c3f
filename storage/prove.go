package storage

import (
	"context"
	"database/sql"

	"timeglas/internal/fault"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// Prove makes the proof that an entry is in the journal of a checkpoint, which must be
// one of this journal. Faults: NotFound; Refused when the checkpoint is older than the
// entry; Damaged when the journal is not the one that was signed.
func (j *Journal) Prove(ctx context.Context, seq int64, c checkpoint.Checkpoint) (checkpoint.Proof, error) {
	switch {
	case seq < 1:
		return checkpoint.Proof{}, fault.New(fault.NotFound, j.what, "there is no entry %d", seq)
	case seq > c.Entries:
		return checkpoint.Proof{}, fault.New(fault.Refused, j.what, "the checkpoint has %d entries, and entry %d is newer: make a new checkpoint", c.Entries, seq)
	}
	p, err := j.prove(ctx, seq, c)
	return p, explain(err, j.what)
}

func (j *Journal) prove(ctx context.Context, seq int64, c checkpoint.Checkpoint) (checkpoint.Proof, error) {
	tx, err := j.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return checkpoint.Proof{}, err
	}
	defer rollback(tx)
	path, err := pathOf(ctx, tx, seq, c.Entries)
	if err != nil {
		return checkpoint.Proof{}, err
	}
	var head, salt, body []byte
	err = tx.QueryRowContext(ctx, "SELECT e.head, b.salt, b.body FROM entries AS e LEFT JOIN bodies AS b ON b.seq = e.seq WHERE e.seq = ?", seq).
		Scan(&head, &salt, &body)
	if err != nil {
		return checkpoint.Proof{}, err
	}
	p, err := checkpoint.NewProof(c, head, salt, body, path)
	if err != nil {
		return p, fault.Wrap(fault.Damaged, err, j.what, "%v: run verify with this checkpoint", err)
	}
	return p, nil
}

// pathOf is the audit path of an entry in the tree of the first entries.
func pathOf(ctx context.Context, tx *sql.Tx, seq, entries int64) ([]timeline.Hash, error) {
	rows, err := tx.QueryContext(ctx, "SELECT head FROM entries WHERE seq <= ? ORDER BY seq", entries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tree checkpoint.Whole
	for rows.Next() {
		var head sql.RawBytes
		if err := rows.Scan(&head); err != nil {
			return nil, err
		}
		if err := tree.Add(head); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return tree.Path(seq)
}
