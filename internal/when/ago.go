package when

import (
	"strings"
	"time"
)

// Ago reads a length of time before now, as a query has it: "-2h", "-1h30m", "-3d",
// "-2w"; a day is 24 hours. False for everything else.
func Ago(text string, now time.Time) (time.Time, bool) {
	length, ok := strings.CutPrefix(tidy(text), "-")
	if !ok || len(text) > maxTyped {
		return time.Time{}, false
	}
	d, err := parseMargin(length)
	if err != nil {
		return time.Time{}, false
	}
	return now.Add(-d), true
}
