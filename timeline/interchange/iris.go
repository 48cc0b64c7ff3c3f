package interchange

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"timeglas/internal/when"
)

// irisColumns are the ten that DFIR-IRIS imports; all must be there.
var irisColumns = []string{"event_date", "event_tz", "event_title", "event_category", "event_content",
	"event_raw", "event_source", "event_assets", "event_iocs", "event_tags"}

const (
	irisExported = "event_date(UTC)"            // the column that only its export has
	irisDate     = "2006-01-02T15:04:05.000000" // without the offset, which is in event_tz
	irisCategory = "Unspecified"                // any that a server does not know makes it refuse the whole file
	irisTitle    = 120                          // characters of a title, so that its list can be read
)

// irisBreaks are the signs at which DFIR-IRIS breaks a file into lines, and so loses
// them in a cell.
var irisBreaks = strings.NewReplacer("\r\n", " / ", "\n", " / ", "\r", " / ", "\v", " / ", "\f", " / ", "\x1c", " / ",
	"\x1d", " / ", "\x1e", " / ", "\u0085", " / ", "\u2028", " / ", "\u2029", " / ")

// irisRaw is a row in event_raw, so that our own file is read again without a loss:
// the other columns have no place for precision, nanoseconds and line breaks.
type irisRaw struct {
	Timeglas int      `json:"timeglas"` // 1, the version of this form
	Moment   string   `json:"moment"`
	Text     string   `json:"text"`
	Kind     string   `json:"kind,omitempty"`
	Author   string   `json:"author,omitempty"`
	Source   string   `json:"source,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	Extra    []Field  `json:"extra,omitempty"`
}

const irisRawVersion = 1

// irisCells are the cells of a row, in the order of the columns. Assets and
// indicators stay empty, since unknown ones make the server refuse the file.
func irisCells(r Row) ([]string, error) {
	raw, err := json.Marshal(irisRaw{irisRawVersion, when.Text(r.At), r.Text, r.Kind, r.Author, r.Source, r.Tags, r.Extra})
	if err != nil {
		return nil, err
	}
	tags := make([]string, len(r.Tags))
	for i, tag := range r.Tags {
		tags[i] = strings.ReplaceAll(irisBreaks.Replace(tag), "|", "/")
	}
	return []string{
		r.At.From.Format(irisDate), r.At.From.Format("-07:00"), irisHeadline(r), irisCategory, irisContent(r),
		strings.ReplaceAll(string(raw), "\u0085", `\u0085`), irisBreaks.Replace(r.Source), "", "", strings.Join(tags, "|"),
	}, nil
}

// irisHeadline is the first line of a text, or what there is instead.
func irisHeadline(r Row) string {
	flat := irisBreaks.Replace(strings.TrimSpace(r.Text))
	first, _, _ := strings.Cut(flat, " / ")
	if runes := []rune(first); len(runes) > irisTitle {
		return string(runes[:irisTitle]) + "…"
	}
	if first == "" {
		return "(" + irisBreaks.Replace(cmp.Or(r.Kind, "no text")) + ")"
	}
	return first
}

// irisContent is the text with what has no column: how well the time is known, who
// wrote it, and the source, whose own column DFIR-IRIS overwrites.
func irisContent(r Row) string {
	about := []Field{{"time", ""}, {"source", r.Source}, {"by", r.Author}, {"kind", r.Kind}}
	if r.At.Precision != when.Exact {
		about[0].Value = when.Text(r.At)
	}
	var parts []string
	for _, f := range append(about, r.Extra...) {
		if f.Value != "" {
			parts = append(parts, f.Name+": "+f.Value)
		}
	}
	text := r.Text
	if len(parts) > 0 {
		text += " [" + strings.Join(parts, "; ") + "]"
	}
	return irisBreaks.Replace(text)
}

type irisWriter struct{ out *csv.Writer }

func newIRIS(w io.Writer) (Writer, error) {
	i := irisWriter{csv.NewWriter(w)}
	return i, i.out.Write(irisColumns)
}

func (i irisWriter) Write(r Row) error {
	if !r.At.Known() {
		return ErrNoTime
	}
	cells, err := irisCells(r)
	if err != nil {
		return err
	}
	return i.out.Write(cells)
}

func (i irisWriter) Flush() error {
	i.out.Flush()
	return i.out.Error()
}

// irisImportRow reads a row in the layout that DFIR-IRIS imports.
func irisImportRow(r *record, c *clock) (Row, error) {
	if row, ok := irisOwn(r, c); ok {
		c.note(row.At.From)
		return row, nil
	}
	at, err := c.momentWith(r.take("event_date"), r.take("event_tz"))
	if err != nil {
		return Row{}, fmt.Errorf("event_date: %w", err)
	}
	return irisRow(r, at, r.take("event_content"), "|"), nil
}

// irisOwn is the row that event_raw holds, as long as the other columns still say
// what they said when it was written.
func irisOwn(r *record, c *clock) (Row, bool) {
	i := slices.Index(r.names, "event_raw")
	if i < 0 || !strings.HasPrefix(r.cells[i], `{"timeglas":`) {
		return Row{}, false
	}
	var raw irisRaw
	if err := json.Unmarshal([]byte(r.cells[i]), &raw); err != nil || raw.Timeglas != irisRawVersion {
		return Row{}, false
	}
	at, err := c.written(raw.Moment)
	if err != nil {
		return Row{}, false
	}
	row := Row{At: at, Text: raw.Text, Kind: raw.Kind, Author: raw.Author, Source: raw.Source, Tags: raw.Tags, Extra: raw.Extra}
	cells, err := irisCells(row)
	for j, column := range irisColumns {
		if k := slices.Index(r.names, column); err != nil || k < 0 || r.cells[k] != cells[j] {
			return Row{}, false
		}
		r.taken[slices.Index(r.names, column)] = true
	}
	row.Extra = append(row.Extra, r.rest()...) // columns behind the ten
	return row, true
}

// irisExportRow reads a row in the layout that DFIR-IRIS exports.
func irisExportRow(r *record, c *clock) (Row, error) {
	at, err := c.momentIn(r.take(irisExported), r.take("event_tz"))
	if err != nil {
		return Row{}, fmt.Errorf("%s: %w", irisExported, err)
	}
	r.take("event_date_wtz") // the same time again
	return irisRow(r, at, r.take("event_description"), ",|"), nil
}

// irisRow is what both layouts have in common.
func irisRow(r *record, at when.Moment, content, between string) Row {
	title := r.take("event_title")
	row := Row{At: at, Text: title, Author: r.take("created_by"), Source: r.take("event_source"), Tags: splitTags(r.take("event_tags"), between)}
	switch {
	case strings.HasPrefix(content, strings.TrimSuffix(title, "…")):
		row.Text = content
	case content != "":
		row.Text = title + "\n" + content
	}
	if i := slices.Index(r.names, "event_category"); i >= 0 && r.cells[i] == irisCategory {
		r.taken[i] = true
	}
	row.Extra = r.rest()
	return row
}

var errZone = errors.New("event_tz cannot be read: write it as +01:00")

// momentWith reads a time whose offset stands beside it.
func (c *clock) momentWith(text, offset string) (when.Moment, error) {
	s, err := parseStamp(text)
	if err != nil || s.hasOffset || offset == "" {
		return c.moment(text)
	}
	if s.offset, s.hasOffset, err = parseOffset(offset); err != nil {
		return when.Moment{}, err
	}
	s.day = false // with an offset a date is its midnight
	return c.resolve(s, nil)
}

// momentIn reads a time of UTC that is shown with another offset.
func (c *clock) momentIn(text, offset string) (when.Moment, error) {
	m, err := c.momentWith(text, "Z")
	if err != nil || offset == "" {
		return m, err
	}
	seconds, _, err := parseOffset(offset)
	if err != nil {
		return when.Moment{}, err
	}
	m = when.At(m.From.In(c.at(seconds)))
	return m, m.Validate()
}

func parseOffset(text string) (seconds int, ok bool, err error) {
	s := scan{rest: strings.TrimSpace(text)}
	seconds, ok = s.offset()
	if !ok || s.failed || s.rest != "" {
		return 0, false, errZone
	}
	return seconds, true, nil
}
