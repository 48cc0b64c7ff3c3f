package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/tui/dialog"
)

// unknownValue is how a fact is typed that nobody knows yet.
const unknownValue = "unknown"

// key is the chosen fact.
func (m *Model) key() (fact.Key, bool) { return m.open.facts.chosen(m.open.pane().chosen()) }

func noValue(m *Model) string {
	k, ok := m.key()
	if _, known := m.open.s.Case.Facts[k.Name]; !ok || !known {
		return "nothing is recorded for it"
	}
	return ""
}

// editFact is the editor of the chosen fact, as its type needs it.
func (m *Model) editFact() tea.Cmd {
	k, ok := m.key()
	if !ok {
		return nil
	}
	return m.push(m.factForm(k).Start())
}

func (m *Model) factForm(k fact.Key) *dialog.Form {
	recorded := m.open.s.Case.Facts[k.Name]
	field, typed := m.factField(k, recorded)
	estimate := dialog.One("Certainty", []dialog.Option{
		{Value: "exact", Label: "as far as known", Help: "as it was found out"},
		{Value: "estimate", Label: "an estimate", Help: "the notice says so"},
	}, certainty(recorded))
	why := dialog.Line("Source", "")
	why.Help = "where it is known from; may stay empty"
	f := m.form(clean.Line(k.Label.In(m.o.Lang))+" ("+k.Name+")", "recorded", func() (desk.Act, error) {
		value, err := fact.Parse(k.Name, typed(), m.o.Zone, m.now)
		if err != nil {
			return nil, err
		}
		return desk.RecordFacts{
			Facts:    []desk.Given{{Key: k.Name, Value: value}},
			Estimate: estimate.Value() == "estimate" && value != fact.Unknown, Why: why.Value(),
		}, nil
	}, dialog.Say(upperFirst(k.Help)), field, estimate, why)
	if k.Help == "" {
		f.Fields = f.Fields[1:]
	}
	return f
}

func certainty(r fact.Recorded) string {
	if r.Estimate {
		return "estimate"
	}
	return "exact"
}

// factField is the field for a value, and what is typed in it.
func (m *Model) factField(k fact.Key, recorded fact.Recorded) (dialog.Field, func() string) {
	text := ""
	if recorded.Value != nil {
		text = recorded.Value.Text()
	}
	switch k.Type {
	case fact.TypeChoice, fact.TypeFlag:
		c := dialog.One("Value", m.factOptions(k), text)
		return c, c.Value
	case fact.TypeSet:
		set, _ := recorded.Value.(fact.Set)
		c := dialog.Several("Values", m.factOptions(k), set)
		return c, func() string { return typedSet(c.Values()) }
	case fact.TypeMoment:
		in := m.timeField("Value", text, timeHelp+" · unknown")
		return in, in.Value
	case fact.TypeText:
		in := dialog.Lines("Value", text)
		in.Help = "or: unknown"
		return in, in.Value
	}
	in := dialog.Line("Value", text)
	in.Help = factTyped[k.Type]
	in.Reading = func(typed string) (string, error) {
		value, err := fact.Parse(k.Name, typed, m.o.Zone, m.now)
		if err != nil {
			return "", plain(err)
		}
		return m.theme.Marks.Arrow + " " + clean.Line(fact.Show(k.Name, value, m.o.Lang, m.o.Zone)), nil
	}
	return in, in.Value
}

// factTyped says how the values of a type are typed.
var factTyped = map[fact.Type]string{
	fact.TypeCount:   "digits, without separators; or: unknown",
	fact.TypeNumber:  "digits, with a full stop before decimals; or: unknown",
	fact.TypePeriods: "2020-06-09/2020-06-10,2020-07-17; or: unknown",
	fact.TypeStates:  "two-letter codes with commas: DK,SE; or: unknown",
	fact.TypeState:   "a two-letter code: DK; or: unknown",
	fact.TypeList:    "texts with commas between them; or: unknown",
}

func (m *Model) factOptions(k fact.Key) []dialog.Option {
	var options []dialog.Option
	for _, o := range k.Options {
		options = append(options, dialog.Option{Value: o.Value, Label: o.Label.In(m.o.Lang), Help: o.Help})
	}
	if k.Type == fact.TypeFlag {
		options = []dialog.Option{{Value: "true", Label: "yes"}, {Value: "false", Label: "no"}}
	}
	hasUnknown := slices.ContainsFunc(options, func(o dialog.Option) bool { return o.Value == unknownValue })
	if !hasUnknown {
		options = append(options, dialog.Option{Value: unknownValue, Label: "not known yet", Help: "somebody has looked and does not know yet"})
	}
	return options
}

// typedSet is a set as it is typed; not known yet stands alone.
func typedSet(values []string) string {
	if slices.Contains(values, unknownValue) {
		return unknownValue
	}
	return strings.Join(values, ",")
}

