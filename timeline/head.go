package timeline

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"timeglas/internal/when"
)

// headVersion is the first line of every head. A head with another first line is
// of a format that this program does not know.
const headVersion = "timeglas entry 1"

// headFields are the lines after the first, in their order.
var headFields = [...]string{"journal", "seq", "id", "kind", "occurred", "recorded", "author", "target", "body", "prev"}

const (
	recordedLayout = "2006-01-02T15:04:05.000000000Z"
	noTarget       = "-"
	maxAuthor      = 256
	maxKind        = 32
	maxHead        = 1 << 10
)

// Heads are read by the ten thousand before a case is on screen, so what follows
// looks at bytes and appends to one buffer.

// Bytes are the bytes of the head that are hashed: lines of UTF-8, each a name, a
// space and a value, each ended by a line feed.
func (h Head) Bytes() []byte { return h.append(make([]byte, 0, maxHead/2)) }

func (h Head) append(b []byte) []byte {
	target := h.Target
	if target == "" {
		target = noTarget
	}
	b = append(b, headVersion+"\njournal "...)
	b = append(append(append(b, h.Journal.Mark...), ' '), h.Journal.ID...)
	b = strconv.AppendInt(append(b, "\nseq "...), h.Seq, 10)
	b = append(append(b, "\nid "...), h.ID...)
	b = append(append(b, "\nkind "...), h.Kind...)
	b = append(append(b, "\noccurred "...), h.Occurred.String()...)
	b = h.Recorded.UTC().AppendFormat(append(b, "\nrecorded "...), recordedLayout)
	b = append(append(b, "\nauthor "...), h.Author...)
	b = append(append(b, "\ntarget "...), target...)
	b = hex.AppendEncode(append(b, "\nbody "...), h.Body[:])
	b = hex.AppendEncode(append(b, "\nprev "...), h.Prev[:])
	b = append(b, '\n')
	return b
}

// Validate reports the first value that a head cannot hold.
func (h Head) Validate() error {
	switch {
	case !h.Journal.Mark.valid():
		return fmt.Errorf("unknown mark %q", h.Journal.Mark)
	case !isID(h.Journal.ID):
		return errors.New("the journal's id is not a ULID")
	case h.Seq < 1:
		return errors.New("the sequence is not a positive number")
	case !isID(h.ID):
		return errors.New("the id is not a ULID")
	case !h.Kind.valid():
		return fmt.Errorf("not a kind: %q", h.Kind)
	case h.Target != "" && !isID(h.Target):
		return errors.New("the target is not an id")
	case h.Recorded.Year() < 1 || h.Recorded.Year() > 9999:
		return errors.New("recorded in a year outside 1 to 9999")
	}
	if err := h.Occurred.Validate(); err != nil {
		return fmt.Errorf("occurred: %w", err)
	}
	return validAuthor(h.Author)
}

func (m Mark) valid() bool {
	switch m {
	case MarkCase, MarkExercise, MarkDemo, MarkRegister:
		return true
	}
	return false
}

// isID reports whether s is a ULID as it is written: 26 digits of Crockford's
// base 32 in upper case, the first of which holds three bits only.
func isID(s string) bool {
	if len(s) != 26 || s[0] > '7' {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case '0' <= c && c <= '9':
		case 'A' <= c && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U':
		default:
			return false
		}
	}
	return true
}

func (k Kind) valid() bool {
	if k == "" || len(k) > maxKind || k[0] == '-' {
		return false
	}
	for _, c := range []byte(k) {
		if (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return true
}

func validAuthor(a string) error {
	if a == "" || len(a) > maxAuthor || !utf8.ValidString(a) || strings.TrimSpace(a) != a {
		return fmt.Errorf("the author is empty, over %d bytes, padded or not UTF-8", maxAuthor)
	}
	if strings.ContainsFunc(a, unicode.IsControl) {
		return errors.New("the author has a control character")
	}
	return nil
}

// ParseHead reads the bytes of a head. Whatever [Head.Bytes] would not write
// again, byte for byte, is an error.
func ParseHead(b []byte) (Head, error) {
	if len(b) > maxHead {
		return Head{}, fmt.Errorf("head: over %d bytes", maxHead)
	}
	values, err := splitHead(string(b))
	if err != nil {
		return Head{}, fmt.Errorf("head: %w", err)
	}
	h, err := readHead(values)
	if err == nil {
		err = h.Validate()
	}
	if err != nil {
		return Head{}, fmt.Errorf("head: %w", err)
	}
	var again [maxHead]byte
	if !bytes.Equal(h.append(again[:0]), b) {
		return Head{}, errors.New("head: not in canonical form")
	}
	return h, nil
}

func splitHead(s string) (values [len(headFields)]string, err error) {
	rest, ok := strings.CutPrefix(s, headVersion+"\n")
	if !ok {
		return values, errors.New("unknown version")
	}
	for i, name := range headFields {
		var line string
		if line, rest, ok = strings.Cut(rest, "\n"); !ok {
			return values, errors.New("too few lines")
		}
		if values[i], ok = strings.CutPrefix(line, name+" "); !ok {
			return values, fmt.Errorf("expected %q", name)
		}
	}
	if rest != "" {
		return values, errors.New("more after the last line")
	}
	return values, nil
}

func readHead(v [len(headFields)]string) (h Head, err error) {
	mark, id, _ := strings.Cut(v[0], " ")
	h = Head{
		Journal: Identity{Mark: Mark(mark), ID: id},
		ID:      v[2], Kind: Kind(v[3]), Author: v[6],
	}
	var errs [5]error
	h.Seq, errs[0] = strconv.ParseInt(v[1], 10, 64)
	h.Occurred, errs[1] = when.ParseCanonical(v[4])
	h.Recorded, errs[2] = time.Parse(recordedLayout, v[5])
	h.Body, errs[3] = ParseHash(v[8])
	h.Prev, errs[4] = ParseHash(v[9])
	if v[7] != noTarget {
		h.Target = v[7]
	}
	return h, errors.Join(errs[:]...)
}
