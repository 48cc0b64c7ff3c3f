package storage_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/storage/bundle"
	"timeglas/timeline"
)

var plain = bundle.Lock{}

func attached(t testing.TB, dir, content string) string {
	t.Helper()
	sum, _, err := openHome(t, dir).Attach(t.Context(), "case", strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func backup(t testing.TB, dir, out string, lock bundle.Lock) storage.Copy {
	t.Helper()
	c, err := openHome(t, dir).Backup(t.Context(), "case", out, lock, start)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func openBundle(t testing.TB, path string, keys bundle.Keys) *storage.Bundle {
	t.Helper()
	b, err := storage.OpenBundle(path, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func restore(t testing.TB, dir, path string) storage.Restored {
	t.Helper()
	done, err := openHome(t, dir).Restore(t.Context(), openBundle(t, path, bundle.Keys{}), storage.Restoring{Author: "anna", Now: start})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestARestoredCaseIsTheOneThatWasBackedUp(t *testing.T) {
	dir, j := newCase(t, notes(20)...)
	sum := attached(t, dir, "proof")
	before := verify(t, j)
	out := filepath.Join(t.TempDir(), "case.backup")
	c := backup(t, dir, out, plain)
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 || c.Size != info.Size() || c.Files != 1 {
		t.Errorf("%+v, %v, %v", c, info.Mode(), err)
	}

	other := filepath.Join(t.TempDir(), "other")
	done := restore(t, other, out)
	again := open(t, other)
	if done.Identity != j.Identity() || again.Identity() != j.Identity() || done.Files != 1 {
		t.Errorf("%+v", done)
	}
	if after := verify(t, again); !after.OK || after.Head != before.Head || after.Entries != before.Entries {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	info, err := os.Stat(filepath.Join(other, "cases", "case", "evidence", sum))
	if err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("the evidence: %v, %v", info, err)
	}
	appendTo(t, again, note("the work goes on"))
	mustHoldOnly(t, filepath.Dir(out), "case.backup")
}

// mustHoldOnly looks for what was left behind.
func mustHoldOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(names) {
		t.Errorf("%s holds %q, not %q", dir, got, names)
	}
}

func TestABackupReplacesNoFileAndNoCase(t *testing.T) {
	dir, _ := newCase(t, note("one"))
	folder := t.TempDir()
	out := filepath.Join(folder, "b")
	backup(t, dir, out, plain)
	_, err := openHome(t, dir).Backup(t.Context(), "case", out, plain, start)
	mustBeFault(t, err, fault.Exists, out, "choose another name")
	_, err = openHome(t, dir).Restore(t.Context(), openBundle(t, out, bundle.Keys{}), storage.Restoring{Author: "anna", Now: start})
	mustBeFault(t, err, fault.Exists, "case case", "--ref")

	home := openHome(t, filepath.Join(t.TempDir(), "drills"))
	if _, err := home.Create(t.Context(), "case", timeline.NewIdentity(timeline.MarkExercise), note("drill")); err != nil {
		t.Fatal(err)
	}
	_, err = home.Restore(t.Context(), openBundle(t, out, bundle.Keys{}), storage.Restoring{Author: "anna", Now: start})
	mustBeFault(t, err, fault.Exists)
	mustHoldOnly(t, folder, "b")
}

// TestABackupUnderEightWritersHoldsAllThatWasAcknowledgedBefore: each writer is a
// process of its own.
func TestABackupUnderEightWritersHoldsAllThatWasAcknowledgedBefore(t *testing.T) {
	const writers, each = 8, 60
	dir, _ := newCase(t, note("first"))
	acknowledged := make(chan struct{}, writers*each)
	finished := make(chan error, writers)
	for range writers {
		cmd := child(t, "append", dir, fmt.Sprint(each))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				acknowledged <- struct{}{}
			}
			finished <- cmd.Wait()
		}()
	}
	var copies []storage.Copy
	for n, done := 0, 0; done < writers; {
		select {
		case <-acknowledged:
			if n++; n%100 == 0 {
				out := filepath.Join(t.TempDir(), "b")
				c := backup(t, dir, out, plain)
				if c.Tip.Seq < int64(n)+1 {
					t.Errorf("%d entries were acknowledged, and %d are in the backup", n+1, c.Tip.Seq)
				}
				copies = append(copies, c)
			}
		case err := <-finished:
			if err != nil {
				t.Fatal(err)
			}
			done++
		}
	}
	for _, c := range copies {
		report, err := openBundle(t, c.Path, bundle.Keys{}).Verify(t.Context())
		if err != nil || !report.OK || report.Entries != c.Tip.Seq {
			t.Errorf("%+v, %v", report, err)
		}
	}
	if len(copies) < 3 {
		t.Errorf("only %d backups were made", len(copies))
	}
	t.Logf("%d backups under %d writers, all whole", len(copies), writers)
}

func TestWhatWasRedactedAfterTheBackupIsRedactedInWhatItRestores(t *testing.T) {
	const secret = "a name that must go"
	dir, j := newCase(t, note("one"))
	target := appendTo(t, j, note(secret))[0]
	out := filepath.Join(t.TempDir(), "b")
	backup(t, dir, out, plain)
	appendTo(t, j, redaction(target.ID))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "cases", "case")); err != nil {
		t.Fatal(err)
	}

	if done := restore(t, dir, out); done.Redacted != 1 {
		t.Errorf("%+v", done)
	}
	again := open(t, dir)
	report := verify(t, again)
	if !report.OK || len(report.Redacted) != 1 || report.Redacted[0].Seq != target.Seq {
		t.Errorf("%+v", report)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	mustNotBeIn(t, filepath.Join(dir, "cases"), secret)
}

// mustNotBeIn searches the bytes of every file.
func mustNotBeIn(t *testing.T, dir, text string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			t.Errorf("%s still holds it", path)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files were searched: %v", files, err)
	}
}

func TestARedactedBodyAndItsSaltAreGoneFromTheFiles(t *testing.T) {
	dir, j := newCase(t, notes(50)...)
	target := appendTo(t, j, note("a name that must go"))[0]
	appendTo(t, j, notes(50)...)
	appendTo(t, j, redaction(target.ID))
	mustNotBeIn(t, dir, "a name that must go") // while the case is still open
}

func TestABrokenBundleRestoresNothing(t *testing.T) {
	dir, _ := newCase(t, notes(30)...)
	attached(t, dir, "proof of something")
	out := filepath.Join(t.TempDir(), "b")
	backup(t, dir, out, plain)
	good, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"empty":            {},
		"another file":     []byte("PK\x03\x04 and so on"),
		"cut short":        good[:len(good)/2],
		"a changed body":   bytes.Replace(good, []byte("ticket 7:"), []byte("ticket 8:"), 1),
		"changed evidence": bytes.Replace(good, []byte("proof of something"), []byte("PROOF of something"), 1),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad")
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			other := filepath.Join(t.TempDir(), "other")
			b, err := storage.OpenBundle(path, bundle.Keys{})
			if err == nil {
				_, verifyErr := b.Verify(t.Context())
				mustBeFault(t, verifyErr, fault.Damaged, path)
				_, err = openHome(t, other).Restore(t.Context(), b, storage.Restoring{Author: "anna", Now: start})
				mustHoldOnly(t, filepath.Join(other, "cases"))
				_ = b.Close()
			}
			mustBeFault(t, err, fault.Damaged)
		})
	}
}

