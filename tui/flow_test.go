package tui

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
	"timeglas/internal/cpr"
	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/internal/fault"
	"timeglas/playbooks"
)

// TestAWholeCaseOnScreen goes from an empty home to a notice that was filed, by
// keys alone, as the Return Centre case unfolded, at the sizes at which everything
// can be done.
func TestAWholeCaseOnScreen(t *testing.T) {
	sizes := [][2]int{{80, 24}, {60, 15}, {120, 40}, {200, 60}}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for _, size := range sizes {
		d := sit(t, size[0], size[1])
		d.see("No cases yet")
		d.press("c").see("New case", "2026-001")
		d.typing("Entries lost at two return centres").press("enter")
		d.press("ctrl+s").see("case 2026-001 is open", "clock not started")

		d.press("a").see("When did somebody know?").press("enter").typing("no later than 2020-08-25").see("2020-08-25 00:00")
		d.press("enter").typing("the press office").press("enter").typing("the authority opened its case that day")
		d.press("enter").see("recorded", "OVERDUE")

		d.press("n").typing("yesterday 22:10 called the supplier #supplier").see("2026-11-18 22:10", "tags: supplier")
		d.press("tab", "tab").see("Action").press("enter").see("saved")
		d.press("2").choose("called").press("enter").see("Wed").press("esc")

		// Triage: is it a breach, of which kind; the answer switches the playbook.
		for range 10 {
			if d.look("2026-001").Case.Playbook.Key == "data-loss" {
				break
			}
			d.settleOne()
		}
		d.see("Data lost or wrong")

		d.press("3").choose("Number of people").press("enter").see("persons.count")
		d.typing("12x").see("not a whole number").clear().typing("unknown").press("ctrl+s").see("not known yet")
		d.choose("Type of breach").press("enter").press("end", "up", "up", "space", "ctrl+s").see("recorded")
		d.choose("Description").press("enter").typing("Entries were lost.").press("ctrl+j").typing("Twice.").press("ctrl+s").see("Entries were lost.")
		d.press("+").typing("police reports").press("enter").see("police reports")
		d.press("enter").typing("7").press("ctrl+s").see("recorded")

		d.press("4").see("Notify the authority: yes")
		d.choose("Can anybody come to physical harm").press("enter")
		if k, ok := d.m.key(); !ok || k.Name != "consequences.likely" {
			t.Errorf("the question leads to %v", k.Name)
		}

		d.press("5", "l").see("English").press("l").see("Danish").press("i").see("Approved by").typing("Jette, head of unit").press("enter").see("Issuing sends nothing")
		d.press("enter").see("Approved by").press("enter", "y").see("issued, not sent")
		if s := d.look("2026-001"); s.Clock.State != clock.Overdue {
			t.Errorf("an issued text has stopped the clock: %s", s.Clock.State)
		}
		d.press("f").see("It was really sent").press("ctrl+s").see("Was the notice really sent").press("y").see("filed", "notified, late")
		d.press("w").see("written to /files/2026-001-draft-authority-followup-da.txt")

		d.press("C").typing("all done").press("enter").see("Close case 2026-001?").press("y").see("the case is closed")
		d.press("n").see("Note: the case is closed, O reopens it")
		d.press("O").typing("the authority has asked").press("enter").see("the case is open again")
		d.press("esc").see("2026-001", "notified, late")
		d.press("n").see("Note").press("esc", "esc").see("2026-001", "notified, late")
		d.press("q")
		if !d.quit {
			t.Error("q does not leave")
		}
	}
}

// settleOne does the first step that is open, or decides the first gate that is.
func (d *driver) settleOne() {
	d.t.Helper()
	d.chooseItem(func(i playbooks.RunItem) bool { return i.State == playbooks.StateOpen })
	item, _ := d.m.open.playbook.item(d.m.open.pane().chosen())
	if item.Step != nil {
		d.press("d")
		return
	}
	d.press("enter")
	for d.m.dialogs.Top() != nil && !strings.Contains(d.cursorLine(), "Why") {
		d.press("enter")
	}
	d.typing("as the log shows").press("ctrl+s").see("decided")
}

func TestAFailedSaveKeepsTheText(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "n").typing("the disk is about to fill")
	d.store.Fail = func() error { return fault.New(fault.Failed, "case 2026-014", "the disk is full: free some space") }
	d.press("enter").see("NOT SAVED", "the disk is full", "the disk is about to fill")
	d.store.Fail = nil
	d.press("enter").see("saved")
	if lines := d.look("2026-014").Case.Timeline.Lines; lines[len(lines)-1].Text != "the disk is about to fill" {
		t.Error("it was not saved at the second try")
	}
	d.store.Fail = func() error { return errors.New("disk I/O error") }
	d.chooseItem(func(i playbooks.RunItem) bool { return i.Step != nil && i.State == playbooks.StateOpen })
	d.press("d").see("NOT SAVED")
}

