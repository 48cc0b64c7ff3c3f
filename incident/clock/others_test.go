package clock

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"timeglas/incident/fact"
	"timeglas/internal/when"
)

func TestTheMonthOfArticle12EndsWithTheLastHourOfTheSameDate(t *testing.T) {
	zone := copenhagen(t)
	for _, c := range []struct {
		received string
		months   int
		last     string
	}{
		{"2026-03-05 14:00", 1, "2026-04-07"}, // 5 April 2026 is Easter Sunday, the 6th Easter Monday
		{"2025-03-05 00:00", 1, "2025-04-07"}, // a Saturday
		{"2026-08-31 23:59", 1, "2026-09-30"}, // September has no 31st
		{"2026-01-31 10:00", 1, "2026-03-02"}, // 28 February 2026 is a Saturday
		{"2024-01-30 10:00", 1, "2024-02-29"},
		{"2026-11-24 09:00", 1, "2026-12-24"}, // Christmas Eve is no holiday by law
		{"2026-11-25 09:00", 1, "2026-12-28"}, // two days of Christmas and a weekend
		{"2026-12-01 08:00", 1, "2027-01-04"}, // New Year, then a weekend
		{"2026-11-19 08:00", 3, "2027-02-19"}, // extended by two months
		{"2026-11-30 08:00", 3, "2027-03-01"}, // the last of February is a Sunday
		{"2026-04-14 08:00", 1, "2026-05-15"}, // Ascension Day
		{"2023-04-05 08:00", 1, "2023-05-08"}, // Great Prayer Day, for the last time
		{"2026-04-01 08:00", 1, "2026-05-01"}, // and no more
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.received, zone)
		if err != nil {
			t.Fatal(err)
		}
		got := MonthsAfter(at, c.months, zone).Format("2006-01-02 15:04:05")
		if got != c.last+" 23:59:59" {
			t.Errorf("%s and %d months: %s, want the end of %s", c.received, c.months, got, c.last)
		}
	}
}

func TestThePublicHolidaysOfDenmarkAreKnown(t *testing.T) {
	var found []string
	for d := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == 2027; d = d.AddDate(0, 0, 1) {
		if wd := d.Weekday(); !workingDay(d) && wd != time.Saturday && wd != time.Sunday {
			found = append(found, d.Format("01-02"))
		}
	}
	want := []string{"01-01", "03-25", "03-26", "03-29", "05-06", "05-17"}
	if !slices.Equal(found, want) {
		t.Errorf("%v, want %v", found, want)
	}
}

func TestAPeriodInMonthsNeverEndsBeforeItsDateNorOnARestDay(t *testing.T) {
	zone := copenhagen(t)
	rapid.Check(t, func(t *rapid.T) {
		event := time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "event"), 0)
		months := rapid.IntRange(1, 3).Draw(t, "months")
		end := MonthsAfter(event, months, zone)
		day := time.Date(end.Year(), end.Month(), end.Day(), 0, 0, 0, 0, time.UTC)
		if !workingDay(day) || end.Format("15:04:05") != "23:59:59" {
			t.Fatalf("it ends %s", end)
		}
		if days := end.Sub(event).Hours() / 24; days < float64(28*months) || days > float64(31*months+7) {
			t.Fatalf("from %s to %s: %f days", event, end, days)
		}
	})
}

func TestEveryRegimeOfTheFileIsWholeAndInBothLanguages(t *testing.T) {
	all, err := parseRegimes(regimesSource)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"nis2", "dora", "telecom", "law-enforcement", "cra", "ai-act", "processor", "video", "log"} {
		if !slices.ContainsFunc(all, func(r Regime) bool { return r.Key == key }) {
			t.Errorf("%s is missing", key)
		}
	}
}

