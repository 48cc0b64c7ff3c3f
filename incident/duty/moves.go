package duty

import (
	"cmp"
	"maps"
	"slices"

	"timeglas/incident/fact"
)

// Move is what one fact does to the answer by itself, all others being as they are:
// of a fact with a value, the answer without it; of an open one, the answer with a
// value. Where two facts are each enough for an answer, neither moves it alone; the
// reasons name both.
type Move struct {
	Key    string
	Subset string     // of whom; empty for the whole
	Value  fact.Value // the value supposed; nil where the fact is taken out
	Effect Effect     // what the fact does: Raises or Lowers

	// The answer with that value, or without the fact.
	Risk                Risk
	NotifyAuthority     bool
	CommunicateSubjects bool
	CommunicateHow      How
}

// explain says for every group which facts have moved its answer, and where each
// open fact could still take it.
func explain(sheet fact.Sheet) (moved, would []Move) {
	for _, name := range append([]string{""}, sheet.Subsets()...) {
		group := sheet.Whole()
		if name != "" {
			group = sheet.For(name)
		}
		now := quick(group)
		for _, key := range slices.Sorted(maps.Keys(group)) {
			if group.State(key) != fact.Known {
				continue
			}
			recorded, without := keyOf(sheet, name, key), group.With(key, nil)
			if recorded != key {
				without = sheet.With(recorded, nil).For(name) // the value of the whole returns
			}
			if then := quick(without); then != now {
				moved = append(moved, then.move(recorded, name, nil, opposite(effectOf(now, then))))
			}
		}
		would = append(would, openMoves(name, group, now)...)
	}
	return moved, would
}

func openMoves(name string, group fact.Sheet, now answer) (would []Move) {
	for _, p := range unasked(group) {
		for _, v := range []fact.Value{p.mild, p.grave} {
			if then := quick(group.With(p.key, v)); then != now {
				would = append(would, then.move(p.key, name, v, effectOf(now, then)))
			}
		}
	}
	return would
}

// keyOf is the key under which the value of a group is recorded: the subset's own
// where it has one.
func keyOf(sheet fact.Sheet, subset, key string) string {
	if subset == "" {
		return key
	}
	for own := range sheet {
		if name, _, ok := fact.CutSubset(own); ok && name == subset && fact.WholeKey(own) == key {
			return own
		}
	}
	return key
}

func (a answer) move(key, subset string, v fact.Value, e Effect) Move {
	return Move{Key: key, Subset: subset, Value: v, Effect: e,
		Risk: a.risk, NotifyAuthority: a.notify, CommunicateSubjects: a.people == Required, CommunicateHow: a.how}
}

// effectOf says whether going from one answer to the other raises a duty. A public
// communication asks less than letters.
func effectOf(from, to answer) Effect {
	letters := map[How]int{None: 0, Publicly: 1, Individually: 2}
	notify := map[bool]int{false: 0, true: 1}
	if cmp.Or(
		cmp.Compare(graver[to.risk], graver[from.risk]),
		cmp.Compare(notify[to.notify], notify[from.notify]),
		cmp.Compare(stronger[to.people], stronger[from.people]),
		cmp.Compare(letters[to.how], letters[from.how]),
	) > 0 {
		return Raises
	}
	return Lowers
}

func opposite(e Effect) Effect {
	if e == Raises {
		return Lowers
	}
	return Raises
}
