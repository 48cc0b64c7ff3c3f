package dialog

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

func press(s *Stack, keys ...string) {
	codes := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown}
	for _, key := range keys {
		switch code, special := codes[key]; {
		case special:
			s.Update(tea.KeyPressMsg{Code: code})
		case key == "ctrl+s":
			s.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		case key == "space":
			s.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		default:
			for _, r := range key {
				s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
}

func shown(d Dialog) string {
	return ansi.Strip(strings.Join(d.Draw(theme.New(theme.Dark, false), layout.Size{W: 76, H: 18}).Lines, "\n"))
}

func TestAQuestionGivesTheHarmlessAnswerToEscAndEnter(t *testing.T) {
	for key, want := range map[string]string{"esc": "no", "enter": "no", "n": "no", "y": "yes", "x": ""} {
		got := ""
		answer := func(what string) func() Outcome {
			return func() Outcome { got = what; return Outcome{} }
		}
		var s Stack
		s.Push(Ask("Sure?", "It cannot be undone.", Answer{"n", "no, go back", answer("no")}, Answer{"y", "yes", answer("yes")}))
		press(&s, key)
		if got != want || s.Empty() != (want != "") {
			t.Errorf("%s gives %q, want %q", key, got, want)
		}
	}
}

func TestAFormStaysOpenUntilItIsSaved(t *testing.T) {
	sent := 0
	text := Line("Text", "")
	f := (&Form{Heading: "Form", Fields: []Field{text}, Number: 7, Send: func(bool) (tea.Cmd, error) {
		if text.Value() == "" {
			return nil, errors.New("say something")
		}
		sent++
		return func() tea.Msg { return nil }, nil
	}}).Start()
	var s Stack
	s.Push(f)
	press(&s, "enter")
	if sent != 0 || !strings.Contains(shown(f), "say something") {
		t.Fatalf("sent %d:\n%s", sent, shown(f))
	}
	press(&s, "hello", "enter", "enter") // the second does nothing: it is on its way
	if sent != 1 || s.Empty() {
		t.Fatalf("sent %d", sent)
	}
	if _, ok := s.Answer(6, nil); ok || s.Empty() {
		t.Fatal("it took the answer to another request")
	}
	s.Answer(7, errors.New("disk full"))
	if s.Empty() || !strings.Contains(shown(f), "NOT SAVED: disk full") || text.Value() != "hello" {
		t.Fatal(shown(f))
	}
	press(&s, "enter")
	s.Answer(7, nil)
	if !s.Empty() || sent != 2 {
		t.Error("it is still open after it was saved")
	}
}

func TestEscNeedsASecondTimeToDropWhatWasTyped(t *testing.T) {
	var s Stack
	s.Push((&Form{Fields: []Field{Line("Text", "")}}).Start())
	press(&s, "a", "esc")
	if s.Empty() {
		t.Fatal("dropped at once")
	}
	press(&s, "b", "esc")
	if s.Empty() {
		t.Fatal("dropped at once after going on")
	}
	press(&s, "esc")
	if !s.Empty() {
		t.Error("not dropped")
	}
}

func TestChoicesAndChecksKeepToTheirOptions(t *testing.T) {
	options := []Option{{"a", "alpha", ""}, {"b", "beta", "the second"}, {"c", "gamma", ""}}
	one, many := One("One", options, "b"), Several("Many", options, []string{"c"})
	var s Stack
	s.Push((&Form{Fields: []Field{one, many}}).Start())
	press(&s, "up", "up", "up")
	if one.Value() != "a" {
		t.Error(one.Value())
	}
	press(&s, "g")
	if one.Value() != "c" {
		t.Error("g does not lead to gamma but to", one.Value())
	}
	press(&s, "enter", "space", "down", "space", "space")
	if got := strings.Join(many.Values(), " "); got != "a c" {
		t.Error(got)
	}
}

func TestAPickerFindsAndSaysWhyNot(t *testing.T) {
	ran := ""
	item := func(title, does, not string) Item {
		return Item{Title: title, Does: does, Disabled: not, Run: func() Outcome { ran = title; return Outcome{} }}
	}
	p := Pick("Commands", []Item{item("Switch playbook", "go over to another", ""), item("Close case", "end the work", "it is closed"), item("Note", "write what happened", "")}, true)
	var s Stack
	s.Push(p)
	press(&s, "clo", "enter")
	if ran != "" || s.Empty() || !strings.Contains(shown(p), "it is closed") {
		t.Fatalf("ran %q:\n%s", ran, shown(p))
	}
	s = Stack{}
	s.Push(Pick("Commands", p.Items, true))
	press(&s, "swpl", "enter")
	if ran != "Switch playbook" || !s.Empty() {
		t.Errorf("ran %q", ran)
	}
}
