package layout

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTheModeFollowsTheSize(t *testing.T) {
	for size, want := range map[Size]Mode{
		{59, 40}: TooSmall, {200, 14}: TooSmall, {60, 15}: Narrow, {80, 24}: Narrow, {119, 50}: Narrow,
		{120, 15}: Wide, {159, 60}: Wide, {160, 50}: Broad, {300, 100}: Broad,
	} {
		if got := ModeOf(size); got != want {
			t.Errorf("%v is %v, want %v", size, got, want)
		}
	}
}

func TestTheBodyIsWhatTheFixedLinesLeave(t *testing.T) {
	if got := FrameOf(Size{80, 24}, 1).Body; got != (Size{80, 20}) {
		t.Error(got)
	}
	if got := FrameOf(Size{80, 24}, 0).Body; got != (Size{80, 21}) {
		t.Error(got)
	}
	if got := FrameOf(Size{80, 2}, 1).Body; got.H != 0 {
		t.Error(got)
	}
}

func TestColumnsUseTheWholeWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(0, 400).Draw(t, "width")
		shares := rapid.SliceOfN(rapid.IntRange(1, 90), 1, 4).Draw(t, "shares")
		total := 0
		for _, w := range Columns(width, shares...) {
			if w < 0 {
				t.Fatal("a column of less than nothing")
			}
			total += w
		}
		if total != width {
			t.Fatalf("%d of %d", total, width)
		}
	})
}

func TestTheWindowHoldsTheCursorAndMovesLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.IntRange(1, 500).Draw(t, "total")
		cursor := rapid.IntRange(0, total-1).Draw(t, "cursor")
		top := rapid.IntRange(0, 600).Draw(t, "top")
		height := rapid.IntRange(1, 80).Draw(t, "height")
		from, to := Window(top, cursor, total, height)
		if from < 0 || to > total || cursor < from || cursor >= to {
			t.Fatalf("rows %d to %d of %d without row %d", from, to, total, cursor)
		}
		if want := min(height, total); to-from != want {
			t.Fatalf("%d rows in a height of %d", to-from, height)
		}
		if again, _ := Window(from, cursor, total, height); again != from {
			t.Fatalf("moved from %d to %d with nothing to do", from, again)
		}
	})
}

func TestNoRoomShowsNothing(t *testing.T) {
	for _, height := range []int{0, -1} {
		if from, to := Window(3, 1, 10, height); from != 0 || to != 0 {
			t.Error(from, to)
		}
	}
	if from, to := Window(0, 0, 0, 10); from != 0 || to != 0 {
		t.Error(from, to)
	}
}
