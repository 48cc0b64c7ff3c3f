// Package when holds moments as people know them: to the second, give or take
// half an hour, some time that day, no later than, or not at all. It reads what
// people type and writes what machines store.
//
// What does not belong here: the current time (it is always passed in) and
// anything about breaches.
package when

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision says how well a moment is known.
type Precision string

// The precisions. Each is also the first word of the canonical text.
const (
	Unknown     Precision = "unknown"       // nothing is known
	Exact       Precision = "exact"         // From, as the source gave it
	Estimated   Precision = "estimated"     // From, give or take Margin
	Day         Precision = "day"           // whole days: From is their start, To the start of the day after
	Range       Precision = "range"         // some time from From to To, both included
	NoLaterThan Precision = "no-later-than" // at From or before it
)

// Moment is a point in time as far as it is known. From and To carry the UTC
// offset that was typed, as a fixed zone; the instant is what counts. The zero
// Moment is not valid: use [Never] for an unknown one.
type Moment struct {
	Precision Precision
	From      time.Time
	To        time.Time     // Day and Range only
	Margin    time.Duration // Estimated only: whole seconds, more than none
}

// Never is the moment of which nothing is known.
func Never() Moment { return Moment{Precision: Unknown} }

// At is an exact moment.
func At(t time.Time) Moment { return Moment{Precision: Exact, From: fixed(t)} }

// Around is a moment known give or take a margin, cut to whole seconds and to the
// 68 years that the canonical text holds.
func Around(t time.Time, margin time.Duration) Moment {
	return Moment{Precision: Estimated, From: fixed(t), Margin: min(margin.Truncate(time.Second), maxMargin)}
}

// OnDay is the whole day in t's zone that holds t.
func OnDay(t time.Time) Moment { return Days(t, t) }

// Days are the whole days from the one that holds first to the one that holds
// last, in their own zones. A day may have 23, 24 or 25 hours; where clocks jump
// over midnight it starts later than that.
func Days(first, last time.Time) Moment {
	return Moment{
		Precision: Day,
		From:      dayStart(first.Year(), first.Month(), first.Day(), first.Location()),
		To:        dayStart(last.Year(), last.Month(), last.Day()+1, last.Location()),
	}
}

// Between is some time from a to b, both included.
func Between(a, b time.Time) Moment {
	return Moment{Precision: Range, From: fixed(a), To: fixed(b)}
}

// Before is a moment at t or earlier.
func Before(t time.Time) Moment { return Moment{Precision: NoLaterThan, From: fixed(t)} }

// fixed keeps instant and offset and drops everything else (zone name,
// monotonic reading), so that equal moments compare equal with ==.
func fixed(t time.Time) time.Time {
	_, offset := t.Zone()
	if offset == 0 {
		return t.Round(0).UTC()
	}
	return t.Round(0).In(zoneOf(offset))
}

// Known reports whether anything is known about the moment.
func (m Moment) Known() bool { return m.Precision != Unknown && m.Precision != "" }

// Earliest is the first instant that the moment can be. Of "no later than" it is
// the instant named, since nothing earlier is known. The zero time when unknown.
func (m Moment) Earliest() time.Time {
	if m.Precision == Estimated {
		return m.From.Add(-m.Margin)
	}
	return m.From
}

// Latest is the last instant that the moment can be (for whole days the instant
// at which the next day starts). The zero time when unknown.
func (m Moment) Latest() time.Time {
	switch m.Precision {
	case Estimated:
		return m.From.Add(m.Margin)
	case Day, Range:
		return m.To
	}
	return m.From
}

// Equal reports whether both moments say the same: precision, instants and offsets.
func (m Moment) Equal(o Moment) bool { return m.String() == o.String() }

// timestamp is RFC 3339 with up to nine decimals, trailing zeros left out.
const timestamp = "2006-01-02T15:04:05.999999999Z07:00"

