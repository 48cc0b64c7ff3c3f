package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
	"timeglas/timeline/query"
)

func TestACommentStandsWithItsEntryAndCanBeCorrected(t *testing.T) {
	b := newBench(t, "")
	note := b.do(desk.Log{Text: "called the supplier"}).Entries[0]
	comment := b.do(desk.Comment{Entry: note.ID, Text: "which one? ask " + replacement}).Entries[0]
	if strings.Contains(string(comment.Body.Text), replacement) {
		t.Error("a CPR number was saved")
	}
	text := "which one?"
	b.do(desk.Correct{Entry: comment.ID, Text: &text, Why: "no numbers here"})
	v := b.look().Case.Timeline
	line, _ := v.Find(note.ID)
	if !slices.Equal(line.Comments, []int64{comment.Seq}) || v.Lines[comment.Seq-1].Text != text {
		t.Errorf("comments %v, %q", line.Comments, v.Lines[comment.Seq-1].Text)
	}
	b.refuse(desk.Comment{Entry: note.ID, Text: "  "}, fault.Usage, "empty")
	b.refuse(desk.Comment{Entry: "99", Text: "x"}, fault.NotFound, "1 to")
}

func TestTwoEntriesAreLinkedOnce(t *testing.T) {
	b := newBench(t, "")
	one, two := b.do(desk.Log{Text: "up"}).Entries[0], b.do(desk.Log{Text: "down"}).Entries[0]
	b.refuse(desk.Link{Entry: one.ID, Other: two.ID}, fault.Usage, "reason")
	b.refuse(desk.Link{Entry: one.ID, Other: one.ID, Why: "x"}, fault.Usage, "itself")
	b.do(desk.Link{Entry: one.ID, Other: two.ID, Why: "the same pages"})
	b.refuse(desk.Link{Entry: two.ID, Other: one.ID, Why: "again"}, fault.Refused, "linked already")
	line, _ := b.look().Case.Timeline.Find(two.ID)
	if len(line.Links) != 1 || line.Links[0].With != one.Seq {
		t.Errorf("links %v", line.Links)
	}
}

func TestAViewIsSavedUnderstoodAndDropped(t *testing.T) {
	b := newBench(t, "")
	b.refuse(desk.SaveView{Name: "a b", Query: "x"}, fault.Usage, "name of a view")
	b.refuse(desk.SaveView{Name: "calls", Query: ""}, fault.Usage, "empty")
	b.refuse(desk.SaveView{Name: "calls", Query: "kidn:x"}, fault.Usage, "at character 1")
	b.refuse(desk.DropView{Name: "calls"}, fault.NotFound, "no view")
	b.do(desk.SaveView{Name: "calls", Query: "kind:communication recorded:>-2h"})
	saved, err := b.look().SavedView("calls")
	if err != nil || saved.Query != "kind:communication recorded:>-2h" {
		t.Errorf("%v, %v", saved, err)
	}
	b.refuse(desk.DropView{Name: "call"}, fault.NotFound, "there are calls")
	b.do(desk.DropView{Name: "calls"})
	if _, err := b.look().SavedView("calls"); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestRetractedEntriesAreHiddenFromASearchUnlessAskedFor(t *testing.T) {
	b := newBench(t, "")
	note := b.do(desk.Log{Text: "the supplier of another case"}).Entries[0]
	b.do(desk.Retract{Entry: note.ID, Why: "the supplier was wrong"})
	find := func(text string, all bool) (seqs []int64) {
		q, err := query.Parse(text, time.UTC, b.now())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range incident.Search(b.look().Case.Timeline.Lines, q, all) {
			seqs = append(seqs, l.Seq)
		}
		return seqs
	}
	for _, tt := range []struct {
		query string
		all   bool
		want  []int64
	}{
		{"supplier", false, []int64{note.Seq + 1}}, {"supplier", true, []int64{note.Seq, note.Seq + 1}},
		{"supplier is:retracted", false, []int64{note.Seq}}, {"supplier -is:retracted", true, []int64{note.Seq + 1}},
	} {
		if got := find(tt.query, tt.all); !slices.Equal(got, tt.want) {
			t.Errorf("%s, all %v: %v, want %v", tt.query, tt.all, got, tt.want)
		}
	}
}

func TestASearchKnowsWhatEntriesOfACaseAreAbout(t *testing.T) {
	b := newBench(t, "public-leak")
	b.do(desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(1742)}}, Why: "counted twice"})
	b.do(desk.RecordAwareness{Moment: momentOf(t, "2026-11-19 07:00"), Who: "Søren Ågård", Why: "saw the pages"})
	for text, want := range map[string]int{
		"fact:persons.count": 1, "fact:persons.*": 1, "fact:data.*": 0, "1742": 1, `"persons count"`: 1, "counted kind:fact": 1,
		"ågård": 1, "søren kind:aware": 1, "soren": 0, "kind:playbook": 1, "has:evidence": 0,
	} {
		q, err := query.Parse(text, time.UTC, b.now())
		if err != nil {
			t.Fatal(err)
		}
		if got := len(incident.Search(b.look().Case.Timeline.Lines, q, false)); got != want {
			t.Errorf("%s finds %d, want %d", text, got, want)
		}
	}
}

