package duty

import (
	"slices"
	"testing"
	"time"
)

func TestWhatCouldMakeTellingRequiredIsAskedWithItsTime(t *testing.T) {
	deadline := now.Add(30 * time.Hour)
	a := Assess(sheetOf(t, toOne+"data.categories=name,address,vehicle data.special=no"), Context{Deadline: deadline})
	if a.People != NotExcluded || a.CommunicateSubjects || a.ProposePeople() != OptionFindOut {
		t.Fatalf("people %s, proposed %s", a.People, a.ProposePeople())
	}
	i := slices.IndexFunc(a.Open, func(o Open) bool { return slices.Contains(o.Keys, "persons.protected_identity") })
	if i < 0 || !a.Open[i].By.Equal(deadline) || a.Open[i].Text.DA == "" {
		t.Errorf("protected addresses are not asked about: %+v", a.Open)
	}
	if last := a.Reasons[len(a.Reasons)-1]; last.Rule != "people-not-excluded" {
		t.Errorf("the last reason is %s", last.Rule)
	}
}

func TestWhenEveryQuestionIsAnsweredTellingIsNotRequired(t *testing.T) {
	a := Assess(sheetOf(t, toOne+`data.categories=name,address,vehicle data.special=no data.sensitivity=typical data.volume=low
		persons.vulnerable=no persons.protected_identity=no consequences.likely=distress effect.misuse=none incident.targeted=no
		effect.recipient_intent=benign effect.access=confirmed effect.exfiltration=no effect.availability=none effect.integrity=none
		effect.service_impact=none effect.backup=full effect.restored_after_h=0`), Context{})
	if a.Risk != Likely || a.People != NotRequired || len(a.Open) > 0 || a.ProposePeople() != OptionNotRequired {
		t.Errorf("risk %s, people %s, open %+v", a.Risk, a.People, a.Open)
	}
}

func TestNothingIsAskedAboutPeopleWhereRiskIsShownToBeUnlikely(t *testing.T) {
	a := Assess(sheetOf(t, "incident.family=lost-or-stolen effect.protection=encrypted-key-safe effect.backup=full"), Context{})
	if a.People != NotRequired || len(a.Open) > 0 || a.NotifyAuthority || a.ProposeAuthority() != OptionNotRequired {
		t.Errorf("%+v", a)
	}
}

func TestASubsetHasItsOwnOpenQuestions(t *testing.T) {
	a := Assess(read(t, "case-2-only-the-passed-on"), Context{})
	for _, p := range a.Subsets {
		if p.Name == "looked-up" && p.People != NotExcluded {
			t.Errorf("%+v", p)
		}
	}
}

func TestEachOpenFactThatCouldMoveTheAnswerIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		facts string
		yes   []string
		no    []string
	}{
		"a lost device": {"incident.family=lost-or-stolen effect.backup=full data.categories=national-id,health",
			[]string{"effect.protection", "effect.access"}, []string{"effect.backup", "incident.family"}},
		"a letter to one": {toOne + "data.categories=health,name",
			[]string{"effect.recovered", "effect.protection", "consequences.likely"}, []string{"effect.disclosure", "persons.count", "controller.name"}},
		"an outage": {"incident.family=outage effect.types=availability",
			[]string{"effect.restored_after_h", "effect.backup", "effect.service_impact"}, []string{"effect.types"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := Assess(sheetOf(t, c.facts), Context{})
			for _, key := range c.yes {
				if !slices.Contains(a.Unknown, key) {
					t.Errorf("%s is not among %v", key, a.Unknown)
				}
			}
			for _, key := range c.no {
				if slices.Contains(a.Unknown, key) {
					t.Errorf("%s is among %v", key, a.Unknown)
				}
			}
		})
	}
}

func TestTheScoreIsENISAsWithItsSum(t *testing.T) {
	for name, c := range map[string]struct {
		facts string
		sum   string
		band  Band
	}{
		"nothing known":                    {"", "1 × 0.25 + 0 = 0.25", Low},
		"a name with a CPR number, public": {onWeb + "data.categories=name,national-id", "1 × 1 + 0.5 = 1.5", Low},
		"a CPR number alone":               {toOne + "data.categories=national-id persons.identifiability=limited", "1 × 0.75 + 0.25 = 1", Low},
		"health data to one":               {toOne + "data.categories=name,health persons.identifiability=maximum", "4 × 1 + 0.25 = 4.25", VeryHigh},
		"no sign of access":                {toOne + "effect.access=no-sign data.categories=economy persons.identifiability=maximum", "3 × 1 + 0 = 3", HighBand},
		"steps stop at four":               {onWeb + "data.categories=health data.volume=high persons.vulnerable=yes persons.identifiability=significant", "4 × 0.75 + 0.5 = 3.5", HighBand},
		"steps stop at one":                {onWeb + "data.categories=name data.public_before=yes data.sensitivity=minor", "1 × 0.75 + 0.5 = 1.25", Low},
		"lost for good, with ill will":     {"effect.types=availability effect.availability=permanent incident.cause=external-malicious data.categories=behaviour persons.identifiability=maximum", "2 × 1 + 1 = 3", HighBand},
		"wrong data used":                  {"effect.types=integrity effect.integrity=used-recoverable data.categories=location persons.identifiability=maximum", "2 × 1 + 0.25 = 2.25", Medium},
		"credentials of a bank":            {hacked + "controller.sector=finance data.categories=credentials persons.identifiability=maximum effect.disclosure=unknown-recipient", "4 × 1 + 1 = 5", VeryHigh},
	} {
		t.Run(name, func(t *testing.T) {
			e := Assess(sheetOf(t, c.facts), Context{}).ENISA
			if e.Sum() != c.sum || e.Band != c.band {
				t.Errorf("%s %s, want %s %s", e.Sum(), e.Band, c.sum, c.band)
			}
			for _, s := range e.Steps {
				if s.Name.EN == "" || s.Name.DA == "" || s.Why.EN == "" || s.Why.DA == "" || len(s.Keys) == 0 {
					t.Errorf("step without its ground: %+v", s)
				}
			}
		})
	}
}

func TestTheFlagsStandBesideTheScore(t *testing.T) {
	for facts, want := range map[string]int{
		"persons.count=100": 0, "persons.count=101": 1, "persons.count=5 persons.count_max=200": 1, "persons.scale=hundreds": 1,
		"persons.count=101 effect.protection=encrypted-key-safe": 2, "": 0,
	} {
		if e := Assess(sheetOf(t, facts), Context{}).ENISA; len(e.Flags) != want {
			t.Errorf("%q has flags %v, want %d", facts, e.Flags, want)
		}
	}
}
