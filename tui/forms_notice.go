package tui

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/tui/dialog"
)

func noDraft(m *Model) string {
	if err := m.open.notices.err; err != nil {
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

// enterNotice reads the text, or goes to the fact that would fill the chosen gap.
func (m *Model) enterNotice() tea.Cmd {
	if r, ok := m.open.notices.chosen(m.open.pane().chosen()); ok && r.gap != nil && len(r.gap.Keys) > 0 {
		m.goToFirst(r.gap.Keys)
		return nil
	}
	return m.otherPane()
}

func (m *Model) nextPhase() tea.Cmd {
	n := m.open.notices
	n.phase = phases[(slices.Index(phases, n.phase)+1)%len(phases)]
	return m.redraft()
}

func (m *Model) otherLanguage() tea.Cmd {
	n := m.open.notices
	n.lang = map[string]string{"da": "en", "en": "da"}[n.lang]
	return m.redraft()
}

// redraft composes the draft anew and puts it in view.
func (m *Model) redraft() tea.Cmd {
	m.open.take(m, m.open.s)
	p := m.open.pane()
	p.rows.cursor, p.text = 0, scroll{}
	return nil
}

// issueNotice freezes the draft.
func (m *Model) issueNotice() tea.Cmd {
	n := m.open.notices
	request := n.request()
	by := dialog.Line("Approved by", "")
	by.Help = "who has read and approved the text"
	fields := []dialog.Field{by}
	why := dialog.Line("Why", "")
	if request.Phase == incident.PhaseWithdraw {
		why.Help = "why the notice is withdrawn; it stands in the text"
		fields = append(fields, why)
	}
	title := fmt.Sprintf("Issue: %s, %s", request.Phase, langName(request.Lang))
	f := m.form(title, "issued, not sent: f says that it was", func() (desk.Act, error) {
		if _, err := required(by, "say who approved the text"); err != nil {
			return nil, err
		}
		return desk.Issue{Request: request, By: by.Value(), Why: why.Value(), Zone: m.o.Zone}, nil
	}, fields...)
	f.Confirm = func() string {
		text := "Freeze this text as it stands? It cannot be taken back, only followed up."
		if gaps := len(n.doc.Gaps); gaps > 0 {
			text += " It says of " + plural(gaps, "point", "points") + " that more will follow."
		}
		return text + " Issuing sends nothing: the clock runs on until it was really sent."
	}
	return m.push(f.Start())
}

// fileNotice says that an issued notice was sent.
func (m *Model) fileNotice() tea.Cmd {
	open := unsent(m.open.s)
	var options []dialog.Option
	for _, issued := range open {
		options = append(options, dialog.Option{Value: issued.Entry, Label: fmt.Sprintf("entry %d: %s, %s", issued.Seq, issued.Phase, langName(issued.Lang))})
	}
	chosen := ""
	if r, ok := m.open.notices.chosen(m.open.pane().chosen()); ok && r.issued != nil {
		chosen = r.issued.Entry
	}
	which := dialog.One("Notice", options, chosen)
	at := m.timeField("Sent", m.now.In(m.o.Zone).Format("2006-01-02 15:04"), timeHelp)
	channel := dialog.One("How", channelOptions(), "virk")
	by := dialog.Line("Sent by", m.o.Actor.Account)
	number := dialog.Line("Number", "")
	number.Help = "the authority's number for it, if it gave one"
	f := m.form("It was really sent", "filed", func() (desk.Act, error) {
		moment, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		if _, err := required(by, "say who sent it"); err != nil {
			return nil, err
		}
		return desk.File{Notice: which.Value(), Sent: moment, Channel: channel.Value(), By: by.Value(), Number: number.Value()}, nil
	}, which, at, channel, by, number)
	f.Confirm = func() string {
		reading := at.Value()
		if moment, err := when.Parse(reading, m.o.Zone, m.now); err == nil {
			reading = m.words().moment(moment)
		}
		return "Was the notice really sent, " + reading + "? This stops the clock and cannot be taken back."
	}
	return m.push(f.Start())
}

func channelOptions() []dialog.Option {
	help := map[string]string{
		"virk": "the form at virk.dk", "email": "an e-mail, encrypted", "letter": "a letter",
		"phone": "by phone, written down", "web": "another form on the web",
	}
	var options []dialog.Option
	for _, c := range desk.Channels() {
		options = append(options, dialog.Option{Value: c, Label: c, Help: help[c]})
	}
	return options
}

func (m *Model) noticeFile() (name, text string, err error) {
	name, text, ok := m.open.notices.file(m.open.look(m), m.open.pane().chosen())
	if !ok {
		return "", "", errors.New("there is no text to take")
	}
	return name, text, nil
}

func (m *Model) copyNotice() tea.Cmd {
	_, text, err := m.noticeFile()
	if err != nil {
		m.say(toneBad, err.Error())
		return nil
	}
	m.say(toneGood, "handed to the terminal's clipboard; where nothing arrives, w writes a file")
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
