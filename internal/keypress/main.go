//go:build unix

// Keypress plays keys into a program in a pseudo-terminal and counts what comes
// back: how long until the first frame stands, and for each key how many bytes the
// program sends and how long until the last of them. Any program that draws on a
// terminal can be measured, so that figures stand beside those of others from the
// same run:
//
//	go run ./internal/keypress -size 80x24 -keys 'jjjjkkkk' -- timeglas open 2026-014
//
// It is a tool for docs/performance.md; no test depends on its times.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

func main() {
	size := flag.String("size", "80x24", "columns and rows of the terminal")
	keys := flag.String("keys", "jjjjjjjjkkkkkkkk", "the keys to play, one byte each")
	settle := flag.Duration("settle", 120*time.Millisecond, "silence after which a frame counts as whole")
	runs := flag.Int("runs", 5, "how often the program is started")
	warm := flag.String("warm", "", "keys played before those that are counted")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "keypress: no program: give it after --")
		os.Exit(2)
	}
	if err := measure(os.Stdout, *size, *warm, *keys, *settle, *runs, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "keypress:", err)
		os.Exit(1)
	}
}

// figures are what one run gave, in the order in which things happened.
type figures struct {
	firstFrame time.Duration
	frameBytes int
	keyBytes   []int
	keyTimes   []time.Duration
}

func measure(w io.Writer, size, warm, keys string, settle time.Duration, runs int, command []string) error {
	var all figures
	var frames []time.Duration
	var frameBytes []int
	for range runs {
		f, err := run(size, warm, keys, settle, command)
		if err != nil {
			return err
		}
		frames, frameBytes = append(frames, f.firstFrame), append(frameBytes, f.frameBytes)
		all.keyBytes = append(all.keyBytes, f.keyBytes...)
		all.keyTimes = append(all.keyTimes, f.keyTimes...)
	}
	fmt.Fprintf(w, "%s, %d runs, %d keys each\n", size, runs, len(keys))
	fmt.Fprintf(w, "first frame  %s  %s bytes\n", spread(frames), spread(frameBytes))
	fmt.Fprintf(w, "a key        %s  %s bytes\n", spread(all.keyTimes), spread(all.keyBytes))
	return nil
}

// spread is the least, the median and the greatest of the values.
func spread[T int | time.Duration](values []T) string {
	if len(values) == 0 {
		return "none"
	}
	sorted := slices.Sorted(slices.Values(values))
	show := func(v T) string {
		if d, ok := any(v).(time.Duration); ok {
			return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
		}
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("min %s, median %s, max %s", show(sorted[0]), show(sorted[len(sorted)/2]), show(sorted[len(sorted)-1]))
}

func run(size, warm, keys string, settle time.Duration, command []string) (f figures, err error) {
	var window pty.Winsize
	if _, err := fmt.Sscanf(size, "%dx%d", &window.Cols, &window.Rows); err != nil {
		return f, fmt.Errorf("size %q: want COLUMNSxROWS", size)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=")
	start := time.Now()
	terminal, err := pty.StartWithSize(cmd, &window)
	if err != nil {
		return f, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGKILL)
		_ = terminal.Close()
		_ = cmd.Wait()
	}()
	screen := listen(terminal)
	f.frameBytes, f.firstFrame = screen.burst(start, settle)
	for _, key := range []byte(warm) {
		if _, _, err := screen.press(terminal, key, settle); err != nil {
			return f, err
		}
	}
	for _, key := range []byte(keys) {
		n, took, err := screen.press(terminal, key, settle)
		if err != nil {
			return f, err
		}
		f.keyBytes, f.keyTimes = append(f.keyBytes, n), append(f.keyTimes, took)
	}
	return f, nil
}

// screen counts what a program sends.
type screen struct {
	mu    sync.Mutex
	bytes int
	last  time.Time
}

func listen(r io.Reader) *screen {
	s := &screen{}
	go func() {
		buffer := make([]byte, 1<<16)
		for {
			n, err := r.Read(buffer)
			s.mu.Lock()
			if n > 0 {
				s.bytes, s.last = s.bytes+n, time.Now()
			}
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return s
}

func (s *screen) press(w io.Writer, key byte, settle time.Duration) (int, time.Duration, error) {
	start := time.Now()
	if _, err := w.Write([]byte{key}); err != nil {
		return 0, 0, fmt.Errorf("the program has ended: %w", err)
	}
	n, took := s.burst(start, settle)
	return n, took, nil
}

// patience is how long a program may take to answer at all.
const patience = 5 * time.Second

// burst waits until the program has been silent for the settling time after its
// last byte, and gives the bytes sent since start and the time to the last of them.
func (s *screen) burst(start time.Time, settle time.Duration) (int, time.Duration) {
	for {
		time.Sleep(settle / 20)
		s.mu.Lock()
		bytes, last := s.bytes, s.last
		s.mu.Unlock()
		answered := bytes > 0 && last.After(start)
		if (answered && time.Since(last) > settle) || (!answered && time.Since(start) > patience) {
			s.mu.Lock()
			s.bytes = 0
			s.mu.Unlock()
			return bytes, last.Sub(start)
		}
	}
}
