package register

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// column is one column of the register as a table.
type column struct {
	name string
	cell func(Record) string
}

// columns are the register for a spreadsheet, one row for a breach.
var columns = []column{
	{"ref", func(r Record) string { return r.Ref }},
	{"title", func(r Record) string { return r.Title }},
	{"state", func(r Record) string { return string(r.State) }},
	{"opened", func(r Record) string { return instant(&r.Opened) }},
	{"suspected", func(r Record) string { return r.Suspected.String() }},
	{"aware", func(r Record) string { return r.Aware.String() }},
	{"aware_by", func(r Record) string { return r.AwareBy }},
	{"aware_why", func(r Record) string { return r.AwareWhy }},
	{"deadline", func(r Record) string { return instant(r.Deadline) }},
	{"clock", func(r Record) string { return string(r.Clock) }},
	{"late", func(r Record) string { return strconv.FormatBool(r.Late) }},
	{"facts", func(r Record) string { return r.What }},
	{"effects", func(r Record) string { return r.Effects }},
	{"remedial_action", func(r Record) string { return r.Remedies }},
	{"risk", func(r Record) string { return string(r.Risk) }},
	{"notify_proposed", func(r Record) string { return strconv.FormatBool(r.NotifyProposed) }},
	{"notify_decided", func(r Record) string { return r.NotifyAuthority.Option }},
	{"notify_why", func(r Record) string { return r.NotifyAuthority.Why }},
	{"notify_by", func(r Record) string { return r.NotifyAuthority.By }},
	{"notify_at", func(r Record) string { return instant(r.NotifyAuthority.At) }},
	{"notify_marks", func(r Record) string { return r.NotifyAuthority.marks() }},
	{"communicate_proposed", func(r Record) string { return strconv.FormatBool(r.TellProposed) }},
	{"communicate_decided", func(r Record) string { return r.TellPeople.Option }},
	{"communicate_why", func(r Record) string { return r.TellPeople.Why }},
	{"communicate_by", func(r Record) string { return r.TellPeople.By }},
	{"communicate_at", func(r Record) string { return instant(r.TellPeople.At) }},
	{"communicate_marks", func(r Record) string { return r.TellPeople.marks() }},
	{"communicate_review", func(r Record) string { return r.TellPeople.Review.String() }},
	{"informed", func(r Record) string { return r.Informed }},
	{"filed", func(r Record) string { return filed(r.Filings) }},
	{"closed_why", func(r Record) string { return r.Closed }},
	{"disposed", disposal(func(d Disposal) string { return instant(&d.At) })},
	{"disposed_by", disposal(func(d Disposal) string { return d.By })},
	{"disposed_why", disposal(func(d Disposal) string { return d.Why })},
	{"copies", disposal(func(d Disposal) string { return strings.Join(d.Copies, "; ") })},
}

// disposal is a cell that is empty while the case is there.
func disposal(cell func(Disposal) string) func(Record) string {
	return func(r Record) string {
		if r.Disposal == nil {
			return ""
		}
		return cell(*r.Disposal)
	}
}

func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func filed(all []Filing) string {
	texts := make([]string, len(all))
	for i, f := range all {
		texts[i] = fmt.Sprintf("%s (%s) %s by %s, %s", f.To, f.Phase, &f.Sent, f.Channel, f.By)
		if f.Number != "" {
			texts[i] += ", no. " + f.Number
		}
	}
	return strings.Join(texts, "; ")
}

// WriteCSV writes the register for a spreadsheet: a header, then a row for each
// record. A cell that a spreadsheet would run as a formula gets a leading
// apostrophe.
func WriteCSV(w io.Writer, records []Record) error {
	out := csv.NewWriter(w)
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, r := range records {
		for i, c := range columns {
			row[i] = safeCell(c.cell(r))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// safeCell keeps a spreadsheet from reading a cell as a formula. An apostrophe is
// doubled by the same rule, so that it can be taken off again.
func safeCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@'\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// WriteJSON writes the register as one JSON array.
func WriteJSON(w io.Writer, records []Record) error {
	if records == nil {
		records = []Record{}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(records)
}

// WriteMarkdown writes the register to be read: a section for each record.
func WriteMarkdown(w io.Writer, records []Record) error {
	var b strings.Builder
	b.WriteString("# Register of personal data breaches, GDPR 33(5)\n")
	if len(records) == 0 {
		b.WriteString("\nNo breach is recorded.\n")
	}
	for _, r := range records {
		fmt.Fprintf(&b, "\n## %s: %s\n\n", escape(r.Ref), escape(r.Title))
		for _, c := range columns[2:] {
			if text := c.cell(r); text != "" {
				fmt.Fprintf(&b, "- **%s**: %s\n", strings.ReplaceAll(c.name, "_", " "), escape(text))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// escape keeps typed text on one line and from being read as Markdown.
func escape(text string) string {
	return marks.Replace(strings.Join(strings.Fields(text), " "))
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`)
