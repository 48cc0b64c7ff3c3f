package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// The names in a home. Whatever begins with a dot is the program's own.
const (
	casesDir     = "cases"
	exercisesDir = "exercises"
	evidenceDir  = "evidence"
	journalFile  = "case.db"
	lockFile     = ".lock"
	newPrefix    = ".new-" // something that is not whole yet
)

// MaxRef is the length in characters that no reference exceeds.
const MaxRef = 64

// Home is a directory with cases under cases/REF and exercises under
// exercises/REF. It holds nothing open; one Home may be used by many goroutines.
type Home struct {
	dir          string
	allowNetwork bool
	examine      func(path string) (filesystem, error)
}

// Option changes how a home is opened.
type Option func(*Home)

// AllowNetworkFilesystem opens a home, and cases, that lie on a network file system;
// they are refused without it. See [Journal.Override].
func AllowNetworkFilesystem() Option { return func(h *Home) { h.allowNetwork = true } }

// Case is a case or an exercise as the list of a home has it.
type Case struct {
	Ref  string
	Mark timeline.Mark // MarkExercise or MarkCase, by the directory; the journal's Identity knows a demo
}

// OpenHome opens a home and makes it, for its owner alone, when it is missing. A
// home on a read-only medium opens; creating a case in it is what fails.
func OpenHome(dir string, options ...Option) (*Home, error) {
	what := "home " + dir
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, explain(err, what)
	}
	h := &Home{dir: abs, examine: examine}
	for _, set := range options {
		set(h)
	}
	if _, err := h.place(nearest(abs), what); err != nil {
		return nil, err
	}
	if err := makeHome(abs); errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.Failed, err, what, "no directory can be made there: choose another home")
	} else if err != nil {
		return nil, explain(err, what)
	}
	f, err := os.Open(abs)
	if err != nil {
		return nil, explain(err, what)
	}
	_, err = f.Readdirnames(-1)
	return h, explain(errors.Join(err, f.Close()), what)
}

// ValidRef reports, as a fault of usage, why ref cannot be a reference: it has 1 to
// 64 of A–Z, a–z, 0–9, dot, underscore and hyphen, no dot in front, and
// no CPR number. Names that the operating system keeps for itself, such as NUL on
// Windows, are refused there.
func ValidRef(ref string) error {
	refuse := func(why string) error {
		return fault.New(fault.Usage, "reference", "%s", why)
	}
	bad := strings.IndexFunc(ref, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("._-", r)
	})
	switch {
	case ref == "":
		return refuse("it is empty; give one such as 2026-014")
	case bad >= 0:
		return refuse("only the letters A to Z, digits, dot, underscore and hyphen can stand in it, as in 2026-014")
	case len(ref) > MaxRef:
		return refuse("it is longer than 64 characters; choose a shorter one")
	case ref[0] == '.':
		return refuse("it begins with a dot; choose one that does not")
	case cpr.Contains(ref):
		return refuse("it reads as a CPR number, and a reference stands in names of files and on title bars; choose another, as in 2026-014")
	case !filepath.IsLocal(ref):
		return refuse("the operating system keeps this name for itself; choose another")
	}
	return nil
}

// Create makes a new journal with its first entries, wholly or not at all. The
// reference must be unique over cases and exercises; one that is taken is a fault
// Exists. The journal's mark decides where it lies.
func (h *Home) Create(ctx context.Context, ref string, id timeline.Identity, drafts ...timeline.Draft) ([]timeline.Entry, error) {
	if err := ValidRef(ref); err != nil {
		return nil, err
	}
	var entries []timeline.Entry
	err := h.locked(ctx, func() (err error) {
		entries, err = h.create(ctx, ref, id, drafts)
		return err
	})
	if err != nil {
		return nil, explain(err, "case "+ref)
	}
	return entries, nil
}

