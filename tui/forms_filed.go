package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/tui/dialog"
)

// fileNotice says that an issued notice was sent.
func (m *Model) fileNotice() tea.Cmd {
	open := unsent(m.open.s)
	var options []dialog.Option
	for _, issued := range open {
		options = append(options, dialog.Option{Value: issued.Entry, Label: fmt.Sprintf("entry %d: %s, %s, %s", issued.Seq,
			letterName(issued.To, issued.Subset, notice.Reader(issued.Reader)), issued.Phase, langName(issued.Lang))})
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
	receipt := dialog.One("Receipt", m.receiptOptions(), "")
	f := m.form("It was really sent", "filed", func() (desk.Act, error) {
		moment, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		if _, err := required(by, "say who sent it"); err != nil {
			return nil, err
		}
		return desk.File{Notice: which.Value(), Sent: moment, Channel: channel.Value(), By: by.Value(), Number: number.Value(), Receipt: receipt.Value()}, nil
	}, which, at, channel, by, number, receipt)
	f.Confirm = func() string {
		reading := at.Value()
		if moment, err := when.Parse(reading, m.o.Zone, m.now); err == nil {
			reading = m.words().moment(moment)
		}
		return "Was the notice really sent, " + reading + "? This stops the clock and cannot be taken back."
	}
	return m.push(f.Start())
}

// receiptOptions are the files in custody, newest first: one of them can be the
// receipt.
func (m *Model) receiptOptions() []dialog.Option {
	options := []dialog.Option{{Value: "", Label: "none yet", Help: "e takes a file into custody"}}
	for _, e := range slices.Backward(m.open.s.Case.Evidence) {
		options = append(options, dialog.Option{Value: e.SHA256, Label: clean.Line(e.Name), Help: "SHA-256 " + e.SHA256})
	}
	return options
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