func TestAFormOnAnOlderValueShowsBothBeforeItSaves(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "3").choose("Number of people").press("enter").clear().typing("1800")
	d.do("bo", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(1666)}}, Why: "counted again"})
	d.press("ctrl+s").see("NOT SAVED", "bo", "1,666", "counted again", "1800")
	if n, _ := d.look("2026-014").Case.Facts.Count("persons.count"); n != 1666 {
		t.Fatalf("theirs was overwritten: %d", n)
	}
	d.press("ctrl+s").see("recorded")
	if n, _ := d.look("2026-014").Case.Facts.Count("persons.count"); n != 1800 {
		t.Errorf("after the second save it is %d", n)
	}
}

func TestANumberIsPointedOutBeforeItIsSaved(t *testing.T) {
	const number = "680290-1231" // 60 added to the day: nobody's
	if !cpr.Contains(number) {
		t.Fatal("not a number to test with")
	}
	last := func(d *driver) string {
		lines := d.look("2026-014").Case.Timeline.Lines
		return lines[len(lines)-1].Text
	}
	for _, c := range []struct {
		keys []string
		kept bool
	}{{[]string{"enter"}, false}, {[]string{"m"}, false}, {[]string{"K"}, true}} {
		d := normal(t, 80, 24)
		d.press("enter", "n").typing("spoke to " + number).press("enter").see("The text holds a CPR number").press(c.keys...).see("saved")
		if kept := strings.Contains(last(d), number); kept != c.kept {
			t.Errorf("%v: kept is %v: %q", c.keys, kept, last(d))
		}
	}
	d := normal(t, 80, 24)
	before := last(d)
	d.press("enter", "n").typing("spoke to "+number).press("enter", "e").see(number)
	if last(d) != before {
		t.Error("editing has saved")
	}
}

func TestTypedTextIsNotLostToOneKey(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "n").typing("half a sent").press("esc").see("not saved", "half a sent")
	d.typing("ence").see("half a sentence")
	d.press("ctrl+c").see("half a sentence")
	if d.quit {
		t.Fatal("ctrl+c has dropped the text")
	}
	d.press("esc", "esc").not("half a sentence")
}

func TestPastedTextTriggersNoKeys(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter")
	before := d.screen()
	d.send(tea.PasteMsg{Content: "q\nd\nC"})
	if d.screen() != before || d.quit {
		t.Errorf("a paste without a field did something:\n%s", d)
	}
	d.press("n")
	d.send(tea.PasteMsg{Content: "line one\nline two"})
	d.see("line one line two", "Note")
}

func TestOthersEntriesAppear(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "2")
	d.do("bo", "2026-014", desk.Log{Text: "the pages are down"})
	d.wait(3*time.Second).see("new from bo: the pages are down", "bo note")
}

func TestAFormSuggestsThePresentAndNotTheLastTick(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "5")
	*d.clock = d.clock.Add(47 * time.Second).Add(5 * time.Minute)
	d.press("f").see("2026-11-19 09:05")
}

func TestLateAnswersAreDropped(t *testing.T) {
	d := normal(t, 80, 24)
	slow := d.m.openCase("2026-014", "")
	answer := slow()
	d.m.openCase("2026-014", "")
	d.send(answer)
	if d.m.open != nil {
		t.Error("the answer to an older request was shown")
	}
	old := d.m.loadList()()
	d.m.loadList()
	d.m.list.cases = nil
	d.send(old)
	if len(d.m.list.cases) != 0 {
		t.Error("an old list was shown")
	}
}

func TestTheClockTicksOnceAMinuteAndInTheLastHourOnceASecond(t *testing.T) {
	ticks := func(d *driver, span time.Duration) int {
		n := d.m.ticking
		d.wait(span)
		return d.m.ticking - n
	}
	d := normal(t, 80, 24)
	d.press("enter")
	if n := ticks(d, 10*time.Minute); n < 9 || n > 11 {
		t.Errorf("%d ticks in ten minutes", n)
	}
	*d.clock = d.m.open.s.Clock.Deadline.Add(-62 * time.Minute) // the machine has slept
	d.wait(3 * time.Minute)
	if n := ticks(d, 30*time.Second); n < 29 || n > 31 {
		t.Errorf("%d ticks in half a minute of the last hour", n)
	}
	*d.clock = d.m.open.s.Clock.Deadline.Add(time.Hour)
	d.wait(2 * time.Minute).see("OVERDUE by 1 h")
}

