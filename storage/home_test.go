package storage_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
)

func TestReferences(t *testing.T) {
	for _, ref := range []string{"2026-014", "a", "A.b_c-9", "-x", strings.Repeat("x", 64), "con.2026"} {
		if err := storage.ValidRef(ref); err != nil {
			t.Errorf("%q: %v", ref, err)
		}
	}
	for _, ref := range []string{"", ".", "..", ".x", "a/b", `a\b`, "a b", "ærø", "a\n", "a\x00", "../x", strings.Repeat("x", 65), "610170" + "1234", "case-610170-" + "1234"} {
		err := storage.ValidRef(ref)
		mustBeFault(t, err, fault.Usage, "reference")
		home := openHome(t, t.TempDir())
		_, err = home.Open(t.Context(), ref)
		mustBeFault(t, err, fault.Usage)
		_, err = home.Create(t.Context(), ref, timeline.NewIdentity(timeline.MarkCase))
		mustBeFault(t, err, fault.Usage)
	}
}

func TestAReferenceIsUniqueOverCasesAndExercises(t *testing.T) {
	home := openHome(t, t.TempDir())
	if _, err := home.Create(t.Context(), "x", timeline.NewIdentity(timeline.MarkExercise), note("drill")); err != nil {
		t.Fatal(err)
	}
	for _, mark := range []timeline.Mark{timeline.MarkCase, timeline.MarkExercise} {
		_, err := home.Create(t.Context(), "x", timeline.NewIdentity(mark), note("again"))
		mustBeFault(t, err, fault.Exists, "case x")
	}
	j, err := home.Open(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if got := read(t, j); len(got) != 1 || j.Identity().Mark != timeline.MarkExercise {
		t.Errorf("%d entries, %v", len(got), j.Identity())
	}
}

func TestOfManyWhoCreateOneReferenceOneSucceeds(t *testing.T) {
	home := openHome(t, t.TempDir())
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			mark := []timeline.Mark{timeline.MarkCase, timeline.MarkExercise}[i%2]
			_, errs[i] = home.Create(t.Context(), "x", timeline.NewIdentity(mark), note("mine"))
		})
	}
	wg.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
		} else if !fault.Is(err, fault.Exists) {
			t.Error(err)
		}
	}
	if cases, err := home.Refs(t.Context()); made != 1 || len(cases) != 1 || err != nil {
		t.Errorf("%d created, listed %v (%v)", made, cases, err)
	}
}

func TestACaseThatCannotBeCreatedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	home := openHome(t, dir)
	bad := note("x")
	bad.Author = ""
	_, err := home.Create(t.Context(), "x", timeline.NewIdentity(timeline.MarkCase), note("good"), bad)
	mustBeFault(t, err, fault.Refused, "case x", "author")
	if left, _ := os.ReadDir(filepath.Join(dir, "cases")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhatAKilledProgramWasCreatingIsNotListedAndGoes(t *testing.T) {
	dir := t.TempDir()
	home := openHome(t, dir)
	half := filepath.Join(dir, "cases", ".new-old")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if cases, err := home.Refs(t.Context()); len(cases) != 0 || err != nil {
		t.Errorf("listed: %v (%v)", cases, err)
	}
	if _, err := home.Create(t.Context(), "x", timeline.NewIdentity(timeline.MarkCase)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestCasesAreListedInOrderDamagedOnesToo(t *testing.T) {
	dir := t.TempDir()
	home := openHome(t, dir)
	for ref, mark := range map[string]timeline.Mark{"b": timeline.MarkCase, "a": timeline.MarkExercise, "c": timeline.MarkCase} {
		if _, err := home.Create(t.Context(), ref, timeline.NewIdentity(mark)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "cases", "c", "case.db"), []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "cases", "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := home.Refs(t.Context())
	want := []storage.Case{{"a", timeline.MarkExercise}, {"b", timeline.MarkCase}, {"c", timeline.MarkCase}, {"empty", timeline.MarkCase}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("listed %v (%v)", got, err)
	}
}

func TestAHomeWithAnyNameWorks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("most of these names cannot be made there")
	}
	for _, name := range []string{
		"with space", "ærø å", "a?mode=memory", "a#b", "100%41", "a&_pragma=journal_mode(OFF)", "a;b", "a'b\"c", "[x]*", ":memory:", "file:x", "a+b", "\xff\xfe",
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name, "home")
			home := openHome(t, dir)
			if _, err := home.Create(t.Context(), "case", timeline.NewIdentity(timeline.MarkCase), note("first")); err != nil {
				t.Fatal(err)
			}
			j := open(t, dir)
			appendTo(t, j, note("second"))
			if got := read(t, j); len(got) != 2 {
				t.Errorf("%d entries", len(got))
			}
			if info, err := os.Stat(filepath.Join(dir, "cases", "case", "case.db")); err != nil || info.Size() == 0 {
				t.Errorf("the file is elsewhere: %v", err)
			}
		})
	}
}

