package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Attach stores what r gives as evidence of a case, under the SHA-256 of its
// content in lower-case hexadecimal, for reading only. It is wholly there or not at
// all, identical content is stored once, and memory does not grow with its size.
// Recording that it was attached is another's act.
func (h *Home) Attach(ctx context.Context, ref string, r io.Reader) (sha256hex string, size int64, err error) {
	dir, err := h.existing(ref)
	if err != nil {
		return "", 0, err
	}
	sha256hex, size, err = attach(ctx, filepath.Join(dir, evidenceDir), r)
	if err != nil {
		return "", 0, explain(err, "evidence of case "+ref)
	}
	return sha256hex, size, nil
}

func attach(ctx context.Context, dir string, r io.Reader) (sum string, size int64, err error) {
	if err := makeDir(dir); err != nil {
		return "", 0, err
	}
	temp, err := os.CreateTemp(dir, newPrefix+"*")
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	hash := sha256.New()
	if size, err = io.Copy(io.MultiWriter(temp, hash), cancelReader{ctx, r}); err != nil {
		return "", 0, err
	}
	if err := errors.Join(temp.Chmod(evidenceMode), temp.Sync()); err != nil {
		return "", 0, err
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	path := filepath.Join(dir, sum)
	if stored, err := there(path); err != nil || stored {
		return sum, size, err
	}
	if err := errors.Join(temp.Close(), os.Rename(temp.Name(), path)); err != nil {
		return "", 0, err
	}
	return sum, size, syncPath(dir)
}

// discard closes a temporary file and removes it where it still has its name.
func discard(f *os.File) error {
	err := f.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	if removeErr := os.Remove(f.Name()); !errors.Is(removeErr, os.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}

// cancelReader stops reading when the context ends.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

func (c cancelReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
