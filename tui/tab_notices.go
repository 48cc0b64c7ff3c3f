package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/timeline"
	"timeglas/tui/draw"
)

// noticesTab is the texts as the case would give them now, what the chosen one
// lacks, and what was issued and sent.
type noticesTab struct {
	desk *desk.Desk
	s    desk.Situation
	lang string
	at   letter // the draft that is in view

	relatives map[string]bool                // subsets for which a letter to relatives was asked for
	phases    map[letter]incident.Phase      // that somebody has chosen
	why       string                         // of a withdrawal
	drafts    map[notice.Request]draft       // of this state of the case, composed when they are first seen
	said      map[notice.Request]sentenceSet // what the drafts said before the last change of the case
	tip       timeline.Tip
	rows      []noticeRow
}

// letter is one text that can be written: to whom, and of whom it speaks.
type letter struct {
	to     incident.Recipient
	subset string
	reader notice.Reader
}

// draft is a text composed, or why there is none.
type draft struct {
	doc notice.Document
	err error
}

// noticeRow is a draft, something it lacks, or an issued notice.
type noticeRow struct {
	heading string
	letter  *letter
	gap     *notice.Gap
	issued  *incident.Notice
	sent    *incident.Filing
}

// newNoticesTab begins with the text to the authority in Danish, which it reads.
func newNoticesTab(d *desk.Desk) *noticesTab {
	return &noticesTab{desk: d, lang: "da", at: letter{to: incident.ToAuthority},
		relatives: map[string]bool{}, phases: map[letter]incident.Phase{}}
}

// phasesTo are the phases that a text to the recipient can have.
var phasesTo = map[incident.Recipient][]incident.Phase{
	incident.ToAuthority:  {incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw},
	incident.ToSubjects:   {incident.PhaseInitial, incident.PhaseFollowup},
	incident.ToPublic:     {incident.PhaseInitial, incident.PhaseFollowup},
	incident.ToController: {incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete},
	incident.ToPolice:     {incident.PhaseInitial, incident.PhaseFollowup},
	incident.ToInternal:   {incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete},
}

// phase is the chosen one, else the one that is probably due next.
func (n *noticesTab) phase(l letter) incident.Phase {
	if p, ok := n.phases[l]; ok {
		return p
	}
	for _, f := range n.s.Case.Filings {
		if issued, ok := n.s.Case.Notice(f.Notice); ok && issued.To == l.to && issued.Subset == l.subset {
			return incident.PhaseFollowup
		}
	}
	return incident.PhaseInitial
}

func (n *noticesTab) requestFor(l letter) notice.Request {
	req := notice.Request{To: l.to, Subset: l.subset, Reader: l.reader, Phase: n.phase(l), Lang: n.lang}
	if req.Phase == incident.PhaseWithdraw {
		req.Why = n.why
	}
	return req
}

// request is that of the draft in view.
func (n *noticesTab) request() notice.Request { return n.requestFor(n.at) }

// draft composes a text, once for each state of the case. Composing is pure and
// takes well under a frame.
func (n *noticesTab) draft(l letter) draft {
	req := n.requestFor(l)
	d, ok := n.drafts[req]
	if !ok {
		d.doc, d.err = n.desk.Compose(n.s, req)
		n.drafts[req] = d
	}
	return d
}

func (n *noticesTab) place() place { return inNotices }

func (n *noticesTab) name() string { return "Notices" }

func (n *noticesTab) told(v look) string {
	if waiting := len(unsent(v.s)); waiting > 0 {
		return fmt.Sprintf("%d not sent", waiting)
	}
	if n := len(v.s.Case.Notices); n > 0 {
		return fmt.Sprint(n)
	}
	return ""
}

// take drops the drafts of the state before, and remembers what they said.
func (n *noticesTab) take(v look) {
	if n.drafts == nil || n.tip != v.s.Case.Tip {
		said := map[notice.Request]sentenceSet{}
		past := v.s.AsOf != nil || n.s.AsOf != nil // then it is not a change that moves the text
		for req, d := range n.drafts {
			if past {
				break
			}
			said[req] = sentencesOf(d.doc)
		}
		n.said, n.tip = said, v.s.Case.Tip
	}
	n.s, n.drafts = v.s, map[notice.Request]draft{}
	n.list()
}

