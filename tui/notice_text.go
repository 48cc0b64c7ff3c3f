package tui

import (
	"fmt"
	"strings"

	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/clean"
	"timeglas/tui/draw"
)

// sentenceSet is what a text says, sentence by sentence.
type sentenceSet map[string]bool

func sentencesOf(doc notice.Document) sentenceSet {
	set := sentenceSet{}
	for _, s := range stopsOf(doc) {
		set[s.sentence.Text] = true
	}
	return set
}

// stop is a sentence of a draft at which one can stop while reading it.
type stop struct {
	section  notice.Section
	sentence notice.Sentence
}

// stopsOf are all sentences of a draft, in their order.
func stopsOf(doc notice.Document) []stop {
	var stops []stop
	for _, s := range append([]notice.Section{doc.Preface}, doc.Sections...) {
		for _, p := range s.Paragraphs {
			for _, sentence := range p.Sentences {
				stops = append(stops, stop{s, sentence})
			}
		}
	}
	return stops
}

// page lays out a draft: its lines, and the line on which each sentence begins.
type page struct {
	v      look
	width  int
	at     int         // the sentence that is chosen, -1 for none
	before sentenceSet // what the draft said before the last change; nil when that is not known
	lines  []string
	starts []int
}

func (p *page) wrap(text string) { p.lines = append(p.lines, draw.Wrap(text, p.width)...) }

func (p *page) document(doc notice.Document) {
	p.wrap(p.v.t.Strong.Render(clean.Line(doc.Title)))
	if doc.Mark != "" {
		p.wrap(p.v.t.Badge.Render(clean.Line(doc.Mark)))
	}
	for _, head := range doc.Head {
		p.wrap(p.v.t.Muted.Render(clean.Line(head)))
	}
	for i, s := range append([]notice.Section{doc.Preface}, doc.Sections...) {
		if i == 0 && len(s.Paragraphs) == 0 {
			continue
		}
		p.lines = append(p.lines, "")
		if heading := clean.Line(doc.HeadingOf(s)); heading != "" && i > 0 {
			p.wrap(p.v.t.Strong.Render(heading))
		}
		p.section(s)
	}
}

// section is its paragraphs, and the entries under them.
func (p *page) section(s notice.Section) {
	for _, paragraph := range s.Paragraphs {
		p.paragraph(paragraph)
	}
	if grounds := entryNumbers(p.v, s.Entries); grounds != "" {
		p.wrap(p.v.t.Muted.Render("from " + grounds))
	}
}

func (p *page) paragraph(paragraph notice.Paragraph) {
	indent := 0
	if paragraph.Form == notice.Item {
		indent = 2
	}
	text := ""
	for _, sentence := range paragraph.Sentences {
		said := p.sentence(sentence)
		first, _, _ := strings.Cut(clean.Block(sentence.Text), " ")
		begun := draw.Wrap(strings.TrimSpace(text+" "+first), p.width-indent)
		p.starts = append(p.starts, len(p.lines)+max(len(begun)-1, 0))
		text = strings.TrimSpace(text + " " + said)
	}
	if indent > 0 {
		p.lines = append(p.lines, draw.Hang("-", text, indent, p.width)...)
		return
	}
	p.wrap(text)
}

// sentence marks what is missing, what the last change has moved, and the sentence
// that is chosen.
func (p *page) sentence(s notice.Sentence) string {
	t, text := p.v.t, clean.Block(s.Text)
	if s.Gap {
		text = "[" + t.Marks.Gap + " " + text + "]"
	}
	if p.before != nil && !p.before[s.Text] {
		text = t.Marks.Moved + " " + text
	}
	switch {
	case len(p.starts) == p.at:
		return t.Selection.Render(text)
	case s.Gap:
		return t.Due.Render(text)
	case p.before != nil && !p.before[s.Text]:
		return t.Accent.Render(text)
	}
	return text
}

// lay is the text of a draft with one sentence chosen.
func (n *noticesTab) lay(v look, width, at int) *page {
	p := &page{v: v, width: width, at: at, before: n.said[n.request()]}
	d := n.draft(n.at)
	if d.err != nil {
		p.wrap(v.t.Danger.Render(clean.Line(d.err.Error())))
		return p
	}
	p.document(d.doc)
	return p
}

// walk is the text in which one can go from sentence to sentence.
func (n *noticesTab) walk(v look, i, width, at int) (lines []string, starts []int) {
	if r, ok := n.chosen(i); ok && r.issued != nil {
		return n.issuedText(v, r, width), nil
	}
	p := n.lay(v, width, at)
	return p.lines, p.starts
}

func (n *noticesTab) text(v look, i, width int) []string {
	r, ok := n.chosen(i)
	switch {
	case !ok:
		return nil
	case r.issued != nil:
		return n.issuedText(v, r, width)
	case r.gap != nil:
		return n.gapText(v, r.gap, width)
	}
	return n.lay(v, width, -1).lines
}

func (n *noticesTab) gapText(v look, g *notice.Gap, width int) []string {
	p := &page{v: v, width: width, at: -1}
	p.wrap(v.t.Due.Render(clean.Line(g.What)))
	for _, key := range g.Keys {
		if k, ok := fact.Lookup(key); ok {
			p.lines = append(p.lines, draw.Hang(v.t.Muted.Render("Fact"), k.Label.In(v.w.lang)+" ("+key+")", hang, width)...)
		}
	}
	p.lines = append(p.lines, "")
	doc := n.draft(n.at).doc
	for _, s := range doc.Sections {
		if s.No == g.No {
			p.wrap(v.t.Strong.Render(clean.Line(doc.HeadingOf(s))))
			p.section(s)
		}
	}
	return p.lines
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
	add("Despite", clean.Line(r.issued.Despite))
	for _, a := range r.issued.Approvals {
		add("Second", "approved by "+clean.Line(a.By)+", "+v.w.day(a.At)+because(clean.Line(a.Why)))
	}
	if !r.issued.Approved() {
		add("Second", v.t.Due.Render("another account than "+clean.Line(r.issued.By)+" has to approve it, with A"))
	}
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
