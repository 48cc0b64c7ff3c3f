package tui

import (
	"strings"

	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// look is what a tab needs to put its case into lines.
type look struct {
	t theme.Theme
	w words
	s desk.Situation
}

// tab is one view of a case: a list, and a text about the chosen row. Where it
// stands and how it moves is the same for all and lies in pane.
type tab interface {
	place() place
	name() string
	told(v look) string // what the row of tabs says of it beside its name
	take(v look)        // a new state of the case
	len() int
	key(i int) string // names row i, so that it is found again after a change
	heading(i int) bool
	row(v look, i, width int) row
	listTitle(v look, i int) string // of the list while row i is chosen
	textTitle(v look, i int) string
	text(v look, i, width int) []string // about row i; i is -1 in an empty list
	// beside is a third thing to have in view where there is room; no title for none.
	beside(v look, i, width int) (title string, lines []string)
	shares() (list, text int) // of the width; no share for the text puts it under the list
	stacked() bool            // list and text over each other where there is no room beside
}

// walked is a tab whose text can be gone through from one sentence to the next.
type walked interface {
	tab
	// walk is the text about row i with a stop chosen, and the line on which each stop
	// begins; none where the text is only read.
	walk(v look, i, width, at int) (lines []string, starts []int)
}

// followed is a tab that shows something else when another row is chosen.
type followed interface {
	tab
	moved(i int)
}

// The panes of a case, by their place in the row of tabs.
const (
	playbookPane = iota
	timelinePane
	factsPane
	dutyPane
	noticesPane
	evidencePane
)

// pane is where somebody stands in a tab.
type pane struct {
	tab    tab
	rows   rows
	text   scroll
	onText bool  // the text has the keys
	stop   int   // the chosen stop of a text that is walked
	starts []int // the lines of the stops at the last drawing; empty for a text that is only read
}

// moveText goes so many lines through the text, or so many stops of one.
func (p *pane) moveText(by int) {
	if len(p.starts) == 0 {
		p.text.move(by)
		return
	}
	p.stop = max(min(p.stop, len(p.starts)-1), 0)
	if by == 1 || by == -1 {
		p.stop = max(min(p.stop+by, len(p.starts)-1), 0)
		return
	}
	line, direction := p.starts[p.stop]+by, 1
	if by < 0 {
		direction = -1
	}
	for next := p.stop + direction; next >= 0 && next < len(p.starts); next += direction {
		p.stop = next
		if direction*(p.starts[next]-line) >= 0 {
			return
		}
	}
}

// chosen is the chosen row, -1 in an empty list.
func (p *pane) chosen() int {
	if p.tab.len() == 0 {
		return -1
	}
	return p.rows.cursor
}

// caseScreen is one open case.
type caseScreen struct {
	s     desk.Situation
	panes []*pane
	at    int

	playbook *playbookTab
	timeline *timelineTab
	facts    *factsTab
	duty     *dutyTab
	notices  *noticesTab
}

func newCaseScreen(m *Model, s desk.Situation) *caseScreen {
	c := &caseScreen{
		playbook: &playbookTab{}, timeline: &timelineTab{}, facts: &factsTab{}, duty: &dutyTab{desk: m.o.Desk},
		notices: newNoticesTab(m.o.Desk),
	}
	c.facts.notices = c.notices
	for _, t := range []tab{c.playbook, c.timeline, c.facts, c.duty, c.notices, &evidenceTab{}} {
		c.panes = append(c.panes, &pane{tab: t})
	}
	c.take(m, s)
	for _, p := range c.panes {
		p.rows.keep(p.tab.len(), 0, p.tab.heading)
	}
	c.panes[timelinePane].rows.keep(c.timeline.len(), c.timeline.len()-1, noHeading)
	c.panes[playbookPane].rows.keep(c.playbook.len(), c.playbook.first(), c.playbook.heading)
	return c
}

// choose goes to row i of a pane.
func (c *caseScreen) choose(p *pane, i int) {
	p.rows.cursor, p.onText, p.text, p.stop = i, false, scroll{}, 0
	if f, ok := p.tab.(followed); ok {
		f.moved(i)
		p.rows.keep(p.tab.len(), i, p.tab.heading)
	}
}

// take shows a new state of the case; everybody stays on the row where they were.
func (c *caseScreen) take(m *Model, s desk.Situation) {
	c.s = s
	v := c.look(m)
	for _, p := range c.panes {
		at, key := p.rows.cursor, ""
		if i := p.chosen(); i >= 0 && i < p.tab.len() {
			key = p.tab.key(i)
		}
		last := p.rows.n > 0 && at == p.rows.n-1
		p.tab.take(v)
		found := -1
		for i := range p.tab.len() {
			if key != "" && p.tab.key(i) == key {
				found = i
				break
			}
		}
		switch {
		case p.tab == tab(c.timeline) && last: // who reads the end goes on reading the end
			at = p.tab.len() - 1
		case found >= 0:
			at = found
		}
		p.rows.keep(p.tab.len(), at, p.tab.heading)
	}
}

// later is the same case at a later moment.
func (c *caseScreen) later(m *Model, now time.Time) {
	c.s = c.s.At(now)
	v := c.look(m)
	c.playbook.take(v)
}

func (c *caseScreen) look(m *Model) look {
	w := m.words()
	w.view = c.s.Case.Timeline
	if c.s.AsOf != nil {
		w.now = *c.s.AsOf
	}
	return look{t: m.theme, w: w, s: c.s}
}

func (c *caseScreen) pane() *pane  { return c.panes[c.at] }
func (c *caseScreen) place() place { return c.pane().tab.place() }

// show opens a tab.
func (c *caseScreen) show(i int) { c.at = (i + len(c.panes)) % len(c.panes) }

// tabLine is the row of tabs with what they have to say. Where there is no room for
// all of it, what is needed least goes first.
func (c *caseScreen) tabLine(m *Model, width int) string {
	silent := map[tab]bool{}
	for _, next := range []tab{c.panes[evidencePane].tab, c.timeline, c.notices, c.facts, c.playbook, c.duty, nil} {
		line := strings.TrimRight(c.tabsBut(m, silent, " "), " ")
		if next == nil && draw.Width(line) > width {
			line = c.tabsBut(m, silent, "")
		}
		if draw.Width(line) <= width || next == nil {
			return draw.Fit(line, width, m.theme.Marks.Ellipsis)
		}
		silent[next] = true
	}
	return ""
}

func (c *caseScreen) tabsBut(m *Model, silent map[tab]bool, pad string) string {
	v, line := c.look(m), ""
	for i, p := range c.panes {
		name := string(rune('1'+i)) + " " + p.tab.name()
		if told := p.tab.told(v); told != "" && !silent[p.tab] {
			name += " " + told
		}
		style := m.theme.Muted
		if i == c.at {
			style = m.theme.Selection
		}
		line += " " + style.Render(name) + pad
	}
	return line
}

// header is the first line: which case, which playbook, who sits here.
func (c *caseScreen) header(m *Model, width int) string {
	t := m.theme
	left := " " + t.Strong.Render(clean.Line(c.s.Ref)) + " "
	if word := m.badge(); word != "" {
		left += t.Badge.Render(" "+word+" ") + " "
	}
	if word := m.band(); word != "" {
		left += t.Badge.Render(" "+word+" ") + " "
	}
	if c.s.Case.State == incident.Closed {
		left += t.Due.Render("closed") + " "
	}
	right := c.s.Case.Playbook.Key
	if c.s.Run.Playbook != nil {
		right = clean.Line(c.s.Run.Playbook.Title.In(m.o.Lang))
	}
	right = draw.Cut(right, max(width/3, 10), t.Marks.Ellipsis)
	right = t.Muted.Render(right+"  ") + clean.Line(m.o.Actor.Account) + " "
	room := width - draw.Width(left) - draw.Width(right) - 2
	return draw.Between(left+draw.Cut(clean.Line(c.s.Case.Title), room, t.Marks.Ellipsis), right, width, t.Marks.Ellipsis)
}

// drawCase draws the body of a case: the panes of the open tab.
func (m *Model) drawCase(f layout.Frame) ([]string, *tea.Position) {
	c, p := m.open, m.open.pane()
	b := &brush{m: m, v: c.look(m), p: p}
	size := f.Body
	if m.plain {
		p.starts = nil
		return p.text.draw(m.theme, size, p.tab.text(b.v, p.chosen(), size.W)), nil
	}
	switch {
	case f.Mode == layout.Broad:
		return b.broad(size)
	case f.Mode == layout.Wide:
		return b.wide(size)
	case size.H >= 30 || p.tab.stacked() && !p.onText:
		return b.over(size)
	case p.onText:
		return b.text(size)
	}
	return b.list(size)
}

// brush draws the panes of one tab.
type brush struct {
	m *Model
	v look
	p *pane
}

func (b *brush) list(size layout.Size) ([]string, *tea.Position) {
	p, in := b.p, size.Inside()
	if p.tab.len() == 0 { // what there is to do stands in place of the rows
		return draw.Box(b.v.t, p.tab.listTitle(b.v, -1), p.tab.text(b.v, -1, in.W), size.W, size.H, !p.onText), nil
	}
	lines, cursor := p.rows.draw(b.v.t, in, p.tab.heading, func(i int) row { return p.tab.row(b.v, i, in.W) })
	box := draw.Box(b.v.t, p.tab.listTitle(b.v, p.chosen()), lines, size.W, size.H, !p.onText)
	if cursor < 0 || p.onText {
		return box, nil
	}
	return box, &tea.Position{X: 2, Y: cursor + 1}
}

func (b *brush) text(size layout.Size) ([]string, *tea.Position) {
	p, in := b.p, size.Inside()
	all, at := b.lines(in.W)
	if at >= 0 {
		p.text.show(at, in.H)
	}
	lines := p.text.draw(b.v.t, in, all)
	box := draw.Box(b.v.t, p.tab.textTitle(b.v, p.chosen()), lines, size.W, size.H, p.onText)
	if at -= p.text.top; at < 0 || at >= in.H {
		return box, nil
	}
	return box, &tea.Position{X: 2, Y: at + 1}
}

// lines are those of the text, and the line of the chosen stop, -1 for none.
func (b *brush) lines(width int) ([]string, int) {
	p := b.p
	w, walks := p.tab.(walked)
	p.starts = nil
	if !walks || !p.onText {
		return p.tab.text(b.v, p.chosen(), width), -1
	}
	lines, starts := w.walk(b.v, p.chosen(), width, p.stop)
	p.starts = starts
	if p.stop >= len(starts) {
		return lines, -1
	}
	return lines, starts[p.stop]
}

// under moves a position down, or to the right.
func under(at *tea.Position, by tea.Position) *tea.Position {
	if at == nil {
		return nil
	}
	return &tea.Position{X: at.X + by.X, Y: at.Y + by.Y}
}

// either is the one of two positions that there is.
func either(a, b *tea.Position) *tea.Position {
	if a != nil {
		return a
	}
	return b
}

func (b *brush) side(size layout.Size) []string {
	title, lines := b.p.tab.beside(b.v, b.p.chosen(), size.Inside().W)
	return draw.Box(b.v.t, title, lines, size.W, size.H, false)
}

func (b *brush) hasSide() bool {
	title, _ := b.p.tab.beside(b.v, b.p.chosen(), 40)
	return title != ""
}

// over is the list with the text under it.
func (b *brush) over(size layout.Size) ([]string, *tea.Position) {
	share := 60
	if b.p.tab.stacked() { // the text is what one is here for
		share = 40
	}
	upper := max(min(b.p.tab.len()+2, size.H*share/100), 4)
	if _, two := b.p.tab.shares(); two == 0 { // the list keeps its height while it grows
		upper = max(size.H*share/100, 4)
	}
	list, cursor := b.list(layout.Size{W: size.W, H: upper})
	text, stop := b.text(layout.Size{W: size.W, H: size.H - upper})
	return append(list, text...), either(cursor, under(stop, tea.Position{Y: upper}))
}

// wide is list and text beside each other, and under the text the third thing.
func (b *brush) wide(size layout.Size) ([]string, *tea.Position) {
	one, two := b.p.tab.shares()
	if two == 0 {
		return b.over(size)
	}
	w := layout.Columns(size.W, one, two)
	list, cursor := b.list(layout.Size{W: w[0], H: size.H})
	lower := 0
	if size.H >= 28 && b.hasSide() {
		lower = size.H * 2 / 5
	}
	right, stop := b.text(layout.Size{W: w[1], H: size.H - lower})
	if lower > 0 {
		right = append(right, b.side(layout.Size{W: w[1], H: lower})...)
	}
	return draw.Beside(list, right), either(cursor, under(stop, tea.Position{X: w[0]}))
}

// broad is all three beside each other.
func (b *brush) broad(size layout.Size) ([]string, *tea.Position) {
	if !b.hasSide() {
		return b.wide(size)
	}
	one, two := b.p.tab.shares()
	w := layout.Columns(size.W, one, two, 45)
	list, cursor := b.list(layout.Size{W: w[0], H: size.H})
	text, stop := b.text(layout.Size{W: w[1], H: size.H})
	side := b.side(layout.Size{W: w[2], H: size.H})
	return draw.Beside(list, text, side), either(cursor, under(stop, tea.Position{X: w[0]}))
}