// list makes the rows anew.
func (n *noticesTab) list() {
	n.rows = nil
	for _, l := range n.letters() {
		n.rows = append(n.rows, noticeRow{letter: &l})
	}
	if !slices.Contains(n.letters(), n.at) {
		n.at = letter{to: incident.ToAuthority}
	}
	d := n.draft(n.at)
	if len(d.doc.Gaps) > 0 {
		n.rows = append(n.rows, noticeRow{heading: "Missing in it (enter fills it in)"})
		for i := range d.doc.Gaps {
			n.rows = append(n.rows, noticeRow{gap: &d.doc.Gaps[i]})
		}
	}
	if len(n.s.Case.Notices) > 0 {
		n.rows = append(n.rows, noticeRow{heading: "Issued"})
	}
	for i := range n.s.Case.Notices {
		issued := &n.s.Case.Notices[i]
		n.rows = append(n.rows, noticeRow{issued: issued, sent: filing(n.s, issued.Entry)})
	}
}

// letters are the texts that this case can need.
func (n *noticesTab) letters() []letter {
	all := []letter{{to: incident.ToAuthority}}
	for _, v := range notice.Versions(n.s.Case.Facts) {
		all = append(all, letter{incident.ToSubjects, v.Subset, v.Reader})
	}
	for _, subset := range slices.Sorted(maps.Keys(n.relatives)) {
		all = append(all, letter{incident.ToSubjects, subset, notice.Relative})
	}
	for _, to := range []incident.Recipient{incident.ToPublic, incident.ToController, incident.ToPolice, incident.ToInternal} {
		all = append(all, letter{to: to})
	}
	return all
}

// filing is how the notice with that entry was sent, nil when it was not.
func filing(s desk.Situation, entry string) *incident.Filing {
	for i := range s.Case.Filings {
		if s.Case.Filings[i].Notice == entry {
			return &s.Case.Filings[i]
		}
	}
	return nil
}

// unsent are the issued notices that nobody has said to be sent.
func unsent(s desk.Situation) []incident.Notice { return s.Unfiled() }

// moved brings the draft into view on whose row somebody stands.
func (n *noticesTab) moved(i int) {
	if r, ok := n.chosen(i); ok && r.letter != nil && *r.letter != n.at {
		n.at = *r.letter
		n.list()
	}
}

func (n *noticesTab) len() int           { return len(n.rows) }
func (n *noticesTab) heading(i int) bool { return n.rows[i].heading != "" }
func (n *noticesTab) shares() (int, int) { return 40, 60 }
func (n *noticesTab) stacked() bool      { return true }

func (n *noticesTab) key(i int) string {
	switch r := n.rows[i]; {
	case r.letter != nil:
		return fmt.Sprint("draft ", *r.letter)
	case r.gap != nil:
		return fmt.Sprint("gap ", r.gap.No, r.gap.What)
	case r.issued != nil:
		return r.issued.Entry
	default:
		return r.heading
	}
}

func (n *noticesTab) listTitle(look, int) string { return "Texts, in " + langName(n.lang) }

func langName(lang string) string {
	if lang == "da" {
		return "Danish"
	}
	return "English"
}

// toWords are the recipients as the list names them.
var toWords = map[incident.Recipient]string{
	incident.ToAuthority: "Authority", incident.ToSubjects: "People", incident.ToPublic: "The public",
	incident.ToController: "Our controller", incident.ToPolice: "Police, summary", incident.ToInternal: "Internal record",
}

// letterName says to whom a text goes.
func letterName(to incident.Recipient, subset string, reader notice.Reader) string {
	name := toWords[to]
	if subset != "" {
		name += ": " + clean.Line(subset)
	}
	switch reader {
	case notice.Guardian:
		name += " (guardians)"
	case notice.Relative:
		name += " (relatives)"
	}
	return name
}

func (l letter) name() string { return letterName(l.to, l.subset, l.reader) }

