package timeline_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

var start = time.Date(2020, 8, 25, 8, 0, 0, 0, time.UTC)

// book seals drafts one after another into one journal.
type book struct {
	sealer  timeline.Sealer
	entries []timeline.Entry
}

func newBook() *book {
	return &book{sealer: timeline.NewSealer(timeline.NewIdentity(timeline.MarkCase))}
}

func (b *book) add(d timeline.Draft, recorded time.Time) timeline.Entry {
	d.Author, d.Recorded, d.Occurred = "anna", recorded, when.At(recorded)
	tip := timeline.Tip{}
	if n := len(b.entries); n > 0 {
		tip = b.entries[n-1].Tip()
	}
	sealed, err := b.sealer.Seal(tip, d)
	if err != nil {
		panic(err)
	}
	b.entries = append(b.entries, sealed[0].Entry)
	return sealed[0].Entry
}

func (b *book) note(text string) timeline.Entry {
	return b.add(timeline.Draft{Kind: timeline.KindNote, Text: text, Tags: []string{"phone"}}, start)
}

func TestTagsAreAddedAndTakenOff(t *testing.T) {
	b := newBook()
	n := b.note("called the supplier")
	b.add(timeline.Draft{Kind: timeline.KindTag, Target: n.ID, Data: timeline.TagData{On: []string{"ams", "ams"}, Off: []string{"phone"}}}, start)
	if got := timeline.Fold(b.entries).Lines[0].Tags; !slices.Equal(got, []string{"ams"}) {
		t.Errorf("tags are %v", got)
	}
	if got := b.entries[0].Body.Tags; !slices.Equal(got, []string{"phone"}) {
		t.Errorf("the fold has changed the entry: %v", got)
	}
}

func TestPinsAreSetAndTakenOff(t *testing.T) {
	b := newBook()
	n := b.note("called the supplier")
	for _, on := range []bool{true, false} {
		b.add(timeline.Draft{Kind: timeline.KindPin, Target: n.ID, Data: timeline.PinData{On: on}}, start)
		if got := timeline.Fold(b.entries).Lines[0].Pinned; got != on {
			t.Errorf("pinned is %v, want %v", got, on)
		}
	}
}

func TestFindTakesNumberIDAndBeginningOfAnID(t *testing.T) {
	b := newBook()
	first, second := b.note("one"), b.add(timeline.Draft{Kind: timeline.KindNote, Text: "two"}, start.Add(400*24*time.Hour))
	v := timeline.Fold(b.entries)
	for ref, want := range map[string]string{
		"1": first.ID, "#2": second.ID, first.ID: first.ID, second.ID[:10]: second.ID,
	} {
		if got, err := v.Find(ref); err != nil || got.ID != want {
			t.Errorf("Find(%q) = %s, %v; want %s", ref, got.ID, err, want)
		}
	}
	for ref, want := range map[string]fault.Code{
		"0": fault.NotFound, "3": fault.NotFound, "-1": fault.NotFound, "": fault.NotFound,
		"01E": fault.NotFound, "ZZZZ": fault.NotFound,
	} {
		if _, err := v.Find(ref); !fault.Is(err, want) {
			t.Errorf("Find(%q): %v, want code %d", ref, err, want)
		}
	}
}

func TestABeginningThatSeveralShareIsNotAnAnswer(t *testing.T) {
	b := newBook()
	b.note("one")
	second := b.note("two")
	if _, err := timeline.Fold(b.entries).Find(second.ID[:8]); !fault.Is(err, fault.Usage) {
		t.Errorf("got %v", err)
	}
}

func TestUntilTakesTheRunningMaximumOfRecordedTimes(t *testing.T) {
	b := newBook()
	for _, minutes := range []int{0, 10, 5, 20} { // the wall clock jumped back once
		b.add(timeline.Draft{Kind: timeline.KindNote, Text: "x"}, start.Add(time.Duration(minutes)*time.Minute))
	}
	for minutes, want := range map[int]int{-1: 0, 0: 1, 5: 1, 9: 1, 10: 3, 19: 3, 20: 4} {
		if got := timeline.Until(b.entries, start.Add(time.Duration(minutes)*time.Minute)); got != want {
			t.Errorf("until minute %d: %d entries, want %d", minutes, got, want)
		}
	}
}

// TestRetractionsAgreeWithTheirDefinition: an entry counts unless a retraction of
// it counts, whatever was retracted in whatever order.
func TestRetractionsAgreeWithTheirDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook()
		targets := []int{-1}
		b.note("first")
		for i := 1; i < rapid.IntRange(2, 30).Draw(t, "entries"); i++ {
			target := rapid.IntRange(0, i-1).Draw(t, fmt.Sprint("target of ", i))
			targets = append(targets, target)
			b.add(timeline.Draft{Kind: timeline.KindRetraction, Target: b.entries[target].ID, Text: "wrong"}, start)
		}
		var counts func(i int) bool
		counts = func(i int) bool {
			for by := i + 1; by < len(targets); by++ {
				if targets[by] == i && counts(by) {
					return false
				}
			}
			return true
		}
		for i, l := range timeline.Fold(b.entries).Lines {
			if l.Counts() != counts(i) {
				t.Fatalf("entry %d counts: %v, want %v (targets %v)", i, l.Counts(), counts(i), targets)
			}
		}
	})
}

// TestFoldingAPrefixNeedsNothingAfterIt holds "as of": what was known then does not
// depend on what was written later.
func TestFoldingAPrefixNeedsNothingAfterIt(t *testing.T) {
	b := newBook()
	n := b.note("first text")
	b.add(timeline.Draft{Kind: timeline.KindCorrection, Target: n.ID, Text: "second text", Data: timeline.CorrectionData{Text: true}}, start)
	b.add(timeline.Draft{Kind: timeline.KindRetraction, Target: n.ID, Text: "wrong"}, start)
	if l := timeline.Fold(b.entries[:1]).Lines[0]; l.Text != "first text" || !l.Counts() {
		t.Errorf("%+v", l)
	}
	if l := timeline.Fold(b.entries[:2]).Lines[0]; l.Text != "second text" || !l.Counts() {
		t.Errorf("%+v", l)
	}
	if l := timeline.Fold(b.entries).Lines[0]; l.Text != "second text" || l.Counts() {
		t.Errorf("%+v", l)
	}
}
