package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"timeglas/timeline"
)

// registerDir is the directory of the register, a journal as every case is one.
const registerDir = "register"

// Register opens the journal of the home's register, which outlives the cases, and
// makes it when it is not there yet.
func (h *Home) Register(ctx context.Context) (*Journal, error) {
	what := "register of home " + h.dir
	path := filepath.Join(h.dir, registerDir, journalFile)
	if ok, err := there(path); err != nil || ok {
		if err != nil {
			return nil, explain(err, what)
		}
		return openJournal(ctx, path, what)
	}
	err := h.locked(ctx, func() error { return h.createRegister(ctx, path, what) })
	if err != nil {
		return nil, explain(err, what)
	}
	return openJournal(ctx, path, what)
}

// HasRegister reports whether anything was ever recorded, without making it.
func (h *Home) HasRegister() (bool, error) {
	ok, err := there(filepath.Join(h.dir, registerDir, journalFile))
	return ok, explain(err, "register of home "+h.dir)
}

// createRegister makes an empty journal, if nobody else has. It needs the home's
// lock.
func (h *Home) createRegister(ctx context.Context, path, what string) (err error) {
	if ok, err := there(path); err != nil || ok {
		return err
	}
	building := filepath.Join(h.dir, newPrefix+registerDir)
	if err := os.RemoveAll(building); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(building))
		}
	}()
	if err := makeOneDir(building); err != nil {
		return err
	}
	if _, err := buildJournal(ctx, filepath.Join(building, journalFile), what, timeline.NewIdentity(timeline.MarkRegister), nil); err != nil {
		return err
	}
	if err := syncPath(building); err != nil {
		return err
	}
	if err := os.Rename(building, filepath.Dir(path)); err != nil {
		return err
	}
	return syncPath(h.dir)
}
