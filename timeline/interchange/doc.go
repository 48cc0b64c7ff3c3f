// Package interchange reads and writes timelines as other programs have them:
// Timesketch, DFIR-IRIS, plaso, and our own files. docs/interchange.md is the page
// for users.
//
// Everything streams: a reader holds one row, however long the file. A bad row is
// named with its line and reason, and the rows after it are read.
//
// What does not belong here: files and their names on disk, what becomes of the rows
// (storage), and what an entry means (incident).
package interchange

import (
	"fmt"

	"timeglas/internal/when"
)

// Format is a form of a timeline in a file.
type Format string

// The formats. Timesketch and DFIR-IRIS are read and written; the others are read.
const (
	JSONL           Format = "jsonl"            // our own, one entry a line
	CSV             Format = "csv"              // our own, for spreadsheets
	TimesketchCSV   Format = "timesketch-csv"   // https://timesketch.org/guides/user/import-from-json-csv/
	TimesketchJSONL Format = "timesketch-jsonl" // the same fields, one object a line
	IRISCSV         Format = "iris-csv"         // DFIR-IRIS: the layout it imports, or the one it exports
	L2TCSV          Format = "l2tcsv"           // plaso and log2timeline, 17 columns
	Mapped          Format = "mapped"           // any CSV, with a [Mapping]
)

// Formats are those that a file is recognised as, in the order of the help.
func Formats() []Format {
	return []Format{JSONL, CSV, TimesketchCSV, TimesketchJSONL, IRISCSV, L2TCSV}
}

// Row is what all formats have in common: something that happened.
type Row struct {
	Line   int         // the physical line on which it begins in its file, the first being 1
	At     when.Moment // when it happened, with the offset that the file gives
	Text   string
	Kind   string // of an entry; empty where the format has none
	Author string
	Source string
	Tags   []string
	Extra  []Field // what else the file says of it, in the file's order; never an empty value
}

// Field is a value that has no place of its own in a [Row].
type Field struct{ Name, Value string }

// RowError is a row that cannot be read. The rows after it are read.
type RowError struct {
	Line int    // the physical line on which the row begins
	Why  string // in a sentence without a full stop, never with what stands in the row
}

// Error is "line 12: why".
func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// bad makes the reason why a row cannot be read; the line is put to it later.
func bad(why string, args ...any) error { return &RowError{Why: fmt.Sprintf(why, args...)} }
