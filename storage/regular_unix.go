//go:build unix

package storage

import "syscall"

// Opening does not wait for the other end of a pipe.
const (
	openNoWait   = syscall.O_NONBLOCK
	openNoFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
)
