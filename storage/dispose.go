package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// caseKeysDir is where, beside the home's own keys, keys lie that belong to a case and
// are in no copy of it: a key that hashes CPR numbers must not travel with the hashes.
const caseKeysDir = "cases"

// Dispose deletes a case or exercise with its evidence, its keys and its automatic
// backups.
// The case is gone at once; what a program that dies leaves of its bytes, the next
// one removes. Nobody must have it open: what they write would go with it. Whether it
// may go is not decided here.
func (h *Home) Dispose(ctx context.Context, ref string, p Policy) error {
	dir, err := h.existing(ref)
	if err != nil {
		return err
	}
	err = h.locked(ctx, func() error { return removeCase(dir) })
	if err != nil {
		return explain(err, "case "+ref)
	}
	return explain(errors.Join(
		os.RemoveAll(filepath.Join(h.dir, keysDir, caseKeysDir, ref)),
		os.RemoveAll(h.backupFolder(ref, p)),
	), "case "+ref)
}

// removeCase gives the directory a name that [removeUnfinished] knows, and deletes
// it.
func removeCase(dir string) error {
	parent := filepath.Dir(dir)
	if err := removeUnfinished(parent); err != nil {
		return err
	}
	going := filepath.Join(parent, newPrefix+"gone-"+filepath.Base(dir))
	if err := os.Rename(dir, going); err != nil {
		return err
	}
	return errors.Join(syncPath(parent), os.RemoveAll(going), syncPath(parent))
}
