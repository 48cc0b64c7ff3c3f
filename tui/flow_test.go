package tui

import (
	"os"
	"testing"
)

func (d *driver) dump(what string) *driver {
	if os.Getenv("SHOW") != "" {
		d.t.Logf("%s\n%s", what, d)
	}
	return d
}

// TestAWholeCaseOnScreen goes from an empty home to a notice that was filed, by
// keys alone, as the Return Centre case unfolded.
func TestAWholeCaseOnScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {60, 15}} {
		d := sit(t, size[0], size[1])
		d.see("No cases yet")
		d.press("c").see("New case", "2026-001")
		d.press("enter").typing("Entries lost at two return centres").press("enter")
		d.press("down").press("ctrl+s").see("case 2026-001 is open", "clock not started")

		d.press("a").see("When did somebody know?").press("enter").typing("no later than 2020-08-25").see("2020-08-25 00:00").dump("aware")
		d.press("enter").typing("the press office").press("enter").typing("the authority opened its case that day")
		d.press("enter").see("recorded", "OVERDUE").dump("after aware")

		d.press("n").typing("yesterday 22:10 called the supplier #supplier").see("2026-11-18 22:10", "tags: supplier").dump("note")
		d.press("enter").see("saved").dump("noted")
		d.press("2").see("called the supplier").dump("timeline")

		d.press("3").choose("Number of people").press("enter").see("persons.count").dump("fact form")
		d.clear().typing("unknown").press("ctrl+s").see("recorded", "not known yet").dump("facts")
		d.choose("Type of breach").press("enter").press("down", "space").dump("set")
		d.press("ctrl+s").see("recorded")

		d.press("1").choose("Settle the law").press("d").see("done, r opens it again").dump("playbook")
		d.press("4").dump("duty")
		d.press("5").dump("notices")
		d.press("i").see("Approved by").typing("Jette, head of unit").press("enter").see("Issuing sends nothing").dump("confirm")
		d.press("enter").see("Approved by").press("enter", "y").see("issued, not sent").dump("issued")
		d.press("f").see("It was really sent").dump("file").press("ctrl+s").see("Was the notice really sent").press("y").see("filed", "notified, late").dump("filed")
	}
}