func TestAHomeThatCannotBeSaysWhy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "under")} {
		_, err := storage.OpenHome(dir)
		mustBeFault(t, err, fault.Failed, "home", "a file stands where a directory is needed")
	}
}

func TestACaseThatIsNotThereIsNotFound(t *testing.T) {
	home := openHome(t, t.TempDir())
	_, err := home.Open(t.Context(), "x")
	mustBeFault(t, err, fault.NotFound, "case x")
	_, _, err = home.Attach(t.Context(), "x", strings.NewReader("x"))
	mustBeFault(t, err, fault.NotFound, "case x")
}

func TestWhatIsNotAJournalIsRefusedAndLeftAlone(t *testing.T) {
	database := func(statements ...string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range append(statements, "CREATE TABLE entries (x)") {
				if _, err := db.ExecContext(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	content := func(s string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := map[string]struct {
		put   func(t *testing.T, path string)
		words []string
	}{
		"an empty file":              {content(""), []string{"not a journal"}},
		"a text":                     {content(strings.Repeat("not a database ", 1000)), []string{"damaged"}},
		"a database without an id":   {database(), []string{"not a journal"}},
		"another program's database": {database("PRAGMA application_id = 77"), []string{"not a journal"}},
		"a newer schema": {
			database("PRAGMA application_id = 0x54676c73", "PRAGMA user_version = 99"),
			[]string{"schema 99", "up to 1", "newer timeglas"},
		},
		"a journal without its tables": {
			database("PRAGMA application_id = 0x54676c73", "PRAGMA user_version = 1"),
			[]string{"tables"},
		},
		"no file":     {func(*testing.T, string) {}, []string{"missing"}},
		"a directory": {func(t *testing.T, path string) { _ = os.Mkdir(path, 0o700) }, []string{"not a regular file"}},
		"a link":      {func(t *testing.T, path string) { _ = os.Symlink("/etc/passwd", path) }, []string{"not a regular file"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, j := newCase(t)
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "cases", "case", "case.db")
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			test.put(t, path)
			before, _ := os.ReadFile(path)
			_, err := openHome(t, dir).Open(t.Context(), "case")
			mustBeFault(t, err, fault.Damaged, append(test.words, "case case")...)
			if after, _ := os.ReadFile(path); string(after) != string(before) && !strings.Contains(name, "tables") {
				t.Error("the file was changed")
			}
		})
	}
}

func TestEvidenceIsStoredOnceUnderItsHashForReadingOnly(t *testing.T) {
	dir, _ := newCase(t)
	home := openHome(t, dir)
	content := strings.Repeat("log line\n", 100_000)
	sum := sha256.Sum256([]byte(content))
	for range 2 {
		got, size, err := home.Attach(t.Context(), "case", strings.NewReader(content))
		if err != nil || got != hex.EncodeToString(sum[:]) || size != int64(len(content)) {
			t.Fatalf("attached %s, %d bytes, %v", got, size, err)
		}
	}
	if _, _, err := home.Attach(t.Context(), "case", strings.NewReader("")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(dir, "cases", "case", "evidence"))
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, not 2 (%v)", len(files), err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode() != 0o400 {
			t.Errorf("%s has mode %v (%v)", f.Name(), info.Mode(), err)
		}
	}
	stored, err := os.ReadFile(filepath.Join(dir, "cases", "case", "evidence", hex.EncodeToString(sum[:])))
	if err != nil || string(stored) != content {
		t.Errorf("other content is stored (%v)", err)
	}
}

func TestEvidenceThatCannotBeReadLeavesNothing(t *testing.T) {
	dir, _ := newCase(t)
	broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("the cable was pulled")))
	_, _, err := openHome(t, dir).Attach(t.Context(), "case", broken)
	mustBeFault(t, err, fault.Failed, "evidence of case case", "the cable was pulled")
	if left, _ := os.ReadDir(filepath.Join(dir, "cases", "case", "evidence")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
