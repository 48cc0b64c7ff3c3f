package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

// TestMain makes the test binary also the program for the scripts: the same run,
// on the real machine but for the clock and the account.
func TestMain(m *testing.M) {
	testscript.Main(removing{m}, map[string]func(){
		"timeglas": func() {
			sys := machine()
			sys.now, sys.account = clockOfScript, func() string { return "anna" }
			os.Exit(run(context.Background(), os.Args[1:], sys))
		},
	})
}

// clockOfScript is the time in $TIMEGLAS_TEST_NOW, and the real one without it.
func clockOfScript() time.Time {
	now, err := time.Parse(time.RFC3339, os.Getenv("TIMEGLAS_TEST_NOW"))
	if err != nil {
		return time.Now()
	}
	return now
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("TIMEGLAS_HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "settings"))
			e.Setenv("TIMEGLAS_TEST_NOW", "2026-11-19T12:00:00+01:00")
			e.Setenv("ESC", "\x1b")
			e.Setenv("CPR", "010170"+"-"+"1234")
			e.Setenv("FACTS", testdata(t, "facts"))
			return scriptKey(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":    scriptExit,
			"entries": scriptEntries,
			"clean":   scriptClean,
			"id":      scriptID,
		},
		RequireExplicitExec: true,
	})
}

// scriptKey makes the key of an archive: key.txt in the script's folder, and its
// recipient in $RECIPIENT.
func scriptKey(e *testscript.Env) error {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	e.Setenv("RECIPIENT", key.Recipient().String())
	return os.WriteFile(filepath.Join(e.WorkDir, "key.txt"), []byte("# a key for one test\n"+key.String()+"\n"), 0o600)
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// scriptExit is "exit N WORD...": timeglas with these words ends with status N.
func scriptExit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit N WORD...")
	}
	err := ts.Exec("timeglas", args[1:]...)
	got := 0
	if err != nil {
		if _, err := fmt.Sscanf(err.Error(), "exit status %d", &got); err != nil {
			ts.Fatalf("%v", err)
		}
	}
	if want := args[0]; fmt.Sprint(got) != want {
		ts.Fatalf("the exit status is %d, not %s", got, want)
	}
	if message := ts.ReadFile("stderr"); got == exitFailed || got == exitUsage {
		if strings.Count(message, "\n") != 1 || !strings.HasPrefix(message, "timeglas: ") {
			ts.Fatalf("not one line that begins with the name of the program: %q", message)
		}
	}
}

// scriptEntries is "entries R N": the case is whole and has N entries.
func scriptEntries(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: entries R N")
	}
	ts.Check(ts.Exec("timeglas", "verify", args[0]))
	if out := ts.ReadFile("stdout"); !strings.Contains(out, "is whole: "+args[1]+" entries") {
		ts.Fatalf("want %s entries: %s", args[1], out)
	}
}

// scriptClean is "clean": neither output of the last command holds anything that a
// terminal would obey, nor a CPR number.
func scriptClean(ts *testscript.TestScript, _ bool, _ []string) {
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		if i := strings.IndexFunc(text, func(r rune) bool {
			return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e
		}); i >= 0 {
			ts.Fatalf("%s holds %q", name, text[i:min(len(text), i+20)])
		}
		if strings.Contains(text, ts.Getenv("CPR")) {
			ts.Fatalf("%s holds the CPR number", name)
		}
	}
}