// String is the canonical text, as docs/journal-format.md specifies it: the
// precision and what belongs to it, separated by single spaces.
func (m Moment) String() string {
	switch m.Precision {
	case Exact, NoLaterThan:
		return string(m.Precision) + " " + m.From.Format(timestamp)
	case Estimated:
		return fmt.Sprintf("%s %s %d", m.Precision, m.From.Format(timestamp), int64(m.Margin/time.Second))
	case Day, Range:
		return string(m.Precision) + " " + m.From.Format(timestamp) + " " + m.To.Format(timestamp)
	}
	return string(Unknown)
}

// ParseCanonical reads what [Moment.String] wrote. It accepts no other spelling:
// parsing and printing again gives the same bytes.
func ParseCanonical(s string) (Moment, error) {
	m, err := parseCanonical(s)
	if err != nil {
		return Moment{}, fmt.Errorf("moment: %w", err)
	}
	if m.String() != s {
		return Moment{}, errors.New("moment: not in canonical form")
	}
	return m, nil
}

func parseCanonical(s string) (Moment, error) {
	words := strings.Split(s, " ")
	m := Moment{Precision: Precision(words[0])}
	if len(words) != partsOf(m.Precision) {
		return Moment{}, errors.New("unknown precision, or the wrong number of parts")
	}
	if m.Precision == Unknown {
		return m, nil
	}
	var err error
	if m.From, err = parseTimestamp(words[1]); err != nil {
		return Moment{}, err
	}
	switch m.Precision {
	case Estimated:
		seconds, err := strconv.ParseInt(words[2], 10, 32)
		if err != nil || seconds <= 0 {
			return Moment{}, errors.New("the margin is not a positive number of seconds")
		}
		m.Margin = time.Duration(seconds) * time.Second
	case Day, Range:
		if m.To, err = parseTimestamp(words[2]); err != nil {
			return Moment{}, err
		}
	}
	return m, m.Validate()
}

// partsOf is the number of words in the canonical text; none for no precision.
func partsOf(p Precision) int {
	switch p {
	case Unknown:
		return 1
	case Exact, NoLaterThan:
		return 2
	case Estimated, Day, Range:
		return 3
	}
	return 0
}

func parseTimestamp(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, errors.New("not a timestamp of RFC 3339")
	}
	return fixed(t), nil
}

// Validate reports why a moment cannot be stored: years outside 1 to 9999, an
// offset that is not in whole minutes or not under a day, a margin that is not in
// whole seconds or longer than 68 years, an end that is not after its start.
func (m Moment) Validate() error {
	switch m.Precision {
	case Unknown:
		return nil
	case Exact, NoLaterThan:
		return validInstants(m.From)
	case Estimated:
		if m.Margin < time.Second || m.Margin > maxMargin || m.Margin%time.Second != 0 {
			return errors.New("the margin of an estimate is not in whole seconds, from one second to 68 years")
		}
		return validInstants(m.From, m.Earliest(), m.Latest())
	case Day, Range:
		if err := validInstants(m.From, m.To); err != nil {
			return err
		}
		if !m.To.After(m.From) {
			return errors.New("the end is not after the start")
		}
		return nil
	}
	return fmt.Errorf("unknown precision %q", m.Precision)
}

// validInstants gives the reason why the first bad one of the instants is bad.
func validInstants(instants ...time.Time) error {
	for _, t := range instants {
		if y := t.Year(); y < 1 || y > 9999 {
			return errors.New("the year is not between 1 and 9999")
		}
		if y := t.UTC().Year(); y < 1 || y > 9999 {
			return errors.New("the year is not between 1 and 9999 in UTC")
		}
		if _, offset := t.Zone(); offset%60 != 0 || offset <= -86400 || offset >= 86400 {
			return errors.New("the offset from UTC is not in whole minutes and less than a day")
		}
	}
	return nil
}

// MarshalText writes the canonical text.
func (m Moment) MarshalText() ([]byte, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads the canonical text.
func (m *Moment) UnmarshalText(b []byte) error {
	v, err := ParseCanonical(string(b))
	if err != nil {
		return err
	}
	*m = v
	return nil
}
