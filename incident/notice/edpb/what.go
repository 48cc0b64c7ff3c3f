package edpb

import (
	"slices"
	"time"

	"timeglas/incident/fact"
	"timeglas/internal/when"
)

// spanOf is when the breach was: of several periods from the first to the last.
func spanOf(f *form) (first, last *when.Moment, keys []string) {
	if periods := f.facts.Periods("incident.periods"); len(periods) > 0 {
		return &periods[0], &periods[len(periods)-1], []string{"incident.periods"}
	}
	if m, ok := f.facts.Moment("incident.began"); ok && m.Known() {
		first, keys = &m, append(keys, "incident.began")
	}
	if m, ok := f.facts.Moment("incident.ended"); ok && m.Known() {
		last, keys = &m, append(keys, "incident.ended")
	}
	return first, last, keys
}

// whenOccurred: a breach whose end nobody has recorded is to be determined, or in a
// complete notification cannot be.
func whenOccurred(f *form) answer {
	first, last, keys := spanOf(f)
	switch {
	case first == nil && f.facts.State("incident.began") == fact.IsUnknown, first == nil && f.facts.State("incident.periods") == fact.IsUnknown:
		return f.undetermined("e", "d", "incident.began")
	case first == nil:
		return lacking("incident.began", "incident.periods")
	case f.facts.Is("incident.ongoing"):
		return say("c", append(keys, "incident.ongoing")...)
	case last == nil:
		a := f.undetermined("e", "d", "incident.ended")
		a.keys, a.silent = append(keys, "incident.ended"), f.facts.State("incident.ended") == fact.Absent
		return a
	case f.day(first.Earliest()) == f.day(end(*last)):
		return say("a", keys...)
	}
	return say("b", keys...)
}

func estimatedDates(f *form) answer {
	first, last, keys := spanOf(f)
	if first == nil {
		return answer{}
	}
	rough := slices.ContainsFunc(keys, func(key string) bool { return f.facts[key].Estimate })
	for _, m := range []*when.Moment{first, last} {
		rough = rough || m != nil && m.Precision != when.Exact && m.Precision != when.Day
	}
	return answer{value: fact.Flag(rough), keys: keys}
}

func beginning(f *form) answer {
	first, _, keys := spanOf(f)
	if first == nil {
		return answer{}
	}
	return say(f.stamp(first.Earliest()), keys...)
}

func ending(f *form) answer {
	_, last, keys := spanOf(f)
	if last == nil || f.facts.Is("incident.ongoing") {
		return answer{}
	}
	return say(f.stamp(end(*last)), keys...)
}

// awareAt is the moment that the 72 hours run from: of a range its earliest bound,
// of "no later than" the moment named.
func awareAt(f *form) answer {
	if f.c.Aware == nil || f.clock.Aware.IsZero() {
		return answer{}
	}
	a := say(f.stamp(f.clock.Aware))
	a.entries = []string{f.c.Aware.Entry}
	return a
}

// lateAndNew is when the reasons for a delay are asked for: a first notification
// later than 72 hours after awareness (GDPR 33(1)). The template's own condition
// reads "awareness + 72h > current time", which is the notification in time: it is
// evidently reversed.
func lateAndNew(f *form) bool { return !later(f) && f.clock.Late }

func toldByOthers(f *form) bool {
	how := f.facts.Choice("incident.discovered_how")
	return how != "" && how != "controller"
}

// concerns reports whether the nature is among those of the breach.
func concerns(nature string) func(*form) bool {
	return func(f *form) bool { return f.facts.Has("effect.types", nature) }
}

// nature is one of the three, with how grave it is here: 2 lasting or without
// bounds, 1 bounded, 0 shown to have led to nothing, as ENISA's circumstances of a
// breach have it (2013).
type nature struct {
	name, letter string
	gravity      func(fact.Sheet) int
}

// natures stand in the order that decides between two that are equally grave.
var natures = []nature{
	{"confidentiality", "a", func(s fact.Sheet) int {
		open := map[string]bool{"unknown-recipient": true, "public": true}
		switch {
		case s.Choice("effect.access") == "excluded":
			return 0
		case open[s.Choice("effect.disclosure")], s.Choice("effect.access") == "confirmed",
			s.Choice("effect.exfiltration") == "yes", s.Choice("effect.exfiltration") == "likely",
			s.Choice("effect.misuse") == "suspected", s.Choice("effect.misuse") == "observed":
			return 2
		}
		return 1
	}},
	{"integrity", "b", func(s fact.Sheet) int {
		gravity, known := map[string]int{"none": 0, "altered-unused": 0, "used-recoverable": 1, "used-unrecoverable": 2}[s.Choice("effect.integrity")]
		if !known {
			return 1
		}
		return gravity
	}},
	{"availability", "c", func(s fact.Sheet) int {
		gravity, known := map[string]int{"none": 0, "temporary": 1, "permanent": 2}[s.Choice("effect.availability")]
		if !known {
			return 1
		}
		return gravity
	}},
}

