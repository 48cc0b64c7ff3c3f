package notice

import (
	"testing"
	"time"

	"timeglas/internal/when"
)

func TestTimesReadAsPeopleWriteThem(t *testing.T) {
	zone := copenhagen(t)
	now := time.Date(2026, 11, 21, 14, 5, 0, 0, zone)
	for typed, want := range map[string][2]string{
		"2020-06-09":                {"den 9. juni 2020", "on 9 June 2020"},
		"2026-11-19 07:32":          {"den 19. november 2026 kl. 07.32", "on 19 November 2026 at 07:32"},
		"2026-06-19T05:32:00Z":      {"den 19. juni 2026 kl. 07.32", "on 19 June 2026 at 07:32"},
		"2020-06-09 to 2020-06-10":  {"mellem den 9. juni og den 10. juni 2020", "between 9 June and 10 June 2020"},
		"2025-12-30 to 2026-01-02":  {"mellem den 30. december 2025 og den 2. januar 2026", "between 30 December 2025 and 2 January 2026"},
		"2020-06-09 14:00 to 15:30": {"den 9. juni 2020 mellem kl. 14.00 og kl. 15.30", "on 9 June 2020 between 14:00 and 15:30"},
		"2020-06-09 14:00 to 2020-06-10 15:30": {"mellem den 9. juni 2020 kl. 14.00 og den 10. juni 2020 kl. 15.30",
			"between 9 June 2020 at 14:00 and 10 June 2020 at 15:30"},
		"no later than 2020-08-25":       {"senest den 25. august 2020", "no later than 25 August 2020"},
		"no later than 2020-08-25 10:30": {"senest den 25. august 2020 kl. 10.30", "no later than 25 August 2020 at 10:30"},
		"2026-11-19 07:32 ±2h":           {"omkring den 19. november 2026 kl. 07.32 (± 2 timer)", "around 19 November 2026 at 07:32 (± 2 hours)"},
		"2026-10-25T02:30:00+01:00":      {"den 25. oktober 2026 kl. 02.30 (UTC+01:00)", "on 25 October 2026 at 02:30 (UTC+01:00)"},
	} {
		m, err := when.Parse(typed, zone, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := danish.moment(m, zone); got != want[0] {
			t.Errorf("%s is %q, want %q", typed, got, want[0])
		}
		if got := english.moment(m, zone); got != want[1] {
			t.Errorf("%s is %q, want %q", typed, got, want[1])
		}
	}
}

func TestPeriodsShareTheirYear(t *testing.T) {
	zone := copenhagen(t)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, zone) }
	for name, c := range map[string]struct {
		periods []when.Moment
		da, en  string
	}{
		"one year": {[]when.Moment{when.Days(day(2020, 6, 9), day(2020, 6, 10)), when.Days(day(2020, 7, 2), day(2020, 7, 3)), when.OnDay(day(2020, 7, 17))},
			"9.-10. juni, 2.-3. juli og 17. juli 2020", "9–10 June, 2–3 July and 17 July 2020"},
		"two years": {[]when.Moment{when.OnDay(day(2019, 12, 1)), when.Days(day(2019, 12, 30), day(2020, 1, 2))},
			"1. december og 30. december 2019 - 2. januar 2020", "1 December and 30 December 2019 – 2 January 2020"},
		"two months":                {[]when.Moment{when.Days(day(2020, 6, 30), day(2020, 7, 2))}, "30. juni - 2. juli 2020", "30 June – 2 July 2020"},
		"over the change of clocks": {[]when.Moment{when.Days(day(2026, 10, 24), day(2026, 10, 25))}, "24.-25. oktober 2026", "24–25 October 2026"},
	} {
		if got := danish.periods(c.periods); got != c.da {
			t.Errorf("%s: %q, want %q", name, got, c.da)
		}
		if got := english.periods(c.periods); got != c.en {
			t.Errorf("%s: %q, want %q", name, got, c.en)
		}
	}
}

func TestNumbersAndListsFollowTheLanguage(t *testing.T) {
	for got, want := range map[string]string{
		danish.number(1742): "1.742", english.number(1742): "1,742", danish.number(999): "999",
		danish.number(1000000): "1.000.000", english.number(-1742): "-1,742",
		danish.fraction(2.5): "2,5", english.fraction(1742.25): "1,742.25", danish.fraction(30): "30",
		danish.list([]string{"a"}): "a", danish.list([]string{"a", "b"}): "a og b", english.list([]string{"a", "b", "c"}): "a, b and c",
		danish.duration(30 * time.Minute): "30 minutter", english.duration(time.Hour): "1 hour", danish.duration(48 * time.Hour): "2 dage",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
