package fact

import (
	"maps"
	"slices"

	"timeglas/internal/when"
)

// State says whether a fact has been looked for and found.
type State int

// The states of a fact.
const (
	Absent    State = iota // nobody has looked
	IsUnknown              // somebody has looked and does not know yet
	Known                  // it has a value
)

// State is that of the key in the sheet.
func (s Sheet) State(key string) State {
	r, ok := s[key]
	switch {
	case !ok || r.Value == nil:
		return Absent
	case r.Value == Unknown:
		return IsUnknown
	}
	return Known
}

// get is the value of the key when it is there and of the type.
func get[T Value](s Sheet, key string) (T, bool) {
	v, ok := s[key].Value.(T)
	return v, ok
}

// Count is the whole number of the key, false when it has none.
func (s Sheet) Count(key string) (int64, bool) {
	v, ok := get[Count](s, key)
	return int64(v), ok
}

// Number is the number of the key, false when it has none.
func (s Sheet) Number(key string) (float64, bool) {
	v, ok := get[Number](s, key)
	return float64(v), ok
}

// Choice is the value of the key, empty when absent or unknown.
func (s Sheet) Choice(key string) string {
	v, _ := get[Choice](s, key)
	return string(v)
}

// Text is the text of the key, empty when absent or unknown.
func (s Sheet) Text(key string) string {
	v, _ := get[Text](s, key)
	return string(v)
}

// Flag is the answer of the key; known is false when absent or unknown.
func (s Sheet) Flag(key string) (answer, known bool) {
	v, ok := get[Flag](s, key)
	return bool(v), ok
}

// Is reports whether the answer of the key is known to be yes.
func (s Sheet) Is(key string) bool {
	yes, _ := s.Flag(key)
	return yes
}

// Moment is the time of the key, false when absent or unknown.
func (s Sheet) Moment(key string) (when.Moment, bool) {
	v, ok := get[Moment](s, key)
	return v.Moment, ok
}

// Set holds the members of the key, nil when absent or unknown. The caller must
// not change it.
func (s Sheet) Set(key string) Set {
	v, _ := get[Set](s, key)
	return v
}

// Has reports whether the set of the key is known to hold the member.
func (s Sheet) Has(key, member string) bool { return s.Set(key).Has(member) }

// Periods holds the periods of the key, nil when absent or unknown. The caller
// must not change it.
func (s Sheet) Periods(key string) Periods {
	v, _ := get[Periods](s, key)
	return v
}

// Subsets are the names of the parts of the people that the sheet speaks of, sorted.
func (s Sheet) Subsets() []string {
	names := make(map[string]bool)
	for key := range s {
		if name, _, ok := CutSubset(key); ok {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Whole is the sheet of all the people: without the keys of subsets.
func (s Sheet) Whole() Sheet {
	whole := make(Sheet, len(s))
	for key, r := range s {
		if _, _, ok := CutSubset(key); !ok {
			whole[key] = r
		}
	}
	return whole
}

// For is the sheet of one subset: that of the whole, with what differs for these
// people in its place and without the subsets. A subset without a number of its
// own has none: the number of all would be wrong for a part, and so would its
// range, its order of size and its number of records.
func (s Sheet) For(subset string) Sheet {
	part := s.Whole()
	for _, key := range []string{"persons.count", "persons.count_max", "persons.scale", "persons.records"} {
		delete(part, key)
	}
	for _, f := range subsetFields {
		if r, ok := s[SubsetKey(subset, f.field)]; ok {
			part[f.whole] = r
		}
	}
	return part
}

// WholeKey is the key that a key of a subset stands in for: "data.special" for
// "subset.gang.special". Other keys are their own.
func WholeKey(key string) string {
	if _, field, ok := CutSubset(key); ok {
		for _, f := range subsetFields {
			if f.field == field {
				return f.whole
			}
		}
	}
	return key
}

// With is a copy of the sheet with the fact set, or taken out when v is nil: for
// asking what would be if.
func (s Sheet) With(key string, v Value) Sheet {
	c := maps.Clone(s)
	if c == nil {
		c = make(Sheet)
	}
	if v == nil {
		delete(c, key)
		return c
	}
	c[key] = Recorded{Value: v}
	return c
}

// Progress counts the keys that every breach must answer and how many of them
// have a value. Unknown is no answer yet. An order of size answers for a number.
func (s Sheet) Progress() (answered, asked int) {
	for _, k := range vocabulary {
		if !k.Asked {
			continue
		}
		asked++
		scale := k.Name == "persons.count" && s.State("persons.scale") == Known
		if s.State(k.Name) == Known || scale {
			answered++
		}
	}
	return answered, asked
}
