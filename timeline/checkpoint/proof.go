package checkpoint

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"

	"timeglas/timeline"
)

// MaxProof is the length in bytes that no proof exceeds: a body whose every byte is
// written as an escape, and the rest.
const MaxProof = 6*timeline.MaxBody + 64<<10

const proofVersion = "timeglas proof 1"

// Proof shows that one entry is in a journal, and shows nothing of the others but
// their hashes.
type Proof struct {
	Checkpoint Checkpoint
	Entry      timeline.Entry
	Head       []byte
	Salt, Body []byte // nil when the entry is redacted
	Path       []timeline.Hash
}

// proofFile is a proof as it is written: JSON, so that people can read it too.
type proofFile struct {
	Version    string   `json:"version"`
	Checkpoint string   `json:"checkpoint"`
	Head       string   `json:"head"`
	Salt       *string  `json:"salt"` // hexadecimal; null when the entry is redacted
	Body       *string  `json:"body"` // null likewise
	Path       []string `json:"path"` // hexadecimal, from the leaf to the root
}

// NewProof puts a proof together and checks it.
func NewProof(c Checkpoint, head, salt, body []byte, path []timeline.Hash) (Proof, error) {
	p := Proof{Checkpoint: c, Head: head, Salt: salt, Body: body, Path: path}
	return p, p.check()
}

// check reads the entry, and reckons from its head and the path to the root that was
// signed.
func (p *Proof) check() (err error) {
	if p.Entry, err = timeline.Read(p.Head, p.Salt, p.Body); err != nil {
		return fmt.Errorf("proof: %w", err)
	}
	if p.Entry.Journal != p.Checkpoint.Journal {
		return errors.New("proof: the entry and the checkpoint are of two journals")
	}
	if p.Entry.Seq > p.Checkpoint.Entries {
		return errors.New("proof: the entry is newer than the checkpoint")
	}
	path := make(tlog.RecordProof, len(p.Path))
	for i, h := range p.Path {
		path[i] = tlog.Hash(h)
	}
	c := p.Checkpoint
	if err := tlog.CheckRecord(path, c.Entries, tlog.Hash(c.Root), p.Entry.Seq-1, tlog.RecordHash(p.Head)); err != nil {
		return errors.New("proof: the entry is not in the journal that the checkpoint was made of")
	}
	return nil
}

// Marshal is the proof as a file.
func (p Proof) Marshal() ([]byte, error) {
	f := proofFile{Version: proofVersion, Checkpoint: string(p.Checkpoint.Signed), Head: string(p.Head), Path: []string{}}
	if p.Body != nil {
		if !utf8.Valid(p.Body) {
			return nil, errors.New("proof: the body is not UTF-8")
		}
		salt, body := hex.EncodeToString(p.Salt), string(p.Body)
		f.Salt, f.Body = &salt, &body
	}
	for _, h := range p.Path {
		f.Path = append(f.Path, h.String())
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(f); err != nil {
		return nil, fmt.Errorf("proof: %w", err)
	}
	return b.Bytes(), nil
}

// ParseProof reads a proof and checks all of it: the signature, the entry's salted
// commitment, and the path. As with [Parse], whose key it is remains to be compared.
func ParseProof(file []byte) (Proof, error) {
	if len(file) > MaxProof {
		return Proof{}, fmt.Errorf("proof: over %d bytes", MaxProof)
	}
	var f proofFile
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil || f.Version != proofVersion || decoder.More() {
		return Proof{}, errors.New("proof: not a proof of timeglas, or of a version that this program does not know")
	}
	c, err := Parse([]byte(f.Checkpoint))
	if err != nil {
		return Proof{}, fmt.Errorf("proof: %w", err)
	}
	p := Proof{Checkpoint: c, Head: []byte(f.Head)}
	if (f.Salt == nil) != (f.Body == nil) {
		return Proof{}, errors.New("proof: a body and its salt go together")
	}
	if f.Body != nil {
		p.Body = []byte(*f.Body)
		if p.Salt, err = hex.DecodeString(*f.Salt); err != nil {
			return Proof{}, errors.New("proof: the salt is not in hexadecimal digits")
		}
	}
	for _, text := range f.Path {
		h, err := timeline.ParseHash(text)
		if err != nil {
			return Proof{}, fmt.Errorf("proof: path: %w", err)
		}
		p.Path = append(p.Path, h)
	}
	return p, p.check()
}
