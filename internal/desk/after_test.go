package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/playbooks"
)

func TestAPersonSetsAnInputOfTheSeverityAndTakesItBack(t *testing.T) {
	b := newBench(t, "")
	before := b.look().Duty
	b.refuse(desk.AdjustSeverity{Inputs: []duty.Adjustment{{Input: "DPC", Value: 3}}}, fault.Usage, "say why")
	b.refuse(desk.AdjustSeverity{Why: "x"}, fault.Usage, "DPC=3")
	done := b.do(desk.AdjustSeverity{Inputs: []duty.Adjustment{{Input: "DPC", Value: 3}}, Why: "debts, " + replacement})
	after := done.Situation.Duty
	if after.ENISA.DPC != 3 || after.Risk != before.Risk || done.Masked != 1 {
		t.Errorf("DPC %g, risk %s, masked %d", after.ENISA.DPC, after.Risk, done.Masked)
	}
	step := after.ENISA.Steps[slices.IndexFunc(after.ENISA.Steps, func(s duty.Step) bool { return s.By != "" })]
	if step.By != "anna" || !strings.HasPrefix(step.Why.EN, "debts, ") || strings.Contains(step.Why.EN, replacement) {
		t.Errorf("%+v", step)
	}
	b.do(desk.Retract{Entry: done.Entries[0].ID, Why: "a mistake"})
	if got := b.look().Duty.ENISA.DPC; got != before.ENISA.DPC {
		t.Errorf("after the retraction DPC is %g", got)
	}
}

// clearTheWay skips steps until the gate of the authority can be decided.
func clearTheWay(b *bench) {
	b.t.Helper()
	for {
		var next string
		for _, item := range b.look().Run.Items {
			switch {
			case item.ID() == "duty-authority" && item.State != playbooks.StateBlocked:
				return
			case item.Step != nil && item.State == playbooks.StateOpen && next == "":
				next = item.ID()
			}
		}
		if next == "" {
			b.t.Fatal("the gate cannot be reached by skipping steps")
		}
		b.do(desk.MarkStep{Step: next, State: incident.StepSkipped, Why: "not what is tested"})
	}
}

func TestADecisionAgainstTheProposalAndTheAdviceIsMarkedAndDissentStaysBesideIt(t *testing.T) {
	b := newBench(t, "public-leak")
	b.refuse(desk.Advise{Text: "tell them", By: "the DPO", Gate: "duty-authority", Option: "maybe"}, fault.Usage, "not one of the options")
	b.refuse(desk.Advise{Text: "tell them", Gate: "duty-authority"}, fault.Usage, "--by")
	b.refuse(desk.Advise{Text: "tell them", By: "the DPO", Option: "notify"}, fault.Usage, "--gate")
	b.refuse(desk.Dissent{Gate: "duty-authority", Why: "no"}, fault.Refused, "nothing is decided")
	clearTheWay(b)
	b.do(desk.Advise{Text: "notify at once", By: "the DPO", Gate: "duty-authority", Option: "notify"})
	b.do(desk.DecideGate{Gate: "duty-authority", Option: "not-required", Why: "nobody saw it"})
	b.do(desk.Dissent{Gate: "duty-authority", Why: "the log is too short"})
	c := b.look().Case
	if !c.Gates["duty-authority"].AgainstProposal() || !c.AgainstAdvice("duty-authority") || len(c.DissentsOn("duty-authority")) != 1 {
		t.Errorf("against the proposal %v, the advice %v, dissents %v", c.Gates["duty-authority"].AgainstProposal(), c.AgainstAdvice("duty-authority"), c.Dissents)
	}
	b.do(desk.DecideGate{Gate: "duty-authority", Option: "notify", Why: "after all"})
	c = b.look().Case
	if c.Gates["duty-authority"].AgainstProposal() || c.AgainstAdvice("duty-authority") || len(c.DissentsOn("duty-authority")) != 0 || len(c.Dissents) != 1 {
		t.Error("the new decision carries the marks of the old one")
	}
}

