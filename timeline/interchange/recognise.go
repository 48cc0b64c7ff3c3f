package interchange

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"timeglas/internal/clean"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
)

// HeadSize is how many bytes of a file [Recognise] should be given, if it has them.
const HeadSize = 64 << 10

// mark is what a format is known by: the columns of its header, or the names in its
// first object.
type mark struct {
	format Format
	object bool
	names  []string
}

// marks are the formats, the ones that ask for more first.
var marks = []mark{
	{L2TCSV, false, l2tColumns},
	{IRISCSV, false, []string{"event_date", "event_tz", "event_title"}},
	{IRISCSV, false, []string{irisExported, "event_title"}},
	{TimesketchCSV, false, []string{"message", "datetime", "timestamp_desc"}},
	{TimesketchCSV, false, []string{"message", "timestamp", "timestamp_desc"}},
	{CSV, false, []string{"at", "text"}},
	{TimesketchJSONL, true, []string{"message", "datetime", "timestamp_desc"}},
	{TimesketchJSONL, true, []string{"message", "timestamp", "timestamp_desc"}},
	{JSONL, true, []string{"at", "text"}},
}

// Recognise tells the format of a file by its beginning. The name is for the message
// only. Fault: Failed, saying what to do, when it is none of them.
func Recognise(head []byte, name string) (Format, error) {
	whole := len(head) < HeadSize
	if err := notText(head); err != nil {
		return "", fault.New(fault.Failed, clean.Line(name), "%s", err)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), "\r\n")
	if len(bytes.TrimSpace(head)) == 0 {
		return "", fault.New(fault.Failed, clean.Line(name), "it is empty")
	}
	first := bytes.TrimLeft(head, space)[0]
	if first == '[' {
		return "", fault.New(fault.Failed, clean.Line(name), "it is one JSON list: write one object a line")
	}
	object := first == '{'
	names, err := headNames(head, object, whole)
	if err != nil {
		return "", fault.New(fault.Failed, clean.Line(name), "line 1: %s", err)
	}
	for _, m := range marks {
		if m.object == object && !slices.ContainsFunc(m.names, func(n string) bool { return !slices.Contains(names, n) }) {
			return m.format, nil
		}
	}
	if object {
		return "", fault.New(fault.Failed, clean.Line(name), "its first object has no text and at, and no message, datetime and timestamp_desc, so it is not recognised")
	}
	return "", fault.New(fault.Failed, clean.Line(name), "its columns are not those of a format that is known: say with --map which is which (%s)", someNames(names))
}

// headNames are the columns of the header, or the names in the first object.
func headNames(head []byte, object, whole bool) ([]string, error) {
	if object {
		line, _, ended := bytes.Cut(bytes.TrimLeft(head, space), []byte("\n"))
		if !ended && !whole {
			return nil, errors.New("it is longer than can be recognised: give the format")
		}
		names, err := objectNames(string(line))
		return names, reason(err)
	}
	cells := &cellReader{lines: newLineReader(bytes.NewReader(head)), dialect: dialect{delimiter: delimiterOf(firstLine(head))}}
	_, names, err := cells.next()
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names, reason(err)
}

func firstLine(head []byte) []byte {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return line
}

// reason is an error without the line, which is 1.
func reason(err error) error {
	var one *RowError
	if errors.As(err, &one) {
		return errors.New(one.Why)
	}
	return err
}

// notText is why a file is no text at all, nil when it can be.
func notText(head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return errors.New("it is a spreadsheet or an archive, not a text: save it as CSV")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return errors.New("it is in UTF-16: save it as CSV in UTF-8")
	case bytes.IndexByte(head, 0) >= 0:
		return errors.New("there are zero bytes in it: it is no text in UTF-8 or Windows-1252")
	}
	return nil
}

// someNames are the first few columns, safe to show: no control, no CPR number.
func someNames(names []string) string {
	const most = 8
	shown := make([]string, 0, most+1)
	for _, name := range names[:min(most, len(names))] {
		if runes := []rune(name); len(runes) > 40 {
			name = string(runes[:40]) + "…"
		}
		name, _ = cpr.Mask(clean.Line(name)) // without a header it is somebody's row
		shown = append(shown, name)
	}
	if len(names) > most {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}
