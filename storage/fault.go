package storage

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"timeglas/internal/fault"
)

// reason is what a person is told about an error of the system or of SQLite.
type reason struct {
	code fault.Code
	why  string
}

const (
	whyFull     = "the disk is full; nothing was saved: free some space and try again"
	whyReadOnly = "it lies on a medium or in a file that is read-only; nothing was saved"
	whyDenied   = "this account may not read or write it; ask its owner for access"
	whyDamaged  = "the file is damaged; change nothing in it and restore the newest backup"
)

// sqliteReasons goes by result code, extended ones before primary ones:
// https://www.sqlite.org/rescode.html
var sqliteReasons = map[int]reason{
	sqlite3.SQLITE_READONLY_DBMOVED: {fault.Failed, "it was moved or deleted while it was open; nothing was saved: open it again"},

	// The memory that processes share has its place beside the file, and found none.
	sqlite3.SQLITE_IOERR_SHMSIZE: {fault.Failed, whyFull},

	sqlite3.SQLITE_FULL:       {fault.Failed, whyFull},
	sqlite3.SQLITE_READONLY:   {fault.Failed, whyReadOnly},
	sqlite3.SQLITE_PERM:       {fault.Failed, whyDenied},
	sqlite3.SQLITE_AUTH:       {fault.Failed, whyDenied},
	sqlite3.SQLITE_BUSY:       {fault.Failed, "another program has kept it locked for too long; nothing was saved: try again"},
	sqlite3.SQLITE_LOCKED:     {fault.Failed, "another program has kept it locked for too long; nothing was saved: try again"},
	sqlite3.SQLITE_CORRUPT:    {fault.Damaged, whyDamaged},
	sqlite3.SQLITE_NOTADB:     {fault.Damaged, whyDamaged},
	sqlite3.SQLITE_SCHEMA:     {fault.Damaged, "its tables are not those of a journal; restore the newest backup"},
	sqlite3.SQLITE_CANTOPEN:   {fault.Failed, "the file cannot be opened; see that its directory exists and that this account may write in it"},
	sqlite3.SQLITE_IOERR:      {fault.Failed, "the disk reported an error; nothing was saved: check the disk and try again"},
	sqlite3.SQLITE_NOMEM:      {fault.Failed, "there is not enough memory; nothing was saved"},
	sqlite3.SQLITE_CONSTRAINT: {fault.Damaged, "the journal refused the entry, so its rows do not belong together; run verify"},
	sqlite3.SQLITE_INTERRUPT:  {fault.Failed, "it was interrupted; nothing was saved"},
	sqlite3.SQLITE_TOOBIG:     {fault.Refused, "the text is too long for an entry; add it as evidence"},
	// A table or column that is missing is a plain SQLITE_ERROR; the statements
	// themselves are constant and known to be right.
	sqlite3.SQLITE_ERROR: {fault.Damaged, "its tables are not those of a journal; restore the newest backup"},
}

// systemReasons are looked through in order.
var systemReasons = []struct {
	err error
	reason
}{
	{context.Canceled, reason{fault.Failed, "it was interrupted"}},
	{context.DeadlineExceeded, reason{fault.Failed, "it took too long and was given up"}},
	{syscall.ENOSPC, reason{fault.Failed, whyFull}},
	{syscall.EDQUOT, reason{fault.Failed, whyFull}},
	{syscall.EROFS, reason{fault.Failed, whyReadOnly}},
	{syscall.ENOTDIR, reason{fault.Failed, "a file stands where a directory is needed; move it or choose another home"}},
	{fs.ErrPermission, reason{fault.Failed, whyDenied}},
	{syscall.EIO, reason{fault.Failed, "the disk reported an error; check the disk and try again"}},
}

// explain turns an error into a fault about what, in one line. Of an error that
// holds a fault already, perhaps joined with what went wrong afterwards, the fault
// is what people are told.
func explain(err error, what string) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	for _, s := range systemReasons {
		if errors.Is(err, s.err) {
			return fault.Wrap(s.code, err, what, "%s", s.why)
		}
	}
	for _, code := range []int{resultCode(err), primary(err)} {
		if r, ok := sqliteReasons[code]; ok {
			return fault.Wrap(r.code, err, what, "%s", r.why)
		}
	}
	return fault.Wrap(fault.Failed, err, what, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
}

// resultCode is SQLite's extended result code, 0 for errors that are not SQLite's.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// primary is the result code without its extension.
func primary(err error) int { return resultCode(err) & 0xff }
