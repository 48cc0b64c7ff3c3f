package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/storage"
	"timeglas/timeline"
)

var start = time.Date(2026, 11, 19, 7, 32, 0, 123456789, time.UTC)

func note(text string) timeline.Draft {
	return timeline.Draft{Kind: timeline.KindNote, Occurred: when.At(start), Recorded: start, Author: "anna", Text: text}
}

func notes(n int) []timeline.Draft {
	drafts := make([]timeline.Draft, n)
	for i := range drafts {
		drafts[i] = note(fmt.Sprintf("Called the supplier of the archive, ticket %d: the pages go down at ten.", i+1))
	}
	return drafts
}

func redaction(target string) timeline.Draft {
	d := note("holds a number that does not belong here")
	d.Kind, d.Target = timeline.KindRedaction, target
	return d
}

func openHome(t testing.TB, dir string) *storage.Home {
	t.Helper()
	home, err := storage.OpenHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	return home
}

// newCase makes a case named "case" in a home of its own and opens it.
func newCase(t testing.TB, drafts ...timeline.Draft) (dir string, j *storage.Journal) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "home")
	home := openHome(t, dir)
	if _, err := home.Create(t.Context(), "case", timeline.NewIdentity(timeline.MarkCase), drafts...); err != nil {
		t.Fatal(err)
	}
	return dir, open(t, dir)
}

