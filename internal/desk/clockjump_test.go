package desk_test

import (
	"testing"
	"time"

	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// A wall clock that jumps, or sleeps with the machine, moves no deadline; where it went
// backwards can be seen, and the order stays that of the journal.
func TestAClockThatJumpsMovesNoDeadline(t *testing.T) {
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	now := start
	d := desk.New(desk.Options{Store: &desktest.Memory{}, Playbooks: books, Now: func() time.Time { return now }, Zone: time.UTC})
	anna := desk.Actor{Account: "anna"}
	aware := desk.RecordAwareness{Moment: when.At(start.Add(-time.Hour)), Who: "anna", Why: "saw it"}
	if _, err := d.Begin(t.Context(), anna, desk.Begin{Ref: "R", Title: "jumps", Aware: &aware}); err != nil {
		t.Fatal(err)
	}
	deadline := start.Add(71 * time.Hour)
	for _, jump := range []struct {
		by   time.Duration
		back time.Duration
	}{
		{time.Hour, 0},
		{-time.Hour, 2 * time.Hour},
		{400 * 24 * time.Hour, 0},
		{0, 400 * 24 * time.Hour},
		{10 * time.Minute, 0}, // the machine slept
	} {
		now = start.Add(jump.by)
		done, err := d.Do(t.Context(), anna, "R", desk.Log{Text: "a line", Kind: timeline.KindNote}, desk.Terms{})
		if err != nil {
			t.Fatalf("at %v: %v", jump.by, err)
		}
		s := done.Situation
		if !s.Clock.Deadline.Equal(deadline) || s.Clock.RemainingSeconds() != max(int64(deadline.Sub(now)/time.Second), 0) {
			t.Errorf("at %v: deadline %v, %d s left", jump.by, s.Clock.Deadline, s.Clock.RemainingSeconds())
		}
		last := s.Case.Timeline.Lines[len(s.Case.Timeline.Lines)-1]
		if last.ClockBack != jump.back || last.Seq != int64(len(s.Case.Timeline.Lines)) {
			t.Errorf("at %v: set back %v, not %v", jump.by, last.ClockBack, jump.back)
		}
	}
}
