package notice

import (
	"slices"

	"timeglas/incident/fact"
)

// advice is one thing that people can do themselves, and when it fits.
type advice struct {
	id     string // of its sentence
	fits   func(fact.Sheet) bool
	rests  []string // facts that it rests on, where the case holds them
	spread bool     // it helps only against data in the wrong hands
}

// advices are in the order of what is most urgent.
var advices = []advice{
	{"advice_threat", threatened, []string{"consequences.likely", "effect.recipient_intent"}, false},
	{"advice_protected", protectedAddress, []string{"persons.protected_identity", "persons.groups", "data.categories"}, true},
	{"advice_password", holds("credentials"), onData, true},
	{"advice_card", holds("payment-card"), onData, true},
	{"advice_bank", holds("bank-account"), onData, true},
	// A credit warning takes the age of 15 (the CPR Office, cpr.dk and borger.dk).
	{"advice_credit", holds("national-id", "id-document"), onData, true},
	{"advice_post", holds("national-id", "birth-date", "id-document"), onData, true},
	{"advice_code", holds("national-id", "credentials", "bank-account", "payment-card"), onData, true},
	{"advice_document", holds("id-document"), onData, true},
	{"advice_contacts", holds("contact", "correspondence", "credentials", "purchase", "traffic"), onData, true},
	{"advice_economy", holds("economy", "insurance"), onData, true},
	{"advice_medicine", wrongHealth, []string{"data.categories", "effect.types"}, false},
	{"advice_health", holds("health", "genetic", "sex-life"), onData, true},
	{"advice_pressure", holds("health", "genetic", "sex-life", "criminal", "social-services", "family", "ethnicity", "religion", "politics", "union",
		"confidential", "photo", "location"), onData, true},
	{"advice_report", mayLead("identity-theft", "fraud", "financial-loss"), onLikely, true},
	{"advice_decision", mayLead("wrong-decision"), onLikely, false},
	{"advice_service", mayLead("service-denied"), onLikely, false},
}

var (
	onData   = []string{"data.categories"}
	onLikely = []string{"consequences.likely"}
)

func holds(kinds ...string) func(fact.Sheet) bool { return among("data.categories", kinds) }

// mayLead reports whether one of the consequences of GDPR 33(3)(c) is among the
// likely ones.
func mayLead(consequences ...string) func(fact.Sheet) bool {
	return among("consequences.likely", consequences)
}

func among(key string, members []string) func(fact.Sheet) bool {
	return func(s fact.Sheet) bool {
		return slices.ContainsFunc(members, func(m string) bool { return s.Has(key, m) })
	}
}

// protectedAddress: people who live under protection are told what to do unless it
// is known that there are none among them. Not knowing is a reason to say it when
// the data can lead to where somebody lives.
func protectedAddress(s fact.Sheet) bool {
	if s.Is("persons.protected_identity") || s.Has("persons.groups", "protected-address") {
		return true
	}
	no, known := s.Flag("persons.protected_identity")
	excluded := known && !no
	return !excluded && holds("address", "national-id", "location")(s)
}

func threatened(s fact.Sheet) bool { return s.Has("consequences.likely", "physical-harm") }

// wrongHealth: lost or altered data on health can lead to wrong treatment though
// nobody read them (DT 2020-442-8862).
func wrongHealth(s fact.Sheet) bool {
	return s.Has("data.categories", "health") && among("effect.types", []string{"integrity", "availability"})(s)
}

// letterAdvice is what people can do themselves, as it fits the data.
func letterAdvice(w *writer) {
	said := w.tagged()
	w.paragraph()
	for _, a := range advices {
		if a.spread && !w.spread() || !a.fits(w.c.Facts) {
			continue
		}
		w.advise(a)
		said = true
	}
	w.paragraph()
	switch g := w.on(w.held("data.categories", "effect.types")...); {
	case said:
	case len(g.entries) > 0:
		w.say("advice_none", nil, g)
	default:
		w.gap("advice_missing", "data.categories")
	}
}

// advise says one piece of advice; whom to call is said with the number, where there
// is one.
func (w *writer) advise(a advice) {
	g := w.on(w.held(a.rests...)...)
	phone := named(w.c.Facts.Text("controller.contact_phone"))
	if a.id == "advice_protected" && phone != "" {
		text := fill(w.words.Sentences["advice_protected_call"], places{"phone": phone})
		w.add(Item, text, g.and(w.on("controller.contact_phone")))
		return
	}
	w.add(Item, w.words.Sentences[a.id], g)
}

// spread reports whether the data may be in the wrong hands.
func (w *writer) spread() bool {
	switch w.c.Facts.Choice("effect.disclosure") {
	case "":
		return confidential(w.c.Facts)
	case "none":
		return false
	}
	return true
}

// held are those of the facts that the case has looked at.
func (w *writer) held(keys ...string) []string {
	var held []string
	for _, key := range keys {
		if w.c.Facts.State(key) != fact.Absent {
			held = append(held, key)
		}
	}
	return held
}
