package notice

import (
	"cmp"
	"maps"
	"slices"

	"timeglas/incident"
	"timeglas/incident/fact"
)

// The texts from one office to another, beside that to the authority: the
// processor's notice to its controller, the summary of a report to the police and
// the internal record. They are told in the authority's points, put together anew.

func officePreface(w *writer) {
	subject(w)
	w.say("purpose", nil, by(w.c.Opened.Entry))
}

// controllerPreface says in which role it is written. Only a processor has this
// duty (GDPR 33(2)).
func controllerPreface(w *writer) {
	officePreface(w)
	if w.c.Facts.Choice("controller.role") != "processor" {
		w.gap("role_missing", "controller.role")
	}
	if w.req.Phase == incident.PhaseInitial {
		return
	}
	for _, f := range w.c.Filings {
		if f.To == incident.ToController {
			w.say("again", places{"sent": w.grammar.moment(f.Sent, w.req.Zone)}, w.entry(f.Entry))
			return
		}
	}
	w.gap("again_missing")
}

// nature is what happened, when, and what it did to the data.
func (w *writer) nature() {
	w.needs("incident.description")
	w.paragraph()
	w.facts("incident.family")
	w.needs("effect.types")
	w.facts("incident.systems", "incident.targeted")
}

func (w *writer) effects() {
	w.facts("effect.disclosure", "effect.recipients", "effect.recipient_intent", "effect.access",
		"effect.exfiltration", "effect.exposure_days", "effect.log_days", "effect.protection",
		"effect.availability", "effect.integrity")
}

func processorNature(w *writer) {
	w.nature()
	w.paragraph()
	w.timeOfBreach()
	w.paragraph()
	w.facts("incident.cause")
	w.effects()
	w.tagged()
}

// processorKnew is when the processor knew, which its controller has to be able to
// show (GDPR 33(2): without undue delay).
func processorKnew(w *writer) {
	w.discovery()
	w.awareness()
	w.tagged()
}

func peopleAndData(w *writer) {
	people(w)
	w.paragraph()
	data(w)
}

// consequences are those that have come and those that may, without an assessment
// of the risk.
func consequences(w *writer) {
	occurred(w)
	w.paragraph()
	if !w.facts("consequences.likely", "consequences.description") {
		w.needs("consequences.likely")
	}
}

// remedies are what has been done, will be, and limits the harm.
func remedies(w *writer) {
	handled(w)
	w.paragraph()
	w.facts("measures.mitigation", "effect.recovered", "effect.remote_wipe", "effect.backup", "effect.restored_after_h")
}

// controllersTurn is what the controller has to do with it: it is aware when its
// processor tells it (EDPB 9/2022), and the 72 hours are its own.
func controllersTurn(w *writer) {
	w.say("controllers_turn", nil, by(w.c.Opened.Entry))
	w.tagged()
}

// policeNature is what is suspected; it never says who is guilty of what.
func policeNature(w *writer) {
	w.nature()
	w.facts("incident.cause")
	w.effects()
	w.tagged()
}

func policeTime(w *writer) {
	w.timeOfBreach()
	w.paragraph()
	w.discovery()
	w.tagged()
}

// policeTraces is what has been secured, as people have marked it.
func policeTraces(w *writer) {
	if !w.tagged() {
		w.gap("traces_missing")
	}
}

// policeQuestions are what the organisation needs to know of the police: whether
// telling the people can wait for the investigation (Data Protection Act § 22), and
// whether anybody is in danger.
func policeQuestions(w *writer) {
	w.say("police_names", nil, by(w.c.Opened.Entry))
	w.paragraph()
	w.say("police_telling", nil, by(w.c.Opened.Entry))
	if threatened(w.c.Facts) {
		w.say("police_threat", nil, w.on("consequences.likely"))
	}
	w.tagged()
}

