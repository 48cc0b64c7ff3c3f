package interchange

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// timesketchColumns are what every row has. The first five are Timesketch's own:
// message, datetime (ISO 8601 with an offset) and timestamp_desc must be there,
// timestamp is in microseconds, tag is a JSON list. The others are ours: Timesketch
// keeps what it does not know, and moment holds what datetime cannot say.
var timesketchColumns = []string{"message", "timestamp", "datetime", "timestamp_desc", "tag", "kind", "author", "source", "moment"}

// timeDescriptions say in Timesketch's list what the one time of a row is.
var timeDescriptions = map[when.Precision]string{
	when.Exact:       "occurred",
	when.Estimated:   "occurred about",
	when.Day:         "occurred on that day, which starts",
	when.Range:       "occurred in a period, which starts",
	when.NoLaterThan: "occurred no later than",
}

// timesketchRow reads a row of Timesketch, or of plaso written for it.
func timesketchRow(r *record, c *clock) (Row, error) {
	text, ok := r.find("message")
	if !ok {
		return Row{}, bad("message is missing")
	}
	at, err := timesketchMoment(r, c)
	if err != nil {
		return Row{}, err
	}
	row := Row{At: at, Text: text, Tags: splitTags(r.take("tag"), ",")}
	row.Kind, row.Author, row.Source = r.take("kind"), r.take("author"), r.take("source")
	// A description that says more than the precision does is kept.
	i := slices.Index(r.names, "timestamp_desc")
	if i >= 0 && r.cells[i] == timeDescriptions[at.Precision] {
		r.taken[i] = true
	}
	row.Extra = r.rest()
	return row, nil
}

// timesketchMoment is what datetime says, or timestamp when there is none, and in our
// own files moment, unless somebody has changed datetime since.
func timesketchMoment(r *record, c *clock) (when.Moment, error) {
	micros, microsErr := strconv.ParseInt(r.take("timestamp"), 10, 64)
	text := r.take("datetime")
	if text == "" && microsErr == nil {
		m := when.At(time.UnixMicro(micros))
		m.From = m.From.UTC()
		return m, m.Validate()
	}
	at, err := c.moment(text)
	if err != nil {
		return when.Moment{}, fmt.Errorf("datetime: %w", err)
	}
	i := slices.Index(r.names, "moment")
	if i < 0 {
		return at, nil
	}
	if m, err := c.written(r.cells[i]); err == nil && m.From.Equal(at.From) {
		r.taken[i] = true
		return m, nil
	}
	return at, nil
}

// timesketchCells are the cells of a row, in the order of the columns.
func timesketchCells(r Row) ([]string, error) {
	tags, err := json.Marshal(append([]string{}, r.Tags...))
	if err != nil {
		return nil, err
	}
	desc := timeDescriptions[r.At.Precision]
	for _, f := range r.Extra {
		if f.Name == "timestamp_desc" {
			desc = f.Value
		}
	}
	return []string{r.Text, strconv.FormatInt(r.At.From.UnixMicro(), 10), r.At.From.Format(isoOffset), desc,
		string(tags), r.Kind, r.Author, r.Source, when.Text(r.At)}, nil
}

// isoOffset is ISO 8601 with an offset in figures, also for UTC.
const isoOffset = "2006-01-02T15:04:05.999999999-07:00"

// timesketchCSV writes rows with the extra columns that were announced.
type timesketchCSV struct {
	out   *csv.Writer
	extra []string
}

func newTimesketchCSV(w io.Writer, extra []string) (Writer, error) {
	for _, name := range extra {
		if slices.Contains(timesketchColumns, name) {
			return nil, fault.New(fault.Usage, "column "+name, "Timesketch's format has one of that name")
		}
	}
	t := timesketchCSV{csv.NewWriter(w), extra}
	return t, t.out.Write(slices.Concat(timesketchColumns, extra))
}

func (t timesketchCSV) Write(r Row) error {
	if !r.At.Known() {
		return ErrNoTime
	}
	cells, err := timesketchCells(r)
	if err != nil {
		return err
	}
	own := len(cells)
	cells = append(cells, make([]string, len(t.extra))...)
	for _, f := range r.Extra {
		switch i := slices.Index(t.extra, f.Name); {
		case i >= 0:
			cells[own+i] = f.Value
		case f.Name != "timestamp_desc":
			return fault.New(fault.Failed, "column "+f.Name, "it was not announced")
		}
	}
	return t.out.Write(cells)
}

func (t timesketchCSV) Flush() error {
	t.out.Flush()
	return t.out.Error()
}

// timesketchJSONL writes rows as objects, each with the extra fields that it has.
type timesketchJSONL struct{ out io.Writer }

func (t timesketchJSONL) Write(r Row) error {
	if !r.At.Known() {
		return ErrNoTime
	}
	cells, err := timesketchCells(r)
	if err != nil {
		return err
	}
	line := []byte{'{'}
	for i, name := range timesketchColumns {
		switch {
		case name == "timestamp" || name == "tag": // a number and a list already
			line = fmt.Appendf(line, `"%s":%s,`, name, cells[i])
		case cells[i] != "" || i < 5:
			line = appendPair(line, name, cells[i])
		}
	}
	for _, f := range r.Extra {
		if f.Name == "timestamp_desc" {
			continue
		}
		if slices.Contains(timesketchColumns, f.Name) {
			return fault.New(fault.Failed, "field "+f.Name, "Timesketch's format has one of that name")
		}
		line = appendPair(line, f.Name, f.Value)
	}
	line[len(line)-1] = '}'
	_, err = t.out.Write(append(line, '\n'))
	return err
}

func (t timesketchJSONL) Flush() error { return nil }

// appendPair appends a name, a text and a comma.
func appendPair(line []byte, name, value string) []byte {
	line = append(appendText(line, name), ':')
	return append(appendText(line, value), ',')
}

// appendText appends a text as JSON has it. U+2028 and U+2029 are escaped, since some
// readers of lines break there.
func appendText(line []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // a string is always written
	return append(line, quoted...)
}
