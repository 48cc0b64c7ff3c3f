package storage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// signed is the checkpoint of the journal as it stands.
func signed(t testing.TB, dir string, j *storage.Journal) checkpoint.Checkpoint {
	t.Helper()
	r := verify(t, j)
	if !r.OK {
		t.Fatalf("%+v", r.FirstBad)
	}
	key, err := openHome(t, dir).SigningKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := key.Sign(r.Statement())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAJournalAgreesWithEveryCheckpointMadeOfIt(t *testing.T) {
	dir, j := newCase(t, notes(3)...)
	kept := []checkpoint.Checkpoint{signed(t, dir, j)}
	for range 5 {
		target := appendTo(t, j, notes(4)...)[1].ID
		kept = append(kept, signed(t, dir, j))
		appendTo(t, j, redaction(target)) // a redaction changes no root
	}
	r, err := j.Verify(t.Context(), kept...)
	if err != nil || !r.OK || len(r.Compared) != len(kept) {
		t.Fatalf("%+v, %+v, %v", r.FirstBad, r.Compared, err)
	}
	for i, c := range r.Compared {
		if c.Why != "" || c.Checkpoint.Entries != kept[i].Entries {
			t.Errorf("%+v", c)
		}
	}
}

func TestAShortenedJournalIsFoundByACheckpoint(t *testing.T) {
	dir, j := newCase(t, notes(6)...)
	old, kept := signed(t, dir, open(t, dir)), signed(t, dir, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	withoutTriggers(t, dir, "PRAGMA foreign_keys = OFF", "DELETE FROM bodies WHERE seq > 4", "DELETE FROM entries WHERE seq > 4")
	j = open(t, dir)
	if r := verify(t, j); !r.OK {
		t.Fatalf("the chain alone finds it: %+v", r.FirstBad)
	}
	r, err := j.Verify(t.Context(), kept, old)
	if err != nil || r.OK || r.FirstBad.Seq != 5 || !strings.Contains(r.FirstBad.Why, "shortened: it had 6 entries and has 4") {
		t.Fatalf("%+v, %v", r.FirstBad, err)
	}
}

// rewritten makes a second journal with the identity and the first entries of another
// one, and other entries after them: what somebody makes who has all rights.
func rewritten(t *testing.T, id timeline.Identity, drafts ...timeline.Draft) (string, *storage.Journal) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	if _, err := openHome(t, dir).Create(t.Context(), "case", id, drafts...); err != nil {
		t.Fatal(err)
	}
	return dir, open(t, dir)
}

func TestARewrittenJournalIsFoundByACheckpoint(t *testing.T) {
	dir, j := newCase(t, notes(6)...)
	kept := signed(t, dir, j)
	_, forged := rewritten(t, j.Identity(), notes(8)...)
	if r := verify(t, forged); !r.OK {
		t.Fatalf("the chain alone finds it: %+v", r.FirstBad)
	}
	r, err := forged.Verify(t.Context(), kept)
	if err != nil || r.OK || r.FirstBad.Seq != 1 || !strings.Contains(r.FirstBad.Why, "rewritten: one of the entries 1 to 6") {
		t.Fatalf("%+v, %v", r.FirstBad, err)
	}
}

func TestCheckpointsThatAgreeNarrowDownWhatWasRewritten(t *testing.T) {
	dir, j := newCase(t, notes(2)...)
	agreed := signed(t, dir, j)
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	appendTo(t, j, notes(3)...)
	kept := signed(t, dir, j)
	forged := open(t, copied)
	appendTo(t, forged, notes(3)...) // other ids and salts
	r, err := forged.Verify(t.Context(), kept, agreed)
	if err != nil || r.OK || r.FirstBad.Seq != 3 || !strings.Contains(r.FirstBad.Why, "one of the entries 3 to 5") {
		t.Fatalf("%+v, %v", r.FirstBad, err)
	}
	if len(r.Compared) != 2 || r.Compared[0].Why != "" || r.Compared[1].Why == "" {
		t.Errorf("%+v", r.Compared)
	}
}

func TestACheckpointOfAnotherJournalSaysSo(t *testing.T) {
	dir, j := newCase(t, notes(2)...)
	_, other := newCase(t, notes(9)...)
	r, err := other.Verify(t.Context(), signed(t, dir, j))
	if err != nil || r.OK || r.FirstBad.Seq != 0 || !strings.Contains(r.FirstBad.Why, "another journal") {
		t.Errorf("%+v, %v", r.FirstBad, err)
	}
}

func TestEachEntryIsProvedFromTheJournal(t *testing.T) {
	dir, j := newCase(t, notes(5)...)
	entries := read(t, j)
	appendTo(t, j, redaction(entries[1].ID))
	c := signed(t, dir, j)
	appendTo(t, j, note("after the checkpoint"))
	for seq := int64(1); seq <= 6; seq++ {
		p, err := j.Prove(t.Context(), seq, c)
		if err != nil || p.Entry.Seq != seq || p.Entry.Redacted != (seq == 2) {
			t.Errorf("entry %d: %+v, %v", seq, p.Entry.Head, err)
		}
	}
	_, err := j.Prove(t.Context(), 7, c)
	mustBeFault(t, err, fault.Refused, "entry 7 is newer")
	_, err = j.Prove(t.Context(), 0, c)
	mustBeFault(t, err, fault.NotFound, "no entry 0")
	_, other := newCase(t, notes(9)...)
	_, err = other.Prove(t.Context(), 2, c)
	mustBeFault(t, err, fault.Damaged, "two journals")
}

func TestTheSigningKeyIsMadeOnceAndForItsOwnerAlone(t *testing.T) {
	dir, _ := newCase(t)
	home := openHome(t, dir)
	if _, known, err := home.PublicKey(); known || err != nil {
		t.Fatalf("there is a key before one was asked for (%v)", err)
	}
	keys := make(chan checkpoint.PublicKey)
	for range 4 {
		go func() {
			key, err := openHome(t, dir).SigningKey(t.Context())
			if err != nil {
				t.Error(err)
			}
			keys <- key.Public()
		}()
	}
	first := <-keys
	for range 3 {
		if k := <-keys; k != first || k == "" {
			t.Errorf("%s, and %s", first, k)
		}
	}
	if k, known, err := home.PublicKey(); k != first || !known || err != nil {
		t.Errorf("%s, %v, %v", k, known, err)
	}
	for _, name := range []string{"checkpoint.key", "checkpoint.pub"} {
		info, err := os.Stat(filepath.Join(dir, "keys", name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "keys")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestASpoiltSigningKeyIsNeverReplaced(t *testing.T) {
	dir, _ := newCase(t)
	home := openHome(t, dir)
	if _, err := home.SigningKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "keys", "checkpoint.key")
	if err := os.WriteFile(path, []byte("PRIVATE+KEY+spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := home.SigningKey(t.Context())
	mustBeFault(t, err, fault.Damaged, "signing key", "holds no key")
	if text, _ := os.ReadFile(path); string(text) != "PRIVATE+KEY+spoilt" {
		t.Errorf("the file is now %q", text)
	}
}

func TestAClockThatWasSetBackIsInTheReport(t *testing.T) {
	at := func(d time.Duration) timeline.Draft {
		draft := note("x")
		draft.Recorded = start.Add(d)
		return draft
	}
	_, j := newCase(t, at(0), at(400*24*time.Hour), at(time.Hour), at(time.Hour-time.Millisecond), at(2*time.Hour), at(time.Hour))
	r := verify(t, j)
	want := []storage.Jump{{Seq: 3, Back: 400*24*time.Hour - time.Hour}, {Seq: 6, Back: time.Hour}}
	if !r.OK || len(r.Jumps) != 2 || r.Jumps[0] != want[0] || r.Jumps[1] != want[1] {
		t.Errorf("%+v", r.Jumps)
	}
}
