package format

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"

	"timeglas/incident/notice"
)

// The parts of the file that no document changes: styles, the bullet of lists, and
// what ties them together (ECMA-376).
//
//go:embed docx
var docxParts embed.FS

// docxFiles are the files of the package in order. The list of contents has to be
// the first.
var docxFiles = []struct {
	name, part string // of what stands in docx, else made for the document
	make       func(notice.Document, Options) string
}{
	{name: "[Content_Types].xml", part: "docx/content-types.xml"},
	{name: "_rels/.rels", part: "docx/rels.xml"},
	{name: "docProps/core.xml", make: docxCore},
	{name: "word/_rels/document.xml.rels", part: "docx/document-rels.xml"},
	{name: "word/styles.xml", make: docxStyles},
	{name: "word/numbering.xml", part: "docx/numbering.xml"},
	{name: "word/header1.xml", make: docxHeader},
	{name: "word/footer1.xml", make: docxFooter},
	{name: "word/document.xml", make: docxDocument},
}

// DOCX is the document as a file for word processors. The same document gives the
// same bytes: no time and no name of an account is in them.
func DOCX(d notice.Document, o Options) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, file := range docxFiles {
		var text []byte
		var err error
		if file.make != nil {
			text = []byte(file.make(d, o))
		} else if text, err = docxParts.ReadFile(file.part); err != nil {
			return nil, err
		}
		w, err := z.Create(file.name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(text); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

// docxLanguages are the languages of a text as word processors name them.
var docxLanguages = map[string]string{"da": "da-DK", "en": "en-GB"}

// escaped is text as it stands in XML; characters that XML cannot hold become U+FFFD.
func escaped(text string) string {
	var b strings.Builder
	// A strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

func docxCore(d notice.Document, _ Options) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(d.Title) + `</dc:title><dc:language>` +
		docxLanguages[d.Lang] + `</dc:language></cp:coreProperties>`
}

func docxStyles(d notice.Document, _ Options) string {
	styles, err := docxParts.ReadFile("docx/styles.xml")
	if err != nil { // it is part of the program
		panic(err)
	}
	return strings.ReplaceAll(string(styles), "{lang}", docxLanguages[d.Lang])
}

// docxHeader repeats on every page that it is an exercise.
func docxHeader(d notice.Document, _ Options) string {
	return xmlHead + `<w:hdr ` + wordNS + `>` + paragraph("Mark", false, run(d.Mark, "")) + `</w:hdr>`
}

// docxFooter is the reference and the number of the page.
func docxFooter(d notice.Document, _ Options) string {
	page := `<w:r><w:tab/></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
	return xmlHead + `<w:ftr ` + wordNS + `>` + paragraph("Footer", false, run(d.Ref, "")+page) + `</w:ftr>`
}

func docxDocument(d notice.Document, o Options) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordNS + `><w:body>`)
	b.WriteString(paragraph("Title", false, run(d.Title, "")))
	for _, line := range d.Head {
		b.WriteString(paragraph("Line", false, run(line, "")))
	}
	b.WriteString(paragraph("Line", false, ""))
	for _, p := range partsOf(d) {
		if p.heading != "" {
			b.WriteString(paragraph("Heading1", false, run(p.heading, "")))
		}
		for i, block := range p.blocks {
			style := styleOf[block.form]
			if i+1 < len(p.blocks) && p.blocks[i+1].form == notice.Item {
				style = "Lead" // stays on the page of the list that it begins
			}
			docxBlock(&b, block, style, o)
		}
	}
	right := 1247 // a margin of 22 mm, in twentieths of a point
	if o.Marks != nil {
		right = 2835 // and of 50 mm where marks stand in it
	}
	fmt.Fprintf(&b, `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>`+
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="%d" w:bottom="1134" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`, right)
	b.WriteString(`</w:body></w:document>`)
	return b.String()
}

// styleOf is the style of each form.
var styleOf = map[notice.Form]string{notice.Prose: "Normal", notice.Line: "Line", notice.Item: "ListBullet"}

func docxBlock(b *strings.Builder, block block, style string, o Options) {
	for _, p := range block.paragraphs {
		if margin := o.margin(p); margin != "" {
			b.WriteString(marginFrame(margin))
		}
		var runs strings.Builder
		for i, s := range p.Sentences {
			text := s.Text
			if i > 0 {
				text = " " + text
			}
			if s.Gap {
				runs.WriteString(run(text, `<w:rPr><w:b/><w:highlight w:val="yellow"/></w:rPr>`))
				continue
			}
			runs.WriteString(run(text, ""))
		}
		b.WriteString(paragraph(style, rightToLeft(textOf(p)), runs.String()))
	}
	if block.form == notice.Line { // lines stand close; after them there is air
		b.WriteString(paragraph("Line", false, ""))
	}
}

// marginFrame is a paragraph in a frame that stands in the right margin, level with
// the paragraph that follows it.
func marginFrame(text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="Margin"/><w:framePr w:w="1985" w:hSpace="142" w:wrap="around" w:vAnchor="text" w:hAnchor="page" w:x="9298" w:y="1"/></w:pPr>` +
		run("["+text+"]", "") + `</w:p>`
}

func paragraph(style string, rtl bool, runs string) string {
	direction := ""
	if rtl {
		direction = "<w:bidi/>"
		runs = strings.ReplaceAll(runs, "<w:r><w:t ", "<w:r><w:rPr><w:rtl/></w:rPr><w:t ")
	}
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + direction + `</w:pPr>` + runs + `</w:p>`
}

// run is a piece of text with its properties; no text is no run.
func run(text, properties string) string {
	if text == "" {
		return ""
	}
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}
