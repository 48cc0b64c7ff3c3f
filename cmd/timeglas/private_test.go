//go:build linux

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTheProgramLeavesNoCoreAndNoStack(t *testing.T) {
	p := buildProgram(t)
	dir := t.TempDir()
	pipe := filepath.Join(dir, "settings.toml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := p.command("list", "--config", pipe) // waits until somebody writes the settings
	cmd.Dir = dir
	cmd.Env = append(cmd.Env, "GOTRACEBACK=crash")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	settings, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits until the program reads
	if err != nil {
		t.Fatal(err)
	}
	limits, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), "limits"))
	if err != nil || !regexp.MustCompile(`Max core file size +0 +0`).Match(limits) {
		t.Errorf("%v: %s", err, limits)
	}
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // for a stack that should not come
	if err := settings.Close(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if strings.Contains(errs.String(), "goroutine") || strings.Count(errs.String(), "\n") > 1 {
		t.Errorf("a stack: %s", errs.String())
	}
	if cores, _ := filepath.Glob(filepath.Join(dir, "core*")); len(cores) > 0 {
		t.Errorf("%v", cores)
	}
}

func TestTheMemoryIsNotForOtherPrograms(t *testing.T) {
	dumpable := func() uintptr {
		v, _, _ := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_GET_DUMPABLE, 0, 0)
		return v
	}
	if dumpable() == 0 {
		t.Skip("this process is not dumpable to begin with")
	}
	leaveNoCore()
	if dumpable() != 0 {
		t.Error("it is dumpable")
	}
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 1, 0)
}

// TestASignalEndsTheWorkbench: it once hung when the signal came to two listeners.
func TestASignalEndsTheWorkbench(t *testing.T) {
	p := buildProgram(t)
	p.must("new", "--ref", "R", "--title", "Confidential")
	for range 5 {
		cmd := p.command("open", "R")
		cmd.Env = append(cmd.Env, "TERM=xterm-256color")
		leave := onScreen(t, cmd, "Confidential")
		hung := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
		leave()
		if !hung.Stop() || cmd.ProcessState.ExitCode() != exitDone {
			t.Fatalf("it ended with %v", cmd.ProcessState)
		}
	}
}

func TestTheScreenIsNotTraced(t *testing.T) {
	p := buildProgram(t)
	p.must("new", "--ref", "R", "--title", "the file of Hansen")
	dir := t.TempDir()
	cmd := p.command("open", "R")
	cmd.Dir = dir
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "TEA_DEBUG=1",
		"TEA_TRACE="+filepath.Join(dir, "trace"), "UV_DEBUG="+filepath.Join(dir, "debug"))
	onScreen(t, cmd, "Hansen")()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
