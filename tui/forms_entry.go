package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/timeline"
	"timeglas/tui/dialog"
)

// entry is the chosen entry of the timeline.
func (m *Model) entry() (timeline.Line, bool) {
	return m.open.timeline.chosen(m.open.pane().chosen())
}

func noEntry(m *Model) string {
	if _, ok := m.entry(); !ok {
		return "there is no entry"
	}
	return ""
}

// correctEntry gives an entry a new text, a new time, or both.
func (m *Model) correctEntry() tea.Cmd {
	l, _ := m.entry()
	text := dialog.Lines("Text", l.Text)
	before := when.Text(l.Occurred)
	at := m.timeField("Happened", before, timeHelp)
	why := dialog.Line("Why", "")
	why.Help = "what was wrong"
	return m.push(m.form("Correct entry "+seqText(l), "corrected", func() (desk.Act, error) {
		act := desk.Correct{Entry: l.ID, Why: why.Value()}
		if v := text.Value(); v != strings.TrimSpace(l.Text) {
			act.Text = &v
		}
		if at.Value() != before {
			moment, err := m.moment(at)
			if err != nil {
				return nil, err
			}
			act.At = &moment
		}
		if act.Text == nil && act.At == nil {
			return nil, errors.New("nothing is changed yet")
		}
		if _, err := required(why, "a reason is needed: say what was wrong"); err != nil {
			return nil, err
		}
		return act, nil
	}, text, at, why).Start())
}

func (m *Model) retractEntry() tea.Cmd {
	l, _ := m.entry()
	return m.push(m.withReason("Take back entry "+seqText(l), m.words().entry(l), "taken back", "why it no longer counts; the entry itself stays readable",
		func(why string) desk.Act { return desk.Retract{Entry: l.ID, Why: why} }).Start())
}

func (m *Model) redactEntry() tea.Cmd {
	l, _ := m.entry()
	f := m.withReason("Redact entry "+seqText(l), m.words().entry(l), "redacted", "why the text must go",
		func(why string) desk.Act { return desk.Redact{Entry: l.ID, Why: why} })
	f.Confirm = func() string {
		return "Delete the text of entry " + seqText(l) + " and of its corrections for good? Nobody can bring it back. That it was there, who wrote it and when stays."
	}
	return m.push(f.Start())
}

func (m *Model) tagEntry() tea.Cmd {
	l, _ := m.entry()
	tags := dialog.Line("Tags", "")
	tags.Help = "words with blanks between them; -word takes a tag off"
	return m.push(m.form("Tag entry "+seqText(l), "tagged", func() (desk.Act, error) {
		act := desk.Tag{Entry: l.ID}
		for _, word := range strings.Fields(tags.Value()) {
			if off, ok := strings.CutPrefix(word, "-"); ok {
				act.Off = append(act.Off, off)
				continue
			}
			act.On = append(act.On, strings.TrimPrefix(word, "#"))
		}
		if len(act.On)+len(act.Off) == 0 {
			return nil, errors.New("no tag is typed yet")
		}
		return act, nil
	}, dialog.Say(m.words().entry(l)+tagText(l)), tags).Start())
}

func tagText(l timeline.Line) string {
	if len(l.Tags) == 0 {
		return ""
	}
	return "  Tags so far: " + clean.Line(strings.Join(l.Tags, " "))
}

func (m *Model) pinEntry() tea.Cmd {
	l, _ := m.entry()
	said := "pinned"
	if l.Pinned {
		said = "the pin is off"
	}
	return m.actNow(desk.Pin{Entry: l.ID, Off: l.Pinned}, said)
}

func (m *Model) timelineOrder() tea.Cmd {
	m.open.timeline.written = !m.open.timeline.written
	m.open.take(m, m.open.s)
	return nil
}
