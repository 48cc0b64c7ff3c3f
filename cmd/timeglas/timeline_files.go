package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// csvColumns are the timeline for a spreadsheet; the first row names them. Times are
// RFC 3339 with the offset that was typed.
var csvColumns = []struct {
	name string
	cell func(timeline.Line) string
}{
	{"id", func(l timeline.Line) string { return l.ID }},
	{"seq", func(l timeline.Line) string { return strconv.FormatInt(l.Seq, 10) }},
	{"at", func(l timeline.Line) string { return csvTime(l.Occurred.Extent().At.Time) }},
	{"to", func(l timeline.Line) string { return csvTime(l.Occurred.Extent().To.Time) }},
	{"precision", func(l timeline.Line) string { return string(l.Occurred.Extent().Precision) }},
	{"recorded", func(l timeline.Line) string { return csvTime(l.Recorded.UTC()) }},
	{"author", func(l timeline.Line) string { return l.Author }},
	{"kind", func(l timeline.Line) string { return string(l.Kind) }},
	{"text", func(l timeline.Line) string { return l.Text }},
	{"tags", func(l timeline.Line) string { return strings.Join(l.Tags, " ") }},
	{"pinned", func(l timeline.Line) string { return strconv.FormatBool(l.Pinned) }},
	{"target", func(l timeline.Line) string { return l.Target }},
	{"corrects", func(l timeline.Line) string {
		if l.Kind == timeline.KindCorrection {
			return l.Target
		}
		return ""
	}},
	{"retracted", func(l timeline.Line) string { return strconv.FormatBool(l.RetractedBy != 0) }},
	{"redacted", func(l timeline.Line) string { return strconv.FormatBool(l.Redacted) }},
	{"source", func(timeline.Line) string { return "" }},
	{"evidence", incident.EvidenceOf},
	{"batch", func(timeline.Line) string { return "" }},
	{"hash", func(l timeline.Line) string { return l.Hash.String() }},
}

func csvTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// writeTimelineCSV writes the timeline for a spreadsheet. In a file texts are as they
// were saved; on a terminal nothing in them is obeyed.
func (a *app) writeTimelineCSV(s shown) error {
	var b strings.Builder
	out := csv.NewWriter(&b)
	row := make([]string, len(csvColumns))
	for i, c := range csvColumns {
		row[i] = c.name
	}
	errs := []error{out.Write(row)}
	for _, l := range s.lines {
		for i, c := range csvColumns {
			row[i] = safeCell(c.cell(l))
		}
		errs = append(errs, out.Write(row))
	}
	out.Flush()
	if err := errors.Join(append(errs, out.Error())...); err != nil {
		return fault.Wrap(fault.Failed, err, "timeline", "it cannot be written")
	}
	text := b.String()
	if a.shown {
		text = clean.Block(text)
	}
	_, err := io.WriteString(a.out, text)
	return err
}

// safeCell keeps a spreadsheet from reading a cell as a formula. An apostrophe is
// doubled by the same rule, so that it can be taken off again.
func safeCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@'\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// writeTimelineMarkdown writes the timeline to be read, a list of entries.
func (a *app) writeTimelineMarkdown(s shown) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", markdown(s.Ref+": "+s.Case.Title))
	for _, head := range s.heads() {
		fmt.Fprintf(&b, "**%s**\n\n", markdown(head))
	}
	fmt.Fprintf(&b, "%s\n\n", markdown(s.caption()))
	for _, l := range s.lines {
		text := entryText(l, s.Case, s.lang, s.zone) + entryMarks(l)
		fmt.Fprintf(&b, "- **\\#%d** %s, %s: %s\n", l.Seq, markdown(l.Occurred.Show(s.zone)), markdown(l.Author),
			strings.ReplaceAll(markdown(text), "\n", "  \n  "))
	}
	_, err := io.WriteString(a.out, b.String())
	return err
}

// caption says when and in which zone the timeline was written out.
func (s shown) caption() string {
	return fmt.Sprintf("%d entries; written %s; times in %s", len(s.lines), dayAndTime(s.Now, s.zone), s.zone)
}

// markdown keeps typed text from being read as Markdown or as HTML, and what would
// be obeyed or hidden in it visible.
func markdown(text string) string { return markdownMarks.Replace(clean.Block(text)) }

var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`)

// htmlPage is the timeline as one page that needs nothing else: no script, no font,
// no address outside of it.
var htmlPage = template.Must(template.New("timeline").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<style>
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #111; background: #fff }
h1 { font-size: 1.4em }
.band { border: 2px solid #111; padding: .4em .8em; font-weight: bold }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25em .6em; border-bottom: 1px solid #bbb }
th { border-bottom: 2px solid #111 }
td.text { white-space: pre-wrap; overflow-wrap: anywhere }
td.time, td.no { white-space: nowrap; font-variant-numeric: tabular-nums }
tr.retracted td.text { text-decoration: line-through }
thead { display: table-header-group }
tr { break-inside: avoid }
@media print { body { margin: 0; max-width: none; font-size: 9pt } }
</style>
</head>
<body>
<h1>{{.Title}}</h1>
{{range .Heads}}<p class="band">{{.}}</p>
{{end}}<p>{{.Caption}}</p>
<table>
<thead><tr><th>No.</th><th>Happened</th><th>Written</th><th>By</th><th>Entry</th></tr></thead>
<tbody>
{{range .Rows}}<tr{{if .Retracted}} class="retracted"{{end}} id="e{{.Seq}}"><td class="no">{{.Seq}}</td><td class="time">{{.Happened}}</td><td class="time">{{.Written}}</td><td>{{.By}}</td><td class="text">{{.Text}}</td></tr>
{{end}}</tbody>
</table>
</body>
</html>
`))

type htmlRow struct {
	Seq                         int64
	Happened, Written, By, Text string
	Retracted                   bool
}

func (a *app) writeTimelineHTML(s shown) error {
	page := struct {
		Lang, Title, Caption string
		Heads                []string
		Rows                 []htmlRow
	}{"en", clean.Line(s.Ref + ": " + s.Case.Title), clean.Line(s.caption()), nil, nil}
	for _, head := range s.heads() {
		page.Heads = append(page.Heads, clean.Line(head))
	}
	for _, l := range s.lines {
		page.Rows = append(page.Rows, htmlRow{
			Seq: l.Seq, Happened: l.Occurred.Show(s.zone), Written: dateAndTime(l.Recorded, s.zone), By: clean.Line(l.Author),
			Text: clean.Block(entryText(l, s.Case, s.lang, s.zone) + entryMarks(l)), Retracted: l.RetractedBy != 0,
		})
	}
	return htmlPage.Execute(a.out, page)
}
