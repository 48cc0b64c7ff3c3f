package duty

import (
	"fmt"
	"slices"

	"timeglas/incident/fact"
)

// Band is ENISA's word for a score.
type Band string

// The bands: under 2, under 3, under 4, and from 4 up.
const (
	Low      Band = "low"
	Medium   Band = "medium"
	HighBand Band = "high"
	VeryHigh Band = "very-high"
)

// Step is one term of the sum, with its ground.
type Step struct {
	Part  string // "DPC", "EI" or "CB"
	Name  fact.Label
	Value float64 // what the step adds or sets; the parts are clamped afterwards
	Why   fact.Label
	Keys  []string
	By    string // who adjusted the part; empty for what was reckoned
}

// ENISA is the severity after ENISA's recommendations of 2013: SE = DPC × EI + CB.
// It has no legal threshold and is one input beside the rules, never the decision:
// ENISA rates a name with a CPR number low. What is not known adds nothing, so the
// score is the least that the facts support.
type ENISA struct {
	DPC   float64 // data processing context, 1 to 4
	EI    float64 // ease of identification, 0.25 to 1
	CB    float64 // circumstances of the breach
	Score float64
	Band  Band
	Steps []Step
	Flags []fact.Label // said beside the score: over 100 people, data unintelligible
}

// Sum is the score written out: "2 × 0.75 + 0.5 = 2".
func (e ENISA) Sum() string { return fmt.Sprintf("%g × %g + %g = %g", e.DPC, e.EI, e.CB, e.Score) }

// severity computes the score of one sheet, with the inputs that people have set in
// the place of those that were reckoned.
func severity(sheet fact.Sheet, set []Adjustment) ENISA {
	s := newScene(sheet, forPeople)
	e := ENISA{}
	e.DPC = e.part("DPC", context(s), set)
	e.EI = e.part("EI", atLeast(cprFloor(s), adjusted("EI", identification(s), set)), nil)
	e.CB = e.part("CB", circumstances(s), set)
	e.Score = e.DPC*e.EI + e.CB
	e.Band = band(e.Score)
	if n := personsClass(sheet); s.at("persons.count", "hundreds") && n != open && overHundred(sheet) {
		e.Flags = append(e.Flags, fact.Label{EN: "over 100 people", DA: "over 100 personer"})
	}
	if s.dark() {
		e.Flags = append(e.Flags, fact.Label{EN: "data unintelligible", DA: "oplysningerne er uforståelige"})
	}
	return e
}

// overHundred: exactly 100 people are not over 100.
func overHundred(sheet fact.Sheet) bool {
	n, known := sheet.Count("persons.count")
	top, knownTop := sheet.Count("persons.count_max")
	return (!known && !knownTop) || max(n, top) > 100
}

// part notes the steps of one part of the sum and adds them, within its bounds.
func (e *ENISA) part(name string, steps []Step, set []Adjustment) float64 {
	steps = adjusted(name, steps, set)
	e.Steps = append(e.Steps, steps...)
	b := bounds[name]
	return min(max(sum(steps), b.least), b.most)
}

func sum(steps []Step) float64 {
	total := 0.0
	for _, s := range steps {
		total += s.Value
	}
	return total
}

func band(score float64) Band {
	switch {
	case score < 2:
		return Low
	case score < 3:
		return Medium
	case score < 4:
		return HighBand
	}
	return VeryHigh
}

// kinds are ENISA's classes of data, the gravest first; what is in none of them is
// simple, 1.
var kinds = []struct {
	base       float64
	name       fact.Label
	categories []string
}{
	{4, fact.Label{EN: "sensitive data", DA: "følsomme oplysninger"}, append(fact.SpecialCategories(), "criminal")},
	{3, fact.Label{EN: "financial data", DA: "økonomiske oplysninger"},
		[]string{"economy", "payment-card", "bank-account", "insurance", "social-services"}},
	{2, fact.Label{EN: "behavioural data", DA: "adfærdsoplysninger"},
		[]string{"location", "behaviour", "traffic", "correspondence", "purchase", "preferences"}},
}

