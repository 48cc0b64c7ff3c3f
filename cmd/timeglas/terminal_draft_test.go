package main

import (
	"path/filepath"
	"testing"
	"time"
)

// TestAKilledSessionOffersWhatWasTyped kills the program in the middle of a note, as
// a connection that drops does, and starts it again in the same terminal.
func TestAKilledSessionOffersWhatWasTyped(t *testing.T) {
	term := startTerminal(t, 80, 24, "demo").see("DEMO")
	term.press("n").see("Note").write("half a sentence about the supplier").see("about the supplier")
	kept := filepath.Join(filepath.Dir(t.TempDir()), "*", "*", "drafts", "*", "*.json")
	keeps := func(n int) {
		t.Helper()
		for start := time.Now(); time.Since(start) < 15*time.Second; time.Sleep(30 * time.Millisecond) {
			if files, err := filepath.Glob(kept); err == nil && len(files) == n {
				return
			}
		}
		t.Fatalf("there are not %d files with what is typed", n)
	}
	keeps(1)
	term.tmux("respawn-pane", "-k")
	term.see("settled").press("n").see("what you had typed here is back").see("half a sentence about the supplier")
	term.press("Enter").see("saved")
	keeps(0)
}