// TestEveryActHasAKey: whatever the desk can do to a case can be done on screen.
func TestEveryActHasAKey(t *testing.T) {
	d := normal(t, 100, 30)
	d.press("enter")
	entries := func() int { return len(d.look("2026-014").Case.Timeline.Lines) }
	step := func(what string, keys func()) {
		t.Helper()
		before := entries()
		keys()
		if entries() == before {
			t.Errorf("%s has written nothing:\n%s", what, d)
		}
		d.leaveDialogs()
	}
	open := func(i playbooks.RunItem) bool { return i.Step != nil && i.State == playbooks.StateOpen }
	step("Log", func() { d.press("n").typing("x").press("enter") })
	step("Correct", func() {
		d.press("2").choose("x").press("c").clear().typing("y").press("enter", "enter").typing("typo").press("enter")
	})
	step("Tag", func() { d.press("t").typing("one two").press("enter") })
	step("Pin", func() { d.press("p") })
	step("Retract", func() { d.press("x").typing("wrong").press("enter") })
	step("Redact", func() { d.press("R").typing("private").press("enter", "y") })
	step("RecordFacts", func() { d.press("3").choose("CVR").press("enter").typing("12345678").press("ctrl+s") })
	step("unknown", func() { d.press("U") })
	step("take back", func() { d.press("x").typing("wrong").press("enter") })
	step("wording", func() { d.choose("Description").press("w").typing("Der gik data tabt.").press("ctrl+s") })
	step("RecordAwareness", func() {
		d.press("a", "enter").clear().typing("2026-11-18 01:00").press("enter", "enter").typing("mail").press("enter")
	})
	step("MarkStep done", func() { d.chooseItem(open).press("d") })
	step("MarkStep reopen", func() { d.press("r") })
	step("MarkStep skip", func() { d.chooseItem(open).press("s").typing("not here").press("enter") })
	step("SwitchPlaybook", func() { d.press("P", "down", "enter").typing("it is an insider").press("enter") })
	step("Issue", func() { d.press("5", "i").typing("Jette").press("enter", "y") })
	step("File", func() { d.press("f", "ctrl+s", "y") })
	step("title", func() { d.press("T").clear().typing("Another").press("enter").typing("better").press("enter") })
	step("Close", func() { d.press("C").typing("done").press("enter", "y") })
	step("Reopen", func() { d.press("O").typing("again").press("enter") })
	if state := d.look("2026-014").Case.State; state != incident.Open {
		t.Error(state)
	}
}

func TestNoKeyMeansTwoThingsInOnePlace(t *testing.T) {
	actions := newRegistry()
	seen := map[string]bool{}
	for _, a := range actions {
		if seen[a.id] {
			t.Errorf("two actions have the id %s", a.id)
		}
		seen[a.id] = true
		if a.title == "" || a.does == "" || len(a.keys) == 0 || a.in.name() == "" || a.run == nil {
			t.Errorf("action %q lacks something", a.id)
		}
		for _, b := range actions {
			if a.id >= b.id || a.in&b.in == 0 {
				continue
			}
			for _, key := range a.keys {
				if slices.Contains(b.keys, key) {
					t.Errorf("%s is %s and %s", key, a.id, b.id)
				}
			}
		}
	}
}

func TestDisabledActionsSayWhy(t *testing.T) {
	d := sit(t, 80, 24)
	d.press("enter").see("Open: there is no case yet, c opens one")
	d.press(":").typing("open").see("not now: there is no case yet").press("enter").see("there is no case yet").press("esc")
	d = normal(t, 80, 24)
	d.press("enter", "O").see("Reopen case: the case is open")
}

func TestThePaletteFindsByLettersAndRuns(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", ":").typing("swpl").see("Switch playbook").press("enter").see("Switch playbook", "Why")
	d.leaveDialogs().press("3", ":").typing("issue").press("enter").see("Issue: Authority, initial", "Approved by")
	d.leaveDialogs().press("?").typing("timeline").see("write what happened").press("esc")
}

func TestTheKeyTableIsTheOneInTheDocuments(t *testing.T) {
	const path = "testdata/keys.md"
	if *update {
		if err := os.WriteFile(path, []byte(KeyTable()), 0o644); err != nil {
			t.Fatal(err)
		}
		updateReadme(t)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if KeyTable() != string(want) {
		t.Errorf("%s is out of date: go test ./tui -update writes it anew", path)
	}
	_, table, _ := readmeTable(t)
	if strings.TrimSpace(table) != strings.TrimSpace(KeyTable()) {
		t.Error("the table of keys in README.md is out of date: go test ./tui -update writes it anew")
	}
}

const readme = "../README.md"

// readmeTable is what stands between the marks in the README, and around them.
func readmeTable(t *testing.T) (before, table, after string) {
	t.Helper()
	const begin, end = "<!-- keys:begin -->\n", "<!-- keys:end -->"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, marked := strings.Cut(string(text), begin)
	table, after, ended := strings.Cut(rest, end)
	if !marked || !ended {
		t.Fatalf("%s has no marks %q and %q", readme, begin, end)
	}
	return before + begin, table, end + after
}

func updateReadme(t *testing.T) {
	t.Helper()
	before, _, after := readmeTable(t)
	if err := os.WriteFile(readme, []byte(before+"\n"+KeyTable()+"\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTwoPeopleAtOneStore(t *testing.T) {
	store := &desktest.Memory{}
	anna := sitAt(t, store, "anna", 80, 24)
	anna.press("c").typing("A suspicion").press("ctrl+s").see("is open")
	bo := sitAt(t, store, "bo", 80, 24)
	bo.press("enter", "n").typing("I take the logs").press("enter").see("saved")
	anna.wait(3 * time.Second).see("new from bo: I take the logs")
}
