package bundle

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// Writer writes a bundle as a stream.
type Writer struct {
	tar  *tar.Writer
	made time.Time
	sums strings.Builder
}

// NewWriter begins a bundle with its manifest.
func NewWriter(w io.Writer, m Manifest) (*Writer, error) {
	m.Format = formatVersion
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	b := &Writer{tar: tar.NewWriter(w), made: m.Made.UTC().Truncate(time.Second)}
	_, err = b.add(manifestName, int64(len(text)), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	return b, err
}

// Add writes a member of exactly that size, and gives the SHA-256 of what it was
// given.
func (b *Writer) Add(name string, size int64, write func(io.Writer) error) (sum [32]byte, err error) {
	if name != JournalName && !Storable(name) {
		return sum, fmt.Errorf("%q has no place in a bundle", name)
	}
	return b.add(name, size, write)
}

func (b *Writer) add(name string, size int64, write func(io.Writer) error) (sum [32]byte, err error) {
	header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: b.made, Format: tar.FormatPAX}
	if err := b.tar.WriteHeader(header); err != nil {
		return sum, err
	}
	hash := sha256.New()
	if err := write(io.MultiWriter(b.tar, hash)); err != nil {
		return sum, err
	}
	// Flush fails when less was written than was said.
	if err := b.tar.Flush(); err != nil {
		return sum, err
	}
	sum = [32]byte(hash.Sum(nil))
	b.sums.WriteString(sumLine(sum, name))
	return sum, nil
}

// AddBeside lists a file that lies beside the bundle.
func (b *Writer) AddBeside(name string, sum [32]byte) { b.sums.WriteString(sumLine(sum, name)) }

// Close ends the bundle with its list of sums. It does not close what it writes to.
func (b *Writer) Close() error {
	text := b.sums.String()
	header := &tar.Header{Typeflag: tar.TypeReg, Name: sumsName, Size: int64(len(text)), Mode: 0o600, ModTime: b.made, Format: tar.FormatPAX}
	if err := b.tar.WriteHeader(header); err != nil {
		return err
	}
	if _, err := io.WriteString(b.tar, text); err != nil {
		return err
	}
	return b.tar.Close()
}

// Copy copies until the end of r or of the context.
func Copy(ctx context.Context, w io.Writer, r io.Reader) (int64, error) {
	return io.Copy(w, reader{ctx, r})
}

// reader stops when the context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
