package tui

import (
	"strings"
	"testing"

	"timeglas/internal/desk"
)

func TestWhoTakesOverReadsOnePage(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {160, 50}} {
		d := normal(t, size[0], size[1])
		d.do("bo", "2026-014", desk.Log{Text: "the pages are down"})
		d.press("enter", "N").see("What is new: 2026-014", "the pages are down")
		checkFits(t, d, size[0], size[1], "news")
		d.press("esc", "H").see("Hand-over: 2026-014")
		checkFits(t, d, size[0], size[1], "handover")
		d.press("end", "w").see("written to /files/2026-014-handover.txt").press("esc")
		if text := d.files["2026-014-handover.txt"]; !strings.Contains(text, "the pages are down") || !strings.Contains(text, "NOT SENT") {
			t.Error(text)
		}
	}
}
