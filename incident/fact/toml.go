package fact

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/BurntSushi/toml"

	"timeglas/internal/fault"
)

// Given is a fact as a file gives it.
type Given struct {
	Key   string
	Value Value
	Line  int // in the file, from 1
}

// maxFile bounds a file of facts; the longest real one is a few pages.
const maxFile = 1 << 20

// ReadTOML reads a file of facts: a table for each group, [[subset]] tables with a
// name, in any order. Every key takes "unknown". What only says that nothing was
// filled in counts as absent: an empty text and an empty list. A number 0 and false
// are values, since they are written only by somebody who means them. Anything
// outside the vocabulary is a fault of code Usage that names file and line; so are
// two values for one key. The facts come in the order of the file.
func ReadTOML(r io.Reader, file string, zone *time.Location, now time.Time) ([]Given, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fault.Wrap(fault.Failed, err, file, "cannot be read: %v", err)
	}
	if len(data) > maxFile {
		return nil, fault.New(fault.Usage, file, "more than %d bytes; this is not a file of facts", maxFile)
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		return nil, syntaxFault(file, err)
	}
	f := filer{file: file, clock: clockwork{zone, now}, lines: locate(string(data))}
	if err := f.root(tree); err != nil {
		return nil, err
	}
	slices.SortStableFunc(f.given, func(a, b Given) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	return f.given, nil
}

// ToSheet is the sheet of what a file gives, for assessing without a case.
func ToSheet(given []Given) Sheet {
	s := make(Sheet, len(given))
	for _, g := range given {
		s[g.Key] = Recorded{Value: g.Value}
	}
	return s
}

func syntaxFault(file string, err error) error {
	var p toml.ParseError
	if errors.As(err, &p) {
		return fault.Wrap(fault.Usage, err, at(file, p.Position.Line), "not TOML: %s", p.Message)
	}
	return fault.Wrap(fault.Usage, err, file, "not TOML: %v", err)
}

func at(file string, line int) string { return file + ":" + strconv.Itoa(max(line, 1)) }

// filer walks the decoded file and collects its facts.
type filer struct {
	file  string
	clock clockwork
	lines places
	given []Given
}

func (f *filer) fail(path []string, err error) error {
	return fault.Wrap(fault.Usage, err, at(f.file, f.lines.line(path)), "%s", textOfFault(err))
}

// textOfFault keeps the key in the sentence: "fact persons.count: …".
func textOfFault(err error) string { return err.Error() }

