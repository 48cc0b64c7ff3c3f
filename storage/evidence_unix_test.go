//go:build unix

package storage_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/storage/bundle"
)

func TestOnlyAPlainFileIsEvidence(t *testing.T) {
	dir, _ := newCase(t, note("one"))
	there := t.TempDir()
	if err := os.WriteFile(filepath.Join(there, "file"), []byte("proof"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(there, "file"), filepath.Join(there, "link")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(there, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", filepath.Join(there, "s"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	home := openHome(t, dir)
	for path, why := range map[string]string{
		filepath.Join(there, "link"): "a link", filepath.Join(there, "pipe"): "a pipe", filepath.Join(there, "s"): "a socket",
		there: "a directory", os.DevNull: "a device",
	} {
		_, err := home.AttachFile(t.Context(), "case", path)
		mustBeFault(t, err, fault.Refused, path, why)
	}
	_, err = home.AttachFile(t.Context(), "case", filepath.Join(there, "missing"))
	mustBeFault(t, err, fault.NotFound, "no such file")
	if stored, err := home.AttachFile(t.Context(), "case", filepath.Join(there, "file")); err != nil || stored.Size != 5 {
		t.Errorf("%+v, %v", stored, err)
	}
}

func TestAFileThatChangesWhileItIsReadIsNotStored(t *testing.T) {
	dir, _ := newCase(t, note("one"))
	path := filepath.Join(t.TempDir(), "log")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(32 << 20); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				_, _ = f.WriteAt([]byte("x"), 0) // only its time of change tells
				runtime.Gosched()
			}
		}
	}()
	_, err = openHome(t, dir).AttachFile(t.Context(), "case", path)
	close(stop)
	<-stopped
	mustBeFault(t, err, fault.Failed, path, "changed while it was read")
	mustHoldOnly(t, filepath.Join(dir, "cases", "case", "evidence"))
}

// TestMemoryDoesNotGrowWithTheSizeOfEvidence takes in a sparse file, and copies the
// case with it.
func TestMemoryDoesNotGrowWithTheSizeOfEvidence(t *testing.T) {
	const size, most = 64 << 20, 8 << 20
	dir, _ := newCase(t, note("one"))
	path := filepath.Join(t.TempDir(), "image")
	if err := os.WriteFile(path, []byte("start"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	before := allocated()
	if _, err := openHome(t, dir).AttachFile(t.Context(), "case", path); err != nil {
		t.Fatal(err)
	}
	if used := allocated() - before; used > most {
		t.Errorf("taking in %d MB allocated %d kB", size>>20, used>>10)
	}
	before = allocated()
	backup(t, dir, filepath.Join(t.TempDir(), "b"), plain)
	if used := allocated() - before; used > most {
		t.Errorf("a backup with %d MB allocated %d kB", size>>20, used>>10)
	}
}

// allocated is every byte that was ever allocated: what is still in use is less.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestEvidenceThatWasChangedIsNotGivenOut(t *testing.T) {
	dir, _ := newCase(t, note("one"))
	sum := attached(t, dir, "proof")
	var got strings.Builder
	home := openHome(t, dir)
	if err := home.CopyEvidence(t.Context(), "case", sum, &got); err != nil || got.String() != "proof" {
		t.Errorf("%q, %v", got.String(), err)
	}
	path := filepath.Join(dir, "cases", "case", "evidence", sum)
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustBeFault(t, home.CopyEvidence(t.Context(), "case", sum, &got), fault.Damaged, sum)
	mustBeFault(t, home.CopyEvidence(t.Context(), "case", strings.Repeat("0", 64), &got), fault.NotFound)
	mustBeFault(t, home.CopyEvidence(t.Context(), "case", "../../case.db", &got), fault.Usage)
}

// TestADiskThatIsFullInTheMiddleLeavesNothing: a limit on the size of files stands
// for the disk; writing fails at the same place, with a nearly full file behind it.
func TestADiskThatIsFullInTheMiddleLeavesNothing(t *testing.T) {
	dir, _ := newCase(t, notes(20)...)
	attached(t, dir, strings.Repeat("proof ", 1<<17))
	there := t.TempDir()
	whole := filepath.Join(there, "whole")
	backup(t, dir, whole, plain)
	for _, act := range []string{"attach", "backup", "automatic", "restore"} {
		t.Run(act, func(t *testing.T) {
			out, err := child(t, "no-room", dir, act+" "+whole).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "file too large") {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	mustHoldOnly(t, there, "whole")
	mustHoldOnly(t, filepath.Join(dir, "cases"), "case")
	mustHoldOnly(t, filepath.Join(dir, "backups", "case"), "evidence")
	mustHoldOnly(t, filepath.Join(dir, "backups", "case", "evidence"))
	if stored, err := os.ReadDir(filepath.Join(dir, "cases", "case", "evidence")); err != nil || len(stored) != 1 {
		t.Errorf("%d files are stored, %v", len(stored), err)
	}
	if report := verify(t, open(t, dir)); !report.OK {
		t.Errorf("%+v", report)
	}
}

// childNoRoom does what arg says where no file can grow beyond 200 kB.
func childNoRoom(ctx context.Context, dir, arg string) error {
	act, whole, _ := strings.Cut(arg, " ")
	room := syscall.Rlimit{Cur: 200 << 10, Max: 200 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
		return err
	}
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	switch act {
	case "attach":
		_, _, err = home.Attach(ctx, "case", strings.NewReader(strings.Repeat("other ", 1<<17)))
	case "backup":
		_, err = home.Backup(ctx, "case", whole+"-second", plain, start)
	case "automatic":
		_, err = home.BackupNow(ctx, "case", storage.Policy{Every: time.Hour, Keep: 2}, start)
	case "restore":
		b, openErr := storage.OpenBundle(whole, bundle.Keys{})
		if openErr != nil {
			return openErr
		}
		_, err = home.Restore(ctx, b, storage.Restoring{Ref: "second", Author: "anna", Now: start})
	}
	return err
}
