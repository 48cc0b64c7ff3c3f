// Command timeglas is the program: it parses what was typed, calls the desk and
// prints the answer. A group of commands is one file.
//
// What does not belong here: any rule about breaches, and anything a screen draws.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // zones also where the machine has none
)

func main() {
	keepPrivate()
	// Left alone, SIGQUIT prints the stacks.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], machine()))
}
