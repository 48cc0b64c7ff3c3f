package notice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"timeglas/internal/when"
)

// grammar is how a language writes numbers, lists and times inside a sentence.
type grammar struct {
	months   [12]string
	units    [4][2]string // second, minute, hour, day: one, several
	and      string
	thousand string // between groups of three digits
	decimal  string
	day      string // a day of the month: "9." or "9"
	joinDays string // between the days of a range in one month: "9.-10. juni"
	joinLong string // between dates in different months
	on       string // before a date
	article  string // before a date that another word stands before
	hour     string // before a time of day that has no date
	clock    string // layout of the time of day
	at       string // between date and time of day
	around   string
	between  string
	before   string
	never    string
}

var (
	danish = grammar{
		months: [12]string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
			"september", "oktober", "november", "december"},
		units: [4][2]string{{"sekund", "sekunder"}, {"minut", "minutter"}, {"time", "timer"}, {"dag", "dage"}},
		and:   " og ", thousand: ".", decimal: ",", day: "%d.", joinDays: "-", joinLong: " - ",
		on: "den ", article: "den ", hour: "kl. ", clock: "15.04", at: " kl. ", around: "omkring den ", between: "mellem ", before: "senest den ",
		never: "på et ukendt tidspunkt",
	}
	english = grammar{
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"},
		units: [4][2]string{{"second", "seconds"}, {"minute", "minutes"}, {"hour", "hours"}, {"day", "days"}},
		and:   " and ", thousand: ",", decimal: ".", day: "%d", joinDays: "–", joinLong: " – ",
		on: "on ", clock: "15:04", at: " at ", around: "around ", between: "between ", before: "no later than ",
		never: "at an unknown time",
	}
)

// grammars are by language; the map is never changed.
var grammars = map[string]grammar{"da": danish, "en": english}

// number is a whole number with its thousands set apart: 1.742 or 1,742.
func (g grammar) number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + g.thousand + digits[i:]
	}
	return sign + digits
}

// fraction is a number with up to two decimals.
func (g grammar) fraction(f float64) string {
	whole, decimals, _ := strings.Cut(strconv.FormatFloat(f, 'f', 2, 64), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil { // too large for a whole number: the digits as they are
		return whole
	}
	if decimals = strings.TrimRight(decimals, "0"); decimals != "" {
		decimals = g.decimal + decimals
	}
	return g.number(n) + decimals
}

// list is "a", "a og b", "a, b og c".
func (g grammar) list(items []string) string {
	last := len(items) - 1
	if last < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:last], ", ") + g.and + items[last]
}

func (g grammar) dayOf(t time.Time) string { return fmt.Sprintf(g.day, t.Day()) }
func (g grammar) dayMonth(t time.Time) string {
	return g.dayOf(t) + " " + g.months[t.Month()-1]
}
func (g grammar) date(t time.Time) string { return g.dayMonth(t) + " " + strconv.Itoa(t.Year()) }

// timeOfDay is the time to the minute, with the offset when clocks in the zone
// show it twice.
func (g grammar) timeOfDay(t time.Time) string {
	text := t.Format(g.clock)
	if len(when.Readings(t, t.Location())) > 1 {
		text += " (UTC" + t.Format("-07:00") + ")"
	}
	return text
}

// stamp is date and time of day without a word before them.
func (g grammar) stamp(t time.Time) string { return g.date(t) + g.at + g.timeOfDay(t) }

// instant is a known time: "den 19. november 2026 kl. 07.32".
func (g grammar) instant(t time.Time, zone *time.Location) string { return g.on + g.stamp(t.In(zone)) }

// moment is a time as well as it is known, with the words that belong before it, so
// that it can end a sentence: "opdaget den …", "opdaget senest den …".
func (g grammar) moment(m when.Moment, zone *time.Location) string {
	from := m.From.In(zone)
	switch m.Precision {
	case when.Exact:
		return g.on + g.stamp(from)
	case when.Estimated:
		return g.around + g.stamp(from) + " (± " + g.duration(m.Margin) + ")"
	case when.Day:
		return g.daysOf(m)
	case when.Range:
		return g.rangeOf(from, m.To.In(zone))
	case when.NoLaterThan:
		// Of a day that was typed without a time only its start is kept.
		if from.Hour() == 0 && from.Minute() == 0 && from.Second() == 0 {
			return g.before + g.date(from)
		}
		return g.before + g.stamp(from)
	}
	return g.never
}

// about is the same for a time that is marked as an estimate.
func (g grammar) about(m when.Moment, zone *time.Location) string {
	text := g.moment(m, zone)
	if date, ok := strings.CutPrefix(text, g.on); ok && (m.Precision == when.Exact || m.Precision == when.Day) {
		return g.around + date
	}
	return text
}

func (g grammar) rangeOf(from, to time.Time) string {
	if from.Format(time.DateOnly) == to.Format(time.DateOnly) {
		return g.on + g.date(from) + " " + g.between + g.hour + g.timeOfDay(from) + g.and + g.hour + g.timeOfDay(to)
	}
	return g.between + g.article + g.stamp(from) + g.and + g.article + g.stamp(to)
}

// daysOf is one day, or some time in several: what takes one moment did not last
// all of them.
func (g grammar) daysOf(m when.Moment) string {
	first, last := m.From, m.To.Add(-time.Second)
	switch {
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		return g.on + g.date(first)
	case first.Year() == last.Year():
		return g.between + g.article + g.dayMonth(first) + g.and + g.article + g.date(last)
	}
	return g.between + g.article + g.date(first) + g.and + g.article + g.date(last)
}

// days is a period of whole days, read in the offsets it was typed with: "9.-10.
// juni 2020", without the year when what follows has the same one.
func (g grammar) days(m when.Moment, year bool) string {
	first, last := m.From, m.To.Add(-time.Second)
	write := g.dayMonth
	if year {
		write = g.date
	}
	switch {
	case first.Year() != last.Year():
		return g.date(first) + g.joinLong + g.date(last)
	case first.Month() != last.Month():
		return g.dayMonth(first) + g.joinLong + write(last)
	case first.Day() != last.Day():
		return g.dayOf(first) + g.joinDays + write(last)
	}
	return write(first)
}

// periods are days and ranges of days: "9.-10. juni, 2.-3. juli og 17. juli 2020".
func (g grammar) periods(all []when.Moment) string {
	texts := make([]string, len(all))
	for i, m := range all {
		sameYear := i+1 < len(all) && m.To.Add(-time.Second).Year() == all[i+1].From.Year()
		texts[i] = g.days(m, !sameYear)
	}
	return g.list(texts)
}

// duration is a span in the largest unit that divides it.
func (g grammar) duration(d time.Duration) string {
	sizes := [4]time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour}
	for i := len(sizes) - 1; i >= 0; i-- {
		if d%sizes[i] == 0 || i == 0 {
			n := int64(d / sizes[i])
			unit := g.units[i][1]
			if n == 1 {
				unit = g.units[i][0]
			}
			return g.number(n) + " " + unit
		}
	}
	return ""
}
