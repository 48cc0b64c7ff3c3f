package timeline

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
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
	maxHead        = 1 << 10
)

var (
	idPattern   = regexp.MustCompile(`^[0-7][0-9A-HJKMNP-TV-Z]{25}$`)
	kindPattern = regexp.MustCompile(`^[a-z][a-z-]{0,31}$`)
)

// Bytes are the bytes of the head that are hashed: lines of UTF-8, each a name, a
// space and a value, each ended by a line feed.
func (h Head) Bytes() []byte {
	target := h.Target
	if target == "" {
		target = noTarget
	}
	b := make([]byte, 0, 512)
	b = append(b, headVersion+"\n"...)
	line := func(name, value string) {
		b = append(append(append(append(b, name...), ' '), value...), '\n')
	}
	line("journal", string(h.Journal.Mark)+" "+h.Journal.ID)
	line("seq", strconv.FormatInt(h.Seq, 10))
	line("id", h.ID)
	line("kind", string(h.Kind))
	line("occurred", h.Occurred.String())
	line("recorded", h.Recorded.UTC().Format(recordedLayout))
	line("author", h.Author)
	line("target", target)
	line("body", h.Body.String())
	line("prev", h.Prev.String())
	return b
}

// Validate reports the first value that a head cannot hold.
func (h Head) Validate() error {
	switch {
	case !h.Journal.Mark.valid():
		return fmt.Errorf("unknown mark %q", h.Journal.Mark)
	case !idPattern.MatchString(h.Journal.ID):
		return errors.New("the journal's id is not a ULID")
	case h.Seq < 1:
		return errors.New("the sequence is not a positive number")
	case !idPattern.MatchString(h.ID):
		return errors.New("the id is not a ULID")
	case !kindPattern.MatchString(string(h.Kind)):
		return fmt.Errorf("not a kind: %q", h.Kind)
	case h.Target != "" && !idPattern.MatchString(h.Target):
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
	if !bytes.Equal(h.Bytes(), b) {
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
