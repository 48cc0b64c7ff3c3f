package timeline

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/oklog/ulid/v2"
)

// SaltSize is the number of random bytes that are hashed with a body, so that a
// redacted text cannot be guessed from its commitment.
const SaltSize = 32

// MaxBody is the size in bytes that no entry's body may exceed. Long material is
// evidence, not an entry.
const MaxBody = 4 << 20

// Sealed is an entry as it goes to disk: the bytes that are hashed, and the salt.
type Sealed struct {
	Entry
	HeadBytes []byte
	BodyBytes []byte
	Salt      []byte
}

// Sealer makes entries out of drafts. Random gives ids and salts; it is
// crypto/rand outside of tests.
type Sealer struct {
	Journal Identity
	Random  io.Reader
}

// NewIdentity makes the identity of a new journal.
func NewIdentity(mark Mark) Identity { return Identity{Mark: mark, ID: ulid.Make().String()} }

// NewSealer seals for one journal with the system's randomness.
func NewSealer(j Identity) Sealer { return Sealer{Journal: j, Random: rand.Reader} }

// Seal turns drafts into the entries that follow tip, in order. Nothing is
// returned when one of them cannot be an entry.
func (s Sealer) Seal(tip Tip, drafts ...Draft) ([]Sealed, error) {
	sealed := make([]Sealed, 0, len(drafts))
	for _, d := range drafts {
		e, err := s.seal(tip, d)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", tip.Seq+1, err)
		}
		sealed = append(sealed, e)
		tip = e.Tip()
	}
	return sealed, nil
}

func (s Sealer) seal(tip Tip, d Draft) (Sealed, error) {
	body, err := encodeBody(d)
	if err != nil {
		return Sealed{}, err
	}
	salt := make([]byte, SaltSize)
	if _, err := io.ReadFull(s.Random, salt); err != nil {
		return Sealed{}, fmt.Errorf("salt: %w", err)
	}
	id, err := ulid.New(ulid.Timestamp(d.Recorded), s.Random)
	if err != nil {
		return Sealed{}, fmt.Errorf("id: %w", err)
	}
	head := Head{
		Journal: s.Journal, Seq: tip.Seq + 1, ID: id.String(), Kind: d.Kind,
		Occurred: d.Occurred, Recorded: d.Recorded.Round(0).UTC(), Author: d.Author, Target: d.Target,
		Body: Commit(salt, body), Prev: tip.Hash,
	}
	if err := head.Validate(); err != nil {
		return Sealed{}, err
	}
	// What is handed on is what was written: read back from the bytes, so that a
	// fold over new entries and one over stored ones cannot differ.
	e, err := Read(head.Bytes(), salt, body)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{Entry: e, HeadBytes: head.Bytes(), BodyBytes: body, Salt: salt}, nil
}

func encodeBody(d Draft) ([]byte, error) {
	if !utf8.ValidString(d.Text) {
		return nil, errors.New("the text is not UTF-8")
	}
	data, err := json.Marshal(d.Data)
	if err != nil {
		return nil, fmt.Errorf("data: %w", err)
	}
	tags := d.Tags
	if tags == nil {
		tags = []string{}
	}
	body, err := json.Marshal(Body{Text: d.Text, Tags: tags, Data: data})
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	if len(body) > MaxBody {
		return nil, fmt.Errorf("the text is %d bytes long, over the limit of %d: add it as evidence", len(body), MaxBody)
	}
	return body, nil
}

// Commit is the commitment to a body: SHA-256 over the salt followed by the body.
func Commit(salt, body []byte) Hash {
	h := sha256.New()
	h.Write(salt)
	h.Write(body)
	return Hash(h.Sum(nil))
}

// Read makes an entry of what lies on disk. A nil body means that it was
// redacted. A body that is not the one committed to is an error.
func Read(head, salt, body []byte) (Entry, error) {
	h, err := ParseHead(head)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Head: h, Hash: sha256.Sum256(head)}
	if body == nil {
		e.Redacted = true
		return e, nil
	}
	if len(salt) != SaltSize || Commit(salt, body) != h.Body {
		return Entry{}, errors.New("body: not the one that was sealed")
	}
	if e.Body, err = readBody(body); err != nil {
		return Entry{}, fmt.Errorf("body: %w", err)
	}
	return e, nil
}

// Follows reports why next cannot be the entry after tip in the journal j.
func Follows(j Identity, tip Tip, next Entry) error {
	switch {
	case next.Journal != j:
		return errors.New("it belongs to another journal")
	case next.Seq != tip.Seq+1:
		return fmt.Errorf("its sequence is %d, not %d", next.Seq, tip.Seq+1)
	case next.Prev != tip.Hash:
		return errors.New("it does not hold the hash of the entry before it")
	}
	return nil
}
