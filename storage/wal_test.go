package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// openWAL is the -wal file of a case with that many transactions in it.
func openWAL(t testing.TB, transactions int) []byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "home")
	home, err := OpenHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.Create(t.Context(), "case", timeline.NewIdentity(timeline.MarkCase)); err != nil {
		t.Fatal(err)
	}
	j, err := home.Open(t.Context(), "case")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	var tip timeline.Tip
	for range transactions {
		entries, err := j.Append(t.Context(), tip, timeline.Draft{Kind: timeline.KindNote, Occurred: when.Moment{Precision: when.Unknown}, Recorded: time.Unix(1_800_000_000, 0), Author: "anna", Text: "x"})
		if err != nil {
			t.Fatal(err)
		}
		tip = entries[0].Tip()
	}
	wal, err := os.ReadFile(filepath.Join(dir, "cases", "case", "case.db-wal"))
	if err != nil {
		t.Fatal(err)
	}
	return wal
}

func TestAWALThatEndsAnywhereIsWhatACrashLeaves(t *testing.T) {
	wal := openWAL(t, 6)
	if lost, good := lostCommits(wal); lost != 0 || good == 0 {
		t.Fatalf("a whole file: %d lost, %d good", lost, good)
	}
	for n := 0; n < len(wal); n += 41 {
		if lost, _ := lostCommits(wal[:n]); lost != 0 {
			t.Fatalf("cut off at %d: %d lost", n, lost)
		}
	}
}

func TestAChangedByteBeforeTwoTransactionsIsDamage(t *testing.T) {
	wal := openWAL(t, 6)
	_, frames := lostCommits(wal)
	found := 0
	for at := 0; at < len(wal); at += 97 {
		bad := append([]byte(nil), wal...)
		bad[at] ^= 0x10
		lost, good := lostCommits(bad)
		if lost >= 2 {
			found++
		}
		if at > 32 && at < len(wal)/3 && lost < 2 {
			t.Errorf("byte %d of %d: %d lost, %d of %d frames good", at, len(wal), lost, good, frames)
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}

func FuzzLostCommits(f *testing.F) {
	f.Add(openWAL(f, 3))
	f.Add([]byte("7\x7f\x06\x82"))
	f.Fuzz(func(t *testing.T, wal []byte) {
		if lost, good := lostCommits(wal); (lost+good)*(frameHeader+512) > len(wal) {
			t.Errorf("%d and %d frames in %d bytes", lost, good, len(wal))
		}
	})
}