func TestWhatTheAuthorityAsksIsDueUntilItIsDone(t *testing.T) {
	b := newBench(t, "")
	due := b.now().Add(5 * time.Hour)
	b.refuse(desk.LogMatter{Side: incident.WithAuthority}, fault.Usage, "empty")
	b.refuse(desk.LogMatter{Side: incident.WithAuthority, Text: "x", Sort: "rumour"}, fault.Usage, "question, order")
	early := b.now().Add(-time.Hour)
	b.refuse(desk.LogMatter{Side: incident.WithAuthority, Text: "x", Due: &early}, fault.Usage, "due before it came")
	b.refuse(desk.LogMatter{Side: incident.WithAuthority, Text: "x", Reopens: "no-such-gate"}, fault.NotFound, "no such step or gate")
	entry := b.do(desk.LogMatter{Side: incident.WithAuthority, Text: "Which logs are there?", Due: &due}).Entries[0].ID
	if first := b.look().FirstDue(); first == nil || first.What != "authority" || first.Entry != entry || !first.At.Equal(due) {
		t.Errorf("first due is %+v", first)
	}
	b.refuse(desk.SettleMatter{Side: incident.WithPerson, Entry: entry}, fault.Refused, "person")
	b.do(desk.SettleMatter{Side: incident.WithAuthority, Entry: entry, Text: "answered by letter"})
	if first := b.look().FirstDue(); first != nil && first.Entry == entry {
		t.Error("it is due still")
	}
	b.refuse(desk.SettleMatter{Side: incident.WithAuthority, Entry: entry}, fault.Refused, "done already")
}

func TestAnOrderOfTheAuthorityReopensADecisionAndItsClock(t *testing.T) {
	b := newBench(t, "public-leak")
	clearTheWay(b)
	b.do(desk.RecordAwareness{Moment: when.At(b.now()), Who: "anna", Why: "saw it"})
	b.do(desk.DecideGate{Gate: "duty-authority", Option: "not-required", Why: "nobody saw it"})
	if got := b.look().Clock.State; got != clock.NotRequired {
		t.Fatalf("the clock is %s", got)
	}
	b.do(desk.LogMatter{Side: incident.WithAuthority, Sort: "order", Text: "Notify.", Reopens: "duty-authority"})
	s := b.look()
	if m, ok := s.Case.ReopenedBy("duty-authority"); !ok || m.Sort != "order" || s.Clock.State != clock.Running {
		t.Errorf("reopened %v by %+v, the clock is %s", ok, m, s.Clock.State)
	}
	b.do(desk.DecideGate{Gate: "duty-authority", Option: "notify", Why: "as ordered"})
	if _, ok := b.look().Case.ReopenedBy("duty-authority"); ok {
		t.Error("the new decision has not answered the order")
	}
}

func TestAPersonsRequestHasItsMonthAndTwoMoreWithAReason(t *testing.T) {
	b := newBench(t, "")
	b.wait(12 * time.Hour)
	received := when.At(b.now().Add(-10 * time.Hour)) // 19 November
	entry := b.do(desk.LogMatter{Side: incident.WithPerson, Sort: "access", Text: "who looked me up?", Received: received}).Entries[0].ID
	due := func() string {
		m, _ := b.look().Case.Matter(entry)
		return m.Due.In(b.Zone).Format("2006-01-02 15:04:05")
	}
	if got := due(); got != "2026-12-21 23:59:59" { // the 19th is a Saturday
		t.Errorf("due %s", got)
	}
	b.refuse(desk.ExtendRequest{Entry: entry}, fault.Usage, "say why")
	b.do(desk.ExtendRequest{Entry: entry, Why: "1,742 people ask at once"})
	if got := due(); got != "2027-02-19 23:59:59" {
		t.Errorf("extended to %s", got)
	}
	b.refuse(desk.ExtendRequest{Entry: entry, Why: "again"}, fault.Refused, "extended already")
	late := b.do(desk.LogMatter{Side: incident.WithPerson, Text: "and me?"}).Entries[0].ID
	b.wait(40 * 24 * time.Hour)
	b.refuse(desk.ExtendRequest{Entry: late, Why: "too late"}, fault.Refused, "the month ended")
}

