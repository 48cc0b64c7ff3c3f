package main

import "syscall"

// leaveNoCore forbids core dumps. The limit alone is not enough: the kernel looks
// past it when a program such as systemd-coredump takes the dumps. Not being
// dumpable also keeps other programs of the same account out of the memory.
func leaveNoCore() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) // lowering a limit is always allowed
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 0, 0)
}
