package storage

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"timeglas/internal/fault"
	"timeglas/storage/bundle"
	"timeglas/timeline"
)

// Bundle is an opened backup or archive on disk.
type Bundle struct {
	*bundle.Bundle
	path string
	file *os.File
}

// OpenBundle opens a backup or an archive; keys are for an encrypted one. Only the
// names in it are read. Faults: Damaged with the reason; Refused for the wrong key.
func OpenBundle(path string, keys bundle.Keys) (_ *Bundle, err error) {
	f, err := openRegular(path, followLinks)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, explain(err, path)
	}
	source, size := io.ReaderAt(f), info.Size()
	if bundle.Locked(f) {
		if source, size, err = keys.Unlock(f, size); err != nil {
			return nil, fault.Wrap(fault.Refused, err, path, "%v", err)
		}
	}
	b, err := bundle.Open(source, size)
	if err != nil {
		return nil, fault.Wrap(fault.Damaged, err, path, "%v", err)
	}
	return &Bundle{b, path, f}, nil
}

// Close closes the file.
func (b *Bundle) Close() error { return explain(b.file.Close(), b.path) }

// Verify checks all of the bundle without unpacking it: every sum, also of what
// lies beside it, and the journal as [Journal.Verify] does. What is wrong is a fault
// Damaged.
func (b *Bundle) Verify(ctx context.Context) (Report, error) {
	if err := b.Check(ctx); err != nil {
		if ctx.Err() != nil {
			return Report{}, explain(ctx.Err(), b.path)
		}
		return Report{}, fault.Wrap(fault.Damaged, err, b.path, "%v", err)
	}
	for _, f := range b.Files {
		if f.Beside {
			if err := b.unpack(ctx, f, io.Discard); err != nil {
				return Report{}, err
			}
		}
	}
	report, err := verifyBundle(ctx, b.Bundle, b.path)
	return report, explain(err, b.path)
}

// unpack writes a file of the bundle and compares its sum.
func (b *Bundle) unpack(ctx context.Context, f bundle.File, w io.Writer) error {
	var content io.Reader
	if f.Beside {
		beside, err := openRegular(filepath.Join(filepath.Dir(b.path), filepath.FromSlash(f.Name)), refuseLinks)
		if err != nil {
			return err
		}
		defer beside.Close()
		content = beside
	} else {
		content = b.Section(f.Name)
	}
	sum, err := sumOf(ctx, io.TeeReader(content, w))
	if err != nil {
		return explain(err, b.path)
	}
	if sum != f.SHA256 {
		return fault.New(fault.Damaged, b.path, "%s in it is damaged", f.Name)
	}
	return nil
}

// Restored is what a backup has given.
type Restored struct {
	Ref      string
	Identity timeline.Identity
	Report   Report
	Files    int
	Redacted int // entries that were redacted again
}

// Restoring says how a bundle becomes a case.
type Restoring struct {
	Ref    string // empty: the one it had
	Author string // of redactions that are done again
	Now    time.Time
}

// Restore makes a case of a bundle, wholly or not at all, with the identity that it
// had. What this home knows to be redacted is redacted again before the case gets
// its name. Faults: Exists when there is a case or exercise of that reference;
// Damaged. While it runs, no other case is made in this home.
func (h *Home) Restore(ctx context.Context, b *Bundle, r Restoring) (Restored, error) {
	ref := cmp.Or(r.Ref, b.Manifest.Ref)
	if err := ValidRef(ref); err != nil {
		return Restored{}, err
	}
	restored := Restored{Ref: ref, Identity: b.Manifest.Identity()}
	err := h.locked(ctx, func() error { return h.restore(ctx, b, r, &restored) })
	return restored, explain(err, "case "+ref)
}

func (h *Home) restore(ctx context.Context, b *Bundle, r Restoring, done *Restored) (err error) {
	if dir, err := h.find(done.Ref); err != nil || dir != "" {
		return cmp.Or(err, error(fault.New(fault.Exists, "case "+done.Ref,
			"it is there already, and a backup replaces no case: restore it under another reference with --ref")))
	}
	parent := filepath.Join(h.dir, folder(b.Manifest.Mark))
	if err := makeDir(parent); err != nil {
		return err
	}
	if err := removeUnfinished(parent); err != nil {
		return err
	}
	building := filepath.Join(parent, newPrefix+done.Ref)
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(building))
		}
	}()
	if err := makeOneDir(building); err != nil {
		return err
	}
	for _, f := range b.Files {
		if err := b.unpackInto(ctx, f, building); err != nil {
			return err
		}
		if f.Name != bundle.JournalName {
			done.Files++
		}
	}
	if err := h.settle(ctx, building, r, done); err != nil {
		return err
	}
	if err := syncPath(building); err != nil {
		return err
	}
	final := filepath.Join(parent, done.Ref)
	if err := os.Rename(building, final); err != nil {
		return err
	}
	return syncPath(parent)
}

// unpackInto makes the file in a directory that nobody else knows yet.
func (b *Bundle) unpackInto(ctx context.Context, f bundle.File, dir string) (err error) {
	path := filepath.Join(dir, filepath.FromSlash(f.Name))
	if err := makeDir(filepath.Dir(path)); err != nil {
		return err
	}
	mode := modesIn(dir).file
	if filepath.Dir(f.Name) == bundle.EvidenceDir {
		mode = modesIn(dir).evidence
	}
	if err := makeFile(path); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if err := b.unpack(ctx, f, out); err != nil {
		return err
	}
	return errors.Join(out.Chmod(mode), out.Sync())
}

// settle opens the journal that was unpacked, does again what must be redacted, and
// verifies it as it will be used.
func (h *Home) settle(ctx context.Context, building string, r Restoring, done *Restored) (err error) {
	what := "case " + done.Ref
	j, err := openJournal(ctx, filepath.Join(building, journalFile), what)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if j.identity != done.Identity {
		return fault.New(fault.Damaged, what, "the journal in the backup is another one than it says")
	}
	if done.Report, err = j.Verify(ctx); err != nil {
		return err
	}
	if bad := done.Report.FirstBad; bad != nil {
		return fault.New(fault.Damaged, what, "the backup is damaged at entry %d (%s): take an older one", bad.Seq, bad.Why)
	}
	again, err := h.redacted(j.identity.ID)
	if err != nil {
		return err
	}
	done.Redacted, err = redactAgain(ctx, j, again, r.Author, r.Now)
	if err != nil || done.Redacted == 0 {
		return err
	}
	done.Report, err = j.Verify(ctx)
	return err
}
