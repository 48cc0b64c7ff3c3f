package clock

import (
	"time"

	"timeglas/internal/when"
)

// Done is the state of a stage that was done, in time or late.
const Done State = "done"

// Started is what a case says about a clock of a regime.
type Started struct {
	Start when.Moment
	After time.Duration // the length given with it, where the regime has none of its own
	Stops []Stopped
}

// Stopped says that a stage is done, or with an empty stage all that is left.
type Stopped struct {
	Stage string
	At    when.Moment
}

// StageReading is one deadline at one moment.
type StageReading struct {
	Stage     Stage
	State     State     // Running, DueSoon, Urgent, Overdue or Done
	Due       time.Time // the last instant in time; zero when its length is not known
	DoneAt    time.Time // zero while it is not done
	Remaining time.Duration
	Overdue   time.Duration
	Late      bool // done after its time, or overdue
}

// ReadOther is a clock of the regime at now, stage by stage. Like the 72 hours it
// runs from the earliest instant that its start can be, and a stage counts as done at
// the latest instant that this can have been.
func ReadOther(r Regime, in Started, now time.Time, zone *time.Location) []StageReading {
	readings := make([]StageReading, 0, len(r.Stages))
	from := map[string]time.Time{"": in.Start.Earliest()}
	for _, stage := range r.Stages {
		s := StageReading{Stage: stage, Due: stage.deadline(from[stage.From], in.After, zone)}
		from[stage.Key] = s.Due
		if done, ok := in.doneAt(stage.Key); ok {
			s.finish(lastInstant(done))
			from[stage.Key] = done.Earliest()
		} else {
			s.run(wall(now))
		}
		readings = append(readings, s)
	}
	return readings
}

func (in Started) doneAt(stage string) (when.Moment, bool) {
	for _, s := range in.Stops {
		if s.Stage == stage || s.Stage == "" {
			return s.At, true
		}
	}
	return when.Moment{}, false
}

func (s *StageReading) finish(at time.Time) {
	s.State, s.DoneAt = Done, wall(at)
	s.Late = !s.Due.IsZero() && s.DoneAt.After(s.Due)
}

func (s *StageReading) run(now time.Time) {
	if s.Due.IsZero() {
		s.State = Running
		return
	}
	if now.After(s.Due) {
		s.State, s.Late, s.Overdue = Overdue, true, between(s.Due, now)
		return
	}
	s.Remaining = between(now, s.Due)
	warn := GDPR33()
	switch {
	case s.Remaining <= warn.Urgent:
		s.State = Urgent
	case s.Remaining <= warn.DueSoon:
		s.State = DueSoon
	default:
		s.State = Running
	}
}
