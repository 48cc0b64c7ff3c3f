package notice

import (
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

// The letter to the people and the public communication hold the four contents of
// GDPR 34(2), in clear and plain language: what happened, whom to ask, what it can
// mean, and what is done. Datatilsynet holds that they must also say when it was,
// and that access was real when it was. They make no promise and place no guilt.
//
// What people wrote for a section (an entry tagged "letter:1") comes instead of the
// words that were typed for the authority: those are seldom plain.

// letterPreface says to whom and why, and what an earlier letter it follows.
func letterPreface(w *writer) {
	if name := named(w.c.Facts.Text("controller.name")); name != "" {
		w.say("opening", places{"name": name}, w.on("controller.name"))
	} else {
		w.gap("sender_missing", "controller.name")
	}
	w.again()
	w.tagged()
}

// publicPreface says the same to everybody, and why nobody has had a letter.
func publicPreface(w *writer) {
	letterPreface(w)
	if w.c.Facts.Choice("informed.exception") == "34-3-c" {
		w.say("instead_of_letters", nil, w.on("informed.exception"))
	} else if d, ok := w.decided(); ok && d.Option == optionPublicly {
		w.say("instead_of_letters", nil, w.entry(d.Entry))
	}
}

// again is what a follow-up says of the first letter.
func (w *writer) again() {
	if w.req.Phase != incident.PhaseFollowup {
		return
	}
	for _, f := range w.c.Filings {
		if f.To == w.req.To {
			w.say("again", places{"sent": w.grammar.moment(f.Sent, w.req.Zone)}, w.entry(f.Entry))
			return
		}
	}
	w.gap("again_missing")
}

// letterHappened is the nature of the breach and its time.
func letterHappened(w *writer) {
	publicHappened(w)
	w.paragraph()
	if !w.whenToPeople() {
		w.gap("time_missing", "incident.began", "incident.periods")
	}
}

// publicHappened is the nature of the breach (GDPR 34(2), 33(3)(a)).
func publicHappened(w *writer) {
	if !w.tagged() {
		key, state := w.localKey("incident.description")
		switch {
		case state == fact.Known:
			w.prose(w.c.Facts.Text(key), w.on(key))
		case !w.facts("incident.family"):
			w.needs("incident.description")
		}
	}
	w.paragraph()
	w.facts("effect.disclosure")
	if confidential(w.c.Facts) {
		w.needs("effect.access")
	} else {
		w.facts("effect.access")
	}
	w.facts("effect.exposure_days", "effect.exfiltration", "effect.protection", "effect.availability", "effect.integrity")
}

// confidential reports whether somebody may have seen the data who should not have:
// until it is shown that this is not what happened, it may be.
func confidential(s fact.Sheet) bool {
	types := s.Set("effect.types")
	return len(types) == 0 || types.Has("confidentiality")
}

// publicWhen is the time as a section of its own.
func publicWhen(w *writer) {
	said := w.whenToPeople()
	w.paragraph()
	if !w.tagged() && !said {
		w.gap("time_missing", "incident.began", "incident.periods")
	}
}

// whenToPeople is the periods, or beginning and end, and reports whether there are
// any. A letter without is no notice.
func (w *writer) whenToPeople() bool {
	said := false
	if periods := w.c.Facts.Periods("incident.periods"); len(periods) > 0 {
		w.say("happened_on", places{"periods": w.grammar.on + w.grammar.periods(periods)}, w.on("incident.periods"))
		said = true
	} else {
		said = w.facts("incident.periods") || said
	}
	said = w.facts("incident.began") || said
	w.facts("incident.ended", "incident.ongoing")
	return said
}

// publicWho is who may be meant: groups, systems, how many.
func publicWho(w *writer) {
	groups := w.c.Facts.Set("persons.groups")
	switch said := w.tagged(); {
	case said:
	case len(groups) > 0:
		w.say("who", nil, w.on("persons.groups"))
		for _, group := range w.wordsOf("persons.groups", groups) {
			w.add(Item, group, w.on("persons.groups"))
		}
	default:
		w.needs("persons.groups")
	}
	w.paragraph()
	w.facts("incident.systems")
	w.numberToPublic()
}

// numberToPublic is how many, when it is known; GDPR 34(2) does not ask for it, so
// without it nothing is missing.
func (w *writer) numberToPublic() {
	least, hasLeast := w.c.Facts.Count("persons.count")
	most, hasMost := w.c.Facts.Count("persons.count_max")
	switch {
	case hasLeast && hasMost && most > least:
		w.say("count_range", places{"least": w.grammar.number(least), "persons": w.persons(most)}, w.on("persons.count", "persons.count_max"))
	case hasLeast:
		w.say(w.howCounted(), places{"persons": w.persons(least)}, w.onCount())
	case hasMost:
		w.say("count_most", places{"persons": w.persons(most)}, w.on("persons.count_max"))
	case w.c.Facts.State("persons.count") == fact.IsUnknown:
		w.say("count_unknown", nil, w.on("persons.count"))
	}
}

// letterData is which data it was.
func letterData(w *writer) {
	said := w.tagged()
	w.paragraph()
	switch kinds := w.c.Facts.Set("data.categories"); {
	case len(kinds) > 0:
		w.say("data_intro", nil, w.on("data.categories"))
		for _, kind := range w.wordsOf("data.categories", kinds) {
			w.add(Item, kind, w.on("data.categories"))
		}
		w.paragraph()
	case !said:
		w.needs("data.categories")
	}
	w.facts("data.public_before")
}

// letterMeaning is what may follow (GDPR 34(2), 33(3)(c)).
func letterMeaning(w *writer) {
	said := w.tagged()
	w.paragraph()
	switch likely := w.c.Facts.Set("consequences.likely"); {
	case len(likely) == 1 && likely.Has("none"):
		w.say("nothing_likely", nil, w.on("consequences.likely"))
	case len(likely) > 0:
		w.say("may_follow", nil, w.on("consequences.likely"))
		for _, text := range w.wordsOf("consequences.likely", likely) {
			w.add(Item, text, w.on("consequences.likely"))
		}
	case w.c.Facts.State("consequences.likely") == fact.IsUnknown:
		w.facts("consequences.likely")
	case !said && w.described("consequences.description"):
		// said below, in the words that were typed
	case !said:
		w.needs("consequences.likely")
	}
	w.paragraph()
	if w.gravely() && len(w.assessed().keys) > 0 {
		w.say("grave", nil, w.assessed())
	}
	w.facts("effect.misuse", "effect.recipient_intent", "effect.service_impact")
	if !said {
		w.facts("consequences.description", "consequences.occurred")
	}
}

func (w *writer) described(key string) bool {
	_, state := w.localKey(key)
	return state == fact.Known
}

// gravely reports whether the risk to those whom the text speaks of is high.
func (w *writer) gravely() bool {
	if w.req.Subset == "" {
		return w.highRisk()
	}
	return slices.ContainsFunc(w.duty.Subsets, func(p duty.Part) bool {
		return p.Name == w.req.Subset && p.Risk == duty.High
	})
}

// letterDone is what has been done and will be (GDPR 34(2), 33(3)(d)).
func letterDone(w *writer) {
	said := w.tagged()
	if !said {
		said = w.facts("measures.mitigation", "measures.taken")
		w.paragraph()
		said = w.planned() || said
	}
	w.paragraph()
	w.facts("effect.recovered", "effect.remote_wipe", "effect.backup", "effect.restored_after_h")
	if filing, ok := w.firstFiling(); ok {
		w.say("authority_told", places{"sent": w.grammar.moment(filing.Sent, w.req.Zone)}, w.entry(filing.Entry))
	}
	if !said {
		w.gap("done_missing", "measures.taken", "measures.mitigation", "measures.planned")
	}
}

// letterContact is whom to ask (GDPR 34(2), 33(3)(b)).
func letterContact(w *writer) {
	said := w.tagged()
	w.paragraph()
	if g := w.on(w.held("controller.contact_name", "controller.contact_email", "controller.contact_phone",
		"controller.dpo_name", "controller.dpo_email", "controller.dpo_phone")...); len(g.entries) > 0 {
		w.say("questions", nil, g)
	}
	person := w.reachable("contact_person", "controller.contact_name", "controller.contact_email", "controller.contact_phone")
	dpo := w.reachable("contact_dpo", "controller.dpo_name", "controller.dpo_email", "controller.dpo_phone")
	switch {
	case said:
	case !person.named && !dpo.named:
		w.gap("contact_missing", "controller.contact_name", "controller.dpo_name")
	case !person.ways && !dpo.ways:
		w.gap("contact_way_missing", "controller.contact_email", "controller.contact_phone")
	}
}

// letterComplaint is the right to complain to the authority (GDPR 77). It comes with
// the breach, so it rests on the entry that opened the case.
func letterComplaint(w *writer) {
	w.say("complaint", nil, by(w.c.Opened.Entry))
	w.paragraph()
	w.line("complaint_where", nil, by(w.c.Opened.Entry))
	w.tagged()
}

// letterTranslation is the marked place for a translation, when one is asked for;
// what is tagged for this section fills it.
func letterTranslation(w *writer) {
	language := strings.TrimSpace(w.req.Translation)
	if w.tagged() || language == "" {
		return
	}
	w.missing(fill(w.words.Sentences["translation_missing"], places{"language": named(language)}))
}
