package when

import (
	"strings"
	"testing"
	"time"
)

func TestOnlyTheCanonicalSpellingIsParsed(t *testing.T) {
	for _, s := range []string{
		"", " ", "exact", "unknown ", "Unknown", "certain 2020-06-09T14:05:00Z",
		"exact 2020-06-09T14:05:00",                 // no offset
		"exact 2020-06-09T14:05:00+00:00",           // is Z
		"exact 2020-06-09T14:05:00-00:00",           // is Z
		"exact 2020-06-09T14:05:00.500Z",            // trailing zeros
		"exact 2020-06-09T14:05:00,5Z",              // comma
		"exact 2020-06-09T14:05:60Z",                // no such second
		"exact 2020-06-31T14:05:00Z",                // no such day
		"exact  2020-06-09T14:05:00Z",               // two spaces
		"exact 2020-06-09T14:05:00Z\n",              // more behind
		"exact 0000-06-09T14:05:00Z",                // before year 1
		"exact 0001-01-01T00:00:00+01:00",           // before year 1 in UTC
		"exact 9999-12-31T23:30:00-01:00",           // after year 9999 in UTC
		"exact 2020-06-09T14:05:00+24:00",           // no such offset
		"estimated 2020-06-09T14:05:00Z",            // no margin
		"estimated 2020-06-09T14:05:00Z 0",          // none
		"estimated 2020-06-09T14:05:00Z -1",         // negative
		"estimated 2020-06-09T14:05:00Z +60",        // is 60
		"estimated 2020-06-09T14:05:00Z 060",        // is 60
		"estimated 2020-06-09T14:05:00Z 2147483648", // 32 bits
		"estimated 0001-01-02T00:00:00Z 864000",     // reaches before year 1
		"range 2020-06-09T14:05:00Z 2020-06-09T14:05:00Z",
		"day 2020-06-10T00:00:00Z 2020-06-09T00:00:00Z",
	} {
		if m, err := ParseCanonical(s); err == nil {
			t.Errorf("%q was read as %s", s, m)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: an error of several lines: %q", s, err)
		}
	}
}

func TestTheFirstAndLastYearsAreRead(t *testing.T) {
	for _, s := range []string{
		"exact 0001-01-01T00:00:00Z",
		"exact 9999-12-31T23:59:59.999999999Z",
		"exact 2020-06-09T14:05:00+23:59",
		"exact 2020-06-09T14:05:00-23:59",
		"estimated 2020-06-09T14:05:00Z 2147483647",
	} {
		if m, err := ParseCanonical(s); err != nil || m.String() != s {
			t.Errorf("%q: %s, %v", s, m, err)
		}
	}
}

func TestADayHasAsManyHoursAsItsClocksShow(t *testing.T) {
	for _, day := range []struct {
		zone, date string
		hours      float64
		starts     string
	}{
		{"Europe/Copenhagen", "2026-06-09", 24, "2026-06-09T00:00:00+02:00"},
		{"Europe/Copenhagen", "2026-10-25", 25, "2026-10-25T00:00:00+02:00"},
		{"Europe/Copenhagen", "2027-03-28", 23, "2027-03-28T00:00:00+01:00"},
		{"America/Sao_Paulo", "2018-11-04", 23, "2018-11-04T01:00:00-02:00"}, // clocks jumped over midnight
		{"America/Sao_Paulo", "2018-02-17", 25, "2018-02-17T00:00:00-02:00"}, // and back over the one after
		{"Atlantic/Azores", "2026-10-25", 25, "2026-10-25T00:00:00Z"},        // midnight comes twice: the first counts
		{"Australia/Lord_Howe", "2026-10-04", 23.5, "2026-10-04T00:00:00+10:30"},
	} {
		in := zone(t, day.zone)
		noon, err := time.ParseInLocation("2006-01-02 15", day.date+" 12", in)
		if err != nil {
			t.Fatal(err)
		}
		m := OnDay(noon)
		if got := m.To.Sub(m.From).Hours(); got != day.hours || m.From.Format(time.RFC3339) != day.starts {
			t.Errorf("%s in %s has %g hours from %s", day.date, day.zone, got, m.From.Format(time.RFC3339))
		}
		if m.From.After(noon) || !m.To.After(noon) {
			t.Errorf("%s in %s does not hold its noon", day.date, day.zone)
		}
	}
}

