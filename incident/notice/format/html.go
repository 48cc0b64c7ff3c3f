package format

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"timeglas/incident/notice"
)

//go:embed print.css
var printCSS string

// HTML is the document as one page that needs no other file and runs no script. All
// text is escaped, so what people typed makes no markup.
func HTML(d notice.Document, o Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", html.EscapeString(d.Lang))
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	b.WriteString("<meta name=\"robots\" content=\"noindex\">\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<style>\n%s</style>\n</head>\n", html.EscapeString(d.Title), printCSS)
	if o.Marks != nil {
		b.WriteString("<body class=\"marked\">\n")
	} else {
		b.WriteString("<body>\n")
	}
	b.WriteString("<main>\n")
	if d.Mark != "" {
		fmt.Fprintf(&b, "<p class=\"mark\">%s</p>\n", html.EscapeString(d.Mark))
	}
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p class=\"head\">", html.EscapeString(d.Title))
	for i, line := range d.Head {
		if i > 0 {
			b.WriteString("<br>\n")
		}
		b.WriteString(html.EscapeString(line))
	}
	b.WriteString("</p>\n")
	for i, p := range partsOf(d) {
		writePart(&b, i, p, o)
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.String()
}

func writePart(b *strings.Builder, no int, p part, o Options) {
	if p.heading != "" {
		fmt.Fprintf(b, "<section aria-labelledby=\"s%d\">\n<h2 id=\"s%d\">%s</h2>\n", no, no, html.EscapeString(p.heading))
	}
	for _, block := range p.blocks {
		writeBlock(b, block, o)
	}
	if p.heading != "" {
		b.WriteString("</section>\n")
	}
}

// tags are how each form begins and ends, and its paragraphs.
var tags = map[notice.Form]struct{ begin, end, each, done string }{
	notice.Prose: {"", "", "<p%s>", "</p>\n"},
	notice.Line:  {"<div class=\"lines\">\n", "</div>\n", "<p%s>", "</p>\n"},
	notice.Item:  {"<ul>\n", "</ul>\n", "<li%s>", "</li>\n"},
}

func writeBlock(b *strings.Builder, block block, o Options) {
	tag := tags[block.form]
	b.WriteString(tag.begin)
	for _, p := range block.paragraphs {
		direction := ""
		if rightToLeft(textOf(p)) {
			direction = ` dir="rtl"`
		}
		fmt.Fprintf(b, tag.each, direction)
		if margin := o.margin(p); margin != "" {
			fmt.Fprintf(b, "<small class=\"margin\">[%s]</small> ", html.EscapeString(margin))
		}
		for i, s := range p.Sentences {
			if i > 0 {
				b.WriteString(" ")
			}
			writeSentence(b, s)
		}
		b.WriteString(tag.done)
	}
	b.WriteString(tag.end)
}

func writeSentence(b *strings.Builder, s notice.Sentence) {
	if s.Gap {
		fmt.Fprintf(b, "<strong class=\"gap\">%s</strong>", html.EscapeString(s.Text))
		return
	}
	b.WriteString(html.EscapeString(s.Text))
}
