package duty

import (
	"slices"
	"strings"
	"testing"

	"timeglas/incident/fact"
)

// sheetOf reads facts as "key=value key=value".
func sheetOf(t *testing.T, facts string) fact.Sheet {
	t.Helper()
	s := fact.Sheet{}
	for _, f := range strings.Fields(facts) {
		key, text, _ := strings.Cut(f, "=")
		v, err := fact.Parse(key, strings.ReplaceAll(text, "_", " "), nil, now)
		if err != nil {
			t.Fatal(err)
		}
		s = s.With(key, v)
	}
	return s
}

const (
	toOne   = "effect.types=confidentiality effect.disclosure=known-recipient effect.recipients=1 persons.count=1 "
	trusted = "effect.types=confidentiality effect.disclosure=trusted-recipient effect.recovered=confirmed persons.count=1 "
	onWeb   = "effect.types=confidentiality effect.disclosure=public "
	stolen  = "effect.types=confidentiality incident.family=lost-or-stolen effect.backup=full "
	hacked  = "effect.types=confidentiality incident.cause=external-malicious effect.exfiltration=yes "
	staff   = "effect.types=confidentiality effect.disclosure=own-staff effect.access=confirmed "
	gone    = "effect.types=availability "
	wrong   = "effect.types=integrity "
)

