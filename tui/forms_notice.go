package tui

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/dialog"
	"timeglas/tui/draw"
	"timeglas/tui/theme"
)

func noDraft(m *Model) string {
	if err := m.open.notices.draft(m.open.notices.at).err; err != nil {
		return plain(err).Error()
	}
	return ""
}

func noUnsent(m *Model) string {
	if len(unsent(m.open.s)) == 0 {
		return "no notice is issued that was not sent, i issues one"
	}
	return ""
}

func noFiles(m *Model) string {
	if m.o.SaveNotice == nil {
		return "there are no files in this session"
	}
	return ""
}

// enterNotice goes from the list into the text. In the text it says what the chosen
// sentence rests on; from what is missing it goes to the fact that would fill it.
func (m *Model) enterNotice() tea.Cmd {
	p := m.open.pane()
	if p.onText {
		return m.showGrounds()
	}
	if r, ok := m.open.notices.chosen(p.chosen()); ok && r.gap != nil && len(r.gap.Keys) > 0 {
		m.goToFirst(r.gap.Keys)
		return nil
	}
	return m.otherPane()
}

// atStop is the sentence of the draft that is chosen; false when the text of an
// issued notice is read, or none.
func (m *Model) atStop() (stop, bool) {
	p, n := m.open.pane(), m.open.notices
	if r, ok := n.chosen(p.chosen()); !ok || r.issued != nil || !p.onText {
		return stop{}, false
	}
	stops := stopsOf(n.draft(n.at).doc)
	if p.stop >= len(stops) {
		return stop{}, false
	}
	return stops[p.stop], true
}

// showGrounds lists the entries and facts that the chosen sentence rests on; each
// can be gone to.
func (m *Model) showGrounds() tea.Cmd {
	at, ok := m.atStop()
	switch {
	case !ok:
		return m.otherPane()
	case at.sentence.Gap && len(at.sentence.Keys) > 0:
		m.goToFirst(at.sentence.Keys)
		return nil
	}
	var items []dialog.Item
	for _, id := range at.sentence.Entries {
		l, err := m.open.s.Case.Timeline.Find(id)
		if err != nil {
			continue
		}
		items = append(items, dialog.Item{Key: "entry " + seqText(l), Title: clean.Line(l.Author), Does: m.words().named(l),
			Run: func() dialog.Outcome { m.goToEntry(l.ID); return dialog.Outcome{} }})
	}
	for _, key := range at.sentence.Keys {
		items = append(items, dialog.Item{Key: "fact", Title: labels([]string{key}, m.o.Lang), Does: m.factText(key),
			Run: func() dialog.Outcome { m.goToFact(key); return dialog.Outcome{} }})
	}
	if len(items) == 0 {
		m.say(toneGood, "the sentence rests on the law and on what was chosen here, not on an entry")
		return nil
	}
	return m.push(dialog.Pick("The sentence rests on", items, false))
}

func (m *Model) factText(key string) string {
	if recorded, ok := m.open.s.Case.Facts[key]; ok {
		return m.words().value(key, recorded)
	}
	return "nobody has looked"
}

// goToEntry shows the entry with the id in the timeline.
func (m *Model) goToEntry(id string) {
	tl := m.open.timeline
	i, ok := tl.find(id)
	if !ok { // an entry about another one has a line of its own only in the written order
		tl.written = true
		m.open.take(m, m.open.s)
		i, ok = tl.find(id)
	}
	if ok {
		m.open.show(timelinePane)
		m.open.choose(m.open.pane(), i)
	}
}

// nextGap goes to the next sentence of the draft that says what is missing.
func (m *Model) nextGap() tea.Cmd {
	p, n := m.open.pane(), m.open.notices
	stops := stopsOf(n.draft(n.at).doc)
	for i := range stops {
		at := i
		if p.onText {
			at = (p.stop + 1 + i) % len(stops)
		}
		if stops[at].sentence.Gap {
			m.toDraft()
			p.onText, p.stop = true, at
			return nil
		}
	}
	m.say(toneGood, "nothing is missing in this text")
	return nil
}

func (m *Model) nextPhase() tea.Cmd {
	n := m.open.notices
	all := phasesTo[n.at.to]
	next := all[(slices.Index(all, n.phase(n.at))+1)%len(all)]
	if next == incident.PhaseWithdraw && n.why == "" {
		return m.askWithdrawal()
	}
	n.phases[n.at] = next
	return m.redraft()
}

// askWithdrawal asks for the reason before there is a text to show: it stands in it.
func (m *Model) askWithdrawal() tea.Cmd {
	n := m.open.notices
	why := reason("why it turned out to be no breach that is notified; it stands in the text")
	return m.push(m.onScreen("Withdraw the notification", func() (func(), error) {
		text, err := required(why, "a withdrawal needs its reason")
		return func() {
			n.why, n.phases[n.at] = text, incident.PhaseWithdraw
			m.redraft()
		}, err
	}, why).Start())
}

func (m *Model) otherLanguage() tea.Cmd {
	n := m.open.notices
	n.lang = map[string]string{"da": "en", "en": "da"}[n.lang]
	return m.redraft()
}

func noLetter(m *Model) string {
	if m.open.notices.at.to != incident.ToSubjects {
		return "choose a letter to the people first"
	}
	return ""
}

// toRelatives adds the letter to the relatives of somebody who has died: no fact
// says that somebody has.
func (m *Model) toRelatives() tea.Cmd {
	n := m.open.notices
	subset := n.at.subset
	if n.relatives[subset] {
		delete(n.relatives, subset)
	} else {
		n.relatives[subset] = true
		n.at = letter{incident.ToSubjects, subset, notice.Relative}
	}
	return m.redraft()
}

