package tui

import (
	"fmt"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/draw"
)

// noticesTab is the text to the authority as the case would give it now, what it
// lacks, and what was issued and sent.
type noticesTab struct {
	desk  *desk.Desk
	phase incident.Phase
	lang  string

	doc  notice.Document
	err  error
	rows []noticeRow
}

// noticeRow is the draft, something it lacks, or an issued notice.
type noticeRow struct {
	heading string
	draft   bool
	gap     *notice.Gap
	issued  *incident.Notice
	sent    *incident.Filing
}

// newNoticesTab begins with the text that is probably due next, in Danish, which
// the authority reads.
func newNoticesTab(d *desk.Desk, s desk.Situation) *noticesTab {
	phase := incident.PhaseInitial
	if s.Case.FiledToAuthority() != nil {
		phase = incident.PhaseFollowup
	}
	return &noticesTab{desk: d, phase: phase, lang: "da"}
}

var phases = []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw}

func (n *noticesTab) request() notice.Request {
	return notice.Request{To: incident.ToAuthority, Phase: n.phase, Lang: n.lang}
}

func (n *noticesTab) place() place { return inNotices }

func (n *noticesTab) name() string { return "Notices" }

func (n *noticesTab) told(v look) string {
	if waiting := len(unsent(v.s)); waiting > 0 {
		return fmt.Sprintf("%d not sent", waiting)
	}
	return fmt.Sprint(len(v.s.Case.Notices))
}

// take composes the draft anew. Composing is pure and takes well under a frame.
func (n *noticesTab) take(v look) {
	n.doc, n.err = n.desk.Compose(v.s, n.request())
	n.rows = []noticeRow{{draft: true}}
	if len(n.doc.Gaps) > 0 {
		n.rows = append(n.rows, noticeRow{heading: "Missing in it (enter fills it in)"})
		for i := range n.doc.Gaps {
			n.rows = append(n.rows, noticeRow{gap: &n.doc.Gaps[i]})
		}
	}
	if len(v.s.Case.Notices) > 0 {
		n.rows = append(n.rows, noticeRow{heading: "Issued"})
	}
	for i := range v.s.Case.Notices {
		issued := &v.s.Case.Notices[i]
		r := noticeRow{issued: issued}
		for j := range v.s.Case.Filings {
			if v.s.Case.Filings[j].Notice == issued.Entry {
				r.sent = &v.s.Case.Filings[j]
			}
		}
		n.rows = append(n.rows, r)
	}
}

// unsent are the issued notices that nobody has said to be sent.
func unsent(s desk.Situation) []incident.Notice {
	var open []incident.Notice
	for _, issued := range s.Case.Notices {
		if !slices.ContainsFunc(s.Case.Filings, func(f incident.Filing) bool { return f.Notice == issued.Entry }) {
			open = append(open, issued)
		}
	}
	return open
}

func (n *noticesTab) len() int           { return len(n.rows) }
func (n *noticesTab) heading(i int) bool { return n.rows[i].heading != "" }
func (n *noticesTab) shares() (int, int) { return 36, 64 }
func (n *noticesTab) stacked() bool      { return true }

func (n *noticesTab) key(i int) string {
	switch r := n.rows[i]; {
	case r.draft:
		return "draft"
	case r.gap != nil:
		return fmt.Sprint("gap ", r.gap.No, r.gap.What)
	case r.issued != nil:
		return r.issued.Entry
	default:
		return r.heading
	}
}

func (n *noticesTab) listTitle(look, int) string { return "To the authority" }

func langName(lang string) string {
	if lang == "da" {
		return "Danish"
	}
	return "English"
}

func (n *noticesTab) row(v look, i, width int) row {
	r, t := n.rows[i], v.t
	switch {
	case r.heading != "":
		return row{rest: rule(t, r.heading, width)}
	case r.gap != nil:
		return row{mark: t.Due.Render(t.Marks.Gap), tone: t.Plain, lead: draw.Cut(fmt.Sprintf("%2d %s", r.gap.No, clean.Line(r.gap.What)), width-3, t.Marks.Ellipsis)}
	case r.issued != nil:
		lead := fmt.Sprintf("%d %s, %s", r.issued.Seq, r.issued.Phase, langName(r.issued.Lang))
		if r.sent == nil {
			return row{mark: t.Due.Render(t.Marks.Open), tone: t.Plain, lead: lead, rest: t.Due.Render("issued, NOT SENT")}
		}
		return row{mark: t.Good.Render(t.Marks.Done), tone: t.Plain, lead: lead,
			rest: t.Good.Render("sent " + v.w.short(r.sent.Sent.Latest()) + " " + clean.Line(r.sent.Channel))}
	}
	state := t.Good.Render("complete")
	switch {
	case n.err != nil:
		state = t.Danger.Render("refused")
	case n.doc.Incomplete():
		state = t.Due.Render(plural(len(n.doc.Gaps), "point missing", "points missing"))
	}
	return row{mark: " ", tone: t.Strong, lead: fmt.Sprintf("Draft: %s, %s", n.phase, langName(n.lang)), rest: state}
}

func (n *noticesTab) chosen(i int) (noticeRow, bool) {
	if i < 0 || i >= len(n.rows) || n.rows[i].heading != "" {
		return noticeRow{}, false
	}
	return n.rows[i], true
}

