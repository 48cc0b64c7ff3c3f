//go:build !unix

package storage

// This system has no such flags: that the opened file is the one that was looked
// at is compared afterwards.
const (
	openNoWait   = 0
	openNoFollow = 0
)
