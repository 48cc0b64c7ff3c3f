package tui

import (
	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
)

// everywhereActions work on every screen.
func everywhereActions() registry {
	move := func(by func(*Model) int) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { m.move(by(m)); return nil }
	}
	const far = 1 << 30
	return registry{
		{id: "up", keys: []string{"up", "k"}, title: "Up", does: "one row up", in: inAnyWay, moves: true, run: move(func(*Model) int { return -1 })},
		{id: "down", keys: []string{"down", "j"}, title: "Down", does: "one row down", in: inAnyWay, moves: true, run: move(func(*Model) int { return 1 })},
		{id: "page-up", keys: []string{"pgup", "ctrl+b"}, title: "Page up", does: "as many rows up as are shown", in: inAnyWay, moves: true, run: move(func(m *Model) int { return -m.pageRows() })},
		{id: "page-down", keys: []string{"pgdown", "ctrl+f"}, title: "Page down", does: "as many rows down as are shown", in: inAnyWay, moves: true, run: move(func(m *Model) int { return m.pageRows() })},
		{id: "top", keys: []string{"home", "g"}, title: "First", does: "to the first row", in: inAnyWay, moves: true, run: move(func(*Model) int { return -far })},
		{id: "bottom", keys: []string{"end", "G"}, title: "Last", does: "to the last row", in: inAnyWay, moves: true, run: move(func(*Model) int { return far })},
		{id: "palette", keys: []string{":", "ctrl+p"}, title: "Commands", does: "find any command by its letters", in: inAnyWay, foot: true, run: (*Model).palette},
		{id: "help", keys: []string{"?", "f1"}, title: "Keys", does: "list all keys, to be searched", in: inAnyWay, foot: true, run: (*Model).help},
		{id: "warnings", keys: []string{"!"}, title: "Warnings", does: "say in full what is wrong with the case or the disk", in: inAnyWay, disabled: noWarning, run: (*Model).showWarnings},
		{id: "refresh", keys: []string{"ctrl+r"}, title: "Read again", does: "look for what others have written", in: inAnyWay, run: (*Model).poll},
	}
}

// listActions work in the list of cases.
func listActions() registry {
	return registry{
		{id: "open", keys: []string{"enter", "right", "l"}, title: "Open", does: "open the chosen case", in: inList, foot: true,
			disabled: noCase, run: func(m *Model) tea.Cmd { return m.openCase(m.list.ref(), "") }},
		{id: "note-in", keys: []string{"n"}, title: "Note", does: "open the chosen case and write what happened", in: inList,
			disabled: noCase, run: func(m *Model) tea.Cmd { return m.openCase(m.list.ref(), "note") }},
		{id: "new", keys: []string{"c"}, title: "New case", does: "open a case for a breach or a suspicion", in: inList, foot: true, run: (*Model).newCase},
		{id: "quit", keys: []string{"q"}, title: "Quit", does: "leave; everything is saved already", in: inList, foot: true, run: func(*Model) tea.Cmd { return tea.Quit }},
	}
}

func noCase(m *Model) string {
	if m.list.ref() == "" {
		return "there is no case yet, c opens one"
	}
	return ""
}

