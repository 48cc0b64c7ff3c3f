package desk

import (
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Sorts are what a matter with the side can be; the first is meant when none is said.
func Sorts(side incident.Side) []string {
	if side == incident.WithPerson {
		return []string{"question", "access", "rectification", "erasure", "objection", "complaint", "claim"}
	}
	return []string{"question", "order", "decision", "reply"}
}

// LogMatter records what came from the authority, or from a person. What a person
// asks is due within the month of Article 12(3).
type LogMatter struct {
	Side     incident.Side
	Sort     string
	Text     string
	Received when.Moment // the zero Moment: now
	Due      *time.Time  // with the authority: the last instant for an answer
	Reopens  string      // the gate that the authority wants to be decided again
}

func (a LogMatter) what() string {
	if a.Side == incident.WithPerson {
		return "request"
	}
	return "authority"
}

func (a LogMatter) masked(mask func(string) string) Act {
	a.Text = mask(a.Text)
	return a
}

func (a LogMatter) drafts(s *Situation) ([]timeline.Draft, error) {
	sorts := Sorts(a.Side)
	if a.Sort == "" {
		a.Sort = sorts[0]
	}
	if !slices.Contains(sorts, a.Sort) {
		return nil, fault.New(fault.Usage, a.what(), "%q is not one of %s", a.Sort, strings.Join(sorts, ", "))
	}
	if strings.TrimSpace(a.Text) == "" {
		return nil, fault.New(fault.Usage, a.what(), "the text is empty")
	}
	if a.Received == (when.Moment{}) {
		a.Received = when.At(s.Now.In(s.zone()).Truncate(time.Second))
	}
	if err := pastMoment(a.what(), a.Received, s.Now); err != nil {
		return nil, err
	}
	if a.Reopens != "" {
		if _, err := findGate(s, a.what(), a.Reopens); err != nil {
			return nil, err
		}
	}
	due, err := a.due(s)
	if err != nil {
		return nil, err
	}
	return one(incident.MatterDraft(incident.Matter{Side: a.Side, Sort: a.Sort, Text: a.Text, Received: a.Received,
		Due: due, Reopens: a.Reopens}))
}

// answerMonths and extraMonths: GDPR 12(3), one month, and two further ones where
// that is necessary.
const (
	answerMonths = 1
	extraMonths  = 2
)

func (a LogMatter) due(s *Situation) (*time.Time, error) {
	if a.Side == incident.WithPerson {
		end := clock.MonthsAfter(a.Received.Earliest(), answerMonths, s.zone())
		return &end, nil
	}
	if a.Due != nil && a.Due.Before(a.Received.Earliest()) {
		return nil, fault.New(fault.Usage, a.what(), "it is due before it came")
	}
	return a.Due, nil
}

// ExtendRequest gives a person's request two further months, Article 12(3): the
// person is told within the first month, with the reasons.
type ExtendRequest struct {
	Entry string
	Told  when.Moment // when the person was told so; the zero Moment: now
	Why   string
}

func (a ExtendRequest) what() string { return "request " + a.Entry }

func (a ExtendRequest) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a ExtendRequest) changed(c *incident.Case) (incident.Mark, bool) {
	return changedMatter(c, a.Entry)
}

func (a ExtendRequest) drafts(s *Situation) ([]timeline.Draft, error) {
	m, err := openMatter(s, a.what(), a.Entry, incident.WithPerson)
	if err != nil {
		return nil, err
	}
	if a.Told == (when.Moment{}) {
		a.Told = when.At(s.Now.In(s.zone()).Truncate(time.Second))
	}
	if err := pastMoment(a.what(), a.Told, s.Now); err != nil {
		return nil, err
	}
	switch {
	case m.Extended != nil:
		return nil, fault.New(fault.Refused, a.what(), "it was extended already (entry %d): Article 12(3) allows it once", m.Extended.Seq)
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case m.Due != nil && a.Told.Earliest().After(*m.Due):
		return nil, fault.New(fault.Refused, a.what(), "the month ended %s, and only within it can the person be told of an extension (GDPR 12(3))",
			m.Due.In(s.zone()).Format("2006-01-02"))
	}
	due := clock.MonthsAfter(m.Received.Earliest(), answerMonths+extraMonths, s.zone())
	return one(incident.ExtendedDraft(m.Entry, a.Told, due, a.Why))
}

// SettleMatter says that a matter is answered, obeyed or otherwise done.
type SettleMatter struct {
	Side  incident.Side
	Entry string
	Done  when.Moment // the zero Moment: now
	Text  string      // how
}

func (a SettleMatter) what() string { return string(a.Side) + " " + a.Entry }

func (a SettleMatter) masked(mask func(string) string) Act {
	a.Text = mask(a.Text)
	return a
}

func (a SettleMatter) changed(c *incident.Case) (incident.Mark, bool) {
	return changedMatter(c, a.Entry)
}

func (a SettleMatter) drafts(s *Situation) ([]timeline.Draft, error) {
	m, err := openMatter(s, a.what(), a.Entry, a.Side)
	if err != nil {
		return nil, err
	}
	if a.Done != (when.Moment{}) {
		if err := pastMoment(a.what(), a.Done, s.Now); err != nil {
			return nil, err
		}
	}
	return one(incident.SettledDraft(m.Entry, a.Done, a.Text))
}

// openMatter finds the matter that an entry began and that is not done yet.
func openMatter(s *Situation, what, entry string, side incident.Side) (incident.Matter, error) {
	line, err := s.Case.Timeline.Find(entry)
	if err != nil {
		return incident.Matter{}, err
	}
	m, ok := s.Case.Matter(line.ID)
	switch {
	case !ok || m.Side != side:
		return m, fault.New(fault.Refused, what, "entry %d is nothing that came from the %s", line.Seq, side)
	case m.Settled != nil:
		return m, fault.New(fault.Refused, what, "it is done already (entry %d)", m.Settled.Seq)
	}
	return m, nil
}

func changedMatter(c *incident.Case, entry string) (incident.Mark, bool) {
	line, err := c.Timeline.Find(entry)
	if err != nil {
		return incident.Mark{}, false
	}
	m, ok := c.Matter(line.ID)
	switch {
	case !ok:
		return incident.Mark{}, false
	case m.Settled != nil:
		return m.Settled.Mark, true
	case m.Extended != nil:
		return m.Extended.Mark, true
	}
	return m.Mark, true
}
