package notice

import (
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/when"
)

// The gate at which people decide whether those concerned are told, and its
// options. Every playbook has them under these names.
const (
	gatePeople = "duty-people"

	optionNotRequired  = "not-required"
	optionIndividually = "individually"
	optionPublicly     = "publicly"
	optionDeferred     = "deferred" // Data Protection Act § 22
)

// decisions are the sentences for the options.
var decisions = map[string]string{
	optionNotRequired:  "decided_not_required",
	optionIndividually: "decided_individually",
	optionPublicly:     "decided_publicly",
	optionDeferred:     "decided_deferred",
}

// decided is the decision on telling people, if there is one with an option that
// every playbook knows.
func (w *writer) decided() (incident.Decision, bool) {
	d, ok := w.c.Gates[gatePeople]
	_, known := decisions[d.Option]
	return d, ok && known
}

// informed is point 10: what has been told, when and how. What has happened stands
// before what was decided, since the text must be true about it (DT: what is told
// to the authority must be true, also about who was informed when).
func informed(w *writer) {
	switch status := w.c.Facts.Choice("informed.status"); {
	case status == "yes":
		w.say("informed_yes", nil, w.on("informed.status"))
		w.howInformed("yes", true)
	case status == "partial":
		w.partly()
		w.howInformed("yes", true)
	case status == "planned":
		w.say("informed_planned", nil, w.on("informed.status"))
		w.howInformed("planned", true)
	case status == "no":
		w.say("informed_no", nil, w.on("informed.status"))
		w.decision()
	case w.c.Facts.State("informed.status") == fact.IsUnknown:
		w.say("informed_unknown", nil, w.on("informed.status"))
		w.unknown(w.words.Sentences["informed_missing"], w.on("informed.status"))
		w.decision()
	default:
		w.undecided()
	}
	w.tagged()
}

func (w *writer) partly() {
	if n, ok := w.c.Facts.Count("informed.count"); ok {
		w.say("informed_partial_count", places{"persons": w.persons(n)}, w.on("informed.status", "informed.count"))
		return
	}
	w.say("informed_partial", nil, w.on("informed.status"))
}

// howInformed is when and how, in the tense ("yes" or "planned"); must says that
// the text is incomplete without.
func (w *writer) howInformed(tense string, must bool) {
	switch w.c.Facts.State("informed.when") {
	case fact.Known:
		r := w.c.Facts["informed.when"]
		m, _ := w.c.Facts.Moment("informed.when")
		w.say("informed_when_"+tense, places{"moment": w.moment(r, m)}, w.on("informed.when"))
	case fact.IsUnknown:
		w.say("informed_when_unknown", nil, w.on("informed.when"))
		w.unknown(w.words.Sentences["informed_when_missing"], w.on("informed.when"))
	default:
		if must {
			w.gap("informed_when_missing", "informed.when")
		}
	}
	switch w.c.Facts.State("informed.how") {
	case fact.Known:
		w.say("informed_how_"+tense, places{"value": w.word("informed.how", w.c.Facts.Choice("informed.how"))}, w.on("informed.how"))
	case fact.IsUnknown:
		w.say("informed_how_unknown", nil, w.on("informed.how"))
		w.unknown(w.words.Sentences["informed_how_missing"], w.on("informed.how"))
	default:
		if must {
			w.gap("informed_how_missing", "informed.how")
		}
	}
}

// decision says what was decided about telling people; when they are to be told
// it must also say when.
func (w *writer) decision() bool {
	d, ok := w.decided()
	if !ok {
		return false
	}
	w.say(decisions[d.Option], nil, w.entry(d.Entry))
	if d.Option == optionIndividually || d.Option == optionPublicly {
		w.howInformed("planned", d.Option == optionIndividually)
		if d.Option == optionPublicly && w.c.Facts.State("informed.when") == fact.Absent {
			w.gap("informed_when_missing", "informed.when")
		}
	}
	return true
}

// undecided is point 10 when no fact says whether people were told.
func (w *writer) undecided() {
	if w.decision() {
		return
	}
	if w.mustTell() {
		w.say("duty_tell", nil, w.assessed())
	}
	w.gap("informed_missing", "informed.status")
}

// notInformed is point 11: why somebody is not told, with the words of the law.
func notInformed(w *writer) {
	status := w.c.Facts.Choice("informed.status")
	d, decided := w.decided()
	switch exception := w.c.Facts.State("informed.exception"); {
	case exception != fact.Absent:
		w.facts("informed.exception")
		w.whyNot(d)
		w.review(d)
	case status == "yes" && decided && d.Option == optionPublicly:
		w.say("why_not_publicly", nil, w.on("informed.status").and(w.entry(d.Entry)))
		w.whyNot(d)
	case status == "yes":
		w.say("why_not_needed", nil, w.on("informed.status"))
	case status == "planned":
		w.say("why_not_needed_planned", nil, w.on("informed.status"))
	case status == "partial":
		w.say("why_not_rest", nil, w.on("informed.status"))
		if !w.whyNot(d) {
			w.gap("why_not_rest_missing", "informed.why")
		}
	case decided && d.Option == optionIndividually:
		w.say("why_not_needed_planned", nil, w.entry(d.Entry))
	case decided:
		w.reasoned(d)
	default:
		w.unreasoned(status)
	}
	w.tagged()
}

// reasoned is point 11 from a decision not to tell people, or not one by one.
func (w *writer) reasoned(d incident.Decision) {
	if d.Option == optionNotRequired && !w.highRisk() {
		w.say("why_not_risk", nil, w.entry(d.Entry).and(w.assessed()))
	}
	if !w.whyNot(d) {
		w.gap("why_not_missing", "informed.why", "informed.exception")
	}
	w.review(d)
}

// unreasoned is point 11 without an exception and without a decision.
func (w *writer) unreasoned(status string) {
	switch {
	case w.whyNot(incident.Decision{}):
	case status == "no":
		w.gap("why_not_missing", "informed.why", "informed.exception")
	default:
		w.gap("why_not_undecided_missing", "informed.why", "informed.exception")
	}
}

// whyNot is the reason: the fact's own words, or else those of the decision. It
// reports whether there was one.
func (w *writer) whyNot(d incident.Decision) bool {
	key, state := w.localKey("informed.why")
	if state == fact.Known {
		w.say("why_not", places{"why": w.quoted(w.c.Facts.Text(key))}, w.on(key))
		return true
	}
	if d.Option != "" && d.Option != optionIndividually && strings.TrimSpace(d.Why) != "" {
		w.say("why_not", places{"why": w.quoted(d.Why)}, w.entry(d.Entry))
		return true
	}
	return false
}

// review is when the question is looked at again. Under the Data Protection Act
// § 22 there must be a date.
func (w *writer) review(d incident.Decision) {
	section22 := strings.HasPrefix(w.c.Facts.Choice("informed.exception"), "dbl-22") || d.Option == optionDeferred
	m, known := w.c.Facts.Moment("informed.review")
	g := w.on("informed.review")
	if !known && d.Review != nil {
		m, g, known = *d.Review, w.entry(d.Entry), d.Review.Precision != when.Unknown
	}
	switch {
	case known:
		w.say("review", places{"moment": w.grammar.moment(m, w.req.Zone)}, g)
	case section22:
		w.gap("review_missing", "informed.review")
	}
}
