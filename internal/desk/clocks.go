package desk

import (
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// OtherClock is a clock beside the 72 hours as it stands.
type OtherClock struct {
	incident.StartedClock
	Regime clock.Regime
	Stages []clock.StageReading
}

// Running reports whether a stage of it is not done.
func (o OtherClock) Running() bool {
	return slices.ContainsFunc(o.Stages, func(s clock.StageReading) bool { return s.State != clock.Done })
}

// Title is the regime's, and what this clock of it is about.
func (o OtherClock) Title() playbooks.Text {
	title := playbooks.Text{EN: o.Regime.Title.EN, DA: o.Regime.Title.DA}
	if o.Name != "" {
		title.EN, title.DA = title.EN+": "+o.Name, title.DA+": "+o.Name
	}
	return title
}

// otherClocks reads the clocks that were started. One of a regime that this program
// does not know stays in the timeline only.
func otherClocks(c *incident.Case, now time.Time, zone *time.Location) []OtherClock {
	var others []OtherClock
	for _, started := range c.Clocks {
		regime, ok := clock.RegimeOf(started.Regime)
		if !ok {
			continue
		}
		in := clock.Started{Start: started.Start, After: started.After}
		for _, s := range started.Stops {
			in.Stops = append(in.Stops, clock.Stopped{Stage: s.Stage, At: s.When})
		}
		others = append(others, OtherClock{started, regime, clock.ReadOther(regime, in, now, zone)})
	}
	return others
}

// Suggested are the regimes that the facts suggest and that nobody has started.
func (s Situation) Suggested() []clock.Suggestion {
	return slices.DeleteFunc(clock.Suggest(s.Case.Facts), func(offer clock.Suggestion) bool {
		return slices.ContainsFunc(s.Others, func(o OtherClock) bool { return o.Regime.Key == offer.Regime.Key })
	})
}

// StartClock starts a clock beside the 72 hours.
type StartClock struct {
	Regime string
	Start  when.Moment
	After  time.Duration // for regimes whose length is given
	Name   string        // what it is about, where a case can have several
	Why    string
}

func (a StartClock) what() string { return "clock " + a.Regime }

func (a StartClock) masked(mask func(string) string) Act {
	a.Name, a.Why = mask(a.Name), mask(a.Why)
	return a
}

func (a StartClock) drafts(s *Situation) ([]timeline.Draft, error) {
	regime, ok := clock.RegimeOf(a.Regime)
	if !ok {
		return nil, fault.New(fault.NotFound, a.what(), "there is no such clock: use one of %s", strings.Join(regimeKeys(), ", "))
	}
	if err := pastMoment(a.what(), a.Start, s.Now); err != nil {
		return nil, err
	}
	switch {
	case strings.TrimSpace(a.Why) == "":
		return nil, needsReason(a.what())
	case regime.Given != "" && a.After <= 0:
		return nil, fault.New(fault.Usage, a.what(), "say how long it is (--%s)", regime.Given)
	case regime.Given == "" && a.After != 0:
		return nil, fault.New(fault.Usage, a.what(), "its length is that of %s: none is given", regime.Source)
	}
	for _, o := range s.Others {
		if o.Regime.Key == a.Regime && o.Running() && (!regime.Several || o.Name == a.Name) {
			return nil, fault.New(fault.Refused, a.what(), "it runs already (entry %d): stop it, or retract that entry to start it anew", o.Seq)
		}
	}
	return one(incident.ClockDraft(incident.StartedClock{Regime: a.Regime, Start: a.Start, After: a.After, Name: a.Name, Why: a.Why}))
}

func regimeKeys() []string {
	var keys []string
	for _, r := range clock.Regimes() {
		keys = append(keys, r.Key)
	}
	return keys
}

// StopClock says that a stage of a clock is done, or with no stage all that is left.
type StopClock struct {
	Clock string // the regime, or the entry that started it
	Stage string
	When  when.Moment // the zero Moment: now
	Why   string
}

func (a StopClock) what() string { return "clock " + a.Clock }

func (a StopClock) masked(mask func(string) string) Act {
	a.Why = mask(a.Why)
	return a
}

func (a StopClock) drafts(s *Situation) ([]timeline.Draft, error) {
	o, err := a.find(s)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(a.Why) == "" {
		return nil, needsReason(a.what())
	}
	if a.When == (when.Moment{}) {
		a.When = when.At(s.Now.In(s.zone()).Truncate(time.Second))
	}
	if err := pastMoment(a.what(), a.When, s.Now); err != nil {
		return nil, err
	}
	if a.When.Earliest().Before(o.Start.Earliest()) {
		return nil, fault.New(fault.Usage, a.what(), "it would stop before it started")
	}
	return one(incident.StopDraft(o.StartedClock, incident.Stop{Stage: a.Stage, When: a.When, Why: a.Why}))
}

// find is the running clock that is meant, with the stage still open.
func (a StopClock) find(s *Situation) (OtherClock, error) {
	var running []OtherClock
	for _, o := range s.Others {
		if o.Running() && a.means(s, o) {
			running = append(running, o)
		}
	}
	switch len(running) {
	case 0:
		return OtherClock{}, fault.New(fault.NotFound, a.what(), "no such clock runs: `clock` lists those that do")
	case 1:
	default:
		return OtherClock{}, fault.New(fault.Usage, a.what(), "several run: name the entry that started it")
	}
	o := running[0]
	if a.Stage == "" {
		return o, nil
	}
	var open []string
	for _, stage := range o.Stages {
		if stage.State != clock.Done {
			open = append(open, stage.Stage.Key)
		}
	}
	if !slices.Contains(open, a.Stage) {
		return o, fault.New(fault.Usage, a.what(), "%q is not one of its open stages: %s", a.Stage, strings.Join(open, ", "))
	}
	return o, nil
}

func (a StopClock) means(s *Situation, o OtherClock) bool {
	if o.Regime.Key == a.Clock {
		return true
	}
	line, err := s.Case.Timeline.Find(a.Clock)
	return err == nil && line.ID == o.Entry
}
