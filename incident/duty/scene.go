package duty

import (
	"slices"

	"timeglas/incident/fact"
)

// scene is a sheet seen from one duty: every question that rules ask of facts.
// Rules that raise use at and member, rules that clear use upto and lacks; so
// both kinds are monotone without further thought.
type scene struct {
	sheet  fact.Sheet
	stance stance
	ranked []int // of each of orders; read once, since the rules ask often
}

func newScene(sheet fact.Sheet, side stance) scene {
	s := scene{sheet: sheet, stance: side, ranked: make([]int, len(orders))}
	for i, o := range orders {
		s.ranked[i] = ranks[side][i][s.value(o.Key)]
	}
	return s
}

// seenBy is the same sheet seen from the duty.
func (s scene) seenBy(side stance) scene {
	if s.stance == side {
		return s
	}
	return newScene(s.sheet, side)
}

// value is the text that the table ranks: of the fact, else of what the kind of
// incident implies, else [open].
func (s scene) value(key string) string {
	if derive, ok := derived[key]; ok {
		return derive(s.sheet)
	}
	if s.sheet.State(key) == fact.Known {
		return s.sheet[key].Value.Text()
	}
	types := s.types()
	if kind, ok := leftAside[key]; ok && types != nil && !types.Has(kind) {
		return aside
	}
	if v, ok := implied[s.family()][key]; ok {
		return v
	}
	if v, ok := impliedByCause[s.sheet.Choice("incident.cause")][key]; ok {
		return v
	}
	for _, kind := range types {
		if v, ok := impliedByTypes[kind][key]; ok {
			return v
		}
	}
	return open
}

// types are the recorded types of breach, else those that the kind of incident
// implies; nil when neither says any.
func (s scene) types() fact.Set {
	if set := s.sheet.Set("effect.types"); set != nil {
		return set
	}
	return impliedTypes[s.family()]
}

func (s scene) family() string { return s.sheet.Choice("incident.family") }

func (s scene) rank(key string) int { return s.ranked[row[key]] }

// at reports whether the fact is at least as grave as the value.
func (s scene) at(key, value string) bool {
	i := row[key]
	return s.ranked[i] >= ranks[s.stance][i][value]
}

// upto reports whether the fact is at most as grave as the value.
func (s scene) upto(key, value string) bool {
	i := row[key]
	return s.ranked[i] <= ranks[s.stance][i][value]
}

// member reports whether the set of the key holds any of the members, or must be
// taken to while it is not known.
func (s scene) member(key string, members ...string) bool {
	set := s.sheet.Set(key)
	if key == "effect.types" {
		set = s.types()
	}
	if set == nil {
		if s.stance == forAuthority {
			return openSets[key].authority
		}
		return openSets[key].people
	}
	return slices.ContainsFunc(members, set.Has)
}

// derived are the values that are not the fact's own text: numbers by their class.
var derived = map[string]func(fact.Sheet) string{
	"persons.count":           personsClass,
	"effect.recipients":       recipientsClass,
	"effect.restored_after_h": hoursClass,
	"effect.log":              logClass,
}

// personsClass is the order of size: of the most people that it can be.
func personsClass(s fact.Sheet) string {
	n, known := s.Count("persons.count")
	if top, ok := s.Count("persons.count_max"); ok {
		n, known = max(n, top), true
	}
	if !known {
		if scale := s.Choice("persons.scale"); scale != "" {
			return scale
		}
		return open
	}
	for _, scale := range []string{"few", "dozens", "hundreds", "thousands"} {
		if _, most, _ := fact.ScaleRange(scale); n <= most {
			return scale
		}
	}
	return "large"
}

// many recipients are so many that nobody can speak with each of them. The number
// is ours.
const many = 100

func recipientsClass(s fact.Sheet) string {
	n, known := s.Count("effect.recipients")
	switch {
	case !known:
		return open
	case n >= many:
		return "many"
	}
	return "few"
}

// hoursClass sorts how long data were away. The European examples call minutes and
// a few hours harmless, 30 hours in a hospital not (guidelines 9/2022, annex B).
func hoursClass(s fact.Sheet) string {
	h, known := s.Number("effect.restored_after_h")
	switch {
	case !known:
		return open
	case h <= 1:
		return "brief"
	case h < 24:
		return "hours"
	case h < 72:
		return "day"
	}
	return "days"
}

// logClass says whether logs cover the days of exposure (DT 2021-442-12924).
func logClass(s fact.Sheet) string {
	days, known := s.Count("effect.exposure_days")
	logged, knownLog := s.Count("effect.log_days")
	switch {
	case !known || !knownLog:
		return open
	case logged < days:
		return "short"
	}
	return "complete"
}

// What the rules ask, in the words of the field.

