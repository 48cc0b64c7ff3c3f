package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/dialog"
	"timeglas/tui/draw"
	"timeglas/tui/theme"
)

// showNewsPage says what is new since who sits here last wrote in the case.
func (m *Model) showNewsPage() tea.Cmd {
	s := m.open.s
	return m.showPage(s.News(s.SeenBy(m.o.Actor.Account), m.o.Lang, m.o.Zone), "news")
}

// showHandover is the page for whoever takes over.
func (m *Model) showHandover() tea.Cmd {
	s := m.open.s
	return m.showPage(s.Handover(s.SeenBy(m.o.Actor.Account), m.o.Lang, m.o.Zone), "handover")
}

// showPage opens a page to be read, copied or written to a file.
func (m *Model) showPage(p desk.Page, name string) tea.Cmd {
	text := pageText(p)
	r := &dialog.Reader{Heading: clean.Line(p.Title), Lines: func(t theme.Theme, width int) []string { return pageLines(p, t, width) }}
	r.Take = append(r.Take, dialog.Answer{Key: "y", Text: "copy", Then: func() dialog.Outcome {
		m.say(toneGood, "handed to the terminal's clipboard")
		return dialog.Outcome{Cmd: tea.SetClipboard(text)}
	}})
	if m.o.SaveNotice != nil {
		file := m.open.s.Ref + "-" + name + ".txt"
		r.Take = append(r.Take, dialog.Answer{Key: "w", Text: "write file", Then: func() dialog.Outcome {
			return dialog.Outcome{Cmd: func() tea.Msg {
				path, err := m.o.SaveNotice(file, text)
				return noticeSaved{path, err}
			}}
		}})
	}
	return m.push(r)
}

func pageLines(p desk.Page, t theme.Theme, width int) []string {
	var lines []string
	for _, head := range p.Head {
		lines = append(lines, draw.Wrap(clean.Line(head), width)...)
	}
	for _, part := range p.Parts {
		lines = append(lines, "", t.Strong.Render(draw.Cut(clean.Line(part.Heading), width, t.Marks.Ellipsis)))
		for _, point := range part.Points {
			lines = append(lines, draw.Hang("-", clean.Block(point), 2, width)...)
		}
	}
	return lines
}

// pageText is the page as plain text, to be taken away.
func pageText(p desk.Page) string {
	var b strings.Builder
	b.WriteString(clean.Line(p.Title) + "\n")
	for _, head := range p.Head {
		b.WriteString(clean.Line(head) + "\n")
	}
	for _, part := range p.Parts {
		b.WriteString("\n" + clean.Line(part.Heading) + "\n")
		for _, point := range part.Points {
			b.WriteString("- " + clean.Line(point) + "\n")
		}
	}
	return b.String()
}
