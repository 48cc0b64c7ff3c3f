package interchange

import (
	"errors"
	"io"

	"timeglas/internal/fault"
)

// Writer writes rows in one format. What it cannot write it leaves out and says so;
// the rows before and after it are not touched.
type Writer interface {
	// Write writes a row. [ErrNoTime] for one of unknown time, which both programs
	// would drop or refuse.
	Write(Row) error
	// Flush writes what is still held back. It comes last.
	Flush() error
}

// ErrNoTime is the row that cannot be written because nothing is known of its time.
var ErrNoTime = errors.New("the time is unknown")

// WrittenFormats are those that [NewWriter] writes.
func WrittenFormats() []Format { return []Format{TimesketchCSV, TimesketchJSONL, IRISCSV} }

// NewWriter begins a file. Extra are the names of the extra fields that rows can
// have, which become columns in timesketch-csv; the other formats need none. Fault:
// Usage for a format that is not written, or a column that the format has itself.
func NewWriter(w io.Writer, f Format, extra []string) (Writer, error) {
	switch f {
	case TimesketchCSV:
		return newTimesketchCSV(w, extra)
	case TimesketchJSONL:
		return timesketchJSONL{w}, nil
	case IRISCSV:
		return newIRIS(w)
	}
	return nil, fault.New(fault.Usage, "format "+string(f), "it is not one that is written")
}
