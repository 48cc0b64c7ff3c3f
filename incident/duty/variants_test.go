package duty

import (
	"strings"
	"testing"

	"timeglas/incident/fact"
)

// variant is a worked example with one fact changed, and where the answer has to go.
type variant struct {
	file, change   string // a change without a value takes the fact out
	notify, people bool
}

var variants = []variant{
	{"edpb-01-ransomware-with-backup", "effect.protection=encrypted-key-compromised", true, false},
	{"edpb-01-ransomware-with-backup", "effect.backup=none", true, false},
	{"edpb-01-ransomware-with-backup", "effect.restored_after_h=96", true, false},
	{"edpb-01-ransomware-with-backup", "effect.service_impact=severe", true, true},
	{"edpb-01-ransomware-with-backup", "effect.misuse=suspected", true, false},
	{"edpb-02-ransomware-without-backup", "effect.backup=full", true, false},
	{"edpb-02-ransomware-without-backup", "effect.service_impact=severe", true, true},
	{"edpb-02-ransomware-without-backup", "effect.exfiltration=yes", true, false},
	{"edpb-03-ransomware-in-a-hospital", "effect.service_impact=minor", true, true},
	{"edpb-03-ransomware-in-a-hospital", "effect.service_impact=none", true, false},
	{"edpb-04-ransomware-with-exfiltration", "effect.exfiltration=no", true, false},
	{"edpb-04-ransomware-with-exfiltration", "effect.protection=encrypted-key-safe", true, false},
	{"edpb-05-job-applications", "effect.protection=encrypted-key-safe", false, false},
	{"edpb-05-job-applications", "data.categories=name,contact", true, false},
	{"edpb-06-hashed-passwords", "effect.protection=intelligible", true, true},
	{"edpb-06-hashed-passwords", "effect.protection", true, true},
	{"edpb-06-hashed-passwords", "data.categories=credentials,name,contact", true, false},
	{"edpb-06-hashed-passwords", "effect.misuse=observed", true, false},
	{"edpb-08-employee-takes-customer-list", "data.categories=name,contact,health", true, true},
	{"edpb-08-employee-takes-customer-list", "persons.protected_identity=yes", true, true},
	{"edpb-09-trusted-third-party", "effect.recovered", true, false},
	{"edpb-09-trusted-third-party", "effect.disclosure=known-recipient", true, false},
	{"edpb-09-trusted-third-party", "data.categories=name,health", true, false},
	{"edpb-09-trusted-third-party", "data.categories=name,national-id", true, false},
	{"edpb-10-stolen-encrypted-tablets", "effect.protection=intelligible", true, true},
	{"edpb-10-stolen-encrypted-tablets", "effect.backup=none", true, false},
	{"edpb-10-stolen-encrypted-tablets", "effect.protection=encrypted-key-compromised", true, true},
	{"edpb-11-stolen-unencrypted-laptop", "effect.protection=encrypted-key-safe", false, false},
	{"edpb-12-stolen-paper-with-health-data", "effect.backup=full", true, true},
	{"edpb-13-two-parcels-swapped", "data.categories=name,address,health", true, true},
	{"edpb-13-two-parcels-swapped", "persons.count=5000", true, false},
	{"edpb-13-two-parcels-swapped", "effect.recovered=refused", true, false},
	{"edpb-13-two-parcels-swapped", "incident.systemic=yes", true, false},
	{"edpb-13-two-parcels-swapped", "effect.recipient_intent=hostile", true, false},
	{"edpb-13-two-parcels-swapped", "data.categories=name,address,national-id", true, false},
	{"edpb-13-two-parcels-swapped", "persons.protected_identity=yes", true, true},
	{"edpb-14-jobseekers-list-by-mail", "data.categories=name,contact,address", true, false},
	{"edpb-14-jobseekers-list-by-mail", "effect.protection=encrypted-key-safe", false, false},
	{"edpb-15-course-list-by-mail", "data.sensitivity=typical", true, true},
	{"edpb-15-course-list-by-mail", "data.sensitivity", true, true},
	{"edpb-15-course-list-by-mail", "effect.disclosure=public", true, false},
	{"edpb-16-two-letters-in-one-envelope", "data.categories=name,address,health,insurance", true, true},
	{"edpb-17-identity-theft-by-phone", "incident.targeted=no", true, true},
	{"edpb-18-mailbox-forwarded", "effect.protection=encrypted-key-safe", false, false},
	{"edpb-9-2022-i-encrypted-usb-key", "effect.protection=encrypted-key-compromised", true, true},
	{"edpb-9-2022-i-encrypted-usb-key", "effect.backup=none", true, false},
	{"edpb-9-2022-iii-power-cut", "effect.restored_after_h=30", true, false},
	{"edpb-9-2022-iii-power-cut", "effect.service_impact=severe", true, true},
	{"edpb-9-2022-iv-ransomware-no-backup", "effect.backup=full", true, false},
	{"edpb-9-2022-v-bank-statement", "data.categories=name,national-id,economy", true, true},
	{"edpb-9-2022-v-bank-statement", "effect.disclosure=unknown-recipient", true, true},
	{"edpb-9-2022-vi-marketplace", "effect.protection=encrypted-key-safe", false, false},
	{"edpb-9-2022-vii-hosting-processor", "effect.access=excluded", false, false},
	{"edpb-9-2022-viii-hospital-30-hours", "effect.restored_after_h=0.5", false, false},
	{"edpb-9-2022-x-visible-recipients-few", "data.categories=contact,health", true, true},
	{"edpb-9-2022-x-visible-recipients-many", "persons.count=20", true, false},
	{"dt-2021-442-12924-access-not-disproved", "effect.log_days=120", false, false},
	{"dt-2021-442-12924-access-not-disproved", "effect.access=no-sign", true, false},
	{"dt-2021-442-13805-cpr-to-one", "data.categories=name,national-id", true, false},
	{"dt-2021-442-13805-cpr-to-one", "effect.disclosure=trusted-recipient", true, false},
	{"dt-2021-442-13805-cpr-to-one", "effect.access=excluded", false, false},
	{"dt-2022-441-12449-readable-passwords", "effect.protection=hashed-strong", true, false},
	{"dt-2020-442-8862-corrupted-medication", "effect.integrity=none", false, false},
	{"case-3-aarhus", "informed.exception=34-3-c", true, true},
	{"case-3-aarhus", "informed.exception=34-3-a", true, true},
	{"case-2-registry-look-ups", "effect.access=excluded", true, true},
}

func TestOneChangedFactMovesAnExampleWhereItHasTo(t *testing.T) {
	for _, v := range variants {
		t.Run(v.file+" "+v.change, func(t *testing.T) {
			key, text, given := strings.Cut(v.change, "=")
			var value fact.Value
			if given {
				parsed, err := fact.Parse(key, text, nil, now)
				if err != nil {
					t.Fatal(err)
				}
				value = parsed
			}
			a := Assess(read(t, v.file).With(key, value), Context{})
			if a.NotifyAuthority != v.notify || a.CommunicateSubjects != v.people {
				t.Errorf("notify %v, people %v; want %v, %v\n%s", a.NotifyAuthority, a.CommunicateSubjects, v.notify, v.people, rules(a))
			}
		})
	}
}
