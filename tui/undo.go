package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/timeline"
	"timeglas/tui/dialog"
)

// lastOwn is the last entry of who sits here that still counts. Taking back is not
// itself taken back by going on: that is what the timeline is for.
func (m *Model) lastOwn() (timeline.Line, bool) {
	for _, l := range slices.Backward(m.open.s.Case.Timeline.Lines) {
		if l.Author == m.o.Actor.Account && l.Counts() && l.Kind != timeline.KindRetraction {
			return l, true
		}
	}
	return timeline.Line{}, false
}

// standing are the kinds that cannot be taken back: each says what to do instead.
var standing = map[timeline.Kind]string{
	incident.KindOpened:    "the case was opened by it: C closes the case",
	incident.KindNotice:    "an issued notice stands: a follow-up says what has changed",
	incident.KindFiled:     "what was sent was sent",
	incident.KindClosed:    "the case was closed by it: O reopens it",
	incident.KindReopened:  "the case was reopened by it: C closes it",
	timeline.KindRedaction: "what was redacted is gone",
}

func noUndo(m *Model) string {
	l, ok := m.lastOwn()
	if !ok {
		return "there is nothing of yours to take back"
	}
	if why := standing[l.Kind]; why != "" {
		return "the last that you wrote is entry " + seqText(l) + ", and " + why
	}
	return ""
}

// undo takes back the last entry of who sits here, and says first what that is.
func (m *Model) undo() tea.Cmd {
	l, _ := m.lastOwn()
	why := dialog.Line("Why", "undone: typed by mistake")
	return m.push(m.form("Undo: take back entry "+seqText(l), "taken back", func() (desk.Act, error) {
		text, err := required(why, "a reason is needed: say why")
		return desk.Retract{Entry: l.ID, Why: text}, err
	}, dialog.Say(m.words().named(l)+". It no longer counts, and what was before it returns; it stays readable in the timeline."), why).Start())
}
