package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"

	"timeglas/internal/fault"
)

// applicationID marks a SQLite file as a journal: "Tgls". The first migration
// sets it.
const applicationID = 0x54676c73

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step from a schema to the next.
type migration struct {
	version int // user_version after it
	sql     string
}

// loadMigrations reads files named 0001_what.sql, 0002_… without gaps.
func loadMigrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for i, name := range names { // Glob sorts
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if want := fmt.Sprintf("migrations/%04d_", i+1); len(name) < len(want) || name[:len(want)] != want {
			return nil, fmt.Errorf("migration %s: its number is not %d", name, i+1)
		}
		all = append(all, migration{version: i + 1, sql: string(text)})
	}
	return all, nil
}

// schema is what the header of a SQLite file says about its tables.
type schema struct {
	application int64
	version     int
}

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readSchema(ctx context.Context, q querier) (s schema, err error) {
	if err = q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&s.application); err != nil {
		return s, err
	}
	return s, q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&s.version)
}

// check refuses files that are not journals and journals of a later program.
func (s schema) check(known int, what string) error {
	switch {
	case s.application != applicationID:
		return fault.New(fault.Damaged, what, "its file %s is not a journal of timeglas; put the right file back or restore a backup", journalFile)
	case s.version > known:
		return fault.New(fault.Damaged, what,
			"it has schema %d and this program knows up to %d: open it with a newer timeglas; nothing was changed", s.version, known)
	}
	return nil
}

// migrate applies the steps that a database lacks, each in a transaction of its
// own, so that one that fails or is killed leaves the schema before it.
func migrate(ctx context.Context, db *sql.DB, steps []migration) error {
	for _, m := range steps {
		if err := apply(ctx, db, m); err != nil {
			return fmt.Errorf("migration %d: %w", m.version, err)
		}
	}
	return nil
}

func apply(ctx context.Context, db *sql.DB, m migration) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer rollback(tx)
	// Asked inside of the transaction: another process may have just done it.
	s, err := readSchema(ctx, tx)
	if err != nil || s.version >= m.version {
		return err
	}
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(m.version)); err != nil {
		return err
	}
	return tx.Commit()
}
