package when

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// date is a day of the calendar; a part that was not typed is zero.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) date { return date{t.Year(), t.Month(), t.Day()} }

// String is the date as ISO 8601 has it.
func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// exists reports whether the calendar has the day.
func (d date) exists() bool {
	return d == dateOf(time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC))
}

// side is one day or time as typed: a whole text, or one end of a range.
type side struct {
	date
	hasClock  bool
	clock     time.Duration // since midnight, as the clock shows it
	hasOffset bool
	offset    int // seconds east of UTC
}

var months = map[string]time.Month{
	"january": 1, "jan": 1, "januar": 1, "february": 2, "feb": 2, "februar": 2,
	"march": 3, "mar": 3, "marts": 3, "april": 4, "apr": 4, "may": 5, "maj": 5,
	"june": 6, "jun": 6, "juni": 6, "july": 7, "jul": 7, "juli": 7, "august": 8, "aug": 8,
	"september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "oktober": 10, "okt": 10,
	"november": 11, "nov": 11, "december": 12, "dec": 12,
}

// relativeDays are the words for days by their distance from today.
var relativeDays = []struct {
	word string
	days int
}{
	{"the day before yesterday", -2}, {"day before yesterday", -2}, {"i forgårs", -2}, {"forgårs", -2},
	{"yesterday", -1}, {"i går", -1}, {"igår", -1},
	{"today", 0}, {"i dag", 0}, {"idag", 0},
	{"tomorrow", 1}, {"i morgen", 1}, {"imorgen", 1},
}

