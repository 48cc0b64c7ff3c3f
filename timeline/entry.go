package timeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"timeglas/internal/when"
)

// Hash is a SHA-256 digest.
type Hash [32]byte

// String is the digest in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads 64 lower-case hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != hex.EncodedLen(len(h)) {
		return Hash{}, fmt.Errorf("hash: %d characters, not %d", len(s), hex.EncodedLen(len(h)))
	}
	for i := range h {
		high, low := strings.IndexByte(lowerHex, s[2*i]), strings.IndexByte(lowerHex, s[2*i+1])
		if high < 0 || low < 0 {
			return Hash{}, errors.New("hash: not in lower-case hexadecimal digits")
		}
		h[i] = byte(high<<4 | low)
	}
	return h, nil
}

const lowerHex = "0123456789abcdef"

// Mark says what a journal is the journal of. It stands in every head, so nothing
// can remove it from an entry.
type Mark string

// The marks.
const (
	MarkCase     Mark = "case"
	MarkExercise Mark = "exercise" // a drill: never in the register, never a real notice
	MarkDemo     Mark = "demo"     // the worked example: times of writing are staged
	MarkRegister Mark = "register" // the organisation's Article 33(5) record
)

// Identity is what every entry of one journal has in common.
type Identity struct {
	Mark Mark
	ID   string // a ULID, made when the journal is
}

// Valid reports whether it can be the identity of a journal.
func (i Identity) Valid() bool { return i.Mark.valid() && isID(i.ID) }

// Kind says what an entry is: lower-case letters and hyphens.
type Kind string

// The kinds that people write, and the kinds that speak of other entries. All
// further kinds belong to the package incident.
const (
	KindNote          Kind = "note"
	KindObservation   Kind = "observation"
	KindAction        Kind = "action"
	KindDecision      Kind = "decision"
	KindCommunication Kind = "communication"

	KindCorrection Kind = "correction" // new text or time for the target
	KindRetraction Kind = "retraction" // the target no longer counts
	KindRedaction  Kind = "redaction"  // the target's body is deleted for good
	KindTag        Kind = "tag"        // puts tags on the target, or takes them off
	KindPin        Kind = "pin"        // pins the target, or unpins it
)

// WrittenKinds are the kinds a person chooses from when writing a line.
func WrittenKinds() []Kind {
	return []Kind{KindNote, KindObservation, KindAction, KindDecision, KindCommunication}
}

// Written reports whether people write entries of this kind by hand.
func (k Kind) Written() bool {
	switch k {
	case KindNote, KindObservation, KindAction, KindDecision, KindCommunication:
		return true
	}
	return false
}

// Head is the part of an entry that is for ever: it is hashed and chained.
type Head struct {
	Journal  Identity
	Seq      int64 // 1 for the first entry of the journal, then without gaps
	ID       string
	Kind     Kind
	Occurred when.Moment // when it happened in the world
	Recorded time.Time   // when it was written down: wall time, UTC
	Author   string      // the account that the system vouches for
	Target   string      // the id of the entry this one speaks of, or empty
	Body     Hash        // the commitment to salt and body
	Prev     Hash        // the hash of the entry before; zero for the first
}

// Body is the part of an entry that can be redacted.
type Body struct {
	Text string          `json:"text"`
	Tags []string        `json:"tags"`
	Data json.RawMessage `json:"data"`
}

// Entry is one immutable line of a journal. Of a redacted entry the body is empty
// and Redacted is true.
type Entry struct {
	Head
	Body     Body
	Redacted bool
	Hash     Hash // of the head's bytes
}

// Tip is the end of a journal: what the next entry chains to. The zero Tip is the
// end of an empty journal.
type Tip struct {
	Seq  int64
	Hash Hash
}

// Tip is the end of a journal whose last entry this is.
func (e Entry) Tip() Tip { return Tip{Seq: e.Seq, Hash: e.Hash} }

// TipOf is the end of a journal whose last entry has that sequence and these bytes
// of a head.
func TipOf(seq int64, head []byte) Tip { return Tip{Seq: seq, Hash: sha256.Sum256(head)} }

// SetBack is by how much a clock was set back between two entries that follow each
// other, from when they were recorded; 0 when it was not. Less than a second is how
// clocks are kept right.
func SetBack(before, after time.Time) time.Duration {
	if back := before.Sub(after); back >= time.Second {
		return back
	}
	return 0
}

// Draft is an entry before it is sealed: what its writer decides.
type Draft struct {
	Kind     Kind
	Occurred when.Moment
	Recorded time.Time
	Author   string
	Target   string
	Text     string
	Tags     []string
	Data     any // marshalled to JSON; nil for none
}

// ErrMoved is returned by an append whose tip is no longer the end of the journal:
// someone else has appended. Read what is new, check again, and append again.
var ErrMoved = errors.New("the journal has moved on")
