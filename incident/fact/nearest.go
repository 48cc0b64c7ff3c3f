package fact

import (
	"strings"

	"timeglas/internal/fault"
)

// unknownKey names the key that was probably meant.
func unknownKey(name string) error {
	if subset, _, ok := CutSubset(name); ok && !ValidSubset(subset) {
		return fault.New(fault.Usage, "fact "+name,
			"%q cannot name a part of the people; use up to 32 letters, digits, - and _", subset)
	}
	return fault.New(fault.Usage, "fact "+name, "no such key; did you mean %s? (fact --keys lists them)", nearest(name))
}

// nearest is the key with the fewest letters changed. A name without its group
// ("count") is compared with the names without theirs as well.
func nearest(name string) string {
	best, distance := "", 1<<30
	for _, k := range vocabulary {
		full := k.Name
		if subset, field, ok := CutSubset(name); ok {
			if _, f, of := CutSubset(full); of {
				full = SubsetKey(subset, f)
			} else if !strings.Contains(field, ".") {
				continue
			}
		}
		_, bare, _ := strings.Cut(full, ".")
		for _, candidate := range []string{full, bare} {
			if d := changes(name, candidate); d < distance {
				best, distance = full, d
			}
		}
	}
	return best
}

// changes is Levenshtein's distance in bytes.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
