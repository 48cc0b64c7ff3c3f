package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const bigRef = "big"

// rotate is how many entries a case gets before work goes on in another.
const rotate = 150

// site is a home in which the program is killed, and what is known of it.
type site struct {
	plan
	home    string
	strace  bool
	random  *rand.Rand
	report  report
	usual   map[string]usual // by the name of the command
	cases   map[string]*ledger
	current string // the case that is worked on
	visits  int
	made    int    // for references and texts that are used once
	old     []byte // the file of a case that was written before
}

// ledger is what a case must hold.
type ledger struct {
	entries int      // when it was last looked at
	ids     []string // that were printed
}

func newSite(p plan) (*site, error) {
	s := &site{
		plan: p, home: filepath.Join(p.dir, "home"), strace: hasStrace(), random: newRandom(p.seed),
		usual: map[string]usual{}, cases: map[string]*ledger{},
		report: report{seed: p.seed, big: p.big, during: map[string]int{}, atCall: map[string]int{}},
	}
	if !s.strace {
		s.report.notes = append(s.report.notes, "there is no strace here: no kills at system calls, only at random moments")
	}
	var err error
	if s.old, err = s.writtenBefore(); err != nil {
		return nil, err
	}
	if err := s.bigcase(s.home, bigRef, p.big); err != nil {
		return nil, err
	}
	s.cases[bigRef] = &ledger{entries: p.big}
	return s, s.rehearse()
}

// bigcase writes a case with many entries.
func (s *site) bigcase(home, ref string, entries int) error {
	write := exec.Command(filepath.Join(s.dir, "bigcase"), "-home", home, "-ref", ref, "-entries", fmt.Sprint(entries))
	if out, err := write.CombinedOutput(); err != nil {
		return fmt.Errorf("bigcase: %w: %s", err, out)
	}
	return nil
}

// rehearse runs every command undisturbed, to know its time and its system calls.
func (s *site) rehearse() error {
	for _, c := range commands {
		ref, err := s.small()
		if err != nil {
			return err
		}
		v, err := s.arrive(c, ref)
		if err != nil {
			return fmt.Errorf("before %s: %w", c.name, err)
		}
		if s.usual[c.name], err = v.watch(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if s.cases[v.ref].entries, err = s.verified(v.ref); err != nil {
			return err
		}
	}
	return nil
}

// program is the program with these words, in the home.
func (s *site) program(words ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.dir, "timeglas"), append([]string{"--home", s.home}, words...)...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(s.dir, "no-settings"))
	return cmd
}

// ask runs a command that must succeed, and gives what it printed.
func (s *site) ask(words ...string) ([]byte, error) {
	cmd := s.program(words...)
	out, err := cmd.Output()
	if err != nil {
		reason := err.Error()
		if exit, ok := err.(*exec.ExitError); ok {
			reason += ": " + strings.TrimSpace(string(exit.Stderr))
		}
		return out, fmt.Errorf("timeglas %s: %s", strings.Join(words, " "), reason)
	}
	return out, nil
}

// fresh is a reference that was not used before.
func (s *site) fresh(what string) string {
	s.made++
	return fmt.Sprintf("%s-%d", what, s.made)
}

// text is one that was not written before.
func (s *site) text() string { return "asked the supplier again: " + s.fresh("ticket") }

// listed reports whether the list of cases has the reference.
func (s *site) listed(ref string) (bool, error) {
	out, err := s.ask("list", "--json")
	if err != nil {
		return false, err
	}
	var cases []struct{ Ref, Title string }
	if err := json.Unmarshal(out, &cases); err != nil {
		return false, err
	}
	return slices.ContainsFunc(cases, func(c struct{ Ref, Title string }) bool { return c.Ref == ref && c.Title != "" }), nil
}

// verified is the number of entries of a case in which verify finds nothing.
func (s *site) verified(ref string) (int, error) {
	var report struct {
		OK      bool
		Entries int
	}
	out, err := s.ask("verify", ref, "--json")
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(out, &report); err != nil || !report.OK {
		return 0, fmt.Errorf("verify %s: %s", ref, out)
	}
	return report.Entries, nil
}

// whole holds a case to its number of entries, and takes it out of the way.
func (s *site) whole(ref string, entries int) error {
	n, err := s.verified(ref)
	if err != nil {
		return err
	}
	if n != entries {
		return fmt.Errorf("the case %s has %d entries and not %d", ref, n, entries)
	}
	return errors.Join(os.RemoveAll(filepath.Join(s.home, "cases", ref)), os.RemoveAll(filepath.Join(s.home, "backups", ref)))
}

// ids are the entries of a case.
func (s *site) ids(ref string) (map[string]bool, error) {
	out, err := s.ask("timeline", ref, "--format", "jsonl")
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		var entry struct{ ID string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			return nil, err
		}
		there[entry.ID] = true
	}
	return there, nil
}

// ready is how long the program needs to show the case.
func (s *site) ready(ref string) (time.Duration, error) {
	start := time.Now()
	_, err := s.ask("show", ref)
	return time.Since(start), err
}

// leave looks at the whole home once more: every case, every automatic backup, and
// that nothing half made stays behind once the program has worked undisturbed.
func (s *site) leave() error {
	if _, err := s.ask("new", "--ref", "last", "--title", "the last"); err != nil {
		return err
	}
	for ref, l := range s.cases {
		s.settle(ref, l)
	}
	return filepath.WalkDir(s.home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".new-") && filepath.Base(filepath.Dir(path)) != "evidence" {
			s.blame("%s was left behind", path)
		}
		if filepath.Ext(path) == ".timeglas" {
			s.report.backups++
			if _, err := s.ask("restore", path, "--verify"); err != nil {
				s.blame("%v", err)
			}
		}
		return nil
	})
}

// blame says at once, and in the report, that a promise was broken.
func (s *site) blame(format string, args ...any) {
	fault := fmt.Sprintf(format, args...)
	s.log("BROKEN: %s", fault)
	s.report.faults = append(s.report.faults, fault)
}
