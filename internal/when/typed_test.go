package when

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// noon is the moment at which the tests type: Saturday 21 November 2026, 12:30 in Copenhagen.
var noon = time.Date(2026, 11, 21, 11, 30, 15, 123, time.UTC)

func TestPeopleTypeTimesInManyWays(t *testing.T) {
	copenhagen := zone(t, "Europe/Copenhagen")
	for typed, want := range map[string]string{
		// With an offset, which is kept.
		"2020-06-09T14:05:00+02:00":           "exact 2020-06-09T14:05:00+02:00",
		"2020-06-09T14:05:06.789Z":            "exact 2020-06-09T14:05:06.789Z",
		"2020-06-09T14:05:06.123456789-05:30": "exact 2020-06-09T14:05:06.123456789-05:30",
		"2020-06-09t02:00-05:00":              "exact 2020-06-09T02:00:00-05:00",
		"2020-06-09 14:05 +0100":              "exact 2020-06-09T14:05:00+01:00",
		"2020-06-09 14:05 UTC":                "exact 2020-06-09T14:05:00Z",
		"2020-06-09 14:05-03:00":              "exact 2020-06-09T14:05:00-03:00",
		"2020-06-09 02:00 -05:00":             "exact 2020-06-09T02:00:00-05:00",
		"2020-06-09 14:05 \u221203:00":        "exact 2020-06-09T14:05:00-03:00",
		// In the zone, summer and winter.
		"2020-06-09 14:05":         "exact 2020-06-09T14:05:00+02:00",
		"2020-06-09T14:05":         "exact 2020-06-09T14:05:00+02:00",
		"2020-12-09 14:05:06":      "exact 2020-12-09T14:05:06+01:00",
		"2020-12-09 14:05:06.5":    "exact 2020-12-09T14:05:06.5+01:00",
		"2020-12-09 14:05:06,25":   "exact 2020-12-09T14:05:06.25+01:00",
		"  2020-06-09\u00a014:05 ": "exact 2020-06-09T14:05:00+02:00",
		"2020-06-09, 9:05":         "exact 2020-06-09T09:05:00+02:00",
		// Words for the date.
		"9 June 2020 14:05":             "exact 2020-06-09T14:05:00+02:00",
		"9th June 2020 at 14:05":        "exact 2020-06-09T14:05:00+02:00",
		"June 9, 2020, 14:05":           "exact 2020-06-09T14:05:00+02:00",
		"9. juni 2020 kl. 14.05":        "exact 2020-06-09T14:05:00+02:00",
		"den 9. juni 2020 kl. 14.05.30": "exact 2020-06-09T14:05:30+02:00",
		"9. JUNI 2020 14.05":            "exact 2020-06-09T14:05:00+02:00",
		"3 maj 2020":                    "day 2020-05-03T00:00:00+02:00 2020-05-04T00:00:00+02:00",
		"1. okt. 2020":                  "day 2020-10-01T00:00:00+02:00 2020-10-02T00:00:00+02:00",
		// Relative to now, in the zone.
		"14:05":                          "exact 2026-11-21T14:05:00+01:00",
		"kl. 14.05":                      "exact 2026-11-21T14:05:00+01:00",
		"now":                            "exact 2026-11-21T12:30:15+01:00",
		"yesterday 22:10":                "exact 2026-11-20T22:10:00+01:00",
		"i går kl. 22.10":                "exact 2026-11-20T22:10:00+01:00",
		"i ga\u030ar 22:10":              "exact 2026-11-20T22:10:00+01:00",
		"today 08:00":                    "exact 2026-11-21T08:00:00+01:00",
		"i dag, 08:00":                   "exact 2026-11-21T08:00:00+01:00",
		"tomorrow 08:00":                 "exact 2026-11-22T08:00:00+01:00",
		"day before yesterday":           "day 2026-11-19T00:00:00+01:00 2026-11-20T00:00:00+01:00",
		"yesterday":                      "day 2026-11-20T00:00:00+01:00 2026-11-21T00:00:00+01:00",
		"yesterday 22:10 to today 02:00": "range 2026-11-20T22:10:00+01:00 2026-11-21T02:00:00+01:00",
		// Days.
		"2020-06-09":                    "day 2020-06-09T00:00:00+02:00 2020-06-10T00:00:00+02:00",
		"2020-06-09-05:00":              "day 2020-06-09T00:00:00-05:00 2020-06-10T00:00:00-05:00",
		"2020-06-09Z":                   "day 2020-06-09T00:00:00Z 2020-06-10T00:00:00Z",
		"2026-10-25":                    "day 2026-10-25T00:00:00+02:00 2026-10-26T00:00:00+01:00",
		"9 June 2020 to 10 June":        "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"9 June to 10 July 2020":        "day 2020-06-09T00:00:00+02:00 2020-07-11T00:00:00+02:00",
		"9–10 June 2020":                "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"9.-10. juni 2020":              "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"9 to 10 June 2020":             "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"2020-06-09 to 2020-06-10":      "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"2020-06-09/2020-06-10":         "day 2020-06-09T00:00:00+02:00 2020-06-11T00:00:00+02:00",
		"2. juli 2020 til 3. juli 2020": "day 2020-07-02T00:00:00+02:00 2020-07-04T00:00:00+02:00",
		// Ranges.
		"2020-06-09 14:00 to 15:30":                 "range 2020-06-09T14:00:00+02:00 2020-06-09T15:30:00+02:00",
		"2020-06-09 14:00..15:30":                   "range 2020-06-09T14:00:00+02:00 2020-06-09T15:30:00+02:00",
		"2020-06-09 14:00/2020-06-10 15:30":         "range 2020-06-09T14:00:00+02:00 2020-06-10T15:30:00+02:00",
		"2020-06-09 14:00 - 15:30":                  "range 2020-06-09T14:00:00+02:00 2020-06-09T15:30:00+02:00",
		"2020-06-09 14:00–15:30":                    "range 2020-06-09T14:00:00+02:00 2020-06-09T15:30:00+02:00",
		"from 14:00 to 15:30":                       "range 2026-11-21T14:00:00+01:00 2026-11-21T15:30:00+01:00",
		"mellem 14:00 og 15:30":                     "range 2026-11-21T14:00:00+01:00 2026-11-21T15:30:00+01:00",
		"between 9 June 2020 and 10 June 12:00":     "range 2020-06-09T00:00:00+02:00 2020-06-10T12:00:00+02:00",
		"2020-06-09 14:00 to 2020-06-10":            "range 2020-06-09T14:00:00+02:00 2020-06-11T00:00:00+02:00",
		"2020-06-09T14:00:00Z/2020-06-09T15:00:00Z": "range 2020-06-09T14:00:00Z 2020-06-09T15:00:00Z",
		"2020-06-09 14:00+00:00 to 15:30":           "range 2020-06-09T14:00:00Z 2020-06-09T15:30:00Z",
		// Estimates.
		"~2020-06-09 14:05":            "estimated 2020-06-09T14:05:00+02:00 1800",
		"about yesterday 22:10":        "estimated 2026-11-20T22:10:00+01:00 1800",
		"ca. kl. 14.05":                "estimated 2026-11-21T14:05:00+01:00 1800",
		"omkring 14:05 ± 2 timer":      "estimated 2026-11-21T14:05:00+01:00 7200",
		"2020-06-09 14:05 ±30m":        "estimated 2020-06-09T14:05:00+02:00 1800",
		"2020-06-09 14:05 +-1h 30 min": "estimated 2020-06-09T14:05:00+02:00 5400",
		"2020-06-09 14:05 +/- 2 d":     "estimated 2020-06-09T14:05:00+02:00 172800",
		// Bounds.
		"before 2020-06-09 14:05":      "no-later-than 2020-06-09T14:05:00+02:00",
		"no later than 25 August 2020": "no-later-than 2020-08-25T00:00:00+02:00",
		"senest i går 22:10":           "no-later-than 2026-11-20T22:10:00+01:00",
		"by 14:05":                     "no-later-than 2026-11-21T14:05:00+01:00",
		// Nothing.
		"unknown": "unknown",
		"Ukendt":  "unknown",
	} {
		got, err := Parse(typed, copenhagen, noon)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
		} else if got.String() != want {
			t.Errorf("%q\n got %s\nwant %s", typed, got, want)
		}
	}
}

