package storage_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"timeglas/storage"
	"timeglas/timeline"
)

// Some tests need other processes. They are this test binary again, told by the
// environment what to do.
const (
	childRole = "TIMEGLAS_TEST_CHILD" // one of childRoles or systemRoles
	childHome = "TIMEGLAS_TEST_HOME"
	childArg  = "TIMEGLAS_TEST_ARG"

	// killCount is the number of kills of the test of kills: 15 unless set.
	killCount = "TIMEGLAS_TEST_KILLS"
)

var childRoles = map[string]func(ctx context.Context, home, arg string) error{
	"append": childAppend,
	"create": childCreate,
}

func TestMain(m *testing.M) {
	role := childRoles[os.Getenv(childRole)]
	if role == nil {
		role = systemRoles[os.Getenv(childRole)]
	}
	if role == nil {
		os.Exit(m.Run())
	}
	if err := role(context.Background(), os.Getenv(childHome), os.Getenv(childArg)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func child(t testing.TB, role, home, arg string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childRole+"="+role, childHome+"="+home, childArg+"="+arg)
	return cmd
}

// childAppend appends one entry after the other, arg in number, and prints the
// sequence and id of each as soon as it is acknowledged.
func childAppend(ctx context.Context, dir, arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return err
	}
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	j, err := home.Open(ctx, "case")
	if err != nil {
		return err
	}
	for range n {
		e, err := appendUntilDone(ctx, j, note(fmt.Sprintf("from process %d", os.Getpid())))
		if err != nil {
			return err
		}
		fmt.Printf("%d %s\n", e.Seq, e.ID)
	}
	return j.Close()
}

// appendUntilDone does what desk does when others write at the same time.
func appendUntilDone(ctx context.Context, j *storage.Journal, d timeline.Draft) (timeline.Entry, error) {
	for {
		tip, err := j.Tip(ctx)
		if err != nil {
			return timeline.Entry{}, err
		}
		entries, err := j.Append(ctx, tip, d)
		if err == nil {
			return entries[0], nil
		}
		if !errors.Is(err, timeline.ErrMoved) {
			return timeline.Entry{}, err
		}
	}
}

// acknowledged reads what childAppend printed; a last line cut off by a kill was
// not acknowledged.
func acknowledged(t testing.TB, r io.Reader) map[int64]string {
	t.Helper()
	ids := map[int64]string{}
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return ids
		}
		seq, id, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseInt(seq, 10, 64)
		if err != nil {
			t.Fatalf("a child printed %q", line)
		}
		ids[n] = id
	}
}

func mustHold(t testing.TB, j *storage.Journal, acknowledged map[int64]string) {
	t.Helper()
	entries := read(t, j)
	for seq, id := range acknowledged {
		if seq > int64(len(entries)) || entries[seq-1].ID != id {
			t.Fatalf("entry %d was acknowledged as %s and is not there", seq, id)
		}
	}
	if r := verify(t, j); !r.OK || r.Entries != int64(len(entries)) {
		t.Fatalf("%+v %+v", r, r.FirstBad)
	}
}

func TestSeveralProcessesWritingLoseNothing(t *testing.T) {
	const processes, each = 4, 50
	dir, j := newCase(t, note("first"))
	var cmds [processes]*exec.Cmd
	var out, errs [processes]bytes.Buffer
	for i := range cmds {
		cmds[i] = child(t, "append", dir, strconv.Itoa(each))
		cmds[i].Stdout, cmds[i].Stderr = &out[i], &errs[i]
		if err := cmds[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i := range cmds { // all of them first: what is counted must not grow meanwhile
		if err := cmds[i].Wait(); err != nil {
			t.Errorf("process %d: %v: %s", i, err, &errs[i])
		}
	}
	for i := range cmds {
		ids := acknowledged(t, &out[i])
		if len(ids) != each {
			t.Errorf("process %d had %d entries acknowledged, not %d", i, len(ids), each)
		}
		mustHold(t, j, ids)
	}
	if n := len(read(t, j)); n != 1+processes*each {
		t.Errorf("%d entries", n)
	}
}

// TestAKillLosesNoAcknowledgedEntry kills 15 times; TIMEGLAS_TEST_KILLS=200 kills
// 200 times. The case stays the same, so that each kill meets what the one before
// left behind.
func TestAKillLosesNoAcknowledgedEntry(t *testing.T) {
	kills := 15
	if s := os.Getenv(killCount); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatalf("%s: %v", killCount, err)
		}
	}
	dir, j := newCase(t, note("first"))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for range kills {
		ids := killedAppend(t, dir)
		total += len(ids)
		j, err := openHome(t, dir).Open(t.Context(), "case")
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, j, ids)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if total == 0 {
		t.Error("no entry was acknowledged before a kill, so nothing was tested")
	}
	t.Logf("%d kills, %d acknowledged entries, all there", kills, total)
}

// killedAppend lets two processes append, kills both at a random moment after the
// first has begun, and returns what they had acknowledged.
func killedAppend(t *testing.T, dir string) map[int64]string {
	t.Helper()
	one, other := child(t, "append", dir, "1000000"), child(t, "append", dir, "1000000")
	var otherOut bytes.Buffer
	other.Stdout = &otherOut
	pipe, err := one.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []*exec.Cmd{one, other} {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	out := bufio.NewReader(pipe)
	if _, err := out.Peek(1); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
	_, _ = one.Process.Kill(), other.Process.Kill()
	ids := acknowledged(t, out)
	_, _ = one.Wait(), other.Wait()
	for seq, id := range acknowledged(t, &otherOut) {
		ids[seq] = id
	}
	return ids
}

// childCreate creates one case after the other and prints the reference of each.
func childCreate(ctx context.Context, dir, _ string) error {
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		ref := fmt.Sprintf("%d-%d", os.Getpid(), i)
		if _, err := home.Create(ctx, ref, timeline.NewIdentity(timeline.MarkCase), notes(3)...); err != nil {
			return err
		}
		fmt.Println(ref)
	}
}

func TestAKillLeavesWholeCasesOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home")
	home := openHome(t, dir)
	made := map[string]bool{}
	for range 6 {
		cmd := child(t, "create", dir, "")
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		out := bufio.NewScanner(pipe)
		out.Scan() // the first is there
		made[out.Text()] = true
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
		_ = cmd.Process.Kill()
		for out.Scan() {
			made[out.Text()] = true
		}
		_ = cmd.Wait()
	}
	cases, err := home.Refs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		j, err := home.Open(t.Context(), c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if r := verify(t, j); !r.OK || r.Entries != 3 {
			t.Errorf("case %s: %d entries, %+v", c.Ref, r.Entries, r.FirstBad)
		}
		if err := j.Close(); err != nil {
			t.Error(err)
		}
		delete(made, c.Ref)
	}
	if len(made) != 0 || len(cases) < 6 {
		t.Errorf("%d cases are there; reported and gone: %v", len(cases), made)
	}
}

// modes lists every file and directory of a home with its mode.
func modes(dir string) (map[string]os.FileMode, error) {
	all := map[string]os.FileMode{}
	return all, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil {
			all[path] = info.Mode()
		}
		return err
	})
}
