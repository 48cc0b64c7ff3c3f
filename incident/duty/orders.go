package duty

import (
	"slices"
	"strings"

	"timeglas/incident/fact"
)

// Order ranks the values of one key from mildest to gravest. "?" is the place of a
// fact that is unknown or absent, which the rules treat alike: whoever has looked
// and does not know has shown no more than who has not looked.
type Order struct {
	Key       string
	Authority []string // for Article 33: what is not shown counts against the controller
	People    []string // for Article 34: what is not known is no high risk yet
}

const (
	// open is the place of a value that is not known.
	open = "?"
	// aside is the place of a value that nobody has recorded because the recorded
	// types of breach leave it aside: disclosure in a breach of availability only.
	aside = "-"
)

// Orders is the table. Sets are ranked member by member ([openSets]); whole numbers
// by their classes ([personsClass], [recipientsClass], [hoursClass]).
func Orders() []Order { return slices.Clone(orders) }

func order(key, authority, people string) Order {
	return Order{key, strings.Fields(authority), strings.Fields(people)}
}

// orders is built once and never changed.
var orders = []Order{
	order("effect.disclosure",
		"none - own-staff trusted-recipient known-recipient unknown-recipient ? public",
		"none - own-staff trusted-recipient ? known-recipient unknown-recipient public"),
	order("effect.recipients", "few ? many", "few ? many"),
	order("effect.recipient_intent", "benign ? hostile", "benign ? hostile"),
	// DT 2021-442-12924: what is not shown within 72 hours counts as access.
	order("effect.access", "excluded no-sign possible ? confirmed", "excluded no-sign possible ? confirmed"),
	order("effect.exfiltration", "no unlikely ? likely yes", "no unlikely ? likely yes"),
	order("effect.recovered", "confirmed requested ? no refused", "confirmed requested ? no refused"),
	order("effect.log", "complete ? short", "complete ? short"),
	order("effect.availability", "none - temporary permanent ?", "none - ? temporary permanent"),
	order("effect.restored_after_h", "brief hours day ? days", "brief hours ? day days"),
	order("effect.backup", "full paper partial ? none", "full paper partial ? none"),
	order("effect.service_impact", "none minor ? severe", "none ? minor severe"),
	order("effect.integrity",
		"none - altered-unused used-recoverable used-unrecoverable ?",
		"none - ? altered-unused used-recoverable used-unrecoverable"),
	// Nobody has said that the data could not be read: they could, for both duties.
	order("effect.protection",
		"encrypted-key-safe hashed-strong pseudonymised password-only encrypted-key-compromised intelligible ?",
		"encrypted-key-safe hashed-strong pseudonymised password-only encrypted-key-compromised intelligible ?"),
	order("effect.remote_wipe", "true ? false", "true ? false"),
	order("effect.misuse", "none ? suspected observed", "none ? suspected observed"),
	order("incident.targeted", "false ? true", "false ? true"),
	order("incident.systemic", "no ? yes", "no ? yes"),
	order("persons.count", "few dozens hundreds thousands large ?", "few dozens ? hundreds thousands large"),
	order("persons.vulnerable", "false ? true", "false ? true"),
	order("persons.protected_identity", "false ? true", "false ? true"),
	order("persons.identifiability", "negligible limited significant maximum ?", "negligible limited significant ? maximum"),
	order("data.special", "false ? true", "false ? true"),
	order("data.sensitivity", "minor typical ? severe", "minor typical ? severe"),
	order("data.volume", "low normal ? high", "low normal ? high"),
	order("data.public_before", "true false ?", "true false ?"),
	// An exception that nobody has stated does not hold.
	order("informed.exception", "34-3-a 34-3-b dbl-22-1 dbl-22-2 34-3-c ?", "34-3-a 34-3-b dbl-22-1 dbl-22-2 34-3-c ?"),
}

// openSets says of each set whether a member counts as there while the set is not
// known: for the authority, for the people.
var openSets = map[string]struct{ authority, people bool }{
	"effect.types":        {true, false},
	"data.categories":     {true, false},
	"persons.groups":      {false, false},
	"consequences.likely": {false, false},
}

type stance int

const (
	forAuthority stance = iota
	forPeople
)

// row is the place in orders of each key.
var row = func() map[string]int {
	places := make(map[string]int, len(orders))
	for i, o := range orders {
		places[o.Key] = i
	}
	return places
}()

// ranks holds for each stance and row the rank of each value.
var ranks = func() (table [2][]map[string]int) {
	for _, o := range orders {
		for side, values := range [2][]string{o.Authority, o.People} {
			place := make(map[string]int, len(values))
			for i, v := range values {
				place[v] = i
			}
			table[side] = append(table[side], place)
		}
	}
	return table
}()

// implied is what the kind of incident says by itself about facts that nobody has
// recorded: a letter to the wrong person has a known recipient. Ransomware locks; whom it shows
// data to is another question. A recorded fact always goes before it.
var implied = map[string]map[string]string{
	"ransomware":          {"effect.recipient_intent": "hostile", "effect.availability": "temporary", "effect.disclosure": aside},
	"exfiltration":        {"effect.disclosure": "unknown-recipient", "effect.recipient_intent": "hostile", "effect.exfiltration": "likely"},
	"internal-misuse":     {"effect.disclosure": "own-staff", "effect.recipient_intent": "hostile"},
	"unauthorised-lookup": {"effect.disclosure": "own-staff", "effect.access": "confirmed"},
	"misdirected":         {"effect.disclosure": "known-recipient"},
	"social-engineering":  {"effect.disclosure": "unknown-recipient", "effect.recipient_intent": "hostile"},
	"public-exposure":     {"effect.disclosure": "public"},
	"lost-or-stolen":      {"effect.disclosure": "unknown-recipient", "effect.availability": "temporary"},
	"data-loss":           {"effect.availability": "temporary"},
	"outage":              {"effect.availability": "temporary"},
}

// impliedTypes is the same for the types of breach.
var impliedTypes = map[string]fact.Set{
	"ransomware":          {"availability", "confidentiality"},
	"exfiltration":        {"confidentiality"},
	"internal-misuse":     {"confidentiality"},
	"unauthorised-lookup": {"confidentiality"},
	"misdirected":         {"confidentiality"},
	"social-engineering":  {"confidentiality"},
	"public-exposure":     {"confidentiality"},
	"lost-or-stolen":      {"availability", "confidentiality"},
	"data-loss":           {"availability", "integrity"},
	"outage":              {"availability"},
}

// impliedByCause is what ill will says about intent.
var impliedByCause = map[string]map[string]string{
	"external-malicious": {"effect.recipient_intent": "hostile"},
	"internal-malicious": {"effect.recipient_intent": "hostile"},
}

// leftAside is the key that says nothing while its type is not among the recorded
// types of breach.
var leftAside = map[string]string{
	"effect.disclosure":   "confidentiality",
	"effect.availability": "availability",
	"effect.integrity":    "integrity",
}

// impliedByTypes: a breach of availability has lost it at least for a time, one of
// integrity has altered data at least unused.
var impliedByTypes = map[string]map[string]string{
	"availability": {"effect.availability": "temporary"},
	"integrity":    {"effect.integrity": "altered-unused"},
}