func (n *noticesTab) textTitle(v look, i int) string {
	r, ok := n.chosen(i)
	switch {
	case !ok:
		return "Notice"
	case r.issued != nil:
		return fmt.Sprintf("Issued: entry %d", r.issued.Seq)
	}
	return "Draft (p phase, l language)"
}

func (n *noticesTab) text(v look, i, width int) []string {
	r, ok := n.chosen(i)
	switch {
	case !ok:
		return nil
	case r.issued != nil:
		return n.issuedText(v, r, width)
	case n.err != nil:
		return draw.Wrap(v.t.Danger.Render(n.err.Error()), width)
	case r.gap != nil:
		return n.gapText(v, r.gap, width)
	}
	lines := draw.Wrap(v.t.Strong.Render(clean.Line(n.doc.Title)), width)
	for _, head := range n.doc.Head {
		lines = append(lines, draw.Wrap(v.t.Muted.Render(clean.Line(head)), width)...)
	}
	if len(n.doc.Preface.Paragraphs) > 0 {
		lines = append(append(lines, ""), sectionLines(v, n.doc.Preface, width)...)
	}
	for _, s := range n.doc.Sections {
		lines = append(append(lines, ""), sectionLines(v, s, width)...)
	}
	return lines
}

// sectionLines is a section with its gaps marked and its entries under it.
func sectionLines(v look, s notice.Section, width int) []string {
	var lines []string
	if s.Heading != "" {
		lines = append(lines, draw.Wrap(v.t.Strong.Render(fmt.Sprintf("%d. %s", s.No, clean.Line(s.Heading))), width)...)
	}
	for _, p := range s.Paragraphs {
		var parts []string
		for _, sentence := range p.Sentences {
			text := clean.Block(sentence.Text)
			if sentence.Gap {
				text = v.t.Due.Render("[" + v.t.Marks.Gap + " " + text + "]")
			}
			parts = append(parts, text)
		}
		text := strings.Join(parts, " ")
		if p.Form == notice.Item {
			lines = append(lines, draw.Hang("-", text, 2, width)...)
			continue
		}
		lines = append(lines, draw.Wrap(text, width)...)
	}
	if grounds := entryNumbers(v, s.Entries); grounds != "" {
		lines = append(lines, draw.Wrap(v.t.Muted.Render("from "+grounds), width)...)
	}
	return lines
}

// entryNumbers are the entries by the numbers under which the timeline shows them.
func entryNumbers(v look, ids []string) string {
	var numbers []string
	for _, id := range ids {
		if l, err := v.s.Case.Timeline.Find(id); err == nil {
			numbers = append(numbers, fmt.Sprint(l.Seq))
		}
	}
	if len(numbers) == 0 {
		return ""
	}
	if len(numbers) == 1 {
		return "entry " + numbers[0]
	}
	return "entries " + strings.Join(numbers, ", ")
}

func (n *noticesTab) gapText(v look, g *notice.Gap, width int) []string {
	lines := draw.Wrap(v.t.Due.Render(clean.Line(g.What)), width)
	for _, key := range g.Keys {
		if k, ok := fact.Lookup(key); ok {
			lines = append(lines, draw.Hang(v.t.Muted.Render("Fact"), k.Label.In(v.w.lang)+" ("+key+")", hang, width)...)
		}
	}
	lines = append(lines, "")
	for _, s := range n.doc.Sections {
		if s.No == g.No {
			lines = append(lines, sectionLines(v, s, width)...)
		}
	}
	return lines
}

func (n *noticesTab) issuedText(v look, r noticeRow, width int) []string {
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, draw.Hang(v.t.Muted.Render(label), text, hang, width)...)
		}
	}
	add("Approved", clean.Line(r.issued.ApprovedBy)+", issued by "+clean.Line(r.issued.By)+", "+v.w.day(r.issued.At))
	add("Why", clean.Line(r.issued.Why))
	if r.sent != nil {
		text := v.w.moment(r.sent.Sent) + " by " + clean.Line(r.sent.Who) + ", " + clean.Line(r.sent.Channel)
		if r.sent.Number != "" {
			text += ", number " + clean.Line(r.sent.Number)
		}
		add("Sent", text)
	} else {
		add("Sent", v.t.Due.Render("nobody has said so: press f when it was. Only that stops the clock."))
	}
	add("SHA-256", r.issued.SHA256)
	lines = append(lines, "")
	for line := range strings.Lines(clean.Block(r.issued.Text)) {
		line = strings.TrimRight(line, "\n")
		if line == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, draw.Wrap(line, width)...)
	}
	return lines
}

// file is the text of a row to take away, and a name for it.
func (n *noticesTab) file(v look, i int) (name, text string, ok bool) {
	r, found := n.chosen(i)
	switch {
	case !found:
		return "", "", false
	case r.issued != nil:
		return fmt.Sprintf("%s-notice-%d-%s-%s.txt", v.s.Ref, r.issued.Seq, r.issued.Phase, r.issued.Lang), r.issued.Text, true
	case n.err != nil:
		return "", "", false
	}
	return fmt.Sprintf("%s-draft-%s-%s.txt", v.s.Ref, n.phase, n.lang), n.doc.Text(), true
}

func (n *noticesTab) beside(look, int, int) (string, []string) { return "", nil }
