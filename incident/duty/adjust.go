package duty

import (
	"math"
	"strconv"
	"strings"

	"timeglas/incident/fact"
	"timeglas/internal/fault"
)

// Adjustment is an input of ENISA's sum as a person sets it, with the reason. It
// takes the place of what was reckoned; both stand in the steps. The score is no
// duty, so an adjustment moves none.
type Adjustment struct {
	Input string // "DPC", "EI" or "CB"
	Value float64
	By    string
	Why   string
}

// bounds are those of ENISA 2013, and the steps in which each input is given: DPC in
// whole ones, the others in quarters.
var bounds = map[string]struct{ least, most, step float64 }{
	"DPC": {1, 4, 1},
	"EI":  {0.25, 1, 0.25},
	"CB":  {0, 2, 0.25},
}

// ParseAdjustment reads "DPC=3". Faults: Usage when it is no input, no number, or
// outside the input's bounds and steps.
func ParseAdjustment(text string) (Adjustment, error) {
	what := "severity " + text
	name, number, ok := strings.Cut(text, "=")
	name = strings.ToUpper(strings.TrimSpace(name))
	b, known := bounds[name]
	if !ok || !known {
		return Adjustment{}, fault.New(fault.Usage, what, "write DPC=3, EI=0.75 or CB=0.5")
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(number), ",", "."), 64)
	if err != nil || math.IsNaN(value) || value < b.least || value > b.most || math.Mod(value, b.step) != 0 {
		return Adjustment{}, fault.New(fault.Usage, what, "%s goes from %g to %g in steps of %g (ENISA 2013)", name, b.least, b.most, b.step)
	}
	return Adjustment{Input: name, Value: value}, nil
}

// adjusted adds the step of a person who has set the part; the last one counts.
func adjusted(part string, steps []Step, set []Adjustment) []Step {
	for i := len(set) - 1; i >= 0; i-- {
		if a := set[i]; a.Input == part {
			return append(steps, Step{Part: part, Value: a.Value - sum(steps), By: a.By,
				Name: fact.Label{EN: "adjusted by " + a.By, DA: "justeret af " + a.By},
				Why:  fact.Label{EN: a.Why, DA: a.Why}})
		}
	}
	return steps
}
