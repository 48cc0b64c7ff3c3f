package checkpoint_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"timeglas/internal/when"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

var journal = timeline.Identity{Mark: timeline.MarkDemo, ID: "01KACCE4KG0123456789ABCDEF"}

// countingReader gives 0, 1, 2 …: keys and salts that a page can print.
type countingReader struct{ next byte }

func (r *countingReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.next
		r.next++
	}
	return len(p), nil
}

func newKey(t testing.TB) checkpoint.Key {
	t.Helper()
	key, err := checkpoint.NewKey(&countingReader{})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sealed is a journal of n entries.
func sealed(t testing.TB, n int) []timeline.Sealed {
	t.Helper()
	at := time.Date(2026, 11, 19, 6, 40, 0, 0, time.UTC)
	drafts := make([]timeline.Draft, n)
	for i := range drafts {
		drafts[i] = timeline.Draft{Kind: timeline.KindNote, Occurred: when.At(at), Recorded: at, Author: "anna",
			Text: fmt.Sprintf("Bo <ringede> & sagde \"æøå\" (%d)", i)}
	}
	all, err := timeline.Sealer{Journal: journal, Random: &countingReader{}}.Seal(timeline.Tip{}, drafts...)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sign(t testing.TB, entries []timeline.Sealed) checkpoint.Checkpoint {
	t.Helper()
	var tree checkpoint.Tree
	for _, e := range entries {
		tree.Add(e.HeadBytes)
	}
	last := entries[len(entries)-1]
	c, err := newKey(t).Sign(checkpoint.Statement{Journal: journal, Entries: last.Seq, Head: last.Hash, Root: tree.Root()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func prove(t testing.TB, entries []timeline.Sealed, seq int) checkpoint.Proof {
	t.Helper()
	var whole checkpoint.Whole
	for _, e := range entries {
		if err := whole.Add(e.HeadBytes); err != nil {
			t.Fatal(err)
		}
	}
	path, err := whole.Path(int64(seq))
	if err != nil {
		t.Fatal(err)
	}
	e := entries[seq-1]
	p, err := checkpoint.NewProof(sign(t, entries), e.HeadBytes, e.Salt, e.BodyBytes, path)
	if err != nil {
		t.Fatalf("entry %d of %d: %v", seq, len(entries), err)
	}
	return p
}

func TestTheTreeIsThatOfRFC6962AtEverySize(t *testing.T) {
	var tree checkpoint.Tree
	var whole checkpoint.Whole
	for n := int64(1); n <= 300; n++ {
		head := []byte{byte(n), byte(n >> 8)}
		tree.Add(head)
		if err := whole.Add(head); err != nil {
			t.Fatal(err)
		}
		want, err := tlog.TreeHash(n, &whole)
		if err != nil || tlog.Hash(tree.Root()) != want || tree.Size() != n {
			t.Fatalf("size %d: %v, not %v (%v)", n, tree.Root(), want, err)
		}
	}
}

func TestALeafIsHashedWithAZeroBeforeIt(t *testing.T) {
	var tree checkpoint.Tree
	tree.Add([]byte("head"))
	if want := timeline.Hash(sha256.Sum256([]byte("\x00head"))); tree.Root() != want {
		t.Errorf("%v, not %v", tree.Root(), want)
	}
}

func TestACheckpointReadsAsItWasSigned(t *testing.T) {
	c := sign(t, sealed(t, 5))
	got, err := checkpoint.Parse(c.Signed)
	if err != nil || got.Statement != c.Statement || got.Key != newKey(t).Public() {
		t.Fatalf("%+v, %v", got, err)
	}
	verifier, err := note.NewVerifier(string(c.Key))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := note.Open(c.Signed, note.VerifierList(verifier)); err != nil || !strings.HasPrefix(n.Text, "timeglas/demo/01KACCE4KG0123456789ABCDEF\n5\n") {
		t.Errorf("the package note reads %+v, %v", n, err)
	}
}

func TestACheckpointWithAnyByteChangedIsRefused(t *testing.T) {
	signed := sign(t, sealed(t, 5)).Signed
	for i := range signed {
		for _, change := range []byte{0x01, 0x20, 0x80} {
			bad := bytes.Clone(signed)
			bad[i] ^= change
			if c, err := checkpoint.Parse(bad); err == nil {
				t.Errorf("byte %d by %#x: %+v", i, change, c.Statement)
			}
		}
	}
}

func TestTextsThatAreNoCheckpointSayWhy(t *testing.T) {
	good := string(sign(t, sealed(t, 5)).Signed)
	for name, text := range map[string]string{
		"nothing":            "",
		"another log":        strings.Replace(good, "timeglas/demo", "go.sum database tree", 1),
		"an unknown mark":    strings.Replace(good, "timeglas/demo", "timeglas/other", 1),
		"no entries":         strings.Replace(good, "\n5\n", "\n0\n", 1),
		"a padded number":    strings.Replace(good, "\n5\n", "\n05\n", 1),
		"a line more":        strings.Replace(good, "\n\n", "\nmore\n\n", 1),
		"no signature":       good[:strings.Index(good, "—")],
		"a key of nobody":    strings.Replace(good, "key timeglas+", "key other+", 1),
		"far too long":       good + strings.Repeat("— x AAAAAAAA\n", 2000),
		"windows line ends":  strings.ReplaceAll(good, "\n", "\r\n"),
		"a hash of capitals": strings.Replace(good, "head ", "head A", 1),
	} {
		if _, err := checkpoint.Parse([]byte(text)); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSignaturesOfOthersMayStandBelow(t *testing.T) {
	c := sign(t, sealed(t, 5))
	secret, _, err := note.GenerateKey(&countingReader{100}, "witness.example")
	if err != nil {
		t.Fatal(err)
	}
	witness, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, _ := note.NewVerifier(string(c.Key))
	n, err := note.Open(c.Signed, note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	both, err := note.Sign(n, witness)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := checkpoint.Parse(both); err != nil || got.Statement != c.Statement {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAKeyReadsAsItWasWrittenAndItsTextIsInNoError(t *testing.T) {
	key := newKey(t)
	again, err := checkpoint.ParseKey(key.Secret() + "\n")
	if err != nil || again.Public() != key.Public() {
		t.Errorf("%v, %v", again.Public(), err)
	}
	if id := key.Public().ID(); !strings.HasPrefix(id, "timeglas+") || len(id) != len("timeglas+01234567") {
		t.Errorf("id %q", id)
	}
	broken := key.Secret()[:len(key.Secret())-4]
	if _, err := checkpoint.ParseKey(broken); err == nil || strings.Contains(err.Error(), broken[40:]) {
		t.Errorf("%v", err)
	}
}

func TestEveryEntryOfEveryJournalCanBeProved(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 8, 9, 33} {
		entries := sealed(t, n)
		for seq := 1; seq <= n; seq++ {
			file, err := prove(t, entries, seq).Marshal()
			if err != nil {
				t.Fatal(err)
			}
			p, err := checkpoint.ParseProof(file)
			if err != nil || p.Entry.Seq != int64(seq) || p.Entry.Body.Text != entries[seq-1].Entry.Body.Text {
				t.Errorf("entry %d of %d: %+v, %v", seq, n, p.Entry.Head, err)
			}
		}
	}
}

func TestARedactedEntryIsProvedWithoutItsText(t *testing.T) {
	entries := sealed(t, 4)
	p := prove(t, entries, 2)
	p, err := checkpoint.NewProof(p.Checkpoint, p.Head, nil, nil, p.Path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := p.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := checkpoint.ParseProof(file); err != nil || !got.Entry.Redacted || bytes.Contains(file, []byte("ringede")) {
		t.Errorf("%+v, %v", got.Entry, err)
	}
}

// A proof is believed by people who have nothing else, so no change of it may pass.
func TestAProofWithAnythingChangedIsRefused(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(rt, "entries")
		seq := rapid.IntRange(1, n).Draw(rt, "entry")
		file, err := prove(t, sealed(t, n), seq).Marshal()
		if err != nil {
			rt.Fatal(err)
		}
		at := rapid.IntRange(0, len(file)-1).Draw(rt, "at")
		bad := bytes.Clone(file)
		bad[at] = rapid.Byte().Draw(rt, "byte")
		got, err := checkpoint.ParseProof(bad)
		if err != nil {
			return
		}
		// What still reads says the same: a space more between two members.
		if same, err := got.Marshal(); err != nil || !bytes.Equal(same, file) {
			rt.Fatalf("byte %d changed, and it passes: %s", at, bad)
		}
	})
}

func TestAProofOfAnotherEntryOrJournalIsRefused(t *testing.T) {
	entries := sealed(t, 6)
	p := prove(t, entries, 3)
	other := entries[3]
	if _, err := checkpoint.NewProof(p.Checkpoint, other.HeadBytes, other.Salt, other.BodyBytes, p.Path); err == nil {
		t.Error("the path of entry 3 proves entry 4")
	}
	if _, err := checkpoint.NewProof(p.Checkpoint, p.Head, p.Salt, other.BodyBytes, p.Path); err == nil {
		t.Error("another body passes")
	}
	if _, err := checkpoint.NewProof(sign(t, entries[:2]), p.Head, p.Salt, p.Body, p.Path); err == nil {
		t.Error("a checkpoint from before the entry passes")
	}
	if _, err := checkpoint.NewProof(p.Checkpoint, p.Head, p.Salt, p.Body, p.Path[1:]); err == nil {
		t.Error("a path that is too short passes")
	}
}

// The page is what others write their verifier from, so its example has to be right.
func TestThePagesExampleIsWhatThisPackageWrites(t *testing.T) {
	page, err := os.ReadFile("../../docs/journal-format.md")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("../testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var entries []struct{ Head, Hash string }
	if err := json.Unmarshal(golden, &entries); err != nil || len(entries) < 2 {
		t.Fatalf("%d golden entries, %v", len(entries), err)
	}
	var tree checkpoint.Tree
	for _, e := range entries[:2] {
		tree.Add([]byte(e.Head))
	}
	head, err := timeline.ParseHash(entries[1].Hash)
	if err != nil {
		t.Fatal(err)
	}
	c, err := newKey(t).Sign(checkpoint.Statement{Journal: journal, Entries: 2, Head: head, Root: tree.Root()})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```\n"+string(c.Signed)+"```\n") {
		t.Errorf("docs/journal-format.md does not have this checkpoint:\n%s", c.Signed)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sign(f, sealed(f, 5)).Signed)
	f.Add([]byte("timeglas/case/01KACCE4KG0123456789ABCDEF\n1\n\nhead \nkey \n\n— "))
	f.Fuzz(func(t *testing.T, signed []byte) {
		c, err := checkpoint.Parse(signed)
		if err != nil {
			return
		}
		if c.Entries < 1 || !c.Journal.Valid() {
			t.Errorf("%+v", c.Statement)
		}
		if _, err := checkpoint.Parse(c.Signed); err != nil {
			t.Errorf("it does not read again: %v", err)
		}
	})
}

func FuzzParseProof(f *testing.F) {
	file, err := prove(f, sealed(f, 5), 3).Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte(`{"version":"timeglas proof 1","checkpoint":"","head":"","salt":null,"body":null,"path":[]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := checkpoint.ParseProof(file)
		if err != nil {
			return
		}
		again, err := p.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := checkpoint.ParseProof(again); err != nil {
			t.Errorf("it does not read again: %v", err)
		}
	})
}

func FuzzParseKey(f *testing.F) {
	f.Add(newKey(f).Secret())
	f.Add("PRIVATE+KEY+timeglas+00000000+AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := checkpoint.ParseKey(text); err == nil {
			if _, err := checkpoint.ParsePublicKey(string(key.Public())); err != nil {
				t.Errorf("its public key does not read: %v", err)
			}
		}
	})
}
