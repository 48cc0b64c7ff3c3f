package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"timeglas/internal/fault"
	"timeglas/storage/bundle"
	"timeglas/timeline"
)

// Policy says how automatic backups are made.
type Policy struct {
	Every time.Duration // 0: never
	Keep  int           // how many of a case are kept, the newest; at least 1
	Dir   string        // each case has a folder in it; empty: backups, in the home
}

// Saved is an automatic backup. It was verified when it was written.
type Saved struct {
	Path string
	At   time.Time // by the clock of the machine, to the second
	Seq  int64     // the last entry in it
	no   int64     // the order in which they were made: clocks jump
	head string    // the beginning of its hash
}

// Holds reports whether the journal's end is in the backup.
func (s Saved) Holds(tip timeline.Tip) bool {
	return s.Seq == tip.Seq && s.head == tip.Hash.String()[:headDigits]
}

const (
	backupsDir = "backups"
	headDigits = 12
	stampForm  = "20060102T150405Z"
)

// savedName is number, time, last entry and the beginning of the head:
// 000017-20261119T110000Z-42-9f2c01ab34cd.timeglas.
var savedName = regexp.MustCompile(`^(\d{6,18})-(\d{8}T\d{6}Z)-(\d{1,18})-([0-9a-f]{12})\.timeglas$`)

func (s Saved) name() string {
	return fmt.Sprintf("%06d-%s-%d-%s.timeglas", s.no, s.At.UTC().Format(stampForm), s.Seq, s.head)
}

// backupFolder is where the automatic backups of a case lie.
func (h *Home) backupFolder(ref string, p Policy) string {
	if p.Dir == "" {
		return filepath.Join(h.dir, backupsDir, ref)
	}
	return filepath.Join(p.Dir, ref)
}

// Backups are the automatic backups of a case, the newest first; those of a case
// that is gone too. None is no error.
func (h *Home) Backups(ref string, p Policy) ([]Saved, error) {
	if err := ValidRef(ref); err != nil {
		return nil, err
	}
	dir := h.backupFolder(ref, p)
	names, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, explain(err, "backups of case "+ref)
	}
	var all []Saved
	for _, n := range names {
		parts := savedName.FindStringSubmatch(n.Name())
		if parts == nil || !n.Type().IsRegular() {
			continue
		}
		s := Saved{Path: filepath.Join(dir, n.Name()), head: parts[4]}
		var errs [3]error
		s.no, errs[0] = strconv.ParseInt(parts[1], 10, 64)
		s.At, errs[1] = time.Parse(stampForm, parts[2])
		s.Seq, errs[2] = strconv.ParseInt(parts[3], 10, 64)
		if errors.Join(errs[:]...) == nil {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Saved) int { return int(min(max(b.no-a.no, -1), 1)) })
	return all, nil
}

// BackupIfDue makes an automatic backup when the case has moved on since the newest
// one and that is older than the policy allows, or lies in the future: then a clock
// has jumped. The tip is the end of the journal as the caller knows it. It reports
// whether one was made.
func (h *Home) BackupIfDue(ctx context.Context, ref string, tip timeline.Tip, p Policy, now time.Time) (bool, error) {
	if p.Every <= 0 {
		return false, nil
	}
	saved, err := h.Backups(ref, p)
	if err != nil {
		return false, err
	}
	if len(saved) > 0 {
		age := now.Sub(saved[0].At)
		if saved[0].Holds(tip) || (age >= 0 && age < p.Every) {
			return false, nil
		}
	}
	return h.BackupNow(ctx, ref, p, now)
}

