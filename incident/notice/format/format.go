// Package format prints a notice for paper and for word processors: HTML that needs
// no other file, and DOCX. Both carry the text as it was composed; on request the
// numbers of the entries that it rests on stand in the margin.
//
// What does not belong here: what a text says (notice), its plain forms (there too),
// and writing files (cmd).
package format

import (
	"strings"
	"unicode"

	"timeglas/incident/notice"
)

// Options say how a document is printed.
type Options struct {
	// Marks gives the mark of an entry by its id, "12" for the twelfth; without it
	// there are no marks in the margin.
	Marks func(entry string) string
}

// part is a section as it is laid out: its heading, empty for what stands before the
// first, and its blocks.
type part struct {
	heading string
	blocks  []block
}

// block is one paragraph, or several of a form that belong together: the items of a
// list, the lines of an address.
type block struct {
	form       notice.Form
	paragraphs []notice.Paragraph
}

func partsOf(d notice.Document) []part {
	parts := []part{{"", blocksOf(d.Preface.Paragraphs)}}
	for _, s := range d.Sections {
		parts = append(parts, part{d.HeadingOf(s), blocksOf(s.Paragraphs)})
	}
	return parts
}

func blocksOf(paragraphs []notice.Paragraph) []block {
	var blocks []block
	for _, p := range paragraphs {
		last := len(blocks) - 1
		if last >= 0 && p.Form != notice.Prose && blocks[last].form == p.Form {
			blocks[last].paragraphs = append(blocks[last].paragraphs, p)
			continue
		}
		blocks = append(blocks, block{p.Form, []notice.Paragraph{p}})
	}
	return blocks
}

// margin is what stands beside a paragraph: the marks of each sentence's entries,
// with a point between sentences and nothing twice in a row.
func (o Options) margin(p notice.Paragraph) string {
	if o.Marks == nil {
		return ""
	}
	var groups []string
	for _, s := range p.Sentences {
		var marks []string
		for _, id := range s.Entries {
			marks = append(marks, o.Marks(id))
		}
		group := strings.Join(marks, ", ")
		if group != "" && (len(groups) == 0 || groups[len(groups)-1] != group) {
			groups = append(groups, group)
		}
	}
	return strings.Join(groups, " · ")
}

// rightToLeft reports whether the text begins in a script that is written from the
// right: the first letter with a direction decides, as in the Unicode algorithm.
func rightToLeft(text string) bool {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return true
		case unicode.IsLetter(r):
			return false
		}
	}
	return false
}

func textOf(p notice.Paragraph) string {
	texts := make([]string, len(p.Sentences))
	for i, s := range p.Sentences {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}
