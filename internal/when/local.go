package when

import (
	"fmt"
	"time"
)

// reach is further than any UTC offset, so that the instants at which a clock can
// show a given time lie within reach of that time read as UTC.
const reach = 48 * time.Hour

// period is a stretch of time in which a zone keeps one offset. Periods that
// follow each other may have the same offset.
type period struct {
	start, end time.Time // start included, end not; a zero end is open
	offset     time.Duration
}

// holds reports whether the instant t lies in the period.
func (p period) holds(t time.Time) bool {
	return !t.Before(p.start) && (p.end.IsZero() || t.Before(p.end))
}

// periodsAround lists, in order and without holes, the periods of zone within reach
// on either side of wall, a clock reading held as UTC.
func periodsAround(wall time.Time, zone *time.Location) []period {
	var all []period
	for t, last := wall.Add(-reach).In(zone), wall.Add(reach); ; {
		_, end := t.ZoneBounds()
		if !end.IsZero() && !end.After(t) {
			// Beyond its table of changes the time package ends every year after 365
			// days, so on the last day of a leap year this end lies in the past. The
			// offset holds until the year is over.
			end = time.Date(t.UTC().Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC).In(zone)
		}
		_, seconds := t.Zone()
		all = append(all, period{t, end, time.Duration(seconds) * time.Second})
		if end.IsZero() || end.After(last) {
			return all
		}
		t = end
	}
}

// Readings are the instants, in order, at which clocks in zone show what wall
// shows in its own zone: one as a rule, two when clocks were put back over that
// time, none when they were put forward over it. The instants carry the offsets
// as fixed zones. It is exact for every zone, since it looks at the zone's own
// transitions and guesses no hour.
func Readings(wall time.Time, zone *time.Location) []time.Time {
	wall = asUTC(wall)
	var found []time.Time
	for _, p := range periodsAround(wall, zone) {
		if t := wall.Add(-p.offset); p.holds(t) {
			found = append(found, fixed(t.In(zone)))
		}
	}
	return found
}

// asUTC is what the clock of t shows, as if it were UTC.
func asUTC(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// ClockError says that a local time has no single meaning: clocks in Zone showed
// it twice, or never. Readings are the two moments that can be meant; a form
// offers them, and the message spells both so that either can be typed.
type ClockError struct {
	Wall     time.Time // what was typed, held as UTC
	Zone     string
	Twice    bool // otherwise never
	Readings [2]time.Time
}

// Error names both readings with their offsets.
func (e *ClockError) Error() string {
	occurs := "never occurs in %s, where clocks are put forward over it"
	if e.Twice {
		occurs = "occurs twice in %s, where clocks are put back over it"
	}
	return fmt.Sprintf("%s "+occurs+": write %s or %s", showClock(e.Wall), e.Zone,
		showOffset(e.Readings[0]), showOffset(e.Readings[1]))
}

// resolve is the one instant at which clocks in zone show wall, or a [ClockError].
func resolve(wall time.Time, zone *time.Location) (time.Time, error) {
	found := Readings(wall, zone)
	if len(found) == 1 {
		return found[0], nil
	}
	failure := &ClockError{Wall: asUTC(wall), Zone: nameOf(zone)}
	if len(found) > 1 {
		failure.Twice = true
		failure.Readings = [2]time.Time{found[0], found[len(found)-1]}
		return time.Time{}, failure
	}
	failure.Readings = besideGap(failure.Wall, zone)
	return time.Time{}, failure
}

// besideGap gives the two moments that can be meant by a time that clocks jumped
// over: as if they had jumped already, and as if they had not jumped yet. Both are
// shown as clocks did show them, the earlier first.
func besideGap(wall time.Time, zone *time.Location) [2]time.Time {
	all := periodsAround(wall, zone)
	for i := 1; i < len(all); i++ {
		early, late := wall.Add(-all[i].offset), wall.Add(-all[i-1].offset)
		if jump := all[i].start; early.Before(jump) && !late.Before(jump) {
			return [2]time.Time{fixed(early.In(zone)), fixed(late.In(zone))}
		}
	}
	// Unreachable while offsets stay within reach; read as UTC rather than panic.
	return [2]time.Time{wall, wall}
}

// dayStart is the first instant in zone at which the calendar shows the given day
// or a later one. That is midnight nearly always; where clocks jump over midnight
// it is the first time that they show, and a day that a zone left out starts and
// ends at the same instant.
func dayStart(year int, month time.Month, day int, zone *time.Location) time.Time {
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	for _, p := range periodsAround(midnight, zone) {
		t := midnight.Add(-p.offset)
		if t.Before(p.start) {
			t = p.start
		}
		if p.holds(t) {
			return fixed(t.In(zone))
		}
	}
	return fixed(midnight.In(zone))
}

// nameOf is the zone's name for a sentence; fixed zones may have none.
func nameOf(zone *time.Location) string {
	if name := zone.String(); name != "" {
		return name
	}
	return "that zone"
}
