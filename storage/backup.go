package storage

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"timeglas/internal/fault"
	"timeglas/storage/bundle"
	"timeglas/timeline"
)

// Copy is a bundle that was written and verified.
type Copy struct {
	Path    string
	Tip     timeline.Tip
	Files   int // evidence and imports in it, or beside it
	Size    int64
	SHA256  string // of the file
	Skipped int    // names in the case's folders that are no files of a case
}

// Backup writes the case as it stands into one file that is not there yet, for its
// owner alone: plain, or encrypted when there is a lock; then no plain byte of it
// touches the disk. The file gets its name when it has been read back and verified
// whole. Others may go on writing: what they had saved before is in it. Faults:
// Exists; Damaged when the case itself is damaged, since a backup of that is none.
func (h *Home) Backup(ctx context.Context, ref, out string, lock bundle.Lock, now time.Time) (Copy, error) {
	if err := lock.Valid(); err != nil {
		return Copy{}, fault.Wrap(fault.Usage, err, "--recipient", "%v", err)
	}
	dir, err := h.existing(ref)
	if err != nil {
		return Copy{}, err
	}
	if err := mustBeFree(out); err != nil {
		return Copy{}, err
	}
	j, err := h.Open(ctx, ref)
	if err != nil {
		return Copy{}, err
	}
	c, err := copyCase(ctx, j, dir, out, packing{ref: ref, lock: lock, now: now})
	return c, explain(errors.Join(err, j.db.Close()), "backup of case "+ref)
}

func mustBeFree(out string) error {
	taken, err := there(out)
	switch {
	case err != nil:
		return explain(err, out)
	case taken:
		return fault.New(fault.Exists, out, "it is there already, and a backup replaces no file: choose another name")
	}
	return nil
}

// packing is how a case goes into a bundle.
type packing struct {
	ref    string
	lock   bundle.Lock
	now    time.Time
	beside string // the directory that keeps evidence for many bundles; empty: in the bundle
}

// copyCase writes a bundle under a hidden name beside its own, verifies it, and
// gives it its name.
func copyCase(ctx context.Context, j *Journal, dir, out string, p packing) (_ Copy, err error) {
	temp, err := os.CreateTemp(filepath.Dir(out), newPrefix+"*")
	if err != nil {
		return Copy{}, err
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	mode := private.file // wherever people want it
	if p.beside != "" {
		mode = modesIn(filepath.Dir(out)).file
	}
	if err := temp.Chmod(mode); err != nil {
		return Copy{}, err
	}
	c, proof, err := p.lockAndPack(ctx, temp, j, dir)
	if err != nil {
		return Copy{}, err
	}
	if err := temp.Sync(); err != nil {
		return Copy{}, err
	}
	if err := c.prove(ctx, temp, proof); err != nil {
		return Copy{}, err
	}
	// A link fails where a file has the name, which a rename would replace.
	if err := linkOrRename(temp.Name(), out); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return Copy{}, mustBeFree(out)
		}
		return Copy{}, err
	}
	c.Path = out
	return c, syncPath(filepath.Dir(out))
}

// linkOrRename gives a file a name that is free. File systems without links cannot
// refuse a name that was taken this very moment.
func linkOrRename(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if taken, thereErr := there(to); taken || thereErr != nil {
		return errors.Join(thereErr, fs.ErrExist)
	}
	return os.Rename(from, to)
}

// proving opens what was written.
type proving func(io.ReaderAt, int64) (io.ReaderAt, int64, error)

func asItIs(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) { return r, size, nil }

func (p packing) lockAndPack(ctx context.Context, w io.Writer, j *Journal, dir string) (Copy, proving, error) {
	if p.lock.Plain() {
		c, err := p.pack(ctx, w, j, dir)
		return c, asItIs, err
	}
	locked, identity, err := p.lock.Encrypt(w)
	if err != nil {
		return Copy{}, nil, err
	}
	c, err := p.pack(ctx, locked, j, dir)
	if err != nil {
		return Copy{}, nil, err
	}
	return c, func(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
		return bundle.Prove(r, size, identity)
	}, locked.Close()
}

