package tui

import (
	"context"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
)

// TestEveryTextCanBeSeenOnScreen walks over all letters, phases and languages, and
// over every sentence of each.
func TestEveryTextCanBeSeenOnScreen(t *testing.T) {
	d := normal(t, 120, 40)
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "persons.groups", Value: fact.Set{"children"}}}})
	d.press("enter", "5").see("Authority", "People: passed on (guardians)", "The public", "Our controller", "Police, summary", "Internal record")
	n := d.m.open.notices
	for _, l := range n.letters() {
		for _, phase := range phasesTo[l.to] {
			n.phases[l], n.why = phase, "it was no breach"
			for _, lang := range []string{"da", "en"} {
				n.lang = lang
				if got := n.draft(l); got.err != nil {
					t.Errorf("%v %s %s: %v", l, phase, lang, got.err)
				} else if lines, starts := n.layOf(d, l); len(starts) != len(stopsOf(got.doc)) || starts[len(starts)-1] >= len(lines) {
					t.Errorf("%v %s %s: %d sentences, %d stops", l, phase, lang, len(stopsOf(got.doc)), len(starts))
				}
			}
		}
	}
	for _, to := range notice.Recipients() {
		if len(phasesTo[to]) == 0 || toWords[to] == "" {
			t.Errorf("%s is not on the screen", to)
		}
	}
}

func (n *noticesTab) layOf(d *driver, l letter) (lines []string, starts []int) {
	n.at = l
	p := n.lay(d.m.open.look(d.m), 60, 3)
	return p.lines, p.starts
}

func TestASentenceLeadsToItsEntries(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "5", "enter")
	d.walkTo("Bruddet berører anslået 1.742")
	d.press("enter").see("The sentence rests on", "entry 6", "Number of people").press("enter")
	if l, ok := d.m.entry(); !ok || l.Seq != 6 {
		t.Fatalf("not at entry 6:\n%s", d)
	}
	d.press("5")
	d.press("enter", "down", "enter")
	if k, ok := d.m.key(); !ok || k.Name != "persons.count" {
		t.Fatalf("not at the fact:\n%s", d)
	}
}

// walkTo goes through the text to the sentence that begins so.
func (d *driver) walkTo(text string) {
	d.t.Helper()
	for range 200 {
		if at, ok := d.m.atStop(); ok && strings.HasPrefix(at.sentence.Text, text) {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("no sentence %q:\n%s", text, d)
}

func TestMissingPointsCanBeJumpedTo(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		d := normal(t, size[0], size[1])
		d.press("enter", "5", "m")
		first, ok := d.m.atStop()
		if !ok || !first.sentence.Gap {
			t.Fatalf("not at a gap:\n%s", d)
		}
		d.press("m")
		if second, _ := d.m.atStop(); second.sentence.Text == first.sentence.Text {
			t.Errorf("m stays where it was:\n%s", d)
		}
		if !strings.Contains(d.cursorLine(), "▸") {
			t.Errorf("the cursor is not at the gap: %q", d.cursorLine())
		}
		d.press("enter")
		if d.m.place() != inFacts {
			t.Errorf("enter does not lead to the fact:\n%s", d)
		}
	}
}

func TestAPointIsCopiedByItself(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "5", "y").see("the text: handed to the terminal's clipboard")
	d.press("enter")
	d.walkTo("Bruddet berører anslået 1.742")
	d.press("y").see("3. Kategorier af og antal berørte registrerede: handed")
}

func TestTheSentenceThatAChangeHasMovedIsMarked(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "5").not("»  Bruddet")
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(1800)}}})
	d.press("ctrl+r", "enter")
	d.walkTo("Bruddet berører 1.800")
	d.see("» Bruddet berører 1.800")
	for _, s := range stopsOf(d.m.open.notices.draft(letter{to: incident.ToAuthority}).doc)[:2] {
		d.not("» " + s.sentence.Text)
	}
}

func TestAWithdrawalAsksForItsReasonFirst(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "5", "p", "p", "p").see("Withdraw the notification").typing("nobody outside had access").press("enter").see("withdraw", "nobody outside had access")
	d.press("i").see("Issue: Authority, withdraw").typing("Jette").press("enter", "enter", "y").see("issued, not sent")
}

func TestALetterToAPartIsIssuedForThatPart(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "5").choose("People: passed on").press("i").see("Issue: People: passed on").typing("Jette").press("enter", "ctrl+s", "y").see("NOT SAVED").
		typing("they have to move at once").press("enter", "y").see("issued, not sent")
	s, err := d.desk.Look(context.Background(), "2026-014")
	if err != nil {
		t.Fatal(err)
	}
	last := s.Case.Notices[len(s.Case.Notices)-1]
	if last.To != incident.ToSubjects || last.Subset != "passed on" {
		t.Errorf("%+v", last)
	}
	d.choose("People: passed on").press("r").see("People: passed on (relatives)").press("r").not("(relatives)")
}

func TestWhatContradictsItselfIsSaidBeforeIssuing(t *testing.T) {
	d := normal(t, 100, 30)
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{
		{Key: "informed.count", Value: fact.Count(1800)}, {Key: "informed.status", Value: fact.Choice("partial")},
		{Key: "incident.description", Value: fact.Text("Told by Peter Hansen.")}}})
	d.press("enter", "5", "i").see("But 1800 people informed", "Look at “Peter Hansen” looks like a person's name")
	d.typing("Jette").press("ctrl+s", "y").see("contradict each other")
	d.press("enter").typing("counted again tomorrow").press("enter", "y").see("issued, not sent")
}

func TestASecondPairOfEyesApprovesOnScreen(t *testing.T) {
	four := func(_ *Options, d *desk.Options) { d.FourEyes = true }
	anna := normal(t, 100, 30, four)
	anna.press("enter", "5", "end").see("to be approved").press("A").see("you issued it")
	bo := sitAt(t, anna.store, "bo", 100, 30, four)
	bo.press("enter", "5", "end", "A").typing("read").press("enter").see("approved", "NOT SENT")
}
