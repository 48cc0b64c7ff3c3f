package incident_test

import (
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// caseOf folds what the drafts say, written one a minute.
func caseOf(t *testing.T, drafts ...timeline.Draft) *incident.Case {
	t.Helper()
	id := timeline.NewIdentity(timeline.MarkCase)
	var entries []timeline.Entry
	for i, d := range drafts {
		d.Author, d.Recorded = "anna", time.Date(2026, 11, 19, 12, i, 0, 0, time.UTC)
		d.Occurred = when.At(d.Recorded)
		if d.Target == "taken" {
			d.Target = entries[0].ID
		}
		tip := timeline.Tip{}
		if i > 0 {
			tip = entries[i-1].Tip()
		}
		sealed, err := timeline.NewSealer(id).Seal(tip, d)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, sealed[0].Entry)
	}
	return incident.Fold(entries)
}

var proof = incident.Evidence{Name: "pages.tar", Size: 42, SHA256: strings.Repeat("ab", 32), From: "/srv/pages.tar", Why: "taken by bo"}

func TestEvidenceCarriesWhatHappenedToItSince(t *testing.T) {
	taken := proof
	taken.Entry = "taken"
	c := caseOf(t, incident.EvidenceDraft(proof),
		incident.CustodyDraft(taken, incident.Custody{To: "copy.tar", Why: "for the police"}))
	e, ok := c.EvidenceWith(proof.SHA256[:8])
	if !ok || e.Name != "pages.tar" || e.By != "anna" || len(e.Custody) != 1 || e.Custody[0].To != "copy.tar" || e.Custody[0].Why != "for the police" {
		t.Errorf("%v %+v", ok, e)
	}
	for i, l := range c.Timeline.Lines {
		if got := incident.EvidenceOf(l); got != proof.SHA256 {
			t.Errorf("entry %d names %q", i+1, got)
		}
	}
}

func TestEvidenceIsFoundByTheBeginningOfItsSumWhenOnlyOneBeginsSo(t *testing.T) {
	other := proof
	other.SHA256 = strings.Repeat("ab", 16) + strings.Repeat("cd", 16)
	c := caseOf(t, incident.EvidenceDraft(proof), incident.EvidenceDraft(other))
	for sum, want := range map[string]bool{
		proof.SHA256: true, other.SHA256[:40]: true, proof.SHA256[:8]: false, "abababa": false, "": false, "cdcdcdcd": false,
	} {
		if _, ok := c.EvidenceWith(sum); ok != want {
			t.Errorf("%q is found: %v", sum, ok)
		}
	}
}

func TestALegalHoldStandsUntilItIsLifted(t *testing.T) {
	if c := caseOf(t, incident.HoldDraft(true, "a complaint is pending")); c.Hold == nil || c.Hold.Why != "a complaint is pending" {
		t.Errorf("%+v", c.Hold)
	}
	if c := caseOf(t, incident.HoldDraft(true, "a complaint"), incident.HoldDraft(false, "it was withdrawn")); c.Hold != nil {
		t.Errorf("%+v", c.Hold)
	}
}
