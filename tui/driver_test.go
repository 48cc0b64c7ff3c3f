package tui

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// driver sits at a workbench as a person does: it presses keys and reads the
// screen. Commands are run to their end, in order and without goroutines, and time
// passes only when the test says so.
type driver struct {
	t     testing.TB
	m     *Model
	store *desktest.Memory
	desk  *desk.Desk
	clock *time.Time
	later []pending
	quit  bool
	files map[string]string
}

// pending is a message that the workbench wants when some time has passed.
type pending struct {
	at  time.Time
	msg tea.Msg
}

// start is when the tests take place: a winter morning in Copenhagen.
var start = time.Date(2026, 11, 19, 8, 0, 0, 0, time.UTC)

func copenhagen(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

type setting func(*Options, *desk.Options)

func openAt(ref string) setting { return func(o *Options, _ *desk.Options) { o.Ref = ref } }
func marked(mark timeline.Mark) setting {
	return func(_ *Options, d *desk.Options) { d.Mark = mark }
}

// sit opens a workbench of that size over an empty store.
func sit(t testing.TB, w, h int, settings ...setting) *driver {
	store := &desktest.Memory{}
	return sitAt(t, store, "anna", w, h, settings...)
}

// sitAt opens a workbench over a store that others may use as well.
func sitAt(t testing.TB, store *desktest.Memory, account string, w, h int, settings ...setting) *driver {
	t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	now := start
	d := &driver{t: t, store: store, clock: &now, files: map[string]string{}}
	zone := copenhagen(t)
	do := desk.Options{Store: store, Playbooks: books, Now: func() time.Time { return *d.clock }, Zone: zone}
	o := Options{
		Actor: desk.Actor{Account: account}, Now: do.Now, Zone: zone, Lang: "en", Theme: "dark",
		SaveNotice: func(name, text string) (string, error) { d.files[name] = text; return "/files/" + name, nil },
	}
	for _, s := range settings {
		s(&o, &do)
	}
	d.desk = desk.New(do)
	o.Desk = d.desk
	d.m = New(context.Background(), o)
	d.m.after = func(wait time.Duration, msg tea.Msg) tea.Cmd {
		d.later = append(d.later, pending{d.clock.Add(wait), msg})
		return nil
	}
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.run(d.m.Init())
	return d
}

// send gives the workbench a message and runs what it asks for.
func (d *driver) send(msg tea.Msg) {
	_, cmd := d.m.Update(msg)
	d.run(cmd)
	d.screen() // a screen is drawn after every message, as in the program
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		d.send(msg)
	}
}

// press presses keys, named as the library names them.
func (d *driver) press(keys ...string) *driver {
	d.t.Helper()
	for _, key := range keys {
		d.send(keyPress(key))
	}
	return d
}

// typing types a text letter by letter.
func (d *driver) typing(text string) *driver {
	for _, r := range text {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return d
}

// clear empties the field.
func (d *driver) clear() *driver { return d.press("ctrl+u", "ctrl+k") }

var specialKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "f1": tea.KeyF1, "delete": tea.KeyDelete,
}

func keyPress(name string) tea.KeyPressMsg {
	var key tea.Key
	for {
		switch {
		case strings.HasPrefix(name, "ctrl+"):
			key.Mod |= tea.ModCtrl
			name = strings.TrimPrefix(name, "ctrl+")
			continue
		case strings.HasPrefix(name, "shift+"):
			key.Mod |= tea.ModShift
			name = strings.TrimPrefix(name, "shift+")
			continue
		}
		break
	}
	if code, ok := specialKeys[name]; ok {
		key.Code = code
		return tea.KeyPressMsg(key)
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	r, _ := utf8.DecodeRuneInString(name)
	key.Code = r
	if key.Mod == 0 {
		key.Text = name
	}
	return tea.KeyPressMsg(key)
}

// screen is what stands on the screen, without colours.
func (d *driver) screen() string { return ansi.Strip(d.m.View().Content) }

// see fails when the text is not on the screen. Blanks and line breaks count as one
// blank.
func (d *driver) see(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(squeeze(d.screen()), squeeze(text)) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

// not fails when the text is on the screen.
func (d *driver) not(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(squeeze(d.screen()), squeeze(text)) {
			d.t.Fatalf("%q is on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

var frames = regexp.MustCompile(`[│╭╮╰╯─|]+`)

func squeeze(s string) string {
	return strings.Join(strings.Fields(frames.ReplaceAllString(s, " ")), " ")
}

// wait lets time pass and delivers what falls due, in order.
func (d *driver) wait(by time.Duration) *driver {
	end := d.clock.Add(by)
	for range 100_000 {
		next := -1
		for i, p := range d.later {
			if !p.at.After(end) && (next < 0 || p.at.Before(d.later[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		p := d.later[next]
		d.later = slices.Delete(d.later, next, next+1)
		if p.at.After(*d.clock) { // else the machine has slept over it
			*d.clock = p.at
		}
		d.send(p.msg)
	}
	*d.clock = end
	return d
}

// look is the open case as the desk has it.
func (d *driver) look(ref string) desk.Situation {
	d.t.Helper()
	s, err := d.desk.Look(context.Background(), ref)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

// do does an act beside the screen.
func (d *driver) do(account, ref string, act desk.Act) *driver {
	d.t.Helper()
	if _, err := d.desk.Do(context.Background(), desk.Actor{Account: account}, ref, act, desk.Terms{}); err != nil {
		d.t.Fatal(err)
	}
	return d
}

// choose moves down a list until the row with the text is chosen.
func (d *driver) choose(text string) *driver {
	d.t.Helper()
	d.press("home")
	for range 400 {
		line := d.cursorLine()
		if left, _, ok := strings.Cut(line, "│"+"│"); ok { // the list is the left one
			line = left
		}
		if strings.Contains(line, text) {
			return d
		}
		before := d.screen()
		d.press("down")
		if d.screen() == before {
			break
		}
	}
	d.t.Fatalf("no row with %q:\n%s", text, d.screen())
	return d
}

// cursorLine is the line on which the cursor of the terminal stands.
func (d *driver) cursorLine() string {
	v := d.m.View()
	if v.Cursor == nil {
		return ""
	}
	lines := strings.Split(ansi.Strip(v.Content), "\n")
	return lines[v.Cursor.Y]
}

func (d *driver) String() string { return fmt.Sprint(d.screen()) }

func (d *driver) noticeRequest() notice.Request {
	return notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da"}
}

// leaveDialogs presses esc until no dialog is open.
func (d *driver) leaveDialogs() *driver {
	d.t.Helper()
	for range 10 {
		if d.m.dialogs.Empty() {
			return d
		}
		d.press("esc")
	}
	d.t.Fatalf("esc does not leave:\n%s", d)
	return d
}

// chooseItem moves to the first step or gate of that kind in the playbook.
func (d *driver) chooseItem(fits func(playbooks.RunItem) bool) *driver {
	d.t.Helper()
	d.press("1", "home")
	for range d.m.open.playbook.len() {
		if item, ok := d.m.open.playbook.item(d.m.open.pane().chosen()); ok && fits(item) {
			return d
		}
		d.press("down")
	}
	d.t.Fatalf("no such step or gate:\n%s", d)
	return d
}
