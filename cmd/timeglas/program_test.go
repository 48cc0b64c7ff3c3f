package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// built is the program as it is shipped, built when a test first asks for it.
var built = sync.OnceValues(func() (path string, err error) {
	dir, err := os.MkdirTemp("", "timeglas-test-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "timeglas")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", errors.Join(fmt.Errorf("go build: %w\n%s", err, out), os.RemoveAll(dir))
	}
	toRemove = dir
	return path, nil
})

// toRemove is the directory of the built program.
var toRemove string

// removing runs the tests and removes what was built for them.
type removing struct{ *testing.M }

func (m removing) Run() int {
	defer func() {
		if toRemove != "" {
			_ = os.RemoveAll(toRemove) // it lies in the directory for such things
		}
	}()
	return m.M.Run()
}

// program is the built program with a home of its own.
type program struct {
	t    testing.TB
	path string
	home string
}

func buildProgram(t testing.TB) program {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return program{t, path, filepath.Join(t.TempDir(), "home")}
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
