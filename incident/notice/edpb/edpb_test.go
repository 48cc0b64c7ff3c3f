package edpb_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/incident/notice/edpb"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/internal/when"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

var (
	zone = time.FixedZone("+01:00", 3600)
	now  = time.Date(2026, 11, 21, 14, 5, 0, 0, zone)
)

// schemas are the template whole, and without its list of required fields.
func schemas(t testing.TB) (whole, partial *jsonschema.Schema, raw map[string]any) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", "template.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	compile := func(url string, doc map[string]any) *jsonschema.Schema {
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(url, doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile(url)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	read := func() map[string]any {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(source))
		if err != nil {
			t.Fatal(err)
		}
		m := doc.(map[string]any)
		delete(m, "$id")
		return m
	}
	raw = read()
	loose := read()
	delete(loose, "required")
	return compile("whole.json", read()), compile("partial.json", loose), raw
}

func validate(s *jsonschema.Schema, n edpb.Notification) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(n.JSON()))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

// sheet reads pairs of key and value.
func sheet(t testing.TB, pairs ...string) fact.Sheet {
	t.Helper()
	s := fact.Sheet{}
	for i := 0; i < len(pairs); i += 2 {
		v, err := fact.Parse(pairs[i], pairs[i+1], zone, now)
		if err != nil {
			t.Fatal(err)
		}
		s[pairs[i]] = fact.Recorded{Value: v, Entry: "entry of " + pairs[i], At: now}
	}
	return s
}

// with is the sheet with more facts in it.
func with(t testing.TB, s fact.Sheet, pairs ...string) fact.Sheet {
	t.Helper()
	all := fact.Sheet{}
	for _, from := range []fact.Sheet{s, sheet(t, pairs...)} {
		for key, r := range from {
			all[key] = r
		}
	}
	return all
}

func without(s fact.Sheet, keys ...string) fact.Sheet {
	for _, key := range keys {
		s = s.With(key, nil)
	}
	return s
}

// breach is a case with these facts, known since the moment unless it is empty.
func breach(t testing.TB, s fact.Sheet, aware string) *incident.Case {
	t.Helper()
	c := incident.Fold(nil)
	c.Facts = s
	if aware != "" {
		m, err := when.Parse(aware, zone, now)
		if err != nil {
			t.Fatal(err)
		}
		c.Aware = &incident.Awareness{Mark: incident.Mark{Entry: "aware"}, Moment: m, Who: "it-afdelingen", Why: "opkald fra en borger"}
	}
	return c
}

func compose(c *incident.Case, phase incident.Phase, lang string) (edpb.Notification, error) {
	in := clock.Input{Filed: c.FiledToAuthority()}
	if c.Aware != nil {
		in.Aware = &c.Aware.Moment
	}
	r := clock.Read(clock.GDPR33(), in, now)
	a := duty.Assess(c.Facts, duty.Context{Deadline: r.Deadline})
	return edpb.Compose(c, "2026-014", a, r, notice.Request{To: incident.ToAuthority, Phase: phase, Lang: lang, Why: "samme brud er anmeldt to gange", Now: now, Zone: zone})
}

