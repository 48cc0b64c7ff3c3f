package tui

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"timeglas/incident/clock"
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

// deadlineLine is the line that stands on every screen: what is left in words and
// as a bar, from when it runs and to when. What does not fit is left out from the
// right; the words never are. about names the case where the screen does not.
func deadlineLine(t theme.Theme, w words, r clock.Reading, about string, width int) string {
	style := stateStyle(t, r.State)
	parts := []string{style.Render(r.Left("en"))}
	if running(r) && r.State != clock.Overdue {
		parts = append(parts, style.Render(draw.Bar(t, left(r), 1, 12)))
	}
	if about != "" {
		parts = append(parts, about)
	}
	line := " " + strings.Join(parts, "  ")
	for _, wording := range bounds(t, w, r) {
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
	by := "notify by " + w.day(r.Deadline) + r.Deadline.In(w.zone).Format(" (-07:00)")
	both := "aware " + w.day(r.Aware) + " " + t.Marks.Arrow + " " + by
	return []string{both, by, "by " + w.day(r.Deadline)}
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