func TestWhatCanMeanTwoThingsIsRefusedWithWhatToWrite(t *testing.T) {
	copenhagen := zone(t, "Europe/Copenhagen")
	for typed, hint := range map[string]string{
		"":                                      "or unknown",
		"   ":                                   "or unknown",
		"soon":                                  "yesterday 22:10",
		"5":                                     "2020-06-09",
		"9/6 2020":                              "write 2020-06-09 or 2020-09-06",
		"9/6/2020 14:05":                        "write 2020-06-09 or 2020-09-06",
		"09.06.2020":                            "write 2020-06-09 or 2020-09-06",
		"13-6-2020":                             "write 2020-06-13",
		"31/31 2020":                            "no such day",
		"9/6":                                   "9 June 2020",
		"9/6 2020 to 10/6 2020":                 "write 2020-06-09 or 2020-09-06",
		"14.05":                                 "write 14:05",
		"14.05 to 15.30":                        "write 14:05",
		"9 June":                                "the year is missing",
		"9 June to 10 June":                     "the year is missing",
		"2020-06-09 14:00-15:30":                "for a range",
		"14:00-15:30":                           "for a range",
		"2020-06-31":                            "no 2020-06-31",
		"2019-02-29 14:05":                      "no 2019-02-29",
		"31 June 2020":                          "no 2020-06-31",
		"2020-13-01":                            "no 2020-13-01",
		"2020-06-09 24:00":                      "23:59",
		"2020-06-09 14:60":                      "23:59",
		"2020-06-09 14:05:60":                   "23:59",
		"2020-06-09 14:05+2":                    "+02:00",
		"2020-06-09 14:05+02:99":                "+02:00",
		"2020-06-09 14:05 CEST":                 "cannot be read",
		"2020-06-09 14:05 and more":             "cannot be read",
		"2020-06-09 22:00 to 02:00":             "the date of both",
		"2020-06-10 to 2020-06-09":              "not after the start",
		"30 December 2020 to 2 January":         "not after the start",
		"2020-06-09 14:00Z to 2020-06-09 15:00": "both ends",
		"about 2020-06-09":                      "time of day",
		"about 14:00 to 15:00":                  "time of day",
		"14:05 ±":                               "±30m",
		"14:05 ±30 parsecs":                     "±30m",
		"14:05 ±0m":                             "exact",
		"14:05 ±99999999d":                      "68 years",
		"before 14:00 to 15:00":                 "not a range",
		"before 2020-06-09 to 2020-06-10":       "not a range",
		"between 14:00":                         "the end is missing",
		"1899-12-31":                            "1900",
		"0000-01-01":                            "year",
		"0020-06-09 14:05":                      "1900",
		"10000-01-01":                           "cannot be read",
		"9999-12-31":                            "9999",
		strings.Repeat("9", 10_000):             "cannot be read",
	} {
		got, err := Parse(typed, copenhagen, noon)
		switch {
		case err == nil:
			t.Errorf("%q was read as %s", typed, got)
		case !strings.Contains(err.Error(), hint):
			t.Errorf("%q: %q does not say %q", typed, err, hint)
		case strings.Contains(err.Error(), "\n") || strings.HasSuffix(err.Error(), "."):
			t.Errorf("%q: %q is not one clause", typed, err)
		}
	}
}