func must(t testing.TB, c *incident.Case, phase incident.Phase, lang string) edpb.Notification {
	t.Helper()
	n, err := compose(c, phase, lang)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// value is the text of a field, empty when it is not there.
func value(n edpb.Notification, no int) string {
	for _, f := range n.Fields {
		if f.No == no {
			return f.Value.Text()
		}
	}
	return ""
}

// whole is a breach of which everything is known.
func whole(t testing.TB) fact.Sheet {
	return sheet(t,
		"controller.name", "Kommunen", "controller.role", "controller", "controller.cvr", "12345678", "controller.public_authority", "yes",
		"controller.contact_name", "Vagthavende", "controller.contact_email", "vagt@example.dk", "controller.contact_phone", "70 10 20 30",
		"controller.dpo_name", "Databeskyttelsesrådgiveren", "controller.dpo_email", "dpo@example.dk",
		"incident.description", "Bilag lå åbent på nettet.", "incident.family", "public-exposure", "incident.cause", "internal-accidental",
		"incident.began", "2026-11-01 08:00", "incident.ended", "2026-11-19 09:00", "incident.discovered", "2026-11-19 07:32", "incident.discovered_how", "press",
		"incident.systems", "Webarkivet", "effect.types", "confidentiality", "effect.disclosure", "public", "effect.access", "possible",
		"effect.exfiltration", "unlikely", "effect.protection", "intelligible", "effect.misuse", "none",
		"persons.count", "1464", "persons.counted", "exact", "persons.records", "1464", "persons.groups", "citizens,children", "persons.vulnerable", "yes",
		"persons.protected_identity", "no", "persons.identifiability", "maximum",
		"data.categories", "name,national-id,health", "data.special", "yes", "consequences.likely", "identity-theft,distress",
		"measures.before", "Bilag blev kontrolleret manuelt.", "measures.taken", "Siderne er taget ned.", "measures.planned", "Automatisk søgning efter CPR-numre.",
		"measures.mitigation", "Søgemaskiner er anmodet om at fjerne siderne.",
		"informed.status", "planned", "informed.when", "2026-11-23", "informed.how", "digital-post")
}

func TestACompleteNotificationValidates(t *testing.T) {
	schema, _, _ := schemas(t)
	for _, lang := range []string{"da", "en"} {
		for _, phase := range []incident.Phase{incident.PhaseInitial, incident.PhaseComplete} {
			c := breach(t, whole(t), "2026-11-19 07:32")
			if phase == incident.PhaseComplete {
				c.Filings = []incident.Filing{{To: incident.ToAuthority, Sent: when.At(now), Number: "2026-442-0001"}}
			}
			n := must(t, c, phase, lang)
			if err := validate(schema, n); err != nil {
				t.Errorf("%s %s: %v", phase, lang, err)
			}
			if n.Incomplete() || value(n, 4) != "a" {
				t.Errorf("%s %s is incomplete: %+v %+v", phase, lang, n.Gaps, n.Points)
			}
		}
	}
}

func TestEachPhaseHasItsLetters(t *testing.T) {
	open := breach(t, without(whole(t), "persons.count"), "2026-11-19 07:32")
	full := breach(t, whole(t), "2026-11-19 07:32")
	for _, test := range []struct {
		c     *incident.Case
		phase incident.Phase
		want  string
	}{
		{open, incident.PhaseInitial, "a b"}, {full, incident.PhaseInitial, "a a"},
		{open, incident.PhaseFollowup, "b b"}, {full, incident.PhaseFollowup, "b b"},
		{open, incident.PhaseComplete, "b a"}, {full, incident.PhaseComplete, "b a"},
		{full, incident.PhaseWithdraw, "b c"},
	} {
		n := must(t, test.c, test.phase, "da")
		if got := value(n, 3) + " " + value(n, 4); got != test.want {
			t.Errorf("%s: field_3 and field_4 are %s, want %s; gaps %+v", test.phase, got, test.want, n.Gaps)
		}
	}
}

func TestTheThreeCasesValidateWithoutTheListOfRequiredFields(t *testing.T) {
	_, schema, _ := schemas(t)
	for _, name := range []string{"return-centres", "lookups", "public-leak"} {
		f, err := os.Open(filepath.Join("..", "..", "..", "cmd", "timeglas", "testdata", "facts", name+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		given, err := fact.ReadTOML(f, name, zone, now)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		c := breach(t, fact.ToSheet(given), "2026-11-19 07:32")
		for _, phase := range []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup} {
			n := must(t, c, phase, "da")
			if err := validate(schema, n); err != nil {
				t.Errorf("%s %s: %v", name, phase, err)
			}
			if !n.Incomplete() || len(n.Gaps) == 0 || value(n, 4) != "b" {
				t.Errorf("%s %s: it holds gaps, but is %s: %+v", name, phase, value(n, 4), n.Gaps)
			}
		}
	}
}

func TestTheTableIsThatOfTheTemplate(t *testing.T) {
	_, _, raw := schemas(t)
	properties := raw["properties"].(map[string]any)
	var must []string
	for _, name := range raw["required"].([]any) {
		must = append(must, name.(string))
	}
	got := map[string]bool{}
	for no, isRequired := range edpb.Table() {
		name := fmt.Sprintf("field_%d", no)
		got[name] = true
		if _, ok := properties[name]; !ok {
			t.Errorf("%s is not in the template", name)
		}
		if isRequired != slices.Contains(must, name) {
			t.Errorf("%s: required is %v", name, isRequired)
		}
	}
	for _, name := range must {
		if !got[name] {
			t.Errorf("the table lacks %s, which is required", name)
		}
	}
}

func TestOfSeveralNaturesTheGravestIsTheValueAndAllStandInTheDescription(t *testing.T) {
	for name, test := range map[string]struct {
		facts []string
		want  string
	}{
		"lost for good goes before put right":  {[]string{"effect.types", "availability,integrity", "effect.availability", "permanent", "effect.integrity", "used-recoverable"}, "c"},
		"used for good goes before for a time": {[]string{"effect.types", "availability,integrity", "effect.availability", "temporary", "effect.integrity", "used-unrecoverable"}, "b"},
		"equally grave: confidentiality first": {[]string{"effect.types", "confidentiality,availability", "effect.availability", "permanent"}, "a"},
		"access excluded goes after the loss":  {[]string{"effect.types", "confidentiality,availability", "effect.access", "excluded", "effect.availability", "temporary"}, "c"},
	} {
		n := must(t, breach(t, with(t, whole(t), test.facts...), "2026-11-19 07:32"), incident.PhaseInitial, "en")
		if got := value(n, 55); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		for _, nature := range strings.Split(test.facts[1], ",") {
			if !strings.Contains(value(n, 62), nature) {
				t.Errorf("%s: %s is not in the description: %s", name, nature, value(n, 62))
			}
		}
	}
}

func TestReasonsForDelayAreAskedForWhenItIsLateAndOnlyThen(t *testing.T) {
	facts := with(t, whole(t), "delay.reason", "Leverandørens rapport blev afventet.")
	for aware, late := range map[string]bool{"2026-11-19 07:32": false, "2026-11-18 07:32": true} {
		n := must(t, breach(t, facts, aware), incident.PhaseInitial, "da")
		if got := strings.Contains(value(n, 49), "Leverandørens"); got != late {
			t.Errorf("aware %s: field_49 is %q", aware, value(n, 49))
		}
	}
	if n := must(t, breach(t, facts, "2026-11-18 07:32"), incident.PhaseFollowup, "da"); value(n, 49) != "" {
		t.Error("a follow-up is asked for the reasons of the first")
	}
}

func TestWhatIsNotRecordedIsAGapWithItsFacts(t *testing.T) {
	n := must(t, breach(t, without(whole(t), "incident.cause", "processor.name"), ""), incident.PhaseInitial, "da")
	gaps := map[int]edpb.Gap{}
	for _, g := range n.Gaps {
		gaps[g.No] = g
	}
	if g := gaps[61]; g.Lack != edpb.Missing || !slices.Contains(g.Keys, "incident.cause") {
		t.Errorf("the cause: %+v", g)
	}
	if g := gaps[48]; g.Lack != edpb.Missing || value(n, 48) != "" {
		t.Errorf("the awareness: %+v", g)
	}
	if g := gaps[38]; g.Lack != edpb.Assumed || value(n, 38) != "" {
		t.Errorf("other parties, of whom nobody has said anything: %+v, %q", g, value(n, 38))
	}
}

func TestUnknownIsToBeDeterminedUntilTheLast(t *testing.T) {
	facts := with(t, whole(t), "incident.cause", "unknown", "persons.count", "unknown")
	first := must(t, breach(t, facts, "2026-11-19 07:32"), incident.PhaseInitial, "da")
	if got := value(first, 61) + value(first, 67) + value(first, 4); got != "edb" {
		t.Errorf("at first: %s", got)
	}
	last := must(t, breach(t, facts, "2026-11-19 07:32"), incident.PhaseComplete, "da")
	if got := value(last, 61) + value(last, 67) + value(last, 4); got != "fca" {
		t.Errorf("at last: %s", got)
	}
}

func TestAWithdrawalSaysWhatIsWithdrawnAndWhy(t *testing.T) {
	c := breach(t, whole(t), "2026-11-19 07:32")
	c.Filings = []incident.Filing{{To: incident.ToAuthority, Sent: when.At(now), Number: "2026-442-0001"}}
	n := must(t, c, incident.PhaseWithdraw, "da")
	if value(n, 5) == "" || value(n, 6) != "2026-442-0001" || value(n, 70) != "" {
		t.Errorf("%s", n.JSON())
	}
}

func TestAnExerciseSaysSo(t *testing.T) {
	c := breach(t, whole(t), "2026-11-19 07:32")
	c.Journal.Mark = "exercise"
	n := must(t, c, incident.PhaseInitial, "da")
	if !strings.HasPrefix(value(n, 7), "ØVELSE") || !strings.HasPrefix(value(n, 62), "ØVELSE") {
		t.Errorf("field_7 %q, field_62 %q", value(n, 7), value(n, 62))
	}
}

func TestACPRNumberIsRefusedWithItsPlace(t *testing.T) {
	c := breach(t, with(t, whole(t), "processor.name", "Firmaet 610185-1234"), "2026-11-19 07:32")
	_, err := compose(c, incident.PhaseInitial, "da")
	if !fault.Is(err, fault.Refused) || cpr.Contains(err.Error()) {
		t.Errorf("got %v", err)
	}
}

func TestOnlyTheAuthorityIsToldInTheTemplate(t *testing.T) {
	_, err := edpb.Compose(breach(t, whole(t), ""), "r", duty.Assessment{}, clock.Reading{}, notice.Request{To: incident.ToPublic, Phase: incident.PhaseInitial, Lang: "da"})
	if !fault.Is(err, fault.Usage) {
		t.Errorf("got %v", err)
	}
}

// notApplicable is what the schema makes us say of another party where there is none.
var notApplicable = map[string]string{"da": "Ikke relevant", "en": "Not applicable"}

func TestWhateverTheFactsWhatIsFilledInFitsTheTemplate(t *testing.T) {
	_, schema, _ := schemas(t)
	samples := map[fact.Type][]string{fact.TypeText: {"Ordlyd"}, fact.TypeFlag: {"yes", "no"}, fact.TypeCount: {"0", "66", "1742"},
		fact.TypeNumber: {"2.5"}, fact.TypeMoment: {"2026-11-18", "no later than 2026-11-18", "about 2026-11-18 10:00", "2026-11-18 14:00 to 15:30"},
		fact.TypePeriods: {"2026-11-01/2026-11-03,2026-11-09", "2026-11-07"}, fact.TypeStates: {"SE", "DK"}, fact.TypeState: {"DK"}, fact.TypeList: {"ESDH"}}
	rapid.Check(t, func(r *rapid.T) {
		facts := fact.Sheet{}
		for _, k := range fact.Keys() {
			if strings.HasPrefix(k.Name, "subset.") || rapid.IntRange(0, 2).Draw(r, "has "+k.Name) == 0 {
				continue
			}
			values := append([]string{"unknown"}, samples[k.Type]...)
			for _, o := range k.Options {
				values = append(values, o.Value)
			}
			v, err := fact.Parse(k.Name, rapid.SampledFrom(values).Draw(r, k.Name), zone, now)
			if err != nil {
				r.Fatal(err)
			}
			facts[k.Name] = fact.Recorded{Value: v, Entry: k.Name, At: now, Estimate: rapid.Bool().Draw(r, "estimate")}
		}
		c := breach(t, facts, rapid.SampledFrom([]string{"", "2026-11-19", "2026-11-10 10:00 to 11:00"}).Draw(r, "aware"))
		phase := rapid.SampledFrom([]incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw}).Draw(r, "phase")
		lang := rapid.SampledFrom([]string{"da", "en"}).Draw(r, "lang")
		n, err := compose(c, phase, lang)
		if err != nil {
			r.Fatal(err)
		}
		if err := validate(schema, n); err != nil {
			r.Fatalf("%v\n%s", err, n.JSON())
		}
		for _, f := range n.Fields {
			if f.No > 7 && f.Value.Text() != notApplicable[lang] && len(f.Entries) == 0 && len(f.Keys) == 0 {
				r.Errorf("%s stands without a ground", f.Name())
			}
		}
		if !json.Valid(n.JSON()) {
			r.Error("no JSON")
		}
	})
}
