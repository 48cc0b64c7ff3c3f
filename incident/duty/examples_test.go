package duty

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"timeglas/incident/fact"
)

// example is a worked example of an authority, and what it answers.
type example struct {
	file   string
	risk   Risk
	notify bool
	people bool
	rules  []string // that must be among the reasons
}

// examples are those that were published with an answer. Where an answer is "it
// depends on the data", the file says on which.
var examples = []example{
	{"edpb-01-ransomware-with-backup", Unlikely, false, false, []string{"unintelligible", "availability-kept"}},
	{"edpb-02-ransomware-without-backup", Likely, true, false, []string{"unavailable"}},
	{"edpb-03-ransomware-in-a-hospital", High, true, true, []string{"severe-service-impact"}},
	{"edpb-04-ransomware-with-exfiltration", High, true, true, []string{"money-exposed"}},
	{"edpb-05-job-applications", High, true, true, []string{"taken-by-hostile"}},
	{"edpb-06-hashed-passwords", Unlikely, false, false, []string{"unintelligible"}},
	{"edpb-07-credential-stuffing", High, true, true, []string{"taken-by-hostile", "cpr-in-many-hands"}},
	{"edpb-08-employee-takes-customer-list", Likely, true, false, nil},
	{"edpb-09-trusted-third-party", Unlikely, false, false, []string{"trusted-deleted"}},
	{"edpb-10-stolen-encrypted-tablets", Unlikely, false, false, []string{"unintelligible"}},
	{"edpb-11-stolen-unencrypted-laptop", High, true, true, []string{"identity-kit-at-scale", "serious-consequences"}},
	{"edpb-12-stolen-paper-with-health-data", High, true, true, []string{"special-categories-exposed", "lost-for-good"}},
	{"edpb-13-two-parcels-swapped", Unlikely, false, false, []string{"innocuous-to-few"}},
	{"edpb-14-jobseekers-list-by-mail", High, true, true, []string{"cpr-in-many-hands"}},
	{"edpb-15-course-list-by-mail", Unlikely, false, false, []string{"innocuous-to-few"}},
	{"edpb-16-two-letters-in-one-envelope", Likely, true, false, nil},
	{"edpb-17-identity-theft-by-phone", High, true, true, []string{"chosen-victim"}},
	{"edpb-18-mailbox-forwarded", High, true, true, []string{"money-exposed"}},
	{"edpb-9-2022-i-encrypted-usb-key", Unlikely, false, false, []string{"unintelligible"}},
	{"edpb-9-2022-iii-power-cut", Unlikely, false, false, []string{"not-confidentiality", "availability-kept"}},
	{"edpb-9-2022-iv-ransomware-no-backup", High, true, true, []string{"lost-for-good"}},
	{"edpb-9-2022-v-bank-statement", Likely, true, false, nil},
	{"edpb-9-2022-vi-marketplace", High, true, true, []string{"readable-passwords"}},
	{"edpb-9-2022-vii-hosting-processor", Likely, true, false, []string{"tell-controller", "access-not-disproved"}},
	{"edpb-9-2022-viii-hospital-30-hours", High, true, true, []string{"care-without-records"}},
	{"edpb-9-2022-x-visible-recipients-few", Unlikely, false, false, []string{"innocuous-to-few"}},
	{"edpb-9-2022-x-visible-recipients-many", Likely, true, false, nil},
	{"dt-2021-442-12924-access-not-disproved", Likely, true, false, []string{"access-not-disproved", "logs-too-short"}},
	{"dt-2021-32-2067-main-rule", Likely, true, false, []string{"main-rule-notify"}},
	{"dt-2021-31-4596-main-rule", Likely, true, false, []string{"main-rule-notify", "access-not-disproved"}},
	{"dt-2021-442-13805-cpr-to-one", High, true, true, []string{"cpr-with-protected-data"}},
	{"dt-2022-441-12449-readable-passwords", High, true, true, []string{"readable-passwords"}},
	{"dt-2020-442-8862-corrupted-medication", High, true, true, []string{"corrupted-health-data"}},
	{"dt-lejre-minutes-open-to-staff", High, true, true, []string{"children-open-to-staff", "except-disproportionate"}},
	{"dt-2021-442-12924-region-nordjylland", Likely, true, false, []string{"access-not-disproved", "logs-too-short"}},
	{"edpb-9-2022-ii-online-service", High, true, true, []string{"money-exposed"}},
	{"edpb-9-2022-ix-students-to-the-wrong-list", Likely, true, false, nil},
	{"edpb-9-2022-x-visible-recipients-of-a-therapist", High, true, true, []string{"special-categories-exposed"}},
	{"edpb-9-2022-x-visible-recipients-with-passwords", High, true, true, []string{"readable-passwords"}},
	{"case-1-return-centres", High, true, true, []string{"decided-on-wrong-data", "except-disproportionate"}},
	{"case-2-registry-look-ups", High, true, true, []string{"physical-harm", "misused"}},
	{"case-2-only-the-passed-on", High, true, true, []string{"misused"}},
	{"case-3-open-web", High, true, true, []string{"special-categories-exposed", "cpr-with-protected-data"}},
	{"case-3-aarhus", High, true, true, []string{"cpr-in-many-hands"}},
}

