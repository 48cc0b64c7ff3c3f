package clock

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"timeglas/internal/when"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func copenhagen(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func ptr(m when.Moment) *when.Moment { return &m }

func TestTheDeadlineIs72ElapsedHoursOverBothChangesOfDaylightSaving(t *testing.T) {
	for name, c := range map[string]struct{ aware, deadline, reg string }{
		"autumn, an hour more on the clock face": {"2026-10-23T14:00:00+02:00", "2026-10-26T13:00:00+01:00", "2026-10-26T14:00:00+01:00"},
		"spring, an hour less":                   {"2027-03-26T14:00:00+01:00", "2027-03-29T15:00:00+02:00", "2027-03-29T16:00:00+02:00"},
		"an ordinary week":                       {"2026-11-19T07:32:00+01:00", "2026-11-22T07:32:00+01:00", "2026-11-22T08:00:00+01:00"},
		"Regulation 1182/71, 12:17 to 13:00":     {"2026-11-19T12:17:00+01:00", "2026-11-22T12:17:00+01:00", "2026-11-22T13:00:00+01:00"},
		"on the hour, which does not count":      {"2026-11-19T12:00:00+01:00", "2026-11-22T12:00:00+01:00", "2026-11-22T13:00:00+01:00"},
		"an offset of half an hour":              {"2026-11-19T12:17:00+05:30", "2026-11-22T12:17:00+05:30", "2026-11-22T13:00:00+05:30"},
	} {
		t.Run(name, func(t *testing.T) {
			aware := at(t, c.aware)
			r := Read(GDPR33(), Input{Aware: ptr(when.At(aware))}, aware)
			if got, want := r.Deadline.In(copenhagen(t)), at(t, c.deadline).In(copenhagen(t)); !got.Equal(want) || got.Format(time.RFC3339) != want.Format(time.RFC3339) {
				t.Errorf("deadline %s, want %s", got, want)
			}
			if !r.Reg1182End.Equal(at(t, c.reg)) {
				t.Errorf("Regulation 1182/71 ends %s, want %s", r.Reg1182End, c.reg)
			}
		})
	}
}

func TestEachStateBeginsExactlyAtItsBoundary(t *testing.T) {
	aware := at(t, "2026-10-23T14:00:00+02:00")
	deadline := aware.Add(72 * time.Hour)
	for name, c := range map[string]struct {
		now  time.Time
		want State
	}{
		"at awareness":                    {aware, Running},
		"before awareness":                {aware.Add(-48 * time.Hour), Running},
		"a nanosecond over 24 hours left": {deadline.Add(-24*time.Hour - 1), Running},
		"24 hours left":                   {deadline.Add(-24 * time.Hour), DueSoon},
		"a nanosecond over 6 hours left":  {deadline.Add(-6*time.Hour - 1), DueSoon},
		"6 hours left":                    {deadline.Add(-6 * time.Hour), Urgent},
		"the deadline itself is in time":  {deadline, Urgent},
		"a nanosecond after it":           {deadline.Add(1), Overdue},
		"years after it":                  {deadline.AddDate(6, 0, 0), Overdue},
	} {
		t.Run(name, func(t *testing.T) {
			r := Read(GDPR33(), Input{Aware: ptr(when.At(aware))}, c.now)
			if r.State != c.want {
				t.Errorf("state %s, want %s", r.State, c.want)
			}
			if r.Late != (c.want == Overdue) {
				t.Errorf("late %v in state %s", r.Late, r.State)
			}
		})
	}
}

func TestTheEarliestBoundOfTheAwarenessCounts(t *testing.T) {
	start := at(t, "2026-11-19T07:32:00+01:00")
	zone := copenhagen(t)
	for name, c := range map[string]struct {
		aware when.Moment
		want  string
	}{
		"range":         {when.Between(start, start.Add(5*time.Hour)), "2026-11-19T07:32:00+01:00"},
		"estimate":      {when.Around(start, 30*time.Minute), "2026-11-19T07:02:00+01:00"},
		"day":           {when.OnDay(start.In(zone)), "2026-11-19T00:00:00+01:00"},
		"no later than": {when.Before(start), "2026-11-19T07:32:00+01:00"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Read(GDPR33(), Input{Aware: &c.aware}, start)
			if !r.Aware.Equal(at(t, c.want)) || !r.Deadline.Equal(at(t, c.want).Add(72*time.Hour)) {
				t.Errorf("runs from %s to %s, want from %s", r.Aware, r.Deadline, c.want)
			}
			if len(r.Notes) == 0 {
				t.Error("nothing is said about the bound")
			}
		})
	}
}

