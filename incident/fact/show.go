package fact

import (
	"strconv"
	"strings"
	"time"
)

// Show is the value for a reader: labels in the language ("da", or English), times
// in the zone. An unknown value is "not known yet".
func Show(key string, v Value, lang string, zone *time.Location) string {
	k, _ := Lookup(key)
	switch v := v.(type) {
	case nil:
		return ""
	case unknown:
		return Label{"not known yet", "endnu ikke oplyst"}.In(lang)
	case Flag:
		return map[Flag]Label{true: {"yes", "ja"}, false: {"no", "nej"}}[v].In(lang)
	case Count:
		return Thousands(int64(v), lang)
	case Number:
		return decimal(float64(v), lang)
	case Moment:
		return v.Show(zone)
	case Choice:
		return k.OptionLabel(string(v)).In(lang)
	case Set:
		labels := make([]string, len(v))
		for i, member := range v {
			labels[i] = k.OptionLabel(member).In(lang)
		}
		return strings.Join(labels, ", ")
	case Periods:
		shown := make([]string, len(v))
		for i, p := range v {
			shown[i] = p.Show(zone)
		}
		return strings.Join(shown, ", ")
	}
	return v.Text()
}

// Thousands writes a whole number as the language does: 1,742 and 1.742.
func Thousands(n int64, lang string) string {
	separator := ","
	if lang == "da" {
		separator = "."
	}
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}

func decimal(f float64, lang string) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if lang == "da" {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}
