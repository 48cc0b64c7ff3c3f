package desk

import (
	"strings"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/fault"
)

// tellable stops a text for the people that is not fit to be read by them yet, unless
// a reason is given. The authority takes a notification in phases (GDPR 33(4)); a
// letter that lacks one of the contents of 34(2) is no letter, and where telling is
// put off (Data Protection Act § 22) a warned suspect does harm.
func (a Issue) tellable(s *Situation, doc notice.Document) error {
	forPeople := doc.To == incident.ToSubjects || doc.To == incident.ToPublic
	if !forPeople || strings.TrimSpace(a.Why) != "" {
		return nil
	}
	if putOff(s.Case) {
		return fault.New(fault.Refused, a.what(), "it was decided to put off telling the people: say with --why why it is issued now")
	}
	if len(doc.Gaps) == 0 {
		return nil
	}
	lacks := make([]string, len(doc.Gaps))
	for i, gap := range doc.Gaps {
		lacks[i] = gap.What
	}
	return fault.New(fault.Refused, a.what(), "it lacks %s; fill that in, or say with --why why it is issued like this",
		strings.Join(lacks, "; "))
}

// putOff reports whether the last word on telling the people is to wait.
func putOff(c *incident.Case) bool {
	return c.Gates["duty-people"].Option == "deferred" || strings.HasPrefix(c.Facts.Choice("informed.exception"), "dbl-22")
}
