package tui

import (
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
)

func TestWhatIfShowsWhatWouldChangeAndWritesNothing(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		d := normal(t, size[0], size[1])
		before := d.look("2026-014").Case.Tip
		d.press("enter", "4", "w").typing("likely").press("enter").see("What if: Likely consequences").leaveDialogs()
		d.m.open.duty.suppose(desk.Given{Key: "consequences.likely", Value: fact.Set{"physical-harm"}})
		d.m.open.take(d.m, d.m.open.s)
		d.press("home").see("What if (nothing is written", "Risk to the people: risk → high risk")
		if after := d.look("2026-014").Case.Tip; after != before {
			t.Error("a supposition was written")
		}
		d.press("W").not("What if (")
	}
}

func TestASuppositionIsMadeByKeysAlone(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "4", "w").typing("number of people").press("enter").clear().typing("3").press("enter").see("if Number of people = 3")
	if n, _ := d.look("2026-014").Case.Facts.Count("persons.count"); n != 1742 {
		t.Errorf("written: %d", n)
	}
}

func TestClocksBesideTheHoursStandUnderTheDeadline(t *testing.T) {
	d := normal(t, 100, 30)
	d.press("enter", "4", "t").see("Start a clock beside the 72 hours").choose2("Log is overwritten")
	d.clear().typing("2026-11-18 03:00").press("enter").typing("3d").press("enter").typing("access log").press("enter").typing("the supplier keeps it three days").press("enter")
	d.see("it runs", "also: due", "access log")
	d.press("home").choose("access log").press("x").see("Done:").press("enter").typing("copied").press("enter").see("done").not("also:")
}

// choose2 moves down the options of a form until the one that begins so is chosen.
func (d *driver) choose2(text string) *driver {
	d.t.Helper()
	for range 60 {
		v := d.cursorLine()
		if squeeze(v) != "" && strings.Contains(v, text) {
			return d.press("enter")
		}
		d.press("down")
	}
	d.t.Fatalf("no option %q:\n%s", text, d)
	return d
}

func TestEveryJudgementHasAKey(t *testing.T) {
	d := normal(t, 100, 30)
	d.press("enter", "4")
	step := func(what string, fits func(*incident.Case) bool, keys func()) {
		t.Helper()
		keys()
		if !fits(d.look("2026-014").Case) {
			t.Errorf("%s has written nothing:\n%s", what, d)
		}
		d.leaveDialogs()
	}
	step("severity", func(c *incident.Case) bool { return c.Severity["EI"].Value == 0.5 }, func() {
		d.choose("EI 0.25").press("s", "enter").typing("0.3").see("in steps of 0.25").clear().typing("0.5").press("enter").typing("card numbers are known to staff").press("ctrl+s").see("adjusted by anna")
	})
	step("advice", func(c *incident.Case) bool { return len(c.Advice) == 1 }, func() {
		d.press("v").typing("the DPO").press("enter").typing("tell them").press("ctrl+s").see("the DPO advises: tell them")
	})
	d.press("D").see("nothing is decided yet")
	d.do("bo", "2026-014", desk.LogMatter{Side: incident.WithPerson, Sort: "access", Text: "what do you hold on me"})
	d.press("ctrl+r").see("also: due", "what do you hold on me")
	step("extend", func(c *incident.Case) bool { return c.Matters[0].Extended != nil }, func() {
		d.choose("A person, access").press("E", "enter").typing("many asked").press("ctrl+s")
	})
	step("settle", func(c *incident.Case) bool { return c.Matters[0].Settled != nil }, func() {
		d.press("x", "enter").typing("a letter").press("ctrl+s")
	})
	step("matter", func(c *incident.Case) bool { return len(c.Matters) == 2 && c.Matters[1].Due != nil }, func() {
		d.press("+", "enter").typing("order").press("enter").typing("tell the people").press("enter", "enter").typing("2026-12-01").press("ctrl+s").see("Authority, order: tell the people")
	})
	d.do("bo", "2026-014", desk.SwitchPlaybook{Key: "triage", Why: "once more", Books: d.desk.Playbooks})
	for _, item := range d.look("2026-014").Run.Items {
		if item.Step != nil && item.State == playbooks.StateOpen {
			d.do("bo", "2026-014", desk.MarkStep{Step: item.ID(), State: incident.StepDone})
		}
	}
	d.press("ctrl+r").chooseItem(func(i playbooks.RunItem) bool { return i.Gate != nil && i.State == playbooks.StateOpen })
	id := d.m.item()
	gate, _ := d.m.open.s.Run.Item(id)
	d.do("bo", "2026-014", desk.DecideGate{Gate: id, Option: gate.Gate.Options[0].ID, Why: "so it is", Review: day(start.Add(240 * time.Hour)), Books: d.desk.Playbooks})
	d.press("ctrl+r", "4")
	step("dissent", func(c *incident.Case) bool { return len(c.Dissents) == 1 }, func() {
		d.press("D", "enter").typing("it is not").press("ctrl+s").see("anna disagrees: it is not")
	})
}

func day(t time.Time) *when.Moment { m := when.OnDay(t); return &m }

func TestTheDutyThatAChangeHasMovedIsMarked(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "4").not("was:")
	d.do("bo", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "consequences.likely", Value: fact.Set{"physical-harm"}}}})
	d.press("ctrl+r", "home").see("high risk was: risk")
}
