package register

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"

	"pgregory.net/rapid"
)

var now = time.Date(2026, 11, 21, 13, 5, 0, 0, time.UTC)

// notTold is a breach that nobody was told of, with the reasons.
func notTold() *incident.Case {
	at := incident.Mark{Entry: "E1", Seq: 1, By: "anna", At: now}
	recorded := func(v fact.Value) fact.Recorded { return fact.Recorded{Value: v, Why: "seen", By: "anna", At: now} }
	return &incident.Case{
		Title: "A lost telephone", Opened: at, State: incident.Closed, StateWhy: "done",
		Aware: &incident.Awareness{Mark: at, Moment: when.At(now.Add(-2 * time.Hour)), Who: "the service desk", Why: "reported lost"},
		Facts: fact.Sheet{
			"incident.description":    recorded(fact.Text("A telephone was left on a train.")),
			"effect.protection":       recorded(fact.Choice("encrypted-key-safe")),
			"effect.types":            recorded(fact.Set{"availability", "confidentiality"}),
			"measures.taken":          recorded(fact.Text("=HYPERLINK(\"x\")")),
			"persons.count":           {Value: fact.Count(3), Estimate: true, By: "anna", At: now},
			"subset.de 66.count":      recorded(fact.Count(66)),
			"effect.disclosure":       recorded(fact.Unknown),
			"consequences.likely":     recorded(fact.Set{"none"}),
			"informed.status":         recorded(fact.Choice("no")),
			"consequences.occurred":   recorded(fact.Text("None.")),
			"measures.taken.da":       recorded(fact.Text("Spærret.")),
			"incident.family":         recorded(fact.Choice("lost-or-stolen")),
			"effect.remote_wipe":      recorded(fact.Flag(true)),
			"incident.discovered":     recorded(fact.Moment{Moment: when.At(now)}),
			"controller.contact_name": recorded(fact.Text("Anna")),
		},
		Gates: map[string]incident.Decision{
			"duty-authority": {Mark: at, Option: "not-required", Why: "encrypted, the key is safe", Proposal: "not-required"},
			"duty-people":    {Mark: at, Option: "not-required", Why: "no risk"},
		},
	}
}

func recordOf(c *incident.Case) Record {
	in := clock.Input{NotRequired: true}
	if c.Aware != nil {
		in.Aware = &c.Aware.Moment
	}
	return Of(c, "2026-014", duty.Assess(c.Facts, duty.Context{}), clock.Read(clock.GDPR33(), in, now))
}

func TestABreachThatNobodyWasToldOfIsDocumentedWithItsReasons(t *testing.T) {
	r := recordOf(notTold())
	for name, pair := range map[string][2]string{
		"decision": {r.NotifyAuthority.Option, "not-required"},
		"reason":   {r.NotifyAuthority.Why, "encrypted, the key is safe"},
		"by":       {r.NotifyAuthority.By, "anna"},
		"people":   {r.TellPeople.Why, "no risk"},
		"clock":    {string(r.Clock), "not-required"},
		"closed":   {r.Closed, "done"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", name, pair[0], pair[1])
		}
	}
	for text, parts := range map[string][]string{
		r.What:    {"A telephone was left on a train.", "Number of people: 3 (estimate)."},
		r.Effects: {"Type of breach: availability, confidentiality.", "Disclosed to: unknown."},
	} {
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in %q", part, text)
			}
		}
	}
	if len(r.Facts) != len(notTold().Facts) {
		t.Errorf("%d facts, want %d: all that are recorded", len(r.Facts), len(notTold().Facts))
	}
}

func TestOnlyRealCasesBelong(t *testing.T) {
	for mark, want := range map[timeline.Mark]bool{timeline.MarkCase: true, timeline.MarkExercise: false, timeline.MarkDemo: false} {
		if Belongs(mark) != want {
			t.Errorf("%s: %v", mark, !want)
		}
	}
}

func TestACellNeverRunsAsAFormula(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := notTold()
		c.Title = rapid.StringMatching(`[=+\-@'\t\r]?[a-z=+,"; \n]*`).Draw(r, "title")
		var b bytes.Buffer
		if err := WriteCSV(&b, []Record{recordOf(c)}); err != nil {
			r.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			r.Fatal(err)
		}
		if len(rows) != 2 || len(rows[0]) != len(rows[1]) {
			r.Fatalf("%d rows", len(rows))
		}
		for _, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				r.Fatalf("the cell %q is a formula", cell)
			}
		}
		if title := strings.TrimPrefix(rows[1][1], "'"); strings.HasPrefix(c.Title, "'") && title != c.Title {
			r.Fatalf("%q became %q", c.Title, rows[1][1])
		}
	})
}