// context is the data processing context: the highest class counts, then steps.
func context(s scene) []Step {
	base := Step{Part: "DPC", Name: fact.Label{EN: "simple data", DA: "almindelige oplysninger"}, Value: 1, Keys: []string{"data.categories"}}
	for _, kind := range kinds {
		if s.member("data.categories", kind.categories...) {
			base.Name, base.Value = kind.name, kind.base
			break
		}
	}
	if s.at("data.special", "true") && base.Value < 4 {
		base.Name, base.Value, base.Keys = kinds[0].name, kinds[0].base, []string{"data.special"}
	}
	base.Why = fact.Label{EN: "the highest class counts", DA: "den højeste klasse tæller"}
	steps := []Step{base}
	if opened := opens(s.sheet); s.member("data.categories", "credentials") && opened > base.Value {
		steps = append(steps, Step{Part: "DPC", Name: fact.Label{EN: "credentials", DA: "loginoplysninger"}, Value: opened - base.Value,
			Why:  fact.Label{EN: "they count as what they open", DA: "de tæller som det, de giver adgang til"},
			Keys: []string{"data.categories", "controller.sector"}})
	}
	return append(steps, adjustments(s)...)
}

// opens is the class of what passwords of a sector open: accounts hold at least
// behaviour.
func opens(sheet fact.Sheet) float64 {
	switch sheet.Choice("controller.sector") {
	case "health", "social", "justice":
		return 4
	case "finance", "public":
		return 3
	}
	return 2
}

// adjustments are whole steps up and down.
func adjustments(s scene) []Step {
	var steps []Step
	add := func(when bool, value float64, name, why fact.Label, keys ...string) {
		if when {
			steps = append(steps, Step{Part: "DPC", Name: name, Value: value, Why: why, Keys: keys})
		}
	}
	add(s.at("data.volume", "high"), 1, fact.Label{EN: "volume", DA: "omfang"},
		fact.Label{EN: "much about each person", DA: "mange oplysninger om hver enkelt"}, "data.volume")
	sector := s.sheet.Choice("controller.sector")
	add(slices.Contains([]string{"health", "social", "justice", "finance", "childcare"}, sector), 1,
		fact.Label{EN: "special controller", DA: "særlig dataansvarlig"},
		fact.Label{EN: "to be known there already says something", DA: "alene tilknytningen siger noget om personen"}, "controller.sector")
	add(s.vulnerable() || s.protectedIdentity(), 1, fact.Label{EN: "special people", DA: "særlige personer"},
		fact.Label{EN: "children, patients, people under protection", DA: "børn, patienter, personer med beskyttelse"},
		"persons.vulnerable", "persons.groups", "persons.protected_identity")
	add(s.at("data.sensitivity", "severe"), 1, fact.Label{EN: "sensitivity", DA: "følsomhed"},
		fact.Label{EN: "the data say very much", DA: "oplysningerne er særligt indgribende"}, "data.sensitivity")
	add(s.upto("data.public_before", "true"), -1, fact.Label{EN: "public before", DA: "offentlige i forvejen"},
		fact.Label{EN: "the data were public already", DA: "oplysningerne var allerede offentlige"}, "data.public_before")
	add(s.upto("data.sensitivity", "minor"), -1, fact.Label{EN: "harmless by nature", DA: "harmløse i sig selv"},
		fact.Label{EN: "the data say little", DA: "oplysningerne siger kun lidt"}, "data.sensitivity")
	return steps
}

// identification is how easily people are told from the data. That a CPR number
// is never under 0.75, and 1 with a name, is ours, not ENISA's: it reveals birth
// date and sex.
func identification(s scene) []Step {
	values := map[string]float64{"negligible": 0.25, "limited": 0.5, "significant": 0.75, "maximum": 1}
	step := Step{Part: "EI", Name: fact.Label{EN: "ease of identification", DA: "identificerbarhed"}, Keys: []string{"persons.identifiability"}}
	if v, stated := values[s.sheet.Choice("persons.identifiability")]; stated {
		step.Value, step.Why = v, fact.Label{EN: "as recorded", DA: "som registreret"}
	} else {
		step.Value, step.Why = readFromCategories(s), fact.Label{EN: "read from the kinds of data", DA: "udledt af oplysningstyperne"}
		step.Keys = []string{"data.categories"}
	}
	return []Step{step}
}

