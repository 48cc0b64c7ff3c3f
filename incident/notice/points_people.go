package notice

import (
	"timeglas/incident/fact"
)

// people is point 3: how many, who, and the parts with an answer of their own
// (GDPR 33(3)(a)).
func people(w *writer) {
	w.number()
	w.needs("persons.groups")
	w.facts("persons.vulnerable", "persons.protected_identity", "persons.identifiability")
	for _, name := range w.c.Facts.Subsets() {
		w.subset(name)
	}
	w.paragraph()
	w.tagged()
}

// number is how many people: counted, estimated, a range, an order of size, or not
// known.
func (w *writer) number() {
	s := w.c.Facts
	least, hasLeast := s.Count("persons.count")
	most, hasMost := s.Count("persons.count_max")
	switch {
	case hasLeast && hasMost && most > least:
		w.say("count_range", places{"least": w.grammar.number(least), "persons": w.persons(most)},
			w.on("persons.count", "persons.count_max"))
	case hasLeast:
		w.say(w.howCounted(), places{"persons": w.persons(least)}, w.onCount())
	case hasMost:
		w.say("count_most", places{"persons": w.persons(most)}, w.on("persons.count_max"))
	case s.State("persons.count") == fact.IsUnknown:
		w.say("count_unknown", nil, w.on("persons.count"))
		w.unknown(w.words.Sentences["count_missing"], w.on("persons.count"))
		w.facts("persons.scale")
	case !w.facts("persons.scale"):
		w.gap("count_missing", "persons.count")
	}
}

func (w *writer) howCounted() string {
	switch {
	case w.c.Facts["persons.count"].Estimate, w.c.Facts.Choice("persons.counted") == "estimated":
		return "count_estimated"
	case w.c.Facts.Choice("persons.counted") == "exact":
		return "count_exact"
	}
	return "count_plain"
}

func (w *writer) onCount() ground {
	if w.c.Facts.State("persons.counted") == fact.Known {
		return w.on("persons.count", "persons.counted")
	}
	return w.on("persons.count")
}

// persons is a number of people with its noun.
func (w *writer) persons(n int64) string { return w.amount(n, "person", "persons") }

func (w *writer) amount(n int64, one, several string) string {
	if n == 1 {
		return w.words.Sentences[one]
	}
	return fill(w.words.Sentences[several], places{"n": w.grammar.number(n)})
}

// subset is a part of the people: a paragraph with what differs from the whole. Its
// kinds of data stand in point 4.
func (w *writer) subset(name string) {
	key := func(field string) string { return fact.SubsetKey(name, field) }
	var all []string
	for _, field := range []string{"groups", "vulnerable", "protected_identity", "disclosure", "recipient_intent", "misuse"} {
		if w.c.Facts.State(key(field)) != fact.Absent {
			all = append(all, key(field))
		}
	}
	n, counted := w.c.Facts.Count(key("count"))
	if counted || w.c.Facts.State(key("count")) == fact.IsUnknown {
		all = append([]string{key("count")}, all...)
	}
	if len(all) == 0 {
		return
	}
	w.paragraph()
	w.say("subset", places{"name": name}, w.on(all...))
	switch {
	case counted && w.c.Facts[key("count")].Estimate:
		w.say("subset_count_estimated", places{"persons": w.persons(n)}, w.on(key("count")))
	case counted:
		w.say("subset_count", places{"persons": w.persons(n)}, w.on(key("count")))
	case all[0] == key("count"):
		w.say("subset_count_unknown", nil, w.on(key("count")))
		all = all[1:]
	}
	for _, k := range all {
		if k != key("count") {
			w.part(k)
		}
	}
}

// part says a fact of a subset in the words of the whole.
func (w *writer) part(key string) {
	switch w.c.Facts.State(key) {
	case fact.IsUnknown:
		w.add(Prose, w.words.Facts[fact.WholeKey(key)]["unknown"], w.on(key))
	case fact.Known:
		w.add(Prose, w.sentence(key), w.on(key))
	}
}

