package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/storage"
	"timeglas/timeline"
)

func (a *app) timelineCommand() *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use:     "timeline R",
		Short:   "print the timeline, or write it to a file",
		Example: "  timeglas timeline 2026-014\n  timeglas timeline 2026-014 --format jsonl --out case.jsonl",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			if err := known("--format", format, "text", "jsonl"); err != nil {
				return err
			}
			settings, err := a.settings()
			if err != nil {
				return err
			}
			s, err := a.look(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return a.into(out, func() error {
				if format == "jsonl" {
					return a.printLines(s.Case.Timeline)
				}
				a.page().timeline(s.Case.Timeline.Lines, s.Case, settings.Language, a.at)
				return nil
			})
		}),
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or jsonl")
	flagOut(cmd, &out)
	return exits(cmd, exitUsage)
}

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
}

type jsonOriginal struct {
	Text string `json:"text"`
	when.Extent
}

func (a *app) printLines(v timeline.View) error {
	for _, l := range v.Lines {
		j := jsonLine{
			ID: l.ID, Seq: l.Seq, Extent: l.Occurred.Extent(), Recorded: when.Stamp{Time: l.Recorded.UTC()},
			Author: l.Author, Kind: l.Kind, Text: l.Text, Tags: append([]string{}, l.Tags...), Pinned: l.Pinned,
			Target: orNull(l.Target), Retracted: l.RetractedBy != 0, Redacted: l.Redacted, Hash: l.Hash.String(),
		}
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
	if l.RetractedBy != 0 {
		marks = append(marks, fmt.Sprintf("retracted by #%d", l.RetractedBy))
	}
	if len(marks) == 0 {
		return ""
	}
	return " [" + strings.Join(marks, "; ") + "]"
}

func (a *app) verifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "verify R",
		Short:   "check that nothing in a case was changed",
		Long:    "Checks every entry of a case, the chain of their hashes, and the file they lie in.",
		Example: "  timeglas verify 2026-014",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			report, err := a.verify(cmd, args[0])
			if err != nil {
				return err
			}
			return a.printReport(args[0], report, asJSON)
		}),
	}
	flagJSON(cmd, &asJSON)
	return answersNo(cmd, "damage was found")
}

// verify opens the case and checks it. A file that is too damaged to be opened is
// damage found.
func (a *app) verify(cmd *cobra.Command, ref string) (storage.Report, error) {
	if _, err := a.zone(); err != nil {
		return storage.Report{}, err
	}
	home, err := a.store()
	if err != nil {
		return storage.Report{}, err
	}
	journal, err := home.Open(cmd.Context(), ref)
	var f *fault.Error
	if errors.As(err, &f) && f.Code == fault.Damaged {
		return storage.Report{FirstBad: &storage.Bad{Why: f.Why}}, nil
	}
	if err != nil {
		return storage.Report{}, err
	}
	report, err := journal.Verify(cmd.Context())
	return report, errors.Join(err, journal.Close())
}

type jsonReport struct {
	OK       bool         `json:"ok"`
	Entries  int64        `json:"entries"`
	Head     string       `json:"head"`
	FirstBad *jsonBad     `json:"first_bad"`
	Redacted []jsonRemove `json:"redacted"`
}

type jsonBad struct {
	Seq int64  `json:"seq"`
	Why string `json:"why"`
}

type jsonRemove struct {
	Seq int64      `json:"seq"`
	ID  string     `json:"id"`
	By  int64      `json:"by"`
	Who string     `json:"who"`
	At  when.Stamp `json:"at"`
}

func (a *app) printReport(ref string, r storage.Report, asJSON bool) error {
	answer := error(nil)
	if !r.OK {
		answer = errNo
	}
	if asJSON {
		j := jsonReport{OK: r.OK, Entries: r.Entries, Head: r.Head.String(), Redacted: []jsonRemove{}}
		if r.FirstBad != nil {
			j.FirstBad = &jsonBad{r.FirstBad.Seq, r.FirstBad.Why}
		}
		for _, gone := range r.Redacted {
			j.Redacted = append(j.Redacted, jsonRemove{gone.Seq, gone.ID, gone.By, gone.Who, stampIn(gone.At, a.at)})
		}
		return errors.Join(a.printJSON(j), answer)
	}
	p := a.page()
	if r.OK {
		p.line("%s is whole: %d entries, head %s", ref, r.Entries, r.Head)
	} else {
		where := "the file"
		if r.FirstBad.Seq > 0 {
			where = fmt.Sprintf("entry %d", r.FirstBad.Seq)
		}
		p.line("%s is DAMAGED: %s: %s", ref, where, r.FirstBad.Why)
		p.line("%d entries before it are good", r.Entries)
	}
	for _, gone := range r.Redacted {
		p.line("entry %d is redacted by entry %d (%s, %s)", gone.Seq, gone.By, gone.Who, dateAndTime(gone.At, a.at))
	}
	return answer
}
