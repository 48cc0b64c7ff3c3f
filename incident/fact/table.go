package fact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Keys is the whole vocabulary in the order of the form. The keys of a subset
// stand in it once, with [SubsetName] in place of a name. The caller must not
// change the options of a key.
func Keys() []Key { return slices.Clone(vocabulary) }

// Lookup finds the key with the name; "subset.NAME.count" with any allowed name
// of a subset gives that key, its Name as asked for.
func Lookup(name string) (Key, bool) {
	general := name
	if subset, rest, ok := CutSubset(name); ok {
		if !ValidSubset(subset) {
			return Key{}, false
		}
		general = SubsetKey(SubsetName, rest)
	}
	i, ok := place[general]
	if !ok {
		return Key{}, false
	}
	k := vocabulary[i]
	k.Name = name
	return k, true
}

// vocabulary is put together once and never changed.
var vocabulary = withWordings(slices.Concat(controllerKeys, incidentKeys, effectKeys, personsKeys,
	subsetKeys(), dataKeys, consequencesKeys, measuresKeys, informedKeys,
	processorKeys, crossBorderKeys, delayKeys))

// place is the index in vocabulary of each name.
var place = func() map[string]int {
	m := make(map[string]int, len(vocabulary))
	for i, k := range vocabulary {
		m[k.Name] = i
	}
	return m
}()

// Group is the part of a name before the first dot: "persons" of "persons.count".
func (k Key) Group() string {
	group, _, _ := strings.Cut(k.Name, ".")
	return group
}

// OptionLabel is the label of a value of the key, and the value itself where it
// has none.
func (k Key) OptionLabel(value string) Label {
	for _, o := range k.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return Label{value, value}
}

// GroupLabel is the heading over a group of keys.
func GroupLabel(group string) Label {
	if l, ok := groupLabels[group]; ok {
		return l
	}
	return Label{group, group}
}

var groupLabels = map[string]Label{
	"controller":   {"Controller", "Dataansvarlig"},
	"incident":     {"What happened", "Hændelsen"},
	"effect":       {"Effect on the data", "Virkning for oplysningerne"},
	"persons":      {"The people", "De registrerede"},
	"subset":       {"Part of the people", "Del af de registrerede"},
	"data":         {"The data", "Oplysningerne"},
	"consequences": {"Consequences", "Konsekvenser"},
	"measures":     {"Measures", "Foranstaltninger"},
	"informed":     {"Informing the people", "Underretning"},
	"processor":    {"Processor", "Databehandler"},
	"cross_border": {"Other countries", "Andre lande"},
	"delay":        {"Delay and what is to follow", "Forsinkelse og eftersendelse"},
}

const subsetPrefix = "subset."

// SubsetKey is the name of a key of one subset: SubsetKey("gang", "count") is
// "subset.gang.count".
func SubsetKey(subset, field string) string { return subsetPrefix + subset + "." + field }

// CutSubset takes "subset.gang.count" apart into "gang" and "count".
func CutSubset(name string) (subset, field string, ok bool) {
	rest, ok := strings.CutPrefix(name, subsetPrefix)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, ".")
}

// ValidSubset reports whether a subset can have the name: 1 to 32 letters, digits,
// "-", "_" and single spaces inside. A dot would break the key apart.
func ValidSubset(name string) bool {
	if n := utf8.RuneCountInString(name); n < 1 || n > 32 || !utf8.ValidString(name) {
		return false
	}
	if strings.TrimSpace(name) != name || strings.Contains(name, "  ") {
		return false
	}
	for i, r := range name {
		inside := r == '-' || r == '_' || r == ' '
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && (!inside || i == 0) {
			return false
		}
	}
	return true
}

// subsetFields says which key of the whole each field of a subset stands in for.
var subsetFields = []struct{ field, whole string }{
	{"count", "persons.count"},
	{"categories", "data.categories"},
	{"disclosure", "effect.disclosure"},
	{"protected_identity", "persons.protected_identity"},
	{"vulnerable", "persons.vulnerable"},
	{"misuse", "effect.misuse"},
	{"sensitivity", "data.sensitivity"},
	{"special", "data.special"},
	{"recipient_intent", "effect.recipient_intent"},
	{"groups", "persons.groups"},
}

// subsetKeys are the keys of a subset: those of the whole under another name.
func subsetKeys() []Key {
	whole := make(map[string]Key)
	for _, k := range slices.Concat(effectKeys, personsKeys, dataKeys) {
		whole[k.Name] = k
	}
	keys := make([]Key, 0, len(subsetFields))
	for _, f := range subsetFields {
		k := whole[f.whole]
		k.Name = SubsetKey(SubsetName, f.field)
		k.Asked = false
		k.Help = "for these people, where it differs from the whole"
		keys = append(keys, k)
	}
	return keys
}
