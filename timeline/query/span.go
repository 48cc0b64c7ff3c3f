package query

import (
	"errors"
	"strings"
	"time"

	"timeglas/internal/when"
)

var (
	errOrder = errors.New("the end is not after the start")
	errBound = errors.New("a comparison needs one time: write >2020-06-09, or two times with .. between them")
)

// readSpan reads a time, a comparison (">-2h") or two ends ("A..B", "A..", "..B").
func readSpan(text string, zone *time.Location, now time.Time) (Span, error) {
	for _, c := range comparisons {
		if rest, ok := strings.CutPrefix(text, c.sign); ok {
			at, err := readOne(rest, zone, now)
			if err == nil && at.Unknown {
				err = errBound
			}
			return c.span(at), err
		}
	}
	start, end, ok := strings.Cut(text, "..")
	if !ok {
		return readOne(text, zone, now)
	}
	if oneSided(start, now) || oneSided(end, now) {
		return readEnds(start, end, zone, now)
	}
	// Read together, so that the end takes from the start what it leaves out.
	return readOne(text, zone, now)
}

// comparisons, the longer signs first. All of a day comes before what is after it.
var comparisons = []struct {
	sign string
	span func(at Span) Span
}{
	{">=", func(at Span) Span { return Span{From: at.From} }},
	{"<=", func(at Span) Span { return Span{To: at.To} }},
	{">", func(at Span) Span { return Span{From: at.To} }},
	{"<", func(at Span) Span { return Span{To: at.From} }},
}

// oneSided reports whether an end stands for itself: open, or counted from now.
func oneSided(text string, now time.Time) bool {
	text = strings.TrimSpace(text)
	_, relative := when.Ago(text, now)
	return text == "" || relative || strings.EqualFold(text, "now") || strings.EqualFold(text, "nu")
}

func readEnds(start, end string, zone *time.Location, now time.Time) (Span, error) {
	var span Span
	if strings.TrimSpace(start)+strings.TrimSpace(end) == "" {
		return span, errors.New("neither end is given: write a time before .. or behind it")
	}
	if strings.TrimSpace(start) != "" {
		at, err := readOne(start, zone, now)
		if err != nil || at.Unknown {
			return span, errors.Join(err, unknownEnd(at))
		}
		span.From = at.From
	}
	if strings.TrimSpace(end) != "" {
		at, err := readOne(end, zone, now)
		if err != nil || at.Unknown {
			return span, errors.Join(err, unknownEnd(at))
		}
		span.To = at.To
	}
	if !span.From.IsZero() && !span.To.IsZero() && !span.To.After(span.From) {
		return span, errOrder
	}
	return span, nil
}

func unknownEnd(at Span) error {
	if at.Unknown {
		return errors.New("an end cannot be unknown: leave it out")
	}
	return nil
}

// readOne reads a moment as the stretch of time that it names: a day is the whole
// day, and a time to the minute the whole minute.
func readOne(text string, zone *time.Location, now time.Time) (Span, error) {
	if at, ok := when.Ago(strings.TrimSpace(text), now); ok {
		return Span{From: at, To: at.Add(time.Nanosecond)}, nil
	}
	m, err := when.Parse(text, zone, now)
	if err != nil {
		return Span{}, err
	}
	switch m.Precision {
	case when.Unknown:
		return Span{Unknown: true}, nil
	case when.Day:
		return Span{From: m.From, To: m.To}, nil
	case when.NoLaterThan:
		return Span{To: m.From.Add(grain(m.From))}, nil
	case when.Range:
		return Span{From: m.From, To: m.To.Add(grain(m.To))}, nil
	}
	return Span{From: m.Earliest(), To: m.Latest().Add(grain(m.Latest()))}, nil
}

// grain is how long a time lasts that was typed so: a minute where it has no
// seconds, a second where it has no decimals. Midnight is an instant, since it ends
// a day as often as it is a time of day.
func grain(t time.Time) time.Duration {
	switch hour, minute, second := t.Clock(); {
	case t.Nanosecond() != 0 || hour+minute+second == 0:
		return time.Nanosecond
	case second != 0:
		return time.Second
	}
	return time.Minute
}
