//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	`evidence R add receipt.txt --why received`,
	`backup R --out R.timeglas`,
	`restore R.timeglas --ref R2`,
	`checkpoint R --out R.checkpoint`,
	`redact R 3 --why "no need"`,
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
			p.mustHaveModes(dir, ownersAlone)
			p.mustHaveModes(p.home, ownersAlone)
			p.whileOpen(umask, ownersAlone)
		})
	}
}

// TestAHomeThatIsSharedIsForItsGroup: its owner shares a home by its mode.
func TestAHomeThatIsSharedIsForItsGroup(t *testing.T) {
	p, dir := buildProgram(t), t.TempDir()
	err := errors.Join(os.WriteFile(filepath.Join(dir, "receipt.txt"), []byte("received"), 0o600),
		os.Mkdir(p.home, 0o700), os.Chmod(p.home, fs.ModeSetgid|0o770))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range writing {
		p.shell(dir, "077", "timeglas "+words)
	}
	p.mustHaveModes(p.home, forTheGroup)
	p.whileOpen("077", forTheGroup)
	p.mustHaveModes(dir, ownersAlone) // what is written elsewhere is not shared

	p.home = filepath.Join(p.home, "inner") // a home that is made in a shared place is private
	p.shell(dir, "002", "timeglas new --ref R --title Confidential")
	p.mustHaveModes(p.home, ownersAlone)
}

// modes are the permissions that files and directories may have, in octal.
type modes struct{ file, dir string }

var (
	ownersAlone = modes{"600 or 400", "700"}
	forTheGroup = modes{"660 or 440 or 640", "2770"} // 640: the key that signs
)

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

// mustHaveModes holds everything under a directory to the modes.
func (p program) mustHaveModes(dir string, want modes) {
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
		allowed, mode := want.file, fmt.Sprintf("%o", info.Mode().Perm())
		if entry.IsDir() {
			allowed = want.dir
		}
		if info.Mode()&fs.ModeSetgid != 0 {
			mode = "2" + mode
		}
		if !slices.Contains(strings.Split(allowed, " or "), mode) {
			p.t.Errorf("%s has the mode %s, not %s", path, mode, allowed)
		}
		files++
		return nil
	})
	if err != nil || files < 2 {
		p.t.Errorf("%d files: %v", files, err)
	}
}

// whileOpen looks at the files that are there only while the workbench is.
func (p program) whileOpen(umask string, want modes) {
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
	p.mustHaveModes(p.home, want)
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
