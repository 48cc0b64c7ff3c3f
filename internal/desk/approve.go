package desk

import (
	"slices"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Approve says that an issued notice may go out as it stands. It takes another
// account than the one that issued it: four eyes see more than two.
type Approve struct {
	Notice string // the entry of the notice
	Why    string

	account string
}

func (a Approve) what() string { return "approve " + a.Notice }

func (a Approve) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Approve) at(_ *Desk, actor Actor) Act {
	a.account = actor.Account
	return a
}

func (a Approve) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Notice)
	if err != nil {
		return nil, err
	}
	n, ok := s.Case.Notice(line.ID)
	switch {
	case !ok:
		return nil, fault.New(fault.Refused, a.what(), "entry %d is not an issued notice", line.Seq)
	case n.Mark.By == a.account:
		return nil, fault.New(fault.Refused, a.what(), "%s issued it: another account has to approve it", a.account)
	case slices.ContainsFunc(n.Approvals, func(p incident.Approval) bool { return p.By == a.account }):
		return nil, fault.New(fault.Refused, a.what(), "%s has approved it already", a.account)
	}
	return one(incident.ApprovalDraft(n, a.Why))
}

// followupDues is the follow-up that the notification promised: due when the rest
// was to come, until a later text to the authority has been filed (GDPR 33(4)).
func (s Situation) followupDues() []Due {
	promised := s.Case.Facts["delay.until"]
	until, known := s.Case.Facts.Moment("delay.until")
	if !known || !until.Known() || s.Case.FiledToAuthority() == nil {
		return nil
	}
	for _, f := range s.Case.Filings {
		n, _ := s.Case.Notice(f.Notice)
		if f.To == incident.ToAuthority && n.Phase != incident.PhaseInitial && n.Seq > promised.Seq {
			return nil
		}
	}
	return []Due{{What: "follow-up", At: until.Latest(),
		Name: playbooks.Text{EN: "send the authority what is missing", DA: "eftersend det manglende til tilsynsmyndigheden"}}}
}
