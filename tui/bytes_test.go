package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/desk"
	"timeglas/tui/theme"
)

// wire is the line to a terminal: it counts what goes over it.
type wire struct {
	mu   sync.Mutex
	sent int
	last time.Time
}

func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent += len(b)
	w.last = time.Now()
	return len(b), nil
}

func (w *wire) total() (int, time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent, w.last
}

// session is the real program on a terminal of a fixed size.
type session struct {
	wire    *wire
	program *tea.Program
	ended   chan error
	input   *io.PipeWriter
}

func begin(t testing.TB, d *driver, w, h int) *session {
	t.Helper()
	in, out := io.Pipe()
	s := &session{wire: &wire{}, ended: make(chan error, 1), input: out}
	o := d.m.o
	m := New(context.Background(), o)
	s.program = tea.NewProgram(m, tea.WithInput(in), tea.WithOutput(s.wire), tea.WithWindowSize(w, h),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignalHandler())
	go func() { _, err := s.program.Run(); s.ended <- err }()
	s.settle()
	t.Cleanup(func() {
		s.program.Quit()
		if err := <-s.ended; err != nil {
			t.Error(err)
		}
		out.Close()
	})
	return s
}

// settle waits until nothing has been sent for four frames, and gives the count.
func (s *session) settle() int {
	const quiet, patience = 50 * time.Millisecond, 5 * time.Second
	began := time.Now()
	for time.Since(began) < patience {
		sent, last := s.wire.total()
		if sent > 0 && time.Since(last) > quiet && time.Since(began) > quiet {
			return sent
		}
		time.Sleep(2 * time.Millisecond)
	}
	sent, _ := s.wire.total()
	return sent
}

// key is the bytes that a key costs.
func (s *session) key(bytes string) int {
	before := s.settle()
	fmt.Fprint(s.input, bytes)
	return s.settle() - before
}

const keyDown = "\x1b[B"

// TestAKeyIsCheapOverASlowLine holds the budget of a key in a list at 80x24.
func TestAKeyIsCheapOverASlowLine(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the frames of the real renderer")
	}
	const budget = 300
	for _, place := range []struct{ name, keys string }{{"list", ""}, {"playbook", "\r1"}, {"timeline", "\r2"}, {"facts", "\r3"}} {
		d := normal(t, 80, 24)
		for i := range 30 {
			if _, err := d.desk.Begin(t.Context(), desk.Actor{Account: "anna"}, desk.Begin{Ref: fmt.Sprintf("2026-1%02d", i), Title: "A suspicion that came by mail"}); err != nil {
				t.Fatal(err)
			}
		}
		for range 40 {
			d.do("anna", "2026-014", desk.Log{Text: "Called the supplier of the archive about ticket 4711"})
		}
		s := begin(t, d, 80, 24)
		for _, key := range strings.Split(place.keys, "") {
			s.key(key)
		}
		s.key("\x1b[H")
		var costs []int
		for range 5 {
			costs = append(costs, s.key(keyDown))
		}
		slices.Sort(costs)
		t.Logf("%s: median %d, most %d bytes a key", place.name, costs[len(costs)/2], costs[len(costs)-1])
		if median := costs[len(costs)/2]; median > budget || median == 0 {
			t.Errorf("%s: %d bytes a key, the budget is %d", place.name, median, budget)
		}
	}
}

// TestAnIdleSessionSendsNothing: polling and frames go on, and nothing comes of it.
func TestAnIdleSessionSendsNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the frames of the real renderer")
	}
	s := begin(t, normal(t, 80, 24), 80, 24)
	s.key("\r")
	before := s.settle()
	time.Sleep(300 * time.Millisecond)
	s.program.Send(pollTick{2})
	if after := s.settle(); after != before {
		t.Errorf("%d bytes were sent with nothing to say", after-before)
	}
}

func TestThemesAreNamedByTheEnvironment(t *testing.T) {
	env := func(vars map[string]string) func(string) string { return func(k string) string { return vars[k] } }
	for _, c := range []struct {
		asked string
		vars  map[string]string
		want  string
	}{
		{"light", nil, theme.Light},
		{"", nil, theme.Dark},
		{"light", map[string]string{"NO_COLOR": "yes please"}, theme.Mono},
		{"dark", map[string]string{"NO_COLOR": ""}, theme.Dark},
		{"dark", map[string]string{"TERM": "dumb"}, theme.Mono},
	} {
		if got := theme.ForEnvironment(c.asked, env(c.vars)); got != c.want {
			t.Errorf("%q in %v is %s, want %s", c.asked, c.vars, got, c.want)
		}
	}
}
