package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"timeglas/storage/bundle"
)

// sumOf is the SHA-256 of what r gives, in lower-case hexadecimal.
func sumOf(ctx context.Context, r io.Reader) (string, error) {
	hash := sha256.New()
	_, err := bundle.Copy(ctx, hash, r)
	return hex.EncodeToString(hash.Sum(nil)), err
}
