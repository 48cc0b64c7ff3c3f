package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"timeglas/timeline"
)

// checkEvidence reads every file of the evidence and holds it against its name, which
// is the SHA-256 of its content. What is not named so is not evidence.
func checkEvidence(ctx context.Context, dir string) error {
	if dir == "" {
		return nil
	}
	files, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, f := range files {
		if !isSHA256(f.Name()) {
			continue
		}
		if !f.Type().IsRegular() {
			return &badError{Bad{Why: "evidence " + f.Name() + " is not a file"}}
		}
		sum, err := sumOfFile(ctx, filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		if sum != f.Name() {
			return &badError{Bad{Why: "evidence " + f.Name() + " is not what was stored: its content has another SHA-256"}}
		}
	}
	return nil
}

// mustHaveEvidence looks for the file that an entry speaks of. Whether it is what it
// was, checkEvidence finds out.
func (v *verification) mustHaveEvidence(e timeline.Entry) error {
	if v.evidence == nil || v.dir == "" {
		return nil
	}
	name := v.evidence(e)
	if name == "" {
		return nil
	}
	if kept, err := there(filepath.Join(v.dir, filepath.Base(name))); err != nil || !kept {
		return errors.Join(err, errors.New("its evidence "+name+" is not there"))
	}
	return nil
}

// isSHA256 reports whether a name is that of stored evidence.
func isSHA256(name string) bool {
	return len(name) == hex.EncodedLen(sha256.Size) && strings.Trim(name, "0123456789abcdef") == ""
}

// sumOfFile is the SHA-256 of a file's content in hexadecimal.
func sumOfFile(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return sumOf(ctx, f)
}
