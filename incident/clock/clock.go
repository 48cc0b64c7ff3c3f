// Package clock counts the hours of Article 33: when they end, how much is left,
// and when they have stopped. It is pure: the present is passed in.
//
// What does not belong here: deciding whether the authority must be told (duty),
// reading times (internal/when), and names of JSON fields (cmd).
package clock

import (
	"time"

	"timeglas/internal/when"
)

// Rules are the hours of one regime. They are data, since the law changes.
type Rules struct {
	Regime    string        // "GDPR 33"
	Authority string        // who is told
	Notify    time.Duration // from awareness to the deadline
	DueSoon   time.Duration // so much left, or less, is due soon
	Urgent    time.Duration // so much left, or less, is urgent
	Source    string        // of the deadline
}

// GDPR33 are the 72 hours of Article 33(1). The two warnings are ours.
func GDPR33() Rules {
	return Rules{
		Regime:    "GDPR 33",
		Authority: "Datatilsynet",
		Notify:    72 * time.Hour,
		DueSoon:   24 * time.Hour,
		Urgent:    6 * time.Hour,
		Source:    "GDPR 33(1)",
	}
}

// State is where the clock stands.
type State string

// The states, as the command line prints them.
const (
	NotStarted  State = "not-started"  // no awareness recorded
	Running     State = "running"      // more left than due soon
	DueSoon     State = "due-soon"     // 24 hours left, or less
	Urgent      State = "urgent"       // 6 hours left, or less
	Overdue     State = "overdue"      // the deadline has passed
	Notified    State = "notified"     // filed with the authority, in time or late
	NotRequired State = "not-required" // a person decided that no notice is due
)

// Input is what a case says about its clock.
type Input struct {
	Aware       *when.Moment // nil, or not known, when not recorded
	Filed       *when.Moment // the first filing to the authority that was sent
	NotRequired bool         // decided by a person at the gate duty-authority
}

// Reading is the clock at one moment.
type Reading struct {
	State       State
	AwareMoment when.Moment // as recorded; [when.Never] when not started
	Aware       time.Time   // the instant the hours run from; zero when not started
	Deadline    time.Time   // the last instant in time; zero when not started
	Reg1182End  time.Time   // the same under Regulation 1182/71; zero when not started
	Now         time.Time
	Remaining   time.Duration // never below zero nor above Rules.Notify; zero when stopped
	Overdue     time.Duration // never below zero; only in state Overdue
	Filed       time.Time     // the instant counted as the filing; zero when not filed
	Late        bool          // filed after the deadline, or overdue
	LateBy      time.Duration // how long after the deadline; never below zero
	Notes       []Note        // what a reader must know beside the numbers
}

// RemainingSeconds is what is left, in whole seconds cut down.
func (r Reading) RemainingSeconds() int64 { return int64(r.Remaining / time.Second) }

// OverdueSeconds is how long the deadline has passed, in whole seconds cut down.
func (r Reading) OverdueSeconds() int64 { return int64(r.Overdue / time.Second) }

// Stopped reports whether the clock no longer runs: filed, or decided.
func (r Reading) Stopped() bool { return r.State == Notified || r.State == NotRequired }

// Read is the clock at now.
//
// The hours run from the earliest instant that the awareness can be, and of "no
// later than" from the instant named: nothing earlier is known. They are elapsed
// hours, so a change of daylight saving neither adds nor takes one (GDPR 33(1);
// Regulation 1182/71 Article 3). The deadline itself is still in time.
//
// A filing counts at the latest instant that it can have been: of a day, its end.
// That is the strict reading, since the controller must show that it was in time.
// A filing stops the clock even when a person decided earlier that none was due.
func Read(rules Rules, in Input, now time.Time) Reading {
	r := Reading{State: NotStarted, AwareMoment: when.Never(), Now: wall(now)}
	if in.Aware != nil && in.Aware.Known() {
		r.start(rules, *in.Aware)
	}
	switch {
	case in.Filed != nil && in.Filed.Known():
		r.file(*in.Filed)
	case in.NotRequired:
		r.State = NotRequired
	case r.Aware.IsZero():
	default:
		r.run(rules)
	}
	r.note()
	return r
}

func (r *Reading) start(rules Rules, aware when.Moment) {
	r.AwareMoment = aware
	r.Aware = wall(aware.Earliest())
	r.Deadline = r.Aware.Add(rules.Notify)
	r.Reg1182End = NextFullHour(r.Aware).Add(rules.Notify)
}

func (r *Reading) file(filed when.Moment) {
	r.State = Notified
	r.Filed = wall(lastInstant(filed))
	if !r.Deadline.IsZero() && r.Filed.After(r.Deadline) {
		r.Late = true
		r.LateBy = between(r.Deadline, r.Filed)
	}
}

func (r *Reading) run(rules Rules) {
	if r.Now.After(r.Deadline) {
		r.State, r.Late = Overdue, true
		r.Overdue = between(r.Deadline, r.Now)
		r.LateBy = r.Overdue
		return
	}
	// Before the awareness (a clock that jumped, a time typed in the future) nothing
	// of the hours has run, but there are never more of them.
	r.Remaining = min(between(r.Now, r.Deadline), rules.Notify)
	switch {
	case r.Remaining <= rules.Urgent:
		r.State = Urgent
	case r.Remaining <= rules.DueSoon:
		r.State = DueSoon
	default:
		r.State = Running
	}
}

// lastInstant is the last instant a moment can be. A day's end is where the next
// day starts, and that instant is not in the day any more.
func lastInstant(m when.Moment) time.Time {
	if m.Precision == when.Day {
		return m.Latest().Add(-time.Nanosecond)
	}
	return m.Latest()
}

// NextFullHour is where a period in hours starts under Regulation 1182/71 Article
// 3(1): the hour in which the event falls does not count. An event exactly on the
// hour falls in the hour that begins with it. Hours are those of the time's own
// offset, which matters where offsets are not whole hours.
func NextFullHour(t time.Time) time.Time {
	_, offset := t.Zone()
	const hour = 60 * 60
	intoHour := ((t.Unix()+int64(offset))%hour + hour) % hour
	return time.Unix(t.Unix()-intoHour+hour, 0).In(t.Location())
}

// Due is the instant so many hours after the earliest that a moment can be, for
// steps that are due relative to it; false when the moment is not known.
func Due(from *when.Moment, after time.Duration) (time.Time, bool) {
	if from == nil || !from.Known() {
		return time.Time{}, false
	}
	return wall(from.Earliest()).Add(after), true
}

// wall drops the monotonic reading: it stands still while a machine sleeps.
func wall(t time.Time) time.Time { return t.Round(0) }

// longest is what between gives at most: [time.Duration] holds 292 years, and
// years go from 1 to 9999.
const longest = 100 * 365 * 24 * time.Hour

// between is the time from a to b, not below zero and not above [longest]. It
// counts in seconds first, so that a wrong clock cannot overflow it.
func between(a, b time.Time) time.Duration {
	seconds := b.Unix() - a.Unix()
	switch {
	case seconds > int64(longest/time.Second):
		return longest
	case seconds < -1:
		return 0
	}
	return max(time.Duration(seconds)*time.Second+time.Duration(b.Nanosecond()-a.Nanosecond()), 0)
}
