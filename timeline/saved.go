package timeline

import (
	"slices"
	"strings"
)

// Saved is a query that was saved under a name.
type Saved struct {
	Name  string
	Query string // as it was typed
	By    Line   // the entry that saved it
}

// Saved are the queries that the journal keeps, by name.
func (v View) Saved() []Saved {
	last := map[string]Saved{}
	for _, l := range v.Lines {
		if l.Kind != KindView || !l.Counts() {
			continue
		}
		switch data, err := DecodeData[ViewData](l.Entry); {
		case err != nil:
		case data.Drop:
			delete(last, data.Name)
		default:
			last[data.Name] = Saved{Name: data.Name, Query: data.Query, By: l}
		}
	}
	all := make([]Saved, 0, len(last))
	for _, s := range last {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Saved) int { return strings.Compare(a.Name, b.Name) })
	return all
}