var (
	financial    = []string{"economy", "bank-account", "payment-card"}
	confidential = []string{"confidential", "social-services"}
	identifying  = []string{"name", "national-id", "id-document", "photo", "contact", "address"}
	innocuous    = []string{"name", "contact", "address", "purchase", "preferences", "pseudonym"}
)

// ordinary data are less than secret and more than [innocuous]: with them somebody
// can pretend to be another, or draw a picture of them.
var ordinary = []string{"birth-date", "employment", "education", "insurance", "vehicle", "behaviour", "family", "photo",
	"location", "traffic", "correspondence", "national-id", "id-document"}

// special: something of Article 9 among the data, so far as they can be read.
func (s scene) special() bool {
	if s.at("data.special", "true") {
		return !s.dark()
	}
	if s.value("data.special") == "false" && s.sheet.Set("data.categories") == nil {
		return false
	}
	return s.readable(fact.SpecialCategories()...)
}

// sensitive: special categories or criminal offences that say more than a little.
func (s scene) sensitive() bool {
	return (s.special() || s.readable("criminal")) && !s.upto("data.sensitivity", "minor")
}

// telling: more than innocuous data are readable.
func (s scene) telling() bool {
	return s.readable(ordinary...) || s.secret()
}

// secret: data that most people would hide, or that open an account.
func (s scene) secret() bool {
	return s.readable(financial...) || s.readable(confidential...) || s.sensitive() || s.readable("credentials")
}

// readable: one of the categories is among the data and can be read. A strong hash
// protects passwords; what stands beside them it protects only when nothing says
// that passwords are what was hashed.
func (s scene) readable(categories ...string) bool {
	if s.upto("effect.protection", "encrypted-key-safe") {
		return false
	}
	if s.upto("effect.protection", "hashed-strong") {
		if !s.sheet.Has("data.categories", "credentials") {
			return false
		}
		categories = slices.DeleteFunc(slices.Clone(categories), func(c string) bool { return c == "credentials" })
	}
	return s.member("data.categories", categories...)
}

// dark: nothing that speaks of anybody can be read (GDPR 34(3)(a); guidelines
// 9/2022: encrypted with a safe key, or strongly hashed).
func (s scene) dark() bool {
	if s.upto("effect.protection", "encrypted-key-safe") {
		return true
	}
	return s.upto("effect.protection", "hashed-strong") && !s.leftover()
}

// leftover: beside hashed passwords stands something that speaks of somebody.
func (s scene) leftover() bool {
	set := s.sheet.Set("data.categories")
	if !set.Has("credentials") {
		return false
	}
	return slices.ContainsFunc(set, func(c string) bool {
		return c != "credentials" && c != "pseudonym" && c != "preferences"
	})
}

// unseen: shown objectively that nobody had access, and no log that is too short
// speaks against it (DT 2021-442-12924); nothing else says the contrary.
func (s scene) unseen() bool {
	shown := s.upto("effect.access", "excluded") && !s.at("effect.log", "short")
	nobody := s.upto("effect.disclosure", "none") && !s.at("effect.access", "confirmed")
	return (shown || nobody) && !s.at("effect.exfiltration", "likely") && !s.at("effect.misuse", "suspected")
}

// confidentiality: the breach is one of confidentiality, by its types or by what
// is said of its effect.
func (s scene) confidentiality() bool {
	circle := "own-staff"
	if s.stance == forPeople {
		circle = "known-recipient" // an open disclosure shows nothing yet
	}
	return s.member("effect.types", "confidentiality") || s.at("effect.disclosure", circle) ||
		s.at("effect.exfiltration", "likely") || s.at("effect.access", "confirmed") || s.at("effect.misuse", "suspected")
}

// hostile: whoever has the data means harm, or took them.
func (s scene) hostile() bool { return s.at("effect.recipient_intent", "hostile") }

// copied: the data were taken away, or seen by somebody of whom it is not shown
// that nothing was taken. Malware that only locked data has opened the files without
// anybody reading them; of every other intruder, what was read is known (guidelines
// 01/2021 cases 7 and 17: accounts opened, a bill asked for). Who uses the data has
// them, and so has who talked somebody into sending them.
func (s scene) copied() bool {
	tricked := s.family() == "social-engineering" && s.at("effect.disclosure", "known-recipient") && s.at("effect.access", open)
	if s.at("effect.exfiltration", "likely") || s.at("effect.misuse", "observed") || tricked {
		return true
	}
	return s.at("effect.access", "confirmed") && (s.family() != "ransomware" || !s.upto("effect.exfiltration", "unlikely"))
}

// returned: a trusted recipient, or own staff, gave the data back or deleted them
// and confirmed it (guidelines 9/2022 and 01/2021 case 9).
func (s scene) returned() bool {
	return s.upto("effect.disclosure", "trusted-recipient") && s.upto("effect.recovered", "confirmed") && s.quiet()
}

