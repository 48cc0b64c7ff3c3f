package tui

import (
	"context"
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/desk"
	"timeglas/timeline"
)

// tenThousand is a case that a few people have written in for months.
func tenThousand(b *testing.B) *driver {
	d := normal(b, 80, 24)
	j, err := d.store.Open(b.Context(), "2026-014")
	if err != nil {
		b.Fatal(err)
	}
	s := d.look("2026-014")
	tip := s.Case.Tip
	var drafts []timeline.Draft
	for i := range 10_000 {
		drafts = append(drafts, timeline.Draft{Kind: timeline.KindNote, Author: "anna", Recorded: start, Occurred: s.Case.Timeline.Lines[0].Occurred,
			Text: fmt.Sprintf("Called the supplier for the %d. time", i)})
	}
	if _, err := j.Append(b.Context(), tip, drafts...); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkFirstFrameOf10000 opens a case with 10,000 entries on a new desk, up to
// its first full screen. Reading it from disk is not in it.
func BenchmarkFirstFrameOf10000(b *testing.B) {
	d := tenThousand(b)
	for b.Loop() {
		o := d.m.o
		o.Desk = desk.New(d.desk.Options)
		o.Ref = "2026-014"
		m := New(context.Background(), o)
		m.after = d.m.after
		m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		(&driver{t: b, m: m, clock: d.clock}).run(m.Init())
		if m.open == nil {
			b.Fatal("not open")
		}
	}
}

// BenchmarkKeyIn10000 is one key in the timeline of that case, drawn.
func BenchmarkKeyIn10000(b *testing.B) {
	d := tenThousand(b)
	d.press("enter", "2", "home")
	for b.Loop() {
		d.m.Update(keyPress("down"))
		d.m.View()
	}
}
