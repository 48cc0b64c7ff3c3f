package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"timeglas/internal/desk"
	"timeglas/playbooks"
	"timeglas/storage"
	"timeglas/timeline"
)

// The faults that a disk can have, and the built program on it. What needs root or
// strace says so when it is skipped; CI has both.

func needRoot(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: it mounts file systems, which needs root")
	}
}

// mountTmpfs is a file system in memory of that size.
func mountTmpfs(t *testing.T, size string) string {
	t.Helper()
	needRoot(t)
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("SKIPPED: this machine lets nobody mount: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill takes all that is left of the space.
func fill(t *testing.T, dir string) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			return filler
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// fails runs a command that must end with status 1 and one line that says these words,
// beside warnings.
func (p program) fails(args []string, words ...string) {
	p.t.Helper()
	var out, errs bytes.Buffer
	cmd := p.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		p.t.Fatalf("%s ended with %v: %s%s", args[0], err, &out, &errs)
	}
	lines := strings.Split(strings.TrimSuffix(errs.String(), "\n"), "\n")
	last := lines[len(lines)-1]
	for _, w := range words {
		if !strings.Contains(last, w) {
			p.t.Errorf("%s: %q does not say %q", args[0], last, w)
		}
	}
	if out.Len() > 0 {
		p.t.Errorf("%s reported %q", args[0], &out)
	}
}

// entries is how many the case has.
func (p program) entries(ref string) int {
	return bytes.Count(p.must("timeline", ref, "--format", "jsonl"), []byte("\n"))
}

func TestAFullDiskIsSaidAndSavingWorksAgainWhenItIsNotFull(t *testing.T) {
	p := buildProgram(t)
	p.home = filepath.Join(mountTmpfs(t, "4m"), "home")
	p.must("new", "--ref", "R", "--title", "on a small disk")
	long := strings.Repeat("a long text on a full disk ", 2000)
	filler := fill(t, filepath.Dir(p.home))
	p.fails([]string{"log", "R", long}, "case R", "disk is full", "nothing was saved")
	p.fails([]string{"new", "--ref", "S", "--title", "another"}, "disk is full")
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	p.must("log", "R", long)
	p.must("verify", "R")
	if out, err := p.command("log", "R", "more").CombinedOutput(); err != nil || !strings.Contains(string(out), "MiB are free") {
		t.Errorf("no warning of a disk that is nearly full: %s, %v", out, err)
	}
}

func TestADeskGoesOnWithoutARestartWhenTheDiskHasSpaceAgain(t *testing.T) {
	dir := mountTmpfs(t, "4m")
	home, err := storage.OpenHome(filepath.Join(dir, "home"))
	if err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: homeStore{home}, Playbooks: books, Now: time.Now, Zone: time.UTC})
	defer d.Close()
	anna := desk.Actor{Account: "anna"}
	if _, err := d.Begin(t.Context(), anna, desk.Begin{Ref: "R", Title: "one desk, all day"}); err != nil {
		t.Fatal(err)
	}
	log := desk.Log{Text: strings.Repeat("a long text on a full disk ", 2000), Kind: timeline.KindNote}
	before, err := d.Tip(t.Context(), "R")
	if err != nil {
		t.Fatal(err)
	}
	filler := fill(t, dir)
	for range 3 {
		if _, err := d.Do(t.Context(), anna, "R", log, desk.Terms{}); err == nil || !strings.Contains(err.Error(), "disk is full") {
			t.Fatalf("on a full disk: %v", err)
		}
	}
	if now, err := d.Tip(t.Context(), "R"); err != nil || now != before {
		t.Errorf("something was saved: %v, %v", now, err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(t.Context(), anna, "R", log, desk.Terms{}); err != nil {
		t.Errorf("when there is space again: %v", err)
	}
}

func TestACaseOnAReadOnlyMediumIsReadAndSaysWhyItTakesNothing(t *testing.T) {
	p := buildProgram(t)
	dir := mountTmpfs(t, "8m")
	p.home = filepath.Join(dir, "home")
	p.must("new", "--ref", "R", "--title", "on a medium that becomes read-only")
	p.must("log", "R", "written before")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	out, err := p.command("timeline", "R").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "written before") || !strings.Contains(string(out), "read-only medium") {
		t.Errorf("%s, %v", out, err)
	}
	p.must("verify", "R")
	p.fails([]string{"log", "R", "more"}, "case R", "read-only medium")
	p.fails([]string{"new", "--ref", "S", "--title", "another"}, "read-only")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	p.must("log", "R", "and written after")
}

func TestADeskGoesOnWithoutARestartWhenTheMediumCanBeWrittenAgain(t *testing.T) {
	dir := mountTmpfs(t, "8m")
	p := buildProgram(t)
	p.home = filepath.Join(dir, "home")
	p.must("new", "--ref", "R", "--title", "read-only for a while")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	home, err := storage.OpenHome(p.home)
	if err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: homeStore{home}, Playbooks: books, Now: time.Now, Zone: time.UTC})
	defer d.Close()
	log := desk.Log{Text: "typed while it was read-only", Kind: timeline.KindNote}
	anna := desk.Actor{Account: "anna"}
	s, err := d.Look(t.Context(), "R")
	if err != nil || s.Restriction == nil {
		t.Fatalf("%v, restriction %v", err, s.Restriction)
	}
	if _, err := d.Do(t.Context(), anna, "R", log, desk.Terms{}); err == nil || !strings.Contains(err.Error(), "read-only medium") {
		t.Fatalf("on a read-only medium: %v", err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	done, err := d.Do(t.Context(), anna, "R", log, desk.Terms{})
	if err != nil || done.Situation.Restriction != nil {
		t.Errorf("when it can be written again: %v", err)
	}
}

func TestAFailingFsyncIsNeverReportedAsSaved(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("SKIPPED: there is no strace on this machine")
	}
	p := buildProgram(t)
	p.must("new", "--ref", "R", "--title", "on a disk that fails")
	before := p.entries("R")
	var out, errs bytes.Buffer
	inject := exec.Command(strace, append([]string{"-f", "-qq", "-o", os.DevNull, "-e", "trace=fsync,fdatasync",
		"-e", "inject=fsync,fdatasync:error=EIO"}, p.command("log", "R", "not safe").Args...)...)
	inject.Env, inject.Stdout, inject.Stderr = p.command().Env, &out, &errs
	err = inject.Run()
	if strings.Contains(errs.String(), "Operation not permitted") {
		t.Skip("SKIPPED: this machine lets nobody trace")
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || out.Len() > 0 {
		t.Fatalf("%v: %q, %q", err, &out, &errs)
	}
	if got := errs.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "the disk reported an error") {
		t.Errorf("%q", got)
	}
	p.must("log", "R", "the disk is well again")
	p.must("verify", "R")
	if after := p.entries("R"); after != before+1 {
		t.Errorf("%d entries before and %d after", before, after)
	}
}