func (n *noticesTab) row(v look, i, width int) row {
	r, t := n.rows[i], v.t
	switch {
	case r.heading != "":
		return row{rest: rule(t, r.heading, width)}
	case r.gap != nil:
		return row{mark: t.Due.Render(t.Marks.Gap), tone: t.Plain, lead: draw.Cut(fmt.Sprintf("%2d %s", r.gap.No, clean.Line(r.gap.What)), width-3, t.Marks.Ellipsis)}
	case r.issued != nil:
		return apart(v, issuedRow(v, r), width)
	}
	d, l := n.draft(*r.letter), *r.letter
	out := row{mark: " ", tone: t.Plain, lead: l.name()}
	if l == n.at {
		out.mark, out.tone = t.Accent.Render(t.Marks.Here), t.Strong
	}
	state := t.Good.Render("complete")
	switch {
	case d.err != nil:
		state = t.Danger.Render("refused")
	case d.doc.Incomplete():
		state = t.Due.Render(fmt.Sprintf("%d missing", len(d.doc.Gaps)))
	}
	out.rest = state
	if phase := n.phase(l); phase != incident.PhaseInitial {
		out.rest = t.Muted.Render(string(phase)+",") + " " + state
	}
	return apart(v, out, width)
}

// apart puts what a row says of its lead at the right end of the row.
func apart(v look, r row, width int) row {
	room := max(width-4-draw.Width(r.rest), 8)
	r.lead = draw.Cut(r.lead, room, v.t.Marks.Ellipsis)
	r.rest = strings.Repeat(" ", max(room-draw.Width(r.lead), 0)) + r.rest
	return r
}

func issuedRow(v look, r noticeRow) row {
	t := v.t
	out := row{mark: t.Good.Render(t.Marks.Done), tone: t.Plain,
		lead: fmt.Sprintf("%d %s, %s, %s", r.issued.Seq, letterName(r.issued.To, r.issued.Subset, notice.Reader(r.issued.Reader)), r.issued.Phase, r.issued.Lang)}
	switch {
	case r.sent != nil:
		out.rest = t.Good.Render("sent " + v.w.short(r.sent.Sent.Latest()) + " " + clean.Line(r.sent.Channel))
	case !r.issued.Approved():
		out.mark, out.rest = t.Due.Render(t.Marks.Open), t.Due.Render("to be approved")
	case r.issued.To != incident.ToInternal:
		out.mark, out.rest = t.Due.Render(t.Marks.Open), t.Due.Render("NOT SENT")
	}
	return out
}

func (n *noticesTab) chosen(i int) (noticeRow, bool) {
	if i < 0 || i >= len(n.rows) || n.rows[i].heading != "" {
		return noticeRow{}, false
	}
	return n.rows[i], true
}

func (n *noticesTab) textTitle(v look, i int) string {
	if r, ok := n.chosen(i); ok && r.issued != nil {
		return fmt.Sprintf("Issued: entry %d", r.issued.Seq)
	}
	return fmt.Sprintf("%s: %s (p phase, l language)", n.at.name(), n.phase(n.at))
}

// file is the text of a row to take away, and a name for it.
func (n *noticesTab) file(i int) (name, text string, ok bool) {
	r, found := n.chosen(i)
	if found && r.issued != nil {
		return fmt.Sprintf("%s-notice-%d-%s-%s.txt", n.s.Ref, r.issued.Seq, r.issued.Phase, r.issued.Lang), r.issued.Text, true
	}
	d := n.draft(n.at)
	if d.err != nil {
		return "", "", false
	}
	return fmt.Sprintf("%s-draft-%s-%s-%s.txt", n.s.Ref, n.at.to, n.phase(n.at), n.lang), d.doc.Text(), true
}

// beside is what a follow-up says otherwise than the notification before it.
func (n *noticesTab) beside(v look, _, width int) (string, []string) {
	changes := n.draft(n.at).doc.Changes
	if len(changes) == 0 {
		return "", nil
	}
	var lines []string
	for _, c := range changes {
		head := clean.Line(c.What)
		if c.No > 0 {
			head = fmt.Sprintf("%d %s", c.No, head)
		}
		lines = append(lines, draw.Wrap(v.t.Strong.Render(head), width)...)
		lines = append(lines, draw.Hang(v.t.Muted.Render("was"), clean.Line(c.Old), 5, width)...)
		lines = append(lines, draw.Hang(v.t.Accent.Render("is"), clean.Line(c.New), 5, width)...)
	}
	return "Changed since the last one", lines
}
