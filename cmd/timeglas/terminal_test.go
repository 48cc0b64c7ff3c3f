package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// terminal is the built program in a real terminal: tmux draws it, keys go in, and
// what stands on the screen is read back.
type terminal struct {
	t      *testing.T
	socket string
}

// startTerminal runs the program in a terminal of the size. Without tmux the test
// is skipped, and says so.
func startTerminal(t *testing.T, width, height int, args ...string) *terminal {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("SKIPPED: tmux is not installed, so the workbench was not driven in a real terminal")
	}
	p := buildProgram(t)
	home := t.TempDir()
	term := &terminal{t: t, socket: fmt.Sprintf("timeglas-test-%d-%d", os.Getpid(), time.Now().UnixNano())}
	command := append([]string{"env", "TIMEGLAS_HOME=" + filepath.Join(home, "cases"), "XDG_CONFIG_HOME=" + home,
		"XDG_DATA_HOME=" + home, "LANG=C.UTF-8", p.path}, args...)
	term.tmux(append([]string{"-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), "--"}, command...)...)
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", term.socket, "kill-server").Run() })
	return term
}

func (term *terminal) tmux(args ...string) string {
	term.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// screen is what stands on the screen now.
func (term *terminal) screen() string { return term.tmux("capture-pane", "-p") }

// see waits until the text stands on the screen.
func (term *terminal) see(text string) *terminal {
	term.t.Helper()
	const patience = 15 * time.Second
	for start := time.Now(); time.Since(start) < patience; time.Sleep(30 * time.Millisecond) {
		if strings.Contains(term.screen(), text) {
			return term
		}
	}
	term.t.Fatalf("%q did not appear; the screen is\n%s", text, term.screen())
	return term
}

// press sends a key by tmux's name for it.
func (term *terminal) press(key string) *terminal {
	term.tmux("send-keys", key)
	return term
}

// write types a text as it stands.
func (term *terminal) write(text string) *terminal {
	term.tmux("send-keys", "-l", text)
	return term
}

func TestANewcomerOpensACaseInARealTerminal(t *testing.T) {
	term := startTerminal(t, 80, 24)
	term.see("No cases yet").press("c").see("New case")
	term.press("C-s").see("title") // a case without a title is not opened, and what is missing is said
	term.press("Escape").see("No cases yet")
}

func TestTheDemonstrationIsReadInARealTerminal(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			term := startTerminal(t, size[0], size[1], "demo")
			term.see("2020-return-centres").see("DEMO").see("OVERDUE")
			term.press("2").see("as it happened")
			term.press("3").see("Udlændingestyrelsen")
			term.press("4").see("Notify the authority")
			term.press("5").see("Til Datatilsynet")
			term.press("n").see("Note").write("read by a newcomer").press("Enter").see("saved")
			term.press("2").see("read by a newcomer")
		})
	}
}

func TestASmallTerminalStillShowsTheDeadline(t *testing.T) {
	startTerminal(t, 50, 10, "demo").see("OVERDUE")
}

func TestTheScreenFollowsTheTerminalsSize(t *testing.T) {
	term := startTerminal(t, 120, 40, "demo").see("DEMO")
	term.press("n").see("Note").write("half a sentence")
	term.tmux("resize-window", "-x", "80", "-y", "24")
	term.see("half a sentence").press("Enter").see("saved")
}
