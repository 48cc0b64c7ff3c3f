package interchange

import (
	"fmt"
	"strings"
	"time"

	"timeglas/internal/when"
)

// ownRow reads an entry of our own files. What an entry is beside its text and time
// (its id, its hash, what it corrects) comes along as extra fields.
func ownRow(r *record, c *clock) (Row, error) {
	text, ok := r.find("text")
	if !ok {
		return Row{}, bad("text is missing")
	}
	at, err := ownMoment(c, r.take("at"), r.take("to"), when.Precision(r.take("precision")))
	if err != nil {
		return Row{}, err
	}
	row := Row{At: at, Text: text, Kind: r.take("kind"), Author: r.take("author"), Source: r.take("source"), Tags: splitTags(r.take("tags"), " ")}
	row.Extra = r.rest()
	return row, nil
}

// ownCells is ownRow for cells that were made safe for spreadsheets.
func ownCells(r *record, c *clock) (Row, error) {
	for i, cell := range r.cells {
		r.cells[i] = asMeant(cell)
	}
	return ownRow(r, c)
}

// asMeant takes off the apostrophe that keeps a spreadsheet from reading a cell as a
// formula.
func asMeant(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@'\t\r", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// ownMoment is the moment of which at, to and precision are the extent.
func ownMoment(c *clock, at, to string, precision when.Precision) (when.Moment, error) {
	if precision == when.Unknown && at == "" && to == "" {
		return when.Never(), nil
	}
	m, err := c.moment(at)
	if err != nil {
		return when.Moment{}, fmt.Errorf("at: %w", err)
	}
	if to != "" {
		end, err := c.end(to)
		if err != nil {
			return when.Moment{}, fmt.Errorf("to: %w", err)
		}
		if m.To = end; precision == "" {
			precision = when.Range
		}
	}
	if precision == "" {
		return m, nil // a day, when that is what at says
	}
	if m, err = known(m, precision); err != nil {
		return when.Moment{}, err
	}
	if err := m.Validate(); err != nil {
		return when.Moment{}, fmt.Errorf("at: %w", err)
	}
	return m, nil
}

// known is the moment between two ends with a precision of its own.
func known(m when.Moment, precision when.Precision) (when.Moment, error) {
	twoEnds := !m.To.IsZero()
	switch {
	case precision == when.Exact && !twoEnds:
		return when.At(m.From), nil
	case precision == when.NoLaterThan && !twoEnds:
		return when.Before(m.From), nil
	case precision == when.Range && twoEnds:
		return when.Between(m.From, m.To), nil
	case precision == when.Day && twoEnds:
		return when.Moment{Precision: when.Day, From: m.From, To: m.To}, nil
	case precision == when.Estimated && twoEnds:
		margin := m.To.Sub(m.From) / 2
		return when.Around(m.From.Add(margin), margin), nil
	}
	return when.Moment{}, bad("precision: there is none of that name, or it does not go with at and to")
}

// end is the end of a range. It tells nothing of the order of the rows.
func (c *clock) end(text string) (time.Time, error) {
	s, err := parseStamp(text)
	if err != nil {
		return time.Time{}, err
	}
	if s.day {
		m, err := c.resolve(s, c.zone)
		return m.To, err
	}
	if !s.hasOffset && c.zone != nil {
		if readings := when.Readings(s.wall, c.zone); len(readings) > 1 {
			return readings[len(readings)-1], nil
		}
	}
	return c.instant(s, c.zone)
}
