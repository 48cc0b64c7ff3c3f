package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// program is the built program with a home of its own.
type program struct {
	t    testing.TB
	path string
	home string
}

func buildProgram(t testing.TB) program {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "timeglas")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program{t, path, filepath.Join(dir, "home")}
}

func (p program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.path, append([]string{"--home", p.home}, args...)...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+p.t.TempDir())
	return cmd
}

func (p program) must(args ...string) []byte {
	p.t.Helper()
	out, err := p.command(args...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}
