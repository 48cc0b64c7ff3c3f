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
	req.Now, req.Zone = s.Now, d.Zone
	return notice.Compose(s.Case, s.Ref, s.Duty, s.Clock, req)
}

// Issue freezes a notice as an entry. It is not sent by that: [File] says so.
type Issue struct {
	Request notice.Request
	By      string // who approved it
	Why     string // needed to withdraw
	Zone    *time.Location
}

func (a Issue) what() string { return "notice" }

func (a Issue) masked(mask func(string) string) Act {
	a.By, a.Why = mask(a.By), mask(a.Why)
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
	req.Now, req.Zone, req.Why = s.Now, a.Zone, a.Why
	doc, err := notice.Compose(s.Case, s.Ref, s.Duty, s.Clock, req)
	if err != nil {
		return nil, err
	}
	text := doc.Text()
	sum := sha256.Sum256([]byte(text))
	return one(incident.NoticeDraft(incident.Notice{
		To: req.To, Phase: req.Phase, Lang: req.Lang, Subset: req.Subset,
		ApprovedBy: a.By, Why: a.Why, SHA256: hex.EncodeToString(sum[:]), Text: text, Grounds: doc.Grounds(),
		Rests: s.Case.Tip,
	}))
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
	if _, ok := s.Case.Notice(line.ID); !ok {
		return nil, fault.New(fault.Refused, a.what(), "entry %d is not an issued notice: issue the text first, then say that it was sent", line.Seq)
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

// unfiled is how many issued notices nobody has said to be sent.
func (s Situation) unfiled() int {
	n := 0
	for _, issued := range s.Case.Notices {
		if !slices.ContainsFunc(s.Case.Filings, func(f incident.Filing) bool { return f.Notice == issued.Entry }) {
			n++
		}
	}
	return n
}
