package tui

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// words puts times, values and entries into words for one reader.
type words struct {
	lang string
	zone *time.Location
	now  time.Time
	view timeline.View // of the open case, to name the entries that others speak of
}

func (m *Model) words() words {
	w := words{lang: m.o.Lang, zone: m.o.Zone, now: m.now}
	if m.open != nil {
		w.view = m.open.s.Case.Timeline
	}
	return w
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// day is a time with its weekday: "Thu 19 Nov 07:32", with the year when it is
// another one.
func (w words) day(t time.Time) string {
	t = t.In(w.zone)
	if t.Year() != w.now.In(w.zone).Year() {
		return t.Format("Mon 2 Jan 2006 15:04")
	}
	return t.Format("Mon 2 Jan 15:04")
}

// date is the day of a time: "Tue 25 Aug", with the year when it is another one.
func (w words) date(t time.Time) string {
	t = t.In(w.zone)
	if t.Year() != w.now.In(w.zone).Year() {
		return t.Format("Mon 2 Jan 2006")
	}
	return t.Format("Mon 2 Jan")
}

// dayOrMidnight is a time, of which midnight goes without saying: a day was typed.
func (w words) dayOrMidnight(t time.Time) string {
	if local := t.In(w.zone); local.Hour() == 0 && local.Minute() == 0 {
		return w.date(t)
	}
	return w.day(t)
}

// noWeekday is a time as day writes it without its weekday.
func (w words) noWeekday(day string) string {
	_, rest, _ := strings.Cut(day, " ")
	return rest
}

// short is a time in a column: the time of day for today, else day and time.
func (w words) short(t time.Time) string {
	t, now := t.In(w.zone), w.now.In(w.zone)
	switch {
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("02 Jan 15:04")
	}
	return t.Format("2006-01-02")
}

// due is how a due time reads now: "due 2 h 5 m", "late 3 h", from four days on in
// whole days.
func (w words) due(at time.Time) string {
	word, span := "due ", at.Sub(w.now)
	if span < 0 {
		word, span = "late ", -span
	}
	const day = 24 * time.Hour
	if span >= 4*day {
		return word + fmt.Sprintf("%d d", span/day)
	}
	return word + clock.Span(span, "en")
}

// reading says how a typed moment will be understood: local time with offset, and
// UTC.
func (w words) reading(text string) (when.Moment, string, error) {
	m, err := when.Parse(text, w.zone, w.now)
	if err != nil {
		return m, "", err
	}
	return m, w.moment(m), nil
}

// moment is a moment in local time with its precision, and in UTC.
func (w words) moment(m when.Moment) string {
	if !m.Known() {
		return "unknown"
	}
	text := m.Show(w.zone)
	switch oneDay := m.To.Sub(m.From) < 26*time.Hour; {
	case m.Precision == when.Day && oneDay:
		return text + m.From.In(w.zone).Format(" (Mon)") + ", the whole day"
	case m.Precision == when.Day:
		return text + ", whole days"
	}
	utc := m.From.UTC().Format("15:04 UTC")
	if m.From.UTC().Day() != m.From.In(w.zone).Day() {
		utc = m.From.UTC().Format("2006-01-02 15:04 UTC")
	}
	return text + m.From.In(w.zone).Format(" -07:00 (Mon)") + " = " + utc
}

// precision marks how well a moment is known, in one character.
func precision(m when.Moment) string {
	switch m.Precision {
	case when.Estimated:
		return "~"
	case when.Day:
		return "d"
	case when.Range:
		return "-"
	case when.NoLaterThan:
		return "<"
	case when.Unknown:
		return "?"
	}
	return " "
}

// value is a recorded value for reading.
func (w words) value(key string, r fact.Recorded) string {
	text := clean.Line(fact.Show(key, r.Value, w.lang, w.zone))
	if r.Estimate {
		text = "about " + text
	}
	return text
}

// named is what an entry says with its kind in front, for where no column says it.
func (w words) named(l timeline.Line) string {
	if l.Kind == timeline.KindNote {
		return w.entry(l)
	}
	return string(l.Kind) + ": " + w.entry(l)
}

// entry is what an entry says beside its kind, in one line of clean text.
func (w words) entry(l timeline.Line) string {
	if l.Redacted {
		return fmt.Sprintf("redacted by entry %d", l.RedactedBy)
	}
	say, ok := entryWords[l.Kind]
	if !ok {
		return clean.Line(l.Text)
	}
	return clean.Line(say(w, l))
}

// entryWords say what the entries of each kind are about, beside their text.
var entryWords = map[timeline.Kind]func(words, timeline.Line) string{
	incident.KindPlaybook:  func(_ words, l timeline.Line) string { return field(l, "key") + because(l.Text) },
	incident.KindAware:     awareWords,
	incident.KindSuspected: awareWords,
	incident.KindFact: func(w words, l timeline.Line) string {
		return labels([]string{field(l, "key")}, w.lang) + " = " + w.factValue(l) + because(l.Text)
	},
	incident.KindStep: func(_ words, l timeline.Line) string {
		return field(l, "step") + " " + stepWord(incident.StepState(field(l, "state"))) + because(l.Text)
	},
	incident.KindGate: func(_ words, l timeline.Line) string {
		return field(l, "gate") + ": " + field(l, "option") + because(l.Text)
	},
	incident.KindNotice: func(_ words, l timeline.Line) string {
		return fmt.Sprintf("to the %s: %s, %s, approved by %s", field(l, "to"), field(l, "phase"), field(l, "lang"), field(l, "approved_by"))
	},
	incident.KindFiled: func(w words, l timeline.Line) string {
		text := fmt.Sprintf("notice %s sent by %s, %s", w.target(l), field(l, "by"), field(l, "channel"))
		if n := field(l, "number"); n != "" {
			text += ", number " + n
		}
		return text
	},
	incident.KindApproval:   func(w words, l timeline.Line) string { return "of notice " + w.target(l) + because(l.Text) },
	timeline.KindRetraction: func(w words, l timeline.Line) string { return "of " + w.target(l) + because(l.Text) },
	timeline.KindRedaction:  func(w words, l timeline.Line) string { return "of " + w.target(l) + because(l.Text) },
	timeline.KindCorrection: func(w words, l timeline.Line) string {
		text := "of " + w.target(l)
		if l.Text != "" {
			text += ": " + l.Text
		}
		return text + because(field(l, "why"))
	},
	timeline.KindTag:     func(w words, l timeline.Line) string { return "on " + w.target(l) },
	timeline.KindComment: func(w words, l timeline.Line) string { return "on " + w.target(l) + ": " + l.Text },
	timeline.KindLink:    func(w words, l timeline.Line) string { return "of " + w.target(l) + because(l.Text) },
	timeline.KindView:    func(_ words, l timeline.Line) string { return field(l, "name") + ": " + field(l, "query") },
	timeline.KindPin:     func(w words, l timeline.Line) string { return "on " + w.target(l) },
}

func awareWords(_ words, l timeline.Line) string { return field(l, "by") + because(l.Text) }

// target is the entry that l speaks of, as people call it.
func (w words) target(l timeline.Line) string {
	if t, err := w.view.Find(l.Target); err == nil {
		return "entry " + seqText(t)
	}
	return "an entry"
}

func because(why string) string {
	if strings.TrimSpace(why) == "" {
		return ""
	}
	return " (" + why + ")"
}

func stepWord(s incident.StepState) string {
	switch s {
	case incident.StepSkipped:
		return "skipped"
	case incident.StepReopened:
		return "open again"
	}
	return string(s)
}

// field is one text of an entry's data; empty when it has none of that name.
func field(l timeline.Line, name string) string {
	data, err := timeline.DecodeData[map[string]json.RawMessage](l.Entry)
	if err != nil {
		return ""
	}
	var text string
	if json.Unmarshal(data[name], &text) != nil {
		return ""
	}
	return text
}

func (w words) factValue(l timeline.Line) string {
	data, err := timeline.DecodeData[map[string]json.RawMessage](l.Entry)
	if err != nil {
		return ""
	}
	key := field(l, "key")
	value, err := fact.Decode(key, data["value"])
	if err != nil {
		return string(data["value"])
	}
	return fact.Show(key, value, w.lang, w.zone)
}

// happened is when an entry's event was, as far as it is known; else when it was
// written.
func happened(l timeline.Line) time.Time {
	if !l.Occurred.Known() {
		return l.Recorded
	}
	return l.Occurred.Earliest()
}

// seqText is the number under which an entry is named.
func seqText(l timeline.Line) string { return fmt.Sprint(l.Seq) }
