package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Compose is the text of a notice as the case would give it now: a preview that
// changes nothing. Faults: Refused when it would hold a CPR number.
func (d *Desk) Compose(s Situation, req notice.Request) (notice.Document, error) {
	req.Now, req.Zone, req.Wording = s.Now, d.Zone, d.Wording
	doc, err := notice.Compose(s.Case, s.Ref, s.Duty, s.Clock, req)
	if band := s.AsOfText(req.Lang, d.Zone); band != "" {
		doc.Mark = strings.TrimSuffix(band+" – "+doc.Mark, " – ") // wherever the mark stands, so does the band
	}
	return doc, err
}

// Issue freezes a notice as an entry. It is not sent by that: [File] says so.
type Issue struct {
	Request notice.Request
	By      string // who approved it
	Why     string // needed to withdraw, and to tell people what is incomplete or put off
	Despite string // why it goes out although facts contradict each other; needed when they do
	Zone    *time.Location

	fourEyes bool // the desk's rule
}

func (a Issue) what() string { return "notice" }

func (a Issue) masked(mask func(string) string) Act {
	a.By, a.Why, a.Despite = mask(a.By), mask(a.Why), mask(a.Despite)
	return a
}

func (a Issue) at(d *Desk, _ Actor) Act {
	a.fourEyes = d.FourEyes
	return a
}

func (a Issue) drafts(s *Situation) ([]timeline.Draft, error) {
	if strings.TrimSpace(a.By) == "" {
		return nil, fault.New(fault.Usage, a.what(), "say who approved the text (--by)")
	}
	if a.Request.Phase == incident.PhaseWithdraw && strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	req := a.Request
	req.Now, req.Zone, req.Why, req.Wording = s.Now, a.Zone, a.Why, s.wording
	doc, err := notice.Compose(s.Case, s.Ref, s.Duty, s.Clock, req)
	if err != nil {
		return nil, err
	}
	if err := a.tellable(s, doc); err != nil {
		return nil, err
	}
	despite, err := a.despite(s)
	if err != nil {
		return nil, err
	}
	text := doc.Text()
	sum := sha256.Sum256([]byte(text))
	return one(incident.NoticeDraft(incident.Notice{
		To: req.To, Phase: req.Phase, Lang: req.Lang, Subset: req.Subset, Reader: string(doc.Reader),
		ApprovedBy: a.By, Why: a.Why, SHA256: hex.EncodeToString(sum[:]), Text: text, Grounds: doc.Grounds(),
		Rests: s.Case.Tip, Despite: despite, FourEyes: a.fourEyes,
	}))
}

// despite refuses a text whose facts contradict each other, unless a reason is given:
// what is told to the authority must be true. A withdrawal tells none of them.
func (a Issue) despite(s *Situation) (string, error) {
	if a.Request.Phase == incident.PhaseWithdraw {
		return "", nil
	}
	found := contradictions(s.Case)
	switch {
	case len(found) == 0:
		return "", nil
	case strings.TrimSpace(a.Despite) != "":
		return a.Despite, nil
	}
	var texts []string
	for _, c := range found {
		texts = append(texts, c.Text.EN+" ("+strings.Join(c.Keys, ", ")+")")
	}
	return "", fault.New(fault.Refused, a.what(), "the facts contradict each other: %s; put them right, or issue it all the same with the reason (--despite)",
		strings.Join(texts, "; "))
}

// Channels are the ways in which a notice can be sent.
func Channels() []string { return []string{"virk", "email", "letter", "phone", "web"} }

// File says that an issued notice was really sent. Only this stops the clock.
type File struct {
	Notice  string // the entry of the notice
	Sent    when.Moment
	Channel string
	By      string
	Receipt string // SHA-256 of the receipt among the evidence, if there is one
	Number  string // the number that the recipient gave it
}

func (a File) what() string { return "filed " + a.Notice }

func (a File) masked(mask func(string) string) Act {
	a.By, a.Number = mask(a.By), mask(a.Number)
	return a
}

func (a File) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Notice)
	if err != nil {
		return nil, err
	}
	issued, ok := s.Case.Notice(line.ID)
	switch {
	case !ok:
		return nil, fault.New(fault.Refused, a.what(), "entry %d is not an issued notice: issue the text first, then say that it was sent", line.Seq)
	case !issued.Approved():
		return nil, fault.New(fault.Refused, a.what(), "it waits for a second pair of eyes: another account than %s approves it first (timeglas approve %s %d)",
			issued.Mark.By, s.Ref, line.Seq)
	}
	for _, f := range s.Case.Filings {
		if f.Notice == line.ID {
			return nil, fault.New(fault.Refused, a.what(), "it is filed already (entry %d)", f.Seq)
		}
	}
	if !slices.Contains(Channels(), a.Channel) {
		return nil, fault.New(fault.Usage, a.what(), "%q is not a channel: use one of %s", a.Channel, strings.Join(Channels(), ", "))
	}
	if strings.TrimSpace(a.By) == "" {
		return nil, fault.New(fault.Usage, a.what(), "say who sent it (--by)")
	}
	if err := pastMoment(a.what(), a.Sent, s.Now); err != nil {
		return nil, err
	}
	return one(incident.FiledDraft(incident.Filing{
		Notice: line.ID, Sent: a.Sent, Channel: a.Channel, Who: a.By, Receipt: a.Receipt, Number: a.Number,
	}))
}

// Unfiled are the issued notices of which nobody has said that they were sent,
// oldest first. Issuing sends nothing, so every screen marks them. The internal
// record stays in the house.
func (s Situation) Unfiled() []incident.Notice {
	return slices.DeleteFunc(slices.Clone(s.Case.Notices), func(n incident.Notice) bool {
		return n.To == incident.ToInternal || slices.ContainsFunc(s.Case.Filings, func(f incident.Filing) bool { return f.Notice == n.Entry })
	})
}
