package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// planted is a CPR number that no test has seen before and nobody has: 60 is added
// to its day: its digits, and how it is spelled this time.
func planted() (digits, spelled string) {
	date := fmt.Sprintf("%02d%02d%02d", 61+rand.IntN(28), 1+rand.IntN(12), rand.IntN(100))
	rest := fmt.Sprintf("%04d", rand.IntN(10_000))
	if rand.IntN(2) == 0 {
		return date + rest, date + rest
	}
	return date + rest, date + "-" + rest
}

// inProcess is a home in which this process runs commands, as fast as a test with
// many of them needs it.
type inProcess struct {
	t   *testing.T
	dir string
}

func (p inProcess) run(args ...string) (stdout, stderr string, status int) {
	p.t.Helper()
	return p.runOn(false, args)
}

// onTerminal is run with an output that is a terminal.
func (p inProcess) onTerminal(args ...string) (stdout, stderr string, status int) {
	p.t.Helper()
	return p.runOn(true, args)
}

func (p inProcess) runOn(terminal bool, args []string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	sys := system{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now, told: true, shown: terminal,
		account: func() string { return "anna" },
		getenv:  func(name string) string { return map[string]string{"HOME": p.dir}[name] },
	}
	status = run(p.t.Context(), args, sys)
	return out.String(), errs.String(), status
}

// A try is a command line with a number somewhere in it.
type try struct {
	words []string
	keeps bool // it asks for the number to be saved
}

// tries puts the number into every place of a command: each of its words, each of
// its options, and beside them.
func tries(cmd *cobra.Command, number string) []try {
	name := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "timeglas"))
	var right []string // words that are right as far as that can be seen from the help
	for _, word := range strings.Fields(cmd.Use)[1:] {
		if strings.HasPrefix(word, "-") || strings.HasPrefix(word, "[") {
			break
		}
		right = append(right, rightWord(word))
	}
	var all []try
	add := func(words ...string) {
		line := append(append([]string{}, name...), words...)
		all = append(all, try{words: line, keeps: strings.Contains(strings.Join(line, " "), "keep-cpr")})
	}
	for i := range right {
		for _, text := range []string{number, number + "=1", "persons.count=" + number, "the file of " + number, number + ".toml", "/nowhere/" + number} {
			words := append([]string{}, right...)
			words[i] = text
			add(words...)
		}
	}
	add(append(append([]string{}, right...), number)...)
	add(append(append([]string{}, right...), "--"+number)...)
	needed := []string{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[cobra.BashCompOneRequiredFlag] != nil {
			needed = append(needed, "--"+f.Name+"=x")
		}
	})
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" && f.Name != "home" {
			add(append(append(append([]string{}, right...), needed...), "--"+f.Name+"="+number)...)
		}
	})
	return all
}

func rightWord(word string) string {
	switch {
	case word == "R":
		return "R"
	case strings.Contains(word, "ENTRY"), word == "NOTICE":
		return "1"
	case strings.Contains(word, "|"):
		return word[:strings.Index(word, "|")]
	case word == strings.ToLower(word):
		return word
	}
	return "x"
}

// TestNoMessageEverHoldsACPRNumber puts numbers where people put them by mistake:
// everywhere.
func TestNoMessageEverHoldsACPRNumber(t *testing.T) {
	p := inProcess{t, t.TempDir()}
	t.Chdir(p.dir) // some commands write files
	if _, errs, status := p.run("new", "--ref", "R", "--title", "numbers"); status != exitDone {
		t.Fatal(errs)
	}
	var commands []*cobra.Command
	var collect func(*cobra.Command)
	collect = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			collect(sub)
		}
		commands = append(commands, cmd)
	}
	collect((&app{system: machine()}).root())
	ran, failed := 0, 0
	for _, cmd := range commands {
		number, spelled := planted()
		for _, try := range tries(cmd, spelled) {
			out, errs, status := p.run(try.words...)
			ran++
			if status == exitFailed || status == exitUsage {
				failed++
				if strings.Count(errs, "\n") != 1 {
					t.Errorf("%q: not one line: %q", try.words, errs)
				}
			}
			if holds(errs, number) || !try.keeps && holds(out, number) {
				t.Errorf("%q lets the number through: %q %q", try.words, out, errs)
			}
		}
		noNameHolds(t, filepath.Join(p.dir, ".local"), number)
	}
	t.Logf("%d command lines with a number in them, %d refused", ran, failed)
	if failed < ran/3 || ran < 300 {
		t.Error("too few lines were tried or refused for this to say anything")
	}
}

// holds reports whether the ten digits stand in the text, whatever is between them.
func holds(text, number string) bool {
	digits := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\n' {
			return -1
		}
		return r
	}, text)
	return strings.Contains(digits, number)
}

// noNameHolds looks at every name under a directory.
func noNameHolds(t *testing.T, dir, number string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if holds(path, number) {
			t.Errorf("a name holds the number: %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