func TestAFaultInTheFileIsAnError(t *testing.T) {
	const good = "[[regime]]\nkey = \"x\"\ntitle = { en = \"x\", da = \"x\" }\ntrigger = { en = \"x\", da = \"x\" }\nrecipient = \"x\"\nsource = \"x\"\n"
	if _, err := parseRegimes(good + "stages = [{ key = \"a\", hours = 1 }]\n"); err != nil {
		t.Fatal(err)
	}
	for says, source := range map[string]string{
		"unknown key":          good + "stages = [{ key = \"a\", hours = 1 }]\ncolour = \"red\"\n",
		"one length":           good + "stages = [{ key = \"a\", hours = 1, days = 2 }]\n",
		"or the regime":        good + "stages = [{ key = \"a\" }]\n",
		"does not stand":       good + "stages = [{ key = \"a\", hours = 1, from = \"b\" }]\n",
		"stands twice":         good + "stages = [{ key = \"a\", hours = 1 }]\n" + good + "stages = [{ key = \"a\", hours = 1 }]\n",
		"is no fact":           good + "stages = [{ key = \"a\", hours = 1 }]\n[[regime.offer]]\nfacts = { \"no.fact\" = [\"x\"] }\n",
		"in hours or days":     good + "given = \"weeks\"\nstages = [{ key = \"a\" }]\n",
		"a stage are needed":   good,
		"expected value":       "[[regime]]\nkey =",
		"one length, or the r": good + "given = \"hours\"\nstages = [{ key = \"a\", hours = 1 }]\n",
	} {
		if _, err := parseRegimes(source); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
}

func TestTheStagesOfNIS2FollowEachOther(t *testing.T) {
	zone := copenhagen(t)
	nis2, ok := RegimeOf("nis2")
	if !ok {
		t.Fatal("there is no nis2")
	}
	start := time.Date(2026, 11, 19, 7, 32, 0, 0, zone)
	now := start.Add(20 * time.Hour)
	s := ReadOther(nis2, Started{Start: when.At(start)}, now, zone)
	if s[0].State != Urgent || s[0].Remaining != 4*time.Hour || !s[1].Due.Equal(start.Add(72*time.Hour)) {
		t.Errorf("%+v", s)
	}
	if got := s[2].Due.Format("2006-01-02"); got != "2026-12-22" {
		t.Errorf("the final report, a month after the notification's deadline, is due %s", got)
	}
	sent := when.At(start.Add(30 * time.Hour))
	s = ReadOther(nis2, Started{Start: when.At(start), Stops: []Stopped{{"early-warning", sent}, {"notification", sent}}}, now.Add(48*time.Hour), zone)
	if s[0].State != Done || !s[0].Late || s[1].State != Done || s[1].Late || s[2].State != Running {
		t.Errorf("%+v", s)
	}
	if got := s[2].Due.Format("2006-01-02"); got != "2026-12-21" { // the 20th is a Sunday
		t.Errorf("the final report is due %s", got)
	}
	s = ReadOther(nis2, Started{Start: when.At(start), Stops: []Stopped{{"", sent}}}, now, zone)
	for _, stage := range s {
		if stage.State != Done {
			t.Errorf("%s is %s after the whole was stopped", stage.Stage.Key, stage.State)
		}
	}
}

func TestEvidenceExpiresAfterItsRetention(t *testing.T) {
	zone := copenhagen(t)
	start := time.Date(2026, 11, 1, 12, 0, 0, 0, zone)
	video, _ := RegimeOf("video")
	if s := ReadOther(video, Started{Start: when.At(start)}, start, zone)[0]; !s.Due.Equal(time.Date(2026, 12, 1, 12, 0, 0, 0, zone)) {
		t.Errorf("video is deleted %s", s.Due)
	}
	log, _ := RegimeOf("log")
	if s := ReadOther(log, Started{Start: when.At(start), After: 14 * 24 * time.Hour}, start.Add(15*24*time.Hour), zone)[0]; s.State != Overdue || s.Overdue != 24*time.Hour {
		t.Errorf("%+v", s)
	}
	if s := ReadOther(log, Started{Start: when.At(start)}, start, zone)[0]; s.State != Running || !s.Due.IsZero() {
		t.Errorf("a log without its length: %+v", s)
	}
}

func TestARegimeIsOfferedOnlyWhenTheFactsSuggestIt(t *testing.T) {
	for name, c := range map[string]struct {
		facts map[string]fact.Value
		want  string
	}{
		"nothing known":          {nil, ""},
		"a bank's outage":        {map[string]fact.Value{"controller.sector": fact.Choice("finance"), "incident.family": fact.Choice("outage")}, "nis2 dora"},
		"a bank's wrong letter":  {map[string]fact.Value{"controller.sector": fact.Choice("finance"), "incident.family": fact.Choice("misdirected")}, ""},
		"a telephone company":    {map[string]fact.Value{"controller.sector": fact.Choice("telecom")}, "telecom"},
		"the police":             {map[string]fact.Value{"controller.sector": fact.Choice("justice")}, "law-enforcement"},
		"a processor":            {map[string]fact.Value{"controller.role": fact.Choice("processor")}, "processor"},
		"cameras":                {map[string]fact.Value{"incident.systems": fact.Set{"Kameraovervågning i hallen"}}, "video"},
		"look-ups":               {map[string]fact.Value{"incident.family": fact.Choice("unauthorised-lookup")}, "log"},
		"an AI system":           {map[string]fact.Value{"incident.systems": fact.Set{"triage-AI"}}, "ai-act"},
		"mail is no AI":          {map[string]fact.Value{"incident.systems": fact.Set{"maildrev"}}, ""},
		"nobody knows the cause": {map[string]fact.Value{"incident.family": fact.Unknown, "controller.sector": fact.Unknown}, ""},
	} {
		sheet := fact.Sheet{}
		for key, v := range c.facts {
			sheet = sheet.With(key, v)
		}
		var keys []string
		for _, s := range Suggest(sheet) {
			keys = append(keys, s.Regime.Key)
			if s.Why.EN == "" || s.Why.DA == "" {
				t.Errorf("%s: %s is offered without a reason", name, s.Regime.Key)
			}
		}
		if got := strings.Join(keys, " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
