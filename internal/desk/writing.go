package desk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Log writes a line into the timeline.
type Log struct {
	Text string
	At   when.Moment // when it happened; the zero Moment for now
	Kind timeline.Kind
	Tags []string
}

func (a Log) what() string { return "log" }

func (a Log) masked(mask func(string) string) Act {
	a.Text = mask(a.Text)
	return a
}

func (a Log) drafts(*Situation) ([]timeline.Draft, error) {
	if a.Kind == "" {
		a.Kind = timeline.KindNote
	}
	if !a.Kind.Written() {
		return nil, fault.New(fault.Usage, a.what(), "%q is not a kind of line: use one of %s", a.Kind, kindList())
	}
	if strings.TrimSpace(a.Text) == "" {
		return nil, fault.New(fault.Usage, a.what(), "the text is empty")
	}
	if err := validTags(a.Tags); err != nil {
		return nil, err
	}
	return one(timeline.Draft{Kind: a.Kind, Text: a.Text, Occurred: a.At, Tags: a.Tags})
}

func kindList() string {
	var names []string
	for _, k := range timeline.WrittenKinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

func one(d timeline.Draft) ([]timeline.Draft, error) { return []timeline.Draft{d}, nil }

var tagPattern = regexp.MustCompile(`^[\p{L}\p{N}_./:-]{1,64}$`)

func validTags(tags []string) error {
	for _, t := range tags {
		if !tagPattern.MatchString(t) {
			return fault.New(fault.Usage, fmt.Sprintf("tag %q", t), "a tag is 1 to 64 letters, digits and - _ . / :")
		}
	}
	return nil
}

// Correct gives a line a new text, a new time, or both. The old ones stay in the
// journal. A title is corrected at the entry that opened the case.
type Correct struct {
	Entry string
	Text  *string
	At    *when.Moment
	Why   string
}

func (a Correct) what() string { return "correct " + a.Entry }

func (a Correct) masked(mask func(string) string) Act {
	if a.Text != nil {
		text := mask(*a.Text)
		a.Text = &text
	}
	a.Why = mask(a.Why)
	return a
}

func (a Correct) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	if err != nil {
		return nil, err
	}
	line = s.Case.Timeline.Root(line)
	switch {
	case a.Text == nil && a.At == nil:
		return nil, fault.New(fault.Usage, a.what(), "nothing to correct: give a new text, a new time or both")
	case a.Text != nil && strings.TrimSpace(*a.Text) == "":
		return nil, fault.New(fault.Usage, a.what(), "the new text is empty: to take the entry back, retract it")
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case line.RetractedBy != 0:
		return nil, fault.New(fault.Refused, a.what(), "it is retracted by entry %d", line.RetractedBy)
	case a.Text != nil && !textCorrectable(line.Kind), a.At != nil && !timeCorrectable(line.Kind):
		return nil, fault.New(fault.Refused, a.what(), "an entry of kind %q is not corrected: %s", line.Kind, insteadOfCorrecting(line.Kind))
	}
	data := timeline.CorrectionData{Text: a.Text != nil, At: a.At != nil, Why: a.Why}
	d := timeline.Draft{Kind: timeline.KindCorrection, Target: line.ID, Occurred: line.Occurred, Data: data}
	if a.Text != nil {
		d.Text = *a.Text
	}
	if a.At != nil {
		d.Occurred = *a.At
	}
	return one(d)
}

func textCorrectable(k timeline.Kind) bool {
	return k.Written() || k == incident.KindOpened || k == timeline.KindComment
}
func timeCorrectable(k timeline.Kind) bool { return k.Written() || k == incident.KindFiled }

func insteadOfCorrecting(k timeline.Kind) string {
	switch k {
	case incident.KindFact:
		return "record the fact again"
	case incident.KindAware, incident.KindSuspected:
		return "record the moment again"
	case incident.KindGate:
		return "decide the gate again"
	case incident.KindNotice:
		return "issue a follow-up"
	}
	return "write a new entry about it"
}

func needsReason(what string) error {
	return fault.New(fault.Usage, what, "a reason is needed: say why")
}

