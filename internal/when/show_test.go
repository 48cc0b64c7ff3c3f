package when

import (
	"testing"
	"time"
)

func TestMomentsAreShownInTheReadersZone(t *testing.T) {
	copenhagen, nuuk := zone(t, "Europe/Copenhagen"), zone(t, "America/Nuuk")
	for _, c := range []struct {
		typed string
		in    *time.Location
		want  string
	}{
		{"2020-06-09T14:05:00+02:00", copenhagen, "2020-06-09 14:05"},
		{"2020-06-09T14:05:00+02:00", nuuk, "2020-06-09 10:05"},
		{"2020-06-09T14:05:00+02:00", nil, "2020-06-09 12:05"},
		{"2020-06-09 14:05:06.700", copenhagen, "2020-06-09 14:05:06.7"},
		{"2026-10-25 02:30+02:00", copenhagen, "2026-10-25 02:30 +02:00"},
		{"2026-10-25 02:30+01:00", copenhagen, "2026-10-25 02:30 +01:00"},
		{"2026-10-25 02:30+01:00", nil, "2026-10-25 01:30"},
		{"2020-06-09 14:05 ±90m", copenhagen, "~2020-06-09 14:05 ±1 h 30 min"},
		{"about 2020-06-09 14:05", copenhagen, "~2020-06-09 14:05 ±30 min"},
		{"2020-06-09", copenhagen, "2020-06-09"},
		{"2020-06-09", nuuk, "2020-06-09+02:00"},
		{"2026-10-25", nuuk, "2026-10-25+02:00/2026-10-25+01:00"},
		{"9 to 10 June 2020", copenhagen, "2020-06-09 to 2020-06-10"},
		{"2020-06-09 14:00 to 15:30", copenhagen, "2020-06-09 14:00 to 15:30"},
		{"2020-06-09 14:00 to 2020-06-10 15:30", copenhagen, "2020-06-09 14:00 to 2020-06-10 15:30"},
		{"2026-10-25 02:30+02:00 to 2026-10-25 04:00+01:00", copenhagen, "2026-10-25 02:30 +02:00 to 2026-10-25 04:00 +01:00"},
		{"no later than 25 August 2020", copenhagen, "no later than 2020-08-25 00:00"},
		{"unknown", copenhagen, "unknown"},
	} {
		m, err := Parse(c.typed, copenhagen, noon)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Show(c.in); got != c.want {
			t.Errorf("%q is shown as %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestTheTextOfAFactIsFixed(t *testing.T) {
	copenhagen, sao := zone(t, "Europe/Copenhagen"), zone(t, "America/Sao_Paulo")
	for _, c := range []struct {
		typed string
		in    *time.Location
		want  string
	}{
		{"2020-06-09 14:05", copenhagen, "2020-06-09T14:05:00+02:00"},
		{"about 2020-06-09 14:05", copenhagen, "~2020-06-09T14:05:00+02:00 ±30m"},
		{"senest 2020-08-25", copenhagen, "no later than 2020-08-25T00:00:00+02:00"},
		{"2020-06-09 14:00 to 15:30", copenhagen, "2020-06-09T14:00:00+02:00/2020-06-09T15:30:00+02:00"},
		{"2020-06-09", copenhagen, "2020-06-09+02:00"},
		{"2020-06-09", time.UTC, "2020-06-09Z"},
		{"9–10 June 2020", copenhagen, "2020-06-09+02:00/2020-06-10+02:00"},
		{"2026-10-25", copenhagen, "2026-10-25+02:00/2026-10-25+01:00"},
		{"2018-11-04", sao, "whole days 2018-11-04T01:00:00-02:00/2018-11-05T00:00:00-02:00"},
		{"unknown", copenhagen, "unknown"},
	} {
		m, err := Parse(c.typed, c.in, noon)
		if err != nil {
			t.Fatal(err)
		}
		if got := Text(m); got != c.want {
			t.Errorf("%q is stored as %q, want %q", c.typed, got, c.want)
		}
	}
}