// create builds the case in a hidden directory and gives it its name when it is
// safely on disk. It needs the home's lock.
func (h *Home) create(ctx context.Context, ref string, id timeline.Identity, drafts []timeline.Draft) (entries []timeline.Entry, err error) {
	if dir, err := h.find(ref); err != nil || dir != "" {
		return nil, cmp.Or(err, error(fault.New(fault.Exists, "case "+ref, "it is there already; choose another reference")))
	}
	parent := filepath.Join(h.dir, folder(id.Mark))
	if err := makeDir(parent); err != nil {
		return nil, err
	}
	// With the lock held, what is half made was left behind by a program that died.
	if err := removeUnfinished(parent); err != nil {
		return nil, err
	}
	building := filepath.Join(parent, newPrefix+ref)
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(building))
		}
	}()
	if err := makeOneDir(building); err != nil {
		return nil, err
	}
	if entries, err = buildJournal(ctx, filepath.Join(building, journalFile), "case "+ref, id, drafts); err != nil {
		return nil, err
	}
	if err := syncPath(building); err != nil {
		return nil, err
	}
	final := filepath.Join(parent, ref)
	if err := os.Rename(building, final); err != nil {
		return nil, err
	}
	if err := syncPath(parent); err != nil {
		return nil, errors.Join(err, os.RemoveAll(final))
	}
	return entries, nil
}

func folder(m timeline.Mark) string {
	if m == timeline.MarkExercise {
		return exercisesDir
	}
	return casesDir
}

func removeUnfinished(dir string) error {
	names, err := os.ReadDir(dir)
	for _, n := range names {
		if strings.HasPrefix(n.Name(), newPrefix) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, n.Name())))
		}
	}
	return err
}

// find is the directory of the case or exercise, or empty when there is none.
func (h *Home) find(ref string) (string, error) {
	for _, folder := range []string{casesDir, exercisesDir} {
		dir := filepath.Join(h.dir, folder, ref)
		if ok, err := there(dir); err != nil || ok {
			return dir, err
		}
	}
	return "", nil
}

// locked runs act while no other process or goroutine runs one in this home. The
// lock is SQLite's on an empty file: the system lets go of it when a process dies,
// everywhere that SQLite works.
func (h *Home) locked(ctx context.Context, act func() error) error {
	path := filepath.Join(h.dir, lockFile)
	if err := makeFile(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return explain(err, "home "+h.dir)
	}
	db, err := openDB(path, scratch)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err, "home "+h.dir)
	}
	defer rollback(tx)
	return act()
}

// Refs lists the cases and exercises by reference. Damaged and unreadable ones are
// in the list; opening them is what fails.
func (h *Home) Refs(ctx context.Context) ([]Case, error) {
	var cases []Case
	for _, mark := range []timeline.Mark{timeline.MarkCase, timeline.MarkExercise} {
		names, err := os.ReadDir(filepath.Join(h.dir, folder(mark)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, explain(err, "home "+h.dir)
		}
		for _, n := range names {
			if n.IsDir() && ValidRef(n.Name()) == nil {
				cases = append(cases, Case{Ref: n.Name(), Mark: mark})
			}
		}
	}
	slices.SortFunc(cases, func(a, b Case) int { return strings.Compare(a.Ref, b.Ref) })
	return cases, ctx.Err()
}

// Open opens a case or exercise. Faults: NotFound; Damaged for a file that is
// damaged, not a journal, or of a schema newer than this program's, which is left
// as it is. Where the file cannot be written, or damage is found in its newest entries,
// it opens for reading only: see [Journal.Restriction].
func (h *Home) Open(ctx context.Context, ref string) (*Journal, error) {
	dir, err := h.existing(ref)
	if err != nil {
		return nil, err
	}
	override, err := h.place(dir, "case "+ref)
	if err != nil {
		return nil, err
	}
	j, err := openJournal(ctx, filepath.Join(dir, journalFile), "case "+ref)
	if err != nil {
		return nil, err
	}
	j.override = override
	j.redactions = filepath.Join(h.dir, redactionsFile)
	return j, nil
}

// existing is the directory of a case that must be there.
func (h *Home) existing(ref string) (string, error) {
	if err := ValidRef(ref); err != nil {
		return "", err
	}
	dir, err := h.find(ref)
	if err != nil {
		return "", explain(err, "case "+ref)
	}
	if dir == "" {
		return "", fault.New(fault.NotFound, "case "+ref, "there is no such case; see the list of cases for those that are there")
	}
	return dir, nil
}

func openDB(path, way string) (*sql.DB, error) {
	name, err := dsn(path, way)
	if err != nil {
		return nil, err
	}
	return sql.Open("sqlite", name)
}

// rollback ends a transaction that was not committed; after a commit it does
// nothing. It has no error to tell: what was not committed is not there.
func rollback(tx *sql.Tx) { _ = tx.Rollback() }