// atLeast raises what is under the floor that a CPR number sets.
func atLeast(floor float64, steps []Step) []Step {
	if under := floor - sum(steps); under > 0 {
		steps = append(steps, Step{Part: "EI", Name: fact.Label{EN: "CPR number", DA: "CPR-nummer"}, Value: under,
			Why:  fact.Label{EN: "it reveals birth date and sex (ours, not ENISA's)", DA: "det viser fødselsdato og køn (vores regel, ikke ENISA's)"},
			Keys: []string{"data.categories"}})
	}
	return steps
}

func cprFloor(s scene) float64 {
	if !s.member("data.categories", "national-id") {
		return 0
	}
	if s.member("data.categories", "name") {
		return 1
	}
	return 0.75
}

// readFromCategories stands in while nobody has judged it.
func readFromCategories(s scene) float64 {
	has := func(c ...string) bool { return s.member("data.categories", c...) }
	switch {
	case has("id-document"), has("name") && has("address", "contact", "birth-date", "photo"):
		return 1
	case has("name"):
		return 0.75
	case has("address", "contact", "photo", "bank-account", "payment-card", "vehicle"):
		return 0.5
	}
	return 0.25
}

// circumstances are what the breach itself adds.
func circumstances(s scene) []Step {
	var steps []Step
	add := func(value float64, name, why fact.Label, keys ...string) {
		if value > 0 {
			steps = append(steps, Step{Part: "CB", Name: name, Value: value, Why: why, Keys: keys})
		}
	}
	value, why := confidentialityLost(s)
	add(value, fact.Label{EN: "confidentiality", DA: "fortrolighed"}, why, "effect.disclosure", "effect.access")
	switch s.value("effect.integrity") {
	case "used-recoverable":
		add(0.25, fact.Label{EN: "integrity", DA: "integritet"},
			fact.Label{EN: "possibly used wrongly, can be put right", DA: "muligvis anvendt forkert, kan rettes op"}, "effect.integrity")
	case "used-unrecoverable":
		add(0.5, fact.Label{EN: "integrity", DA: "integritet"},
			fact.Label{EN: "used wrongly, cannot be put right", DA: "anvendt forkert, kan ikke rettes op"}, "effect.integrity")
	}
	switch s.value("effect.availability") {
	case "temporary":
		add(0.25, fact.Label{EN: "availability", DA: "tilgængelighed"},
			fact.Label{EN: "lost for a time", DA: "midlertidigt tabt"}, "effect.availability")
	case "permanent":
		add(0.5, fact.Label{EN: "availability", DA: "tilgængelighed"},
			fact.Label{EN: "lost for good", DA: "endegyldigt tabt"}, "effect.availability")
	}
	cause := s.sheet.Choice("incident.cause")
	if s.hostile() || cause == "internal-malicious" || cause == "external-malicious" {
		add(0.5, fact.Label{EN: "malicious intent", DA: "ondsindet hensigt"},
			fact.Label{EN: "somebody meant harm", DA: "nogen ville gøre skade"}, "incident.cause", "effect.recipient_intent")
	}
	return steps
}

func confidentialityLost(s scene) (float64, fact.Label) {
	unseen := s.unseen() || (s.upto("effect.access", "no-sign") && !s.at("effect.disclosure", "public"))
	switch {
	case !s.confidentiality() || unseen || s.upto("effect.disclosure", "none"):
		return 0, fact.Label{}
	case s.at("effect.disclosure", "unknown-recipient"):
		return 0.5, fact.Label{EN: "unknown number of recipients, or public", DA: "ukendt antal modtagere eller offentligt"}
	case s.value("effect.disclosure") == open || s.value("effect.disclosure") == aside:
		return 0, fact.Label{}
	}
	return 0.25, fact.Label{EN: "known recipients", DA: "kendte modtagere"}
}
