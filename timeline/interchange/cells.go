package interchange

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"timeglas/internal/fault"
)

const (
	maxColumns = 1000  // more is a file of another kind
	maxLines   = 10000 // of one record
	maxReopens = 100   // quotes never closed, before the file as a whole is given up
)

// dialect is how a file of separated values quotes.
type dialect struct {
	delimiter byte
	bareQuote bool // a quote closes only before a delimiter or the end: none is doubled (DFIR-IRIS)
	unquoted  int  // a line with so many cells when quotes are ignored is read so (plaso); 0 for none
}

// cellReader reads records of separated values with their physical lines. Line
// breaks in quotes stay as they are, CR LF too.
type cellReader struct {
	lines   *lineReader
	charset charset
	dialect dialect
	reopens int
	text    []byte // of all cells, one after the other
	ends    []int  // of each cell in text
}

// next is the next record that is not an empty line. Its error is a [RowError], after
// which there may be more records, io.EOF, or one that ends the file.
func (c *cellReader) next() (line int, cells []string, err error) {
	for {
		first, err := c.lines.next()
		if err != nil {
			return 0, nil, err
		}
		if len(withoutBreak(first.text)) == 0 && !first.long {
			continue
		}
		row, err := c.record(first)
		if err == nil {
			row, err = c.charset.decode(row)
		}
		if err == nil {
			err = c.split(row)
		}
		if err != nil {
			return first.no, nil, err
		}
		return first.no, c.cells(), nil
	}
}

// record puts together the lines of one record, without the break at its end.
func (c *cellReader) record(first physicalLine) ([]byte, error) {
	if first.long {
		return nil, bad("it is longer than 1 MiB: the line breaks are missing")
	}
	row := withoutBreak(first.text)
	if bytes.IndexByte(row, '"') < 0 || c.literal(row) || !c.open(first.text, false) {
		return row, nil
	}
	row = slices.Clone(first.text)
	var after []physicalLine
	for size := len(row); ; {
		line, err := c.lines.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err == nil {
			line.text = slices.Clone(line.text)
			after = append(after, line)
			size += len(line.text)
		}
		if err != nil || line.long || size > maxRow || len(after) > maxLines {
			return nil, c.neverClosed(after)
		}
		row = append(row, line.text...)
		if !c.open(line.text, true) {
			return withoutBreak(row), nil
		}
	}
}

// neverClosed gives back the lines that a quote without an end has taken.
func (c *cellReader) neverClosed(after []physicalLine) error {
	if c.reopens++; c.reopens > maxReopens {
		return fault.New(fault.Failed, "the file", "more than %d rows have a quote that is not closed: it is not the format it was taken for", maxReopens)
	}
	c.lines.putBack(after)
	return bad("a quote is not closed")
}

// literal reports whether quotes in the row mean nothing.
func (c *cellReader) literal(row []byte) bool {
	return c.dialect.unquoted > 0 && bytes.Count(row, []byte{c.dialect.delimiter})+1 == c.dialect.unquoted
}

// open reports whether quotes are open at the end of a line, inside telling whether
// they were at its beginning.
func (c *cellReader) open(line []byte, inside bool) bool {
	for len(line) > 0 {
		if inside || line[0] == '"' {
			from := 1
			if inside {
				from = 0
			}
			end := c.closing(line, from)
			if end < 0 {
				return true
			}
			line, inside = line[end+1:], false
		}
		next := bytes.IndexByte(line, c.dialect.delimiter)
		if next < 0 {
			return false
		}
		line = line[next+1:]
	}
	return inside
}

// closing is where a quote is closed at from or after it, -1 if nowhere.
func (c *cellReader) closing(text []byte, from int) int {
	for i := from; i < len(text); i++ {
		next := bytes.IndexByte(text[i:], '"')
		if next < 0 {
			return -1
		}
		i += next
		switch after := text[i+1:]; {
		case c.dialect.bareQuote:
			if len(withoutBreak(after)) == 0 || after[0] == c.dialect.delimiter {
				return i
			}
		case len(after) > 0 && after[0] == '"':
			i++ // a doubled quote is one that is meant
		default:
			return i
		}
	}
	return -1
}

// split finds the cells of a record.
func (c *cellReader) split(row []byte) error {
	c.text, c.ends = c.text[:0], c.ends[:0]
	literal := c.literal(row)
	for more := true; more; {
		if len(c.ends) == maxColumns {
			return bad("it has more than %d columns", maxColumns)
		}
		var cell []byte
		if len(row) > 0 && row[0] == '"' && !literal {
			end := c.closing(row, 1)
			if end < 0 { // record has seen to it; a guard against a panic
				return bad("a quote is not closed")
			}
			cell, row = row[1:end], row[end+1:]
			if len(row) > 0 && row[0] != c.dialect.delimiter {
				return bad("there is text between a closing quote and the next column")
			}
			if !c.dialect.bareQuote {
				cell = bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
			}
			more = len(row) > 0
			row = row[min(1, len(row)):]
		} else {
			cell, row, more = bytes.Cut(row, []byte{c.dialect.delimiter})
			if literal {
				cell = doubled(cell)
			}
		}
		c.text = append(c.text, cell...)
		c.ends = append(c.ends, len(c.text))
	}
	return nil
}

// doubled takes the quotes off a cell that some program has quoted because of the
// quotes in it. Quotes around a cell that has none inside are its own.
func doubled(cell []byte) []byte {
	if len(cell) < 4 || cell[0] != '"' || cell[len(cell)-1] != '"' {
		return cell
	}
	inner := cell[1 : len(cell)-1]
	pairs := bytes.Count(inner, []byte(`""`))
	if pairs == 0 || 2*pairs != bytes.Count(inner, []byte(`"`)) {
		return cell
	}
	return bytes.ReplaceAll(inner, []byte(`""`), []byte(`"`))
}

// cells are the cells that split found, in one piece of memory.
func (c *cellReader) cells() []string {
	text, start := string(c.text), 0
	cells := make([]string, len(c.ends))
	for i, end := range c.ends {
		cells[i], start = text[start:end], end
	}
	return cells
}

// delimiters are those that are recognised, the first winning a tie.
const delimiters = ",;\t"

// delimiterOf is the delimiter of a header: the one that it has most of outside of quotes.
func delimiterOf(header []byte) byte {
	counts := [len(delimiters)]int{}
	quoted := false
	for _, b := range header {
		if b == '"' {
			quoted = !quoted
		} else if i := strings.IndexByte(delimiters, b); i >= 0 && !quoted {
			counts[i]++
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return delimiters[best]
}
