package interchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// maxRow is how many bytes a row may have, line breaks in quotes included. A log row
// of more is no row but a file without line breaks.
const maxRow = 1 << 20

// physicalLine is one line of a file with its line break, and where it stands.
type physicalLine struct {
	no   int
	text []byte // of a line that is too long, its beginning
	long bool   // longer than maxRow
}

// lineReader reads a file line by line in bounded memory. Lines can be put back, so
// that a quote that is never closed does not take the rows after it along.
type lineReader struct {
	in     *bufio.Reader
	no     int
	spill  []byte         // a line that did not fit into the buffer of in
	behind []physicalLine // put back, the next one first
}

func newLineReader(r io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(r, 1<<16)}
}

// next is the next line, io.EOF after the last. It holds until the next call.
func (l *lineReader) next() (physicalLine, error) {
	if len(l.behind) > 0 {
		line := l.behind[0]
		l.behind = l.behind[1:]
		return line, nil
	}
	l.spill = l.spill[:0]
	long := false
	for {
		part, err := l.in.ReadSlice('\n')
		if err == nil && len(l.spill) == 0 && !long {
			l.no++
			return physicalLine{no: l.no, text: part}, nil
		}
		if room := maxRow - len(l.spill); len(part) > room {
			long, part = true, part[:room]
		}
		l.spill = append(l.spill, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return physicalLine{}, err
		case err != nil && len(l.spill) == 0:
			return physicalLine{}, io.EOF
		}
		l.no++
		return physicalLine{no: l.no, text: l.spill, long: long}, nil
	}
}

// putBack gives lines to be read again, in their order. They are kept as they are.
func (l *lineReader) putBack(lines []physicalLine) {
	l.behind = append(lines, l.behind...)
}

// withoutBreak is the line without the LF or CR LF at its end.
func withoutBreak(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}
