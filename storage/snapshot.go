package storage

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"time"

	"modernc.org/sqlite/vfs"

	"timeglas/timeline"
)

// snapshot is a journal as it stood at one moment, held by a read transaction while
// others go on writing. Its pages are read through SQLite, which knows which of
// them lie in the -wal file: the file itself is never copied.
type snapshot struct {
	tx    *sql.Tx
	tip   timeline.Tip
	bytes int64
}

// snapshot begins one. Close it soon: while it is held, the -wal file grows.
func (j *Journal) snapshot(ctx context.Context) (_ *snapshot, err error) {
	tx, err := j.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			rollback(tx)
		}
	}()
	s := &snapshot{tx: tx}
	// The first reading takes hold of the moment.
	if s.tip, err = readTip(ctx, tx); err != nil {
		return nil, err
	}
	var pages, size int64
	if err := tx.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return nil, err
	}
	if err := tx.QueryRowContext(ctx, "PRAGMA page_size").Scan(&size); err != nil {
		return nil, err
	}
	s.bytes = pages * size
	return s, nil
}

func (s *snapshot) close() { rollback(s.tx) }

// writeTo writes the pages, which together are a SQLite file.
func (s *snapshot) writeTo(ctx context.Context, w io.Writer) error {
	rows, err := s.tx.QueryContext(ctx, "SELECT data FROM sqlite_dbpage WHERE schema = 'main' ORDER BY pgno")
	if err != nil {
		return err
	}
	defer rows.Close()
	var page sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&page); err != nil {
			return err
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
	return rows.Err()
}

// oneFile is a read-only file system with a journal's file in it and nothing else,
// so that SQLite reads a journal where it lies in a bundle, also in an encrypted
// one: nothing is unpacked.
type oneFile struct{ content *io.SectionReader }

func (f oneFile) Open(name string) (fs.File, error) {
	if name != journalFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return openFile{io.NewSectionReader(f.content, 0, f.content.Size())}, nil
}

type openFile struct{ *io.SectionReader }

func (f openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.Size()}, nil }
func (openFile) Close() error                 { return nil }

type fileInfo struct{ size int64 }

func (i fileInfo) Name() string     { return journalFile }
func (i fileInfo) Size() int64      { return i.size }
func (fileInfo) Mode() fs.FileMode  { return 0o400 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }

// verifyContent verifies the journal in the content of a file that nobody changes.
// What is damaged so that it cannot be opened is an error.
func verifyContent(ctx context.Context, content *io.SectionReader, what string) (_ timeline.Identity, _ Report, err error) {
	name, files, err := vfs.New(oneFile{content})
	if err != nil {
		return timeline.Identity{}, Report{}, err
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	db, err := sql.Open("sqlite", "file:"+journalFile+"?vfs="+name+"&"+immutable)
	if err != nil {
		return timeline.Identity{}, Report{}, err
	}
	j, err := openOn(ctx, db, what, true)
	if err != nil {
		return timeline.Identity{}, Report{}, explain(err, what)
	}
	defer func() { err = errors.Join(err, j.db.Close()) }()
	report, err := j.Verify(ctx)
	return j.identity, report, err
}
