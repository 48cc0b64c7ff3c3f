package interchange

import (
	"errors"
	"fmt"
	"strings"

	"timeglas/internal/when"
)

// l2tColumns are the 17 of l2tcsv. Source: plaso, docs/sources/user/Output-format-l2tcsv.md.
var l2tColumns = []string{"date", "time", "timezone", "MACB", "source", "sourcetype", "type", "user", "host",
	"short", "desc", "version", "filename", "inode", "notes", "format", "extra"}

// l2tRow reads a row of plaso. Its date is MM/DD/YYYY, its zone stands in a column of
// its own, and an event without a time has zeros and dashes.
func l2tRow(r *record, c *clock) (Row, error) {
	at, err := l2tMoment(c, r.take("date"), r.take("time"), r.take("timezone"))
	if err != nil {
		return Row{}, fmt.Errorf("date: %w", err)
	}
	for i, cell := range r.cells {
		if cell == "-" { // what plaso writes for nothing
			r.cells[i] = ""
		}
	}
	row := Row{At: at, Text: r.take("desc"), Source: r.take("sourcetype")}
	short := r.take("short")
	if row.Text == "" {
		row.Text = short
	}
	if row.Source == "" {
		row.Source = r.take("source")
	}
	row.Extra = r.rest()
	if trimmed := strings.TrimSuffix(short, "..."); !strings.HasPrefix(row.Text, trimmed) {
		row.Extra = append(row.Extra, Field{"short", short}) // it says something else
	}
	return row, nil
}

func l2tMoment(c *clock, date, clockTime, zone string) (when.Moment, error) {
	if date == "00/00/0000" || date == "-" {
		return when.Never(), nil
	}
	if len(date) > 10 && strings.Count(date, "/") == 2 {
		return when.Moment{}, errYear
	}
	if len(date) != 10 || date[2] != '/' || date[5] != '/' {
		return when.Moment{}, errL2T
	}
	s, err := parseStamp(date[6:] + "-" + date[:2] + "-" + date[3:5] + "T" + clockTime)
	if errors.Is(err, errTime) || err == nil && s.hasOffset {
		return when.Moment{}, errL2T
	}
	if err != nil {
		return when.Moment{}, err
	}
	in, err := c.zoneNamed(zone)
	if err != nil {
		return when.Moment{}, err
	}
	return c.resolve(s, in)
}

var errL2T = errors.New("it cannot be read with time: write them as MM/DD/YYYY and 14:05:00")