// Retract takes an entry back: folds ignore it from here on, and the value before
// it returns. A retraction can itself be retracted.
type Retract struct {
	Entry string
	Why   string
}

func (a Retract) what() string { return "retract " + a.Entry }

func (a Retract) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Retract) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	switch {
	case err != nil:
		return nil, err
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case line.RetractedBy != 0:
		return nil, fault.New(fault.Refused, a.what(), "it is retracted already, by entry %d", line.RetractedBy)
	case line.Redacted:
		return nil, fault.New(fault.Refused, a.what(), "it is redacted: nothing of it counts any more")
	case slices.Contains(standing, line.Kind):
		return nil, fault.New(fault.Refused, a.what(), "an entry of kind %q stands: it cannot be retracted", line.Kind)
	case line.ID == s.Case.Playbook.Entry && onlyPlaybook(s.Case):
		return nil, fault.New(fault.Refused, a.what(), "the case would be left without a playbook: switch to another instead")
	}
	return one(timeline.Draft{Kind: timeline.KindRetraction, Target: line.ID, Text: a.Why})
}

// standing are the kinds that have had their effect outside the journal, or that
// the case cannot be without.
var standing = []timeline.Kind{
	incident.KindOpened, incident.KindNotice, incident.KindFiled, timeline.KindRedaction,
	incident.KindCustody, incident.KindCopy, incident.KindHold,
}

func onlyPlaybook(c *incident.Case) bool {
	n := 0
	for _, l := range c.Timeline.Lines {
		if l.Kind == incident.KindPlaybook && l.Counts() {
			n++
		}
	}
	return n == 1
}

// Redact deletes an entry's text and data for good, and those of its corrections.
// What the entry said no longer counts.
type Redact struct {
	Entry string
	Why   string
}

func (a Redact) what() string { return "redact " + a.Entry }

func (a Redact) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Redact) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	switch {
	case err != nil:
		return nil, err
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case line.Kind == timeline.KindRedaction || line.Kind == incident.KindPlaybook:
		return nil, fault.New(fault.Refused, a.what(), "an entry of kind %q is never redacted", line.Kind)
	}
	drafts := []timeline.Draft{}
	for _, l := range append([]timeline.Line{line}, correctionsOf(s.Case.Timeline, line)...) {
		if !l.Redacted {
			drafts = append(drafts, timeline.Draft{Kind: timeline.KindRedaction, Target: l.ID, Text: a.Why})
		}
	}
	if len(drafts) == 0 {
		return nil, fault.New(fault.Refused, a.what(), "it is redacted already")
	}
	return drafts, nil
}

// correctionsOf are all corrections of the line, also those that were retracted:
// each may hold what has to go.
func correctionsOf(v timeline.View, line timeline.Line) []timeline.Line {
	var lines []timeline.Line
	for _, l := range v.Lines {
		if l.Kind == timeline.KindCorrection && l.Target == line.ID {
			lines = append(lines, l)
		}
	}
	return lines
}

// Tag puts tags on an entry and takes tags off it.
type Tag struct {
	Entry   string
	On, Off []string
}

func (a Tag) what() string { return "tag " + a.Entry }

func (a Tag) masked(mask func(string) string) Act { return a }

func (a Tag) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	if err != nil {
		return nil, err
	}
	if len(a.On)+len(a.Off) == 0 {
		return nil, fault.New(fault.Usage, a.what(), "no tag given")
	}
	if err := validTags(append(slices.Clone(a.On), a.Off...)); err != nil {
		return nil, err
	}
	return one(timeline.Draft{Kind: timeline.KindTag, Target: line.ID, Data: timeline.TagData{On: a.On, Off: a.Off}})
}

// Pin pins an entry, or takes the pin off.
type Pin struct {
	Entry string
	Off   bool
}

func (a Pin) what() string { return "pin " + a.Entry }

func (a Pin) masked(mask func(string) string) Act { return a }

func (a Pin) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	if err != nil {
		return nil, err
	}
	if line.Pinned != a.Off {
		return nil, fault.New(fault.Refused, a.what(), "it is so already")
	}
	return one(timeline.Draft{Kind: timeline.KindPin, Target: line.ID, Data: timeline.PinData{On: !a.Off}})
}
