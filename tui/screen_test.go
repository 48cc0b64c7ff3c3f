package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// normal is a case as it stands after a morning's work by two people.
func normal(t testing.TB, w, h int, settings ...setting) *driver {
	d := sit(t, w, h, settings...)
	return fill(d, "Entries lost at two return centres", "Called the supplier, ticket 4711", "anna")
}

// hostile is the same case with text that wants to move the cursor, colour the
// screen, reorder or hide.
func hostile(t testing.TB, w, h int, settings ...setting) *driver {
	d := sit(t, w, h, settings...)
	bad := "\x1b[2J\x1b]0;owned\x07 red\x1b[31m \u202eevil\u202c\r\n\ttab\u200bzero 漢字漢字 👩‍👩‍👧 e\u0301 \u009b5m end"
	return fill(d, bad, strings.Repeat(bad, 20), "bo\u202eb")
}

func fill(d *driver, title, note, other string) *driver {
	t := d.t
	t.Helper()
	ctx := t.Context()
	anna := desk.Actor{Account: "anna"}
	aware := desk.RecordAwareness{Moment: when.At(start.Add(-30 * 3600e9).In(copenhagen(t))), Who: "the duty officer", Why: "saw the error log"}
	if _, err := d.desk.Begin(ctx, anna, desk.Begin{Ref: "2026-014", Title: title, Playbook: "data-loss", Aware: &aware}); err != nil {
		t.Fatal(err)
	}
	d.do(other, "2026-014", desk.Log{Text: note, Kind: timeline.KindAction, Tags: []string{"supplier"}})
	d.do("anna", "2026-014", desk.Correct{Entry: "4", Text: &note, Why: note})
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{
		{Key: "persons.count", Value: fact.Count(1742)}, {Key: "controller.name", Value: fact.Text(title)},
		{Key: "effect.types", Value: fact.Set{"availability", "integrity"}},
		{Key: "subset.passed on.count", Value: fact.Count(66)},
	}, Estimate: true, Why: note})
	d.do("anna", "2026-014", desk.MarkStep{Step: firstOpenStep(d), State: incident.StepDone, Why: note})
	d.do("anna", "2026-014", desk.Log{Text: "wrong line"})
	d.do("anna", "2026-014", desk.Retract{Entry: "11", Why: "not ours"})
	d.do("anna", "2026-014", desk.Issue{Request: d.noticeRequest(), By: note[:min(len(note), 20)], Zone: copenhagen(t)})
	d.press("ctrl+r")
	return d
}

func firstOpenStep(d *driver) string {
	for _, item := range d.look("2026-014").Run.Items {
		if item.Step != nil && item.State == playbooks.StateOpen {
			return item.ID()
		}
	}
	d.t.Fatal("no open step")
	return ""
}

