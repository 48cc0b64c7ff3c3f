package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/tui/draw"
	"timeglas/tui/theme"
)

// TestTheDeadlineLineSaysHowWellTheStartIsKnown: hours that rest on a bound say so,
// at 80 columns too.
func TestTheDeadlineLineSaysHowWellTheStartIsKnown(t *testing.T) {
	zone := copenhagen(t)
	w := words{lang: "en", zone: zone, now: start}
	day := time.Date(2020, 8, 25, 0, 0, 0, 0, zone)
	for _, c := range []struct {
		aware when.Moment
		want  string
	}{
		{when.Before(day), "aware no later than Tue 25 Aug 2020"},
		{when.Before(day.Add(9 * time.Hour)), "aware no later than Tue 25 Aug 2020 09:00"},
		{when.Between(day.Add(8*time.Hour), day.Add(9*time.Hour)), "aware at the earliest Tue 25 Aug 2020 08:00"},
		{when.Around(day.Add(8*time.Hour), time.Hour), "aware about Tue 25 Aug 2020 08:00"},
		{when.OnDay(day), "aware Tue 25 Aug 2020 → notify by Fri 28 Aug 2020 00:00"},
	} {
		r := clock.Read(clock.GDPR33(), clock.Input{Aware: &c.aware}, start)
		for _, width := range []int{80, 120} {
			line := squeeze(deadlineLine(theme.New(theme.Mono, false), w, r, "", false, width))
			want, plain := c.want, ansi.Strip(line)
			if width == 80 { // the time of day gives way, the bound does not
				want = awareWord(c.aware)
			}
			if c.aware.Precision == when.Day && width == 80 {
				want = "by Fri 28 Aug 2020 00:00"
			}
			if !strings.Contains(plain, want) {
				t.Errorf("%s at %d: %q", c.aware, width, plain)
			}
		}
	}
}

func TestAnIssuedTextThatNobodySentIsMarkedOnEveryScreen(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {120, 40}} {
		d := normal(t, size[0], size[1])
		tell(d, func(string) { d.see("issued, NOT SENT") })
		d.press("q", "enter", "5", "f", "ctrl+s", "y").see("filed").not("NOT SENT")
	}
}

func TestTheBarGivesWayToTheTimes(t *testing.T) {
	d := normal(t, 60, 15)
	d.press("enter")
	line := strings.Split(d.screen(), "\n")[1]
	if strings.Contains(line, "▰") || !strings.Contains(line, "by Sat 21 Nov 03:00") {
		t.Error(line)
	}
	if draw.Width(line) > 60 {
		t.Error("too wide")
	}
}

func TestWhatIsMissingIsNamedAsPeopleNameIt(t *testing.T) {
	d := normal(t, 100, 30)
	d.press("enter").chooseItem(func(i playbooks.RunItem) bool {
		return i.Step != nil && i.State == playbooks.StateOpen && len(i.Missing) > 0
	})
	d.press("d").see("done; still missing:").not("controller.")
	for _, item := range d.m.open.s.Run.Items {
		for _, key := range item.Missing {
			if labels([]string{key}, "en") == key {
				t.Errorf("%s has no name", key)
			}
		}
	}
}

func TestThePaletteBeginsWithWhatCanBeDoneHere(t *testing.T) {
	d := normal(t, 120, 40)
	d.press("enter", "3", ":")
	rank := map[string]int{}
	for i, item := range d.m.items(d.m.actions.from(inFacts), false) {
		if _, first := rank[item.Title]; !first {
			rank[item.Title] = i
		}
	}
	order := []string{"Record", "Note", "Commands", "Redact", "Up"}
	for i := range order[1:] {
		if rank[order[i]] >= rank[order[i+1]] {
			t.Errorf("%s stands behind %s", order[i], order[i+1])
		}
	}
}

func TestANewCaseBeginsWithItsTitle(t *testing.T) {
	d := sit(t, 80, 24)
	d.see("timeglas demo").press("c").typing("Pages on the web").press("ctrl+s").see("case 2026-001 is open", "Pages on the web")
	d.press("q", "c", "shift+tab").clear().typing("other-ref").press("enter").typing("Another").press("ctrl+s").see("case other-ref is open")
}

func TestEntriesOfAnotherYearShowTheTimeOfDay(t *testing.T) {
	d := normal(t, 80, 24)
	zone := copenhagen(t)
	d.do("anna", "2026-014", desk.Log{Text: "the interruption", At: when.At(time.Date(2020, 7, 17, 13, 40, 0, 0, zone))})
	d.do("anna", "2026-014", desk.Log{Text: "a day", At: when.OnDay(time.Date(2020, 12, 1, 0, 0, 0, 0, zone))})
	d.press("enter", "2", "ctrl+r", "home").see("2020-07-17 13:40 anna", "d 2020-12-01")
}

func TestAReferenceIsShownWholeWhereThereIsRoom(t *testing.T) {
	d := sit(t, 80, 24)
	long := "2026-return-centres-kaershovedgaard"
	for _, ref := range []string{"2026-001", long} {
		if _, err := d.desk.Begin(t.Context(), desk.Actor{Account: "anna"}, desk.Begin{Ref: ref, Title: "A suspicion"}); err != nil {
			t.Fatal(err)
		}
	}
	d.press("ctrl+r").see("2026-return-centres-kaershovedga", "A suspicion")
	d = sitAt(t, d.store, "anna", 120, 40)
	d.see(long)
	if incident.Open != d.m.list.cases[0].State {
		t.Error("closed")
	}
}