// redraft composes the draft anew and puts it in view.
func (m *Model) redraft() tea.Cmd {
	m.open.notices.list()
	m.toDraft()
	return nil
}

// toDraft goes to the row of the draft in view.
func (m *Model) toDraft() {
	n, p := m.open.notices, m.open.panes[noticesPane]
	p.rows.n = n.len()
	for i, r := range n.rows {
		if r.letter != nil && *r.letter == n.at {
			onText, at := p.onText, p.stop
			m.open.choose(p, i)
			p.onText, p.stop = onText, at
			return
		}
	}
}

// issueNotice freezes the draft, after what should be looked at first.
func (m *Model) issueNotice() tea.Cmd {
	n := m.open.notices
	request, doc := n.request(), n.draft(n.at).doc
	remarks, err := m.o.Desk.BeforeIssuing(n.s, request)
	if err != nil {
		m.say(toneBad, err.Error())
		return nil
	}
	by := dialog.Line("Approved by", "")
	by.Help = "who has read and approved the text"
	fields := []dialog.Field{by}
	why, despite := dialog.Line("Why", request.Why), dialog.Line("All the same", "")
	switch {
	case request.Phase == incident.PhaseWithdraw:
		why.Help = "why the notice is withdrawn; it stands in the text"
		fields = append(fields, why)
	case request.To == incident.ToSubjects || request.To == incident.ToPublic:
		why.Help = "needed where people are told what is incomplete or was put off"
		fields = append(fields, why)
	}
	if len(remarks) > 0 {
		fields = append([]dialog.Field{remarkLines(remarks, m.o.Lang)}, fields...)
		if remarks[0].Kind == desk.RemarkContradiction {
			despite.Help = "why it goes out although facts contradict each other; esc to put them right first"
			fields = append(fields, despite)
		}
	}
	title := fmt.Sprintf("Issue: %s, %s, %s", n.at.name(), request.Phase, langName(request.Lang))
	f := m.form(title, "issued, not sent: f says that it was", func() (desk.Act, error) {
		if _, err := required(by, "say who approved the text"); err != nil {
			return nil, err
		}
		return desk.Issue{Request: request, By: by.Value(), Why: why.Value(), Despite: despite.Value(), Zone: m.o.Zone}, nil
	}, fields...)
	f.Confirm = func() string { return issueQuestion(doc) }
	return m.push(f.Start())
}

func issueQuestion(doc notice.Document) string {
	text := "Freeze this text as it stands? It cannot be taken back, only followed up."
	if gaps := len(doc.Gaps); gaps > 0 {
		text += " It says of " + plural(gaps, "point", "points") + " that more will follow."
	}
	return text + " Issuing sends nothing: the clock runs on until it was really sent."
}

// remarkLines are what to look at before a text is issued, one below the other.
func remarkLines(remarks []desk.Remark, lang string) *dialog.Words {
	return &dialog.Words{Lines: func(t theme.Theme, width int) []string {
		var lines []string
		for _, r := range remarks {
			style, head := t.Due, "Look at"
			if r.Kind == desk.RemarkContradiction {
				style, head = t.Danger, "But"
			}
			lines = append(lines, draw.Hang(style.Render(head), clean.Line(r.Text.In(lang)), hang, width)...)
		}
		return append(lines, "")
	}}
}

// noApproval says why the chosen notice cannot be approved by who sits here.
func noApproval(m *Model) string {
	r, ok := m.open.notices.chosen(m.open.pane().chosen())
	switch {
	case !ok || r.issued == nil:
		return "choose an issued notice first"
	case r.issued.By == m.o.Actor.Account:
		return "you issued it: another account has to approve it"
	case r.sent != nil:
		return "it was sent already"
	}
	return ""
}

// approveNotice says that the chosen notice may go out as it stands.
func (m *Model) approveNotice() tea.Cmd {
	r, _ := m.open.notices.chosen(m.open.pane().chosen())
	why := dialog.Line("Remark", "")
	why.Help = "may stay empty"
	return m.push(m.form(fmt.Sprintf("Approve entry %d as it stands", r.issued.Seq), "approved", func() (desk.Act, error) {
		return desk.Approve{Notice: r.issued.Entry, Why: why.Value()}, nil
	}, why).Start())
}

func (m *Model) noticeFile() (name, text string, err error) {
	name, text, ok := m.open.notices.file(m.open.pane().chosen())
	if !ok {
		return "", "", errors.New("there is no text to take")
	}
	return name, text, nil
}

// copyNotice hands the text to the terminal's clipboard, in the text the point that
// is chosen: web forms take it point by point.
func (m *Model) copyNotice() tea.Cmd {
	what := "the text"
	_, text, err := m.noticeFile()
	if at, ok := m.atStop(); ok && err == nil {
		what, text = m.open.notices.draft(m.open.notices.at).doc.HeadingOf(at.section), at.section.Text()
		if what == "" {
			what = "the beginning"
		}
	}
	if err != nil {
		m.say(toneBad, err.Error())
		return nil
	}
	m.say(toneGood, clean.Line(what)+": handed to the terminal's clipboard; where nothing arrives, w writes a file")
	return tea.SetClipboard(text)
}

func (m *Model) writeNotice() tea.Cmd {
	name, text, err := m.noticeFile()
	if err != nil {
		m.say(toneBad, err.Error())
		return nil
	}
	return func() tea.Msg {
		path, err := m.o.SaveNotice(name, text)
		return noticeSaved{path, err}
	}
}

func (m *Model) noticeWasSaved(msg noticeSaved) tea.Cmd {
	if msg.err != nil {
		m.say(toneBad, "NOT SAVED: "+msg.err.Error())
		return nil
	}
	m.say(toneGood, "written to "+msg.path)
	return nil
}