// recordCase is which case it is, and how it stands.
func recordCase(w *writer) {
	w.line("record_ref", places{"ref": oneLine(w.ref)}, by(w.c.Opened.Entry))
	w.line("record_opened", places{"moment": w.grammar.instant(w.c.Opened.At, w.req.Zone), "who": oneLine(w.c.Opened.By)}, by(w.c.Opened.Entry))
	if w.c.State == incident.Closed {
		w.line("record_closed", places{"moment": w.grammar.instant(w.c.StateBy.At, w.req.Zone), "who": oneLine(w.c.StateBy.By)}, by(w.c.StateBy.Entry))
	}
	contact(w)
}

// recordEffects are the effects of the breach, with the assessment of the risk.
func recordEffects(w *writer) {
	occurred(w)
	w.paragraph()
	likely(w)
}

func recordRemedies(w *writer) {
	handled(w)
	w.paragraph()
	before(w)
	w.paragraph()
	limited(w)
}

// recordDecisions are the decisions of people with their reasons: that nobody was
// told is among them (GDPR 33(5)).
func recordDecisions(w *writer) {
	gates := slices.SortedFunc(maps.Values(w.c.Gates), func(a, b incident.Decision) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, d := range gates {
		in := places{"gate": w.gateName(d.Gate), "option": w.optionName(d.Option), "who": oneLine(d.By),
			"moment": w.grammar.instant(d.At, w.req.Zone), "why": w.quoted(d.Why)}
		id := "record_decision"
		if d.Why == "" {
			id = "record_decision_bare"
		}
		w.add(Item, fill(w.words.Sentences[id], in), w.entry(d.Entry))
		if d.Proposal != "" && d.Proposal != d.Option {
			w.add(Item, fill(w.words.Sentences["record_departs"], places{"proposal": w.optionName(d.Proposal)}), w.entry(d.Entry))
		}
	}
	for _, gate := range []string{gateAuthority, gatePeople} {
		if _, ok := w.c.Gates[gate]; !ok {
			w.missing(fill(w.words.Sentences["decision_missing"], places{"gate": w.gateName(gate)}))
		}
	}
	w.tagged()
}

const gateAuthority = "duty-authority"

// gateName and optionName are the words for a gate and an option, or their ids:
// playbooks have gates of their own.
func (w *writer) gateName(gate string) string {
	return cmp.Or(w.words.Words["gate"][gate], oneLine(gate))
}

func (w *writer) optionName(option string) string {
	return cmp.Or(w.words.Words["option"][option], oneLine(option))
}

// recordTold is what was issued and sent, and whether the people have been told.
func recordTold(w *writer) {
	for _, n := range w.c.Notices {
		in := places{"to": cmp.Or(w.words.Words["recipient"][string(n.To)], string(n.To)),
			"moment": w.grammar.instant(n.At, w.req.Zone), "who": oneLine(n.ApprovedBy)}
		w.add(Item, fill(w.words.Sentences["record_issued"], in), by(n.Entry))
		i := slices.IndexFunc(w.c.Filings, func(f incident.Filing) bool { return f.Notice == n.Entry })
		if i < 0 {
			w.add(Item, w.words.Sentences["record_unsent"], by(n.Entry))
			continue
		}
		f := w.c.Filings[i]
		w.add(Item, fill(w.words.Sentences["record_sent"], places{"sent": w.grammar.moment(f.Sent, w.req.Zone),
			"who": oneLine(f.Who), "channel": cmp.Or(w.words.Words["channel"][f.Channel], oneLine(f.Channel))}), by(f.Entry))
	}
	if len(w.c.Notices) == 0 {
		w.say("record_none_issued", nil, by(w.c.Opened.Entry))
	}
	w.paragraph()
	informed(w)
	w.paragraph()
	notInformed(w)
}

// recordOpen is what is not known; the record is never waited for.
func recordOpen(w *writer) {
	w.tagged()
	if len(w.doc.Gaps) == 0 && len(w.open) == 0 && w.c.Facts.State("delay.more_time") == fact.Absent {
		w.say("nothing_open", nil, by(w.c.Opened.Entry))
		return
	}
	w.facts("delay.more_time")
	w.listGaps()
	w.listOpen()
}
