package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
)

// spoil changes the text of an entry, past the triggers.
func spoil(t *testing.T, dir string, seq string) {
	t.Helper()
	withoutTriggers(t, dir, "UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'ten', 'two') AS BLOB) WHERE seq = "+seq)
}

func TestDamageLeavesTheEntriesBeforeItReadableAndNothingWritable(t *testing.T) {
	dir, j := newCase(t, notes(9)...)
	tip := read(t, j)[8].Tip()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, "6")
	j = open(t, dir)
	mustBeFault(t, j.Restriction(), fault.Damaged, "case case", "entry 6 is damaged", "reading only", "backup")
	entries, err := j.Read(t.Context(), timeline.Tip{})
	mustBeFault(t, err, fault.Damaged, "entry 6 is damaged")
	if len(entries) != 5 || entries[4].Seq != 5 {
		t.Errorf("%d entries before the damage", len(entries))
	}
	_, err = j.Append(t.Context(), tip, note("more"))
	mustBeFault(t, err, fault.Damaged, "entry 6 is damaged")
	if end, err := j.Tip(t.Context()); err != nil || end != tip {
		t.Errorf("something was written after the damage: %v, %v", end, err)
	}
}

func TestOldDamageIsFoundByReadingAndStopsWritingFromThenOn(t *testing.T) {
	const many = 300 // more than opening looks at
	dir, j := newCase(t, notes(many)...)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, "7")
	j = open(t, dir)
	if err := j.Restriction(); err != nil {
		t.Fatalf("opening read the whole journal: %v", err)
	}
	entries, err := j.Read(t.Context(), timeline.Tip{})
	mustBeFault(t, err, fault.Damaged, "entry 7 is damaged")
	if len(entries) != 6 {
		t.Errorf("%d entries", len(entries))
	}
	_, err = j.Append(t.Context(), timeline.Tip{}, note("more"))
	mustBeFault(t, err, fault.Damaged, "entry 7 is damaged")
}

func TestOpeningFindsWhatIsWrongWithTheNewestEntries(t *testing.T) {
	for name, do := range map[string]string{
		"a column":               "UPDATE entries SET author = 'bo' WHERE seq = 299",
		"a hash":                 "UPDATE entries SET hash = zeroblob(32) WHERE seq = 60",
		"a text that is gone":    "DELETE FROM bodies WHERE seq = 298",
		"an entry that is gone":  "DELETE FROM bodies WHERE seq = 100; DELETE FROM entries WHERE seq = 100",
		"the one before them":    "DELETE FROM bodies WHERE seq = 44; DELETE FROM entries WHERE seq = 44",
		"a head":                 "UPDATE entries SET head = x'00' WHERE seq = 200",
		"a sequence of millions": "UPDATE entries SET seq = 9000000000 WHERE seq = 300",
	} {
		t.Run(name, func(t *testing.T) {
			dir, j := newCase(t, notes(300)...)
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			withoutTriggers(t, dir, "PRAGMA foreign_keys = OFF", do)
			mustBeFault(t, open(t, dir).Restriction(), fault.Damaged, "case case", "entry ")
		})
	}
}

func TestTheCheckInTheBackgroundFindsABrokenPage(t *testing.T) {
	dir, j := newCase(t, notes(600)...)
	if err := j.Check(t.Context()); err != nil {
		t.Fatalf("a whole file: %v", err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "cases", "case", "case.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for page := 20; page < len(whole)/4096 && found == 0; page++ {
		broken := append([]byte(nil), whole...)
		copy(broken[page*4096:], make([]byte, 64)) // the header of the page
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := openHome(t, dir).Open(t.Context(), "case")
		if err != nil || j.Restriction() != nil {
			continue // found already
		}
		if err := j.Check(t.Context()); err != nil {
			found++
			mustBeFault(t, err, fault.Damaged, "case case", "check of the file failed")
			mustBeFault(t, j.Restriction(), fault.Damaged, "check of the file failed")
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if found == 0 {
		t.Error("no page was found broken in the background")
	}
}

func TestEvidenceThatWasChangedIsFoundByName(t *testing.T) {
	dir, j := newCase(t, notes(2)...)
	sum, _, err := openHome(t, dir).Attach(t.Context(), "case", strings.NewReader("proof"))
	if err != nil {
		t.Fatal(err)
	}
	if r := verify(t, j); !r.OK {
		t.Fatalf("%+v", r.FirstBad)
	}
	path := filepath.Join(dir, "cases", "case", "evidence", sum)
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("prooF"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, j); r.OK || r.FirstBad.Seq != 0 || !strings.Contains(r.FirstBad.Why, sum) {
		t.Errorf("%+v", r.FirstBad)
	}
	if err := errors.Join(os.Remove(path), os.Symlink("/dev/zero", path)); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, j); r.OK || !strings.Contains(r.FirstBad.Why, "not a file") {
		t.Errorf("%+v", r.FirstBad)
	}
}

func TestANetworkFileSystemIsRefusedUnlessItIsAllowed(t *testing.T) {
	dir, j := newCase(t, notes(2)...)
	if j.Override() != "" {
		t.Errorf("a local disk: %q", j.Override())
	}
	_, err := storage.OpenHome(dir, storage.On("nfs"))
	mustBeFault(t, err, fault.Failed, "home", "network file system (nfs)", "storage.allow_network_filesystem")
	fresh := filepath.Join(t.TempDir(), "a", "home")
	if _, err := storage.OpenHome(fresh, storage.On("smb")); err == nil {
		t.Error("a home is made on smb")
	}
	if _, err := os.Stat(filepath.Dir(fresh)); err == nil {
		t.Error("a directory was left behind where a home was refused")
	}
	home, err := storage.OpenHome(dir, storage.On("nfs"), storage.AllowNetworkFilesystem())
	if err != nil {
		t.Fatal(err)
	}
	allowed, err := home.Open(t.Context(), "case")
	if err != nil {
		t.Fatal(err)
	}
	defer allowed.Close()
	if got := allowed.Override(); got != "storage.allow_network_filesystem: nfs" {
		t.Errorf("%q", got)
	}
}