// natureOf is the gravest nature; all stand in field 62.
func natureOf(f *form) answer {
	letter, gravest := "", -1
	for _, n := range natures {
		if g := n.gravity(f.facts); f.facts.Has("effect.types", n.name) && g > gravest {
			letter, gravest = n.letter, g
		}
	}
	return say(letter, "effect.types")
}

// disclosed is what is known of data having left: shown, likely, or excluded.
func disclosed(f *form) answer {
	is := func(key string, values ...string) bool { return slices.Contains(values, f.facts.Choice(key)) }
	switch {
	case is("effect.access", "confirmed"):
		return say("a", "effect.access")
	case is("effect.exfiltration", "yes"):
		return say("a", "effect.exfiltration")
	case is("effect.misuse", "observed"):
		return say("a", "effect.misuse")
	case is("effect.access", "excluded"):
		return say("c", "effect.access")
	case is("effect.disclosure", "known-recipient", "trusted-recipient"):
		return say("a", "effect.disclosure")
	case is("effect.exfiltration", "likely"):
		return say("b", "effect.exfiltration")
	case is("effect.access", "possible", "no-sign"):
		return say("b", "effect.access")
	case is("effect.disclosure", "none") && is("effect.exfiltration", "no"):
		return say("c", "effect.disclosure", "effect.exfiltration")
	case is("effect.disclosure", "own-staff", "unknown-recipient", "public"):
		return say("b", "effect.disclosure")
	}
	return f.undetermined("e", "d", "effect.access", "effect.exfiltration")
}

// familyOf is the kind of incident.
func familyOf(f *form) answer {
	read := choice("incident.family", codes{
		"ransomware": "b", "exfiltration": "g", "internal-misuse": "a", "internal-error": "y", "lost-or-stolen": "i",
		"misdirected": "r", "social-engineering": "d", "public-exposure": "v", "unauthorised-lookup": "a",
		"data-loss": "p", "outage": "t", "other": "y"}, "x", "y")
	return orSilent(read, func(words) string { return "y" })(f)
}

// described is point 2 of the twelve, in which every nature stands.
func described(f *form) answer {
	a := point(2)(f)
	if text, ok := a.value.(fact.Text); ok {
		a.value = fact.Text(f.marked(string(text), "\n\n"))
	}
	return a
}

// number is a count.
func number(key string) reader {
	return func(f *form) answer {
		if n, ok := f.facts.Count(key); ok {
			return answer{value: fact.Count(n), keys: []string{key}}
		}
		return lacking(key)
	}
}

// peopleCounted reports whether there is a number of people.
func peopleCounted(f *form) bool {
	return f.facts.State("persons.count") == fact.Known || f.facts.State("persons.count_max") == fact.Known
}

// peopleNumber is the number; of a range the most that it can be.
func peopleNumber(f *form) answer {
	if n, ok := f.facts.Count("persons.count_max"); ok {
		if least, _ := f.facts.Count("persons.count"); n > least {
			return answer{value: fact.Count(n), keys: []string{"persons.count_max"}}
		}
	}
	return number("persons.count")(f)
}

func howCounted(f *form) answer {
	_, ranged := f.facts.Count("persons.count_max")
	switch {
	case !peopleCounted(f) && f.facts.State("persons.count") == fact.IsUnknown:
		return f.undetermined("d", "c", "persons.count")
	case !peopleCounted(f) && f.facts.State("persons.scale") == fact.Known:
		return f.undetermined("d", "c", "persons.scale")
	case !peopleCounted(f):
		return lacking("persons.count")
	case f.facts.Choice("persons.counted") == "exact" && !f.facts["persons.count"].Estimate && !ranged:
		return say("a", "persons.count", "persons.counted")
	}
	return say("b", "persons.count")
}

func howRecorded(f *form) answer {
	const key = "persons.records"
	switch r := f.facts[key]; {
	case f.facts.State(key) == fact.IsUnknown:
		return f.undetermined("d", "c", key)
	case f.facts.State(key) == fact.Absent:
		return lacking(key)
	case r.Estimate:
		return say("b", key)
	}
	return say("a", key)
}

// measuresUpdated is the day on which the measures were last recorded. The schema
// gives this description the format of a date; the description stands in field 92.
func measuresUpdated(f *form) answer {
	var latest time.Time
	var a answer
	for _, base := range []string{"measures.taken", "measures.planned"} {
		for _, key := range []string{base, base + ".da", base + ".en"} {
			if r := f.facts[key]; f.facts.State(key) == fact.Known && r.At.After(latest) {
				latest, a = r.At, say(f.day(r.At), key)
			}
		}
	}
	if a.value == nil {
		return lacking("measures.taken", "measures.planned")
	}
	return a
}
