//go:build unix && !linux

package main

import "syscall"

// leaveNoCore forbids core dumps.
func leaveNoCore() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) // lowering a limit is always allowed
}
