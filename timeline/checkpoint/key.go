package checkpoint

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// keyName is the name under which every home signs. Whose key it is, the key itself
// says to those who have it from its owner; a name could say anything.
const keyName = "timeglas"

// PublicKey is the text of a key that signatures are checked with, as in the package
// note: name, hash and key, with a plus between them. It fits on one line of a letter.
type PublicKey string

// ParsePublicKey reads the text of a public key, with space around it or not.
func ParsePublicKey(text string) (PublicKey, error) {
	text = strings.TrimSpace(text)
	if _, err := note.NewVerifier(text); err != nil {
		return "", errors.New("not the public key of a signed note, NAME+HASH+KEY")
	}
	return PublicKey(text), nil
}

// ID is the name and the hash of the key: short enough to read out, too short to
// rest a decision on.
func (p PublicKey) ID() string {
	if parts := strings.SplitN(string(p), "+", 3); len(parts) == 3 {
		return parts[0] + "+" + parts[1]
	}
	return string(p)
}

// Key signs checkpoints.
type Key struct {
	secret string // as in the package note
	public PublicKey
	signer note.Signer
}

// NewKey makes a key of 32 bytes from random.
func NewKey(random io.Reader) (Key, error) {
	secret, _, err := note.GenerateKey(random, keyName)
	if err != nil {
		return Key{}, err
	}
	return ParseKey(secret)
}

// ParseKey reads the text of a key, PRIVATE+KEY+NAME+HASH+KEY. The text stands in no
// error.
func ParseKey(secret string) (Key, error) {
	bad := errors.New("not the private key of a signed note")
	secret = strings.TrimSpace(secret)
	signer, err := note.NewSigner(secret)
	if err != nil {
		return Key{}, bad
	}
	fields := strings.SplitN(secret, "+", 5)
	raw, err := base64.StdEncoding.DecodeString(fields[len(fields)-1])
	if err != nil || len(raw) != 1+ed25519.SeedSize { // a byte for the algorithm, and the seed
		return Key{}, bad
	}
	public, err := note.NewEd25519VerifierKey(signer.Name(), ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return Key{}, bad
	}
	return Key{secret: secret, public: PublicKey(public), signer: signer}, nil
}

// Secret is the text of the key, for its file alone.
func (k Key) Secret() string { return k.secret }

// Public is the key that others check with.
func (k Key) Public() PublicKey { return k.public }
