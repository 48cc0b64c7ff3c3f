package interchange

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"timeglas/internal/fault"
)

// Options are what a file does not say itself.
type Options struct {
	Format  Format
	Zone    *time.Location // of times without an offset; nil: such a row is refused
	Mapping Mapping        // of the format [Mapped]
}

// Read reads the rows of a file, each with a nil error or with the [RowError] that
// says why it cannot be read. Any other error (a header that does not fit, a disk
// that fails) is the last: a fault that names no file, since the caller knows it.
// One row is held at a time, whatever the size of the file.
func Read(r io.Reader, o Options) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f, err := open(r, o)
		for err == nil {
			var row Row
			row, err = f.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var one *RowError
			if errors.As(err, &one) {
				one.Line = row.Line
			}
			if err != nil && one == nil {
				break
			}
			if !yield(row, err) {
				return
			}
			err = nil
		}
		yield(Row{}, broken(err))
	}
}

// broken is the fault that ends a file.
func broken(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Failed, err, "the file", "it cannot be read on: %v", err)
}

// shape makes a row of a record; what is wrong with it is a [RowError] or an error
// of one sentence.
type shape func(*record, *clock) (Row, error)

// file is a file that is being read.
type file struct {
	next func() (Row, error) // the row has its line also when it cannot be read
}

func open(r io.Reader, o Options) (file, error) {
	lines := newLineReader(r)
	first, err := lines.next()
	if errors.Is(err, io.EOF) {
		return file{}, errEmpty
	}
	if err != nil {
		return file{}, err
	}
	if err := notText(first.text); err != nil {
		return file{}, fault.New(fault.Failed, "the file", "%s", err)
	}
	first.text = bytes.Clone(bytes.TrimPrefix(first.text, byteOrderMark))
	lines.putBack([]physicalLine{first})
	switch o.Format {
	case JSONL:
		return openObjects(lines, o, ownRow), nil
	case TimesketchJSONL:
		return openObjects(lines, o, timesketchRow), nil
	case Mapped, CSV, TimesketchCSV, IRISCSV, L2TCSV:
		return openCells(lines, o, first.text)
	}
	return file{}, fault.New(fault.Usage, "format", "there is none of that name")
}

var errEmpty = fault.New(fault.Failed, "the file", "it is empty")

// openObjects reads one JSON object a line.
func openObjects(lines *lineReader, o Options, shape shape) file {
	var rec record
	clock := newClock(o.Zone)
	return file{next: func() (Row, error) {
		for {
			line, err := lines.next()
			if err != nil {
				return Row{}, err
			}
			text := bytes.TrimSpace(line.text)
			if len(text) == 0 && !line.long {
				continue
			}
			row, err := readObject(&rec, line, text, func(r *record) (Row, error) { return shape(r, clock) })
			row.Line = line.no
			return row, err
		}
	}}
}

func readObject(rec *record, line physicalLine, text []byte, shape func(*record) (Row, error)) (Row, error) {
	if line.long {
		return Row{}, bad("it is longer than 1 MiB: the line breaks are missing")
	}
	if !utf8.Valid(text) {
		return Row{}, bad("it is not in UTF-8")
	}
	names, values, err := object(string(text))
	if err != nil {
		return Row{}, err
	}
	rec.reset(names, values)
	row, err := shape(rec)
	return row, asRowError(err)
}

// openCells reads separated values below a header.
func openCells(lines *lineReader, o Options, header []byte) (file, error) {
	cells := &cellReader{lines: lines, dialect: dialectOf(o.Format, header)}
	_, names, err := cells.next()
	var one *RowError
	if errors.As(err, &one) {
		return file{}, fault.New(fault.Failed, "the header", "%s", one.Why)
	}
	if errors.Is(err, io.EOF) {
		return file{}, errEmpty
	}
	if err != nil {
		return file{}, err
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	shape, err := shapeOf(o, names)
	if err != nil {
		return file{}, err
	}
	var rec record
	clock := newClock(o.Zone)
	return file{next: func() (Row, error) {
		line, values, err := cells.next()
		if err != nil {
			return Row{Line: line}, err
		}
		if len(values) != len(names) {
			return Row{Line: line}, bad("it has %d columns, and the header %d", len(values), len(names))
		}
		rec.reset(names, values)
		row, err := shape(&rec, clock)
		row.Line = line
		return row, asRowError(err)
	}}, nil
}

// dialectOf is how a file of that format quotes.
func dialectOf(f Format, header []byte) dialect {
	d := dialect{delimiter: delimiterOf(header)}
	switch {
	case f == IRISCSV && bytes.Contains(header, []byte(irisExported)):
		d.bareQuote = true
	case f == L2TCSV && bytes.IndexByte(header, '"') < 0:
		d.unquoted = len(l2tColumns)
	}
	return d
}

// shapeOf finds how the records below a header are read.
func shapeOf(o Options, names []string) (shape, error) {
	switch o.Format {
	case Mapped:
		return o.Mapping.shape(names)
	case CSV:
		return ownCells, needs(names, "at", "text")
	case TimesketchCSV:
		return timesketchRow, needs(names, "message")
	case L2TCSV:
		return l2tRow, needs(names, l2tColumns...)
	}
	if contains(names, irisExported) {
		return irisExportRow, needs(names, irisExported, "event_title")
	}
	return irisImportRow, needs(names, "event_date", "event_tz", "event_title")
}

// needs is the fault of a header that lacks a column, or has it twice.
func needs(names []string, columns ...string) error {
	for _, column := range columns {
		count := 0
		for _, name := range names {
			if name == column {
				count++
			}
		}
		if count == 0 {
			return fault.New(fault.Failed, "the header", "there is no column %s", column)
		}
		if count > 1 {
			return fault.New(fault.Failed, "the header", "there are %d columns %s", count, column)
		}
	}
	return nil
}

func contains(names []string, columns ...string) bool { return needs(names, columns...) == nil }

// asRowError makes any error of a row one of its own kind.
func asRowError(err error) error {
	var one *RowError
	if err == nil || errors.As(err, &one) {
		return err
	}
	return bad("%s", err)
}
