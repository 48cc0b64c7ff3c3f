//go:build !linux

package storage

// examine tells nothing here: network file systems cannot be told from others, and
// docs/verification.md says so.
func examine(string) (filesystem, error) { return filesystem{free: -1}, nil }
