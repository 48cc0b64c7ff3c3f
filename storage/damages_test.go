package storage_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"timeglas/internal/fault"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// damages is how many the ordinary suite makes; $TIMEGLAS_DAMAGES asks for more.
const damages = 150

// A file changed anywhere must never bring a panic or a hang; what can be read is what
// was written; and what is missing is found, at the latest by a checkpoint.
func TestRandomDamageIsFoundOrHarmless(t *testing.T) {
	wanted := damages
	if n, err := strconv.Atoi(os.Getenv("TIMEGLAS_DAMAGES")); err == nil {
		wanted = n
	}
	victim := newVictim(t)
	random := rand.New(rand.NewPCG(1, 2))
	count := map[string]int{}
	var longest time.Duration
	for i := range wanted {
		files, how := victim.spoilt(random)
		began := time.Now()
		outcome := victim.judge(t, files)
		took := time.Since(began)
		longest = max(longest, took)
		if took > hang {
			t.Errorf("damage %d (%s): it took %v", i, how, took)
		}
		count[outcome]++
	}
	t.Logf("%d damages: %v; the longest took %v", wanted, count, longest.Round(time.Millisecond))
	if count[byOpening]+count[byVerify] < wanted/4 {
		t.Errorf("few were found: %v", count)
	}
}

// hang is when looking at a damage counts as never ending. It is far above the five
// seconds that are promised, since a busy machine can take those away; the long form
// prints the longest, and docs/performance.md has it.
const hang = time.Minute

// The outcomes.
const (
	byOpening    = "found by opening"
	byVerify     = "found by verify"
	byCheckpoint = "found by a checkpoint only"
	harmless     = "harmless"
)

// victim is a case that was not closed, so that its newest entries are in its -wal
// file, with a checkpoint from before the damage.
type victim struct {
	dir   string
	files map[string][]byte
	whole []timeline.Entry
	kept  checkpoint.Checkpoint
}

const (
	dbFile  = "case.db"
	walFile = "case.db-wal"
)

func newVictim(t *testing.T) victim {
	t.Helper()
	dir, j := newCase(t, notes(150)...)
	appendTo(t, j, redaction(read(t, j)[20].ID))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, dir)
	for range 12 {
		appendTo(t, j, notes(3)...)
	}
	v := victim{dir: filepath.Join(t.TempDir(), "victim"), files: map[string][]byte{}, whole: read(t, j), kept: signed(t, dir, j)}
	if err := os.CopyFS(v.dir, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dbFile, walFile} {
		content, err := os.ReadFile(filepath.Join(v.dir, "cases", "case", name))
		if err != nil || len(content) == 0 {
			t.Fatalf("%s has %d bytes, %v", name, len(content), err)
		}
		v.files[name] = content
	}
	return v
}

// spoilt is the files with one damage, in either of them.
func (v victim) spoilt(random *rand.Rand) (files map[string][]byte, how string) {
	files = map[string][]byte{dbFile: bytes.Clone(v.files[dbFile]), walFile: bytes.Clone(v.files[walFile])}
	name := []string{dbFile, dbFile, walFile}[random.IntN(3)]
	content := files[name]
	switch random.IntN(4) {
	case 0: // a page on the place of another
		pages := len(content) / 4096
		from, to := random.IntN(pages)*4096, random.IntN(pages)*4096
		page := bytes.Clone(content[from : from+4096])
		copy(content[from:], content[to:to+4096])
		copy(content[to:], page)
		return files, "two pages exchanged in " + name
	case 1:
		files[name] = content[:random.IntN(len(content))]
		return files, name + " cut off"
	default:
		for range 1 + random.IntN(4) {
			content[random.IntN(len(content))] ^= 1 << random.IntN(8)
		}
		return files, "bits in " + name
	}
}

// judge opens and verifies a case with these files.
func (v victim) judge(t *testing.T, files map[string][]byte) (outcome string) {
	t.Helper()
	dir := filepath.Join(v.dir, "cases", "case")
	err := os.Remove(filepath.Join(dir, dbFile+"-shm"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	j, err := openHome(t, v.dir).Open(t.Context(), "case")
	if err != nil {
		if fault.CodeOf(err) != fault.Damaged && !strings.Contains(err.Error(), "case case: ") {
			t.Errorf("opening: %v", err)
		}
		return byOpening
	}
	defer j.Close()
	opened := j.Restriction() != nil
	entries, readErr := j.Read(t.Context(), timeline.Tip{})
	v.mustBeginAs(t, entries)
	r, err := j.Verify(t.Context(), v.kept)
	switch {
	case err != nil:
		t.Errorf("verify could not look: %v", err)
	case readErr != nil && r.OK:
		t.Errorf("reading finds what verify does not: %v", readErr)
	case opened:
		return byOpening
	case r.OK && (len(entries) != len(v.whole) || readErr != nil):
		t.Errorf("verified, with %d entries of %d", len(entries), len(v.whole))
	case r.OK:
		return harmless
	case len(r.Compared) > 0:
		return byCheckpoint
	}
	return byVerify
}

// mustBeginAs: no damage makes an entry that nobody wrote.
func (v victim) mustBeginAs(t *testing.T, entries []timeline.Entry) {
	t.Helper()
	for i, e := range entries {
		if i >= len(v.whole) || e.Hash != v.whole[i].Hash || e.Body.Text != v.whole[i].Body.Text && !v.whole[i].Redacted {
			t.Errorf("entry %d is not the one that was written (redacted %v, %q)", i+1, e.Redacted, e.Body.Text)
			return
		}
	}
}