// factUnknown records that nobody knows yet.
func (m *Model) factUnknown() tea.Cmd {
	k, ok := m.key()
	if !ok {
		return nil
	}
	return m.actNow(desk.RecordFacts{Facts: []desk.Given{{Key: k.Name, Value: fact.Unknown}}},
		"recorded as not known yet, x takes it back")
}

func (m *Model) retractFact() tea.Cmd {
	k, _ := m.key()
	r := m.open.s.Case.Facts[k.Name]
	return m.push(m.withReason("Take back: "+clean.Line(k.Label.In(m.o.Lang)), m.words().value(k.Name, r), "taken back", "why it no longer counts; the value before it returns",
		func(why string) desk.Act { return desk.Retract{Entry: r.Entry, Why: why} }).Start())
}

// wordings are the keys that hold the chosen text in Danish and in English.
func (m *Model) wordings() []fact.Key {
	k, _ := m.key()
	base, _, _ := fact.CutWording(k.Name)
	var keys []fact.Key
	for _, lang := range []string{"da", "en"} {
		if w, ok := fact.Lookup(base + "." + lang); ok {
			keys = append(keys, w)
		}
	}
	return keys
}

func noWording(m *Model) string {
	if len(m.wordings()) == 0 {
		return "this fact does not go into a notice word for word"
	}
	return ""
}

// wordFact is the form for the two wordings of a text.
func (m *Model) wordFact() tea.Cmd {
	var fields []dialog.Field
	var inputs []*dialog.Input
	keys := m.wordings()
	for i, k := range keys {
		in := dialog.Lines([]string{"In Danish", "In English"}[i], m.open.s.Case.Facts.Text(k.Name))
		in.Help = "used in the notice of that language in place of the text itself"
		inputs, fields = append(inputs, in), append(fields, in)
	}
	return m.push(m.form("Wording for the notices", "recorded", func() (desk.Act, error) {
		var given []desk.Given
		for i, in := range inputs {
			if v := in.Value(); v != "" && v != m.open.s.Case.Facts.Text(keys[i].Name) {
				given = append(given, desk.Given{Key: keys[i].Name, Value: fact.Text(v)})
			}
		}
		if len(given) == 0 {
			return nil, errors.New("nothing is changed yet")
		}
		return desk.RecordFacts{Facts: given}, nil
	}, fields...).Start())
}

// addPart asks for the name of a part of the people and shows its facts.
func (m *Model) addPart() tea.Cmd {
	name := dialog.Line("Name", "")
	name.Help = "a short name for some of the people whose answer may differ: passed on, staff"
	return m.push(m.onScreen("A part of the people", func() (func(), error) {
		part := name.Value()
		if !fact.ValidSubset(part) {
			return nil, errors.New("a name is 1 to 32 letters, digits, - and _")
		}
		return func() {
			m.open.facts.parts = append(m.open.facts.parts, part)
			m.open.take(m, m.open.s)
			m.goToFact(fact.SubsetKey(part, "count"))
		}, nil
	}, name).Start())
}

// goToFact shows the fact with the key.
func (m *Model) goToFact(key string) {
	if i, ok := m.open.facts.find(key); ok {
		m.open.show(factsPane)
		m.open.choose(m.open.pane(), i)
	}
}

func (m *Model) nextMissing() tea.Cmd {
	p := m.open.pane()
	for i := range m.open.facts.len() {
		at := (p.rows.cursor + 1 + i) % m.open.facts.len()
		if k, ok := m.open.facts.chosen(at); ok && k.Asked && m.open.s.Case.Facts.State(k.Name) != fact.Known {
			m.open.choose(p, at)
			return nil
		}
	}
	m.say(toneGood, "every fact that must be answered has an answer")
	return nil
}

func noDutyFact(m *Model) string {
	if r := m.dutyRow(); len(r.keys) == 0 && r.entry == "" && r.offer == "" {
		return "the chosen line rests on no fact and no entry"
	}
	return ""
}

// dutyToFact goes to what the chosen line rests on.
func (m *Model) dutyToFact() tea.Cmd {
	switch r := m.dutyRow(); {
	case r.offer != "":
		if why := frozen(m); why != "" {
			m.say(toneBad, "Start clock: "+why)
			return nil
		}
		return m.startClock()
	case r.entry != "":
		m.goToEntry(r.entry)
	default:
		m.goToFirst(r.keys)
	}
	return nil
}

// goToFirst goes to the first of the facts that has no value, else to the first.
func (m *Model) goToFirst(keys []string) {
	for _, key := range keys {
		if m.open.s.Case.Facts.State(key) != fact.Known {
			m.goToFact(key)
			return
		}
	}
	m.goToFact(keys[0])
}