func TestAnErrorNeverRepeatsFreeText(t *testing.T) {
	const typed = "610190-1234"
	for _, text := range []string{typed, "about " + typed, typed + " to 14:00", "14:00 ±" + typed, "2020-06-09 14:05 " + typed} {
		if _, err := Parse(text, time.UTC, noon); err == nil || strings.Contains(err.Error(), typed) {
			t.Errorf("%q gave %v", text, err)
		}
	}
}

func TestAnHourThatOccursTwiceIsRefusedWithBothReadings(t *testing.T) {
	copenhagen := zone(t, "Europe/Copenhagen")
	_, err := Parse("2026-10-25 02:30", copenhagen, noon)
	const want = "2026-10-25 02:30 occurs twice in Europe/Copenhagen, where clocks are put back over it: " +
		"write 2026-10-25 02:30 +02:00 or 2026-10-25 02:30 +01:00"
	if err == nil || err.Error() != want {
		t.Fatalf("got %v", err)
	}
	checkReadings(t, err, copenhagen)
	for _, typed := range []string{"2026-10-25 03:00", "2026-10-25 01:59:59", "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"} {
		if _, err := Parse(typed, copenhagen, noon); err != nil {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

func TestAnHourThatNeverOccursIsRefusedWithBothReadings(t *testing.T) {
	copenhagen := zone(t, "Europe/Copenhagen")
	_, err := Parse("2027-03-28 02:30", copenhagen, noon)
	const want = "2027-03-28 02:30 never occurs in Europe/Copenhagen, where clocks are put forward over it: " +
		"write 2027-03-28 01:30 +01:00 or 2027-03-28 03:30 +02:00"
	if err == nil || err.Error() != want {
		t.Fatalf("got %v", err)
	}
	checkReadings(t, err, copenhagen)
	for _, typed := range []string{"2027-03-28 03:00", "2027-03-28 01:59:59"} {
		if _, err := Parse(typed, copenhagen, noon); err != nil {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

// checkReadings types what the message offers and expects the readings.
func checkReadings(t *testing.T, err error, in *time.Location) {
	t.Helper()
	var failure *ClockError
	if !errors.As(err, &failure) {
		t.Fatalf("%v is no ClockError", err)
	}
	_, offer, _ := strings.Cut(err.Error(), "write ")
	for i, typed := range strings.Split(offer, " or ") {
		m, err := Parse(typed, in, noon)
		if err != nil || !m.Equal(At(failure.Readings[i])) {
			t.Errorf("%q reads as %s (%v), not as %s", typed, m, err, failure.Readings[i])
		}
	}
}

func TestYesterdayIsTheDayBeforeInTheZone(t *testing.T) {
	// 23:30 UTC on 31 December is New Year's Day in Copenhagen already.
	now := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{"Europe/Copenhagen": "2026-12-31", "America/Nuuk": "2026-12-30"} {
		in := zone(t, name)
		m, err := Parse("yesterday", in, now)
		if err != nil || m.Show(in) != want {
			t.Errorf("%s: got %s (%v), want %s", name, m.Show(in), err, want)
		}
	}
}

func TestADayThatAZoneLeftOutIsRefused(t *testing.T) {
	_, err := Parse("2011-12-30", zone(t, "Pacific/Apia"), noon)
	if err == nil || !strings.Contains(err.Error(), "there was no 2011-12-30 in Pacific/Apia") {
		t.Errorf("got %v", err)
	}
}

func TestStoredTextRefusesWhatDependsOnTheDayOfReading(t *testing.T) {
	for _, s := range []string{"yesterday", "14:05", "now", "today 08:00", "about 14:05"} {
		if m, err := ParseText(s, time.UTC); err == nil || !strings.Contains(err.Error(), "write its date") {
			t.Errorf("%q: %s, %v", s, m, err)
		}
	}
	m, err := ParseText("2020-06-09", zone(t, "Europe/Copenhagen"))
	if err != nil || Text(m) != "2020-06-09+02:00" {
		t.Errorf("got %s, %v", Text(m), err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2020-06-09T14:05:00+02:00", "9 June 2020 to 10 June", "~14:05 ±30m", "senest i går",
		"9/6 2020", "2026-10-25 02:30", "9–10 juni 2020", "between 14:00 and 15:30", "whole days 2020-06-09Z/2020-06-10Z"} {
		f.Add(seed)
	}
	in := zone(f, "Europe/Copenhagen")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Parse(s, in, noon)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("%q: an error of several lines: %q", s, err)
			}
			return
		}
		if err := m.Validate(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if back, err := ParseText(Text(m), in); err != nil || !back.Equal(m) {
			t.Fatalf("%q: %s came back as %s, %v", s, m, back, err)
		}
		sameAfterShow(t, m, in)
	})
}

// sameAfterShow types what is shown.
func sameAfterShow(t interface{ Fatalf(string, ...any) }, m Moment, in *time.Location) {
	shown := m.Show(in)
	back, err := Parse(shown, in, noon)
	if err != nil || back.Precision != m.Precision ||
		!back.Earliest().Equal(m.Earliest()) || !back.Latest().Equal(m.Latest()) {
		t.Fatalf("%s in %s is shown as %q, which reads as %s, %v", m, in, shown, back, err)
	}
}

// moments draws valid moments of every precision, with the offsets of real zones
// and of none, near changes of clocks as often as not.
func moments() *rapid.Generator[Moment] {
	changes := []string{"2026-10-25T00:30:00Z", "2027-03-28T00:59:00Z", "2018-11-04T03:00:00Z", "2020-06-09T00:00:00Z"}
	names := []string{"Europe/Copenhagen", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC", "America/New_York", "Asia/Kathmandu"}
	return rapid.Custom(func(t *rapid.T) Moment {
		instant := func(label string) time.Time {
			base, _ := time.Parse(time.RFC3339, rapid.SampledFrom(changes).Draw(t, label))
			at := base.Add(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, label+" apart")))
			if rapid.Bool().Draw(t, label+" whole") {
				at = base.Add(time.Duration(rapid.IntRange(-300, 300).Draw(t, label+" minutes")) * time.Minute)
			}
			if rapid.Bool().Draw(t, label+" any offset") {
				return at.In(time.FixedZone("", rapid.IntRange(-1439, 1439).Draw(t, label+" offset")*60))
			}
			in, err := time.LoadLocation(rapid.SampledFrom(names).Draw(t, label+" zone"))
			if err != nil {
				panic(err)
			}
			return at.In(in)
		}
		a, b := instant("from"), instant("to")
		if b.Before(a) {
			a, b = b, a
		}
		switch rapid.SampledFrom([]Precision{Unknown, Exact, Estimated, Day, Range, NoLaterThan}).Draw(t, "precision") {
		case Exact:
			return At(a)
		case Estimated:
			return Around(a, time.Duration(rapid.Int32Range(1, 1<<30).Draw(t, "margin"))*time.Second)
		case Day:
			if rapid.Bool().Draw(t, "one day") {
				return OnDay(a)
			}
			return Days(a, b)
		case Range:
			return Between(a, b.Add(time.Nanosecond))
		case NoLaterThan:
			return Before(a)
		}
		return Never()
	})
}

func TestTheCanonicalTextGivesTheMomentBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := validMoment(t)
		back, err := ParseCanonical(m.String())
		if err != nil || !back.Equal(m) {
			t.Fatalf("%s came back as %s, %v", m, back, err)
		}
	})
}

