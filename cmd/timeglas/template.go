package main

import (
	"strconv"
	"strings"

	"timeglas/incident/notice"
	"timeglas/incident/notice/edpb"
	"timeglas/internal/desk"
)

// formatEDPB is the common European template.
const formatEDPB = "edpb-json"

// text is a notice as it was asked for: how it is written, and whether anything is
// missing in it.
type text struct {
	print      func() error
	incomplete bool
	gaps       func() // tells of the fields that lack something; the texts say it themselves
}

// textOf is the notice in the format.
func (a *app) textOf(d *desk.Desk, s desk.Situation, req notice.Request, doc notice.Document, f noticeFlags) (text, error) {
	if f.format != formatEDPB {
		return text{func() error { return a.printDocument(s, doc, f) }, doc.Incomplete(), func() {}}, nil
	}
	n, err := d.ComposeEDPB(s, req)
	return text{func() error { return a.printTemplate(n) }, n.Incomplete(), func() { a.tellGaps(n) }}, err
}

// printTemplate writes the notification in the template as one JSON document.
func (a *app) printTemplate(n edpb.Notification) error {
	_, err := a.out.Write(visible(n.JSON()))
	return err
}

// tellGaps lists on standard error which fields of the template have no firm answer,
// and which facts would give one.
func (a *app) tellGaps(n edpb.Notification) {
	for _, g := range n.Gaps {
		text := "field_" + strconv.Itoa(g.No) + ", " + g.Title + ": " + string(g.Lack)
		if len(g.Keys) > 0 {
			text += " (" + strings.Join(g.Keys, ", ") + ")"
		}
		a.complain(text)
	}
	for _, g := range n.Points {
		a.complain("point " + strconv.Itoa(g.No) + " of the twelve: to follow: " + g.What)
	}
}

// remark tells on standard error what there is to look at before a notice goes out.
func (a *app) remark(found []desk.Remark) {
	for _, r := range found {
		text := r.Text.EN
		if r.Kind == desk.RemarkContradiction {
			text = "the facts contradict each other: " + text + " (" + strings.Join(r.Keys, ", ") + ")"
		}
		a.complain("warning: " + text)
	}
}

func seqText(seq int64) string { return strconv.FormatInt(seq, 10) }

// changesJSON are the changes of a follow-up.
func changesJSON(changes []notice.Change) []jsonChange {
	var all []jsonChange
	for _, c := range changes {
		all = append(all, jsonChange{c.No, c.What, orNull(c.Key), c.Old, c.New, append([]string{}, c.Entries...)})
	}
	return all
}

type jsonChange struct {
	No      int      `json:"no"`
	What    string   `json:"what"`
	Key     *string  `json:"key"`
	Old     string   `json:"old"`
	New     string   `json:"new"`
	Entries []string `json:"entries"`
}
