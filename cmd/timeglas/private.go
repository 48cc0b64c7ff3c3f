package main

import "os"

// tracing are environment variables with which the libraries under the screen write
// what is on it, or what was in a panic, into a file.
var tracing = []string{"TEA_TRACE", "TEA_DEBUG", "UV_DEBUG"}

// keepPrivate sees to it, before anything of a case is in memory, that none of it
// gets out by the way of debugging: no core dump, no trace.
func keepPrivate() {
	for _, name := range tracing {
		_ = os.Unsetenv(name) // fails for no name that is one
	}
	leaveNoCore()
}
