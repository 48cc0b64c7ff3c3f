package tui

import (
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func TestThePastIsShownAsItWasKnownAndCannotBeWritten(t *testing.T) {
	d := normal(t, 100, 30)
	*d.clock = d.clock.Add(2 * time.Hour)
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(1800)}}})
	d.press("enter", "3").choose("Number of people").see("1,800")
	d.press("@").see("What was known then?").clear().typing("2019-01-01").press("enter").see("did not exist yet").not("NOT SAVED")
	d.press("up").clear().typing("2026-11-19 09:30").press("enter").see("AS KNOWN Thu 19 Nov 09:30", "about 1,742").not("1,800")
	for _, key := range []string{"n", "a", "enter", "u", "U", "C", "x"} {
		d.press(key).see("this is the past")
		if !d.m.dialogs.Empty() {
			t.Fatalf("%s opens a form in the past:\n%s", key, d)
		}
	}
	d.do("bo", "2026-014", desk.Log{Text: "meanwhile"})
	ticks := d.m.ticking
	d.wait(5 * time.Minute).see("AS KNOWN").not("meanwhile")
	if n := d.m.ticking - ticks; n > 6 {
		t.Errorf("%d ticks in five minutes of a clock that stands", n)
	}
	d.press("esc").not("AS KNOWN").see("1,800")
	d.press("4").not("was:").press("5", "enter").not("»")
	d.press("n").see("Note")
}

func TestUndoSaysWhatItWillTakeBack(t *testing.T) {
	d := normal(t, 80, 24)
	d.do("anna", "2026-014", desk.Log{Text: "typed too fast"})
	d.do("bo", "2026-014", desk.Log{Text: "by another"})
	d.press("enter", "u").see("Undo: take back entry 14", "typed too fast", "undone").press("enter").see("taken back")
	s := d.look("2026-014")
	if l := s.Case.Timeline.Lines[13]; l.Counts() {
		t.Error("entry 14 still counts")
	}
	d.press("u").see("entry 13, and an issued notice stands")
	if s := d.look("2026-014"); s.Case.State != incident.Open {
		t.Error(s.Case.State)
	}
}

func TestDamageIsSaidOnEveryScreenAndStopsWriting(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter")
	d.m.open.s.Restriction = fault.New(fault.Damaged, "case 2026-014", "entry 5 is not as it was written; restore the backup of yesterday")
	d.press("2").see("DAMAGED").press("n").see("open for reading only").press("!").see("entry 5 is not as it was written", "restore the backup").press("esc")
	d.m.open.s.Restriction = fault.New(fault.Failed, "case 2026-014", "the medium is read-only")
	d.press("3").see("READ ONLY").press("n").see("Note").press("esc")
}

func TestLittleRoomIsSaidInTheList(t *testing.T) {
	d := sit(t, 80, 24, func(o *Options, _ *desk.Options) {
		o.Trouble = func() string { return "only 12 MiB are free" }
	})
	d.see("only 12 MiB are free").press("!").see("What is wrong", "only 12 MiB are free")
}
