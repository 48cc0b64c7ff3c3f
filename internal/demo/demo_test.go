package demo_test

import (
	"context"
	"testing"
	"time"
	_ "time/tzdata"

	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/internal/demo"
	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// tell tells the story and gives a desk to look at it years later.
func tell(t *testing.T) *desk.Desk {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	store := &desktest.Memory{}
	if err := demo.Tell(context.Background(), store, books, zone); err != nil {
		t.Fatal(err)
	}
	return desk.New(desk.Options{Store: store, Playbooks: books, Zone: zone,
		Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, zone) }})
}

func TestTheStoryEndsWhereThePublicationsDo(t *testing.T) {
	s, err := tell(t).Look(context.Background(), demo.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if s.Case.Journal.Mark != timeline.MarkDemo {
		t.Errorf("the mark is %s", s.Case.Journal.Mark)
	}
	if s.Clock.State != clock.Overdue {
		t.Errorf("the clock is %s: no filing was published", s.Clock.State)
	}
	if s.Duty.Risk != duty.High || !s.Duty.NotifyAuthority || !s.Duty.CommunicateSubjects || s.Duty.CommunicateHow != duty.Publicly {
		t.Errorf("risk %s, authority %v, people %v %s", s.Duty.Risk, s.Duty.NotifyAuthority, s.Duty.CommunicateSubjects, s.Duty.CommunicateHow)
	}
	if got := s.Case.Facts["persons.count"].Value.Text(); got != "unknown" {
		t.Errorf("the number of people is %s: it was not published", got)
	}
}

func TestOnTheFifthOfJulyOnlyTheInterruptionsWereKnown(t *testing.T) {
	s, err := tell(t).LookAsOf(context.Background(), demo.Ref, time.Date(2020, 7, 5, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if s.Case.Aware != nil || s.Case.Suspected != nil || s.Clock.State != clock.NotStarted {
		t.Errorf("aware %v, suspected %v, clock %s", s.Case.Aware, s.Case.Suspected, s.Clock.State)
	}
	if s.Case.Playbook.Key != "triage" || len(s.Case.Notices) != 0 {
		t.Errorf("playbook %s, %d notices", s.Case.Playbook.Key, len(s.Case.Notices))
	}
	if _, ok := s.Case.Facts["incident.periods"]; ok {
		t.Error("the periods were known before they were established")
	}
}
