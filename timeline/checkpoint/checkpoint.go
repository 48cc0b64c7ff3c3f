package checkpoint

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"timeglas/timeline"
)

// MaxSize is the length in bytes that no checkpoint exceeds, signatures of others
// included.
const MaxSize = 16 << 10

// Statement is what a checkpoint says of a journal.
type Statement struct {
	Journal timeline.Identity
	Entries int64         // at least 1
	Head    timeline.Hash // of entry number Entries
	Root    timeline.Hash // of the Merkle tree over the heads 1 to Entries
}

// Origin names the journal as the first line of a checkpoint does.
func Origin(j timeline.Identity) string { return originPrefix + string(j.Mark) + "/" + j.ID }

// Tip is the end that the journal had.
func (s Statement) Tip() timeline.Tip { return timeline.Tip{Seq: s.Entries, Hash: s.Head} }

// String is the statement in a line for people: origin, number of entries, last hash.
func (s Statement) String() string { return Line(s.Journal, s.Tip()) }

// Line is what a line for people says of the end of a journal, signed or not.
func Line(j timeline.Identity, tip timeline.Tip) string {
	return fmt.Sprintf("%s %d %s", Origin(j), tip.Seq, tip.Hash)
}

const originPrefix = "timeglas/"

// text is what is signed: lines as docs/journal-format.md has them.
func (s Statement) text(key PublicKey) string {
	return Origin(s.Journal) + "\n" +
		strconv.FormatInt(s.Entries, 10) + "\n" +
		base64.StdEncoding.EncodeToString(s.Root[:]) + "\n" +
		"head " + s.Head.String() + "\n" +
		"key " + string(key) + "\n"
}

// Checkpoint is a statement with the key that signed it.
type Checkpoint struct {
	Statement
	Key    PublicKey
	Signed []byte // the signed note
}

// Sign makes the checkpoint of a statement. The same statement and key give the same
// bytes every time.
func (k Key) Sign(s Statement) (Checkpoint, error) {
	signed, err := note.Sign(&note.Note{Text: s.text(k.public)}, k.signer)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	return Checkpoint{Statement: s, Key: k.public, Signed: signed}, nil
}

// Parse reads a checkpoint and checks that the key it names has signed it. That says
// who made it only to those who know the key: compare Key with one that came another
// way.
func Parse(signed []byte) (Checkpoint, error) {
	if len(signed) > MaxSize {
		return Checkpoint{}, fmt.Errorf("checkpoint: over %d bytes", MaxSize)
	}
	text, _, ok := strings.Cut(string(signed), "\n\n")
	if !ok {
		return Checkpoint{}, errors.New("checkpoint: not a signed note")
	}
	text += "\n"
	c, err := parseText(text)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	verifier, err := note.NewVerifier(string(c.Key))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil || opened.Text != text || !canonical(opened.Sigs[0].Base64) {
		return Checkpoint{}, errors.New("checkpoint: it is not signed by the key that it names")
	}
	c.Signed = signed
	return c, nil
}

// canonical reports whether the text is the one way to write its bytes in base64: the
// last digit of some others has bits that nothing reads.
func canonical(text string) bool {
	_, err := base64.StdEncoding.Strict().DecodeString(text)
	return err == nil
}

// parseText reads the five lines; whatever text would not write again, byte for byte,
// is an error.
func parseText(text string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 6 {
		return c, errors.New("not five lines")
	}
	origin, ok := strings.CutPrefix(lines[0], originPrefix)
	mark, id, whole := strings.Cut(origin, "/")
	if !ok || !whole {
		return c, errors.New("it names no journal of timeglas")
	}
	c.Journal = timeline.Identity{Mark: timeline.Mark(mark), ID: id}
	var errs [4]error
	var root []byte
	c.Entries, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	root, errs[1] = base64.StdEncoding.DecodeString(lines[2])
	c.Head, errs[2] = timeline.ParseHash(strings.TrimPrefix(lines[3], "head "))
	c.Key, errs[3] = ParsePublicKey(strings.TrimPrefix(lines[4], "key "))
	copy(c.Root[:], root)
	switch err := errors.Join(errs[:]...); {
	case err != nil:
		return c, errors.New("its lines are not those of a checkpoint")
	case c.Entries < 1:
		return c, errors.New("its number of entries is not positive")
	case !c.Journal.Valid():
		return c, errors.New("it names no journal of timeglas")
	case c.text(c.Key) != text:
		return c, errors.New("not in canonical form")
	}
	return c, nil
}