// ruleTests hold for each rule facts on which it speaks, and the nearest facts on
// which it is silent.
var ruleTests = []struct{ rule, speaks, silent string }{
	{"physical-harm", toOne + "data.categories=name consequences.likely=physical-harm", toOne + "data.categories=name consequences.likely=distress"},
	{"physical-harm", toOne + "effect.access=no-sign consequences.likely=physical-harm", stolen + "effect.protection=encrypted-key-safe consequences.likely=physical-harm"},
	{"protected-address", toOne + "persons.protected_identity=yes", toOne + "persons.protected_identity=no"},
	{"protected-address", toOne + "persons.groups=protected-address", trusted + "persons.protected_identity=yes"},
	{"readable-passwords", hacked + "data.categories=credentials", hacked + "data.categories=credentials effect.protection=hashed-strong"},
	{"readable-passwords", onWeb + "data.categories=credentials effect.access=no-sign", onWeb + "data.categories=credentials effect.access=excluded"},
	{"cpr-with-protected-data", toOne + "data.categories=national-id,economy", toOne + "data.categories=national-id,name,address"},
	{"cpr-with-protected-data", toOne + "data.categories=national-id data.special=yes", toOne + "data.categories=name,economy"},
	{"cpr-with-protected-data", toOne + "data.categories=national-id,confidential effect.recovered=confirmed", trusted + "data.categories=national-id,confidential"},
	{"cpr-in-many-hands", onWeb + "data.categories=national-id", toOne + "data.categories=national-id"},
	{"cpr-in-many-hands", toOne + "data.categories=national-id persons.count=100", toOne + "data.categories=national-id persons.count=99"},
	{"special-categories-exposed", toOne + "data.categories=health", toOne + "data.categories=health effect.recovered=confirmed"},
	{"special-categories-exposed", "incident.family=ransomware effect.exfiltration=likely data.categories=health", "incident.family=ransomware effect.exfiltration=unlikely data.categories=health"},
	{"readable-passwords", "incident.family=ransomware effect.exfiltration=yes data.categories=credentials", "incident.family=ransomware effect.exfiltration=no data.categories=credentials"},
	{"special-categories-exposed", onWeb + "data.categories=criminal effect.recovered=confirmed", toOne + "data.categories=health data.sensitivity=minor"},
	{"children-open-to-staff", staff + "persons.groups=children data.categories=social-services persons.count=100", staff + "persons.groups=patients data.categories=social-services persons.count=100"},
	{"children-open-to-staff", staff + "persons.vulnerable=yes data.categories=health effect.recipients=100", staff + "persons.vulnerable=yes data.categories=health effect.recipients=99 persons.count=99"},
	{"misused", hacked + "effect.misuse=observed data.categories=name,contact", staff + "effect.misuse=observed data.categories=name,contact"},
	{"taken-by-hostile", "incident.family=other incident.cause=external-malicious effect.types=confidentiality effect.access=confirmed effect.exfiltration=no data.categories=education",
		"incident.family=ransomware effect.access=confirmed effect.exfiltration=no data.categories=education"},
	{"unintelligible", "incident.family=lost-or-stolen effect.types=confidentiality effect.protection=encrypted-key-safe", "incident.family=lost-or-stolen effect.protection=encrypted-key-safe"},
	{"severe-data-exposed", toOne + "data.sensitivity=severe", toOne + "data.sensitivity=typical"},
	{"confidential-exposed", onWeb + "data.categories=social-services", toOne + "data.categories=social-services"},
	{"confidential-exposed", toOne + "data.categories=confidential persons.vulnerable=yes", toOne + "data.categories=purchase persons.vulnerable=yes"},
	{"money-exposed", onWeb + "data.categories=payment-card", toOne + "data.categories=payment-card"},
	{"money-exposed", stolen + "data.categories=economy", stolen + "data.categories=economy effect.protection=encrypted-key-safe"},
	{"taken-by-hostile", hacked + "data.categories=education", hacked + "data.categories=name,contact"},
	{"taken-by-hostile", hacked + "data.categories=education effect.protection=encrypted-key-compromised", hacked + "data.categories=education effect.protection=pseudonymised"},
	{"chosen-victim", hacked + "incident.targeted=yes data.categories=address,name", hacked + "incident.targeted=no data.categories=address,name"},
	{"misused", toOne + "effect.misuse=observed data.categories=birth-date", toOne + "effect.misuse=observed data.categories=contact"},
	{"misused", toOne + "effect.misuse=suspected data.categories=national-id", toOne + "effect.misuse=suspected data.categories=birth-date"},
	{"pried", staff + "incident.family=unauthorised-lookup data.categories=health", staff + "incident.family=internal-error data.categories=health"},
	{"vulnerable-exposed", onWeb + "persons.groups=children data.categories=photo,name", onWeb + "persons.groups=children data.categories=name"},
	{"vulnerable-exposed", onWeb + "persons.vulnerable=yes data.categories=address", toOne + "persons.vulnerable=yes data.categories=address"},
	{"serious-consequences", stolen + "data.categories=birth-date consequences.likely=fraud", stolen + "data.categories=contact consequences.likely=fraud"},
	{"identity-kit-at-scale", stolen + "data.categories=name,birth-date persons.count=1000", stolen + "data.categories=name,birth-date persons.count=999"},
	{"profile-exposed", onWeb + "data.volume=high data.categories=employment", onWeb + "data.volume=normal data.categories=employment"},
	{"corrupted-health-data", wrong + "data.categories=health", wrong + "data.categories=health effect.integrity=altered-unused effect.availability=none effect.backup=full effect.restored_after_h=2"},
	{"corrupted-health-data", wrong + "persons.groups=patients effect.integrity=used-recoverable", wrong + "persons.groups=patients effect.integrity=none"},
	{"decided-on-wrong-data", gone + "effect.availability=permanent consequences.likely=wrong-decision", gone + "effect.availability=permanent consequences.likely=reputation"},
	{"decided-on-wrong-data", wrong + "controller.sector=social consequences.likely=service-denied", wrong + "controller.sector=retail consequences.likely=service-denied"},
	{"severe-service-impact", gone + "effect.service_impact=severe", gone + "effect.service_impact=minor"},
	{"care-without-records", gone + "persons.groups=patients effect.restored_after_h=24", gone + "persons.groups=patients effect.restored_after_h=23"},
	{"care-without-records", gone + "controller.sector=health data.categories=health effect.restored_after_h=30", gone + "controller.sector=health data.categories=health effect.restored_after_h=30 effect.service_impact=none"},
	{"lost-for-good", gone + "effect.availability=permanent effect.backup=none data.categories=health", gone + "effect.availability=permanent effect.backup=paper data.categories=health"},

	{"not-confidentiality", gone + "effect.availability=none", wrong + "effect.integrity=none effect.disclosure=known-recipient"},
	{"unintelligible", stolen + "effect.protection=encrypted-key-safe", stolen + "effect.protection=encrypted-key-compromised"},
	{"unintelligible", hacked + "effect.protection=hashed-strong data.categories=credentials,pseudonym", hacked + "effect.protection=hashed-strong data.categories=credentials,contact"},
	{"nobody-saw", onWeb + "effect.access=excluded data.categories=health effect.exposure_days=9 effect.log_days=9", onWeb + "effect.access=excluded data.categories=health effect.exposure_days=9 effect.log_days=8"},
	{"nobody-saw", "effect.types=confidentiality effect.disclosure=none", "effect.types=confidentiality effect.access=no-sign"},
	{"not-copied-out", "incident.family=ransomware effect.exfiltration=no effect.backup=full effect.restored_after_h=4 effect.service_impact=none",
		"incident.family=ransomware effect.exfiltration=unlikely effect.backup=full effect.restored_after_h=4 effect.service_impact=none"},
	{"trusted-deleted", trusted + "data.categories=name,insurance", trusted + "data.categories=name,national-id"},
	{"trusted-deleted", trusted + "data.categories=name,employment persons.count=24", trusted + "data.categories=name,health"},
	{"innocuous-to-few", toOne + "data.categories=name,address,purchase", toOne + "data.categories=name,address,vehicle"},
	{"innocuous-to-few", toOne + "data.categories=contact persons.count=99", toOne + "data.categories=contact persons.count=100"},
	{"innocuous-to-few", toOne + "data.categories=contact effect.recovered=requested", toOne + "data.categories=contact effect.recovered=refused"},
	{"public-before", onWeb + "data.public_before=yes data.categories=name,employment", onWeb + "data.public_before=yes data.categories=name,national-id"},
	{"nobody-identified", onWeb + "persons.identifiability=negligible data.categories=behaviour", onWeb + "persons.identifiability=negligible data.categories=behaviour,name"},
	{"availability-kept", gone + "effect.backup=full effect.restored_after_h=5", gone + "effect.backup=full effect.restored_after_h=25"},
	{"availability-kept", gone + "effect.restored_after_h=0.2 effect.service_impact=minor", gone + "effect.restored_after_h=5 effect.service_impact=minor"},
	{"availability-kept", "incident.family=lost-or-stolen effect.backup=full effect.protection=encrypted-key-safe", "incident.family=lost-or-stolen effect.types=confidentiality effect.protection=encrypted-key-safe effect.backup=none"},
	{"integrity-restored", wrong + "effect.backup=full data.categories=name", wrong + "effect.backup=full effect.integrity=used-recoverable data.categories=name"},

	{"access-not-disproved", onWeb + "effect.access=no-sign data.categories=name", onWeb + "effect.access=confirmed data.categories=name"},
	{"logs-too-short", staff + "effect.access=excluded effect.exposure_days=9 effect.log_days=8", staff + "effect.exposure_days=9 effect.log_days=9"},
	{"unavailable", gone + "effect.restored_after_h=100", gone + "effect.restored_after_h=0.1"},
	{"altered-data", wrong + "effect.integrity=used-recoverable", wrong + "effect.integrity=none"},

	{"except-unintelligible", stolen + "effect.protection=encrypted-key-safe informed.exception=34-3-a", gone + "effect.service_impact=severe effect.protection=encrypted-key-safe informed.exception=34-3-a"},
	{"except-unintelligible", stolen + "effect.protection=encrypted-key-safe data.categories=health informed.exception=34-3-a", onWeb + "data.categories=health informed.exception=34-3-a"},
	{"except-risk-removed", onWeb + "data.categories=health informed.exception=34-3-b informed.why=deleted", onWeb + "data.categories=health informed.exception=34-3-b"},
	{"except-risk-removed", onWeb + "data.categories=health informed.exception=34-3-b measures.taken=deleted", onWeb + "data.categories=health effect.misuse=observed informed.exception=34-3-b measures.taken=deleted"},
	{"except-disproportionate", onWeb + "data.categories=health informed.exception=34-3-c", onWeb + "data.categories=health"},
	{"except-private-interests", onWeb + "data.categories=health informed.exception=dbl-22-1 informed.why=a_child", onWeb + "data.categories=health informed.exception=dbl-22-1"},
	{"except-public-interests", onWeb + "data.categories=health informed.exception=dbl-22-2 informed.why=police", onWeb + "data.categories=health informed.exception=dbl-22-2"},
	{"tell-controller", "controller.role=processor", "controller.role=joint"},
}

