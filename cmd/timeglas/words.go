package main

import (
	"fmt"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// dayAndTime is an instant for people, with the day of the week and the offset:
// "Sun 2026-11-22 07:32 (+01:00)".
func dayAndTime(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Mon 2006-01-02 15:04 (-07:00)")
}

// dateAndTime is the same for a column.
func dateAndTime(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02 15:04")
}

// spanText is a length of time that a playbook gives.
func spanText(d time.Duration) string { return clock.Span(d, "en") }

// dueIn says how far away a due time is.
func dueIn(at, now time.Time) string {
	if late := now.Sub(at); late > 0 {
		return "LATE by " + spanText(late)
	}
	return "due in " + spanText(at.Sub(now))
}

// clockLine is the deadline in one line: what is left, and until when.
func clockLine(r clock.Reading, zone *time.Location) string {
	left := r.Left("en")
	switch {
	case r.State == clock.Notified:
		return fmt.Sprintf("%s: filed %s", left, dayAndTime(r.Filed, zone))
	case r.Deadline.IsZero() || r.State == clock.NotRequired:
		return left
	}
	return fmt.Sprintf("%s: notify the authority by %s", left, dayAndTime(r.Deadline, zone))
}

// marks of the states of steps and gates; each stands beside its word.
var itemMarks = map[playbooks.ItemState]string{
	playbooks.StateOpen: "›", playbooks.StateBlocked: "·", playbooks.StateDone: "✓",
	playbooks.StateSkipped: "–", playbooks.StateClosed: "×",
}

// itemText is how a step or gate stands, in a few words.
func itemText(item playbooks.RunItem, now time.Time, zone *time.Location) string {
	var words []string
	switch item.State {
	case playbooks.StateOpen:
		words = append(words, "open")
	case playbooks.StateBlocked:
		words = append(words, "waits for "+strings.Join(item.BlockedBy, ", "))
	case playbooks.StateClosed:
		words = append(words, "needless by "+item.ClosedBy)
	case playbooks.StateDone, playbooks.StateSkipped:
		words = append(words, settledText(item, zone))
	}
	if item.Due != nil && (item.State == playbooks.StateOpen || item.State == playbooks.StateBlocked) {
		words = append(words, dueIn(*item.Due, now))
	}
	if item.Review != nil {
		review := "look again by " + dateAndTime(*item.Review, zone)
		if item.ReviewDue(now) {
			review = "LOOK AGAIN, was due " + dateAndTime(*item.Review, zone)
		}
		words = append(words, review)
	}
	return strings.Join(words, ", ")
}

func settledText(item playbooks.RunItem, zone *time.Location) string {
	switch {
	case item.Decision != nil:
		return fmt.Sprintf("%s, %s %s", item.Decision.Option, item.Decision.By, dateAndTime(item.Decision.At, zone))
	case item.Mark != nil:
		return fmt.Sprintf("%s, %s %s", item.State, item.Mark.By, dateAndTime(item.Mark.At, zone))
	}
	return string(item.State)
}

// markText says what a journal is when it is no real case.
func markText(m timeline.Mark) string {
	switch m {
	case timeline.MarkExercise:
		return "EXERCISE"
	case timeline.MarkDemo:
		return "DEMONSTRATION"
	}
	return ""
}

// awarenessText is the recorded awareness: "2026-11-19 07:32, anna: saw the pages (#3)".
func awarenessText(w *incident.Awareness, zone *time.Location) string {
	if w == nil {
		return "not recorded"
	}
	return fmt.Sprintf("%s, %s: %s (#%d)", w.Moment.Show(zone), w.Who, w.Why, w.Seq)
}

// happened is when an entry happened, for a column: to the minute.
func happened(m when.Moment, zone *time.Location) string {
	if m.Precision == when.Exact {
		m.From = m.From.Truncate(time.Minute)
	}
	return m.Show(zone)
}
