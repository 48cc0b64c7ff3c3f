package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// calls are the system calls with which the program changes files, and the one with
// which it says that it is done. The same act has two names where it has an older
// and a newer form.
var calls = []string{
	"pwrite64", "write", "fsync", "fdatasync", "ftruncate", "fchmod", "fchmodat", "chmod",
	"mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat",
}

// usual is how a command goes when nobody disturbs it.
type usual struct {
	took  time.Duration
	calls map[string]int // how often it makes which of the system calls in calls
}

// hasStrace reports whether kills at system calls are possible here.
func hasStrace() bool {
	_, err := exec.LookPath("strace")
	return err == nil
}

var callLine = regexp.MustCompile(`(?m)^\d+ +([a-z0-9]+)\(`)

// watch runs a command undisturbed, for its time and, where there is strace, for
// its system calls.
func (v *visit) watch() (u usual, err error) {
	trace := filepath.Join(v.dir, "trace")
	words := v.words(v)
	cmd := v.program(words...)
	if v.strace {
		cmd = v.traced(trace, "", words...)
	}
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return u, fmt.Errorf("undisturbed: %w: %s", err, out)
	}
	u.took = time.Since(start)
	if !v.strace {
		return u, nil
	}
	text, err := os.ReadFile(trace)
	u.calls = map[string]int{}
	for _, m := range callLine.FindAllSubmatch(text, -1) {
		u.calls[string(m[1])]++
	}
	return u, err
}

// traced is a command under strace, which injects what inject says.
func (s *site) traced(out, inject string, words ...string) *exec.Cmd {
	plain := s.program(words...)
	// A call that this system does not have is no error with the question mark.
	args := []string{"-f", "-o", out, "-e", "trace=?" + strings.Join(calls, ",?")}
	if inject != "" {
		args = append(args, "-e", "inject="+inject)
	}
	cmd := exec.Command("strace", slices.Concat(args, plain.Args)...)
	cmd.Env = plain.Env
	return cmd
}

// outcome is what one run of the program came to.
type outcome struct {
	out    string
	killed bool
	call   string // the system call it was killed at; empty for a random moment
}

// done reports whether the program had said all that it says. A line that is cut
// off does not count.
func (o outcome) done() bool { return strings.HasSuffix(o.out, "\n") }

// ids are the lines that were printed whole.
func (o outcome) ids() []string {
	var ids []string
	for line := range strings.Lines(o.out) {
		if id, whole := strings.CutSuffix(line, "\n"); whole && isID.MatchString(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

var isID = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{26}$`)

// killSomewhere runs the command and kills it: at a random moment, or just before
// one of the system calls that it usually makes.
func (s *site) killSomewhere(u usual, words ...string) (outcome, error) {
	if len(u.calls) == 0 || s.random.IntN(3) == 0 {
		all, err := s.killTogether(u, words)
		if err != nil {
			return outcome{}, err
		}
		return all[0], nil
	}
	// Every call as often as any other: most are writes, and a kill between a sync
	// and a rename says more.
	names := slices.Sorted(maps.Keys(u.calls))
	call := names[s.random.IntN(len(names))]
	n := 1 + s.random.IntN(u.calls[call])
	var out, errs bytes.Buffer
	// strace counts the calls of each thread: when the program spreads them over
	// more threads than before, it goes on undisturbed, and that is no kill.
	cmd := s.traced(os.DevNull, fmt.Sprintf("%s:signal=KILL:when=%d", call, n), words...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	return outcome{out: out.String(), killed: wasKilled(err), call: call}, refused(err, &errs)
}

// killTogether runs several commands at once and kills each at a moment of its own.
func (s *site) killTogether(u usual, all ...[]string) ([]outcome, error) {
	cmds := make([]*exec.Cmd, len(all))
	outs, errs := make([]bytes.Buffer, len(all)), make([]bytes.Buffer, len(all))
	for i, words := range all {
		cmds[i] = s.program(words...)
		cmds[i].Stdout, cmds[i].Stderr = &outs[i], &errs[i]
		if err := cmds[i].Start(); err != nil {
			return nil, err
		}
	}
	// The first third of its time the program starts up, and changes nothing.
	span := time.Duration(float64(u.took) * (1 + 0.5*float64(len(all)-1)))
	for _, cmd := range cmds {
		time.AfterFunc(span/3+time.Duration(s.random.Int64N(int64(span))), func() { _ = cmd.Process.Kill() }) // it may be done already
	}
	results := make([]outcome, len(all))
	for i, cmd := range cmds {
		err := cmd.Wait()
		if err := refused(err, &errs[i]); err != nil {
			return nil, err
		}
		results[i] = outcome{out: outs[i].String(), killed: wasKilled(err)}
	}
	return results, nil
}

// wasKilled reports whether the program ended by a signal. strace ends by the same
// signal as the program that it ran.
func wasKilled(err error) bool {
	exit, ok := err.(*exec.ExitError)
	return ok && !exit.Exited()
}

// refused is the error when the program ended by itself and did not do what it was
// told: then the harness asked for something wrong.
func refused(err error, said fmt.Stringer) error {
	if err == nil || wasKilled(err) {
		return nil
	}
	return fmt.Errorf("%w: %s", err, said)
}

// newRandom is a source that gives the same for the same seed.
func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
