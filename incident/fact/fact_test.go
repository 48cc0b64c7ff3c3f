package fact

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func copenhagen(t interface{ Fatal(...any) }) *time.Location {
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestEveryKeyAndOptionHasItsWordsInBothLanguages(t *testing.T) {
	seen := make(map[string]bool)
	for _, k := range Keys() {
		if seen[k.Name] {
			t.Errorf("%s stands twice", k.Name)
		}
		seen[k.Name] = true
		if k.Label.EN == "" || k.Label.DA == "" {
			t.Errorf("%s has no label", k.Name)
		}
		if _, ok := codecs[k.Type]; !ok {
			t.Errorf("%s has a type that nothing reads: %s", k.Name, k.Type)
		}
		if choice := k.Type == TypeChoice || k.Type == TypeSet; choice != (len(k.Options) > 0) {
			t.Errorf("%s of type %s has %d options", k.Name, k.Type, len(k.Options))
		}
		for _, o := range k.Options {
			if o.Label.EN == "" || o.Label.DA == "" || o.Value == "" || strings.ContainsAny(o.Value, ", =") {
				t.Errorf("%s: option %+v", k.Name, o)
			}
		}
		if l := GroupLabel(k.Group()); l.EN == k.Group() {
			t.Errorf("group %s has no heading", k.Group())
		}
	}
}

// The vocabulary of the specification, so that no key or value gets lost.
func TestTheVocabularyHasEveryKeyInItsOrder(t *testing.T) {
	want := strings.Fields(`controller.name controller.cvr controller.public_authority controller.role controller.sector
		controller.contact_name controller.contact_email controller.contact_phone controller.dpo_name controller.dpo_email controller.dpo_phone
		incident.title incident.description incident.family incident.targeted incident.systemic incident.cause incident.began incident.ended
		incident.ongoing incident.periods incident.discovered incident.discovered_how incident.systems
		effect.types effect.disclosure effect.recipients effect.recipient_intent effect.access effect.exfiltration effect.recovered
		effect.exposure_days effect.log_days effect.availability effect.restored_after_h effect.backup effect.service_impact
		effect.integrity effect.protection effect.remote_wipe effect.misuse
		persons.count persons.count_max persons.records persons.counted persons.scale persons.groups persons.vulnerable
		persons.protected_identity persons.identifiability
		subset.NAME.count subset.NAME.categories subset.NAME.disclosure subset.NAME.protected_identity subset.NAME.vulnerable
		subset.NAME.misuse subset.NAME.sensitivity subset.NAME.special subset.NAME.recipient_intent subset.NAME.groups
		data.categories data.special data.sensitivity data.volume data.public_before
		consequences.likely consequences.description measures.before measures.taken measures.planned
		informed.status informed.count informed.when informed.how informed.exception informed.why informed.review
		processor.name processor.aware processor.told cross_border.states cross_border.lead delay.reason delay.more_time`)
	for _, k := range Keys() { // keys of our own may stand between
		if len(want) > 0 && k.Name == want[0] {
			want = want[1:]
		}
	}
	if len(want) > 0 {
		t.Errorf("missing or out of order: %v", want)
	}
}

func TestTheCallerCannotChangeTheVocabulary(t *testing.T) {
	Keys()[0].Name = "changed"
	if Keys()[0].Name != "controller.name" {
		t.Error("the table was changed through its copy")
	}
}

func TestKeysOfSubsetsAreFoundUnderAnyName(t *testing.T) {
	for name, ok := range map[string]bool{
		"subset.gang.count": true, "subset.the-66.categories": true, "subset.børn.special": true, "subset.part 2.groups": true,
		"subset..count": false, "subset.gang.names": false, "subset.-a.count": false, "subset.gang": false,
		"subset." + strings.Repeat("a", 33) + ".count": false, "subset.a=b.count": false, "subset.a.b.count": false,
		"persons.count": true, "persons": false, "": false,
	} {
		k, found := Lookup(name)
		if found != ok {
			t.Errorf("%q found: %v", name, found)
		}
		if found && k.Name != name {
			t.Errorf("%q has the name %q", name, k.Name)
		}
	}
}

func TestValuesAreReadAsTyped(t *testing.T) {
	for _, c := range []struct {
		key, text string
		want      Value
	}{
		{"persons.count", "1742", Count(1742)},
		{"persons.count", "unknown", Unknown},
		{"controller.name", "unknown", Unknown},
		{"controller.name", " Aarhus Kommune ", Text("Aarhus Kommune")},
		{"effect.remote_wipe", "ja", Flag(true)},
		{"effect.remote_wipe", "no", Flag(false)},
		{"effect.restored_after_h", "0.5", Number(0.5)},
		{"incident.systemic", "yes", Choice("yes")},
		{"data.categories", "name,national-id, name", Set{"name", "national-id"}},
		{"cross_border.states", "se,DK", Set{"DK", "SE"}},
		{"cross_border.lead", "dk", Choice("DK")},
		{"incident.systems", `AMS\, formerly SALTO,ESDH`, Set{"AMS, formerly SALTO", "ESDH"}},
		{"subset.gang.count", "66", Count(66)},
		{"incident.began", "unknown", Unknown},
	} {
		got, err := Parse(c.key, c.text, time.UTC, now)
		if err != nil || !Equal(got, c.want) {
			t.Errorf("%s=%s is %v (%v), want %v", c.key, c.text, got, err, c.want)
		}
	}
}

func TestWrongValuesSayWhatWouldBeRight(t *testing.T) {
	for _, c := range []struct{ key, text, says string }{
		{"person.count", "1", "did you mean persons.count?"},
		{"count", "1", "persons.count"},
		{"subset.gang.counts", "1", "did you mean subset.gang.count?"},
		{"subset.a.b.count", "1", "did you mean"},
		{"effect.disclosure", "everybody", "none, own-staff, trusted-recipient"},
		{"data.categories", "name,cpr", `"cpr" is not a value`},
		{"consequences.likely", "none,fraud", `"none" stands alone`},
		{"persons.count", "1.742", "without separators"},
		{"persons.count", "-1", "0 or more"},
		{"persons.count", "99999999999999999999", "whole number"},
		{"effect.restored_after_h", "NaN", "not a number"},
		{"effect.remote_wipe", "maybe", "yes, no or unknown"},
		{"incident.periods", "2020-06-10/2020-06-09", "ends before it begins"},
		{"incident.periods", "June", "not a period"},
		{"cross_border.lead", "Denmark", "two-letter"},
		{"controller.name", "", "no value"},
		{"effect.types", ",", "empty list"},
		{"controller.name", "a\xffb", "UTF-8"},
		{"incident.began", "2026-10-25 02:30", ""},
	} {
		_, err := Parse(c.key, c.text, copenhagen(t), now)
		if err == nil || !fault.Is(err, fault.Usage) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s=%s: %v, want a usage fault with %q", c.key, c.text, err, c.says)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s=%s: more than one line: %q", c.key, c.text, err)
		}
	}
}

