package when

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEveryInstantIsAmongTheReadingsOfWhatItsClockShows(t *testing.T) {
	names := []string{"Europe/Copenhagen", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia",
		"Atlantic/Azores", "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "UTC"}
	first, last := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	rapid.Check(t, func(t *rapid.T) {
		in, err := time.LoadLocation(rapid.SampledFrom(names).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(first, last).Draw(t, "instant"), 0).In(in)
		// Draw near a change of clocks half of the time: that is where it matters.
		if _, change := at.ZoneBounds(); !change.IsZero() && rapid.Bool().Draw(t, "near a change") {
			at = change.Add(time.Duration(rapid.IntRange(-7200, 7200).Draw(t, "seconds")) * time.Second).In(in)
		}
		found := false
		for i, reading := range Readings(at, in) {
			found = found || reading.Equal(at)
			if !asUTC(reading.In(in)).Equal(asUTC(at)) {
				t.Fatalf("reading %d of %s shows %s", i, at, reading.In(in))
			}
		}
		if !found {
			t.Fatalf("%s is not among its readings", at)
		}
	})
}

func TestReadingsNextToAChangeOfClocks(t *testing.T) {
	for _, c := range []struct {
		zone, wall string
		want       []string
	}{
		{"Europe/Copenhagen", "2026-10-25 02:30", []string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"}},
		{"Europe/Copenhagen", "2026-10-25 02:00", []string{"2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"}},
		{"Europe/Copenhagen", "2026-10-25 03:00", []string{"2026-10-25T03:00:00+01:00"}},
		{"Europe/Copenhagen", "2027-03-28 02:30", nil},
		{"Europe/Copenhagen", "2027-03-28 02:00", nil},
		{"Europe/Copenhagen", "2027-03-28 03:00", []string{"2027-03-28T03:00:00+02:00"}},
		{"Australia/Lord_Howe", "2027-04-04 01:45", []string{"2027-04-04T01:45:00+11:00", "2027-04-04T01:45:00+10:30"}},
		{"Pacific/Apia", "2011-12-30 12:00", nil},
		{"Europe/Copenhagen", "2099-10-25 02:30", []string{"2099-10-25T02:30:00+02:00", "2099-10-25T02:30:00+01:00"}},
	} {
		wall, err := time.Parse("2006-01-02 15:04", c.wall)
		if err != nil {
			t.Fatal(err)
		}
		got := Readings(wall, zone(t, c.zone))
		if len(got) != len(c.want) {
			t.Errorf("%s in %s: %v", c.wall, c.zone, got)
			continue
		}
		for i := range got {
			if got[i].Format(time.RFC3339) != c.want[i] {
				t.Errorf("%s in %s: %v", c.wall, c.zone, got)
			}
		}
	}
}

// The time package gives the zone's bounds wrongly on this day: see periodsAround.
func TestTheLastDayOfAFarLeapYearIsReadAsAnyOther(t *testing.T) {
	in := zone(t, "Europe/Copenhagen")
	for _, typed := range []string{"2088-12-31 01:00", "2088-12-31", "2088-12-30 23:00 to 2089-01-01 00:30", "9996-12-31 12:00"} {
		m, err := Parse(typed, in, noon)
		if err != nil || m.Show(in) != typed {
			t.Errorf("%s is read as %s (%v)", typed, m, err)
		}
	}
}
