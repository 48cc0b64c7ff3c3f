package tui

import (
	"testing"

	"timeglas/internal/desk"
)

func TestTheTimelineShowsWhatAQueryFindsAndTheCaseKeepsIt(t *testing.T) {
	d := normal(t, 100, 30)
	d.do("bo", "2026-014", desk.Log{Text: "Called the archive"})
	d.press("enter", "2", "/").typing("supplier kind:action").see("→ 1 entry").press("enter").see("1 with supplier kind:action", "Called the supplier").not("Called the archive")
	d.press("v").see("keep").press("enter").see("Keep the filter").typing("supplier").press("enter").see("kept")
	d.press("F").see("Called the archive").not("kind:action")
	d.press("v", "enter").not("Called the archive").see("Called the supplier")
	d.press("/").clear().typing("kind:").see("character 6").press("enter").see("character 6").leaveDialogs()
	d.press("/").clear().typing("nowhere").press("enter").see("No entry fits the filter").press("F").see("Called the archive")
}

func TestAnEntryIsCommentedAndLinkedOnScreen(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "2").choose("Called the supplier").press(";").typing("which one?").press("enter").see("saved")
	d.press("L").typing("99").see("there is no such entry").clear().typing("6").see("Number of people = 1,742").press("enter").typing("they told us").press("enter").see("linked")
	d.see("which one?, anna", "See entry 6")
}