func TestTheAnswerAgreesWithTheAuthoritiesOwnExamples(t *testing.T) {
	seen := make(map[string]bool)
	for _, e := range examples {
		seen[e.file] = true
		t.Run(e.file, func(t *testing.T) {
			a := Assess(read(t, e.file), Context{})
			if a.Risk != e.risk || a.NotifyAuthority != e.notify || a.CommunicateSubjects != e.people {
				t.Errorf("risk %s, notify %v, people %v; want %s, %v, %v\n%s",
					a.Risk, a.NotifyAuthority, a.CommunicateSubjects, e.risk, e.notify, e.people, rules(a))
			}
			for _, want := range e.rules {
				if !slices.ContainsFunc(a.Reasons, func(r Reason) bool { return r.Rule == want }) {
					t.Errorf("rule %s is not among the reasons: %s", want, rules(a))
				}
			}
		})
	}
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples found", err)
	}
	for _, f := range files {
		if !seen[strings.TrimSuffix(filepath.Base(f), ".toml")] {
			t.Errorf("%s has no expected answer", f)
		}
	}
}

func TestTheReturnCentresAreToldPubliclyAndInDanishAndEnglish(t *testing.T) {
	a := Assess(read(t, "case-1-return-centres"), Context{})
	if a.CommunicateHow != Publicly || a.ProposePeople() != "publicly" {
		t.Errorf("told %s, proposed %s", a.CommunicateHow, a.ProposePeople())
	}
}

func TestEachSubsetOfTheRegistryLookUpsHasItsOwnAnswer(t *testing.T) {
	a := Assess(read(t, "case-2-only-the-passed-on"), Context{})
	want := map[string]Risk{"passed-on": High, "looked-up": Likely}
	for _, p := range a.Subsets {
		if p.Risk != want[p.Name] || p.CommunicateSubjects != (p.Risk == High) {
			t.Errorf("%+v, want risk %s", p, want[p.Name])
		}
	}
	if len(a.Subsets) != len(want) || !a.CommunicateSubjects {
		t.Errorf("%d subsets, communicate %v", len(a.Subsets), a.CommunicateSubjects)
	}
	both := Assess(read(t, "case-2-registry-look-ups"), Context{})
	for _, p := range both.Subsets {
		if p.Risk != High {
			t.Errorf("%s: risk %s, though physical harm is possible", p.Name, p.Risk)
		}
	}
}

func read(t testing.TB, name string) fact.Sheet {
	t.Helper()
	file := filepath.Join("testdata", name+".toml")
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	given, err := fact.ReadTOML(f, file, time.UTC, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return fact.ToSheet(given)
}

func rules(a Assessment) string {
	var names []string
	for _, r := range a.Reasons {
		names = append(names, r.Subset+":"+r.Rule)
	}
	return strings.Join(names, " ")
}
