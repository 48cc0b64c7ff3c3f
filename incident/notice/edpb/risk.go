package edpb

import (
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

// assessedOn are the facts of the case that the assessment rests on; none says that
// it is only the rule that nothing has been shown.
func (f *form) assessedOn() []string {
	var keys []string
	for _, r := range f.duty.Reasons {
		for _, key := range r.Keys {
			if f.facts.State(key) != fact.Absent {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func riskOf(f *form) answer {
	keys := f.assessedOn()
	if len(keys) == 0 {
		return answer{}
	}
	return say(map[duty.Risk]string{duty.High: "a", duty.Likely: "b", duty.Unlikely: "c"}[f.duty.Risk], keys...)
}

// severityOf is the graver of ENISA's band and the risk found: ENISA's score is the
// least that the facts support, and rates a name with a CPR number low.
func severityOf(f *form) answer {
	keys := f.assessedOn()
	if len(keys) == 0 {
		return answer{}
	}
	band := map[duty.Band]string{duty.Low: "a", duty.Medium: "b", duty.HighBand: "c", duty.VeryHigh: "c"}[f.duty.ENISA.Band]
	risk := map[duty.Risk]string{duty.Unlikely: "a", duty.Likely: "b", duty.High: "c"}[f.duty.Risk]
	return say(max(band, risk), keys...)
}

// likelyAny reports whether any of the consequences is likely.
func likelyAny(f *form, consequences ...string) bool {
	return slices.ContainsFunc(consequences, func(c string) bool { return f.facts.Has("consequences.likely", c) })
}

func confidentialityConsequence(f *form) answer {
	misused := slices.Contains([]string{"suspected", "observed"}, f.facts.Choice("effect.misuse"))
	switch {
	case misused:
		return say("c", "effect.misuse")
	case f.facts.Choice("effect.recipient_intent") == "hostile":
		return say("c", "effect.recipient_intent")
	case likelyAny(f, "identity-theft", "fraud", "physical-harm", "financial-loss"):
		return say("c", "consequences.likely")
	case f.facts.State("effect.disclosure") == fact.Known && f.facts.Choice("effect.disclosure") != "none":
		return say("a", "effect.disclosure")
	}
	return f.undetermined("e", "d", "effect.disclosure", "consequences.likely")
}

func integrityConsequence(f *form) answer {
	switch f.facts.Choice("effect.integrity") {
	case "used-recoverable", "used-unrecoverable":
		return say("a", "effect.integrity")
	case "":
		return f.undetermined("d", "c", "effect.integrity")
	}
	return say("c", "effect.integrity")
}

func availabilityConsequence(f *form) answer {
	switch {
	case f.facts.Choice("effect.service_impact") == "severe":
		return say("a", "effect.service_impact")
	case f.facts.Choice("effect.service_impact") == "minor":
		return say("b", "effect.service_impact")
	case f.facts.Choice("effect.availability") == "permanent":
		return say("a", "effect.availability")
	case f.facts.Choice("effect.availability") == "temporary":
		return say("b", "effect.availability")
	}
	return f.undetermined("d", "c", "effect.availability", "effect.service_impact")
}

// answers reports whether another field has the letter.
func answers(read reader, letter string) func(*form) bool {
	return func(f *form) bool { return read(f).value == fact.Text(letter) }
}

// severalImpacts: the field for them takes one, so the others are described.
func severalImpacts(f *form) bool {
	likely := f.facts.Set("consequences.likely")
	return len(likely) > 1 || likely.Has("none")
}

// communicated is where informing the people stands. What has happened goes before
// what was decided.
func communicated(f *form) answer {
	const status = "informed.status"
	gate, decided := f.c.Gates[notice34]
	switch f.facts.Choice(status) {
	case "yes", "partial":
		return say("a", status)
	case "planned":
		return say("b", status)
	}
	exception := f.facts.Choice("informed.exception")
	switch {
	case strings.HasPrefix(exception, "34-3-"):
		return say("e", "informed.exception")
	case strings.HasPrefix(exception, "dbl-22-"): // put off, with a date of review
		return say("b", "informed.exception")
	case decided && slices.Contains([]string{"individually", "publicly", "deferred"}, gate.Option):
		return onDecision("b", gate)
	case decided && gate.Option == duty.OptionNotRequired:
		return onDecision("d", gate)
	case f.facts.Choice(status) == "no" && f.duty.People == duty.NotRequired && f.duty.Risk != duty.High:
		return say("d", append(f.assessedOn(), status)...)
	}
	return f.undetermined("c", "", status)
}

// notice34 is the gate at which people decide whether those concerned are told.
const notice34 = "duty-people"

func onDecision(letter string, d incident.Decision) answer {
	a := say(letter)
	a.entries = []string{d.Entry}
	return a
}

// plannedDay is the date on which people will be told, where there is one.
func plannedDay(f *form) answer {
	if f.facts.Choice("informed.status") == "no" {
		return lacking("informed.when")
	}
	return dayOf("informed.when")(f)
}

func notToBeInformed(f *form) bool {
	return answers(communicated, "d")(f) || answers(communicated, "e")(f) || strings.HasPrefix(f.facts.Choice("informed.exception"), "dbl-22-")
}

func partlyInformed(f *form) bool { return f.facts.Choice("informed.status") == "partial" }

// toldText is what the people were told: the last text issued to them.
func toldText(f *form) answer {
	for _, n := range slices.Backward(f.c.Notices) {
		if n.To == incident.ToSubjects || n.To == incident.ToPublic {
			a := say(n.Text)
			a.entries = []string{n.Entry}
			return a
		}
	}
	return answer{}
}
