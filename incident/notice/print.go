package notice

import (
	"fmt"
	"strings"
)

// Text is the document as plain text, to be pasted point by point: a paragraph is
// one line, since web forms break lines themselves.
func (d Document) Text() string {
	var b strings.Builder
	if d.Mark != "" {
		fmt.Fprintf(&b, "%s\n\n", d.Mark)
	}
	fmt.Fprintf(&b, "%s\n", strings.ToUpper(d.Title))
	for _, line := range d.Head {
		fmt.Fprintf(&b, "%s\n", line)
	}
	for _, s := range d.parts() {
		if s.Heading != "" {
			fmt.Fprintf(&b, "\n%s\n", d.HeadingOf(s))
		}
		fmt.Fprintf(&b, "\n%s\n", s.Text())
	}
	return b.String()
}

// HeadingOf is the heading of one of the document's sections as it is printed.
func (d Document) HeadingOf(s Section) string {
	if !d.Numbered {
		return s.Heading
	}
	return fmt.Sprintf("%d. %s", s.No, s.Heading)
}

// Text is the section without its heading, as it is pasted into a form.
func (s Section) Text() string { return s.print(plain) }

// Markdown is the document as Markdown. What people typed is escaped, so it can
// make no heading, link or image.
func (d Document) Markdown() string {
	var b strings.Builder
	if d.Mark != "" {
		fmt.Fprintf(&b, "> **%s**\n\n", escape(d.Mark))
	}
	fmt.Fprintf(&b, "# %s\n\n", escape(d.Title))
	for _, line := range d.Head {
		fmt.Fprintf(&b, "- %s\n", escape(line))
	}
	for _, s := range d.parts() {
		if s.Heading != "" {
			fmt.Fprintf(&b, "\n## %s\n", markdownMarks.Replace(d.HeadingOf(s)))
		}
		fmt.Fprintf(&b, "\n%s\n", s.print(markdown))
	}
	return b.String()
}

// style is how a format writes sentences and the beginning of each form.
type style struct {
	start    map[Form]string
	sentence func(Sentence) string
}

var (
	plain = style{
		start:    map[Form]string{Item: "- "},
		sentence: func(s Sentence) string { return s.Text },
	}
	markdown = style{
		start: map[Form]string{Item: "- ", Line: "- "},
		sentence: func(s Sentence) string {
			if s.Gap {
				return "**" + escape(s.Text) + "**"
			}
			return escape(s.Text)
		},
	}
)

func (s Section) print(as style) string {
	var b strings.Builder
	for i, p := range s.Paragraphs {
		if i > 0 {
			b.WriteString("\n")
			if p.Form == Prose || p.Form != s.Paragraphs[i-1].Form {
				b.WriteString("\n")
			}
		}
		b.WriteString(as.start[p.Form])
		for j, sentence := range p.Sentences {
			if j > 0 {
				b.WriteString(" ")
			}
			b.WriteString(as.sentence(sentence))
		}
	}
	return b.String()
}

// markdownMarks are the characters that mean something to Markdown inside a line.
var markdownMarks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`)

// escape keeps a typed line from being read as Markdown. A line that begins like a
// list or a numbered point keeps its look.
func escape(text string) string {
	text = markdownMarks.Replace(text)
	switch {
	case strings.HasPrefix(text, "- "), strings.HasPrefix(text, "+ "), strings.HasPrefix(text, "="):
		return `\` + text
	}
	digits := strings.TrimLeft(text, "0123456789")
	if n := len(text) - len(digits); n > 0 && (strings.HasPrefix(digits, ".") || strings.HasPrefix(digits, ")")) {
		return text[:n] + `\` + digits
	}
	return text
}
