//go:build unix

package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
)

var systemRoles = map[string]func(ctx context.Context, home, arg string) error{
	"unprivileged": childUnprivileged,
	"umask":        childUmask,
	"no-room":      childNoRoom,
}

func TestFilesAreTheirOwnersAloneUnderAnyUmask(t *testing.T) {
	for _, umask := range []string{"000", "022", "077", "277", "777"} {
		t.Run(umask, func(t *testing.T) {
			if os.Getuid() == 0 {
				t.Log("as root: that the owner can use the files is seen from their modes only")
			}
			if out, err := child(t, "umask", filepath.Join(t.TempDir(), "a", "home"), umask).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}

// childUmask makes and uses a case under the umask arg and looks at every mode
// while it is open.
func childUmask(ctx context.Context, dir, arg string) error {
	umask, err := strconv.ParseUint(arg, 8, 32)
	if err != nil {
		return err
	}
	syscall.Umask(int(umask))
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	if _, err := home.Create(ctx, "case", timeline.NewIdentity(timeline.MarkCase), note("first")); err != nil {
		return err
	}
	if _, _, err := home.Attach(ctx, "case", strings.NewReader("proof")); err != nil {
		return err
	}
	j, err := home.Open(ctx, "case")
	if err != nil {
		return err
	}
	if _, err := appendUntilDone(ctx, j, note("second")); err != nil {
		return err
	}
	all, err := modes(filepath.Dir(dir))
	if err != nil {
		return err
	}
	return errors.Join(expectModes(all), j.Close())
}

func expectModes(all map[string]os.FileMode) (err error) {
	seen := map[string]bool{}
	for path, mode := range all {
		want := os.FileMode(0o600)
		switch {
		case mode.IsDir():
			want = os.ModeDir | 0o700
		case strings.Contains(path, "evidence"):
			want = 0o400
		}
		if mode != want {
			err = errors.Join(err, fmt.Errorf("%s has mode %v, not %v", path, mode, want))
		}
		seen[filepath.Base(path)] = true
	}
	for _, name := range []string{"home", "case", "case.db", "case.db-wal", "case.db-shm", "evidence"} {
		if !seen[name] {
			err = errors.Join(err, fmt.Errorf("%s was not there to look at", name))
		}
	}
	return err
}

// nobody is an account that owns nothing here.
const nobody = 65534

// unprivileged runs a part of a test as somebody whom permissions stop: as a
// child that gives up root, when this is root.
func unprivileged(t *testing.T, part, dir string) {
	t.Helper()
	for d := dir; d != filepath.Dir(d) && d != os.TempDir(); d = filepath.Dir(d) {
		if info, err := os.Stat(d); err == nil && info.Mode().Perm()&0o055 == 0 {
			_ = os.Chmod(d, info.Mode().Perm()|0o055)
		}
	}
	if out, err := child(t, "unprivileged", dir, part).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

var unprivilegedParts = map[string]func(ctx context.Context, home string) error{
	"open for reading": partOpenForReading,
	"refused wal":      partRefusedWAL,
	"create denied":    partCreateDenied,
	"open denied":      partOpenDenied,
}

func childUnprivileged(ctx context.Context, home, part string) error {
	if os.Getuid() == 0 {
		if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			return err
		}
	}
	return unprivilegedParts[part](ctx, home)
}

func expectFault(err error, code fault.Code, words ...string) error {
	if !fault.Is(err, code) {
		return fmt.Errorf("want a fault of code %d, got %v", code, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			return fmt.Errorf("%q does not say %q", err, w)
		}
	}
	return nil
}

// readableOnly takes every right to write from a home, and gives everyone the
// right to read it.
func readableOnly(t *testing.T, dir string) {
	t.Helper()
	setModes(t, dir, 0o555, 0o444)
	t.Cleanup(func() { setModes(t, dir, 0o755, 0o644) }) // so that it can be removed
}

func setModes(t *testing.T, dir string, dirs, files os.FileMode) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		switch {
		case err != nil:
			return err
		case info.IsDir():
			return os.Chmod(path, dirs)
		}
		return os.Chmod(path, files)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACaseThatCannotBeWrittenOpensForReading(t *testing.T) {
	dir, j := newCase(t, notes(3)...)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	readableOnly(t, dir)
	unprivileged(t, "open for reading", dir)
}

func partOpenForReading(ctx context.Context, dir string) error {
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	j, err := home.Open(ctx, "case")
	if err != nil {
		return err
	}
	defer j.Close()
	entries, err := j.Read(ctx, timeline.Tip{})
	if err != nil || len(entries) != 3 || !j.ReadOnly() {
		return fmt.Errorf("%d entries, read-only %v, %w", len(entries), j.ReadOnly(), err)
	}
	if r, err := j.Verify(ctx); err != nil || !r.OK {
		return fmt.Errorf("verify: %+v, %w", r.FirstBad, err)
	}
	_, err = j.Append(ctx, entries[2].Tip(), note("more"))
	if err := expectFault(err, fault.Failed, "case case", "read-only"); err != nil {
		return err
	}
	_, err = home.Create(ctx, "other", timeline.NewIdentity(timeline.MarkCase))
	return expectFault(err, fault.Failed, "ask its owner")
}

func TestACaseThatWasNotClosedIsNotReadWithoutItsNewestEntries(t *testing.T) {
	dir, j := newCase(t, notes(3)...)
	appendTo(t, j, note("only in the -wal file"))
	home := filepath.Join(t.TempDir(), "home")
	if err := os.CopyFS(home, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(home, "cases", "case", "case.db-shm")); err != nil {
		t.Fatal(err)
	}
	readableOnly(t, home)
	unprivileged(t, "refused wal", home)
}

func partRefusedWAL(ctx context.Context, dir string) error {
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	_, err = home.Open(ctx, "case")
	return expectFault(err, fault.Failed, "case case", "not closed properly", "copy its directory")
}

func TestAHomeOfSomebodyElseSaysThatItIsDenied(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	for d := filepath.Dir(dir); d != os.TempDir(); d = filepath.Dir(d) {
		_ = os.Chmod(d, 0o755)
	}
	if out, err := child(t, "unprivileged", filepath.Join(dir, "home"), "create denied").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func partCreateDenied(_ context.Context, dir string) error {
	_, err := storage.OpenHome(dir)
	return expectFault(err, fault.Failed, "home", "ask its owner")
}

func TestACaseOfSomebodyElseSaysThatItIsDenied(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, to make a file that its reader does not own")
	}
	dir, j := newCase(t, notes(3)...)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	setModes(t, dir, 0o755, 0o600)
	unprivileged(t, "open denied", dir)
}

func partOpenDenied(ctx context.Context, dir string) error {
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	_, err = home.Open(ctx, "case")
	return expectFault(err, fault.Failed, "case case", "cannot be opened")
}
