// Crash shows what becomes of a case when the program dies in the middle of its
// work. It builds the program that is shipped, lets it write, kills it at random
// moments and at chosen system calls, and then asks the program itself what is
// there:
//
//	go run ./internal/crash -kills 1000 -entries 10000
//
// After every kill the case must be in the state before the command or in the
// state after it, every entry whose id was printed must be there, and verify must
// find nothing. A kill leaves what was written to the system's cache, so this shows
// nothing about a power cut: for that, the test of the order of writes in
// cmd/timeglas shows that an id is printed after the entry was synced.
//
// What does not belong here: anything that knows how a case is stored. The harness
// types commands and reads answers, as docs of the command line say.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

// plan is what is to be done.
type plan struct {
	kills   int           // so many kills that hit
	entries int           // and at least so many entries whose ids were printed
	big     int           // entries of the case on which getting ready is measured
	limit   time.Duration // for getting ready again
	seed    uint64        // of the choice of commands, moments and system calls
	dir     string        // where the homes and the program go
	log     func(format string, args ...any)
}

func main() {
	p := plan{log: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	flag.IntVar(&p.kills, "kills", 1000, "how often the program is killed")
	flag.IntVar(&p.entries, "entries", 10_000, "how many entries it has to have acknowledged at least")
	flag.IntVar(&p.big, "big", 10_000, "entries of the case on which getting ready is measured")
	flag.DurationVar(&p.limit, "limit", time.Second, "how long getting ready again may take")
	flag.Uint64Var(&p.seed, "seed", uint64(time.Now().UnixNano()), "repeats the same choices")
	flag.Parse()
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := crash(stopped, p); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

// crash kills as planned, or until it is interrupted, and prints what came of it.
func crash(ctx context.Context, p plan) (err error) {
	if p.dir, err = os.MkdirTemp("", "timeglas-crash-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(p.dir)) }()
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	fmt.Print(r)
	if len(r.faults) > 0 {
		return fmt.Errorf("%d promises were broken", len(r.faults))
	}
	return nil
}

// run builds the program and kills it as planned. The error says that the harness
// could not do its work; what the program did wrong is in the report.
func (p plan) run(ctx context.Context) (report, error) {
	// Both at once: they share nearly everything that is compiled.
	build := exec.Command("go", "build", "-o", p.dir+string(os.PathSeparator), "timeglas/cmd/timeglas", "timeglas/internal/bigcase")
	if out, err := build.CombinedOutput(); err != nil {
		return report{}, fmt.Errorf("go build: %w\n%s", err, out)
	}
	s, err := newSite(p)
	if err != nil {
		return report{}, err
	}
	start, told := time.Now(), time.Now()
	for ctx.Err() == nil && (s.report.kills < p.kills || s.report.acknowledged < p.entries) {
		if err := s.visit(); err != nil {
			return s.report, err
		}
		if len(s.report.faults) > 20 {
			break
		}
		if time.Since(told) > 30*time.Second {
			told = time.Now()
			p.log("%d kills, %d entries acknowledged, %d faults", s.report.kills, s.report.acknowledged, len(s.report.faults))
		}
	}
	if err := s.leave(); err != nil {
		return s.report, err
	}
	s.report.took = time.Since(start)
	return s.report, nil
}