func (f *filer) root(tree map[string]any) error {
	for _, group := range sortedKeys(tree) {
		path := []string{group}
		var err error
		switch part := tree[group].(type) {
		case []map[string]any:
			err = f.tables(group, part)
		case map[string]any:
			err = f.group(path, group+".", part)
		default:
			err = f.fail(path, unknownKey(group))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tables reads [[subset]]; no other group is repeated.
func (f *filer) tables(group string, parts []map[string]any) error {
	seen := make(map[string]bool)
	for i, part := range parts {
		path := []string{group, strconv.Itoa(i)}
		if group != "subset" {
			return f.fail(path, fmt.Errorf("[[%s]] stands once and with single brackets; only [[subset]] is repeated", group))
		}
		name, ok := part["name"].(string)
		if !ok || !ValidSubset(name) {
			return f.fail(append(path, "name"), errors.New("each [[subset]] needs a name of its own: up to 32 letters, digits, - and _"))
		}
		if seen[name] {
			return f.fail(append(path, "name"), fmt.Errorf("two subsets have the name %q", name))
		}
		seen[name] = true
		before := len(f.given)
		for _, field := range sortedKeys(part) {
			if field == "name" {
				continue
			}
			if err := f.value(append(path, field), SubsetKey(name, field), part[field]); err != nil {
				return err
			}
		}
		if len(f.given) == before {
			// It was named, so it exists; the least that can be said is that its
			// number is not known.
			f.add(path, SubsetKey(name, "count"), Unknown)
		}
	}
	return nil
}

// group reads a table; [subset.gang] is the same as a [[subset]] of that name, and
// [measures.taken] holds the wordings in each language.
func (f *filer) group(path []string, prefix string, part map[string]any) error {
	for _, field := range sortedKeys(part) {
		here := append(slices.Clone(path), field)
		inner, nested := part[field].(map[string]any)
		var err error
		if nested && (prefix == subsetPrefix || worded[prefix+field]) {
			err = f.group(here, prefix+field+".", inner)
		} else {
			err = f.value(here, prefix+field, part[field])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filer) value(path []string, key string, raw any) error {
	if _, ok := Lookup(key); !ok {
		return f.fail(path, unknownKey(key))
	}
	v, err := f.read(key, raw)
	if err != nil {
		return f.fail(path, err)
	}
	if v != nil {
		f.add(path, key, v)
	}
	return nil
}

func (f *filer) add(path []string, key string, v Value) {
	f.given = append(f.given, Given{Key: key, Value: v, Line: f.lines.line(path)})
}

// read makes a value of what TOML holds; nil when it says that nothing was filled in.
func (f *filer) read(key string, raw any) (Value, error) {
	k, _ := Lookup(key)
	wrong := func(what string) error {
		return usage(k, fmt.Errorf("%s where %s is wanted", what, wanted[k.Type]))
	}
	is := func(types ...Type) bool { return slices.Contains(types, k.Type) }
	text := ""
	switch v := raw.(type) {
	case string:
		if v == "" {
			return nil, nil
		}
		text = v
	case bool:
		if !is(TypeFlag, TypeChoice) {
			return nil, wrong("true or false")
		}
		text = map[bool]string{true: "yes", false: "no"}[v]
	case int64:
		if !is(TypeCount, TypeNumber) {
			return nil, wrong("a number")
		}
		text = strconv.FormatInt(v, 10)
	case float64:
		if !is(TypeNumber) {
			return nil, wrong("a number with decimals")
		}
		text = strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		if !is(TypeMoment) {
			return nil, wrong("a time")
		}
		text = timeText(v)
	case []any:
		if len(v) == 0 && is(TypeSet, TypeList, TypeStates, TypePeriods) {
			return nil, nil
		}
		return f.list(k, v, wrong)
	default:
		return nil, wrong("a table")
	}
	return Parse(key, text, f.clock.zone, f.clock.now)
}

// list reads an array by joining it to what would be typed.
func (f *filer) list(k Key, members []any, wrong func(string) error) (Value, error) {
	if !slices.Contains([]Type{TypeSet, TypeList, TypeStates, TypePeriods}, k.Type) {
		return nil, wrong("a list")
	}
	texts := make([]string, len(members))
	for i, m := range members {
		switch m := m.(type) {
		case string:
			texts[i] = m
		case time.Time:
			texts[i] = timeText(m)
		default:
			return nil, wrong("a list of something else")
		}
	}
	return Parse(k.Name, joinList(texts), f.clock.zone, f.clock.now)
}

// timeText is a TOML time as it would be typed. The library gives local times in
// zones with these names; their clock face is what was written.
func timeText(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		return t.Format("2006-01-02 15:04:05.999999999")
	case "date-local":
		return t.Format(time.DateOnly)
	case "time-local":
		return t.Format("15:04:05.999999999")
	}
	return t.Format(time.RFC3339Nano)
}

// wanted says what a key of the type takes.
var wanted = map[Type]string{
	TypeText: "a text in quotes", TypeFlag: "true, false or \"unknown\"", TypeCount: "a whole number",
	TypeNumber: "a number", TypeMoment: "a time", TypeChoice: "one of its values in quotes",
	TypeSet: "a list of its values", TypePeriods: "a list of periods", TypeStates: "a list of country codes",
	TypeState: "a country code", TypeList: "a list of texts",
}
