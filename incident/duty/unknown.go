package duty

import (
	"slices"

	"timeglas/incident/fact"
)

// probe is a fact that may move an answer: its mildest and gravest value, and for
// the people the question that finds it out.
type probe struct {
	key         string
	mild, grave fact.Value
	question    fact.Label // empty: not asked for the people
}

// probes are asked in this order, the most urgent first.
var probes = []probe{
	{"consequences.likely", fact.Set{"none"}, fact.Set{"physical-harm"}, fact.Label{
		EN: "Can anybody come to physical harm?", DA: "Kan nogen lide fysisk overlast?"}},
	{"persons.protected_identity", fact.Flag(false), fact.Flag(true), fact.Label{
		EN: "Does anybody among them live under name or address protection?", DA: "Er der personer med navne- eller adressebeskyttelse blandt de registrerede?"}},
	{"effect.types", fact.Set{"availability"}, fact.Set{"availability", "confidentiality", "integrity"}, fact.Label{
		EN: "Could anybody see the data, were they altered, were they gone?", DA: "Har nogen kunnet se oplysningerne, er de ændret, eller har de været væk?"}},
	{"data.categories", fact.Set{"name"}, fact.Set{"credentials", "health", "national-id"}, fact.Label{
		EN: "Which kinds of data are among them?", DA: "Hvilke typer af oplysninger er omfattet?"}},
	{"data.special", fact.Flag(false), fact.Flag(true), fact.Label{
		EN: "Are data of Article 9 among them?", DA: "Er der følsomme oplysninger (artikel 9) imellem?"}},
	{"effect.disclosure", fact.Choice("none"), fact.Choice("public"), fact.Label{
		EN: "Who could see the data?", DA: "Hvem har kunnet se oplysningerne?"}},
	{"effect.access", fact.Choice("excluded"), fact.Choice("confirmed"), fact.Label{
		EN: "Has anybody really seen the data?", DA: "Har nogen faktisk set oplysningerne?"}},
	{"effect.exfiltration", fact.Choice("no"), fact.Choice("yes"), fact.Label{
		EN: "Were the data copied out?", DA: "Er oplysningerne kopieret ud?"}},
	{"effect.recipient_intent", fact.Choice("benign"), fact.Choice("hostile"), fact.Label{
		EN: "Does whoever has the data mean harm?", DA: "Har den, der har oplysningerne, ondsindet hensigt?"}},
	{"effect.misuse", fact.Choice("none"), fact.Choice("observed"), fact.Label{
		EN: "Have the data been misused?", DA: "Er oplysningerne misbrugt?"}},
	{"data.sensitivity", fact.Choice("minor"), fact.Choice("severe"), fact.Label{
		EN: "How much do the data say about people?", DA: "Hvor indgribende er oplysningerne?"}},
	{"persons.count", fact.Count(1), fact.Count(1 << 40), fact.Label{
		EN: "How many people are concerned?", DA: "Hvor mange personer er berørt?"}},
	{"persons.vulnerable", fact.Flag(false), fact.Flag(true), fact.Label{
		EN: "Are children or others in a weak position among them?", DA: "Er der børn eller andre sårbare personer imellem?"}},
	{"effect.service_impact", fact.Choice("none"), fact.Choice("severe"), fact.Label{
		EN: "What did the outage or the wrong data do to people?", DA: "Hvad har nedbruddet eller de forkerte oplysninger betydet for de registrerede?"}},
	{"effect.availability", fact.Choice("none"), fact.Choice("permanent"), fact.Label{
		EN: "Can the data be put back?", DA: "Kan oplysningerne genskabes?"}},
	{"effect.integrity", fact.Choice("none"), fact.Choice("used-unrecoverable"), fact.Label{
		EN: "Were wrong data used?", DA: "Er forkerte oplysninger blevet anvendt?"}},
	{"effect.restored_after_h", fact.Number(0), fact.Number(1000), fact.Label{
		EN: "When were the data back?", DA: "Hvornår var oplysningerne tilbage?"}},
	{"effect.recipients", fact.Count(1), fact.Count(1 << 40), fact.Label{
		EN: "How many have received the data?", DA: "Hvor mange har modtaget oplysningerne?"}},
	{"incident.targeted", fact.Flag(false), fact.Flag(true), fact.Label{
		EN: "Were the victims chosen?", DA: "Er de registrerede udvalgt?"}},
	{"data.volume", fact.Choice("low"), fact.Choice("high"), fact.Label{
		EN: "How much about each person is among the data?", DA: "Hvor meget om den enkelte er omfattet?"}},
	{"effect.protection", fact.Choice("encrypted-key-safe"), fact.Choice("intelligible"), fact.Label{}},
	{"effect.recovered", fact.Choice("confirmed"), fact.Choice("refused"), fact.Label{}},
	{"effect.backup", fact.Choice("full"), fact.Choice("none"), fact.Label{
		EN: "Is there a copy of the data?", DA: "Findes der en kopi af oplysningerne?"}},
	{"effect.log_days", fact.Count(1 << 40), fact.Count(0), fact.Label{}},
	{"persons.identifiability", fact.Choice("negligible"), fact.Choice("maximum"), fact.Label{}},
	{"incident.systemic", fact.Choice("no"), fact.Choice("yes"), fact.Label{}},
	{"data.public_before", fact.Flag(true), fact.Flag(false), fact.Label{}},
}

