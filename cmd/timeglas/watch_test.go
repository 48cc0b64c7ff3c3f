package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"timeglas/internal/desk"
	"timeglas/playbooks"
	"timeglas/storage"
)

// atDesk is a desk over a home with two cases.
func atDesk(t *testing.T, now func() time.Time) (*desk.Desk, *storage.Home) {
	t.Helper()
	home, err := storage.OpenHome(filepath.Join(t.TempDir(), "home"))
	if err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: homeStore{home}, Playbooks: books, Now: now, Zone: time.UTC})
	t.Cleanup(func() { _ = d.Close() })
	for _, ref := range []string{"A", "B"} {
		if _, err := d.Begin(t.Context(), desk.Actor{Account: "anna"}, desk.Begin{Ref: ref, Title: ref}); err != nil {
			t.Fatal(err)
		}
	}
	return d, home
}

func TestAnOpenWorkbenchBacksUpWhatIsDueAndOnClosingWhatHasMoved(t *testing.T) {
	at := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	d, home := atDesk(t, now)
	w := watcher{d, home, storage.Policy{Every: time.Hour, Keep: 5}, now}
	expect := func(a, b int) {
		t.Helper()
		for ref, want := range map[string]int{"A": a, "B": b} {
			if saved, err := home.Backups(ref, w.policy); err != nil || len(saved) != want {
				t.Errorf("%s has %d backups, not %d: %v", ref, len(saved), want, err)
			}
		}
	}
	tick := func(all bool) {
		t.Helper()
		if err := w.backUp(t.Context(), all); err != nil {
			t.Fatal(err)
		}
	}
	tick(false)
	expect(1, 1)
	if _, err := d.Do(t.Context(), desk.Actor{Account: "anna"}, "A", desk.Log{Text: "called"}, desk.Terms{}); err != nil {
		t.Fatal(err)
	}
	at = at.Add(30 * time.Minute)
	tick(false)
	expect(1, 1)
	tick(true)
	expect(2, 1)
	at = at.Add(2 * time.Hour)
	tick(false)
	expect(2, 1) // nothing is new
	w.policy.Every = 0
	tick(true)
	expect(2, 1)
}

func TestABackupThatFailsIsAWarningAndTheEntryIsSaved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TIMEGLAS_TEST_NOW", "")
	config := filepath.Join(dir, "config.toml")
	// A file stands where the folder of the backups would be.
	write(t, config, "[backup]\ndirectory = '"+filepath.Join(config, "under a file")+"'\n")
	home := filepath.Join(dir, "home")
	if _, errs, status := call(t, "--home", home, "--config", config, "new", "--ref", "R", "--title", "T"); status != exitDone {
		t.Fatal(errs)
	}
	out, errs, status := call(t, "--home", home, "--config", config, "log", "R", "called")
	if status != exitDone || len(out) != 27 || !strings.Contains(errs, "warning: what was written is saved, and the backup failed: ") || strings.Count(errs, "\n") != 1 {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