func TestARedactedTextIsNotFound(t *testing.T) {
	b := newBench(t, "")
	note := b.do(desk.Log{Text: "a name: Mimosa"}).Entries[0]
	b.do(desk.Redact{Entry: note.ID, Why: "a name"})
	q, err := query.Parse("mimosa OR is:redacted", time.UTC, b.now())
	if err != nil {
		t.Fatal(err)
	}
	found := incident.Search(b.look().Case.Timeline.Lines, q, true)
	if len(found) != 1 || found[0].Seq != note.Seq {
		t.Fatalf("%v", found)
	}
	if q, _ = query.Parse("mimosa", time.UTC, b.now()); len(incident.Search(found, q, true)) != 0 {
		t.Error("the text that was deleted is found")
	}
}

func TestWhatIsNewAfterAnEntry(t *testing.T) {
	b := newBench(t, "public-leak")
	b.do(persons(100))
	b.do(desk.RecordFacts{Facts: []desk.Given{{Key: "effect.backup", Value: fact.Unknown}}, Why: "not known"})
	secret := b.do(desk.RecordFacts{Facts: []desk.Given{{Key: "incident.title", Value: fact.Text("archive")}}, Why: "x"}).Entries[0]
	seen := b.look().Case.Tip.Seq
	if news := b.look().Since(seen); len(news.Entries)+len(news.Facts)+len(news.Steps)+len(news.Decisions) != 0 || news.Aware != nil {
		t.Errorf("news without anything new: %+v", news)
	}
	b.do(persons(120))
	b.do(persons(140))
	b.do(desk.Retract{Entry: secret.ID, Why: "another system"})
	b.do(desk.RecordAwareness{Moment: momentOf(t, "2026-11-19 07:00"), Who: "anna", Why: "saw it"})
	b.do(desk.Log{Text: "took the pages down", Kind: timeline.KindAction})
	news := b.look().Since(seen)
	if len(news.Entries) != 5 || news.Entries[0].Seq != seen+1 {
		t.Errorf("%d new entries", len(news.Entries))
	}
	if len(news.Facts) != 2 {
		t.Fatalf("%d changed facts: %+v", len(news.Facts), news.Facts)
	}
	if c := news.Facts[0]; c.Key != "persons.count" || c.Old.Value != fact.Count(100) || c.New.Value != fact.Count(140) {
		t.Errorf("%s went from %v to %v", c.Key, c.Old, c.New)
	}
	if c := news.Facts[1]; c.Key != "incident.title" || c.Old == nil || c.New != nil {
		t.Errorf("what was taken back: %+v", c)
	}
	if news.Aware == nil || news.Aware.Old != nil || news.Aware.New == nil {
		t.Errorf("awareness: %+v", news.Aware)
	}
	if all := b.look().Since(0); len(all.Entries) != int(b.look().Case.Tip.Seq) {
		t.Errorf("since the beginning: %d", len(all.Entries))
	}
}

func TestWhatSomebodyHasSeenIsAtLeastWhatTheyWrote(t *testing.T) {
	b := newBench(t, "")
	seq := b.do(desk.Log{Text: "mine"}).Entries[0].Seq
	if _, err := b.Do(ctx, bo, ref, desk.Log{Text: "his"}, desk.Terms{}); err != nil {
		t.Fatal(err)
	}
	s := b.look()
	if s.SeenBy("anna") != seq || s.SeenBy("bo") != seq+1 || s.SeenBy("carl") != 0 {
		t.Errorf("seen: %d, %d, %d", s.SeenBy("anna"), s.SeenBy("bo"), s.SeenBy("carl"))
	}
	if at := s.SeqAt(b.now()); at != seq+1 {
		t.Errorf("written by now: %d", at)
	}
	if at := s.SeqAt(b.now().Add(-time.Hour)); at != 0 {
		t.Errorf("written an hour ago: %d", at)
	}
}

