package storage_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
)

// withoutTriggers changes a journal as somebody would who means to.
func withoutTriggers(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db := foreign(t, dir)
	rows, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var drops []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		drops = append(drops, "DROP TRIGGER "+name)
	}
	if err := rows.Close(); err != nil || len(drops) != 9 {
		t.Fatalf("%d triggers, not 9 (%v)", len(drops), err)
	}
	for _, s := range append(drops, statements...) {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// The journal has five entries; the fifth redacts the second.
func TestVerifyFindsTheFirstBadEntry(t *testing.T) {
	const one = "UPDATE entries SET "
	tests := map[string]struct {
		do   string
		seq  int64
		why  string
		read int64 // the entry that reading names; 0 when it has no need to look
	}{
		"another author in the column":    {one + "author = 'bo' WHERE seq = 3", 3, "columns", 0},
		"another kind in the column":      {one + "kind = 'action' WHERE seq = 3", 3, "columns", 0},
		"another id in the column":        {one + "id = '01ARZ3NDEKTSV4RRFFQ69G5FAV' WHERE seq = 3", 3, "columns", 0},
		"another time in the column":      {one + "occurred = occurred + 1 WHERE seq = 3", 3, "columns", 0},
		"no time in the column":           {one + "occurred = NULL WHERE seq = 3", 3, "columns", 0},
		"another recorded in the column":  {one + "recorded = recorded - 1 WHERE seq = 3", 3, "columns", 0},
		"another target in the column":    {one + "target = 'x' WHERE seq = 3", 3, "columns", 0},
		"another hash in the column":      {one + "hash = zeroblob(32) WHERE seq = 3", 3, "columns", 0},
		"another author in the head":      {one + "head = CAST(replace(CAST(head AS TEXT), 'anna', 'anne') AS BLOB), author = 'anne' WHERE seq = 3", 3, "columns", 3},
		"a head that is none":             {one + "head = x'00' WHERE seq = 3", 3, "head", 3},
		"a redaction with another target": {one + "target = (SELECT id FROM entries WHERE seq = 4) WHERE seq = 5", 2, "no redaction", 0},
		"another text":                    {"UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'ten', 'two') AS BLOB) WHERE seq = 4", 4, "not the one that was sealed", 4},
		"another salt":                    {"UPDATE bodies SET salt = zeroblob(32) WHERE seq = 4", 4, "not the one that was sealed", 4},
		"a text that is gone":             {"DELETE FROM bodies WHERE seq = 4", 4, "no redaction", 4},
		"a redacted text that is back":    {"INSERT INTO bodies SELECT 2, salt, body FROM bodies WHERE seq = 1", 2, "not the one that was sealed", 2},
		"a text of no entry":              {"PRAGMA foreign_keys = OFF; INSERT INTO bodies SELECT 9, salt, body FROM bodies WHERE seq = 1", 0, "1 texts belong to no entry", 0},
		"an entry that is gone":           {"PRAGMA foreign_keys = OFF; DELETE FROM entries WHERE seq = 3; DELETE FROM bodies WHERE seq = 3", 3, "sequence is 4, not 3", 3},
		"the first entry gone":            {"PRAGMA foreign_keys = OFF; DELETE FROM entries WHERE seq = 1; DELETE FROM bodies WHERE seq = 1", 1, "sequence is 2, not 1", 1},
		"two entries exchanged":           {one + "seq = 99 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 99", 3, "", 3},
		"another identity":                {"UPDATE journal SET mark = 'exercise'", 1, "another journal", 1},
		"an index without a row":          {"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'redactions'; PRAGMA writable_schema = OFF", 0, "structure", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, j := newCase(t, notes(4)...)
			appendTo(t, j, redaction(read(t, j)[1].ID))
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			withoutTriggers(t, dir, "PRAGMA foreign_keys = OFF", test.do)
			j = open(t, dir)
			r := verify(t, j)
			if r.OK || r.FirstBad == nil || r.FirstBad.Seq != test.seq || !strings.Contains(r.FirstBad.Why, test.why) {
				t.Fatalf("ok %v, first bad %+v", r.OK, r.FirstBad)
			}
			if _, err := j.Read(t.Context(), timeline.Tip{}); test.read != 0 {
				mustBeFault(t, err, fault.Damaged, fmt.Sprintf("entry %d", test.read))
			} else if err != nil {
				t.Errorf("reading: %v", err)
			}
		})
	}
}

