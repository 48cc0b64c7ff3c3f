package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

var (
	ctx  = context.Background()
	anna = desk.Actor{Account: "anna"}
	bo   = desk.Actor{Account: "bo"}
)

const ref = "2026-014"

// bench is a desk over a store in memory, with a clock that the test moves.
type bench struct {
	*desk.Desk
	t     *testing.T
	store *desktest.Memory
	mu    sync.Mutex
	clock time.Time
}

func newBench(t *testing.T, playbook string) *bench {
	t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, store: &desktest.Memory{}, clock: time.Date(2026, 11, 19, 7, 32, 0, 0, zone)}
	b.Desk = desk.New(desk.Options{Store: b.store, Playbooks: books, Zone: zone, Now: b.now})
	if _, err := b.Begin(ctx, anna, desk.Begin{Ref: ref, Title: "CPR numbers in the web archive", Playbook: playbook}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.clock
}

func (b *bench) wait(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock = b.clock.Add(d)
}

// do does an act that must succeed.
func (b *bench) do(act desk.Act) desk.Done {
	b.t.Helper()
	done, err := b.Do(ctx, anna, ref, act, desk.Terms{})
	if err != nil {
		b.t.Fatal(err)
	}
	return done
}

// refuse does an act that must fail with that code and leave the journal as it was.
func (b *bench) refuse(act desk.Act, code fault.Code, says string) {
	b.t.Helper()
	before := b.look().Case.Tip
	_, err := b.Do(ctx, anna, ref, act, desk.Terms{})
	if !fault.Is(err, code) || !strings.Contains(err.Error(), says) {
		b.t.Errorf("%T: got %v, want code %d saying %q", act, err, code, says)
	}
	if after := b.look().Case.Tip; after != before {
		b.t.Errorf("%T: the journal went from %d to %d", act, before.Seq, after.Seq)
	}
}

func (b *bench) look() desk.Situation {
	b.t.Helper()
	s, err := b.Look(ctx, ref)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func persons(n int64) desk.RecordFacts {
	return desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(n)}}, Why: "counted"}
}

// replacement is a number of the right shape that belongs to nobody: 60 is added
// to the day.
const replacement = "610185-1234"

func TestACaseThatWasOpenedHasEverythingItWasGiven(t *testing.T) {
	b := newBench(t, "")
	s := b.look()
	if s.Case.Title != "CPR numbers in the web archive" || s.Case.Playbook.Key != desk.DefaultPlaybook {
		t.Errorf("title %q, playbook %q", s.Case.Title, s.Case.Playbook.Key)
	}
	if s.Run.Playbook == nil || len(s.Run.Open()) == 0 || s.Clock.State != clock.NotStarted {
		t.Errorf("nothing to do, or a clock without awareness: %v", s.Clock.State)
	}
	_, err := b.Begin(ctx, bo, desk.Begin{Ref: ref, Title: "again"})
	if !fault.Is(err, fault.Exists) {
		t.Errorf("opened twice: %v", err)
	}
}

func TestOpeningIsAllOrNothing(t *testing.T) {
	b := newBench(t, "")
	tomorrow := when.At(b.now().Add(24 * time.Hour))
	_, err := b.Begin(ctx, anna, desk.Begin{Ref: "other", Title: "x",
		Aware: &desk.RecordAwareness{Moment: tomorrow, Who: "bo", Why: "mail"}})
	if !fault.Is(err, fault.Usage) {
		t.Fatalf("awareness in the future: %v", err)
	}
	if _, err := b.Look(ctx, "other"); !fault.Is(err, fault.NotFound) {
		t.Errorf("half a case is there: %v", err)
	}
}