func TestAHandoverSaysWhatAColleagueNeeds(t *testing.T) {
	b := newBench(t, "public-leak")
	b.do(persons(100))
	b.do(desk.RecordAwareness{Moment: momentOf(t, "2026-11-19 07:00"), Who: "anna", Why: "saw the pages"})
	before := b.look().Case.Tip.Seq
	b.wait(60 * time.Hour)
	b.do(persons(120))
	b.do(desk.Log{Text: "called the\nsupplier", Kind: timeline.KindAction})
	pinned := b.do(desk.Log{Text: "the contract's number is 4711"}).Entries[0]
	b.do(desk.Pin{Entry: pinned.ID})
	for lang, wants := range map[string][]string{
		"en": {"Hand-over: 2026-014", "notify the authority", "in 11 h", "Decisions to be made", "100 → #", "New in the timeline", "action: called the supplier", "Pinned", "4711", "New is what was written after #"},
		"da": {"Overlevering: 2026-014", "anmeld til tilsynsmyndigheden", "om 11 t.", "Beslutninger, der skal træffes", "Ændrede oplysninger", "Nyt på tidslinjen", "handling: called the supplier", "Fastgjort"},
	} {
		text := pageText(b.look().Handover(before, lang, time.UTC))
		for _, want := range wants {
			want = strings.ReplaceAll(want, "100 → #", "100 → 120")
			if !strings.Contains(text, want) {
				t.Errorf("%s: there is no %q in\n%s", lang, want, text)
			}
		}
		if strings.Contains(text, "AS KNOWN") || strings.Contains(text, "SOM DET VAR") {
			t.Errorf("%s: the present has a band of the past", lang)
		}
	}
}

func TestAHandoverOfThePastSaysSo(t *testing.T) {
	b := newBench(t, "")
	then := b.now().Add(time.Minute)
	b.wait(time.Hour)
	b.do(desk.Log{Text: "later"})
	s, err := b.LookAsOf(ctx, ref, then)
	if err != nil {
		t.Fatal(err)
	}
	text := pageText(s.Handover(0, "en", time.UTC))
	if !strings.Contains(text, "AS KNOWN AT 2026-11-19 06:33 (+00:00); NOT THE PRESENT") || strings.Contains(text, "later") {
		t.Errorf("%s", text)
	}
}

func TestAHandoverStaysOnePage(t *testing.T) {
	b := newBench(t, "")
	for range 60 {
		b.do(desk.Log{Text: strings.Repeat("long ", 500)})
	}
	page := b.look().Handover(0, "en", time.UTC)
	last := page.Parts[len(page.Parts)-1]
	if len(last.Points) != 26 || !strings.Contains(last.Points[0], "older ones") {
		t.Errorf("%d points, the first %q", len(last.Points), last.Points[0])
	}
	for _, point := range last.Points {
		if len(point) > 400 {
			t.Errorf("a point of %d characters", len(point))
		}
	}
}

func TestAClosedCaseIsHandedOverWithoutWork(t *testing.T) {
	b := newBench(t, "")
	b.do(desk.Close{Why: "no breach"})
	text := pageText(b.look().Handover(0, "en", time.UTC))
	if !strings.Contains(text, "The case is closed: no breach") || strings.Contains(text, "Decisions to be made") {
		t.Errorf("%s", text)
	}
}

func pageText(p desk.Page) string {
	lines := append([]string{p.Title}, p.Head...)
	for _, part := range p.Parts {
		lines = append(append(lines, part.Heading), part.Points...)
	}
	return strings.Join(lines, "\n")
}

// momentOf is a time typed in the zone of the bench.
func momentOf(t *testing.T, text string) when.Moment {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	m, err := when.Parse(text, zone, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCorrectingATextNeverShiftsItsTime(t *testing.T) {
	b := newBench(t, "")
	for _, typed := range []string{
		"2026-11-18T23:59:59.987654321-05:30", "2026-10-25 02:30 +02:00", "2026-10-25 02:30 +01:00", "about 2026-11-18 14:05",
		"2026-11-18", "2026-11-17 to 2026-11-18", "2026-11-18 14:00 to 15:30", "no later than 2026-11-18", "unknown",
	} {
		want := momentOf(t, typed)
		entry := b.do(desk.Log{Text: "frist", At: want}).Entries[0]
		for _, text := range []string{"first", "first again"} {
			b.do(desk.Correct{Entry: entry.ID, Text: &text, Why: "a slip"})
		}
		line, err := b.look().Case.Timeline.Find(entry.ID)
		if err != nil || line.Text != "first again" || line.Occurred.String() != want.String() {
			t.Errorf("%s: %q at %s, %v", want, line.Text, line.Occurred, err)
		}
	}
}
