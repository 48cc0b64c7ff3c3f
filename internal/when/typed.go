package when

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// maxTyped bounds what is looked at; the longest thing that can be meant is shorter.
const maxTyped = 200

var (
	errUnread = errors.New("the time cannot be read: write 2020-06-09 14:05, 2020-06-09, 14:05, yesterday 22:10, " +
		"9 June 2020 to 10 June, about …, no later than … or unknown")
	errEmpty = errors.New("the time is missing: write one, or unknown")
)

// longestDay is longer than any one day of a calendar and shorter than any two.
const longestDay = 30 * time.Hour

// Parse reads a moment as people type it, in English or Danish:
//
//	2020-06-09T14:05:00+02:00   RFC 3339
//	2020-06-09 14:05:06.789     in zone; seconds and decimals are optional,
//	2020-06-09 14:05 +02:00     as is an offset, Z or UTC
//	2020-06-09, 9 June 2020     a day; also June 9 2020, den 9. juni 2020
//	14:05, kl. 14.05            today, by now and zone
//	yesterday 22:10, i går      also today, tomorrow and the day before yesterday
//	now                         cut to whole seconds
//	9 June 2020 to 10 June      days; also 9–10 June 2020, and "til"
//	2020-06-09 14:00 to 15:30   a range; also " - ", "..", "/", from … to, between … and
//	about 14:05, ~…, ca. …      an estimate, give or take [DefaultMargin]
//	2020-06-09 14:05 ±2h        an estimate; also +-
//	no later than …, senest …   also before, by, inden; of a day its start, from which a deadline counts
//	unknown, ukendt
//
// The end of a range takes from its start what it leaves out (date, year, offset).
// Nothing is guessed: a local time that clocks showed twice or never is a
// [ClockError] that holds both readings; 9/6 2020, 14.05 and a date without a year
// are refused with what to write instead; so are years outside 1900 to 9999.
// Errors are one sentence and never repeat what was typed but for dates and times.
func Parse(text string, zone *time.Location, now time.Time) (Moment, error) {
	zone = orUTC(zone)
	return reader{zone: zone, now: now.In(zone), firstYear: 1900}.read(text)
}

// reader is what the reading of a text depends on besides the text.
type reader struct {
	zone      *time.Location
	now       time.Time // zero: forms that depend on it are refused
	firstYear int
}

func (r reader) read(text string) (Moment, error) {
	if len(text) > maxTyped {
		return Moment{}, errUnread
	}
	m, err := r.readForm(tidy(text))
	if err != nil {
		return Moment{}, err
	}
	if m.Precision != Unknown && (m.From.Year() < r.firstYear || m.From.Year() > 9999) {
		return Moment{}, errors.New("the year is not between 1900 and 9999")
	}
	return m, m.Validate()
}

// spellings levels the many ways in which keyboards write the same sign.
var spellings = strings.NewReplacer("\u2212", "-", "\u2011", "-", "\u2010", "-", "—", "–", "a\u030a", "å", "…", "..")

// tidy is the text in lower case with single spaces.
func tidy(text string) string {
	return spellings.Replace(strings.ToLower(strings.Join(strings.Fields(text), " ")))
}

// form is a way of saying how well a time is known: the words that begin it, and
// how the rest is read.
type form struct {
	words []string
	read  func(r reader, rest string) (Moment, error)
}

var forms = []form{
	{[]string{"no later than", "not later than", "no-later-than", "before", "by", "≤", "<=", "senest", "inden", "før"}, reader.readBound},
	{[]string{"~", "about", "around", "approximately", "approx.", "approx", "circa", "cirka", "ca.", "ca", "omkring"}, reader.readAbout},
	{[]string{"between", "mellem"}, reader.readBetween},
	{[]string{"from", "fra"}, reader.readFromTo},
	{[]string{"whole days"}, reader.readWholeDays},
}

// readForm finds the form by its first words.
func (r reader) readForm(s string) (Moment, error) {
	switch s {
	case "":
		return Moment{}, errEmpty
	case "unknown", "ukendt", "?":
		return Never(), nil
	}
	for _, f := range forms {
		for _, word := range f.words {
			if rest, ok := cutWord(s, word); ok {
				return f.read(r, rest)
			}
		}
	}
	if start, margin, ok := cutMargin(s); ok {
		return r.readEstimate(start, margin)
	}
	return r.readPlain(s)
}