func TestNumbersAreMaskedBeforeTheyAreSavedUnlessInsisted(t *testing.T) {
	b := newBench(t, "")
	for name, act := range map[string]desk.Act{
		"log":   desk.Log{Text: "a call about " + replacement},
		"fact":  desk.RecordFacts{Facts: []desk.Given{{Key: "incident.description", Value: fact.Text("file of " + replacement)}}},
		"aware": desk.RecordAwareness{Moment: when.At(b.now()), Who: "bo " + replacement, Why: "call"},
		"why":   desk.RecordFacts{Facts: persons(1).Facts, Why: "only " + replacement},
	} {
		done := b.do(act)
		if done.Masked != 1 {
			t.Errorf("%s: masked %d numbers, want 1", name, done.Masked)
		}
		for _, e := range done.Entries {
			if stored := e.Body.Text + string(e.Body.Data); strings.Contains(stored, replacement) {
				t.Errorf("%s: the number was saved", name)
			}
		}
	}
	kept, err := b.Do(ctx, anna, ref, desk.Log{Text: "a call about " + replacement}, desk.Terms{KeepCPR: true})
	if err != nil || kept.Masked != 0 || !strings.Contains(kept.Entries[0].Body.Text, replacement) {
		t.Errorf("insisted on: %v, %d masked, %q", err, kept.Masked, kept.Entries[0].Body.Text)
	}
}

func TestWhatCannotBeDoneIsRefusedAndLeavesNothing(t *testing.T) {
	b := newBench(t, "data-loss")
	note := b.do(desk.Log{Text: "called the supplier"}).Entries[0]
	text := "new text"
	b.refuse(desk.Log{Text: " "}, fault.Usage, "empty")
	b.refuse(desk.Log{Text: "x", Kind: "rumour"}, fault.Usage, "observation")
	b.refuse(desk.Log{Text: "x", Tags: []string{"two words"}}, fault.Usage, "letters")
	b.refuse(desk.Correct{Entry: "99", Text: &text, Why: "y"}, fault.NotFound, "entries 1 to")
	b.refuse(desk.Correct{Entry: note.ID, Text: &text}, fault.Usage, "reason")
	b.refuse(desk.Correct{Entry: note.ID, Why: "y"}, fault.Usage, "nothing to correct")
	b.refuse(desk.Correct{Entry: "2", Text: &text, Why: "y"}, fault.Refused, "not corrected")
	b.refuse(desk.Retract{Entry: "1", Why: "y"}, fault.Refused, "stands")
	b.refuse(desk.Retract{Entry: "2", Why: "y"}, fault.Refused, "without a playbook")
	b.refuse(desk.Redact{Entry: "2", Why: "y"}, fault.Refused, "never redacted")
	b.refuse(desk.Pin{Entry: note.ID, Off: true}, fault.Refused, "already")
	b.refuse(desk.RecordFacts{}, fault.Usage, "no fact")
	b.refuse(desk.RecordFacts{Facts: []desk.Given{{Key: "no.such", Value: fact.Flag(true)}}}, fault.Usage, "no.such")
	b.refuse(desk.RecordAwareness{Moment: when.Never(), Who: "bo", Why: "y"}, fault.Usage, "unknown")
	b.refuse(desk.RecordAwareness{Moment: when.At(b.now().Add(time.Hour)), Who: "bo", Why: "y"}, fault.Usage, "not come yet")
	b.refuse(desk.RecordAwareness{Moment: when.At(b.now()), Why: "y"}, fault.Usage, "who")
	b.refuse(desk.MarkStep{Step: "no-such", State: incident.StepDone}, fault.NotFound, "no such step")
	b.refuse(desk.MarkStep{Step: playbooks.GateAuthority, State: incident.StepDone}, fault.Usage, "gate")
	b.refuse(desk.DecideGate{Gate: "no-such", Option: "x", Why: "y"}, fault.NotFound, "no such step or gate")
	b.refuse(desk.Reopen{Why: "y"}, fault.Refused, "open")
	b.refuse(desk.Close{}, fault.Usage, "undone are")
	b.refuse(desk.File{Notice: note.ID, Sent: when.At(b.now()), Channel: "virk", By: "bo"}, fault.Refused, "not an issued notice")
	b.refuse(desk.SwitchPlaybook{Key: "no-such", Why: "y", Books: b.Playbooks}, fault.NotFound, "no-such")
	b.refuse(desk.SwitchPlaybook{Key: "data-loss", Why: "y", Books: b.Playbooks}, fault.Refused, "already")
}

