package desk

import (
	"slices"
	"strings"
	"time"

	"timeglas/internal/fault"
	"timeglas/timeline"
	"timeglas/timeline/query"
)

// Comment puts a remark on an entry. It is an entry of its own: it can be corrected
// and taken back, and the entry stays as it is.
type Comment struct {
	Entry string
	Text  string
}

func (a Comment) what() string { return "comment " + a.Entry }

func (a Comment) masked(mask func(string) string) Act {
	a.Text = mask(a.Text)
	return a
}

func (a Comment) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(a.Text) == "" {
		return nil, fault.New(fault.Usage, a.what(), "the text is empty")
	}
	return one(timeline.Draft{Kind: timeline.KindComment, Target: line.ID, Text: a.Text})
}

// Link says that two entries belong together, and why. Retracting it takes it away.
type Link struct {
	Entry, Other string
	Why          string
}

func (a Link) what() string { return "link " + a.Entry + " " + a.Other }

func (a Link) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a Link) drafts(s *Situation) ([]timeline.Draft, error) {
	line, err := s.Case.Timeline.Find(a.Entry)
	if err != nil {
		return nil, err
	}
	other, err := s.Case.Timeline.Find(a.Other)
	switch {
	case err != nil:
		return nil, err
	case line.ID == other.ID:
		return nil, fault.New(fault.Usage, a.what(), "an entry is not linked with itself: give two")
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	}
	for _, l := range line.Links {
		if l.With == other.Seq {
			return nil, fault.New(fault.Refused, a.what(), "they are linked already, by entry %d", l.By)
		}
	}
	return one(timeline.Draft{Kind: timeline.KindLink, Target: line.ID, Text: a.Why, Data: timeline.LinkData{To: other.ID}})
}

// SaveView keeps a query under a name, for everyone who works on the case. A view
// of that name is replaced; the one before stays in the journal.
type SaveView struct {
	Name  string
	Query string // as typed: what is relative in it is read anew at each use
	Zone  *time.Location
}

func (a SaveView) what() string { return "view " + a.Name }

func (a SaveView) masked(mask func(string) string) Act {
	a.Query = mask(a.Query)
	return a
}

func (a SaveView) drafts(s *Situation) ([]timeline.Draft, error) {
	if !tagPattern.MatchString(a.Name) {
		return nil, fault.New(fault.Usage, a.what(), "the name of a view is 1 to 64 letters, digits and - _ . / :")
	}
	if strings.TrimSpace(a.Query) == "" {
		return nil, fault.New(fault.Usage, a.what(), "the query is empty")
	}
	if _, err := query.Parse(a.Query, a.Zone, s.Now); err != nil {
		return nil, fault.Wrap(fault.Usage, err, a.what(), "%v", err)
	}
	return one(timeline.Draft{Kind: timeline.KindView, Data: timeline.ViewData{Name: a.Name, Query: a.Query}})
}

// DropView ends a view. That it was there stays in the journal.
type DropView struct{ Name string }

func (a DropView) what() string { return "view " + a.Name }

func (a DropView) masked(func(string) string) Act { return a }

func (a DropView) drafts(s *Situation) ([]timeline.Draft, error) {
	if _, err := s.SavedView(a.Name); err != nil {
		return nil, err
	}
	return one(timeline.Draft{Kind: timeline.KindView, Data: timeline.ViewData{Name: a.Name, Drop: true}})
}

// SavedView is the view of that name. Fault: NotFound, naming those there are.
func (s Situation) SavedView(name string) (timeline.Saved, error) {
	saved := s.Case.Timeline.Saved()
	if i := slices.IndexFunc(saved, func(v timeline.Saved) bool { return v.Name == name }); i >= 0 {
		return saved[i], nil
	}
	names := make([]string, len(saved))
	for i, v := range saved {
		names[i] = v.Name
	}
	why := "no view is saved yet: timeglas view save keeps one"
	if len(names) > 0 {
		why = "there is no such view: there are " + strings.Join(names, ", ")
	}
	return timeline.Saved{}, fault.New(fault.NotFound, "view "+name, "%s", why)
}
