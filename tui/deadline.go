package tui

import (
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"timeglas/incident/clock"
	"timeglas/internal/when"
	"timeglas/tui/draw"
	"timeglas/tui/theme"
)

// deadline is the clock of the open case, in the list that of the most urgent one.
func (m *Model) deadline() clock.Reading {
	if m.open != nil {
		return m.open.s.Clock
	}
	return m.list.urgent(m.now)
}

// notSent marks a text that was issued and that nobody has said to be sent.
const notSent = "issued, NOT SENT"

// deadlineLine is the line that stands on every screen: what is left in words and
// as a bar, from when it runs and to when. What does not fit is left out from the
// right, the bar before the times; the words never are. about names the case where
// the screen does not; unsent says that a text was issued which nobody has sent.
func deadlineLine(t theme.Theme, w words, r clock.Reading, about string, unsent bool, width int) string {
	style := stateStyle(t, r.State)
	words := []string{style.Render(r.Left("en"))}
	if unsent {
		words = append(words, t.Due.Render(notSent))
	}
	if about != "" {
		words = append(words, about)
	}
	wordings := bounds(t, w, r)
	if running(r) && r.State != clock.Overdue {
		bar := style.Render(draw.Bar(t, left(r), 1, 12))
		withBar := slices.Insert(slices.Clone(words), 1, bar)
		if shortest := wordings[len(wordings)-1]; draw.Width(strings.Join(withBar, "  "))+3+draw.Width(shortest) <= width {
			words = withBar
		}
	}
	line := " " + strings.Join(words, "  ")
	for _, wording := range wordings {
		if draw.Width(line)+draw.Width(wording)+2 <= width {
			line += "  " + wording
			break
		}
	}
	return draw.Cut(line, width, t.Marks.Ellipsis)
}

// bounds say from when the hours run and to when, in several wordings, the longest
// first: the line takes the first for which it has room.
func bounds(t theme.Theme, w words, r clock.Reading) []string {
	switch {
	case r.State == clock.NotStarted:
		return []string{t.Muted.Render("press a when somebody knew")}
	case r.State == clock.Notified:
		sent := "sent " + w.day(r.Filed)
		return []string{sent + t.Muted.Render(deadlineText(w, r)), sent}
	case r.Deadline.IsZero():
		return nil
	}
	notify := "notify by " + w.day(r.Deadline) + r.Deadline.In(w.zone).Format(" (-07:00)")
	aware := awareWord(r.AwareMoment)
	at := w.day
	if aware != "aware" || r.AwareMoment.Precision == when.Day {
		at = w.dayOrMidnight
	}
	from := r.AwareMoment.From
	pair := func(a, b string) string { return aware + " " + a + " " + t.Marks.Arrow + " " + b }
	long := []string{pair(at(from), notify)}
	if aware != "aware" { // that the hours rest on a bound is worth more than the rest
		long = append(long, pair(at(from), "by "+w.day(r.Deadline)), pair(w.noWeekday(at(from)), "by "+w.noWeekday(w.day(r.Deadline))),
			pair(w.noWeekday(w.date(from)), "by "+w.noWeekday(w.date(r.Deadline))))
	}
	return append(long, notify, "by "+w.day(r.Deadline))
}

// awareWord says how well it is known from when the hours run.
func awareWord(m when.Moment) string {
	switch m.Precision {
	case when.NoLaterThan:
		return "aware no later than"
	case when.Range:
		return "aware at the earliest"
	case when.Estimated:
		return "aware about"
	}
	return "aware"
}

func deadlineText(w words, r clock.Reading) string {
	if r.Deadline.IsZero() {
		return ""
	}
	return ", the deadline was " + w.day(r.Deadline)
}

// left is the share of the hours that is left.
func left(r clock.Reading) float64 {
	whole := r.Deadline.Sub(r.Aware)
	if whole <= 0 {
		return 0
	}
	return float64(r.Remaining) / float64(whole)
}

func stateStyle(t theme.Theme, s clock.State) lipgloss.Style {
	switch s {
	case clock.Overdue, clock.Urgent:
		return t.Danger
	case clock.DueSoon, clock.NotStarted:
		return t.Due
	case clock.Notified, clock.NotRequired:
		return t.Good
	}
	return t.Strong
}

// reread is a reading made earlier, at a later moment.
func reread(r clock.Reading, now time.Time) clock.Reading {
	if !running(r) {
		return r
	}
	return clock.Read(clock.GDPR33(), clock.Input{Aware: &r.AwareMoment}, now)
}

// running reports whether hours are running, or have run out.
func running(r clock.Reading) bool { return !r.Aware.IsZero() && !r.Stopped() }