func TestTheTextOfAFactGivesTheMomentBack(t *testing.T) {
	anywhere := zone(t, "Asia/Kathmandu")
	rapid.Check(t, func(t *rapid.T) {
		m := validMoment(t)
		for name, parse := range map[string]func(string) (Moment, error){
			"ParseText": func(s string) (Moment, error) { return ParseText(s, anywhere) },
			"Parse":     func(s string) (Moment, error) { return Parse(s, anywhere, noon) },
		} {
			if back, err := parse(Text(m)); err != nil || !back.Equal(m) {
				t.Fatalf("%s: %s as %q came back as %s, %v", name, m, Text(m), back, err)
			}
		}
	})
}

func TestWhatIsShownCanBeTyped(t *testing.T) {
	zones := []*time.Location{zone(t, "Europe/Copenhagen"), zone(t, "America/Sao_Paulo"), zone(t, "America/New_York"), time.UTC}
	rapid.Check(t, func(t *rapid.T) {
		sameAfterShow(t, validMoment(t), rapid.SampledFrom(zones).Draw(t, "zone"))
	})
}

// validMoment draws until Validate is content: days may cross offsets so that the
// end comes before the start.
func validMoment(t *rapid.T) Moment {
	return moments().Filter(func(m Moment) bool { return m.Validate() == nil }).Draw(t, "moment")
}
