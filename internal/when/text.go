package when

import "time"

// Text is the moment as the value of a time fact, in TOML and JSON: complete in
// itself, so that it means the same whoever reads it, in whatever zone.
//
//	2020-06-09T14:05:00+02:00                                exact: RFC 3339
//	~2020-06-09T14:05:00+02:00 ±30m                          estimated
//	no later than 2020-08-25T00:00:00+02:00                  no later than
//	2020-06-09T14:00:00+02:00/2020-06-09T15:30:00+02:00      range
//	2020-06-09+02:00                                         day
//	2020-06-09+02:00/2020-06-10+02:00                        days: the first and the last
//	whole days 2018-11-04T01:00:00-02:00/2018-11-05T00:00:00-02:00
//	unknown                                                  unknown
//
// A day carries the offset at its start, a last day the one at its end; they differ
// over a change of daylight saving. "whole days", with start and end, is for those that
// do not start at midnight by their own offset, as happens where clocks jump over midnight.
// [ParseText] gives the moment back, offsets included.
func Text(m Moment) string {
	switch m.Precision {
	case Exact:
		return m.From.Format(timestamp)
	case Estimated:
		return "~" + m.From.Format(timestamp) + " ±" + spellMargin(m.Margin, shortUnits)
	case NoLaterThan:
		return "no later than " + m.From.Format(timestamp)
	case Range:
		return m.From.Format(timestamp) + "/" + m.To.Format(timestamp)
	case Day:
		return dayText(m.From, m.To)
	}
	return string(Unknown)
}

func dayText(from, to time.Time) string {
	const layout = "2006-01-02Z07:00"
	if !isMidnight(from) || !isMidnight(to) {
		return "whole days " + from.Format(timestamp) + "/" + to.Format(timestamp)
	}
	first, last := from.Format(layout), to.AddDate(0, 0, -1).Format(layout)
	if first == last {
		return first
	}
	return first + "/" + last
}

func isMidnight(t time.Time) bool {
	hour, minute, second := t.Clock()
	return hour == 0 && minute == 0 && second == 0 && t.Nanosecond() == 0
}

// ParseText reads what [Text] wrote, for any year from 1 to 9999. It also takes what
// people type, as [Parse] does, except what depends on the day of reading: a stored
// "yesterday" would mean another day tomorrow. What has no offset is read in zone.
func ParseText(s string, zone *time.Location) (Moment, error) {
	return reader{zone: orUTC(zone), firstYear: 1}.read(s)
}
