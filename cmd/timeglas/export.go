package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"timeglas/incident"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// jsonLine is an entry of a timeline as jsonl gives it: its text and time as they
// stand now; what a correction has replaced is in original.
type jsonLine struct {
	ID  string `json:"id"`
	Seq int64  `json:"seq"`
	when.Extent
	Recorded  when.Stamp      `json:"recorded"`
	Author    string          `json:"author"`
	Kind      timeline.Kind   `json:"kind"`
	Text      string          `json:"text"`
	Tags      []string        `json:"tags"`
	Pinned    bool            `json:"pinned"`
	Target    *string         `json:"target"`
	Corrects  *string         `json:"corrects"`
	Retracted bool            `json:"retracted"`
	Redacted  bool            `json:"redacted"`
	Original  *jsonOriginal   `json:"original,omitempty"`
	Data      json.RawMessage `json:"data,omitempty"`
	Source    *string         `json:"source"`
	Evidence  *string         `json:"evidence"`
	Batch     *string         `json:"batch"`
	Hash      string          `json:"hash"`
	ClockBack int64           `json:"clock_back_s,omitempty"`
}

type jsonOriginal struct {
	Text string `json:"text"`
	when.Extent
}

// printLines writes entries for programs, one a line.
func (a *app) printLines(lines []timeline.Line) error {
	for _, l := range lines {
		j := jsonLine{
			ID: l.ID, Seq: l.Seq, Extent: l.Occurred.Extent(), Recorded: when.Stamp{Time: l.Recorded.UTC()},
			Author: l.Author, Kind: l.Kind, Text: l.Text, Tags: append([]string{}, l.Tags...), Pinned: l.Pinned,
			Target: orNull(l.Target), Retracted: l.RetractedBy != 0, Redacted: l.Redacted, Hash: l.Hash.String(),
			ClockBack: int64(l.ClockBack.Seconds()),
		}
		j.Evidence = orNull(incident.EvidenceOf(l))
		if l.Kind == timeline.KindCorrection {
			j.Corrects = orNull(l.Target)
		}
		if len(l.Corrections) > 0 && !l.Redacted {
			j.Original = &jsonOriginal{l.Body.Text, l.Head.Occurred.Extent()}
		}
		if string(l.Body.Data) != "null" {
			j.Data = l.Body.Data
		}
		if err := a.printJSONLine(j); err != nil {
			return err
		}
	}
	return nil
}

// longestAuthor is where the name of an account is cut in a column.
const longestAuthor = 12

// timeline writes entries for people, oldest first.
func (p page) timeline(lines []timeline.Line, c *incident.Case, lang string, zone *time.Location) {
	author := 0
	for _, l := range lines {
		author = max(author, min(utf8.RuneCountInString(l.Author), longestAuthor))
	}
	for _, l := range lines {
		lead := fmt.Sprintf("%4d  %s  %s  ", l.Seq, pad(happened(l.Occurred, zone), len("2006-01-02 15:04")), pad(cut(l.Author, longestAuthor), author))
		p.hang(lead, "      ", entryText(l, c, lang, zone)+entryMarks(l))
	}
}

// entryMarks is what later entries have done to this one.
func entryMarks(l timeline.Line) string {
	var marks []string
	if l.Pinned {
		marks = append(marks, "pinned")
	}
	if len(l.Tags) > 0 {
		marks = append(marks, strings.Join(l.Tags, " "))
	}
	for _, seq := range l.Corrections {
		marks = append(marks, fmt.Sprintf("corrected by #%d", seq))
	}
	for _, seq := range l.Comments {
		marks = append(marks, fmt.Sprintf("comment #%d", seq))
	}
	for _, link := range l.Links {
		marks = append(marks, fmt.Sprintf("see #%d, by #%d", link.With, link.By))
	}
	if l.RetractedBy != 0 {
		marks = append(marks, fmt.Sprintf("retracted by #%d", l.RetractedBy))
	}
	if l.ClockBack > 0 {
		marks = append(marks, fmt.Sprintf("the clock was set back %s before this", l.ClockBack.Round(time.Second)))
	}
	if len(marks) == 0 {
		return ""
	}
	return " [" + strings.Join(marks, "; ") + "]"
}