// BackupNow makes an automatic backup if the case has moved on since the newest
// one, whenever that was, and removes those that are too many.
func (h *Home) BackupNow(ctx context.Context, ref string, p Policy, now time.Time) (made bool, err error) {
	if p.Every <= 0 {
		return false, nil
	}
	dir, err := h.existing(ref)
	if err != nil {
		return false, err
	}
	j, err := h.Open(ctx, ref)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	what := "automatic backup of case " + ref
	tip, err := j.Tip(ctx)
	if err != nil || j.identity.Mark == timeline.MarkDemo {
		return false, err // the demonstration can be told again
	}
	saved, err := h.Backups(ref, p)
	if err != nil {
		return false, err
	}
	next := Saved{no: 1, At: now, Seq: tip.Seq, head: tip.Hash.String()[:headDigits]}
	if len(saved) > 0 {
		if saved[0].Holds(tip) {
			return false, nil
		}
		next.no = saved[0].no + 1
	}
	folder := h.backupFolder(ref, p)
	if err := makeDir(folder); err != nil {
		return false, explain(err, what)
	}
	switch err := saveAs(ctx, j, dir, folder, next, ref); {
	case fault.Is(err, fault.Exists):
		return false, nil // another process makes the same one at this moment
	case err != nil:
		return false, explain(err, what)
	}
	return true, explain(removeOld(saved, p.Keep), what)
}

// saveAs makes the backup. Its name says which entry is its last, so when others
// have written meanwhile it is made under a working name first.
func saveAs(ctx context.Context, j *Journal, dir, folder string, next Saved, ref string) error {
	working := filepath.Join(folder, fmt.Sprintf(".%06d", next.no))
	if err := os.Remove(working); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	c, err := copyCase(ctx, j, dir, working, packing{ref: ref, now: next.At, beside: folder})
	if err != nil {
		return err
	}
	next.Seq, next.head = c.Tip.Seq, c.Tip.Hash.String()[:headDigits]
	if err := os.Rename(working, filepath.Join(folder, next.name())); err != nil {
		return errors.Join(err, os.Remove(working))
	}
	return syncPath(folder)
}

// removeOld removes the oldest of the backups that were there before a new one.
func removeOld(saved []Saved, keep int) error {
	var errs []error
	for _, s := range saved[min(max(keep-1, 0), len(saved)):] {
		if err := os.Remove(s.Path); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// keepBeside lists a file and keeps a copy of it beside the bundles, once for all
// of them: the files of a case never change.
func (p packing) keepBeside(ctx context.Context, b *bundle.Writer, dir, name string) error {
	from, to := filepath.Join(dir, filepath.FromSlash(name)), filepath.Join(p.beside, filepath.FromSlash(name))
	sum, err := keptSum(ctx, from, to, name)
	if errors.Is(err, fs.ErrNotExist) {
		sum, err = keepCopy(ctx, from, to, name)
	}
	if err != nil {
		return err
	}
	b.AddBeside(name, sum)
	return nil
}

// keptSum is the sum of the copy that is kept already. That of evidence is its
// name; it was compared when the copy was made.
func keptSum(ctx context.Context, from, to, name string) (sum [32]byte, err error) {
	original, err := os.Stat(from)
	if err != nil {
		return sum, err
	}
	kept, err := os.Lstat(to)
	if err != nil {
		return sum, err
	}
	if !kept.Mode().IsRegular() || kept.Size() != original.Size() {
		return sum, errors.Join(os.Remove(to), fs.ErrNotExist) // it is copied anew
	}
	if filepath.Dir(name) == bundle.EvidenceDir {
		_, err = hex.Decode(sum[:], []byte(filepath.Base(name)))
		return sum, err
	}
	f, err := os.Open(to)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	hash := sha256.New()
	_, err = bundle.Copy(ctx, hash, f)
	return [32]byte(hash.Sum(nil)), err
}

func keepCopy(ctx context.Context, from, to, name string) (sum [32]byte, err error) {
	f, err := os.Open(from)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	folder := filepath.Dir(to)
	if err := makeDir(folder); err != nil {
		return sum, err
	}
	temp, err := os.CreateTemp(folder, newPrefix+"*")
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	hash := sha256.New()
	if _, err := bundle.Copy(ctx, io.MultiWriter(temp, hash), f); err != nil {
		return sum, err
	}
	sum = [32]byte(hash.Sum(nil))
	if err := mustBeNamed(name, sum); err != nil {
		return sum, err
	}
	if err := errors.Join(temp.Chmod(modesIn(folder).evidence), temp.Sync(), temp.Close(), os.Rename(temp.Name(), to)); err != nil {
		return sum, err
	}
	return sum, syncPath(folder)
}
