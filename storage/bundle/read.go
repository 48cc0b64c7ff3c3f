package bundle

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"timeglas/timeline"
)

// Bundle is a bundle that was opened. Its members were looked up; [Bundle.Check]
// reads them.
type Bundle struct {
	Manifest Manifest
	Files    []File // in the order of SHA256SUMS, without the manifest
	source   io.ReaderAt
	at       map[string]span
	sums     map[string]string
}

// File is a file that belongs to the case.
type File struct {
	Name   string // case.db, evidence/…, imports/…
	Size   int64  // 0 for one that lies beside
	SHA256 string
	Beside bool
}

// span is where a member's content lies in the file.
type span struct{ from, size int64 }

// What no bundle exceeds, so that a hostile one costs little.
const (
	maxMembers  = 1 << 20
	maxManifest = 1 << 16
	maxSums     = maxMembers * 256
)

// errNone is the reason given for a file that is another thing.
var errNone = errors.New("it is not a backup or archive of timeglas")

// Open reads the names in a plain bundle of that size and refuses everything that
// has no place in one. The error is a reason in words.
func Open(source io.ReaderAt, size int64) (*Bundle, error) {
	b := &Bundle{source: source, at: map[string]span{}}
	if err := b.index(size); err != nil {
		return nil, err
	}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	return b, b.readSums()
}

// index looks up the members; what lies in them is skipped.
func (b *Bundle) index(size int64) error {
	section := io.NewSectionReader(b.source, 0, size)
	archive := tar.NewReader(section)
	last := ""
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if len(b.at) == 0 {
				return errNone
			}
			return errCut
		}
		from, err := section.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		switch {
		case len(b.at) == 0 && header.Name != manifestName:
			return errNone
		case header.Typeflag != tar.TypeReg || isSparse(header):
			return errors.New("it holds something that is not a plain file")
		case !placed(header.Name):
			return errors.New("it holds a file that has no place in a bundle")
		case last == sumsName || len(b.at) >= maxMembers:
			return errors.New("it holds more than a bundle does")
		case header.Size < 0 || header.Size > size-from:
			return errCut
		}
		if _, twice := b.at[header.Name]; twice {
			return errors.New("it holds the same file twice")
		}
		b.at[header.Name], last = span{from, header.Size}, header.Name
	}
	switch last {
	case "":
		return errNone
	case sumsName:
		return nil
	}
	return errCut
}

var errCut = errors.New("its end is missing")

// isSparse: the content of a sparse member is not the bytes that lie in the file.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse") {
			return true
		}
	}
	return false
}

func placed(name string) bool {
	return name == manifestName || name == JournalName || name == sumsName || Storable(name)
}

func (b *Bundle) readManifest() error {
	text, err := b.small(manifestName, maxManifest)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &b.Manifest); err != nil {
		return errNone
	}
	switch m := b.Manifest; {
	case m.Format > formatVersion:
		return fmt.Errorf("it has format %d and this program knows up to %d: use a newer timeglas", m.Format, formatVersion)
	case m.Format < 1:
		return errNone
	}
	return nil
}

// small is the whole of a member that is read into memory.
func (b *Bundle) small(name string, most int64) ([]byte, error) {
	at, ok := b.at[name]
	if !ok {
		return nil, errNone
	}
	if at.size > most {
		return nil, fmt.Errorf("%s in it is larger than one can be", name)
	}
	text, err := io.ReadAll(io.NewSectionReader(b.source, at.from, at.size))
	if err == nil && int64(len(text)) != at.size {
		err = errCut
	}
	return text, err
}

// readSums reads the list of sums and holds it against the members.
func (b *Bundle) readSums() error {
	text, err := b.small(sumsName, maxSums)
	if err != nil {
		return err
	}
	b.sums = map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, twice := b.sums[name]; !ok || twice || !isSum(sum) || !placed(name) {
			return errors.New("its list of sums is damaged")
		}
		b.sums[name] = sum
		at, inside := b.at[name]
		if !inside && (!b.Manifest.Beside || !Storable(name)) {
			return fmt.Errorf("%s is missing in it", name)
		}
		if evidence, ok := strings.CutPrefix(name, EvidenceDir+"/"); ok && evidence != sum {
			return fmt.Errorf("the sum of %s is not its name", name)
		}
		if name != manifestName {
			b.Files = append(b.Files, File{Name: name, Size: at.size, SHA256: sum, Beside: !inside})
		}
	}
	for name := range b.at {
		if _, ok := b.sums[name]; !ok && name != sumsName {
			return fmt.Errorf("%s is not in its list of sums", name)
		}
	}
	if _, ok := b.at[JournalName]; !ok {
		return fmt.Errorf("%s is missing in it", JournalName)
	}
	return nil
}

// Journal is the content of case.db.
func (b *Bundle) Journal() *io.SectionReader { return b.Section(JournalName) }

// Section is the content of a member; it must be one of Files that lie inside.
func (b *Bundle) Section(name string) *io.SectionReader {
	at := b.at[name]
	return io.NewSectionReader(b.source, at.from, at.size)
}

// Check reads every member and compares it with its sum.
func (b *Bundle) Check(ctx context.Context) error {
	for name, want := range b.sums {
		if _, inside := b.at[name]; !inside {
			continue
		}
		hash := sha256.New()
		if n, err := Copy(ctx, hash, b.Section(name)); err != nil || n != b.at[name].size {
			return fmt.Errorf("%s in it cannot be read: %w", name, errors.Join(err, shortBy(b.at[name].size-n)))
		}
		if hex.EncodeToString(hash.Sum(nil)) != want {
			return fmt.Errorf("%s in it is damaged", name)
		}
	}
	return nil
}

func shortBy(n int64) error {
	if n > 0 {
		return errCut
	}
	return nil
}

// Identity is what every entry of the journal inside must have.
func (m Manifest) Identity() timeline.Identity {
	return timeline.Identity{Mark: m.Mark, ID: m.Journal}
}