// anyValue draws a value of the key's type as Parse could give it.
func anyValue(t *rapid.T, k Key) Value {
	word := rapid.StringMatching(`[a-zæøåA-Z,\\ .0-9-]{0,12}x`)
	var v Value
	var err error
	switch k.Type {
	case TypeText:
		v = Text(strings.TrimSpace(word.Draw(t, "text")))
	case TypeFlag:
		v = Flag(rapid.Bool().Draw(t, "flag"))
	case TypeCount:
		v = Count(rapid.Int64Min(0).Draw(t, "count"))
	case TypeNumber:
		v = Number(rapid.Float64Range(0, 1e300).Draw(t, "number"))
	case TypeChoice:
		v = Choice(rapid.SampledFrom(k.Options).Draw(t, "option").Value)
	case TypeSet:
		v, err = setOf(k, []string{rapid.SampledFrom(k.Options).Draw(t, "option").Value})
	case TypeList:
		v = newSet([]string{strings.TrimSpace(word.Draw(t, "a")), strings.TrimSpace(word.Draw(t, "b"))})
	case TypeStates:
		v = Set{"DK", "SE"}
	case TypeState:
		v = Choice("DK")
	default:
		start := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), 0).In(copenhagen(t))
		if k.Type == TypePeriods {
			v = newPeriods([]when.Moment{when.Days(start, start.AddDate(0, 0, 2)), when.OnDay(start)})
			break
		}
		v = rapid.SampledFrom([]Value{Moment{when.At(start)}, Moment{when.OnDay(start)}, Moment{when.Around(start, time.Hour)},
			Moment{when.Before(start)}, Moment{when.Between(start, start.Add(time.Minute))}}).Draw(t, "moment")
	}
	if err != nil {
		t.Fatal(err)
	}
	if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
		return Unknown
	}
	return v
}

