package bundle

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Lock says for whom a bundle is encrypted: for recipients, or for those who know
// the passphrase. The zero Lock leaves it plain.
type Lock struct {
	Recipients []string // age1…
	Passphrase string
}

// Plain reports whether nothing is encrypted.
func (l Lock) Plain() bool { return len(l.Recipients) == 0 && l.Passphrase == "" }

// Keys open an encrypted bundle: the text of an identity file as age-keygen writes
// it, or the passphrase.
type Keys struct {
	Identities string
	Passphrase string
}

// ErrLocked is the reason given for an encrypted bundle when no key was given.
var ErrLocked = errors.New("it is encrypted: give the key with --identity-file or --passphrase-file")

// ErrWrongKey is the reason given when the keys are not those of the bundle.
var ErrWrongKey = errors.New("this key or passphrase does not open it")

// Encrypt makes what is written to it an encrypted bundle in w. Closing it ends the
// bundle and leaves w open.
//
// proof opens what was written, so that it can be read back and verified: nobody
// can open a bundle with the key of a recipient but the recipient. It is a key of
// its own, made for this bundle, added to the recipients, and kept nowhere.
func (l Lock) Encrypt(w io.Writer) (_ io.WriteCloser, proof age.Identity, err error) {
	if len(l.Recipients) > 0 && l.Passphrase != "" {
		return nil, nil, errors.New("give recipients or a passphrase, not both")
	}
	if l.Passphrase != "" {
		recipient, err := age.NewScryptRecipient(l.Passphrase)
		if err != nil {
			return nil, nil, err
		}
		if proof, err = age.NewScryptIdentity(l.Passphrase); err != nil {
			return nil, nil, err
		}
		sealed, err := age.Encrypt(w, recipient)
		return sealed, proof, err
	}
	recipients, err := l.recipients()
	if err != nil {
		return nil, nil, err
	}
	own, proof, err := throwaway(recipients[0])
	if err != nil {
		return nil, nil, err
	}
	sealed, err := age.Encrypt(w, append(recipients, own)...)
	return sealed, proof, err
}

// Valid reports why nothing can be encrypted for these recipients.
func (l Lock) Valid() error {
	if len(l.Recipients) == 0 {
		return nil
	}
	_, err := l.recipients()
	return err
}

func (l Lock) recipients() ([]age.Recipient, error) {
	var all []age.Recipient
	for i, text := range l.Recipients {
		recipients, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil || len(recipients) != 1 {
			return nil, fmt.Errorf("recipient %d is not an age recipient: it begins with age1, and is not a secret key", i+1)
		}
		all = append(all, recipients[0])
	}
	return all, nil
}

// throwaway is a key of the same kind as the recipient's; age refuses to mix them.
func throwaway(like age.Recipient) (age.Recipient, age.Identity, error) {
	if _, ok := like.(*age.HybridRecipient); ok {
		identity, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, nil, err
		}
		return identity.Recipient(), identity, nil
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, err
	}
	return identity.Recipient(), identity, nil
}

// magic begins every file of age.
const magic = "age-encryption.org/"

// Locked reports whether a file is an encrypted one.
func Locked(source io.ReaderAt) bool {
	start := make([]byte, len(magic))
	_, err := source.ReadAt(start, 0)
	return (err == nil || err == io.EOF) && string(start) == magic
}

// Unlock gives the plain content of an encrypted file of that size, decrypted as it
// is read. The keys it needs are those of its bundle; errors are reasons in words.
func (k Keys) Unlock(source io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	identities, err := k.identities()
	if err != nil {
		return nil, 0, err
	}
	return unlock(source, size, identities...)
}

func unlock(source io.ReaderAt, size int64, identities ...age.Identity) (io.ReaderAt, int64, error) {
	plain, n, err := age.DecryptReaderAt(source, size, identities...)
	var mismatch *age.NoIdentityMatchError
	switch {
	case errors.As(err, &mismatch), errors.Is(err, age.ErrIncorrectIdentity):
		return nil, 0, ErrWrongKey
	case err != nil:
		return nil, 0, errors.New("it is damaged, or its end is missing")
	}
	return plain, n, nil
}

// Prove opens a bundle that was just encrypted, with the proof that Encrypt gave.
func Prove(source io.ReaderAt, size int64, proof age.Identity) (io.ReaderAt, int64, error) {
	return unlock(source, size, proof)
}

func (k Keys) identities() ([]age.Identity, error) {
	switch {
	case k.Identities != "" && k.Passphrase != "":
		return nil, errors.New("give an identity file or a passphrase, not both")
	case k.Passphrase != "":
		identity, err := age.NewScryptIdentity(k.Passphrase)
		if err != nil {
			return nil, err
		}
		return []age.Identity{identity}, nil
	case k.Identities != "":
		identities, err := age.ParseIdentities(strings.NewReader(k.Identities))
		if err != nil {
			return nil, errors.New("the identity file is not one of age: it holds a line AGE-SECRET-KEY-1…")
		}
		return identities, nil
	}
	return nil, ErrLocked
}
