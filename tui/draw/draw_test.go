package draw

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"timeglas/tui/theme"
)

var texts = rapid.StringOf(rapid.SampledFrom([]rune("abc æøå 漢字é👩‍👧 –…")))

func TestWhatIsFittedIsExactlyThatWide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := texts.Draw(t, "s"), rapid.IntRange(0, 60).Draw(t, "width")
		if got := Width(Fit(s, width, "…")); got != width {
			t.Fatalf("%q is %d wide, not %d", Fit(s, width, "…"), got, width)
		}
	})
}

func TestWrappedLinesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := texts.Draw(t, "s"), rapid.IntRange(2, 60).Draw(t, "width")
		for _, line := range Wrap(s, width) {
			if Width(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
	})
}

func TestABoxIsExactlyThatSize(t *testing.T) {
	look := theme.New(theme.Dark, false)
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 90).Draw(t, "width"), rapid.IntRange(0, 30).Draw(t, "height")
		lines := rapid.SliceOf(texts).Draw(t, "lines")
		box := Box(look, texts.Draw(t, "title"), lines, width, height, rapid.Bool().Draw(t, "focused"))
		if len(box) != height {
			t.Fatalf("%d lines, not %d", len(box), height)
		}
		for _, line := range box {
			if Width(line) != width {
				t.Fatalf("%q is %d wide, not %d", line, Width(line), width)
			}
		}
	})
}

func TestTheBarNeverShowsSomethingAsNothing(t *testing.T) {
	look := theme.New(theme.Mono, true)
	for _, c := range []struct {
		part, whole float64
		want        string
	}{{0, 10, "...."}, {0.01, 10, "#..."}, {5, 10, "##.."}, {9.99, 10, "###."}, {10, 10, "####"}, {20, 10, "####"}, {1, 0, ""}} {
		if got := Bar(look, c.part, c.whole, 4); got != c.want {
			t.Errorf("%g of %g is %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

func TestTheRightEndGivesWay(t *testing.T) {
	if got := Between("left", "right", 12, "…"); got != "left   right" {
		t.Errorf("%q", got)
	}
	if got := Between("left", "right", 9, "…"); strings.TrimSpace(got) != "left" || Width(got) != 9 {
		t.Errorf("%q", got)
	}
}
