package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"timeglas/internal/clean"
)

// pageWidth is that of the narrowest terminal the text for people is made for.
const pageWidth = 80

// page writes text for people: plain lines of at most 80 columns, without colour.
// Whatever it writes is cleaned line by line, so that no text from outside can move
// the cursor or hide, wherever it stands.
type page struct{ w io.Writer }

// line writes one line as it is.
func (p page) line(format string, args ...any) {
	fmt.Fprintln(p.w, strings.TrimRight(clean.Line(fmt.Sprintf(format, args...)), " "))
}

// gap leaves a line free.
func (p page) gap() { fmt.Fprintln(p.w) }

// heading begins a part of the page.
func (p page) heading(title string) {
	p.gap()
	p.line("%s", strings.ToUpper(title))
}

// text writes a text of any length behind a lead that stands before its first line
// only: the lines below begin under the text.
func (p page) text(lead, text string) {
	p.hang(lead, strings.Repeat(" ", utf8.RuneCountInString(lead)), text)
}

// hang writes a text behind a lead; the lines below the first stand behind the
// indent.
func (p page) hang(lead, indent, text string) {
	for i, line := range wrap(text, pageWidth-utf8.RuneCountInString(lead), pageWidth-utf8.RuneCountInString(indent)) {
		if i == 0 {
			p.line("%s%s", lead, line)
		} else {
			p.line("%s%s", indent, line)
		}
	}
}

// table writes rows in columns as wide as their widest cell; the last column takes
// what is left of the width and goes on below itself.
func (p page) table(indent string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	widths := make([]int, len(rows[0])-1)
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(clean.Line(row[i])))
		}
	}
	for _, row := range rows {
		lead := indent
		for i, width := range widths {
			lead += pad(clean.Line(row[i]), width) + "  "
		}
		p.text(lead, row[len(row)-1])
	}
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-utf8.RuneCountInString(text), 0))
}

// cut shortens a text that has to stay on its line.
func cut(text string, width int) string {
	text = clean.Line(text)
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:max(width-1, 0)]) + "…"
}

// narrowest is the least width that text is broken to, however little is left.
const narrowest = 20

// wrap breaks a text at spaces: its first line has at most first characters, the
// others rest. Line breaks in it stay; a word that is longer than a line is broken.
func wrap(text string, first, rest int) []string {
	first, rest = max(first, narrowest), max(rest, narrowest)
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if len(lines) > 0 {
			first = rest
		}
		lines = append(lines, wrapLine(clean.Line(strings.TrimSuffix(line, "\r")), first, rest)...)
	}
	return lines
}

func wrapLine(text string, first, rest int) []string {
	var lines []string
	width, line := first, ""
	finish := func() {
		lines = append(lines, line)
		line, width = "", rest
	}
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			finish()
		}
		for utf8.RuneCountInString(word) > width {
			runes := []rune(word)
			line, word = string(runes[:width]), string(runes[width:])
			finish()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// page is the standard output for people.
func (a *app) page() page { return page{a.out} }