// unasked are the probes whose fact has no value in the sheet. An order of size
// answers for a number of people.
func unasked(sheet fact.Sheet) []probe {
	return slices.DeleteFunc(slices.Clone(probes), func(p probe) bool {
		scaled := p.key == "persons.count" && (sheet.State("persons.scale") == fact.Known || sheet.State("persons.count_max") == fact.Known)
		return scaled || sheet.State(p.key) == fact.Known
	})
}

// answer is what a fact can move.
type answer struct {
	risk   Risk
	notify bool
	people People
	how    How
}

// suppositions fill in for all other open facts while one is tried, on top of
// their mildest values; nil leaves a fact open. Several, because one ground that
// clears a breach hides the others: who supposes that nobody saw the data finds
// that encryption does not matter.
var suppositions = []map[string]fact.Value{
	{},
	{"effect.types": fact.Set{"confidentiality"}, "effect.disclosure": nil, "effect.access": nil, "effect.protection": nil,
		"data.public_before": nil, "persons.identifiability": nil, "effect.recovered": nil, "data.categories": nil},
	{"effect.types": fact.Set{"confidentiality"}, "effect.disclosure": fact.Choice("known-recipient"), "effect.access": nil,
		"effect.protection": nil, "data.public_before": nil, "persons.identifiability": nil,
		"data.categories": fact.Set{"health", "name"}, "data.special": nil, "data.sensitivity": nil, "effect.recovered": nil},
	{"effect.types": fact.Set{"confidentiality"}, "effect.disclosure": fact.Choice("trusted-recipient"), "effect.access": nil,
		"effect.protection": nil, "data.public_before": nil, "persons.identifiability": nil, "data.categories": fact.Set{"name"}},
	{"effect.types": fact.Set{"availability", "integrity"}, "effect.availability": fact.Choice("temporary"), "effect.backup": nil,
		"effect.service_impact": nil},
	{"effect.types": fact.Set{"availability"}, "effect.availability": fact.Choice("temporary"), "effect.backup": nil,
		"effect.restored_after_h": fact.Number(5), "effect.service_impact": fact.Choice("minor")},
}

// matters are the keys without a value that could change the answer: as things
// stand, or once the other open facts are found out.
func matters(sheet fact.Sheet) []string {
	groups := []fact.Sheet{sheet.Whole()}
	for _, name := range sheet.Subsets() {
		groups = append(groups, sheet.For(name))
	}
	found := make(map[string]bool)
	for _, group := range groups {
		missing := unasked(group)
		for _, background := range append([]fact.Sheet{group}, supposed(group, missing)...) {
			for _, p := range missing {
				found[p.key] = found[p.key] || moves(background, p)
			}
		}
	}
	var keys []string
	for _, k := range fact.Keys() {
		if found[k.Name] {
			keys = append(keys, k.Name)
		}
	}
	return keys
}

// moves reports whether the fact, at its mildest or gravest, gives another answer
// than without it.
func moves(background fact.Sheet, p probe) bool {
	without := quick(background.With(p.key, nil))
	return quick(background.With(p.key, p.grave)) != without || quick(background.With(p.key, p.mild)) != without
}

// supposed are the sheets with the missing facts filled in.
func supposed(group fact.Sheet, missing []probe) []fact.Sheet {
	var sheets []fact.Sheet
	for _, supposition := range suppositions {
		sheet := group
		for _, p := range missing {
			v, given := supposition[p.key]
			if !given {
				v = p.mild
			}
			sheet = sheet.With(p.key, v)
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// openQuestions are those that could still make telling required, for each group
// where it is not required yet, due with the notification, which says whether the
// people are told. Where risk is shown to be unlikely nothing is asked any more.
func openQuestions(sheet fact.Sheet, ctx Context) []Open {
	var questions []Open
	ask := func(name string, group fact.Sheet) {
		if quick(group).risk != Likely {
			return
		}
		for _, p := range unasked(group) {
			if p.question.EN != "" && quick(group.With(p.key, p.grave)).people == Required {
				questions = append(questions, Open{Keys: []string{p.key}, Text: p.question, By: ctx.Deadline, Subset: name})
			}
		}
	}
	ask("", sheet.Whole())
	for _, name := range sheet.Subsets() {
		ask(name, sheet.For(name))
	}
	return questions
}