// quiet: nobody means harm and nothing was done with the data.
func (s scene) quiet() bool {
	return !s.hostile() && !s.at("effect.misuse", "suspected") && !s.at("effect.exfiltration", "likely")
}

// identifiable: whoever has the data can tell of whom they speak.
func (s scene) identifiable() bool {
	masked := s.upto("effect.protection", "pseudonymised") || s.upto("persons.identifiability", "limited")
	return !masked || (s.sheet.Set("data.categories") != nil && s.readableBeside(identifying...))
}

// readableBeside: pseudonymised data whose categories still name people are not.
func (s scene) readableBeside(categories ...string) bool {
	return !s.upto("effect.protection", "pseudonymised") && s.member("data.categories", categories...)
}

// wiped: a device with a login was wiped from afar before anything was seen.
func (s scene) wiped() bool {
	return s.upto("effect.remote_wipe", "true") && s.upto("effect.protection", "password-only") && s.quiet()
}

// exposed: readable data on identifiable people got out of hand.
func (s scene) exposed() bool {
	return s.confidentiality() && !s.dark() && !s.unseen() && !s.returned() && !s.wiped() && s.identifiable()
}

// reached: beyond trusted hands, or in hostile ones. Who only locked the data
// (ransomware) has not got them.
func (s scene) reached() bool {
	return s.at("effect.disclosure", "known-recipient") || s.taken() || (s.hostile() && s.seen())
}

// seen: somebody saw the data who should not, were it only own staff.
func (s scene) seen() bool { return s.at("effect.disclosure", "own-staff") }

// wide: nobody knows in whose hands, or in hostile or very many.
func (s scene) wide() bool {
	return s.at("effect.disclosure", "unknown-recipient") || s.taken() ||
		(s.at("effect.disclosure", "known-recipient") && s.at("effect.recipients", "many"))
}

// taken: somebody who means harm has the data.
func (s scene) taken() bool { return s.hostile() && s.copied() }

// outsider: whoever has the data came from outside, on purpose.
func (s scene) outsider() bool {
	return s.sheet.Choice("incident.cause") == "external-malicious" || slices.Contains([]string{"social-engineering", "exfiltration"}, s.family())
}

// minors: children are among them, or others who were found to be vulnerable.
func (s scene) minors() bool {
	return s.at("persons.vulnerable", "true") || s.member("persons.groups", "children", "pupils")
}

// vulnerable: children, patients and others in a weak position are among them.
func (s scene) vulnerable() bool {
	return s.at("persons.vulnerable", "true") ||
		s.member("persons.groups", "children", "pupils", "patients", "elderly", "asylum-seekers")
}

// protectedIdentity: people under name and address protection are among them.
func (s scene) protectedIdentity() bool {
	return s.at("persons.protected_identity", "true") || s.member("persons.groups", "protected-address")
}

// care: the data decide about treatment.
func (s scene) care() bool {
	medical := s.member("persons.groups", "patients") || s.sheet.Choice("controller.sector") == "health"
	return s.sheet.Has("data.categories", "health") || (medical && s.at("data.special", "true")) || s.member("persons.groups", "patients")
}

// repaired: wrong or lost data were put right within a day, before they were used.
func (s scene) repaired() bool {
	return s.upto("effect.integrity", "altered-unused") && s.upto("effect.availability", "temporary") &&
		s.upto("effect.backup", "full") && s.upto("effect.restored_after_h", "hours")
}

// availability: data were gone or out of reach.
func (s scene) availability() bool {
	return s.member("effect.types", "availability") || s.at("effect.availability", "temporary") || s.onlyCopy()
}

// onlyCopy: a thing was lost, and nothing shows that what was on it exists
// elsewhere (guidelines 9/2022: an encrypted device is harmless when it is not the
// only copy). Whoever recorded the types of breach and left availability out has
// said that it does; only a recorded "no copy" speaks against that.
func (s scene) onlyCopy() bool {
	if s.upto("effect.availability", "none") || s.family() != "lost-or-stolen" {
		return false
	}
	if types := s.sheet.Set("effect.types"); types != nil && !types.Has("availability") {
		return s.at("effect.backup", "none")
	}
	return !s.upto("effect.backup", "paper")
}

// altered: data were changed.
func (s scene) altered() bool {
	return s.member("effect.types", "integrity") || s.at("effect.integrity", "altered-unused")
}

// careSite: people are treated where the data were missing.
func (s scene) careSite() bool {
	return s.member("persons.groups", "patients") ||
		(s.sheet.Choice("controller.sector") == "health" && (s.sheet.Has("data.categories", "health") || s.at("data.special", "true")))
}
