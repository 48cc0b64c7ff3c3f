package when

import (
	"strings"
	"testing"
	"time"
)

func TestALengthOfTimeBeforeNow(t *testing.T) {
	now := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"-2h": 2 * time.Hour, "-1h30m": 90 * time.Minute, "−45 min": 45 * time.Minute, // with a sign of minus
		"-3d": 72 * time.Hour, "-2w": 14 * 24 * time.Hour, "-1 uge": 7 * 24 * time.Hour, "-2 timer": 2 * time.Hour,
	} {
		if got, ok := Ago(text, now); !ok || !got.Equal(now.Add(-want)) {
			t.Errorf("Ago(%q) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", "2h", "-2", "-h", "-2x", "-0h", "--2h", "-99999999999d", "-" + strings.Repeat("1h", 200)} {
		if got, ok := Ago(text, now); ok {
			t.Errorf("Ago(%q) = %v, want none", text, got)
		}
	}
}
