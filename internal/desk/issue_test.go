package desk_test

import (
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

func initial() notice.Request {
	return notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da"}
}

func given(pairs ...any) desk.RecordFacts {
	act := desk.RecordFacts{Why: "as it was found"}
	for i := 0; i < len(pairs); i += 2 {
		act.Facts = append(act.Facts, desk.Given{Key: pairs[i].(string), Value: pairs[i+1].(fact.Value)})
	}
	return act
}

func (b *bench) issue(act desk.Issue) timeline.Entry {
	b.t.Helper()
	act.By, act.Zone = "the DPO", b.Zone
	return b.do(act).Entries[0]
}

func TestContradictionsKeepANoticeFromBeingIssuedUntilThereIsAReason(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(given("persons.count", fact.Count(66), "informed.count", fact.Count(70), "informed.status", fact.Choice("partial"),
		"informed.exception", fact.Choice("34-3-a"), "effect.protection", fact.Choice("intelligible")))
	b.refuse(desk.Issue{Request: initial(), By: "the DPO", Zone: b.Zone}, fault.Refused, "70 people informed, but 66 concerned")
	b.refuse(desk.Issue{Request: initial(), By: "the DPO", Zone: b.Zone}, fault.Refused, "but the data can be read")
	b.issue(desk.Issue{Request: initial(), Despite: "the deadline; both are being counted again"})
	if n := b.look().Case.Notices[0]; n.Despite != "the deadline; both are being counted again" {
		t.Errorf("the reason is %q", n.Despite)
	}
	withdrawal := initial()
	withdrawal.Phase = incident.PhaseWithdraw
	b.issue(desk.Issue{Request: withdrawal, Why: "filed twice"})
}

func TestPeopleToldBeforeTheControllerKnewIsAContradiction(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(desk.RecordAwareness{Moment: when.At(b.now()), Who: "bo", Why: "call"})
	b.do(given("informed.status", fact.Choice("yes"), "informed.when", fact.Moment{Moment: when.At(b.now().Add(-time.Hour))}))
	b.refuse(desk.Issue{Request: initial(), By: "the DPO", Zone: b.Zone}, fault.Refused, "before the controller was aware")
}

func TestBeforeIssuingNamesAndNumbersArePointedOutWithTheirPlace(t *testing.T) {
	b := newBench(t, "data-loss")
	entry := b.do(given("persons.count", fact.Count(66),
		"incident.description", fact.Text("Oplysninger om Peter Hansen og 70 borgere lå åbent."))).Entries[1]
	found, err := b.BeforeIssuing(b.look(), initial())
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range found {
		if r.Kind == desk.RemarkContradiction || r.Point != 2 || r.Entry != entry.ID || r.Keys[0] != "incident.description" {
			t.Errorf("%+v", r)
		}
		texts = append(texts, r.Text.EN)
	}
	want := "“Peter Hansen” looks like a person's name (point 2, incident.description, entry 4)|“70 borgere” is no number that the facts hold (point 2, incident.description, entry 4)"
	if got := strings.Join(texts, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	b.issue(desk.Issue{Request: initial()}) // a guess refuses nothing
}

func TestWithFourEyesANoticeIsFiledOnlyAfterASecondAccountHasApproved(t *testing.T) {
	b := newBench(t, "data-loss")
	b.FourEyes = true
	issued := b.issue(desk.Issue{Request: initial()})
	sent := desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "virk", By: "anna"}
	b.refuse(sent, fault.Refused, "another account than anna")
	b.refuse(desk.Approve{Notice: issued.ID}, fault.Refused, "anna issued it")
	b.refuse(desk.Approve{Notice: "1"}, fault.Refused, "not an issued notice")
	done, err := b.Do(ctx, bo, ref, desk.Approve{Notice: issued.ID, Why: "read it twice"}, desk.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if n := done.Situation.Case.Notices[0]; !n.Approved() || n.Approvals[0].By != "bo" || n.Text != issued.Body.Text {
		t.Errorf("%+v", n.Approvals)
	}
	if _, err := b.Do(ctx, bo, ref, desk.Approve{Notice: issued.ID}, desk.Terms{}); !fault.Is(err, fault.Refused) {
		t.Errorf("approved twice: %v", err)
	}
	b.do(desk.Retract{Entry: done.Entries[0].ID, Why: "the number is wrong"})
	b.refuse(sent, fault.Refused, "second pair of eyes")
	if _, err := b.Do(ctx, bo, ref, desk.Approve{Notice: issued.ID}, desk.Terms{}); err != nil {
		t.Fatal(err)
	}
	b.do(sent)
}

func TestTheRuleOfFourEyesIsThatOfTheTimeOfIssuing(t *testing.T) {
	b := newBench(t, "data-loss")
	issued := b.issue(desk.Issue{Request: initial()})
	b.FourEyes = true // switched on afterwards
	b.do(desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "virk", By: "anna"})
}

func TestWhatWasIssuedStaysAsItWas(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(given("persons.count", fact.Count(66)))
	issued := b.issue(desk.Issue{Request: initial()})
	b.do(given("persons.count", fact.Count(70)))
	b.refuse(desk.Retract{Entry: issued.ID, Why: "y"}, fault.Refused, "stands")
	n := b.look().Case.Notices[0]
	if !strings.Contains(n.Text, "66") || strings.Contains(n.Text, "70 registrerede") || len(n.Grounds) == 0 || n.Rests.Seq == 0 {
		t.Errorf("%+v", n)
	}
}

func TestAPromisedFollowUpIsDueUntilItIsFiled(t *testing.T) {
	b := newBench(t, "data-loss")
	due := func() bool {
		for _, d := range b.look().Dues() {
			if d.What == "follow-up" {
				return true
			}
		}
		return false
	}
	file := func(phase incident.Phase) {
		req := initial()
		req.Phase = phase
		issued := b.issue(desk.Issue{Request: req})
		b.do(desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "virk", By: "anna"})
	}
	until := fact.Moment{Moment: when.OnDay(b.now().Add(7 * 24 * time.Hour))}
	b.do(given("delay.until", until))
	if due() {
		t.Error("a follow-up is due to a notification that was never filed")
	}
	file(incident.PhaseInitial)
	if !due() {
		t.Error("the notification promised more, and nothing is due")
	}
	if unsent := len(b.look().Unfiled()); unsent != 0 {
		t.Errorf("%d unfiled", unsent)
	}
	file(incident.PhaseFollowup)
	if due() {
		t.Error("it was followed up, and is due all the same")
	}
	b.do(given("delay.until", until))
	if !due() {
		t.Error("a second promise is not due")
	}
	b.issue(desk.Issue{Request: notice.Request{To: incident.ToAuthority, Phase: incident.PhaseComplete, Lang: "da"}})
	if unsent := b.look().Unfiled(); len(unsent) != 1 || !due() {
		t.Errorf("issuing sends nothing: %d unfiled, due %v", len(unsent), due())
	}
}
