package when

import (
	"testing"
	"time"
)

func TestMomentsAreShownInDanishAndReadAgain(t *testing.T) {
	in := zone(t, "Europe/Copenhagen")
	for typed, want := range map[string]string{
		"2020-06-09 14:05": "2020-06-09 14:05", "2020-06-09": "2020-06-09", "2020-06-09 to 2020-06-10": "2020-06-09 til 2020-06-10",
		"2020-06-09 14:00 to 15:30": "2020-06-09 14:00 til 15:30", "no later than 2020-08-25": "senest 2020-08-25 00:00",
		"about 2020-06-09 14:05": "~2020-06-09 14:05 ±30 min", "unknown": "ukendt",
	} {
		m, err := Parse(typed, in, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		got := m.ShowIn("da", in)
		if got != want || m.ShowIn("en", in) != m.Show(in) {
			t.Errorf("%s is shown as %s, want %s", typed, got, want)
		}
		if again, err := Parse(got, in, time.Time{}); err != nil || !again.Equal(m) {
			t.Errorf("%s is read as %v, %v", got, again, err)
		}
	}
}
