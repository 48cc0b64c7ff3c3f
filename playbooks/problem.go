package playbooks

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"timeglas/internal/fault"
)

// Problem is one thing that is wrong with the source of a playbook, and what to do
// about it.
type Problem struct {
	Line int    // from 1
	ID   string // the step, gate, role or phase it stands in; empty for none
	Text string
}

// Problems are all that is wrong with a source, by line. It is an error, so that
// it travels inside the fault that [Parse] returns; [ProblemsOf] takes it out.
type Problems []Problem

// Error lists the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = "line " + strconv.Itoa(p.Line) + ": " + p.Text
	}
	return strings.Join(lines, "\n")
}

// ProblemsOf are the problems that an error of [Parse] stands for; nil when it
// stands for none.
func ProblemsOf(err error) Problems {
	var ps Problems
	errors.As(err, &ps)
	return ps
}

// fault is the problems as one sentence that names the first.
func (ps Problems) fault(name string) error {
	first := ps[0]
	f := fault.Wrap(fault.Failed, ps, fmt.Sprintf("%s:%d", name, first.Line), "%s", first.Text)
	switch more := len(ps) - 1; {
	case more == 1:
		f.Why += " (and 1 more problem)"
	case more > 1:
		f.Why += fmt.Sprintf(" (and %d more problems)", more)
	}
	return f
}

// sorted orders problems by line; those of one line stay as they were found.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Line - b.Line })
	return ps
}
