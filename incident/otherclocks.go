package incident

import (
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// KindClock starts a clock beside the 72 hours, or stops one (target: its start) or
// one stage of it. The text is the reason.
const KindClock timeline.Kind = "clock"

// StartedClock is a clock of another law, of a contract, or of evidence that expires.
// What its deadlines are, the regime says (package clock).
type StartedClock struct {
	Mark
	Regime string
	Start  when.Moment   // the entry's own moment
	After  time.Duration // the length that was given with it; zero where the regime has its own
	Name   string        // what it is about, where a case can have several: "access log"
	Why    string
	Stops  []Stop // oldest first
}

// Stop says that a stage of a clock is done, or the whole of it.
type Stop struct {
	Mark
	Stage string // empty: all of it
	When  when.Moment
	Why   string
}

type clockData struct {
	Regime  string `json:"regime"`
	Seconds int64  `json:"seconds,omitempty"` // the length that was given
	Name    string `json:"name,omitempty"`
	Stop    bool   `json:"stop,omitempty"`
	Stage   string `json:"stage,omitempty"`
}

// ClockDraft starts a clock.
func ClockDraft(c StartedClock) timeline.Draft {
	return timeline.Draft{Kind: KindClock, Occurred: c.Start, Text: c.Why,
		Data: clockData{Regime: c.Regime, Seconds: int64(c.After / time.Second), Name: c.Name}}
}

// StopDraft stops a clock, or a stage of it.
func StopDraft(c StartedClock, s Stop) timeline.Draft {
	return timeline.Draft{Kind: KindClock, Target: c.Entry, Occurred: s.When, Text: s.Why,
		Data: clockData{Regime: c.Regime, Stop: true, Stage: s.Stage}}
}

func readClock(c *Case, l *timeline.Line) {
	data, err := timeline.DecodeData[clockData](l.Entry)
	if err != nil || data.Regime == "" {
		return
	}
	if !data.Stop {
		c.Clocks = append(c.Clocks, StartedClock{Mark: markOf(l), Regime: data.Regime, Start: l.Occurred,
			After: time.Duration(data.Seconds) * time.Second, Name: data.Name, Why: l.Text})
		return
	}
	for i := range c.Clocks {
		if c.Clocks[i].Entry == l.Target {
			c.Clocks[i].Stops = append(c.Clocks[i].Stops, Stop{Mark: markOf(l), Stage: data.Stage, When: l.Occurred, Why: l.Text})
		}
	}
}
