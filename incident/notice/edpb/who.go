package edpb

import (
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
)

// kindOf is a new notification or a follow-up.
func kindOf(f *form) answer {
	if f.req.Phase == incident.PhaseInitial {
		return say("a")
	}
	return say("b")
}

// subKindOf is complete, incomplete or withdrawn.
func subKindOf(f *form) answer {
	switch {
	case f.req.Phase == incident.PhaseWithdraw:
		return say("c")
	case f.final:
		return say("a")
	}
	return say("b")
}

func withdrawing(f *form) bool { return f.req.Phase == incident.PhaseWithdraw }
func later(f *form) bool       { return f.req.Phase != incident.PhaseInitial }

func withdrawalWhy(f *form) answer { return say(strings.TrimSpace(f.req.Why)) }

// earlierNumber is the authority's own number, from whichever filing carries it.
func earlierNumber(f *form) answer {
	for _, filing := range f.c.Filings {
		if filing.To == incident.ToAuthority && filing.Number != "" {
			a := say(filing.Number)
			a.entries = []string{filing.Entry}
			return a
		}
	}
	return answer{}
}

// reference is the case's; of an exercise it says that the text must not be filed,
// since the template has no place of its own for that.
func reference(f *form) answer { return say(f.marked(f.ref, ": ")) }

// marked puts the mark of an exercise or the demonstration before a text.
func (f *form) marked(text, between string) string {
	if f.doc.Mark == "" {
		return text
	}
	return f.doc.Mark + between + text
}

// firstOf is the first reader that answers.
func firstOf(readers ...reader) reader {
	return func(f *form) answer {
		var keys []string
		for _, read := range readers {
			a := read(f)
			if a.value != nil {
				return a
			}
			keys = append(keys, a.keys...)
		}
		return lacking(keys...)
	}
}

// ifText is the letter where the text of the fact is known.
func ifText(key, letter string) reader { return ifSaid(text(key), letter) }

// ifSaid is the letter where the reader has an answer, on the same ground.
func ifSaid(read reader, letter string) reader {
	return func(f *form) answer {
		a := read(f)
		if a.value != nil {
			a.value = fact.Text(letter)
		}
		return a
	}
}

func sectorOf(f *form) answer {
	if public, known := f.facts.Flag("controller.public_authority"); known {
		return say(map[bool]string{true: "b", false: "a"}[public], "controller.public_authority")
	}
	if f.facts.Choice("controller.sector") == "public" {
		return say("b", "controller.sector")
	}
	return answer{}
}

func activityOf(f *form) answer {
	const key = "controller.sector"
	if f.facts.State(key) != fact.Known {
		return answer{}
	}
	return say(fact.Show(key, f.facts[key].Value, f.req.Lang, f.req.Zone), key)
}

// reportedByDPO reports whether whoever reports is the data protection officer.
func reportedByDPO(f *form) bool {
	person, dpo := f.facts.Text("controller.contact_name"), f.facts.Text("controller.dpo_name")
	return dpo != "" && (person == "" || strings.EqualFold(person, dpo))
}

func reportedByOther(f *form) bool {
	return f.facts.Text("controller.contact_name") != "" && !reportedByDPO(f)
}

func functionOf(f *form) answer {
	switch {
	case reportedByDPO(f):
		return say("a", "controller.dpo_name")
	case reportedByOther(f):
		return say("c", "controller.contact_name")
	}
	return lacking("controller.contact_name", "controller.dpo_name")
}

func functionText(f *form) answer { return say(f.words.contact, "controller.contact_name") }

func dpoDesignated(f *form) answer {
	if f.facts.Text("controller.dpo_name") != "" {
		return say(f.words.yes, "controller.dpo_name")
	}
	return lacking("controller.dpo_name")
}

func contactAt(f *form) answer {
	switch {
	case reportedByDPO(f):
		return say("a", "controller.dpo_name")
	case reportedByOther(f):
		return say("b", "controller.contact_name")
	}
	return answer{}
}

// otherParty reports whether a processor or a joint controller is known to be
// involved.
func otherParty(f *form) bool {
	return f.facts.Text("processor.name") != "" || f.facts.Choice("controller.role") == "joint" ||
		f.facts.Choice("incident.discovered_how") == "processor"
}

// partiesInvolved: where nothing is recorded of others, a complete notification
// says that there are none.
func partiesInvolved(f *form) answer {
	keys := []string{"processor.name", "controller.role", "incident.discovered_how"}
	known := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return f.facts.State(key) != fact.Known })
	if otherParty(f) {
		return say("a", known...)
	}
	return silent("b", "processor.name")
}

// ofOtherParty: the schema requires the description of the other party also where
// there is none.
func ofOtherParty(read reader) reader {
	return func(f *form) answer {
		if otherParty(f) {
			return read(f)
		}
		return silent(f.words.notApplicable) // no keys: field 38 says what is not recorded
	}
}

func otherPartyRole(f *form) answer {
	if f.facts.Choice("controller.role") == "joint" && f.facts.Text("processor.name") == "" {
		return say(f.words.joint, "controller.role")
	}
	return say(f.words.processor, "processor.name")
}

// home is the country whose authority is notified.
const home = "DK"

// crossBorder is yes when people in another country are concerned; where nobody has
// looked the template has "unknown".
func crossBorder(f *form) answer {
	const key = "cross_border.states"
	switch states := f.facts.Set(key); {
	case f.facts.State(key) != fact.Known:
		return say("c", key)
	case slices.ContainsFunc(states, func(s string) bool { return s != home }):
		return say("a", key)
	}
	return say("b", key)
}

func leadAuthority(f *form) answer {
	return say(f.facts.Choice("cross_border.lead"), "cross_border.lead")
}

func countries(f *form) answer {
	return say(strings.Join(f.facts.Set("cross_border.states"), ", "), "cross_border.states")
}

// outsideEEA: an authority, a CVR number or a lead authority says that the
// controller is established here; nothing in the facts says that it is not.
func outsideEEA(f *form) answer {
	for _, key := range []string{"controller.cvr", "cross_border.lead"} {
		if f.facts.State(key) == fact.Known {
			return say("b", key)
		}
	}
	if f.facts.Is("controller.public_authority") {
		return say("b", "controller.public_authority")
	}
	return say("c", "controller.cvr")
}

// toldPolice is yes when a report to the police has been sent; that none has been
// recorded says nothing.
func toldPolice(f *form) answer {
	for _, filing := range f.c.Filings {
		if filing.To == incident.ToPolice {
			a := say("a")
			a.entries = []string{filing.Entry}
			return a
		}
	}
	return answer{}
}
