package interchange

import (
	"fmt"
	"strings"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// Mapping names the column of a CSV in which each field of a row is; the fields are
// those of [MappedFields]. Columns without a field come along as extra fields.
type Mapping map[string]string

// MappedFields are the fields that a column can be mapped to; at and text must be.
func MappedFields() []string { return []string{"at", "to", "text", "kind", "author", "source", "tags"} }

// ParseMapping reads "FIELD=COLUMN" words. Fault: Usage.
func ParseMapping(words []string) (Mapping, error) {
	m := Mapping{}
	for _, word := range words {
		field, column, ok := strings.Cut(word, "=")
		if !ok || column == "" || !contains(MappedFields(), field) {
			return nil, fault.New(fault.Usage, "mapping", "write FIELD=COLUMN, FIELD being one of %s", strings.Join(MappedFields(), ", "))
		}
		if _, twice := m[field]; twice {
			return nil, fault.New(fault.Usage, "mapping", "%s is mapped twice", field)
		}
		m[field] = column
	}
	for _, field := range []string{"at", "text"} {
		if m[field] == "" {
			return nil, fault.New(fault.Usage, "mapping", "%s is missing: say in which column it is", field)
		}
	}
	return m, nil
}

// shape reads records with that mapping.
func (m Mapping) shape(names []string) (shape, error) {
	for _, field := range MappedFields() {
		if column, ok := m[field]; ok {
			if err := needs(names, column); err != nil {
				return nil, err
			}
		}
	}
	return func(r *record, c *clock) (Row, error) {
		at, to := r.take(m["at"]), ""
		if column, ok := m["to"]; ok {
			to = r.take(column)
		}
		row := Row{Text: r.take(m["text"]), Tags: splitTags(m.of(r, "tags"), " ,;|"),
			Kind: m.of(r, "kind"), Author: m.of(r, "author"), Source: m.of(r, "source")}
		row.Extra = r.rest()
		var err error
		if row.At, err = mappedMoment(c, at, to); err != nil {
			return Row{}, fmt.Errorf("at: %w", err)
		}
		return row, nil
	}, nil
}

func mappedMoment(c *clock, at, to string) (when.Moment, error) {
	if to == "" {
		return c.moment(at)
	}
	from, err := c.moment(at)
	if err != nil {
		return when.Moment{}, err
	}
	end, err := c.end(to)
	if err != nil {
		return when.Moment{}, err
	}
	if end.Equal(from.From) {
		return when.At(from.From), nil
	}
	m := when.Between(from.From, end)
	return m, m.Validate()
}

// of is what the record has in the column of a field, if it is mapped.
func (m Mapping) of(r *record, field string) string {
	column, ok := m[field]
	if !ok {
		return ""
	}
	return r.take(column)
}
