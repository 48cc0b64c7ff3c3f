package bundle_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"timeglas/storage/bundle"
)

var made = time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)

func manifest() bundle.Manifest {
	return bundle.Manifest{Ref: "2026-014", Mark: "case", Journal: "01KACCE4KG0123456789ABCDEF", Entries: 3, Made: made}
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func evidenceName(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "evidence/" + hex.EncodeToString(sum[:])
}

// whole is a bundle with a journal and one piece of evidence.
func whole(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := bundle.NewWriter(&out, manifest())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"case.db": "the journal", evidenceName("proof"): "proof", "imports/b-1.db": "rows"} {
		if _, err := w.Add(name, int64(len(content)), text(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(b []byte) (*bundle.Bundle, error) { return bundle.Open(bytes.NewReader(b), int64(len(b))) }

func TestWhatWasPutInIsReadBack(t *testing.T) {
	b, err := open(whole(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(b.Journal()); err != nil || string(got) != "the journal" {
		t.Errorf("the journal is %q, %v", got, err)
	}
	if b.Manifest.Ref != "2026-014" || !b.Manifest.Made.Equal(made) || len(b.Files) != 3 {
		t.Errorf("manifest %+v, %d files", b.Manifest, len(b.Files))
	}
}

func TestAMemberThatIsShorterOrLongerThanSaidIsAnError(t *testing.T) {
	for _, said := range []int64{3, 5} {
		w, err := bundle.NewWriter(io.Discard, manifest())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Add("case.db", said, text("four")); err == nil {
			t.Errorf("4 bytes were taken for %d", said)
		}
	}
}

func TestABundleThatIsCutShortAnywhereIsRefused(t *testing.T) {
	b := whole(t)
	// What follows the text of the last member is padding and tar's own end mark.
	last := bytes.LastIndex(b, []byte(".db\n"))
	for n := 0; n < last; n += 101 {
		if _, err := open(b[:n]); err == nil {
			t.Errorf("cut at %d of %d it was opened", n, len(b))
		}
	}
}

func TestAChangedByteIsFound(t *testing.T) {
	b := whole(t)
	for _, part := range []string{"the journal", "proof", "rows"} {
		changed := bytes.Replace(b, []byte(part), bytes.ToUpper([]byte(part)), 1)
		opened, err := open(changed)
		if err == nil {
			err = opened.Check(t.Context())
		}
		if err == nil {
			t.Errorf("%q was changed, and nothing was found", part)
		}
	}
}

// forged is a tar file made by hand.
func forged(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		content := []byte(h.Linkname)
		if h.Typeflag == tar.TypeReg {
			h.Size, h.Linkname = int64(len(content)), ""
		}
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write(content); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// file is a header whose Linkname is the content.
func file(name, content string) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Linkname: content, Mode: 0o600}
}

const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestWhatHasNoPlaceInABundleIsRefused(t *testing.T) {
	first := file("timeglas.json", `{"timeglas_bundle":1}`)
	sums := func(text string) tar.Header { return file("SHA256SUMS", text) }
	for name, c := range map[string]struct {
		headers []tar.Header
		want    string
	}{
		"empty":              {nil, "not a backup"},
		"another tar file":   {[]tar.Header{file("README", "x")}, "not a backup"},
		"no JSON":            {[]tar.Header{file("timeglas.json", "x"), sums("")}, "not a backup"},
		"a later format":     {[]tar.Header{file("timeglas.json", `{"timeglas_bundle":2}`), sums("")}, "newer timeglas"},
		"a path upwards":     {[]tar.Header{first, file("../../.ssh/authorized_keys", "x"), sums("")}, "no place"},
		"an absolute path":   {[]tar.Header{first, file("/etc/passwd", "x"), sums("")}, "no place"},
		"a backslash":        {[]tar.Header{first, file(`evidence\x`, "x"), sums("")}, "no place"},
		"upwards in imports": {[]tar.Header{first, file("imports/../case.db", "x"), sums("")}, "no place"},
		"evidence by name":   {[]tar.Header{first, file("evidence/receipt.pdf", "x"), sums("")}, "no place"},
		"a link": {[]tar.Header{first, {Typeflag: tar.TypeSymlink, Name: "case.db", Linkname: "/etc/passwd"}, sums("")},
			"not a plain file"},
		"a device":       {[]tar.Header{first, {Typeflag: tar.TypeChar, Name: "case.db"}, sums("")}, "not a plain file"},
		"a directory":    {[]tar.Header{first, {Typeflag: tar.TypeDir, Name: "evidence/"}, sums("")}, "not a plain file"},
		"the same twice": {[]tar.Header{first, file("case.db", ""), file("case.db", ""), sums("")}, "twice"},
		"no sums":        {[]tar.Header{first, file("case.db", "")}, "end is missing"},
		"after the sums": {[]tar.Header{first, sums(""), file("case.db", "")}, "more than"},
		"not summed":     {[]tar.Header{first, file("case.db", ""), sums("")}, "timeglas.json is not in its list"},
		"no journal":     {[]tar.Header{first, sums(emptySum + "  timeglas.json\n")}, "case.db is missing"},
		"evidence gone":  {[]tar.Header{first, sums(emptySum + "  evidence/" + emptySum + "\n")}, "is missing in it"},
		"sums of nonsense": {[]tar.Header{first, sums("zz  case.db\n")},
			"list of sums is damaged"},
		"evidence under another's sum": {[]tar.Header{first, file("evidence/"+emptySum, "x"),
			sums(strings.Repeat("0", 64) + "  evidence/" + emptySum + "\n")}, "is not its name"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(forged(t, c.headers...))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// encrypted is a whole bundle under the lock.
func encrypted(t *testing.T, lock bundle.Lock) (b []byte, proof age.Identity) {
	t.Helper()
	var out bytes.Buffer
	w, proof, err := lock.Encrypt(&out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(whole(t)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), proof
}

func TestAnEncryptedBundleOpensForItsRecipientAndForNobodyElse(t *testing.T) {
	recipient, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	b, proof := encrypted(t, bundle.Lock{Recipients: []string{recipient.Recipient().String()}})
	source, size := bytes.NewReader(b), int64(len(b))
	if !bundle.Locked(source) || bytes.Contains(b, []byte("the journal")) {
		t.Error("it is not encrypted")
	}
	plain, n, err := bundle.Keys{Identities: recipient.String()}.Unlock(source, size)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := bundle.Open(plain, n); err != nil || opened.Check(t.Context()) != nil {
		t.Errorf("%v", err)
	}
	if _, _, err := bundle.Prove(source, size, proof); err != nil {
		t.Errorf("the proof does not open it: %v", err)
	}
	if _, _, err := (bundle.Keys{Identities: stranger.String()}).Unlock(source, size); !errors.Is(err, bundle.ErrWrongKey) {
		t.Errorf("for a stranger: %v", err)
	}
	if _, _, err := (bundle.Keys{}).Unlock(source, size); !errors.Is(err, bundle.ErrLocked) {
		t.Errorf("without a key: %v", err)
	}
	if _, _, err := (bundle.Keys{Identities: recipient.String()}).Unlock(bytes.NewReader(b[:len(b)-40]), size-40); err == nil {
		t.Error("cut short it was opened")
	}
}

func TestAHybridRecipientIsServedToo(t *testing.T) {
	recipient, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	b, proof := encrypted(t, bundle.Lock{Recipients: []string{recipient.Recipient().String()}})
	if _, _, err := bundle.Prove(bytes.NewReader(b), int64(len(b)), proof); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoRecipientIsRefusedWithoutRepeatingIt(t *testing.T) {
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []string{"anna@example.dk", "", secret.String()} {
		err := bundle.Lock{Recipients: []string{r}}.Valid()
		if err == nil || (r != "" && strings.Contains(err.Error(), r)) {
			t.Errorf("%v", err)
		}
	}
}

// FuzzOpen: whatever a file holds, opening it neither panics nor lets a name
// through that could leave the case's directory.
func FuzzOpen(f *testing.F) {
	f.Add(whole(f))
	f.Add(forged(f, file("timeglas.json", `{"timeglas_bundle":1}`), file("../x", "y"), file("SHA256SUMS", "")))
	f.Add([]byte("age-encryption.org/v1\n-> X25519 x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		opened, err := open(b)
		if err != nil {
			return
		}
		for _, file := range opened.Files {
			if file.Name != bundle.JournalName && !bundle.Storable(file.Name) {
				t.Errorf("it holds %q", file.Name)
			}
		}
		_ = opened.Check(t.Context())
	})
}