func TestEachRuleSpeaksOnItsFactsAndIsSilentOnTheNearest(t *testing.T) {
	for _, c := range ruleTests {
		t.Run(c.rule, func(t *testing.T) {
			for facts, want := range map[string]bool{c.speaks: true, c.silent: false} {
				a := Assess(sheetOf(t, facts), Context{})
				got := slices.ContainsFunc(a.Reasons, func(r Reason) bool { return r.Rule == c.rule })
				if got != want {
					t.Errorf("speaks: %v, want %v, on %s\nreasons: %s", got, want, facts, rules(a))
				}
			}
		})
	}
}

func TestEveryRuleHasATestASourceAndWordsInBothLanguages(t *testing.T) {
	tested := make(map[string]bool)
	for _, c := range ruleTests {
		tested[c.rule] = true
	}
	all := slices.Concat(raising, standing)
	for _, side := range clearing {
		all = append(all, side...)
	}
	for _, e := range exceptions {
		all = append(all, e)
	}
	names := make(map[string]bool)
	for _, rule := range all {
		for _, facts := range []string{"", "effect.types=availability effect.protection=encrypted-key-safe informed.why=x"} {
			r, _ := rule(newScene(sheetOf(t, facts), forPeople))
			if r.Rule == "" || strings.HasSuffix(r.Rule, "-fails") {
				continue
			}
			names[r.Rule] = true
			if r.Ref == "" || r.Text.EN == "" || r.Text.DA == "" || len(r.Keys) == 0 || r.Effect == "" {
				t.Errorf("%s: %+v", r.Rule, r)
			}
			for _, key := range r.Keys {
				if _, ok := fact.Lookup(key); !ok {
					t.Errorf("%s rests on %s, which is no fact", r.Rule, key)
				}
			}
		}
	}
	for name := range names {
		if !tested[name] {
			t.Errorf("%s has no test", name)
		}
	}
	if len(names) < len(raising)+len(standing) {
		t.Errorf("only %d rules seen", len(names))
	}
}

