package when

import (
	"testing"
	"time"
)

func FuzzParseCanonical(f *testing.F) {
	for _, s := range []string{
		"unknown", "exact 2026-11-19T07:32:00+01:00", "exact 2026-11-19T06:32:00.000000001Z",
		"estimated 2026-11-19T07:00:01.5+01:00 1800", "day 2026-11-19T00:00:00+01:00 2026-11-20T00:00:00+01:00",
		"range 2026-11-19T07:00:00Z 2026-11-19T08:00:00Z", "no-later-than 2026-10-25T02:30:00+02:00",
		"exact 0001-01-01T00:00:00Z", "exact 9999-12-31T23:59:59+23:59", "exact 2026-02-29T00:00:00Z", "estimated 2026-11-19T07:00:00Z 0",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseCanonical(s)
		if err != nil {
			return
		}
		if m.String() != s {
			t.Fatalf("%q is printed as %q", s, m)
		}
		if m.Known() && m.Earliest().IsZero() && m.From.Year() > 1 {
			t.Fatalf("%q has no earliest instant", s)
		}
	})
}

func FuzzParseText(f *testing.F) {
	for _, s := range []string{
		"unknown", "2026-11-19T07:32:00+01:00", "2026-11-19 07:32", "2026-11-19", "2026-11-19/2026-11-21",
		"ca. 2026-11-19 07:32 ±30m", "no later than 2026-11-19 07:32", "2026-10-25 02:30", "whole days x/y", "yesterday",
	} {
		f.Add(s)
	}
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseText(s, zone)
		if err != nil {
			return
		}
		again, err := ParseText(Text(m), zone)
		if err != nil || !again.Equal(m) {
			t.Fatalf("%q is %q, which is written %q and read as %q: %v", s, m, Text(m), again, err)
		}
		if canonical, err := ParseCanonical(m.String()); err != nil || !canonical.Equal(m) {
			t.Fatalf("%q is %q, which is not canonical: %v", s, m, err)
		}
	})
}
