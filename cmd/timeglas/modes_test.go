//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// writing are the commands that make files, in an order in which they can be run.
// The words are given to the shell, in the directory in which the files may lie.
var writing = []string{
	`new --ref R --title Confidential`,
	`log R "a note"`,
	`fact R persons.count=66`,
	`timeline R --format jsonl --out timeline.jsonl`,
	`notice R --out notice.md`,
	`notice R --issue --by anna`,
	`filed R "$(timeglas timeline R --format jsonl | sed -n '$s/.*"id":"\([^"]*\)".*/\1/p')" --at 2026-11-20 --channel virk --by anna --receipt receipt.txt`,
}

func TestFilesAreForTheirOwnerAloneUnderAnyUmask(t *testing.T) {
	for _, umask := range []string{"000", "022", "077", "137", "777"} {
		t.Run(umask, func(t *testing.T) {
			p, dir := buildProgram(t), t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "receipt.txt"), []byte("received"), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, words := range writing {
				p.shell(dir, umask, "timeglas "+words)
			}
			p.mustBePrivate(dir)
			p.mustBePrivate(p.home)
			p.whileOpen(umask)
		})
	}
}

// shell runs a line of the shell under a umask, in a directory; timeglas is the
// built program.
func (p program) shell(dir, umask, line string) {
	p.t.Helper()
	const function = `timeglas() { "$PROGRAM" --home "$CASES" "$@"; }; umask "$MASK"; `
	cmd := exec.Command("sh", "-c", function+line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PROGRAM="+p.path, "CASES="+p.home, "MASK="+umask, "XDG_CONFIG_HOME="+p.t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("umask %s: %s: %v\n%s", umask, line, err, out)
	}
}

// mustBePrivate holds everything under a directory to 0700 and 0600, or less.
func (p program) mustBePrivate(dir string) {
	p.t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir && dir != p.home {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode, want := info.Mode().Perm(), "600 or 400"
		if entry.IsDir() {
			want = "700"
		}
		if !strings.Contains(want, fmt.Sprintf("%o", mode)) {
			p.t.Errorf("%s has the mode %o, not %s", path, mode, want)
		}
		files++
		return nil
	})
	if err != nil || files < 2 {
		p.t.Errorf("%d files: %v", files, err)
	}
}

// whileOpen looks at the files that are there only while the workbench is.
func (p program) whileOpen(umask string) {
	p.t.Helper()
	cmd := exec.Command("sh", "-c", `umask "$MASK"; exec "$PROGRAM" --home "$CASES" open R`)
	cmd.Env = append(os.Environ(), "PROGRAM="+p.path, "CASES="+p.home, "MASK="+umask,
		"XDG_CONFIG_HOME="+p.t.TempDir(), "TERM=xterm-256color")
	leave := onScreen(p.t, cmd, "Confidential")
	defer leave()
	for _, name := range []string{"case.db-wal", "case.db-shm"} {
		if _, err := os.Stat(filepath.Join(p.home, "cases", "R", name)); err != nil {
			p.t.Errorf("while it is open: %v", err)
		}
	}
	p.mustBePrivate(p.home)
}

// onScreen starts the command on a terminal and waits until the word is there.
func onScreen(t testing.TB, cmd *exec.Cmd, word string) (leave func()) {
	t.Helper()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	tooLate := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer tooLate.Stop()
	var shown []byte
	for buf := make([]byte, 4096); !bytes.Contains(shown, []byte(word)); {
		n, err := screen.Read(buf)
		if shown = append(shown, buf[:n]...); err != nil {
			t.Fatalf("%v: %q", err, shown)
		}
	}
	return func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_, _ = io.Copy(io.Discard, screen)
		_ = cmd.Wait()
		_ = screen.Close()
	}
}