func TestARedactedTextThatIsBackIsFound(t *testing.T) {
	dir, j := newCase(t, notes(2)...)
	target := read(t, j)[1].ID
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	withoutTriggers(t, dir, "CREATE TABLE kept AS SELECT * FROM bodies WHERE seq = 2")
	j = open(t, dir)
	appendTo(t, j, redaction(target))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	db := foreign(t, dir)
	if _, err := db.ExecContext(t.Context(), "INSERT INTO bodies SELECT * FROM kept"); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, open(t, dir)); r.OK || r.FirstBad.Seq != 2 || !strings.Contains(r.FirstBad.Why, "still there") {
		t.Errorf("%+v", r.FirstBad)
	}
}

func TestAFullDiskSaysSoAndSavingWorksAgainAfterwards(t *testing.T) {
	_, j := newCase(t, note("first"))
	if err := storage.ExecOnAllConnections(t.Context(), j, "PRAGMA max_page_count = 20"); err != nil {
		t.Fatal(err)
	}
	tip, _ := j.Tip(t.Context())
	_, err := j.Append(t.Context(), tip, note("small"), note(strings.Repeat("x", 1<<20)))
	mustBeFault(t, err, fault.Failed, "case case", "disk is full", "nothing was saved")
	if now, _ := j.Tip(t.Context()); now != tip {
		t.Fatal("something was saved")
	}
	if err := storage.ExecOnAllConnections(t.Context(), j, "PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, j, note(strings.Repeat("x", 1<<20)))
	if r := verify(t, j); !r.OK || r.Entries != 2 {
		t.Errorf("%+v", r.FirstBad)
	}
}

func TestALockThatIsHeldTooLongSaysSo(t *testing.T) {
	dir, j := newCase(t, note("first"))
	if err := storage.ExecOnAllConnections(t.Context(), j, "PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	db := foreign(t, dir)
	if _, err := db.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	tip, _ := j.Tip(t.Context())
	_, err := j.Append(t.Context(), tip, note("second"))
	mustBeFault(t, err, fault.Failed, "case case", "locked for too long")
	if n := len(read(t, j)); n != 1 {
		t.Errorf("a writer stops a reader: %d entries", n)
	}
	if _, err := db.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, j, note("second"))
}

func TestAMigrationThatFailsLeavesTheSchemaBeforeIt(t *testing.T) {
	first, err := os.ReadFile("migrations/0001_journal.sql")
	if err != nil {
		t.Fatal(err)
	}
	dir, j := newCase(t, notes(2)...)
	files := fstest.MapFS{
		"migrations/0001_journal.sql": {Data: first},
		"migrations/0002_good.sql":    {Data: []byte("CREATE TABLE good (x);")},
		"migrations/0003_bad.sql":     {Data: []byte("CREATE TABLE half (x); CREATE TABLE good (x);")},
	}
	if err := storage.Migrate(t.Context(), j, files); err == nil {
		t.Fatal("the bad migration went through")
	}
	if v, err := storage.Version(t.Context(), j); err != nil || v != 2 {
		t.Errorf("schema %d, not 2 (%v)", v, err)
	}
	if r := verify(t, j); !r.OK || r.Entries != 2 {
		t.Errorf("%+v", r.FirstBad)
	}
	var halves int
	err = foreign(t, dir).QueryRowContext(t.Context(), "SELECT count(*) FROM sqlite_schema WHERE name = 'half'").Scan(&halves)
	if err != nil || halves != 0 {
		t.Errorf("half of a migration is there (%v)", err)
	}
	delete(files, "migrations/0002_good.sql")
	if err := storage.Migrate(t.Context(), j, files); err == nil {
		t.Error("a gap in the numbers went unnoticed")
	}
}
