package desk

import (
	"strings"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// AddEvidence takes files that are stored already into the custody of the case.
type AddEvidence struct {
	Files []incident.Evidence // name, size, sum and where from
	Why   string
}

func (a AddEvidence) what() string { return "evidence" }

func (a AddEvidence) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	files := make([]incident.Evidence, len(a.Files))
	for i, f := range a.Files {
		f.Name, f.From = mask(f.Name), mask(f.From)
		files[i] = f
	}
	a.Files = files
	return a
}

func (a AddEvidence) drafts(*Situation) ([]timeline.Draft, error) {
	if len(a.Files) == 0 {
		return nil, fault.New(fault.Usage, a.what(), "no file given")
	}
	var drafts []timeline.Draft
	for _, f := range a.Files {
		f.Why = a.Why
		drafts = append(drafts, incident.EvidenceDraft(f))
	}
	return drafts, nil
}

// ReleaseEvidence records that evidence is given out, or looked at: before it is, so
// that no look is without its entry.
type ReleaseEvidence struct {
	SHA256 string // or the beginning of it
	To     string // the file; empty when it is only shown
	Why    string
}

func (a ReleaseEvidence) what() string { return "evidence " + a.SHA256 }

func (a ReleaseEvidence) masked(mask func(string) string) Act {
	a.To, a.Why = mask(a.To), mask(a.Why)
	return a
}

func (a ReleaseEvidence) drafts(s *Situation) ([]timeline.Draft, error) {
	e, ok := s.Case.EvidenceWith(a.SHA256)
	switch {
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case !ok:
		return nil, NoSuchEvidence(a.SHA256)
	}
	return one(incident.CustodyDraft(e, incident.Custody{To: a.To, Why: a.Why}))
}

// NoSuchEvidence says that a case has none with this SHA-256.
func NoSuchEvidence(sum string) error {
	return fault.New(fault.NotFound, "evidence "+sum, "none has this SHA-256, or several begin so: evidence R list shows all")
}

// NoteCopy records where a backup or an archive of the case went.
type NoteCopy struct{ Copy incident.Copy }

func (a NoteCopy) what() string { return a.Copy.Form }

func (a NoteCopy) masked(mask func(string) string) Act {
	a.Copy.To, a.Copy.Why = mask(a.Copy.To), mask(a.Copy.Why)
	return a
}

func (a NoteCopy) drafts(*Situation) ([]timeline.Draft, error) {
	return one(incident.CopyDraft(a.Copy))
}
