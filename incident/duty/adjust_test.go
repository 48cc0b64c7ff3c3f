package duty

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"timeglas/internal/fault"
)

func TestAnAdjustedInputStandsInTheSumWithWhoAndWhy(t *testing.T) {
	facts := sheetOf(t, toOne+"data.categories=name,economy persons.identifiability=maximum data.volume=high")
	a := Assess(facts, Context{Severity: []Adjustment{{"DPC", 2, "anna", "old statements, nothing in them"}, {"CB", 1, "bo", "hostile, as it turned out"}}})
	if got := a.ENISA.Sum(); got != "2 × 1 + 1 = 3" {
		t.Errorf("the sum is %s", got)
	}
	var said []string
	for _, s := range a.ENISA.Steps {
		if s.By != "" {
			said = append(said, s.Part+" "+s.Name.EN+": "+s.Why.EN)
		}
	}
	if got := strings.Join(said, "; "); got != "DPC adjusted by anna: old statements, nothing in them; CB adjusted by bo: hostile, as it turned out" {
		t.Error(got)
	}
}

func TestTheLastAdjustmentOfAnInputCounts(t *testing.T) {
	a := Assess(nil, Context{Severity: []Adjustment{{"DPC", 2, "anna", "x"}, {"DPC", 4, "bo", "y"}}})
	if a.ENISA.DPC != 4 {
		t.Errorf("DPC %g", a.ENISA.DPC)
	}
}

func TestNobodyAdjustsTheIdentificationBelowWhatACPRNumberSets(t *testing.T) {
	a := Assess(sheetOf(t, "data.categories=name,national-id"), Context{Severity: []Adjustment{{"EI", 0.25, "anna", "x"}}})
	if a.ENISA.EI != 1 {
		t.Errorf("EI %g", a.ENISA.EI)
	}
}

func TestAnAdjustmentMovesTheScoreAndNoDuty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := anySheet(t)
		name := rapid.SampledFrom([]string{"DPC", "EI", "CB"}).Draw(t, "input")
		b := bounds[name]
		value := b.least + b.step*float64(rapid.IntRange(0, int((b.most-b.least)/b.step)).Draw(t, "steps"))
		before := severity(facts, nil)
		after := severity(facts, []Adjustment{{name, value, "anna", "x"}})
		for part, v := range map[string]float64{"DPC": after.DPC, "EI": after.EI, "CB": after.CB} {
			if b := bounds[part]; v < b.least || v > b.most {
				t.Fatalf("%s is %g", part, v)
			}
		}
		if value >= map[string]float64{"DPC": before.DPC, "EI": before.EI, "CB": before.CB}[name] && after.Score < before.Score {
			t.Fatalf("%s set to %g lowers the score from %g to %g", name, value, before.Score, after.Score)
		}
	})
}

func TestWhatIsNoAdjustmentIsRefused(t *testing.T) {
	for _, text := range []string{"", "DPC", "DPC=", "DPC=0", "DPC=5", "DPC=1.5", "EI=0", "EI=0.3", "EI=2", "CB=-0.25", "CB=2.5", "CB=NaN", "SE=3", "DPC=Inf"} {
		if _, err := ParseAdjustment(text); !fault.Is(err, fault.Usage) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, want := range map[string]Adjustment{"dpc=3": {Input: "DPC", Value: 3}, "EI=0,75": {Input: "EI", Value: 0.75}, "CB=0": {Input: "CB"}} {
		if a, err := ParseAdjustment(text); err != nil || a != want {
			t.Errorf("%q: %+v, %v", text, a, err)
		}
	}
}
