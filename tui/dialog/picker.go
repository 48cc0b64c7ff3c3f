package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Item is a line of a picker.
type Item struct {
	Group string // heading under which it stands while nothing is searched for
	Key   string
	Title string
	Does  string
	// Disabled says why it cannot be done now; empty when it can. Such an item
	// stays where it is and cannot be run.
	Disabled string
	Run      func() Outcome
}

// Picker is a list to search in and to choose from.
type Picker struct {
	Heading string
	Items   []Item
	// Fuzzy finds items by letters in order, best first; else by a part of their
	// words, in their order.
	Fuzzy bool

	search *Input
	found  []Item
	at     int
	top    int
	why    string
}

// Pick is a picker with an empty search.
func Pick(heading string, items []Item, fuzzy bool) *Picker {
	p := &Picker{Heading: heading, Items: items, Fuzzy: fuzzy, search: Line("search", "")}
	p.search.Focus()
	p.filter()
	return p
}

// Title is the heading.
func (p *Picker) Title() string { return p.Heading }

// Hints are the keys of a picker.
func (p *Picker) Hints() []Hint {
	return []Hint{{"type", "to search"}, {"↑↓", "move"}, {"enter", "do it"}, {"esc", "back"}}
}

// Update searches, moves, runs or leaves.
func (p *Picker) Update(msg tea.Msg) Outcome {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		if _, paste := msg.(tea.PasteMsg); paste {
			p.search.Update(msg)
			p.filter()
		}
		return Outcome{}
	}
	p.why = ""
	switch key.String() {
	case "esc":
		return Outcome{Close: true}
	case "enter":
		return p.run()
	case "up", "ctrl+p":
		p.move(-1)
	case "down", "ctrl+n", "tab":
		p.move(1)
	case "pgup":
		p.move(-10)
	case "pgdown":
		p.move(10)
	default:
		before := p.search.Value()
		p.search.Update(msg)
		if p.search.Value() != before {
			p.filter()
		}
	}
	return Outcome{}
}

func (p *Picker) move(by int) { p.at = max(min(p.at+by, len(p.found)-1), 0) }

func (p *Picker) run() Outcome {
	if p.at >= len(p.found) {
		return Outcome{}
	}
	item := p.found[p.at]
	if item.Disabled != "" {
		p.why = item.Title + ": " + item.Disabled
		return Outcome{}
	}
	out := Outcome{}
	if item.Run != nil {
		out = item.Run()
	}
	out.Close = true
	return out
}

// filter keeps what fits the search.
func (p *Picker) filter() {
	p.at, p.top = 0, 0
	words := strings.ToLower(p.search.Value())
	if words == "" {
		p.found = p.Items
		return
	}
	type scored struct {
		Item
		score int
	}
	var hits []scored
	for _, item := range p.Items {
		score, ok := score(item, words, p.Fuzzy)
		if ok {
			hits = append(hits, scored{item, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	p.found = nil
	for _, h := range hits {
		p.found = append(p.found, h.Item)
	}
}

// score is lower for a better fit: the title begins so, then it holds the words,
// then the explanation does, then the letters stand in the title in that order.
func score(item Item, words string, fuzzy bool) (int, bool) {
	title, does := strings.ToLower(item.Title), strings.ToLower(item.Does)
	switch {
	case item.Key == words || strings.HasPrefix(title, words):
		return 0, true
	case strings.Contains(title, words):
		return 1, true
	case strings.Contains(does, words) || strings.Contains(strings.ToLower(item.Group), words):
		return 2, true
	case fuzzy && inOrder(title, words):
		return 3, true
	}
	return 0, false
}

// inOrder reports whether the letters stand in the text one after another.
func inOrder(text, letters string) bool {
	for _, r := range strings.ReplaceAll(letters, " ", "") {
		i := strings.IndexRune(text, r)
		if i < 0 {
			return false
		}
		text = text[i+len(string(r)):]
	}
	return true
}

// Draw shows the search and what was found.
func (p *Picker) Draw(t theme.Theme, size layout.Size) Drawn {
	head := p.search.Draw(t, size.W, true)
	room := max(size.H-len(head.Lines)-1, 1)
	rows, at := p.rows(t, size.W)
	from, to := layout.Window(p.top, at, len(rows), room)
	p.top = from
	lines := append(head.Lines, rows[from:to]...)
	switch {
	case p.why != "":
		lines = append(lines, t.Due.Render(draw.Cut(p.why, size.W, t.Marks.Ellipsis)))
	case len(p.found) == 0:
		lines = append(lines, t.Muted.Render("Nothing fits. Take away some letters, or press esc."))
	case to-from < len(rows):
		lines = append(lines, t.Muted.Render(moreText(from, len(rows)-to)))
	}
	return Drawn{Lines: lines, Cursor: head.Cursor}
}

// rows are the found items with the headings of their groups, and the row of the
// chosen one.
func (p *Picker) rows(t theme.Theme, width int) (rows []string, at int) {
	group := ""
	for i, item := range p.found {
		if item.Group != group && p.search.Value() == "" {
			group = item.Group
			rows = append(rows, t.Strong.Render(group))
		}
		if i == p.at {
			at = len(rows)
		}
		rows = append(rows, p.row(t, item, i == p.at, width))
	}
	return rows, at
}

func (p *Picker) row(t theme.Theme, item Item, chosen bool, width int) string {
	mark, title := "  ", item.Title
	if chosen {
		mark, title = t.Marks.Cursor+" ", t.Selection.Render(title)
	}
	does := t.Muted.Render(item.Does)
	if item.Disabled != "" {
		does = t.Due.Render("not now: " + item.Disabled)
	}
	line := mark + t.Accent.Render(draw.Fit(item.Key, 13, t.Marks.Ellipsis)) + " " + draw.Fit(title, 16, t.Marks.Ellipsis) + " " + does
	return draw.Cut(line, width, t.Marks.Ellipsis)
}

// moreText says how much is hidden above and below.
func moreText(above, below int) string {
	switch {
	case above == 0:
		return fmt.Sprintf("%d more below", below)
	case below == 0:
		return fmt.Sprintf("%d more above", above)
	}
	return fmt.Sprintf("%d more above, %d below", above, below)
}