// caseActions work in every tab of a case.
func caseActions() registry {
	tabs := registry{}
	for i, name := range []string{"Playbook", "Timeline", "Facts", "Duty", "Notices", "Evidence"} {
		tabs = append(tabs, action{id: "tab-" + name, keys: []string{string(rune('1' + i))}, title: name, does: "go to this tab", in: inCase, moves: true,
			run: func(m *Model) tea.Cmd { m.open.show(i); return nil }})
	}
	return append(registry{
		{id: "note", keys: []string{"n"}, title: "Note", does: "write what happened into the timeline", in: inCase, foot: true, disabled: frozen, run: (*Model).writeNote},
		{id: "aware", keys: []string{"a"}, title: "Aware", does: "record when somebody knew, or suspected; the 72 hours run from knowing", in: inCase, foot: true, disabled: frozen, run: (*Model).recordAware},
		{id: "back", keys: []string{"esc"}, title: "Back", does: "from the text to the list, from the past to now, then to the cases", in: inCase, moves: true, run: (*Model).back},
		{id: "cases", keys: []string{"q"}, title: "Cases", does: "back to the list of cases", in: inCase, moves: true, run: (*Model).toList},
		{id: "pane", keys: []string{"tab"}, title: "Text", does: "from the list to the text about it, and back", in: inCase, moves: true, foot: true, run: (*Model).otherPane},
		{id: "next-tab", keys: []string{"]", "ctrl+right"}, title: "Next tab", does: "go to the tab on the right", in: inCase, moves: true, run: func(m *Model) tea.Cmd { m.open.show(m.open.at + 1); return nil }},
		{id: "previous-tab", keys: []string{"[", "ctrl+left"}, title: "Previous tab", does: "go to the tab on the left", in: inCase, moves: true, run: func(m *Model) tea.Cmd { m.open.show(m.open.at - 1); return nil }},
		{id: "attach", keys: []string{"e"}, title: "Evidence", does: "take a file into custody", in: inCase, foot: true, disabled: both(frozen, noHome), run: (*Model).attach},
		{id: "undo", keys: []string{"u"}, title: "Undo", does: "take back the last that you wrote, after saying what it is", in: inCase, disabled: both(frozen, noUndo), run: (*Model).undo},
		{id: "as-of", keys: []string{"@"}, title: "As of", does: "show everything as it was known at a moment; esc returns to now", in: inCase, run: (*Model).lookBack},
		{id: "news", keys: []string{"N"}, title: "What is new", does: "what others have written since you last wrote here", in: inCase, run: (*Model).showNewsPage},
		{id: "handover", keys: []string{"H"}, title: "Hand-over", does: "the page for whoever takes over: what is due, open, not sent and new", in: inCase, run: (*Model).showHandover},
		{id: "title", keys: []string{"T"}, title: "Title", does: "give the case another title; the old one stays in the journal", in: inCase, disabled: frozen, run: (*Model).correctTitle},
		{id: "playbook", keys: []string{"P"}, title: "Switch playbook", does: "go over to another playbook; what was done stays", in: inCase, disabled: frozen, run: (*Model).switchPlaybook},
		{id: "plain", keys: []string{"V"}, title: "Plain", does: "the text alone without frames, to be marked with the mouse; again for the panes", in: inCase, run: (*Model).plainView},
		{id: "backup", keys: []string{"B"}, title: "Back up", does: "make a backup now and verify it", in: inCase, disabled: noHome, run: (*Model).backUp},
		{id: "checkpoint", keys: []string{"K"}, title: "Checkpoint", does: "sign the state of the journal, to be kept elsewhere", in: inCase, disabled: noHome, run: (*Model).checkpoint},
		{id: "close", keys: []string{"C"}, title: "Close case", does: "end the work on it, with a reason", in: inCase, disabled: frozen, run: (*Model).closeCase},
		{id: "reopen", keys: []string{"O"}, title: "Reopen case", does: "take up a closed case again", in: inCase, disabled: both(unwritable, notClosed), run: (*Model).reopenCase},
	}, tabs...)
}

// frozen says why nothing more is written to the case.
func frozen(m *Model) string {
	if why := unwritable(m); why != "" {
		return why
	}
	if m.open != nil && m.open.s.Case.State == incident.Closed {
		return "the case is closed, O reopens it"
	}
	return ""
}

func notClosed(m *Model) string {
	if m.open != nil && m.open.s.Case.State != incident.Closed {
		return "the case is open"
	}
	return ""
}

// both is the first reason of two.
func both(a, b func(*Model) string) func(*Model) string {
	return func(m *Model) string {
		if why := a(m); why != "" {
			return why
		}
		return b(m)
	}
}

func (m *Model) move(by int) {
	if m.open == nil {
		m.list.rows.move(by, noHeading)
		return
	}
	p := m.open.pane()
	if p.onText {
		p.moveText(by)
		return
	}
	before := p.rows.cursor
	p.rows.move(by, p.tab.heading)
	if p.rows.cursor != before {
		m.open.choose(p, p.rows.cursor)
	}
}

func (m *Model) pageRows() int {
	page := m.list.rows.page
	if m.open != nil {
		p := m.open.pane()
		if page = p.rows.page; p.onText {
			page = p.text.page
		}
	}
	return max(page-1, 1)
}

// plainView shows the text about the chosen row alone, where it can be marked with
// the mouse, or the panes again.
func (m *Model) plainView() tea.Cmd {
	p := m.open.pane()
	m.plain = !m.plain
	p.onText, p.text = m.plain, scroll{}
	return nil
}

func (m *Model) otherPane() tea.Cmd {
	p := m.open.pane()
	p.onText, m.plain = !p.onText, false
	return nil
}

func (m *Model) back() tea.Cmd {
	if m.plain {
		return m.plainView()
	}
	if p := m.open.pane(); p.onText {
		p.onText = false
		return nil
	}
	if m.open.s.AsOf != nil {
		return m.toPresent()
	}
	return m.toList()
}