func TestMomentsOfOneInstantAndOffsetAreIdentical(t *testing.T) {
	in := zone(t, "Europe/Copenhagen")
	typed := At(time.Date(2020, 6, 9, 14, 5, 0, 0, in))
	read, err := ParseCanonical("exact 2020-06-09T14:05:00+02:00")
	if err != nil || typed != read {
		t.Errorf("%#v is not %#v (%v)", typed, read, err)
	}
	if other := At(typed.From.UTC()); other.Equal(typed) || !other.From.Equal(typed.From) {
		t.Error("the offset typed is lost in comparing")
	}
	if now := At(time.Now()); now.From != now.From.Round(0) {
		t.Error("a monotonic reading was kept")
	}
}

func TestEarliestAndLatestBoundWhatTheMomentCanBe(t *testing.T) {
	in := zone(t, "Europe/Copenhagen")
	for typed, want := range map[string][2]string{
		"2020-06-09 14:05":          {"2020-06-09T14:05:00+02:00", "2020-06-09T14:05:00+02:00"},
		"2020-06-09 14:05 ±30m":     {"2020-06-09T13:35:00+02:00", "2020-06-09T14:35:00+02:00"},
		"2020-06-09":                {"2020-06-09T00:00:00+02:00", "2020-06-10T00:00:00+02:00"},
		"2020-06-09 14:00 to 15:00": {"2020-06-09T14:00:00+02:00", "2020-06-09T15:00:00+02:00"},
		"no later than 2020-08-25":  {"2020-08-25T00:00:00+02:00", "2020-08-25T00:00:00+02:00"},
	} {
		m, err := Parse(typed, in, noon)
		got := [2]string{m.Earliest().Format(time.RFC3339), m.Latest().Format(time.RFC3339)}
		if err != nil || got != want {
			t.Errorf("%s: %v, %v", typed, got, err)
		}
	}
	if m := Never(); m.Known() || !m.Earliest().IsZero() || !m.Latest().IsZero() {
		t.Error("something is known about never")
	}
	if (Moment{}).Known() || (Moment{}).Validate() == nil {
		t.Error("the zero moment is valid")
	}
}

func TestWhatCannotBeStoredIsNotMarshalled(t *testing.T) {
	utc := time.Date(2020, 6, 9, 14, 5, 0, 0, time.UTC)
	for name, m := range map[string]Moment{
		"zero":               {},
		"year 10000":         OnDay(time.Date(9999, 12, 31, 12, 0, 0, 0, time.UTC)),
		"seconds in offset":  At(utc.In(time.FixedZone("", 1172))),
		"offset of a day":    At(utc.In(time.FixedZone("", 86400))),
		"no margin":          Around(utc, time.Millisecond),
		"part of a second":   {Precision: Estimated, From: utc, Margin: 1500 * time.Millisecond},
		"a century's margin": {Precision: Estimated, From: utc, Margin: 100 * 365 * 24 * time.Hour},
		"empty range":        Between(utc, utc),
	} {
		if text, err := m.MarshalText(); err == nil {
			t.Errorf("%s was written as %s", name, text)
		}
	}
	var m Moment
	if err := m.UnmarshalText([]byte("no-later-than 2020-08-25T00:00:00+02:00")); err != nil || m.Precision != NoLaterThan {
		t.Errorf("%s, %v", m, err)
	}
	before := m
	if err := m.UnmarshalText([]byte("soon")); err == nil || m != before {
		t.Error("a text that cannot be read changed the moment")
	}
}
