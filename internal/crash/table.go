package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// command is one kind of act that is interrupted. A new command of the program is
// one more line in [commands].
type command struct {
	name string
	// before makes, undisturbed, what the command needs. nil: nothing.
	before func(v *visit) error
	// words are what is typed, in the case with the reference v.ref. They are made
	// anew for each run.
	words func(v *visit) []string
	// adds is how many entries the command appends to that case: all of them are
	// there afterwards, or none.
	adds int
	// several is whether several processes can do it at once. Facts cannot: who
	// writes a key that somebody else has just written is told so first.
	several bool
	// also looks at what the command leaves beside those entries; done is whether
	// it had said that it was done. nil: nothing.
	also func(v *visit, done bool) error
}

// factsAtOnce is how many entries one fact command makes.
const factsAtOnce = 10

var commands = []command{
	{name: "new", words: newWords, also: wholeOrAbsent},
	{name: "log", words: func(v *visit) []string { return []string{"log", v.ref, v.text()} }, adds: 1, several: true},
	{name: "fact", words: factWords, adds: factsAtOnce},
	{name: "aware", words: func(v *visit) []string {
		return []string{"aware", v.ref, "2026-11-19 07:32", "--by", "anna", "--why", v.text()}
	}, adds: 1},
	{name: "correct", words: func(v *visit) []string {
		return []string{"correct", v.ref, v.note, "--text", v.text(), "--why", "misread"}
	}, adds: 1},
	{name: "redact", words: func(v *visit) []string { return []string{"redact", v.ref, v.note, "--why", "no need"} }, adds: 1},
	{name: "evidence", before: writeFile, words: func(v *visit) []string {
		return []string{"evidence", v.ref, "add", v.file, "--why", "found"}
	}, adds: 1},
	{name: "backup", before: nameFile, words: func(v *visit) []string { return []string{"backup", v.ref, "--out", v.file} }, adds: 1, also: goodOrAbsent},
	{name: "restore", before: backUp, words: restoreWords, also: restored},
	{name: "upgrade", before: writeOld, words: func(v *visit) []string { return []string{"show", v.other} }, also: upgraded},
}

func newWords(v *visit) []string {
	v.other = v.fresh("new")
	return []string{"new", "--ref", v.other, "--title", v.text(), "--playbook", "data-loss",
		"--aware", "2026-11-19 07:32", "--by", "anna", "--why", "a call"}
}

// entriesOfNew is how many entries that makes: title, playbook, awareness.
const entriesOfNew = 3

// wholeOrAbsent: a case that new was making is there with all of its entries, or
// not there at all.
func wholeOrAbsent(v *visit, done bool) error {
	there, err := v.listed(v.other)
	switch {
	case err != nil:
		return err
	case !there && done:
		return errors.New("the case was reported as opened and is gone")
	case !there:
		return nil
	}
	return v.whole(v.other, entriesOfNew)
}

func factWords(v *visit) []string {
	words := []string{"fact", v.ref}
	for i := range factsAtOnce {
		words = append(words, fmt.Sprintf("subset.part %d.count=%d", i, v.random.IntN(1000)))
	}
	return words
}

// nameFile names a file that is not there.
func nameFile(v *visit) error {
	v.file = filepath.Join(v.dir, v.fresh("file"))
	return nil
}

// writeFile writes one that no case has as evidence yet.
func writeFile(v *visit) error {
	return errors.Join(nameFile(v), os.WriteFile(v.file, bytes.Repeat([]byte(v.text()), 4000), 0o600))
}

// goodOrAbsent: a backup is whole or not there under its name.
func goodOrAbsent(v *visit, done bool) error {
	_, err := os.Stat(v.file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !done:
		return nil
	case err != nil:
		return err
	}
	_, err = v.ask("restore", v.file, "--verify")
	return errors.Join(err, os.Remove(v.file))
}

// backUp makes a backup of the case, which adds an entry to it that says so.
func backUp(v *visit) (err error) {
	if err := nameFile(v); err != nil {
		return err
	}
	l := v.cases[v.ref]
	v.backed = l.entries
	if _, err := v.ask("backup", v.ref, "--out", v.file); err != nil {
		return err
	}
	l.entries, err = v.verified(v.ref)
	return err
}

func restoreWords(v *visit) []string {
	v.other = v.fresh("restored")
	return []string{"restore", v.file, "--ref", v.other}
}

// restored: a case that restore was making is there with all of its entries, or not
// there at all.
func restored(v *visit, done bool) error {
	there, err := v.listed(v.other)
	if err == nil && there {
		err = v.whole(v.other, v.backed)
	} else if err == nil && done {
		err = errors.New("the case was reported as restored and is gone")
	}
	return errors.Join(err, os.Remove(v.file))
}

// writeOld puts a case into the home that was written before, as an older program
// would have left it. Opening it brings its schema up to date; while there is one
// schema only, it just opens it.
func writeOld(v *visit) error {
	v.other = v.fresh("old")
	dir := filepath.Join(v.home, "cases", v.other)
	return errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "case.db"), v.old, 0o600))
}

// entriesOfOld is how many entries the case has that was written before.
const entriesOfOld = 12

func upgraded(v *visit, _ bool) error { return v.whole(v.other, entriesOfOld) }

// writtenBefore is the file of such a case. A second schema needs one of each here,
// written by the migrations up to it.
func (s *site) writtenBefore() ([]byte, error) {
	home := filepath.Join(s.dir, "before")
	if err := s.bigcase(home, "old", entriesOfOld); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(home, "cases", "old", "case.db"))
}
