package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// report is what came of it.
type report struct {
	seed         uint64
	kills        int
	atMoment     int            // kills after a random time
	atCall       map[string]int // kills by the system call they stood before
	during       map[string]int // kills by command
	together     int            // kills of one of several processes in the same case
	silent       int            // kills before the command had said that it was done
	acknowledged int            // entries whose ids were printed
	unspoken     int            // entries that are there though the program died before it printed them
	lost         int            // acknowledged entries that are gone
	broken       int            // cases that verify found damaged
	ready        time.Duration  // the longest that show took after a kill
	readyBig     time.Duration  // the same for the big case
	big          int            // its entries
	backups      int            // automatic ones, all of them verified at the end
	notes        []string       // what could not be done
	faults       []string       // what was promised and did not hold
	took         time.Duration
}

func (r report) String() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("kills                     %d (%d at a random moment, %d at a system call; %d while several processes wrote)",
		r.kills, r.atMoment, r.kills-r.atMoment, r.together)
	line("  before the program said that it was done: %d", r.silent)
	line("  during                  %s", counts(r.during))
	line("  at the system calls     %s", counts(r.atCall))
	line("entries acknowledged      %d", r.acknowledged)
	line("  of these lost           %d", r.lost)
	line("entries written, and killed before they were printed: %d", r.unspoken)
	line("chain breaks              %d", r.broken)
	line("ready again after a kill  within %v; with %d entries within %v", r.ready.Round(time.Millisecond), r.big, r.readyBig.Round(time.Millisecond))
	line("automatic backups         %d, each restorable", r.backups)
	line("took                      %v, seed %d", r.took.Round(time.Second), r.seed)
	for _, n := range r.notes {
		line("note: %s", n)
	}
	for _, f := range r.faults {
		line("BROKEN: %s", f)
	}
	return b.String()
}

func counts(m map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, m[name]))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}