func TestExceptionsChangeWhetherAndHowThePeopleAreTold(t *testing.T) {
	const high = onWeb + "data.categories=health "
	for name, c := range map[string]struct {
		facts string
		tell  bool
		how   How
		gate  string
	}{
		"none":                             {high, true, Individually, "individually"},
		"34(3)(a) on readable data":        {high + "informed.exception=34-3-a", true, Individually, "individually"},
		"34(3)(a) on data that are missed": {gone + "effect.service_impact=severe effect.protection=encrypted-key-safe informed.exception=34-3-a", true, Individually, "individually"},
		"34(3)(b) with its measures":       {high + "informed.exception=34-3-b informed.why=deleted", false, None, "not-required"},
		"34(3)(b) while it goes on":        {high + "informed.exception=34-3-b informed.why=deleted incident.ongoing=yes", true, Individually, "individually"},
		"34(3)(c)":                         {high + "informed.exception=34-3-c", true, Publicly, "publicly"},
		"§ 22 with a reason":               {high + "informed.exception=dbl-22-2 informed.why=police", false, None, "not-required"},
		"§ 22 without":                     {high + "informed.exception=dbl-22-2", true, Individually, "individually"},
		"an exception without a risk":      {toOne + "data.categories=contact informed.exception=34-3-c", false, None, "not-required"},
	} {
		t.Run(name, func(t *testing.T) {
			a := Assess(sheetOf(t, c.facts), Context{})
			if a.CommunicateSubjects != c.tell || a.CommunicateHow != c.how || a.Proposal("duty-people") != c.gate {
				t.Errorf("tell %v, %s, gate %s; want %+v", a.CommunicateSubjects, a.CommunicateHow, a.Proposal("duty-people"), c)
			}
			if a.Proposal("another") != "" {
				t.Error("something is proposed for a gate of another kind")
			}
		})
	}
}

func TestTheHighRiskStaysWhenAnExceptionHolds(t *testing.T) {
	a := Assess(sheetOf(t, onWeb+"data.categories=health informed.exception=dbl-22-2 informed.why=police"), Context{})
	if a.Risk != High || !a.NotifyAuthority || a.People != Excepted {
		t.Errorf("risk %s, notify %v, people %s", a.Risk, a.NotifyAuthority, a.People)
	}
}

func TestAnEncryptedDeviceWithoutACopyIsARiskOfAvailability(t *testing.T) {
	with := Assess(sheetOf(t, "incident.family=lost-or-stolen effect.protection=encrypted-key-safe effect.backup=full"), Context{})
	without := Assess(sheetOf(t, "incident.family=lost-or-stolen effect.protection=encrypted-key-safe effect.backup=none"), Context{})
	unsaid := Assess(sheetOf(t, "incident.family=lost-or-stolen effect.protection=encrypted-key-safe"), Context{})
	if with.Risk != Unlikely || without.Risk != Likely || unsaid.Risk != Likely {
		t.Errorf("with a copy %s, without %s, unsaid %s", with.Risk, without.Risk, unsaid.Risk)
	}
	if !slices.Contains(unsaid.Unknown, "effect.backup") {
		t.Errorf("the backup is not among what could change the answer: %v", unsaid.Unknown)
	}
}