func TestNoBackupIsMadeOfADamagedCase(t *testing.T) {
	dir, _ := newCase(t, note("one"))
	sum := attached(t, dir, "proof")
	path := filepath.Join(dir, "cases", "case", "evidence", sum)
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("PROOF"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	_, err := openHome(t, dir).Backup(t.Context(), "case", filepath.Join(folder, "b"), plain, start)
	mustBeFault(t, err, fault.Damaged, sum)
	mustHoldOnly(t, folder)
}

func TestAnArchiveOpensForItsRecipientAndHoldsNothingPlain(t *testing.T) {
	dir, j := newCase(t, note("a text of the case"))
	attached(t, dir, "proof of something")
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "archive")
	backup(t, dir, out, bundle.Lock{Recipients: []string{key.Recipient().String()}})
	mustNotBeIn(t, filepath.Dir(out), "a text of the case")
	mustNotBeIn(t, filepath.Dir(out), "proof of something")
	_, err = storage.OpenBundle(out, bundle.Keys{})
	mustBeFault(t, err, fault.Refused, out, "encrypted")
	b := openBundle(t, out, bundle.Keys{Identities: key.String()})
	if report, err := b.Verify(t.Context()); err != nil || !report.OK {
		t.Errorf("%+v, %v", report, err)
	}
	other := filepath.Join(t.TempDir(), "other")
	done, err := openHome(t, other).Restore(t.Context(), b, storage.Restoring{Ref: "case", Author: "anna", Now: start})
	if err != nil || done.Identity != j.Identity() || done.Files != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestAutomaticBackupsAreMadeWhenDueAndTheOldestGo(t *testing.T) {
	dir, j := newCase(t, note("one"))
	attached(t, dir, "proof")
	home := openHome(t, dir)
	policy := storage.Policy{Every: time.Hour, Keep: 3}
	tipOf := func() timeline.Tip {
		tip, err := j.Tip(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return tip
	}
	due := func(now time.Time, want bool) {
		t.Helper()
		made, err := home.BackupIfDue(t.Context(), "case", tipOf(), policy, now)
		if err != nil || made != want {
			t.Fatalf("made: %v, %v", made, err)
		}
	}
	due(start, true)
	due(start.Add(2*time.Hour), false) // nothing is new
	appendTo(t, j, note("two"))
	due(start.Add(59*time.Minute), false)
	due(start.Add(time.Hour), true)
	appendTo(t, j, note("three"))
	due(start.Add(-time.Hour), true) // a clock was set back
	for i := range 3 {
		appendTo(t, j, note("more"))
		due(start.Add(time.Duration(i+5)*time.Hour), true)
	}
	saved, err := home.Backups("case", policy)
	if err != nil || len(saved) != 3 || saved[0].Seq != 6 || !saved[0].Holds(tipOf()) {
		t.Fatalf("%+v, %v", saved, err)
	}
	if never, err := home.BackupNow(t.Context(), "case", storage.Policy{}, start); never || err != nil {
		t.Errorf("made without a policy: %v", err)
	}

	other := filepath.Join(t.TempDir(), "other")
	if done := restore(t, other, saved[0].Path); done.Files != 1 || done.Report.Entries != 6 {
		t.Errorf("%+v", done)
	}
	mustHoldOnly(t, filepath.Join(other, "cases", "case"), "case.db", "evidence")
}

func TestADisposedCaseIsGoneWithItsKeysAndItsAutomaticBackups(t *testing.T) {
	dir, j := newCase(t, note("one"))
	attached(t, dir, "proof")
	for _, ref := range []string{"case", "other"} {
		if err := os.MkdirAll(filepath.Join(dir, "keys", "cases", ref), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	home := openHome(t, dir)
	policy := storage.Policy{Every: time.Hour, Keep: 3}
	if made, err := home.BackupNow(t.Context(), "case", policy, start); !made || err != nil {
		t.Fatal(made, err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := home.Dispose(t.Context(), "case", policy); err != nil {
		t.Fatal(err)
	}
	mustHoldOnly(t, filepath.Join(dir, "cases"))
	mustHoldOnly(t, filepath.Join(dir, "backups"))
	mustHoldOnly(t, filepath.Join(dir, "keys", "cases"), "other")
	_, err := home.Open(t.Context(), "case")
	mustBeFault(t, err, fault.NotFound)
}

func TestTheRegisterOutlivesTheCases(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home")
	if has, err := openHome(t, dir).HasRegister(); has || err != nil {
		t.Errorf("%v, %v", has, err)
	}
	for range 2 {
		r, err := openHome(t, dir).Register(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if r.Identity().Mark != timeline.MarkRegister {
			t.Errorf("%v", r.Identity())
		}
		appendTo(t, r, note("a record"))
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r, err := openHome(t, dir).Register(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if report := verify(t, r); !report.OK || report.Entries != 2 {
		t.Errorf("%+v", report)
	}
}