var (
	isoDate  = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:\b|[tz])`)
	dayMonth = regexp.MustCompile(`^(?:den |d\. ?)?(\d{1,2})(?:\.|st|nd|rd|th)? ?(\p{L}+)\.?,?(?: (\d{4}))?(?:,? |$)`)
	monthDay = regexp.MustCompile(`^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?:,? |$)`)
	onlyDay  = regexp.MustCompile(`^(?:den |d\. ?)?(\d{1,2})\.?$`)
	clock    = regexp.MustCompile(`^(\d{1,2})([:.])(\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?`)
	offset   = regexp.MustCompile(`^(?:utc|gmt)?([+-])(\d{2}):?(\d{2})$`)
)

// The refusals say what to write instead.
var (
	errRelative = errors.New("the time depends on the day it is read: write its date")
	errYear     = errors.New("the year is missing: write 9 June 2020")
	errHour     = errors.New("the time of day is not between 00:00 and 23:59:59")
	errOffset   = errors.New("the offset from UTC cannot be read: write +02:00 or Z")
	errOffsets  = errors.New("one end has an offset from UTC and the other has none: write it at both ends")
	errPoint    = errors.New("14.05 can be a time or a date: write 14:05, or 14 May 2020")
	errHyphen   = errors.New("the hyphen can begin an offset from UTC or end a range: " +
		"write 02:00 to 05:00 for a range, 2020-06-09T02:00-05:00 for an offset")
)

// readSide reads a day, a time of day, or both, and an offset behind them.
func (r reader) readSide(s string) (side, error) {
	var got side
	if found := onlyDay.FindStringSubmatch(s); found != nil {
		got.day = number(found[1])
		return got, nil
	}
	rest, err := r.readDate(s, &got)
	if err != nil || rest == "" {
		return got, err
	}
	// What joins date and time: "t" (RFC 3339), a comma, "at", "kl."; the point of
	// 14.05 is a colon only where it cannot be a date's.
	rest, joined := cutAny(rest, "t", ",", " ")
	rest = strings.TrimSpace(rest)
	rest, named := cutAny(rest, "at ", "kl. ", "kl.", "kl ")
	if rest, err = readClock(rest, named != "" || got.day > 0, &got); err != nil {
		return got, err
	}
	return got, readOffset(rest, joined == "t", &got)
}

// readDate takes a date off the front of s, if one is there.
func (r reader) readDate(s string, got *side) (rest string, err error) {
	if found := isoDate.FindStringSubmatch(s); found != nil {
		got.date = date{number(found[1]), time.Month(number(found[2])), number(found[3])}
		if !got.exists() {
			return "", fmt.Errorf("the calendar has no %s", got.date)
		}
		return s[len("2006-01-02"):], nil
	}
	for _, relative := range relativeDays {
		if rest, ok := strings.CutPrefix(s, relative.word); ok && (rest == "" || rest[0] == ' ' || rest[0] == ',') {
			return rest, r.setRelative(relative.days, got)
		}
	}
	if found := dayMonth.FindStringSubmatch(s); found != nil && months[found[2]] != 0 {
		got.date = date{number(found[3]), months[found[2]], number(found[1])}
		return strings.TrimSpace(s[len(found[0]):]), nil
	}
	if found := monthDay.FindStringSubmatch(s); found != nil && months[found[1]] != 0 {
		got.date = date{number(found[3]), months[found[1]], number(found[2])}
		return strings.TrimSpace(s[len(found[0]):]), nil
	}
	return s, nil
}

func (r reader) setRelative(days int, got *side) error {
	if r.now.IsZero() {
		return errRelative
	}
	// Noon in UTC, so that no change of clocks can move the day.
	today := time.Date(r.now.Year(), r.now.Month(), r.now.Day(), 12, 0, 0, 0, time.UTC)
	got.date = dateOf(today.AddDate(0, 0, days))
	return nil
}

// readClock takes the time of day off the front of s. A date may stand alone, or
// with its offset only.
func readClock(s string, pointIsColon bool, got *side) (rest string, err error) {
	found := clock.FindStringSubmatch(s)
	if found == nil {
		if got.day == 0 {
			return "", errUnread
		}
		return s, nil
	}
	if found[2] == "." && !pointIsColon {
		return "", errPoint
	}
	hour, minute, second := number(found[1]), number(found[3]), number(found[4])
	if hour > 23 || minute > 59 || second > 59 {
		return "", errHour
	}
	nanos := number((found[5] + "000000000")[:9])
	got.hasClock = true
	got.clock = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(second)*time.Second + time.Duration(nanos)
	return s[len(found[0]):], nil
}

// readOffset reads what is left behind date and time. Without a space and a T, a
// hyphen and a later time of day can as well be the end of a range.
func readOffset(s string, strict bool, got *side) error {
	glued := strings.HasPrefix(s, "-") && got.hasClock && !strict
	s = strings.TrimSpace(s)
	switch s {
	case "":
		return nil
	case "z", "utc", "gmt":
		got.hasOffset = true
		return nil
	}
	found := offset.FindStringSubmatch(s)
	if found == nil {
		if s[0] == '+' || s[0] == '-' {
			return errOffset
		}
		return errUnread
	}
	hours, minutes := number(found[2]), number(found[3])
	if hours > 23 || minutes > 59 {
		return errOffset
	}
	seconds := hours*3600 + minutes*60
	if glued && (got.day == 0 || time.Duration(seconds)*time.Second > got.clock) {
		return errHyphen
	}
	if found[1] == "-" {
		seconds = -seconds
	}
	got.hasOffset, got.offset = true, seconds
	return nil
}

// inherit gives each end of a range what only the other one says.
func inherit(start, end *side) error {
	if end.date == (date{}) {
		end.date = start.date
		if !end.hasOffset && end.hasClock {
			end.hasOffset, end.offset = start.hasOffset, start.offset
		}
	}
	if start.month == 0 && start.day > 0 {
		start.month = end.month
	}
	if end.month == 0 && end.day > 0 {
		end.month = start.month
	}
	if start.year == 0 && start.day > 0 {
		start.year = end.year
	}
	if end.year == 0 && end.day > 0 {
		end.year = start.year
	}
	if start.hasOffset != end.hasOffset {
		return errOffsets
	}
	return nil
}

// complete puts today where only a time of day was typed, and checks the date.
func (s *side) complete(r reader) error {
	if s.date == (date{}) {
		if err := r.setRelative(0, s); err != nil {
			return err
		}
	}
	switch {
	case s.month == 0:
		return errUnread
	case s.year == 0 && s.day > 0:
		return errYear
	case !s.exists():
		return fmt.Errorf("the calendar has no %s", s.date)
	}
	return nil
}

// instant is the side as a point in time.
func (s side) instant(zone *time.Location) (time.Time, error) {
	// Not Add to midnight: the clock is what was read, not time elapsed.
	wall := time.Date(s.year, s.month, s.day, 0, 0, 0, 0, time.UTC).Add(s.clock)
	if s.hasOffset {
		return fixed(wall.Add(-time.Duration(s.offset) * time.Second).In(zoneOf(s.offset))), nil
	}
	return resolve(wall, zone)
}

// bounds are the instant twice, or the start of the day and that of the day after.
func (s side) bounds(zone *time.Location) (from, to time.Time, err error) {
	if s.hasClock {
		from, err = s.instant(zone)
		return from, from, err
	}
	if s.hasOffset {
		zone = zoneOf(s.offset)
	}
	return wholeDay(s.date, zone)
}

// wholeDay is where a day starts and ends in zone. A few zones have left a day out
// when they moved over the date line.
func wholeDay(d date, zone *time.Location) (from, to time.Time, err error) {
	from, to = dayStart(d.year, d.month, d.day, zone), dayStart(d.year, d.month, d.day+1, zone)
	if !to.After(from) {
		return from, to, fmt.Errorf("there was no %s in %s", d, nameOf(zone))
	}
	return from, to, nil
}

// numericDate is a date in figures only, in an order that differs by country.
var numericDate = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-]| |$)(?:(\d{2}|\d{4})(?:[ ,].*)?)?$`)

// refuseNumeric says how to write 9/6 2020, naming both readings where there are two.
func refuseNumeric(s string) error {
	found := numericDate.FindStringSubmatch(s)
	if found == nil {
		return nil
	}
	a, b, year := number(found[1]), number(found[2]), number(found[3])
	if len(found[3]) != 4 {
		if found[3] == "" && len(found[2]) == 2 && strings.Contains(s, ".") {
			return errPoint
		}
		return errors.New("a date in figures can be read in two ways: write 2020-06-09 or 9 June 2020")
	}
	var readings []string
	for _, d := range []date{{year, time.Month(b), a}, {year, time.Month(a), b}} {
		if d.exists() {
			readings = append(readings, d.String())
		}
	}
	switch {
	case len(readings) == 0:
		return errors.New("the calendar has no such day: write the date as 2020-06-09 or 9 June 2020")
	case len(readings) == 1 || readings[0] == readings[1]:
		return fmt.Errorf("a date in figures is not read: write %s", readings[0])
	}
	return fmt.Errorf("a date in figures can be read in two ways: write %s or %s", readings[0], readings[1])
}

// cutAny takes the first of the prefixes that s has off its front.
func cutAny(s string, prefixes ...string) (rest, found string) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return rest, prefix
		}
	}
	return s, ""
}

// number is a run of figures short enough for an int; none is zero.
func number(figures string) int {
	n, _ := strconv.Atoi(figures) // only called on what matched \d
	return n
}