func (m *Model) toList() tea.Cmd {
	m.open, m.plain = nil, false
	m.looking = m.nextRequest() // a case that is still being read is not wanted any more
	return m.loadList()
}

// playbookActions work on the chosen step or gate.
func playbookActions() registry {
	return registry{
		{id: "item", keys: []string{"enter"}, title: "Open", does: "decide the chosen gate, or read about the chosen step", in: inPlaybook, foot: true, run: (*Model).enterItem},
		{id: "done", keys: []string{"d"}, title: "Done", does: "mark the chosen step as done", in: inPlaybook, foot: true, disabled: both(frozen, noStep), run: (*Model).stepDone},
		{id: "skip", keys: []string{"s"}, title: "Skip", does: "skip the chosen step, with a reason", in: inPlaybook, foot: true, disabled: both(frozen, noStep), run: (*Model).stepSkip},
		{id: "reopen-step", keys: []string{"r"}, title: "Step reopen", does: "open a step again that was done or skipped", in: inPlaybook, disabled: both(frozen, notSettled), run: (*Model).stepReopen},
	}
}

// timelineActions work on the chosen entry.
func timelineActions() registry {
	return registry{
		{id: "entry", keys: []string{"enter"}, title: "Read", does: "read the whole entry and its history", in: inTimeline, run: (*Model).otherPane},
		{id: "correct", keys: []string{"c"}, title: "Correct", does: "give the entry a new text or time; the old one stays", in: inTimeline, foot: true, disabled: both(frozen, noEntry), run: (*Model).correctEntry},
		{id: "retract", keys: []string{"x"}, title: "Take back", does: "the entry no longer counts; can itself be taken back", in: inTimeline, foot: true, disabled: both(frozen, noEntry), run: (*Model).retractEntry},
		{id: "redact", keys: []string{"R"}, title: "Redact", does: "delete the entry's text for good", in: inTimeline, disabled: both(unwritable, noEntry), run: (*Model).redactEntry},
		{id: "tag", keys: []string{"t"}, title: "Tag", does: "put tags on the entry, or take them off", in: inTimeline, foot: true, disabled: both(frozen, noEntry), run: (*Model).tagEntry},
		{id: "pin", keys: []string{"p"}, title: "Pin", does: "pin the entry, or take the pin off", in: inTimeline, disabled: both(frozen, noEntry), run: (*Model).pinEntry},
		{id: "filter", keys: []string{"/"}, title: "Filter", does: "show only some entries: words, kind:, author:, tag:, from:, to:, has:", in: inTimeline, foot: true, run: (*Model).filterTimeline},
		{id: "no-filter", keys: []string{"F"}, title: "Show all", does: "take the filter off", in: inTimeline, disabled: noFilter, run: (*Model).dropFilter},
		{id: "views", keys: []string{"v"}, title: "Kept filters", does: "choose a filter that the case keeps, or keep the one in use", in: inTimeline, run: (*Model).pickView},
		{id: "comment", keys: []string{";"}, title: "Comment", does: "say something of the entry, beside it", in: inTimeline, disabled: both(frozen, noEntry), run: (*Model).commentEntry},
		{id: "link", keys: []string{"L"}, title: "Link", does: "say that the entry belongs together with another", in: inTimeline, disabled: both(frozen, noEntry), run: (*Model).linkEntry},
		{id: "order", keys: []string{"o"}, title: "Order", does: "as it happened, or as it was written with every correction", in: inTimeline, foot: true, run: (*Model).timelineOrder},
	}
}

// factActions work on the chosen fact.
func factActions() registry {
	return registry{
		{id: "fact", keys: []string{"enter"}, title: "Record", does: "record a value for the chosen fact", in: inFacts, foot: true, disabled: frozen, run: (*Model).editFact},
		{id: "unknown", keys: []string{"U"}, title: "Unknown", does: "record that somebody has looked and does not know yet", in: inFacts, foot: true, disabled: frozen, run: (*Model).factUnknown},
		{id: "take-back", keys: []string{"x"}, title: "Take back value", does: "the value before it returns", in: inFacts, disabled: both(frozen, noValue), run: (*Model).retractFact},
		{id: "wording", keys: []string{"w"}, title: "Other language", does: "word the chosen text for the notice in Danish or English", in: inFacts, disabled: both(frozen, noWording), run: (*Model).wordFact},
		{id: "part", keys: []string{"+"}, title: "Part of people", does: "add a part of the people with answers of its own", in: inFacts, foot: true, disabled: frozen, run: (*Model).addPart},
		{id: "gap", keys: []string{"m"}, title: "Next missing", does: "go to the next fact that must be answered", in: inFacts, foot: true, run: (*Model).nextMissing},
	}
}