func TestAClosedCaseTakesNothingButReopeningAndRedaction(t *testing.T) {
	b := newBench(t, "")
	note := b.do(desk.Log{Text: "x"}).Entries[0]
	b.do(desk.Close{Why: "handled"})
	b.refuse(desk.Log{Text: "late"}, fault.Refused, "closed")
	b.refuse(persons(1), fault.Refused, "closed")
	b.do(desk.Redact{Entry: note.ID, Why: "a name"})
	b.do(desk.Reopen{Why: "the authority asks"})
	b.do(desk.Log{Text: "again"})
}

func TestTwoPeopleOnTheSameFactIsAConflict(t *testing.T) {
	b := newBench(t, "")
	seen := b.look().Case.Tip.Seq
	if _, err := b.Do(ctx, bo, ref, persons(66), desk.Terms{}); err != nil {
		t.Fatal(err)
	}
	_, err := b.Do(ctx, anna, ref, persons(1742), desk.Terms{Seen: seen})
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "bo") {
		t.Errorf("got %v", err)
	}
	if got := b.look().Case.Facts["persons.count"].Value; got != fact.Count(66) {
		t.Errorf("the value is %v", got)
	}
	other := desk.RecordFacts{Facts: []desk.Given{{Key: "persons.records", Value: fact.Count(3)}}}
	if _, err := b.Do(ctx, anna, ref, other, desk.Terms{Seen: seen}); err != nil {
		t.Errorf("another fact is no conflict: %v", err)
	}
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	b := newBench(t, "")
	const people, notes = 8, 25
	var wg sync.WaitGroup
	for p := range people {
		own := desk.New(b.Options) // a session of its own over the same store
		wg.Go(func() {
			for n := range notes {
				act := desk.Log{Text: fmt.Sprintf("note %d of person %d", n, p)}
				if _, err := own.Do(ctx, desk.Actor{Account: fmt.Sprint("person ", p)}, ref, act, desk.Terms{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, l := range b.look().Case.Timeline.Lines {
		if l.Kind == timeline.KindNote {
			seen[l.Text] = true
		}
	}
	if len(seen) != people*notes {
		t.Errorf("%d notes are there, want %d", len(seen), people*notes)
	}
}

func TestAFailedAppendLeavesTheCaseAsItWas(t *testing.T) {
	b := newBench(t, "")
	before := b.look()
	full := errors.New("disk full")
	b.store.Fail = func() error { return full }
	if _, err := b.Do(ctx, anna, ref, desk.Log{Text: "x"}, desk.Terms{}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	b.store.Fail = nil
	if after := b.look(); after.Case.Tip != before.Case.Tip {
		t.Error("something was appended")
	}
	b.do(desk.Log{Text: "x"})
}

func TestTheReservedGateKeepsTheProposalItWasDecidedAgainst(t *testing.T) {
	b := newBench(t, "data-loss")
	for _, id := range blockers(b, playbooks.GateAuthority) {
		settle(b, id)
	}
	b.do(desk.DecideGate{Gate: playbooks.GateAuthority, Option: playbooks.OptionNotRequired, Why: "only test data"})
	d := b.look().Case.Gates[playbooks.GateAuthority]
	if d.Option != playbooks.OptionNotRequired || d.Proposal != playbooks.OptionNotify || d.Rules == "" {
		t.Errorf("%+v", d)
	}
	if state := b.look().Clock.State; state != clock.NotRequired {
		t.Errorf("the clock is %s", state)
	}
}

// blockers are the ids that have to be settled before the item opens, in order.
func blockers(b *bench, id string) []string {
	item, ok := b.look().Run.Item(id)
	if !ok {
		b.t.Fatalf("no %s", id)
	}
	var ids []string
	for _, need := range item.BlockedBy {
		ids = append(append(ids, blockers(b, need)...), need)
	}
	return ids
}

// settle does a step, or decides a gate by its first option.
func settle(b *bench, id string) {
	item, _ := b.look().Run.Item(id)
	switch {
	case item.State != playbooks.StateOpen:
	case item.Step != nil:
		b.do(desk.MarkStep{Step: id, State: incident.StepDone})
	default:
		review := when.At(b.now().Add(48 * time.Hour))
		b.do(desk.DecideGate{Gate: id, Option: item.Gate.Options[0].ID, Why: "so", Review: &review, Books: b.Playbooks})
	}
}

func TestOnlyAFilingStopsTheClock(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(desk.RecordAwareness{Moment: when.At(b.now()), Who: "bo", Why: "call from the press"})
	if s := b.look().Clock; s.State != clock.Running {
		t.Fatalf("the clock is %s", s.State)
	}
	b.wait(70 * time.Hour)
	req := notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da"}
	issued := b.do(desk.Issue{Request: req, By: "the DPO", Zone: b.Zone}).Entries[0]
	if s := b.look().Clock; s.State != clock.Urgent {
		t.Errorf("issuing a text made the clock %s", s.State)
	}
	b.refuse(desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "pigeon", By: "bo"}, fault.Usage, "virk")
	b.refuse(desk.File{Notice: issued.ID, Sent: when.At(b.now().Add(time.Hour)), Channel: "virk", By: "bo"}, fault.Usage, "not come yet")
	b.do(desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "virk", By: "bo", Number: "2026-442-1"})
	if s := b.look().Clock; s.State != clock.Notified || s.Late {
		t.Errorf("the clock is %s, late %v", s.State, s.Late)
	}
	b.refuse(desk.File{Notice: issued.ID, Sent: when.At(b.now()), Channel: "virk", By: "bo"}, fault.Refused, "already")
	b.refuse(desk.Retract{Entry: issued.ID, Why: "y"}, fault.Refused, "stands")
}

func TestLookingBackShowsWhatWasKnown(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(persons(66))
	moment := b.now()
	b.wait(time.Hour)
	b.do(persons(1742))
	b.do(desk.RecordAwareness{Moment: when.At(moment), Who: "bo", Why: "call"})
	then, err := b.LookAsOf(ctx, ref, moment)
	if err != nil {
		t.Fatal(err)
	}
	if got := then.Case.Facts["persons.count"].Value; got != fact.Count(66) || then.Clock.State != clock.NotStarted {
		t.Errorf("then: %v people, clock %s", got, then.Clock.State)
	}
	if _, err := b.LookAsOf(ctx, ref, moment.Add(-24*time.Hour)); !fault.Is(err, fault.NotFound) {
		t.Errorf("before it was opened: %v", err)
	}
}

func TestTheMostUrgentCaseIsListedFirst(t *testing.T) {
	b := newBench(t, "triage")
	open := func(ref string, hoursAgo int) {
		aware := &desk.RecordAwareness{Moment: when.At(b.now().Add(-time.Duration(hoursAgo) * time.Hour)), Who: "bo", Why: "call"}
		if _, err := b.Begin(ctx, anna, desk.Begin{Ref: ref, Title: ref, Aware: aware}); err != nil {
			t.Fatal(err)
		}
	}
	open("fresh", 1)
	open("overdue", 80)
	open("done", 90)
	if _, err := b.Do(ctx, anna, "done", desk.Close{Why: "handled"}, desk.Terms{}); err != nil {
		t.Fatal(err)
	}
	list, err := b.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, l := range list {
		refs = append(refs, l.Ref)
	}
	if got := strings.Join(refs, " "); got != "overdue fresh "+ref+" done" {
		t.Errorf("the order is %s", got)
	}
	if due := list[1].Due; due == nil {
		t.Error("nothing is due in a running case")
	}
	if list[3].Due != nil {
		t.Error("something is due in a closed case")
	}
}

func TestTriageLeadsToThePlaybookThatFits(t *testing.T) {
	b := newBench(t, "triage")
	for _, item := range b.look().Run.Items {
		if item.Gate == nil {
			continue
		}
		for _, o := range item.Gate.Options {
			if o.Switch != "data-loss" {
				continue
			}
			for _, id := range blockers(b, item.ID()) {
				settle(b, id)
			}
			b.do(desk.DecideGate{Gate: item.ID(), Option: o.ID, Why: "scans are missing", Books: b.Playbooks})
			if got := b.look().Case.Playbook.Key; got != "data-loss" {
				t.Errorf("the playbook is %s", got)
			}
			return
		}
	}
	t.Error("no option of triage leads to data-loss")
}