// data is point 4: which kinds of data, and how many records (GDPR 33(3)(a)).
func data(w *writer) {
	w.needs("data.categories")
	w.special()
	w.records()
	w.facts("data.sensitivity", "data.volume", "data.public_before")
	for _, name := range w.c.Facts.Subsets() {
		key := fact.SubsetKey(name, "categories")
		w.paragraph()
		if kinds := w.c.Facts.Set(key); len(kinds) > 0 {
			w.say("subset_categories", places{"name": name, "value": w.listed(key, kinds)}, w.on(key))
		}
		for _, field := range []string{"special", "sensitivity"} {
			w.part(fact.SubsetKey(name, field))
		}
	}
	w.paragraph()
	w.tagged()
}

// article9 are the kinds of data of GDPR Article 9(1).
var article9 = []string{"health", "genetic", "biometric", "ethnicity", "politics", "religion", "union", "sex-life"}

// special names the kinds of Articles 9 and 10 among the data; where no kind is
// recorded it says what the fact data.special says.
func (w *writer) special() {
	kinds := w.c.Facts.Set("data.categories")
	var sensitive fact.Set
	for _, kind := range article9 {
		if kinds.Has(kind) {
			sensitive = append(sensitive, kind)
		}
	}
	if len(sensitive) > 0 {
		w.say("special_kinds", places{"value": w.listed("data.categories", sensitive)}, w.on("data.categories"))
	} else {
		w.facts("data.special")
	}
	if kinds.Has("criminal") {
		w.say("criminal", nil, w.on("data.categories"))
	}
}

func (w *writer) records() {
	n, ok := w.c.Facts.Count("persons.records")
	if !ok {
		w.needs("persons.records")
		return
	}
	id := "records_plain"
	if w.c.Facts["persons.records"].Estimate {
		id = "records_estimated"
	}
	w.say(id, places{"records": w.amount(n, "record", "records")}, w.on("persons.records"))
}

// occurred is point 5: what has happened to people so far.
func occurred(w *writer) {
	said := w.facts("consequences.occurred", "effect.misuse", "effect.service_impact")
	if said = w.tagged() || said; !said {
		w.gap("occurred_missing", "consequences.occurred", "effect.misuse", "effect.service_impact")
	}
}

// likely is point 6: what may follow, and the risk (GDPR 33(3)(c)).
func likely(w *writer) {
	_, described := w.localKey("consequences.description")
	if w.c.Facts.State("consequences.likely") != fact.Absent || described != fact.Known {
		w.needs("consequences.likely")
	}
	w.facts("consequences.description")
	w.tagged()
	w.paragraph()
	w.risk()
}

// handled is point 7: what has been done and what will be (GDPR 33(3)(d)).
func handled(w *writer) {
	said := w.facts("measures.taken")
	w.paragraph()
	said = w.planned() || said
	w.paragraph()
	if said = w.tagged() || said; !said {
		w.gap("handling_missing", "measures.taken", "measures.planned")
	}
}

func (w *writer) planned() bool {
	key, state := w.localKey("measures.planned")
	if state != fact.Known {
		return w.facts("measures.planned")
	}
	w.say("planned", places{"value": w.quoted(w.c.Facts.Text(key))}, w.on(key))
	return true
}

// before is point 8: what was in place.
func before(w *writer) {
	if said := w.facts("measures.before"); !w.tagged() && !said {
		w.needs("measures.before")
	}
}

// limited is point 9: what limits the harm to people (GDPR 33(3)(d)).
func limited(w *writer) {
	said := w.facts("measures.mitigation")
	for _, key := range []string{"effect.recovered", "effect.remote_wipe", "effect.backup", "effect.restored_after_h"} {
		// That one of these is not known yet limits nothing.
		w.facts(key)
		said = said || w.c.Facts.State(key) == fact.Known
	}
	w.paragraph()
	if said = w.tagged() || said; !said {
		w.gap("limiting_missing", "measures.mitigation")
	}
}
