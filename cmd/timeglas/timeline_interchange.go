package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/fault"
	"timeglas/timeline"
	"timeglas/timeline/interchange"
)

// interchangedExtra are the fields of an entry that other programs have no place of
// their own for, in the order of the columns.
var interchangedExtra = []string{"id", "seq", "recorded", "evidence", "retracted", "mark", "hash"}

// takenUnderThatName refuses a name under which Timesketch would not take the file.
func takenUnderThatName(format, name string) error {
	kind, ok := strings.CutPrefix(format, "timesketch-")
	if !ok || name == "" || filepath.Ext(name) == "."+kind {
		return nil
	}
	return fault.New(fault.Usage, "--out", "Timesketch takes the file only if its name ends in .%s", kind)
}

// interchanged writes the timeline for another program, and says on the standard
// error what it has left out.
func interchanged(format interchange.Format) func(*app, shown) error {
	return func(a *app, s shown) error {
		if !a.shown {
			return a.interchange(a.out, format, s)
		}
		var b bytes.Buffer // nothing in it is obeyed by a terminal
		if err := a.interchange(&b, format, s); err != nil {
			return err
		}
		_, err := io.WriteString(a.out, clean.Block(b.String()))
		return err
	}
}

func (a *app) interchange(w io.Writer, format interchange.Format, s shown) error {
	out, err := interchange.NewWriter(w, format, interchangedExtra)
	if err != nil {
		return err
	}
	untimed := 0
	for _, l := range s.lines {
		err := out.Write(s.row(l, format))
		if errors.Is(err, interchange.ErrNoTime) {
			untimed++
		} else if err != nil {
			return err
		}
	}
	if untimed > 0 {
		a.complain(fmt.Sprintf("%s: %d of unknown time left out: the program that it is for takes none", format, untimed))
	}
	if hidden := hiddenBy(s); hidden > 0 {
		a.complain(fmt.Sprintf("%s: %d retracted left out: --all writes them", format, hidden))
	}
	return out.Flush()
}

// row is an entry as another program has it: its text, or for what nobody has typed
// the sentence that people are shown.
func (s shown) row(l timeline.Line, format interchange.Format) interchange.Row {
	text := l.Text
	if !l.Kind.Written() || l.Redacted {
		text = entryText(l, s.Case, s.lang, s.zone)
	}
	values := map[string]string{
		"id": l.ID, "seq": strconv.FormatInt(l.Seq, 10), "recorded": l.Recorded.UTC().Format(time.RFC3339Nano),
		"evidence": incident.EvidenceOf(l), "mark": markText(s.Case.Journal.Mark), "hash": l.Hash.String(),
	}
	if l.RetractedBy != 0 {
		values["retracted"] = "true"
	}
	row := interchange.Row{At: l.Occurred, Text: text, Kind: string(l.Kind), Author: l.Author, Tags: l.Tags}
	for _, name := range interchangedExtra {
		// DFIR-IRIS shows them all in the text of an event: what finds the entry again is enough.
		if format == interchange.IRISCSV && (name == "hash" || name == "recorded") {
			continue
		}
		if values[name] != "" {
			row.Extra = append(row.Extra, interchange.Field{Name: name, Value: values[name]})
		}
	}
	return row
}
