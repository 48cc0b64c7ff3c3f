//go:build unix

package storage_test

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"timeglas/internal/fault"
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
	const size, most = 200 << 20, 8 << 20
	if testing.Short() {
		t.Skip("writes 400 MB")
	}
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
