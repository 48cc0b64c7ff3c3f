package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/dialog"
)

// place is where a key means something. Places can be combined.
type place uint

const (
	inList place = 1 << iota
	inPlaybook
	inTimeline
	inFacts
	inDuty
	inNotices
	inEvidence

	inCase   = inPlaybook | inTimeline | inFacts | inDuty | inNotices | inEvidence
	inAnyWay = inList | inCase
)

// names of the places, as the help groups them.
var placeNames = []struct {
	place place
	name  string
}{
	{inAnyWay, "Everywhere"},
	{inList, "List of cases"},
	{inCase, "In a case"},
	{inPlaybook, "Playbook"},
	{inTimeline, "Timeline"},
	{inFacts, "Facts"},
	{inDuty, "Duty"},
	{inNotices, "Notices"},
	{inEvidence, "Evidence"},
}

func (p place) name() string {
	for _, n := range placeNames {
		if n.place == p {
			return n.name
		}
	}
	return ""
}

// action is one thing that can be done with a key. It is a value of the registry
// and never changed.
type action struct {
	id    string
	keys  []string
	title string
	does  string // its effect, in one line
	in    place
	foot  bool // named in the footer, as far as there is room
	moves bool // only changes what is in view: comes last where commands are listed
	// disabled says why it cannot be done now; nil for always.
	disabled func(*Model) string
	run      func(*Model) tea.Cmd
}

func (a action) whyNot(m *Model) string {
	if a.disabled == nil {
		return ""
	}
	return a.disabled(m)
}

// registry is all actions, in the order of the help.
type registry []action

func newRegistry() registry {
	return slices.Concat(everywhereActions(), listActions(), caseActions(), playbookActions(),
		timelineActions(), factActions(), dutyActions(), noticeActions(), evidenceActions())
}

// find is the action of a key at a place. An action of that very place comes before
// one of several places.
func (r registry) find(p place, key string) (action, bool) {
	var found action
	ok := false
	for _, a := range r {
		if a.in&p == 0 || !slices.Contains(a.keys, key) {
			continue
		}
		if a.in == p {
			return a, true
		}
		if !ok {
			found, ok = a, true
		}
	}
	return found, ok
}

// byID is the action with the id.
func (r registry) byID(id string) action {
	i := slices.IndexFunc(r, func(a action) bool { return a.id == id })
	return r[i]
}

// from are all actions as they matter at a place: its own, those it shares with
// other places of a case, those of everywhere, those of other tabs, those of the
// list in a case and of a case in the list, and at last those that only move.
func (r registry) from(p place) registry {
	var own, shared, everywhere, other, apart, moves registry
	for _, a := range r {
		group := &other
		switch {
		case a.moves:
			group = &moves
		case a.in == p:
			group = &own
		case a.in == inAnyWay:
			group = &everywhere
		case a.in&p != 0:
			group = &shared
		case a.in&inCase != 0 != (p&inCase != 0): // the list, seen from a case, or the other way round
			group = &apart
		}
		*group = append(*group, a)
	}
	return slices.Concat(own, shared, everywhere, other, apart, moves)
}

// items are actions as a picker shows them. What belongs to another tab of the open
// case is done there: the tab is opened first.
func (m *Model) items(actions registry, grouped bool) []dialog.Item {
	var items []dialog.Item
	for _, a := range actions {
		item := dialog.Item{Key: keyNames(a.keys), Title: a.title, Does: a.does,
			Run: func() dialog.Outcome {
				return dialog.Outcome{Cmd: func() tea.Msg { return chosen{a.id} }}
			}}
		switch {
		case grouped:
			item.Group = a.in.name()
		case a.in&m.place() == 0: // a title alone does not say where it belongs
			item.Does = a.in.name() + ": " + a.does
		}
		switch {
		case a.in&m.place() != 0:
			item.Disabled = a.whyNot(m)
		case m.open == nil:
			item.Disabled = "open a case first"
		case a.in&inCase == 0:
			item.Disabled = "belongs to the list of cases, q goes there"
		}
		items = append(items, item)
	}
	return items
}

// chosen is an action chosen in a picker.
type chosen struct{ id string }

// doChosen runs it where it belongs.
func (m *Model) doChosen(a action) tea.Cmd {
	if m.open != nil && a.in&m.place() == 0 {
		for i, p := range m.open.panes {
			if a.in&p.tab.place() != 0 {
				m.open.show(i)
			}
		}
	}
	return m.do(a)
}

// help lists what can be done here, then the rest, to be searched.
func (m *Model) help() tea.Cmd {
	return m.push(dialog.Pick("Keys", m.items(m.actions.from(m.place()), true), false))
}

// palette lists every action, found by any letters.
func (m *Model) palette() tea.Cmd {
	return m.push(dialog.Pick("Commands", m.items(m.actions.from(m.place()), false), true))
}

// keyName is a key as people know it, where the library has another name for it.
func keyName(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	case "home":
		return "Home"
	case "end":
		return "End"
	}
	return key
}

func keyNames(keys []string) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = keyName(k)
	}
	return strings.Join(names, " ")
}

// KeyTable is every key of the workbench as a table in Markdown: what the README
// shows.
func KeyTable() string {
	var b strings.Builder
	b.WriteString("| where | key | does |\n| --- | --- | --- |\n")
	all := newRegistry()
	for _, p := range placeNames {
		for _, a := range all {
			if a.in != p.place {
				continue
			}
			keys := make([]string, len(a.keys))
			for i, k := range a.keys {
				keys[i] = "`" + strings.ReplaceAll(keyName(k), "|", `\|`) + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s: %s |\n", p.name, strings.Join(keys, " "), a.title, a.does)
		}
	}
	return b.String()
}
