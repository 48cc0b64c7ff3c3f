package when

import (
	"strings"
	"time"
)

// Show is the moment for a reader in zone, short and unambiguous:
//
//	2020-06-09 14:05
//	~2020-06-09 14:05 ±30 min
//	2020-06-09                           a day
//	2020-06-09 to 2020-06-10             days
//	2020-06-09 14:00 to 15:30            a range
//	no later than 2020-08-25 00:00
//	unknown
//
// Seconds and decimals are there when they are not zero, the offset when clocks in
// zone show that time twice. Days that are not whole days in zone are written as
// [Text] writes them, with their own offset. [Parse] reads what Show writes as the
// same stretch of time.
func (m Moment) Show(zone *time.Location) string {
	zone = orUTC(zone)
	switch m.Precision {
	case Exact:
		return showIn(m.From, zone)
	case Estimated:
		return "~" + showIn(m.From, zone) + " ±" + spellMargin(m.Margin, longUnits)
	case NoLaterThan:
		return "no later than " + showIn(m.From, zone)
	case Range:
		return showRange(m.From.In(zone), m.To.In(zone))
	case Day:
		return showDays(m, zone)
	}
	return string(Unknown)
}

func showIn(t time.Time, zone *time.Location) string {
	local := t.In(zone)
	if twice(local) {
		return showOffset(local)
	}
	return showClock(local)
}

// twice reports whether clocks in the time's own zone show it more than once.
func twice(t time.Time) bool { return len(Readings(t, t.Location())) > 1 }

func showRange(from, to time.Time) string {
	if twice(from) || twice(to) {
		return showOffset(from) + " to " + showOffset(to)
	}
	end := showClock(to)
	if day := to.Format(time.DateOnly); day == from.Format(time.DateOnly) {
		end = strings.TrimPrefix(end, day+" ")
	}
	return showClock(from) + " to " + end
}

func showDays(m Moment, zone *time.Location) string {
	first, last := m.From.In(zone), m.To.Add(-time.Nanosecond).In(zone)
	start, _, startErr := wholeDay(dateOf(first), zone)
	_, end, endErr := wholeDay(dateOf(last), zone)
	switch {
	case startErr != nil || endErr != nil || !start.Equal(m.From) || !end.Equal(m.To):
		return Text(m)
	case dateOf(first) == dateOf(last):
		return first.Format(time.DateOnly)
	}
	return first.Format(time.DateOnly) + " to " + last.Format(time.DateOnly)
}

// showClock is date and time of day, to the minute unless there is more to say.
func showClock(t time.Time) string { return t.Format(clockLayout(t)) }

// showOffset is the same with the offset set apart, so that -04:00 does not look
// like the end of a range.
func showOffset(t time.Time) string { return t.Format(clockLayout(t) + " -07:00") }

func clockLayout(t time.Time) string {
	if t.Second() == 0 && t.Nanosecond() == 0 {
		return "2006-01-02 15:04"
	}
	return "2006-01-02 15:04:05.999999999"
}

func orUTC(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}
