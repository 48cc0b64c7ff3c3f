package tui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/timeline/query"
	"timeglas/tui/dialog"
)

// filterTimeline asks which entries to show. How many there are is said while it is
// typed.
func (m *Model) filterTimeline() tea.Cmd {
	tl := m.open.timeline
	text := dialog.Line("Show", tl.filter.Text)
	text.Help = `words · "two words" · kind:action · author:bo · tag:supplier · from:yesterday · has:comment · -not this; empty shows all`
	text.Reading = func(typed string) (string, error) {
		q, err := query.Parse(typed, m.o.Zone, m.now)
		if err != nil {
			return "", err
		}
		return m.theme.Marks.Arrow + " " + plural(len(tl.shown(m.open.s.Case.Timeline.Lines, q)), "entry", "entries"), nil
	}
	return m.push(m.onScreen("Filter the timeline", func() (func(), error) {
		q, err := query.Parse(text.Value(), m.o.Zone, m.now)
		return func() { m.showFiltered(q) }, err
	}, text).Start())
}

// showFiltered shows what the query finds, from its last entry.
func (m *Model) showFiltered(q query.Query) {
	m.open.timeline.filter = q
	m.open.take(m, m.open.s)
	m.open.show(timelinePane)
	p := m.open.pane()
	p.rows.keep(p.tab.len(), p.tab.len()-1, noHeading)
}

func noFilter(m *Model) string {
	if m.open.timeline.filter.Root == nil {
		return "everything is shown, / filters"
	}
	return ""
}

func (m *Model) dropFilter() tea.Cmd {
	m.showFiltered(query.Query{})
	return nil
}

// pickView lists the queries that the case keeps; the one in use can be kept too.
func (m *Model) pickView() tea.Cmd {
	var items []dialog.Item
	if now := m.open.timeline.filter; now.Root != nil {
		items = append(items, dialog.Item{Title: "keep", Does: "the filter in use under a name: " + clean.Line(now.Text), Disabled: frozen(m),
			Run: func() dialog.Outcome { return dialog.Outcome{Push: m.keepView(now.Text).Start()} }})
	}
	for _, saved := range m.open.s.Case.Timeline.Saved() {
		items = append(items, dialog.Item{Title: clean.Line(saved.Name), Does: clean.Line(saved.Query), Run: func() dialog.Outcome {
			q, err := query.Parse(saved.Query, m.o.Zone, m.now)
			if err != nil {
				m.say(toneBad, err.Error())
				return dialog.Outcome{}
			}
			m.showFiltered(q)
			return dialog.Outcome{}
		}})
	}
	if len(items) == 0 {
		m.say(toneNews, "no filter is kept yet: / filters, v then keeps it under a name")
		return nil
	}
	return m.push(dialog.Pick("Filters that the case keeps", items, false))
}

func (m *Model) keepView(text string) *dialog.Form {
	name := dialog.Line("Name", "")
	name.Help = "for everyone who works on the case: letters, digits and - _ . / :"
	return m.form("Keep the filter", "kept", func() (desk.Act, error) {
		_, err := required(name, "give it a name")
		return desk.SaveView{Name: name.Value(), Query: text, Zone: m.o.Zone}, err
	}, dialog.Say(text), name)
}

func (m *Model) commentEntry() tea.Cmd {
	l, _ := m.entry()
	text := dialog.Lines("Comment", "")
	return m.push(m.form("Comment on entry "+seqText(l), "saved", func() (desk.Act, error) {
		_, err := required(text, "the comment is empty")
		return desk.Comment{Entry: l.ID, Text: text.Value()}, err
	}, dialog.Say(m.words().entry(l)), text).Start())
}

func (m *Model) linkEntry() tea.Cmd {
	l, _ := m.entry()
	other := dialog.Line("Entry", "")
	other.Help = "the number of the other one"
	other.Reading = func(typed string) (string, error) {
		found, err := m.open.s.Case.Timeline.Find(typed)
		if err != nil {
			return "", errors.New("there is no such entry")
		}
		return fmt.Sprintf("%s %s", m.theme.Marks.Arrow, m.words().named(found)), nil
	}
	why := dialog.Line("Why", "")
	why.Help = "how they belong together; may stay empty"
	return m.push(m.form("Link entry "+seqText(l), "linked", func() (desk.Act, error) {
		_, err := required(other, "say which entry")
		return desk.Link{Entry: l.ID, Other: other.Value(), Why: why.Value()}, err
	}, dialog.Say(m.words().entry(l)), other, why).Start())
}