func TestAClockOfAnotherLawRunsBesideTheSeventyTwoHours(t *testing.T) {
	b := newBench(t, "")
	b.wait(48 * time.Hour)
	start := when.At(b.now().Add(-20 * time.Hour))
	b.refuse(desk.StartClock{Regime: "gdpr", Start: start, Why: "x"}, fault.NotFound, "nis2")
	b.refuse(desk.StartClock{Regime: "nis2", Start: start}, fault.Usage, "say why")
	b.refuse(desk.StartClock{Regime: "nis2", Start: start, After: time.Hour, Why: "x"}, fault.Usage, "none is given")
	b.refuse(desk.StartClock{Regime: "processor", Start: start, Why: "x"}, fault.Usage, "--hours")
	b.refuse(desk.StartClock{Regime: "nis2", Start: when.At(b.now().Add(time.Hour)), Why: "x"}, fault.Usage, "not come yet")
	b.do(desk.StartClock{Regime: "nis2", Start: start, Why: "an essential entity"})
	b.refuse(desk.StartClock{Regime: "nis2", Start: start, Why: "again"}, fault.Refused, "runs already")
	s := b.look()
	if first := s.FirstDue(); first == nil || first.What != "nis2" || !first.At.Equal(b.now().Add(4*time.Hour)) {
		t.Errorf("first due is %+v", first)
	}
	if s.Clock.State != clock.NotStarted {
		t.Error("it has started the clock of Article 33")
	}
	b.refuse(desk.StopClock{Clock: "nis2", Stage: "later", Why: "x"}, fault.Usage, "early-warning")
	b.refuse(desk.StopClock{Clock: "nis2", Stage: "early-warning", When: when.At(b.now().Add(-30 * time.Hour)), Why: "x"}, fault.Usage, "before it started")
	b.do(desk.StopClock{Clock: "nis2", Stage: "early-warning", Why: "sent"})
	b.do(desk.StopClock{Clock: "nis2", Why: "not significant after all"})
	if s := b.look(); s.Others[0].Running() || len(s.Dues()) > 0 && s.Dues()[0].What == "nis2" {
		t.Errorf("%+v", s.Others)
	}
	b.refuse(desk.StopClock{Clock: "nis2", Why: "x"}, fault.NotFound, "no such clock runs")
}

func TestTwoLogsExpireEachAtItsTime(t *testing.T) {
	b := newBench(t, "")
	start := when.At(b.now())
	first := b.do(desk.StartClock{Regime: "log", Start: start, After: 14 * 24 * time.Hour, Name: "web", Why: "kept 14 days"}).Entries[0].ID
	b.do(desk.StartClock{Regime: "log", Start: start, After: 7 * 24 * time.Hour, Name: "mail", Why: "kept a week"})
	b.refuse(desk.StartClock{Regime: "log", Start: start, After: time.Hour, Name: "mail", Why: "x"}, fault.Refused, "runs already")
	b.refuse(desk.StopClock{Clock: "log", Why: "copied"}, fault.Usage, "several run")
	b.do(desk.StopClock{Clock: first, Why: "copied"})
	s := b.look()
	if s.Others[0].Running() || !s.Others[1].Running() || s.Others[1].Title().EN != "Log is overwritten: mail" {
		t.Errorf("%+v", s.Others)
	}
}

func TestARegimeIsSuggestedUntilSomebodyStartsIt(t *testing.T) {
	b := newBench(t, "")
	b.do(desk.RecordFacts{Facts: []desk.Given{{Key: "controller.sector", Value: fact.Choice("telecom")}}, Why: "x"})
	if s := b.look().Suggested(); len(s) != 1 || s[0].Regime.Key != "telecom" {
		t.Fatalf("%+v", s)
	}
	b.do(desk.StartClock{Regime: "telecom", Start: when.At(b.now()), Why: "a provider"})
	if s := b.look().Suggested(); len(s) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestWhatIfAnswersWithoutWriting(t *testing.T) {
	b := newBench(t, "")
	b.do(persons(12))
	s := b.look()
	changed := []desk.Given{{Key: "effect.disclosure", Value: fact.Choice("public")},
		{Key: "data.categories", Value: fact.Set{"health", "name"}}, {Key: "effect.types", Value: fact.Set{"confidentiality"}}, {Key: "persons.count", Value: nil}}
	then, err := desk.WhatIf(s, changed)
	if err != nil {
		t.Fatal(err)
	}
	if then.Duty.Risk != duty.High || s.Duty.Risk == duty.High || then.Case.Facts.State("persons.count") != fact.Absent {
		t.Errorf("risk %s, was %s", then.Duty.Risk, s.Duty.Risk)
	}
	if now := b.look(); now.Case.Tip != s.Case.Tip || now.Duty.Risk != s.Duty.Risk || now.Case.Facts.State("effect.disclosure") != fact.Absent || now.Case.Facts.State("persons.count") != fact.Known {
		t.Error("the case has changed")
	}
	req := notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "en"}
	draft, err := b.Compose(then, req)
	if err != nil {
		t.Fatal(err)
	}
	before, err := b.Compose(s, req)
	if err != nil {
		t.Fatal(err)
	}
	if draft.Text() == before.Text() || !strings.Contains(draft.Text(), "health") {
		t.Error("the draft does not speak of the changed facts")
	}
	if _, err := desk.WhatIf(s, []desk.Given{{Key: "no.fact", Value: fact.Flag(true)}}); !fault.Is(err, fault.Usage) {
		t.Errorf("an unknown key: %v", err)
	}
	if _, err := desk.WhatIf(s, nil); !fault.Is(err, fault.Usage) {
		t.Errorf("no change: %v", err)
	}
}
