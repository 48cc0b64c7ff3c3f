package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	sqlite3 "modernc.org/sqlite/lib"

	"timeglas/internal/fault"
	"timeglas/timeline"
)

// Journal is an open case. Its methods may be called by many goroutines, and many
// processes may have the same case open. Only Append changes anything.
type Journal struct {
	db       *sql.DB
	what     string // names the case in faults
	evidence string // the directory beside the file; empty for a journal that is in no case
	identity timeline.Identity
	readOnly bool
	lost     bool   // the newest entries, with its -wal file
	override string // the rule that was set aside to open it, or empty

	redactions string // the home's list of redactions; empty for a journal that is in no home

	// restriction is why nothing can be appended; nil when it can. Damage that is
	// found later stays until the journal is opened again.
	restriction atomic.Pointer[fault.Error]
}

// connections bound what one open case costs: some readers beside a writer.
const connections = 4

// Identity is the mark and id that every entry of the journal has.
func (j *Journal) Identity() timeline.Identity { return j.identity }

// ReadOnly reports whether the file could be opened for reading only. Append then
// fails, as it does on any [Journal.Restriction].
func (j *Journal) ReadOnly() bool { return j.readOnly }

// Close closes the journal. What was appended is safe with or without it.
func (j *Journal) Close() error { return explain(j.db.Close(), j.what) }

func openJournal(ctx context.Context, path, what string) (*Journal, error) {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.Damaged, what, "its file %s is missing; restore the newest backup", journalFile)
	case err != nil:
		return nil, explain(err, what)
	case !info.Mode().IsRegular():
		return nil, fault.New(fault.Damaged, what, "its file %s is not a regular file; put the right file back or restore a backup", journalFile)
	}
	if lostTail(path + "-wal") {
		// Not for writing: closing it would take the -wal file away, and with it the
		// only sign that something is lost.
		j, err := openWay(ctx, path, what, readOnly)
		return j, explain(errors.Join(err, j.loseTail(ctx)), what)
	}
	j, err := openWay(ctx, path, what, readWrite)
	if !unwritable(err) {
		return j, explain(err, what)
	}
	if j, err = openWay(ctx, path, what, readOnly); !unwritable(err) {
		return j, explain(err, what)
	}
	// An immutable file is read without its -wal. If there is one with entries in
	// it, reading on would hide the newest entries, so it must fail instead.
	if info, statErr := os.Stat(path + "-wal"); statErr == nil && info.Size() > 0 {
		return nil, fault.Wrap(fault.Failed, err, what,
			"it was not closed properly and lies on a read-only medium: copy its directory to a place that can be written, and open it there")
	}
	j, err = openWay(ctx, path, what, immutable)
	return j, explain(err, what)
}

// unwritable reports whether SQLite failed for want of permission to write.
func unwritable(err error) bool {
	switch primary(err) {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return true
	}
	return false
}

func openWay(ctx context.Context, path, what, way string) (*Journal, error) {
	db, err := openDB(path, way)
	if err != nil {
		return nil, err
	}
	j, err := openOn(ctx, db, what, way != readWrite)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(path)
	j.evidence = filepath.Join(dir, evidenceDir)
	if j.readOnly {
		j.restrict(fault.New(fault.Failed, what, "%s", whyOnlyRead(dir)))
	}
	if err := j.checkNewest(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return j, nil
}

// openOn makes an open journal of an open database, and closes it when there is
// none in it.
func openOn(ctx context.Context, db *sql.DB, what string, readOnly bool) (_ *Journal, err error) {
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	j := &Journal{db: db, what: what, readOnly: readOnly}
	if err := j.prepare(ctx); err != nil {
		return nil, err
	}
	err = db.QueryRowContext(ctx, "SELECT mark, id FROM journal").Scan(&j.identity.Mark, &j.identity.ID)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.Wrap(fault.Damaged, err, what, "it does not say what it is the journal of; restore the newest backup")
	}
	return j, err
}

// prepare refuses what is not a journal that this program knows, before anything
// is written, and brings an older schema up to date.
func (j *Journal) prepare(ctx context.Context) error {
	steps, err := loadMigrations(migrationFiles)
	if err != nil {
		return err
	}
	s, err := readSchema(ctx, j.db)
	if err != nil {
		return err
	}
	if err := s.check(len(steps), j.what); err != nil {
		return err
	}
	if s.version < len(steps) && j.readOnly {
		return fault.New(fault.Failed, j.what,
			"it has the older schema %d and cannot be written: copy it to a place that can be written, and open it there", s.version)
	}
	if j.readOnly {
		return nil
	}
	// The file keeps its mode; only another tool can have changed it.
	if _, err := j.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	return migrate(ctx, j.db, steps[min(s.version, len(steps)):])
}

// buildJournal makes a journal in a file that is not there yet, and closes it with
// everything on disk.
func buildJournal(ctx context.Context, path, what string, id timeline.Identity, drafts []timeline.Draft) (_ []timeline.Entry, err error) {
	if err := makeFile(path); err != nil {
		return nil, err
	}
	db, err := openDB(path, readWrite)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	steps, err := loadMigrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return nil, err
	}
	if err := migrate(ctx, db, steps); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO journal (one, mark, id) VALUES (1, ?, ?)", string(id.Mark), id.ID); err != nil {
		return nil, err
	}
	j := &Journal{db: db, what: what, identity: id}
	return j.Append(ctx, timeline.Tip{}, drafts...)
}
