package incident_test

import (
	"fmt"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// journal seals drafts one after another, a minute apart.
type journal struct {
	t       testing.TB
	sealer  timeline.Sealer
	now     time.Time
	entries []timeline.Entry
}

func newJournal(t testing.TB) *journal {
	start := time.Date(2026, 11, 19, 6, 32, 0, 0, time.UTC)
	return &journal{t: t, sealer: timeline.NewSealer(timeline.NewIdentity(timeline.MarkCase)), now: start}
}

// add appends drafts and gives the last entry.
func (j *journal) add(drafts ...timeline.Draft) timeline.Entry {
	j.t.Helper()
	for _, d := range drafts {
		j.now = j.now.Add(time.Minute)
		d.Author, d.Recorded = "anna", j.now
		if d.Occurred == (when.Moment{}) {
			d.Occurred = when.At(j.now)
		}
		sealed, err := j.sealer.Seal(j.tip(), d)
		if err != nil {
			j.t.Fatal(err)
		}
		j.entries = append(j.entries, sealed[0].Entry)
	}
	return j.entries[len(j.entries)-1]
}

func (j *journal) tip() timeline.Tip {
	if len(j.entries) == 0 {
		return timeline.Tip{}
	}
	return j.entries[len(j.entries)-1].Tip()
}

func (j *journal) fold() *incident.Case { return incident.Fold(j.entries) }

func retract(e timeline.Entry) timeline.Draft {
	return timeline.Draft{Kind: timeline.KindRetraction, Target: e.ID, Text: "wrong"}
}

func count(n int64) timeline.Draft {
	return incident.FactDraft("persons.count", fact.Count(n), false, "counted")
}

func wantCount(t *testing.T, c *incident.Case, want int64) {
	t.Helper()
	if got := c.Facts["persons.count"].Value; got != fact.Count(want) {
		t.Errorf("persons.count is %v, want %d", got, want)
	}
}

func TestTheLastValueOfAFactCounts(t *testing.T) {
	j := newJournal(t)
	j.add(count(66))
	last := j.add(count(1742))
	c := j.fold()
	wantCount(t, c, 1742)
	if r := c.Facts["persons.count"]; r.Entry != last.ID || r.By != "anna" || r.Why != "counted" {
		t.Errorf("the fact does not name its entry: %+v", r)
	}
}

func TestRetractingAFactBringsBackTheValueBeforeIt(t *testing.T) {
	j := newJournal(t)
	j.add(count(66))
	second := j.add(count(1742))
	taken := j.add(retract(second))
	wantCount(t, j.fold(), 66)
	j.add(retract(taken))
	wantCount(t, j.fold(), 1742)
}

func TestRetractingTheOnlyValueLeavesTheFactAbsent(t *testing.T) {
	j := newJournal(t)
	j.add(retract(j.add(count(66))))
	if r, ok := j.fold().Facts["persons.count"]; ok {
		t.Errorf("still there: %+v", r)
	}
}

func TestARedactedFactNoLongerCounts(t *testing.T) {
	j := newJournal(t)
	j.add(count(66))
	second := j.add(count(1742))
	j.add(timeline.Draft{Kind: timeline.KindRedaction, Target: second.ID, Text: "not ours to keep"})
	c := j.fold()
	wantCount(t, c, 66)
	if l, _ := c.Timeline.Find("2"); l.RedactedBy != 3 || l.Text != "" || len(l.Body.Data) != 0 {
		t.Errorf("the body is still there: %+v", l)
	}
}

func TestHistoryKeepsEveryValue(t *testing.T) {
	j := newJournal(t)
	j.add(count(66))
	j.add(retract(j.add(count(1742))))
	past := j.fold().History("persons.count")
	if len(past) != 2 || past[0].Value != fact.Count(66) || past[1].RetractedBy != 3 {
		t.Errorf("history is %+v", past)
	}
}

func TestAFilingStopsTheClockAndAnIssuedTextDoesNot(t *testing.T) {
	j := newJournal(t)
	issued := j.add(incident.NoticeDraft(incident.Notice{To: incident.ToAuthority, Phase: incident.PhaseInitial, Text: "text"}))
	if j.fold().FiledToAuthority() != nil {
		t.Fatal("an issued text counts as filed")
	}
	sent := when.At(j.now.Add(-time.Hour))
	j.add(incident.FiledDraft(incident.Filing{Notice: issued.ID, Sent: sent, Channel: "virk", Who: "bo"}))
	if got := j.fold().FiledToAuthority(); got == nil || !got.Equal(sent) {
		t.Errorf("filed %v, want %v", got, sent)
	}
}

func TestTheEarliestFilingCounts(t *testing.T) {
	j := newJournal(t)
	early, late := when.At(j.now.Add(-2*time.Hour)), when.At(j.now.Add(-time.Hour))
	for _, sent := range []when.Moment{late, early} {
		issued := j.add(incident.NoticeDraft(incident.Notice{To: incident.ToAuthority, Text: "text"}))
		j.add(incident.FiledDraft(incident.Filing{Notice: issued.ID, Sent: sent, Channel: "email", Who: "bo"}))
	}
	if got := j.fold().FiledToAuthority(); !got.Equal(early) {
		t.Errorf("filed %v, want the earlier %v", got, early)
	}
}

func TestCorrectionsChangeOnlyWhatTheySay(t *testing.T) {
	j := newJournal(t)
	at := when.At(j.now.Add(-time.Hour))
	note := j.add(timeline.Draft{Kind: timeline.KindNote, Text: "calld the supplier", Occurred: at})
	fixed := j.add(timeline.Draft{Kind: timeline.KindCorrection, Target: note.ID, Text: "called the supplier",
		Data: timeline.CorrectionData{Text: true, Why: "spelling"}})
	l, err := j.fold().Timeline.Find(note.ID)
	if err != nil || l.Text != "called the supplier" || !l.Occurred.Equal(at) {
		t.Fatalf("%+v %v", l, err)
	}
	earlier := when.At(j.now.Add(-3 * time.Hour))
	j.add(timeline.Draft{Kind: timeline.KindCorrection, Target: note.ID, Occurred: earlier,
		Data: timeline.CorrectionData{At: true, Why: "by the call list"}})
	l, _ = j.fold().Timeline.Find("1")
	if l.Text != "called the supplier" || !l.Occurred.Equal(earlier) || len(l.Corrections) != 2 {
		t.Errorf("%+v", l)
	}
	j.add(retract(fixed))
	if l, _ = j.fold().Timeline.Find("#1"); l.Text != "calld the supplier" || !l.Occurred.Equal(earlier) {
		t.Errorf("after retracting the correction: %+v", l)
	}
}

func TestUnknownKindsAndBrokenDataChangeNothing(t *testing.T) {
	j := newJournal(t)
	j.add(incident.OpenedDraft("title"))
	before := j.fold()
	j.add(timeline.Draft{Kind: "from-the-future", Data: 1},
		timeline.Draft{Kind: incident.KindFact, Data: "not an object"},
		timeline.Draft{Kind: incident.KindFact, Data: map[string]any{"key": "no.such", "value": 1}},
		timeline.Draft{Kind: incident.KindGate},
		timeline.Draft{Kind: incident.KindFiled, Target: j.entries[0].ID, Data: map[string]any{}})
	after := j.fold()
	if after.Title != before.Title || len(after.Facts)+len(after.Gates)+len(after.Filings) != 0 {
		t.Errorf("title %q, facts %v, gates %v, filings %v", after.Title, after.Facts, after.Gates, after.Filings)
	}
	if len(after.Timeline.Lines) != 6 {
		t.Errorf("the timeline has %d lines, want 6", len(after.Timeline.Lines))
	}
}

// tenThousand is a case as people write it: mostly notes, a fifth facts.
func tenThousand(t testing.TB) []timeline.Entry {
	j := newJournal(t)
	j.add(incident.OpenedDraft("title"))
	for i := len(j.entries); i < 10_000; i++ {
		switch {
		case i%5 == 0:
			j.add(count(int64(i)))
		case i%97 == 0:
			j.add(retract(j.entries[i-2]))
		default:
			j.add(timeline.Draft{Kind: timeline.KindNote, Text: fmt.Sprintf("called the supplier for the %d. time", i)})
		}
	}
	return j.entries
}

func BenchmarkFold10000(b *testing.B) {
	entries := tenThousand(b)
	b.ReportAllocs()
	for b.Loop() {
		incident.Fold(entries)
	}
}
