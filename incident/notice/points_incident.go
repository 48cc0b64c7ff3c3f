package notice

import (
	"cmp"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

// contact is point 1: who notifies, and whom to ask.
func contact(w *writer) {
	if name := w.c.Facts.Text("controller.name"); name != "" {
		who, ok := map[string]string{"controller": "contact_controller", "joint": "contact_joint",
			"processor": "contact_processor"}[w.c.Facts.Choice("controller.role")]
		g := w.on("controller.name")
		if ok {
			g = w.on("controller.name", "controller.role")
		}
		w.line(cmp.Or(who, "contact_unstated"), places{"name": named(name)}, g)
	} else {
		w.needs("controller.name")
	}
	w.lineOf("contact_cvr", "controller.cvr")
	for _, key := range []string{"controller.public_authority", "controller.sector"} {
		if w.c.Facts.State(key) == fact.Known {
			w.add(Line, w.sentence(key), w.on(key))
		}
	}
	person := w.reachable("contact_person", "controller.contact_name", "controller.contact_email", "controller.contact_phone")
	dpo := w.reachable("contact_dpo", "controller.dpo_name", "controller.dpo_email", "controller.dpo_phone")
	w.lineOf("contact_other_processor", "processor.name")
	switch {
	case !person.named && !dpo.named:
		w.gap("contact_missing", "controller.contact_name", "controller.dpo_name")
	case !person.ways && !dpo.ways:
		w.gap("contact_way_missing", "controller.contact_email", "controller.contact_phone")
	}
	w.tagged()
}

// lineOf is a line for a text fact that is known.
func (w *writer) lineOf(id, key string) {
	if text := w.c.Facts.Text(key); text != "" {
		w.line(id, places{"value": named(text)}, w.on(key))
	}
}

// reach says what is known of a person to ask.
type reach struct{ named, ways bool }

// reachable is the line for a person: name, e-mail, telephone, as far as known.
func (w *writer) reachable(id, name, email, phone string) reach {
	var parts, keys []string
	for _, key := range []string{name, email, phone} {
		text := named(w.c.Facts.Text(key))
		if text == "" {
			continue
		}
		if key == phone {
			text = fill(w.words.Sentences["contact_phone"], places{"phone": text})
		}
		parts, keys = append(parts, text), append(keys, key)
	}
	if len(parts) > 0 {
		w.line(id, places{"parts": strings.Join(parts, ", ")}, w.on(keys...))
	}
	isNamed := w.c.Facts.Text(name) != ""
	return reach{named: isNamed, ways: len(parts) > 1 || len(parts) == 1 && !isNamed}
}

// incidentPoint is point 2: nature, course, time, discovery, awareness, cause and
// effect on the data, and the reasons for a delay (GDPR 33(1) and 33(3)(a)).
func incidentPoint(w *writer) {
	w.needs("incident.description")
	w.paragraph()
	w.facts("incident.family")
	w.needs("effect.types")
	w.facts("incident.systems", "incident.targeted", "incident.systemic")
	w.paragraph()
	w.timeOfBreach()
	w.paragraph()
	w.discovery()
	w.awareness()
	w.paragraph()
	w.needs("incident.cause")
	w.facts("effect.disclosure", "effect.recipients", "effect.recipient_intent", "effect.access",
		"effect.exfiltration", "effect.exposure_days", "effect.log_days", "effect.protection",
		"effect.availability", "effect.integrity")
	w.facts("cross_border.states", "cross_border.lead")
	w.paragraph()
	w.lateness()
	w.tagged()
}

// timeOfBreach is when it happened: several periods, or a beginning and an end.
func (w *writer) timeOfBreach() {
	said := false
	switch periods := w.c.Facts.Periods("incident.periods"); {
	case len(periods) == 1:
		w.say("periods_one", places{"periods": w.grammar.on + w.grammar.periods(periods)}, w.on("incident.periods"))
		said = true
	case len(periods) > 1:
		w.say("periods_many", places{"periods": w.grammar.periods(periods)}, w.on("incident.periods"))
		said = true
	default:
		said = w.facts("incident.periods")
	}
	said = w.facts("incident.began") || said
	w.facts("incident.ended", "incident.ongoing")
	if !said {
		w.gap("time_missing", "incident.began", "incident.periods")
	}
}

// discovery is when and how it came to light, after the first suspicion.
func (w *writer) discovery() {
	if s := w.c.Suspected; s != nil && s.Moment.Known() {
		w.say("suspected", places{"moment": w.grammar.moment(s.Moment, w.req.Zone)}, w.entry(s.Entry))
	}
	at, how := "incident.discovered", "incident.discovered_how"
	if w.c.Facts.State(at) != fact.IsUnknown || w.c.Facts.State(how) != fact.IsUnknown {
		w.needs(at, how)
		return
	}
	w.say("discovered_unknown", nil, w.on(at, how))
	w.unknown(w.words.Facts[at]["missing"], w.on(at))
	w.unknown(w.words.Facts[how]["missing"], w.on(how))
}

// awareness is when, through whom and on what ground the organisation was aware,
// and what its processor knew before (GDPR 33(1) and 33(2)).
func (w *writer) awareness() {
	w.facts("processor.aware", "processor.told")
	a := w.c.Aware
	if a == nil || !a.Moment.Known() {
		w.gap("aware_missing")
		return
	}
	id := "aware_controller"
	if w.c.Facts.Choice("controller.role") == "processor" {
		id = "aware_processor"
	}
	g := w.entry(a.Entry)
	w.say(id, places{"moment": w.grammar.moment(a.Moment, w.req.Zone)}, g)
	w.awareHow(a, g)
}

// awareHow is through whom and on what ground: the fact written for the authority,
// or else what was recorded with the moment.
func (w *writer) awareHow(a *incident.Awareness, g ground) {
	if key, state := w.localKey("incident.awareness"); state == fact.Known {
		w.say("aware_words", places{"why": w.quoted(w.c.Facts.Text(key))}, g.and(w.on(key)))
		return
	}
	if who := named(a.Who); who != "" {
		w.say("aware_by", places{"who": who}, g)
	}
	if why := strings.TrimSpace(a.Why); why != "" {
		w.say("aware_why", places{"why": w.quoted(why)}, g)
	}
}

// lateness says that the 72 hours have passed, and why (GDPR 33(1)).
func (w *writer) lateness() {
	if !w.clock.Late || w.clock.Deadline.IsZero() || w.c.Aware == nil {
		return
	}
	in := places{"deadline": w.grammar.instant(w.clock.Deadline, w.req.Zone)}
	g, id := by(w.c.Aware.Entry), "late"
	if filing, ok := w.firstFiling(); ok {
		g, id = by(w.c.Aware.Entry, filing.Entry), "late_filed"
		in["sent"] = w.grammar.moment(filing.Sent, w.req.Zone)
	}
	w.say(id, in, g)
	key, state := w.localKey("delay.reason")
	switch state {
	case fact.Known:
		w.say("late_reason", places{"reason": w.quoted(w.c.Facts.Text(key))}, w.on(key))
	case fact.IsUnknown:
		w.say("late_reason_unknown", nil, w.on(key))
		w.unknown(w.words.Sentences["late_reason_missing"], w.on(key))
	default:
		w.gap("late_reason_missing", "delay.reason")
	}
}

// entry is the ground of a journal entry with the corrections made to it.
func (w *writer) entry(id string) ground {
	g := by(id)
	line, err := w.c.Timeline.Find(id)
	if err != nil {
		return g
	}
	return w.entryOf(line)
}

func (w *writer) entryOf(line timeline.Line) ground {
	g := by(line.ID)
	for _, c := range w.c.Timeline.Correcting(line.Seq) {
		g.entries = append(g.entries, c.ID)
	}
	return g
}
