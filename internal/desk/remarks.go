package desk

import (
	"fmt"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/incident/notice/edpb"
	"timeglas/timeline"
)

// RemarkKind says what a remark is about.
type RemarkKind string

// The kinds. A contradiction keeps a notice from being issued without a reason; the
// others are guesses, pointed out for a person to judge.
const (
	RemarkContradiction RemarkKind = "contradiction"
	RemarkName          RemarkKind = "name"   // looks like a person's name
	RemarkNumber        RemarkKind = "number" // of people, and none that the facts hold
)

// Remark is something to look at before a notice is issued.
type Remark struct {
	Kind  RemarkKind
	Text  fact.Label
	Point int      // where it would stand in the text; 0 before the first point, or in none
	Keys  []string // the facts concerned
	Entry string   // of the typed text, or empty
}

// BeforeIssuing is what to look at before the notice is issued: contradictions among
// the facts first, then what in the typed texts looks like a name or disagrees with
// the numbers. Faults: those of [Desk.Compose].
func (d *Desk) BeforeIssuing(s Situation, req notice.Request) ([]Remark, error) {
	doc, err := d.Compose(s, req)
	if err != nil {
		return nil, err
	}
	return remarks(s.Case, doc), nil
}

// ComposeEDPB is the same notice in the common European template: a preview that
// changes nothing. Faults: those of [Desk.Compose]; Usage when it is not for the
// authority.
func (d *Desk) ComposeEDPB(s Situation, req notice.Request) (edpb.Notification, error) {
	req.Now, req.Zone, req.Wording = s.Now, d.Zone, d.Wording
	return edpb.Compose(s.Case, s.Ref, s.Duty, s.Clock, req)
}

func remarks(c *incident.Case, doc notice.Document) []Remark {
	var found []Remark
	if doc.Phase != incident.PhaseWithdraw {
		for _, one := range contradictions(c) {
			found = append(found, Remark{Kind: RemarkContradiction, Text: one.Text, Keys: one.Keys})
		}
	}
	for _, n := range notice.Names(c, doc) {
		found = append(found, remarkOn(RemarkName, n.Typed, c.Timeline,
			fmt.Sprintf("“%s” looks like a person's name", n.Words), fmt.Sprintf("»%s« ligner et personnavn", n.Words)))
	}
	for _, m := range notice.Miscounts(c, doc) {
		found = append(found, remarkOn(RemarkNumber, m.Typed, c.Timeline,
			fmt.Sprintf("“%s” is no number that the facts hold", m.Words), fmt.Sprintf("»%s« er ikke et antal, som fremgår af oplysningerne", m.Words)))
	}
	return found
}

// remarkOn names the place of a typed text: its point, its fact, its entry.
func remarkOn(kind RemarkKind, t notice.Typed, view timeline.View, en, da string) Remark {
	r := Remark{Kind: kind, Point: t.No, Entry: t.Entry}
	place, sted := []string{fmt.Sprintf("point %d", t.No)}, []string{fmt.Sprintf("punkt %d", t.No)}
	if t.No == 0 {
		place, sted = []string{"before point 1"}, []string{"før punkt 1"}
	}
	if t.Key != "" {
		r.Keys = []string{t.Key}
		place, sted = append(place, t.Key), append(sted, t.Key)
	}
	if line, err := view.Find(t.Entry); err == nil {
		place, sted = append(place, fmt.Sprintf("entry %d", line.Seq)), append(sted, fmt.Sprintf("post %d", line.Seq))
	}
	r.Text = fact.Label{EN: en + " (" + strings.Join(place, ", ") + ")", DA: da + " (" + strings.Join(sted, ", ") + ")"}
	return r
}

// contradictions are those among the facts, and between them and the awareness.
func contradictions(c *incident.Case) []fact.Contradiction {
	found := fact.Contradictions(c.Facts)
	if c.Aware != nil {
		found = append(found, fact.BeforeAware(c.Facts, c.Aware.Moment)...)
	}
	return found
}