func TestAwareWednesdayNotifiedMondayIsLateAndTheWorkingDayRuleIsOnlyANote(t *testing.T) {
	aware, filed := when.At(at(t, "2026-11-18T10:00:00+01:00")), when.At(at(t, "2026-11-23T09:00:00+01:00"))
	r := Read(GDPR33(), Input{Aware: &aware, Filed: &filed}, at(t, "2026-12-01T00:00:00Z"))
	if r.State != Notified || !r.Late || r.LateBy != 47*time.Hour {
		t.Errorf("%s, late %v by %s", r.State, r.Late, r.LateBy)
	}
	if !noted(r, "Reg. 1182/71 Art. 3(5) [?]") || !noted(r, "GDPR 33(1)") {
		t.Errorf("notes %+v", r.Notes)
	}
}

func TestAFilingCountsAtTheLatestInstantItCanHaveBeen(t *testing.T) {
	aware := when.At(at(t, "2026-11-16T12:00:00+01:00")) // until the 19th at noon
	zone := copenhagen(t)
	for name, c := range map[string]struct {
		filed when.Moment
		late  bool
	}{
		"at the deadline":               {when.At(at(t, "2026-11-19T12:00:00+01:00")), false},
		"a second after":                {when.At(at(t, "2026-11-19T12:00:01+01:00")), true},
		"on the day of the deadline":    {when.OnDay(at(t, "2026-11-19T00:00:00+01:00").In(zone)), true},
		"on the day before":             {when.OnDay(at(t, "2026-11-18T00:00:00+01:00").In(zone)), false},
		"a range that ends after":       {when.Between(at(t, "2026-11-19T11:00:00+01:00"), at(t, "2026-11-19T13:00:00+01:00")), true},
		"no later than a moment before": {when.Before(at(t, "2026-11-19T11:00:00+01:00")), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := Read(GDPR33(), Input{Aware: &aware, Filed: &c.filed}, at(t, "2027-01-01T00:00:00Z"))
			if r.State != Notified || r.Late != c.late || r.Remaining != 0 || r.Overdue != 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestADecisionStopsTheClockButAFilingSaysMore(t *testing.T) {
	aware := when.At(at(t, "2026-11-16T12:00:00+01:00"))
	now := at(t, "2027-01-01T00:00:00Z")
	if r := Read(GDPR33(), Input{Aware: &aware, NotRequired: true}, now); r.State != NotRequired || r.Late || r.Overdue != 0 || !r.Stopped() {
		t.Errorf("%+v", r)
	}
	filed := when.At(at(t, "2026-11-16T13:00:00+01:00"))
	if r := Read(GDPR33(), Input{Aware: &aware, Filed: &filed, NotRequired: true}, now); r.State != Notified || r.Late {
		t.Errorf("%+v", r)
	}
}

func TestWithoutAwarenessTheClockHasNotStarted(t *testing.T) {
	for _, aware := range []*when.Moment{nil, ptr(when.Never())} {
		r := Read(GDPR33(), Input{Aware: aware}, at(t, "2026-11-16T12:00:00+01:00"))
		if r.State != NotStarted || !r.Deadline.IsZero() || !r.Aware.IsZero() || r.Remaining != 0 || r.Late {
			t.Errorf("%+v", r)
		}
	}
}

func TestBeforeAwarenessThereIsNeverMoreThanTheFullTime(t *testing.T) {
	aware := at(t, "2026-11-16T12:00:00+01:00")
	r := Read(GDPR33(), Input{Aware: ptr(when.At(aware))}, at(t, "0001-01-01T00:00:00Z"))
	if r.Remaining != 72*time.Hour || len(r.Notes) == 0 {
		t.Errorf("%s left, notes %v", r.Remaining, r.Notes)
	}
}

func TestTheReturnCentreClockIsLongOverdueOnItsBound(t *testing.T) {
	bound := when.Before(at(t, "2020-08-25T00:00:00+02:00"))
	r := Read(GDPR33(), Input{Aware: &bound}, at(t, "2021-08-26T10:00:00+02:00"))
	if r.State != Overdue || !r.Deadline.Equal(at(t, "2020-08-28T00:00:00+02:00")) || !noted(r, "GDPR 33(1)") {
		t.Errorf("%+v", r)
	}
	if got := r.Left("en"); got != "OVERDUE by 363 d 10 h" {
		t.Error(got)
	}
}

func TestNumbersAreNeverNegativeAndNeverOverflow(t *testing.T) {
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		low, high := time.Date(1, 1, 5, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 20, 0, 0, 0, 0, time.UTC).Unix()
		offset := rapid.IntRange(-14*4, 14*4).Draw(t, "quarters") * 900
		return time.Unix(rapid.Int64Range(low, high).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(time.FixedZone("", offset))
	})
	rapid.Check(t, func(t *rapid.T) {
		aware, now := moment.Draw(t, "aware"), moment.Draw(t, "now")
		if rapid.Bool().Draw(t, "near") {
			now = aware.Add(time.Duration(rapid.Int64Range(-int64(80*time.Hour), int64(80*time.Hour)).Draw(t, "away")))
		}
		m := when.At(aware)
		in := Input{Aware: &m}
		if rapid.IntRange(0, 3).Draw(t, "filed") == 0 {
			f := when.At(moment.Draw(t, "filing"))
			in.Filed = &f
		}
		r := Read(GDPR33(), in, now)
		if r.Remaining < 0 || r.Remaining > 72*time.Hour || r.Overdue < 0 || r.LateBy < 0 || r.RemainingSeconds() < 0 || r.OverdueSeconds() < 0 {
			t.Fatalf("%+v", r)
		}
		if (r.State == Overdue) != (in.Filed == nil && now.After(r.Deadline)) {
			t.Fatalf("state %s at %s, deadline %s", r.State, now, r.Deadline)
		}
		if gap := r.Reg1182End.Sub(r.Deadline); gap <= 0 || gap > time.Hour {
			t.Fatalf("Regulation 1182/71 ends %s after the deadline", gap)
		}
		if r.State == Running || r.State == DueSoon || r.State == Urgent {
			if now.After(aware) && r.Deadline.Sub(now) != r.Remaining {
				t.Fatalf("%s left, want %s", r.Remaining, r.Deadline.Sub(now))
			}
		}
		// Later is never better.
		if later := Read(GDPR33(), in, now.Add(time.Hour)); later.Remaining > r.Remaining {
			t.Fatalf("%s left, an hour later %s", r.Remaining, later.Remaining)
		}
	})
}

func TestStepsAreDueFromTheEarliestInstant(t *testing.T) {
	m := when.Around(at(t, "2026-11-16T12:00:00+01:00"), time.Hour)
	got, ok := Due(&m, 4*time.Hour)
	if !ok || !got.Equal(at(t, "2026-11-16T15:00:00+01:00")) {
		t.Error(got, ok)
	}
	if _, ok := Due(nil, time.Hour); ok {
		t.Error("due without a moment")
	}
}

func TestSpansAreCutNeverRoundedUp(t *testing.T) {
	for d, want := range map[time.Duration]spelled{
		0:                               {"0 s", "0 sek."},
		59 * time.Second:                {"59 s", "59 sek."},
		time.Minute:                     {"1 m", "1 min."},
		59*time.Minute + 59*time.Second: {"59 m", "59 min."},
		41*time.Hour + 12*time.Minute + 59*time.Second: {"41 h 12 m", "41 t. 12 min."},
		2 * time.Hour:  {"2 h", "2 t."},
		72 * time.Hour: {"72 h", "72 t."},
		76 * time.Hour: {"3 d 4 h", "3 d. 4 t."},
		-time.Hour:     {"0 s", "0 sek."},
	} {
		if en, da := Span(d, "en"), Span(d, "da"); en != want.en || da != want.da {
			t.Errorf("%s is %q and %q, want %+v", d, en, da, want)
		}
	}
}

// spelled is a span in both languages.
type spelled struct{ en, da string }

func TestEveryStateHasItsWordsInBothLanguages(t *testing.T) {
	aware := when.At(at(t, "2026-11-16T12:00:00+01:00"))
	deadline := at(t, "2026-11-19T12:00:00+01:00")
	late, early := when.At(deadline.Add(26*time.Hour)), when.At(deadline)
	for _, c := range []struct {
		in     Input
		now    time.Time
		en, da string
	}{
		{Input{}, deadline, "clock not started", "fristen er ikke begyndt"},
		{Input{Aware: &aware}, deadline.Add(-41*time.Hour - 12*time.Minute), "41 h 12 m left", "41 t. 12 min. tilbage"},
		{Input{Aware: &aware}, deadline.Add(76 * time.Hour), "OVERDUE by 3 d 4 h", "OVERSKREDET med 3 d. 4 t."},
		{Input{Aware: &aware, Filed: &early}, deadline, "notified in time", "anmeldt rettidigt"},
		{Input{Aware: &aware, Filed: &late}, deadline, "notified, late by 26 h", "anmeldt 26 t. for sent"},
		{Input{Aware: &aware, NotRequired: true}, deadline, "no notice due, as decided", "ingen anmeldelse, jf. afgørelsen"},
	} {
		r := Read(GDPR33(), c.in, c.now)
		if r.Left("en") != c.en || r.Left("da") != c.da {
			t.Errorf("%q and %q, want %q and %q", r.Left("en"), r.Left("da"), c.en, c.da)
		}
	}
}

func noted(r Reading, ref string) bool {
	for _, n := range r.Notes {
		if n.Ref == ref {
			return true
		}
	}
	return false
}