func TestStoredAndTypedValuesComeBackAsTheyWere(t *testing.T) {
	zone := copenhagen(t)
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(Keys()).Draw(t, "key")
		k.Name = strings.Replace(k.Name, SubsetName, "gang", 1)
		v := anyValue(t, k)
		stored, err := Decode(k.Name, Encode(v))
		if err != nil || !Equal(stored, v) {
			t.Fatalf("%s: %#v is stored as %s and comes back as %#v (%v)", k.Name, v, Encode(v), stored, err)
		}
		typed, err := Parse(k.Name, v.Text(), zone, now)
		if err != nil || !Equal(typed, v) {
			t.Fatalf("%s: %#v is typed %q and comes back as %#v (%v)", k.Name, v, v.Text(), typed, err)
		}
		if Show(k.Name, v, "da", zone) == "" || Show(k.Name, v, "en", zone) == "" {
			t.Fatalf("%s: nothing to show of %#v", k.Name, v)
		}
	})
}

func TestAnEntryWithAValueOutsideTheVocabularyIsDamage(t *testing.T) {
	for key, data := range map[string]string{
		"persons.counts": "1", "persons.count": `-1`, "effect.disclosure": `"everybody"`, "data.categories": `["cpr"]`,
		"effect.remote_wipe": `"yes"`, "incident.began": `"yesterday"`, "incident.periods": `["exact 2020-06-09T00:00:00Z"]`,
		"persons.scale": `1`, "controller.name": `""`, "incident.systems": `[]`,
	} {
		if v, err := Decode(key, json.RawMessage(data)); err == nil || !fault.Is(err, fault.Damaged) {
			t.Errorf("%s %s is %v, %v", key, data, v, err)
		}
	}
}

func TestASubsetDiffersFromTheWholeOnlyInWhatItSays(t *testing.T) {
	s := Sheet{}.With("persons.count", Count(1742)).With("data.categories", Set{"name"}).With("effect.misuse", Choice("none")).
		With("subset.gang.count", Count(66)).With("subset.gang.misuse", Choice("observed")).With("subset.rest.special", Flag(true))
	if got := s.Subsets(); !slices.Equal(got, []string{"gang", "rest"}) {
		t.Errorf("subsets %v", got)
	}
	gang, rest := s.For("gang"), s.For("rest")
	if n, _ := gang.Count("persons.count"); n != 66 || gang.Choice("effect.misuse") != "observed" || !gang.Has("data.categories", "name") {
		t.Errorf("gang %v", gang)
	}
	if gang.State("data.special") != Absent || len(gang.Subsets()) != 0 {
		t.Errorf("gang takes from another subset: %v", gang)
	}
	if rest.State("persons.count") != Absent || !rest.Is("data.special") || rest.Choice("effect.misuse") != "none" {
		t.Errorf("rest %v", rest)
	}
	if len(s) != 6 {
		t.Error("the sheet was changed")
	}
}

func TestAFactIsAbsentUnknownOrKnown(t *testing.T) {
	s := Sheet{}.With("persons.count", Unknown).With("data.special", Flag(false))
	for key, want := range map[string]State{"persons.count": IsUnknown, "data.special": Known, "effect.types": Absent} {
		if got := s.State(key); got != want {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if _, known := s.Flag("effect.remote_wipe"); known {
		t.Error("an absent flag has an answer")
	}
	if _, known := s.Count("persons.count"); known {
		t.Error("an unknown count has a number")
	}
}

func TestProgressCountsAnswersNotUnknowns(t *testing.T) {
	none, asked := Sheet{}.Progress()
	if none != 0 || asked < 20 || asked > 40 {
		t.Errorf("%d of %d", none, asked)
	}
	some, _ := Sheet{}.With("persons.scale", Choice("few")).With("effect.access", Unknown).With("controller.name", Text("A")).
		With("controller.cvr", Text("1")).Progress()
	if some != 2 {
		t.Errorf("%d answered, want 2", some)
	}
}

func TestNumbersAreShownAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		v      Value
		en, da string
	}{
		{Count(1742), "1,742", "1.742"}, {Count(999), "999", "999"}, {Count(1234567), "1,234,567", "1.234.567"}, {Count(0), "0", "0"},
		{Number(0.5), "0.5", "0,5"}, {Flag(true), "yes", "ja"}, {Unknown, "not known yet", "endnu ikke oplyst"},
	} {
		if en, da := Show("persons.count", c.v, "en", time.UTC), Show("persons.count", c.v, "da", time.UTC); en != c.en || da != c.da {
			t.Errorf("%v is shown %q and %q", c.v, en, da)
		}
	}
	if got := Show("data.categories", Set{"health", "national-id"}, "da", time.UTC); got != "helbredsoplysninger, CPR-nummer" {
		t.Error(got)
	}
}