func TestTheRegisterIsReadBackFromJSON(t *testing.T) {
	var b bytes.Buffer
	want := recordOf(notTold())
	if err := WriteJSON(&b, []Record{want}); err != nil {
		t.Fatal(err)
	}
	var got []Record
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || len(got) != 1 || got[0].What != want.What || len(got[0].Facts) != len(want.Facts) {
		t.Errorf("%v, %+v", err, got)
	}
	b.Reset()
	if err := WriteJSON(&b, nil); err != nil || strings.TrimSpace(b.String()) != "[]" {
		t.Errorf("an empty register is %q, %v", b.String(), err)
	}
}

func TestAnEmptyRegisterSaysSo(t *testing.T) {
	var b bytes.Buffer
	if err := WriteMarkdown(&b, nil); err != nil || !strings.Contains(b.String(), "No breach is recorded") {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestMarkdownShowsTheDecisionsAndEscapesWhatWasTyped(t *testing.T) {
	c := notTold()
	c.Title = "# [x](y)\nsecond"
	var b bytes.Buffer
	if err := WriteMarkdown(&b, []Record{recordOf(c)}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`## 2026-014: \# \[x\](y) second`, "- **notify decided**: not-required", "- **notify why**: encrypted, the key is safe"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

func TestACPRNumberIsMaskedInEveryFormat(t *testing.T) {
	number := "710140" + "-" + "0000" // 60 added to the day: nobody's
	for name, plant := range map[string]func(*incident.Case){
		"title": func(c *incident.Case) { c.Title = number },
		"fact": func(c *incident.Case) {
			c.Facts["measures.before"] = fact.Recorded{Value: fact.Text(number), Why: number}
		},
		"awareness": func(c *incident.Case) { c.Aware.Who, c.Aware.Why = number, number },
		"closing":   func(c *incident.Case) { c.StateWhy = number },
		"decision": func(c *incident.Case) {
			d := c.Gates["duty-people"]
			d.Why = number
			c.Gates["duty-people"] = d
		},
	} {
		c := notTold()
		plant(c)
		var b bytes.Buffer
		records := []Record{recordOf(c)}
		for _, write := range []error{WriteCSV(&b, records), WriteJSON(&b, records), WriteMarkdown(&b, records)} {
			if write != nil {
				t.Fatal(write)
			}
		}
		if strings.Contains(b.String(), number) {
			t.Errorf("%s: the number is in the register", name)
		}
	}
}

func TestMomentsOfTheRegisterAreReadByOtherPrograms(t *testing.T) {
	noLater := when.Before(time.Date(2020, 8, 25, 0, 0, 0, 0, time.FixedZone("", 2*3600)))
	r := Of(&incident.Case{Aware: &incident.Awareness{Moment: noLater}}, "r", duty.Assessment{}, clock.Reading{})
	var out strings.Builder
	if err := WriteJSON(&out, []Record{r}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"at": "2020-08-25T00:00:00+02:00"`) || !strings.Contains(out.String(), `"precision": "no-later-than"`) {
		t.Errorf("JSON: %s", out.String())
	}
	if got := r.Aware.String(); got != "2020-08-25T00:00:00+02:00 (no-later-than)" {
		t.Errorf("cell: %s", got)
	}
}

func TestADecisionAgainstTheProposalOrTheAdviceIsMarkedAndDissentKept(t *testing.T) {
	at := incident.Mark{Entry: "E", Seq: 7, By: "anna"}
	c := &incident.Case{
		Gates:  map[string]incident.Decision{gatePeople: {Mark: at, Option: "not-required", Why: "x", Proposal: "individually"}},
		Advice: []incident.Advice{{Who: "the DPO", Gate: gatePeople, Option: "individually"}},
		Dissents: []incident.Dissent{{Mark: incident.Mark{By: "bo"}, Gate: gatePeople, Decision: "E", Why: "the log is too short"},
			{Mark: incident.Mark{By: "bo"}, Gate: gatePeople, Decision: "an earlier one", Why: "gone"}},
	}
	d := Of(c, "r", duty.Assessment{}, clock.Reading{}).TellPeople
	want := "against the proposal (individually); against the advice (individually, the DPO); dissent of bo: the log is too short"
	if !d.AgainstProposal || !d.AgainstAdvice || d.marks() != want {
		t.Errorf("%+v: %s", d, d.marks())
	}
}
