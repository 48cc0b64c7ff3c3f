package main

import (
	"testing"
	"time"
)

// TestAKilledProgramLosesNothingThatItReported is the short form. In full:
//
//	go run ./internal/crash -kills 1000 -entries 10000
func TestAKilledProgramLosesNothingThatItReported(t *testing.T) {
	if testing.Short() {
		t.Skip("short: no kills")
	}
	// The machine may be busy with other tests: one second is for the full form.
	r, err := plan{kills: 15, big: 1000, limit: 10 * time.Second, seed: 1, dir: t.TempDir(), log: t.Logf}.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", r)
	for _, f := range r.faults {
		t.Error(f)
	}
	if r.kills < 15 || r.silent == 0 || r.acknowledged == 0 {
		t.Error("nothing was killed before it was done, or nothing was acknowledged")
	}
}