// pack writes the bundle. The journal goes first: whatever its entries speak of was
// stored before them, so all of it is there when the folders are read.
func (p packing) pack(ctx context.Context, w io.Writer, j *Journal, dir string) (c Copy, err error) {
	s, err := j.snapshot(ctx)
	if err != nil {
		return c, err
	}
	c.Tip = s.tip
	b, err := bundle.NewWriter(w, bundle.Manifest{
		Ref: p.ref, Mark: j.identity.Mark, Journal: j.identity.ID, Entries: s.tip.Seq, Head: s.tip.Hash.String(),
		Made: p.now.UTC(), Beside: p.beside != "",
	})
	if err == nil {
		_, err = b.Add(bundle.JournalName, s.bytes, func(w io.Writer) error { return s.writeTo(ctx, w) })
	}
	s.close()
	if err != nil {
		return c, err
	}
	for _, folder := range []string{bundle.EvidenceDir, bundle.ImportsDir} {
		if err := p.packFolder(ctx, b, dir, folder, &c); err != nil {
			return c, err
		}
	}
	return c, b.Close()
}

func (p packing) packFolder(ctx context.Context, b *bundle.Writer, dir, folder string, c *Copy) error {
	names, err := os.ReadDir(filepath.Join(dir, folder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, n := range names {
		name := folder + "/" + n.Name()
		if !n.Type().IsRegular() || !bundle.Storable(name) {
			if n.Name()[0] != '.' {
				c.Skipped++
			}
			continue
		}
		pack := p.packFile
		if p.beside != "" {
			pack = p.keepBeside
		}
		if err := pack(ctx, b, dir, name); err != nil {
			return err
		}
		c.Files++
	}
	return nil
}

// packFile puts a file into the bundle. Evidence is compared with its name: a copy
// of damaged evidence is not a good backup.
func (p packing) packFile(ctx context.Context, b *bundle.Writer, dir, name string) error {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum, err := b.Add(name, info.Size(), func(w io.Writer) error {
		_, err := bundle.Copy(ctx, w, f)
		return err
	})
	if err != nil {
		return err
	}
	return mustBeNamed(name, sum)
}

// mustBeNamed compares evidence with its name.
func mustBeNamed(name string, sum [32]byte) error {
	if filepath.Dir(name) == bundle.EvidenceDir && filepath.Base(name) != hex.EncodeToString(sum[:]) {
		return fault.New(fault.Damaged, name, "it is not what was stored: run verify, and put it back from an older backup")
	}
	return nil
}

// prove reads what was written and verifies all of it, and fills in what is known
// of the file.
func (c *Copy) prove(ctx context.Context, f *os.File, open proving) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	c.Size = size
	if c.SHA256, err = sumOf(ctx, io.NewSectionReader(f, 0, size)); err != nil {
		return err
	}
	plain, n, err := open(f, size)
	if err != nil {
		return err
	}
	b, err := bundle.Open(plain, n)
	if err != nil {
		return err
	}
	if err := b.Check(ctx); err != nil {
		return err
	}
	report, err := verifyBundle(ctx, b, "backup")
	if err != nil {
		return err
	}
	if report.Entries != c.Tip.Seq || report.Head != c.Tip.Hash {
		return fault.New(fault.Failed, "backup", "what was written is not what was read: check the disk")
	}
	return nil
}

// verifyBundle verifies the journal in a bundle where it lies.
func verifyBundle(ctx context.Context, b *bundle.Bundle, what string) (Report, error) {
	identity, report, err := verifyContent(ctx, b.Journal(), what)
	switch {
	case err != nil:
		return report, err
	case !report.OK:
		return report, fault.New(fault.Damaged, what, "entry %d is damaged (%s)", report.FirstBad.Seq, report.FirstBad.Why)
	case identity != b.Manifest.Identity():
		return report, fault.New(fault.Damaged, what, "its journal is another one than it says")
	}
	return report, nil
}