func open(t testing.TB, dir string) *storage.Journal {
	t.Helper()
	j, err := openHome(t, dir).Open(context.Background(), "case")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

// appendTo appends at the end, as the only writer.
func appendTo(t testing.TB, j *storage.Journal, drafts ...timeline.Draft) []timeline.Entry {
	t.Helper()
	tip, err := j.Tip(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := j.Append(t.Context(), tip, drafts...)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func read(t testing.TB, j *storage.Journal) []timeline.Entry {
	t.Helper()
	entries, err := j.Read(t.Context(), timeline.Tip{})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func verify(t testing.TB, j *storage.Journal) storage.Report {
	t.Helper()
	report, err := j.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func mustBeFault(t *testing.T, err error, code fault.Code, words ...string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("want a fault of code %d, got %v", code, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}

// foreign opens the file as another program would: without any of our settings.
func foreign(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "cases", "case", "case.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestTheSQLiteInUseHasNoKnownCorruptionBug(t *testing.T) {
	_, j := newCase(t)
	got, err := storage.SQLiteVersion(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(got, "%d.%d.%d", &major, &minor, &patch); err != nil {
		t.Fatal(err)
	}
	if major*1_000_000+minor*1_000+patch < 3_051_003 {
		t.Errorf("SQLite %s is older than 3.51.3, whose WAL reset is safe with several processes", got)
	}
}

func TestEveryConnectionHasTheSettings(t *testing.T) {
	_, j := newCase(t)
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "busy_timeout": "10000",
		"foreign_keys": "1", "trusted_schema": "0", "secure_delete": "1",
	}
	for name, want := range want {
		values, err := storage.PragmaOfAllConnections(t.Context(), j, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range values {
			if got != want {
				t.Errorf("connection %d has %s = %s, not %s", i, name, got, want)
			}
		}
	}
}

func TestWhatIsAppendedIsReadBack(t *testing.T) {
	dir, j := newCase(t, note("first"))
	d := note("Ærø åbnede 🔓 a\tb\nc")
	d.Kind, d.Tags, d.Data = timeline.KindDecision, []string{"x", "å"}, map[string]int{"n": 3}
	d.Occurred = when.Around(start.In(time.FixedZone("", 3600)), time.Minute)
	appended := appendTo(t, j, d, note("third"))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	entries := read(t, open(t, dir))
	if len(entries) != 3 {
		t.Fatalf("%d entries, not 3", len(entries))
	}
	for i, want := range appended {
		got := entries[i+1]
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("read\n%+v, appended\n%+v", got, want)
		}
	}
	if got := entries[1].Body; got.Text != d.Text || string(got.Data) != `{"n":3}` || len(got.Tags) != 2 {
		t.Errorf("body %+v", got)
	}
}

func TestReadGivesOnlyWhatFollowsTheTip(t *testing.T) {
	_, j := newCase(t, notes(5)...)
	all := read(t, j)
	rest, err := j.Read(t.Context(), all[2].Tip())
	if err != nil || len(rest) != 2 || rest[0].Seq != 4 {
		t.Errorf("read %d entries after the third: %v", len(rest), err)
	}
	rest, err = j.Read(t.Context(), all[4].Tip())
	if err != nil || len(rest) != 0 {
		t.Errorf("read %d entries after the last: %v", len(rest), err)
	}
	tip, err := j.Tip(t.Context())
	if err != nil || tip != all[4].Tip() {
		t.Errorf("tip %v, %v", tip, err)
	}
}

func TestATipOfAnotherJournalIsDamage(t *testing.T) {
	_, j := newCase(t, notes(3)...)
	_, other := newCase(t, notes(3)...)
	for _, e := range read(t, other) {
		_, err := j.Read(t.Context(), e.Tip())
		mustBeFault(t, err, fault.Damaged)
	}
	_, err := j.Read(t.Context(), timeline.Tip{Seq: 9})
	mustBeFault(t, err, fault.Damaged)
}

func TestAnAppendAfterAnOldTipSaysThatTheJournalMoved(t *testing.T) {
	_, j := newCase(t, note("first"))
	old, _ := j.Tip(t.Context())
	appendTo(t, j, note("second"))
	_, err := j.Append(t.Context(), old, note("late"))
	if !errors.Is(err, timeline.ErrMoved) {
		t.Fatalf("got %v", err)
	}
	mustBeFault(t, err, fault.Conflict)
	if n := len(read(t, j)); n != 2 {
		t.Errorf("%d entries, not 2", n)
	}
}

func TestAnAppendIsWhollyThereOrNotAtAll(t *testing.T) {
	_, j := newCase(t, note("first"))
	tip, _ := j.Tip(t.Context())
	bad := map[string]timeline.Draft{
		"a kind that cannot be":    {Kind: "No Kind", Occurred: when.Never(), Recorded: start, Author: "anna"},
		"a text that is too long":  note(strings.Repeat("x", timeline.MaxBody+1)),
		"a redaction of nothing":   redaction("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
		"a redaction of no target": redaction(""),
	}
	for name, d := range bad {
		t.Run(name, func(t *testing.T) {
			if _, err := j.Append(t.Context(), tip, note("good"), d); err == nil {
				t.Fatal("appended")
			}
			if now, err := j.Tip(t.Context()); err != nil || now != tip {
				t.Errorf("the tip moved to %v (%v)", now, err)
			}
		})
	}
	if r := verify(t, j); !r.OK {
		t.Errorf("%+v", r.FirstBad)
	}
}

func TestACancelledAppendAddsNothing(t *testing.T) {
	_, j := newCase(t, note("first"))
	tip, _ := j.Tip(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := j.Append(ctx, tip, note("second"))
	mustBeFault(t, err, fault.Failed, "interrupted")
	if now, _ := j.Tip(t.Context()); now != tip {
		t.Error("the tip moved")
	}
}

func TestARedactionDeletesTheTextFromEveryFile(t *testing.T) {
	const secret = "the-secret-text-of-entry-two"
	dir, j := newCase(t, note("first"), note(strings.Repeat(secret+" ", 500)), note("third"))
	entries := read(t, j)
	appendTo(t, j, redaction(entries[1].ID))

	after := read(t, j)
	if e := after[1]; !e.Redacted || e.Body.Text != "" || e.Hash != entries[1].Hash {
		t.Errorf("the redacted entry reads %+v", e)
	}
	r := verify(t, j)
	if !r.OK || r.Entries != 4 || r.Head != after[3].Hash {
		t.Fatalf("%+v %+v", r, r.FirstBad)
	}
	want := storage.Redaction{Seq: 2, ID: entries[1].ID, By: 4, Who: "anna", At: start.Truncate(time.Microsecond)}
	if len(r.Redacted) != 1 || r.Redacted[0] != want {
		t.Errorf("redacted: %+v", r.Redacted)
	}
	tip, _ := j.Tip(t.Context())
	_, err := j.Append(t.Context(), tip, redaction(entries[1].ID))
	mustBeFault(t, err, fault.Refused, "already")
	// Looked at after closing: opening a database's file drops the locks on it.
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "cases", "case", "*"))
	for _, f := range files {
		if b, err := os.ReadFile(f); err != nil || strings.Contains(string(b), secret) {
			t.Errorf("%s still has the text (%v)", filepath.Base(f), err)
		}
	}
}

func TestARedactionEmptiesTheWriteAheadFileAtOnce(t *testing.T) {
	dir, j := newCase(t)
	e := appendTo(t, j, note("secret"))
	wal := filepath.Join(dir, "cases", "case", "case.db-wal")
	if info, err := os.Stat(wal); err != nil || info.Size() == 0 {
		t.Fatalf("no -wal file to empty: %v", err)
	}
	appendTo(t, j, redaction(e[0].ID))
	if info, err := os.Stat(wal); err != nil || info.Size() != 0 {
		t.Errorf("the -wal file is not empty: %v", err)
	}
}

func TestTheTablesRefuseOtherPrograms(t *testing.T) {
	dir, j := newCase(t, notes(3)...)
	entries := read(t, j)
	appendTo(t, j, redaction(entries[1].ID))
	db := foreign(t, dir)
	const columns = "(seq, id, kind, recorded, author, head, hash)"
	for _, statement := range []string{
		"UPDATE entries SET author = 'bo'",
		"UPDATE OR REPLACE entries SET seq = 2 WHERE seq = 1",
		"DELETE FROM entries",
		"DELETE FROM entries WHERE seq = 4",
		"REPLACE INTO entries " + columns + " SELECT 2, 'X', kind, recorded, author, head, hash FROM entries WHERE seq = 1",
		"REPLACE INTO entries " + columns + " SELECT 5, id, kind, recorded, author, head, hash FROM entries WHERE seq = 1",
		"INSERT INTO entries " + columns + " SELECT 9, 'X', kind, recorded, author, head, hash FROM entries WHERE seq = 1",
		"INSERT INTO entries " + columns + " SELECT NULL, 'X', kind, recorded, author, head, hash FROM entries WHERE seq = 1",
		"INSERT INTO entries " + columns + " SELECT -1, 'X', kind, recorded, author, head, hash FROM entries WHERE seq = 1",
		"INSERT INTO entries " + columns + " SELECT 1, 'X', kind, recorded, author, head, hash FROM entries WHERE seq = 1 ON CONFLICT DO UPDATE SET author = 'bo'",
		"UPDATE bodies SET body = x'00'",
		"DELETE FROM bodies",
		"DELETE FROM bodies WHERE seq = 4",
		"REPLACE INTO bodies VALUES (1, zeroblob(32), x'00')",
		"INSERT INTO bodies VALUES (2, zeroblob(32), x'00')", // redacted
		"INSERT INTO bodies VALUES (9, zeroblob(32), x'00')", // no such entry
		"UPDATE journal SET mark = 'case'",
		"DELETE FROM journal",
		"REPLACE INTO journal VALUES (1, 'case', 'X')",
	} {
		_, err := db.ExecContext(t.Context(), statement)
		var refused *sqlite.Error
		if !errors.As(err, &refused) || refused.Code() != sqlite3.SQLITE_CONSTRAINT_TRIGGER {
			t.Errorf("not refused by a trigger: %s: %v", statement, err)
		}
	}
	if r := verify(t, j); !r.OK || r.Entries != 4 {
		t.Errorf("%+v %+v", r, r.FirstBad)
	}
}
