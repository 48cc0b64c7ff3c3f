package main

import (
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
)

// system is what the program takes of the machine it runs on, so that a test can
// give it another one.
type system struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	account        func() string // the account that the system vouches for
	terminal       bool          // input and output are a terminal
	shown          bool          // the output is a terminal: it would obey what it is sent
	told           bool          // standard error is a terminal: progress may be shown
}

// machine is the real one.
func machine() system {
	return system{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, now: time.Now, account: account,
		terminal: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
		shown:    term.IsTerminal(os.Stdout.Fd()),
		told:     term.IsTerminal(os.Stderr.Fd()),
	}
}
