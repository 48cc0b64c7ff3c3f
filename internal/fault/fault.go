// Package fault holds the one kind of error that is written for people: what was
// being done, and why it could not be, in a sentence that says what to do next.
// Every other error is wrapped into one before it reaches a screen or a terminal.
package fault

import (
	"errors"
	"fmt"
)

// Code sorts faults by what a caller does about them.
type Code int

// The codes. [Code.Exit] gives the exit status of each.
const (
	Failed   Code = iota // it could not be done (full disk, permission, damage)
	Usage                // the words of the command or form are wrong
	NotFound             // there is no such case, entry, step, gate …
	Exists               // it is there already
	Conflict             // someone else changed the same thing meanwhile
	Refused              // a rule forbids it (closed case, CPR number in a notice …)
	Damaged              // the file is damaged, foreign, or from a newer program
)

// Exit is the exit status of the command line: 2 for wrong usage, 1 otherwise.
func (c Code) Exit() int {
	if c == Usage {
		return 2
	}
	return 1
}

// Error is a fault. What names the thing or the act ("fact persons.count"), Why
// says what is wrong and what to do, both without a CPR number and without a
// final full stop. Err is the cause, if there is one, for logs and errors.Is.
type Error struct {
	Code Code
	What string
	Why  string
	Err  error
}

// Error is "WHAT: WHY".
func (e *Error) Error() string { return e.What + ": " + e.Why }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault; why is a format.
func New(code Code, what, why string, args ...any) *Error {
	return &Error{Code: code, What: what, Why: fmt.Sprintf(why, args...)}
}

// Wrap makes a fault of an error that was not written for people. The cause's own
// text is kept out of Why only when why is not empty.
func Wrap(code Code, err error, what, why string, args ...any) *Error {
	if why == "" {
		return &Error{Code: code, What: what, Why: err.Error(), Err: err}
	}
	return &Error{Code: code, What: what, Why: fmt.Sprintf(why, args...), Err: err}
}

// CodeOf is the code of the fault in err's chain, Failed when there is none.
func CodeOf(err error) Code {
	var f *Error
	if errors.As(err, &f) {
		return f.Code
	}
	return Failed
}

// Is reports whether err is a fault of that code.
func Is(err error, code Code) bool {
	var f *Error
	return errors.As(err, &f) && f.Code == code
}