// ids are what differs from run to run.
var ids = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{16}(…|[0-9a-f]+)`)

// tell walks over every screen and calls each with a name.
func tell(d *driver, each func(name string)) {
	each("list")
	if len(d.m.list.cases) == 0 {
		return
	}
	d.press("enter")
	for i, name := range []string{"playbook", "timeline", "facts", "duty", "notices", "evidence"} {
		d.press(fmt.Sprint(i + 1))
		each(name)
		d.press("tab")
		each(name + "-text")
		d.press("tab")
	}
	for _, dialog := range [][3]string{
		{"5", "n", "note"}, {"5", "a", "aware"}, {"5", ":", "palette"}, {"5", "?", "help"}, {"5", "P", "switch"},
		{"5", "C", "close"}, {"5", "i", "issue"}, {"5", "f", "filed"}, {"3", "enter", "fact"}, {"3", "+", "part"},
		{"2", "c", "correct"}, {"2", "x", "retract"}, {"2", "R", "redact"}, {"2", "t", "tag"}, {"2", "T", "title"},
		{"2", "/", "filter"}, {"2", ";", "comment"}, {"2", "L", "link"}, {"2", "@", "as-of"}, {"2", "N", "news"}, {"2", "H", "handover"},
		{"4", "w", "what-if"}, {"4", "s", "severity"}, {"4", "t", "clock"}, {"4", "+", "matter"}, {"4", "v", "advice"},
	} {
		d.press(dialog[0], dialog[1])
		if d.m.dialogs.Empty() {
			d.t.Fatalf("%s opens nothing:\n%s", dialog[1], d)
		}
		each(dialog[2])
		d.leaveDialogs()
	}
	d.press("1").chooseItem(func(i playbooks.RunItem) bool { return i.Step != nil && i.State == playbooks.StateOpen })
	d.press("s")
	each("skip")
	d.leaveDialogs()
	d.chooseItem(func(i playbooks.RunItem) bool { return i.Gate != nil })
	d.press("enter")
	each("gate")
	d.leaveDialogs()
}

func TestScreensLookAsTheyDid(t *testing.T) {
	sizes := [][2]int{{120, 40}, {80, 24}, {60, 18}}
	kinds := map[string]func(testing.TB, int, int, ...setting) *driver{"empty": sit, "normal": normal, "hostile": hostile}
	for kind, make := range kinds {
		for _, size := range sizes {
			d := make(t, size[0], size[1])
			var b strings.Builder
			for _, name := range []string{"list", "playbook", "timeline", "facts", "duty", "notices", "evidence"} {
				screens := map[string]string{}
				if name == "list" {
					screens[name] = d.screen()
					d.press("enter")
				} else if d.m.open != nil {
					d.press(d.tabKey(name))
					screens[name] = d.screen()
				}
				if s, ok := screens[name]; ok {
					fmt.Fprintf(&b, "== %s\n%s\n", name, trimRight(ids.ReplaceAllString(s, "ID")))
				}
			}
			golden(t, fmt.Sprintf("%s-%dx%d.txt", kind, size[0], size[1]), b.String())
		}
	}
}

func (d *driver) tabKey(name string) string {
	for i, p := range d.m.open.panes {
		if strings.EqualFold(p.tab.name(), name) {
			return fmt.Sprint(i + 1)
		}
	}
	d.t.Fatalf("no tab %q", name)
	return ""
}

func trimRight(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "screens", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./tui -update writes it)", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (go test ./tui -update writes it anew):\n%s", name, diff)
	}
}

// checkFits: no line is wider than the screen, there are no more lines than rows,
// and nothing on it can move the cursor.
func checkFits(t testing.TB, d *driver, w, h int, name string) {
	t.Helper()
	v := d.m.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > h {
		t.Fatalf("%s at %dx%d has %d lines:\n%s", name, w, h, len(lines), d)
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got > w {
			t.Fatalf("%s at %dx%d: line %d is %d wide:\n%q", name, w, h, i, got, line)
		}
		plain := ansi.Strip(line)
		if strings.ContainsAny(plain, "\x1b\r\t\x07\x00\u009b\u202e\u200b") {
			t.Fatalf("%s at %dx%d: line %d lets a control through: %q", name, w, h, i, plain)
		}
	}
	if v.Cursor != nil && (v.Cursor.X >= w || v.Cursor.Y >= h || v.Cursor.X < 0 || v.Cursor.Y < 0) {
		t.Fatalf("%s at %dx%d: the cursor is at %d,%d", name, w, h, v.Cursor.X, v.Cursor.Y)
	}
}

func TestNothingIsWiderThanTheScreen(t *testing.T) {
	for _, make := range []func(testing.TB, int, int, ...setting) *driver{sit, normal, hostile} {
		sizes := [][2]int{{60, 15}, {80, 24}, {120, 40}, {160, 50}, {99, 30}, {300, 100}}
		if testing.Short() {
			sizes = sizes[:3]
		}
		for _, size := range sizes {
			d := make(t, size[0], size[1])
			tell(d, func(name string) { checkFits(t, d, size[0], size[1], name) })
		}
	}
}

func TestNoSizeIsTooSmallToLive(t *testing.T) {
	d := hostile(t, 80, 24)
	d.press("enter")
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 300).Draw(rt, "w"), rapid.IntRange(1, 100).Draw(rt, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "tab", "down", "up", "pgdown", "end", "enter", "n", "a", "?", ":", "esc", "P", "x", "home", "c", "e", "[", "4", "w", "V", "H", "@"}), 0, 8).Draw(rt, "keys")
		d.send(tea.WindowSizeMsg{Width: w, Height: h})
		for _, key := range keys {
			d.press(key)
			checkFits(t, d, w, h, key)
		}
	})
}

func TestASmallScreenStillShowsTheDeadline(t *testing.T) {
	d := normal(t, 59, 10)
	d.see("42 h left", "needs 60x15")
	d.press("enter").wait(time.Minute+time.Second).see("41 h 58 m left", "needs 60x15")
}

func TestAnExerciseSaysSoOnEveryScreen(t *testing.T) {
	for mark, word := range map[timeline.Mark]string{timeline.MarkExercise: "EXERCISE", timeline.MarkDemo: "DEMO"} {
		d := normal(t, 60, 15, marked(mark))
		tell(d, func(string) { d.see(word) })
	}
}