// scriptID is "id NAME": the id that the last command printed goes into $NAME.
func scriptID(ts *testscript.TestScript, neg bool, args []string) {
	id := strings.TrimSpace(ts.ReadFile("stdout"))
	if neg || len(args) != 1 || !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{26}$`).MatchString(id) {
		ts.Fatalf("the output is not one id: %q", id)
	}
	ts.Setenv(args[0], id)
}

// contract are the commands and options that other programs rely on.
var contract = map[string][]string{
	"new":           {"ref", "title", "playbook", "aware", "by", "why", "keep-cpr"},
	"list":          {"json", "due-within"},
	"show":          {"json", "as-of", "history", "since"},
	"log":           {"at", "kind", "tag", "keep-cpr"},
	"correct":       {"text", "at", "why", "keep-cpr"},
	"retract":       {"why"},
	"tag":           {},
	"pin":           {},
	"fact":          {"why", "estimate", "from", "keep-cpr"},
	"aware":         {"by", "why", "suspected", "no-later-than"},
	"redact":        {"why"},
	"step":          {"why"},
	"gate":          {"why", "review"},
	"close":         {"why"},
	"reopen":        {"why"},
	"clock":         {"json", "aware", "now", "at", "why", "name", "hours", "days"},
	"assess":        {"json", "facts", "adjust", "why", "what-if"},
	"notice":        {"to", "phase", "lang", "format", "subset", "out", "strict", "issue", "by", "why", "despite", "issued", "reader", "translation", "marks"},
	"approve":       {"why"},
	"authority":     {"due", "at", "kind", "reopens", "why", "keep-cpr"},
	"request":       {"received", "kind", "why", "keep-cpr"},
	"advice":        {"by", "gate", "option", "keep-cpr"},
	"dissent":       {"why"},
	"filed":         {"at", "channel", "by", "receipt", "number"},
	"register":      {"format"},
	"timeline":      {"query", "format", "out", "view", "all", "utc", "as-of"},
	"comment":       {"keep-cpr"},
	"link":          {"why"},
	"view":          {},
	"since":         {"since"},
	"handover":      {"since", "lang", "format", "out", "as-of"},
	"evidence":      {"json", "why", "out"},
	"backup":        {"out"},
	"archive":       {"out", "recipient", "passphrase-file"},
	"restore":       {"ref", "verify", "identity-file", "passphrase-file"},
	"dispose":       {"why", "hold", "lift-hold"},
	"verify":        {"json", "checkpoint", "key"},
	"checkpoint":    {"out"},
	"prove":         {"out", "check", "key"},
	"playbook":      {"why"},
	"playbook list": {"json"},
	"playbook show": {"json"},
	"demo":          {"print", "lang"},
	"version":       {},
}

func TestTheContractsCommandsAndOptionsAreThere(t *testing.T) {
	root := (&app{system: machine()}).root()
	for name, flags := range contract {
		cmd, _, err := root.Find(strings.Fields(name))
		if err != nil || cmd.CommandPath() != "timeglas "+name {
			t.Errorf("there is no command %s", name)
			continue
		}
		for _, flag := range append(flags, "home", "config") {
			if cmd.Flag(flag) == nil && cmd.InheritedFlags().Lookup(flag) == nil {
				t.Errorf("%s has no option --%s", name, flag)
			}
		}
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			check(sub)
		}
		switch {
		case cmd.Name() == "help":
			return
		case cmd.Short == "" || !strings.Contains(cmd.Example, "timeglas"):
			t.Errorf("%s has no description or no example", cmd.CommandPath())
		case !strings.Contains(cmd.Annotations[exitNote], "0 done"):
			t.Errorf("%s does not say its exit statuses", cmd.CommandPath())
		}
	}
	check((&app{system: machine()}).root())
}

func TestHelpFitsEightyColumns(t *testing.T) {
	for name := range contract {
		out, _, status := call(t, append(strings.Fields(name), "--help")...)
		if status != exitDone || !strings.Contains(out, "Exit status") {
			t.Errorf("%s --help ends with %d: %s", name, status, out)
		}
		for line := range strings.SplitSeq(out, "\n") {
			if len([]rune(line)) > pageWidth {
				t.Errorf("%s: a line of %d columns: %s", name, len([]rune(line)), line)
			}
		}
	}
}

func TestAPanicIsOneLineWithoutItsText(t *testing.T) {
	var errs bytes.Buffer
	sys := machine()
	sys.stdin, sys.stdout, sys.stderr, sys.terminal = strings.NewReader(""), new(bytes.Buffer), &errs, false
	sys.getenv = func(string) string { panic("the case of Hansen") }
	status := run(t.Context(), []string{"list"}, sys)
	if got := errs.String(); status != exitFailed || strings.Count(got, "\n") != 1 || strings.Contains(got, "Hansen") {
		t.Errorf("status %d, %q", status, got)
	}
}

func TestAnOutputThatCannotBeWrittenIsAFailure(t *testing.T) {
	var errs bytes.Buffer
	sys := machine()
	sys.stdout, sys.stderr = full{}, &errs
	if status := run(t.Context(), []string{"version"}, sys); status != exitFailed {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(errs.String(), "output: it could not be written") {
		t.Errorf("%q", errs.String())
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, fmt.Errorf("no space left on device") }

// call runs the program in this process, in a home of the test's own.
func call(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	dir := t.TempDir()
	var out, errs bytes.Buffer
	sys := system{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now,
		account: func() string { return "anna" },
		getenv:  func(name string) string { return map[string]string{"HOME": dir}[name] },
	}
	status = run(t.Context(), args, sys)
	return out.String(), errs.String(), status
}

func TestTheAccountIsNotTakenFromTheEnvironment(t *testing.T) {
	real := account()
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		t.Setenv(name, "mallory")
	}
	if got := account(); got != real || got == "mallory" || got == "" {
		t.Errorf("the account is %q, and with other variables %q", real, got)
	}
}