// cutWord takes word off the front of s. A word of letters ends at a space; a sign
// or an abbreviation's point ends itself.
func cutWord(s, word string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, word)
	if !ok {
		return "", false
	}
	if last := word[len(word)-1]; last >= 'a' && last <= 'z' && !strings.HasPrefix(rest, " ") {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// cutMargin splits "14:05 ±30m" before the sign.
func cutMargin(s string) (start, margin string, ok bool) {
	for _, sign := range []string{"±", "+-", "+/-"} {
		if start, margin, ok = strings.Cut(s, sign); ok {
			return strings.TrimSpace(start), strings.TrimSpace(margin), true
		}
	}
	return s, "", false
}

func (r reader) readAbout(rest string) (Moment, error) {
	start, margin, ok := cutMargin(rest)
	if !ok {
		margin = spellMargin(DefaultMargin, shortUnits)
	}
	return r.readEstimate(start, margin)
}

func (r reader) readEstimate(start, margin string) (Moment, error) {
	spread, err := parseMargin(margin)
	if err != nil {
		return Moment{}, err
	}
	m, err := r.readPlain(start)
	switch {
	case err != nil:
		return Moment{}, err
	case m.Precision != Exact:
		return Moment{}, errors.New("an estimate needs a time of day: write about 2020-06-09 14:05, " +
			"or for days a range such as 2020-06-08 to 2020-06-10")
	}
	return Around(m.From, spread), nil
}

// readBound reads what follows "no later than". Of a day it is the start: whoever
// may have known at any time of that day must count from its first hour.
func (r reader) readBound(rest string) (Moment, error) {
	m, err := r.readPlain(rest)
	switch {
	case err != nil:
		return Moment{}, err
	case m.Precision == Range || m.Precision == Day && m.To.Sub(m.From) > longestDay:
		return Moment{}, errors.New("\"no later than\" takes one moment or one day, not a range: write its last moment")
	}
	return Before(m.From), nil
}

func (r reader) readBetween(rest string) (Moment, error) {
	for _, and := range []string{" and ", " og "} {
		if start, end, ok := strings.Cut(rest, and); ok {
			return r.readRange(start, end)
		}
	}
	return Moment{}, errors.New("the end is missing: write between 14:00 and 15:30")
}

func (r reader) readFromTo(rest string) (Moment, error) {
	start, end, ok := cutRange(rest)
	if !ok {
		return Moment{}, errors.New("the end is missing: write from 14:00 to 15:30")
	}
	return r.readRange(start, end)
}

// readWholeDays reads the long form that [Text] has for days without a midnight.
func (r reader) readWholeDays(rest string) (Moment, error) {
	m, err := r.readPlain(rest)
	if err != nil {
		return Moment{}, err
	}
	if m.Precision != Range && m.Precision != Day {
		return Moment{}, errUnread
	}
	m.Precision = Day
	return m, nil
}

// readPlain reads a range, or one day or time.
func (r reader) readPlain(s string) (Moment, error) {
	if err := refuseNumeric(s); err != nil {
		return Moment{}, err
	}
	if start, end, ok := cutRange(s); ok {
		return r.readRange(start, end)
	}
	if s == "now" || s == "nu" {
		if r.now.IsZero() {
			return Moment{}, errRelative
		}
		return At(r.now.Truncate(time.Second)), nil
	}
	one, err := r.readSide(s)
	if err != nil {
		return Moment{}, err
	}
	if err := one.complete(r); err != nil {
		return Moment{}, err
	}
	if one.hasClock {
		at, err := one.instant(r.zone)
		if err != nil {
			return Moment{}, err
		}
		return At(at), nil
	}
	from, to, err := one.bounds(r.zone)
	return Moment{Precision: Day, From: from, To: to}, err
}

// dayPair is "9–10 june 2020", whose hyphen needs no spaces since both sides are
// days of one month.
var dayPair = regexp.MustCompile(`^(\d{1,2})\.? ?(?:-|–) ?(\d{1,2}\.? ?\p{L}.*)$`)

// cutRange splits at the first sign or word that stands between two times.
func cutRange(s string) (start, end string, ok bool) {
	if pair := dayPair.FindStringSubmatch(s); pair != nil {
		return pair[1], pair[2], true
	}
	for _, between := range []string{" to ", " til ", " until ", " indtil ", " - ", "..", "–", "/"} {
		if start, end, ok = strings.Cut(s, between); ok {
			return strings.TrimSpace(start), strings.TrimSpace(end), true
		}
	}
	return "", "", false
}

// readRange joins two ends: days when neither has a time of day, otherwise a range
// that includes the whole of an end that is a day.
func (r reader) readRange(startText, endText string) (Moment, error) {
	for _, s := range []string{startText, endText} {
		if err := refuseNumeric(s); err != nil {
			return Moment{}, err
		}
	}
	start, err := r.readSide(startText)
	if err != nil {
		return Moment{}, err
	}
	end, err := r.readSide(endText)
	if err != nil {
		return Moment{}, err
	}
	if err := inherit(&start, &end); err != nil {
		return Moment{}, err
	}
	if err := start.complete(r); err != nil {
		return Moment{}, err
	}
	if err := end.complete(r); err != nil {
		return Moment{}, err
	}
	m := Moment{Precision: Range}
	if !start.hasClock && !end.hasClock {
		m.Precision = Day
	}
	if m.From, _, err = start.bounds(r.zone); err != nil {
		return Moment{}, err
	}
	if _, m.To, err = end.bounds(r.zone); err != nil {
		return Moment{}, err
	}
	if !m.To.After(m.From) {
		return Moment{}, errors.New("the end is not after the start: write the date of both")
	}
	return m, nil
}
