package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// kills is how often the ordinary suite kills; $TIMEGLAS_KILLS asks for more.
const kills = 15

// TestKillingWhileItLogsLosesNoReportedEntry runs the built program and kills it at
// moments spread over the time that logging takes. Whatever it had reported must be
// there afterwards, and the case must be whole.
func TestKillingWhileItLogsLosesNoReportedEntry(t *testing.T) {
	wanted := kills
	if n, err := strconv.Atoi(os.Getenv("TIMEGLAS_KILLS")); err == nil {
		wanted = n
	}
	p := buildProgram(t)
	p.must("new", "--ref", "R", "--title", "killed while it logs")
	usual := p.usualTime()
	before := len(p.ids("R"))
	random := rand.New(rand.NewPCG(1, uint64(wanted)))

	var reported []string
	killed, silent := 0, 0
	for round := 0; killed < wanted; round++ {
		if round > 10*wanted {
			t.Fatalf("only %d kills in %d rounds: the program is always done before", killed, round)
		}
		// The first half of its time it starts up and reads; writing comes after.
		delay := usual/2 + time.Duration(random.Int64N(int64(usual)))
		id, dead := p.logAndKill(fmt.Sprintf("note %d", round), delay)
		if id != "" {
			reported = append(reported, id)
		}
		if dead {
			killed++
			if id == "" {
				silent++
			}
		}
	}

	there := p.ids("R")
	for _, id := range reported {
		if !there[id] {
			t.Errorf("entry %s was reported and is lost", id)
		}
	}
	var report struct {
		OK      bool  `json:"ok"`
		Entries int64 `json:"entries"`
	}
	if err := json.Unmarshal(p.must("verify", "R", "--json"), &report); err != nil || !report.OK {
		t.Errorf("the case is damaged: %+v, %v", report, err)
	}
	t.Logf("%d kills at %v to %v, of which %d before the entry was reported; %d entries reported, %d of them lost; %d written and not reported; verify ok: %v",
		killed, usual/2, usual*3/2, silent, len(reported), lost(reported, there), int(report.Entries)-before-len(reported), report.OK)
}

func lost(reported []string, there map[string]bool) int {
	n := 0
	for _, id := range reported {
		if !there[id] {
			n++
		}
	}
	return n
}

// program is the built program with a home of its own.
type program struct {
	t    testing.TB
	path string
	home string
}

func buildProgram(t testing.TB) program {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "timeglas")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program{t, path, filepath.Join(dir, "home")}
}

func (p program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.path, append([]string{"--home", p.home}, args...)...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+p.t.TempDir())
	return cmd
}

func (p program) must(args ...string) []byte {
	p.t.Helper()
	out, err := p.command(args...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// usualTime is how long logging takes when nobody kills it.
func (p program) usualTime() time.Duration {
	const runs = 5
	start := time.Now()
	for range runs {
		p.must("log", "R", "undisturbed")
	}
	return time.Since(start) / runs
}

// logAndKill logs a note and kills the program after the delay. It gives the id
// that the program reported before it died, and whether it was killed.
func (p program) logAndKill(text string, delay time.Duration) (id string, killed bool) {
	p.t.Helper()
	var out bytes.Buffer
	cmd := p.command("log", "R", text)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	time.Sleep(delay)
	_ = cmd.Process.Kill() // it may be done already
	killed = cmd.Wait() != nil
	if line, whole := strings.CutSuffix(out.String(), "\n"); whole {
		id = line
	}
	return id, killed
}

// ids are the entries of the case.
func (p program) ids(ref string) map[string]bool {
	there := map[string]bool{}
	for line := range bytes.Lines(p.must("timeline", ref, "--format", "jsonl")) {
		var entry struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			p.t.Fatal(err)
		}
		there[entry.ID] = true
	}
	return there
}
