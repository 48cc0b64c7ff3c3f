package when

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DefaultMargin is the margin of an estimate that names none ("about 14:05").
const DefaultMargin = 30 * time.Minute

// maxMargin is what the canonical text holds: 32 bits of seconds, 68 years.
const maxMargin = math.MaxInt32 * time.Second

// unitNames are the words for a length of time, English and Danish. A day is 24 hours.
var unitNames = map[string]time.Duration{
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"sek": time.Second, "sekund": time.Second, "sekunder": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"minut": time.Minute, "minutter": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"t": time.Hour, "time": time.Hour, "timer": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
	"dag": 24 * time.Hour, "dage": 24 * time.Hour, "døgn": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "week": 7 * 24 * time.Hour, "weeks": 7 * 24 * time.Hour,
	"uge": 7 * 24 * time.Hour, "uger": 7 * 24 * time.Hour,
}

var (
	marginText = regexp.MustCompile(`^(?:\d{1,10} ?\p{L}+\.? ?)+$`)
	marginPart = regexp.MustCompile(`(\d+) ?(\p{L}+)`)
)

var errMargin = errors.New("the margin cannot be read: write it as ±30m, ±2h or ±1h30m")

// parseMargin reads "30m", "1h30m", "1 h 30 min", "2 timer".
func parseMargin(s string) (time.Duration, error) {
	if !marginText.MatchString(s) {
		return 0, errMargin
	}
	var sum time.Duration
	for _, part := range marginPart.FindAllStringSubmatch(s, -1) {
		count, err := strconv.ParseInt(part[1], 10, 64)
		unit, known := unitNames[part[2]]
		if err != nil || !known {
			return 0, errMargin
		}
		if count > int64(maxMargin/unit) || sum+time.Duration(count)*unit > maxMargin {
			return 0, errors.New("the margin is longer than 68 years: write unknown instead")
		}
		sum += time.Duration(count) * unit
	}
	if sum == 0 {
		return 0, errors.New("a margin of nothing makes the time exact: leave ± out")
	}
	return sum, nil
}

// units spells a margin: the words behind hours, minutes and seconds, and what
// stands between two parts.
type units struct{ hours, minutes, seconds, gap string }

var (
	shortUnits = units{hours: "h", minutes: "m", seconds: "s"}
	longUnits  = units{hours: " h", minutes: " min", seconds: " s", gap: " "}
)

// spellMargin is what parseMargin reads, without the parts that are zero.
func spellMargin(d time.Duration, u units) string {
	whole := int64(d / time.Second)
	var parts []string
	add := func(count int64, name string) {
		if count > 0 {
			parts = append(parts, strconv.FormatInt(count, 10)+name)
		}
	}
	add(whole/3600, u.hours)
	add(whole/60%60, u.minutes)
	add(whole%60, u.seconds)
	return strings.Join(parts, u.gap)
}
