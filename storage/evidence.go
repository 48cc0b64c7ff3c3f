package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"timeglas/internal/fault"
	"timeglas/storage/bundle"
)

// Stored is a file as it was taken in as evidence.
type Stored struct {
	SHA256 string // lower-case hexadecimal; the name under which it is kept
	Size   int64
}

// Attach stores what r gives as evidence of a case, under the SHA-256 of its
// content, for reading only. It is wholly there or not at all, identical content is
// stored once, and memory does not grow with its size. Recording that it was
// attached is another's act.
func (h *Home) Attach(ctx context.Context, ref string, r io.Reader) (sha256hex string, size int64, err error) {
	dir, err := h.existing(ref)
	if err != nil {
		return "", 0, err
	}
	stored, err := attach(ctx, filepath.Join(dir, evidenceDir), r, nothing)
	return stored.SHA256, stored.Size, explain(err, "evidence of case "+ref)
}

// AttachFile stores a file as [Home.Attach] does. Only plain files are evidence: a
// link, a directory, a device or a pipe is refused by name, and so is a file that
// changes while it is read.
func (h *Home) AttachFile(ctx context.Context, ref, path string) (_ Stored, err error) {
	dir, err := h.existing(ref)
	if err != nil {
		return Stored{}, err
	}
	f, err := openRegular(path, refuseLinks)
	if err != nil {
		return Stored{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	before, err := f.Stat()
	if err != nil {
		return Stored{}, explain(err, path)
	}
	stored, err := attach(ctx, filepath.Join(dir, evidenceDir), f, func(read int64) error {
		after, err := f.Stat()
		if err != nil {
			return err
		}
		if read != before.Size() || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
			return fault.New(fault.Failed, path, "it changed while it was read; nothing was stored: add it when nobody writes to it, or add a copy")
		}
		return nil
	})
	return stored, explain(err, path)
}

func nothing(int64) error { return nil }

// attach stores what r gives; unchanged is asked, when all of it was read, whether
// it may be kept.
func attach(ctx context.Context, dir string, r io.Reader, unchanged func(read int64) error) (_ Stored, err error) {
	if err := makeDir(dir); err != nil {
		return Stored{}, err
	}
	temp, err := os.CreateTemp(dir, newPrefix+"*")
	if err != nil {
		return Stored{}, err
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	hash := sha256.New()
	size, err := bundle.Copy(ctx, io.MultiWriter(temp, hash), r)
	if err != nil {
		return Stored{}, err
	}
	if err := unchanged(size); err != nil {
		return Stored{}, err
	}
	if err := errors.Join(temp.Chmod(modesIn(dir).evidence), temp.Sync()); err != nil {
		return Stored{}, err
	}
	stored := Stored{SHA256: hex.EncodeToString(hash.Sum(nil)), Size: size}
	path := filepath.Join(dir, stored.SHA256)
	if kept, err := there(path); err != nil || kept {
		return stored, err
	}
	if err := errors.Join(temp.Close(), os.Rename(temp.Name(), path)); err != nil {
		return Stored{}, err
	}
	return stored, syncPath(dir)
}

// Evidence opens a stored file for reading. The caller compares what it reads with
// the sum, as [Home.CopyEvidence] does. Faults: NotFound.
func (h *Home) Evidence(ref, sum string) (*os.File, error) {
	dir, err := h.existing(ref)
	if err != nil {
		return nil, err
	}
	what := "evidence " + sum
	if !bundle.Storable(bundle.EvidenceDir + "/" + sum) {
		return nil, fault.New(fault.Usage, what, "it is named by its SHA-256, 64 hexadecimal digits")
	}
	path := filepath.Join(dir, evidenceDir, sum)
	if kept, err := there(path); err != nil || !kept {
		return nil, explain(errors.Join(err, fault.New(fault.NotFound, what, "its file is not there: restore it from a backup")), what)
	}
	return openRegular(path, refuseLinks)
}

// CopyEvidence writes a stored file to w and compares it with its sum. When the
// fault Damaged is returned, what was written is not the evidence.
func (h *Home) CopyEvidence(ctx context.Context, ref, sum string, w io.Writer) (err error) {
	f, err := h.Evidence(ref, sum)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	got, err := sumOf(ctx, io.TeeReader(f, w))
	if err != nil {
		return explain(err, "evidence "+sum)
	}
	if got != sum {
		return fault.New(fault.Damaged, "evidence "+sum, "its file is not what was stored: restore it from a backup")
	}
	return nil
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