// dutyActions work on the chosen reason or question.
func dutyActions() registry {
	return registry{
		{id: "duty-fact", keys: []string{"enter"}, title: "Go to ground", does: "go to the fact or the entry that the chosen line rests on", in: inDuty, foot: true, disabled: noDutyFact, run: (*Model).dutyToFact},
		{id: "what-if", keys: []string{"w"}, title: "What if", does: "suppose a fact and see what would change; nothing is written", in: inDuty, foot: true, run: (*Model).whatIf},
		{id: "drop-what-if", keys: []string{"W"}, title: "Drop what-if", does: "back to the facts as they are", in: inDuty, disabled: noWhatIf, run: (*Model).dropWhatIf},
		{id: "severity", keys: []string{"s"}, title: "Severity", does: "set an input of ENISA's sum otherwise, with a reason", in: inDuty, foot: true, disabled: frozen, run: (*Model).adjustSeverity},
		{id: "start-clock", keys: []string{"t"}, title: "Start clock", does: "start a clock beside the 72 hours: another law, a contract, evidence that expires", in: inDuty, foot: true, disabled: frozen, run: (*Model).startClock},
		{id: "matter", keys: []string{"+"}, title: "From outside", does: "record what the authority or a person asks, orders or decides, with its due time", in: inDuty, disabled: frozen, run: (*Model).logMatter},
		{id: "settle", keys: []string{"x"}, title: "Done", does: "say that the chosen clock or request is done", in: inDuty, disabled: both(frozen, notOpenMatter), run: (*Model).settle},
		{id: "extend", keys: []string{"E"}, title: "Extend", does: "give a person's request the longer time of Article 12(3)", in: inDuty, disabled: both(frozen, notRequest), run: (*Model).extendRequest},
		{id: "advice", keys: []string{"v"}, title: "Advice", does: "record what the data protection officer or another adviser says", in: inDuty, disabled: frozen, run: (*Model).writeAdvice},
		{id: "dissent", keys: []string{"D"}, title: "Disagree", does: "keep your disagreement beside a decision", in: inDuty, disabled: both(frozen, noDecision), run: (*Model).writeDissent},
	}
}

// noticeActions work on the draft or the chosen notice.
func noticeActions() registry {
	return registry{
		{id: "notice", keys: []string{"enter"}, title: "Open", does: "read the text; in it: see what the sentence rests on, or fill in what is missing", in: inNotices, foot: true, run: (*Model).enterNotice},
		{id: "next-gap", keys: []string{"m"}, title: "Next missing", does: "go to the next point that is missing in the text", in: inNotices, foot: true, run: (*Model).nextGap},
		{id: "phase", keys: []string{"p"}, title: "Phase", does: "initial, follow-up, complete, withdrawal", in: inNotices, foot: true, run: (*Model).nextPhase},
		{id: "language", keys: []string{"l"}, title: "Language", does: "Danish or English", in: inNotices, foot: true, run: (*Model).otherLanguage},
		{id: "issue", keys: []string{"i"}, title: "Issue", does: "freeze the draft as it stands; that sends nothing", in: inNotices, foot: true, disabled: both(frozen, noDraft), run: (*Model).issueNotice},
		{id: "approve", keys: []string{"A"}, title: "Approve", does: "say as a second pair of eyes that an issued notice may go out", in: inNotices, disabled: both(frozen, noApproval), run: (*Model).approveNotice},
		{id: "filed", keys: []string{"f"}, title: "Filed", does: "say that an issued notice was really sent: this stops the clock", in: inNotices, foot: true, disabled: both(frozen, noUnsent), run: (*Model).fileNotice},
		{id: "relatives", keys: []string{"r"}, title: "Relatives", does: "a letter to the relatives of somebody who has died, or no such letter", in: inNotices, disabled: noLetter, run: (*Model).toRelatives},
		{id: "copy", keys: []string{"y"}, title: "Copy", does: "copy the text, or in it the point, to the clipboard of the terminal", in: inNotices, run: (*Model).copyNotice},
		{id: "write", keys: []string{"w"}, title: "Write file", does: "write the text to a file that only you can read", in: inNotices, disabled: noFiles, run: (*Model).writeNotice},
	}
}

// evidenceActions work on the chosen file.
func evidenceActions() registry {
	return registry{
		{id: "evidence", keys: []string{"enter"}, title: "Read", does: "read what is known of the file, and its custody", in: inEvidence, foot: true, run: (*Model).otherPane},
	}
}
