package storage

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"timeglas/internal/fault"
	"timeglas/timeline/checkpoint"
)

// The key that signs checkpoints lies apart from the cases and goes into no backup:
// who finds a backup must not be able to sign for the organisation.
const (
	keysDir        = "keys"
	signingKeyFile = "checkpoint.key"
	publicKeyFile  = "checkpoint.pub" // for handing it out; the private key is what counts
)

// SigningKey is the key of this home that signs checkpoints. It is made when it is
// first asked for. Faults: Failed where it cannot be read or made; Damaged when its
// file holds no key, which is never overwritten.
func (h *Home) SigningKey(ctx context.Context) (checkpoint.Key, error) {
	key, err := h.signingKey()
	if !errors.Is(err, fs.ErrNotExist) {
		return key, explain(err, whatKey)
	}
	err = h.locked(ctx, func() error {
		if key, err = h.signingKey(); errors.Is(err, fs.ErrNotExist) { // nobody was faster
			key, err = h.makeSigningKey()
		}
		return err
	})
	return key, explain(err, whatKey)
}

const whatKey = "signing key"

// PublicKey is the public part of the home's key; known is false when the home has no
// key yet.
func (h *Home) PublicKey() (key checkpoint.PublicKey, known bool, err error) {
	signing, err := h.signingKey()
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	return signing.Public(), err == nil, explain(err, whatKey)
}

func (h *Home) signingKey() (checkpoint.Key, error) {
	text, err := os.ReadFile(filepath.Join(h.dir, keysDir, signingKeyFile))
	if err != nil {
		return checkpoint.Key{}, err
	}
	key, err := checkpoint.ParseKey(string(text))
	if err != nil {
		return checkpoint.Key{}, fault.Wrap(fault.Damaged, err, whatKey,
			"its file %s/%s holds no key: put the right one back; docs/verification.md says what to do when it is lost", keysDir, signingKeyFile)
	}
	return key, nil
}

// makeSigningKey writes the public key first: once the private one has its name, both
// are there.
func (h *Home) makeSigningKey() (checkpoint.Key, error) {
	key, err := checkpoint.NewKey(rand.Reader)
	if err != nil {
		return checkpoint.Key{}, err
	}
	dir := filepath.Join(h.dir, keysDir)
	if err := makeDir(dir); err != nil {
		return checkpoint.Key{}, err
	}
	for _, f := range []struct{ name, text string }{
		{publicKeyFile, string(key.Public())},
		{signingKeyFile, key.Secret()},
	} {
		if err := writeKey(dir, f.name, f.text+"\n"); err != nil {
			return checkpoint.Key{}, err
		}
	}
	return key, syncPath(dir)
}

func writeKey(dir, name, text string) (err error) {
	temp, err := os.CreateTemp(dir, newPrefix+"*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	_, err = temp.WriteString(text)
	if err := errors.Join(err, temp.Chmod(modesIn(dir).key), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), filepath.Join(dir, name))
}
