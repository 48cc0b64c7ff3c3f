package playbooks

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"timeglas/internal/fault"
)

// small is a whole playbook in a few lines, whose problems are planted by replacing
// one piece of it. The numbers on the right are those the tests name.
const small = `key = "small"
version = 3
title = {en = "Small", da = "Lille"}
summary = {en = "Sum", da = "Resumé"}
[[role]]
id = "boss"
title = {en = "Boss", da = "Chef"}
[[phase]]
id = "now"
title = {en = "Now", da = "Nu"}
[[step]] # line 11
id = "look"
phase = "now"
title = {en = "Look", da = "Se"}
why = {en = "Because", da = "Fordi"}
do.en = """
First.

[[step]] is no heading here, nor is x = "y".
"""
do.da = '''
Først.
Ikke en overskrift.
'''
role = "boss"
facts = ["persons.count"]
due = {from = "aware", hours = 1.5} # line 27
sources = ["GDPR 33(1)"]
[[gate]] # line 29
id = "duty-authority"
title = {en = "Notify?", da = "Anmelde?"}
why = {en = "Because", da = "Fordi"}
role = "boss"
after = ["look"]
[[gate.option]]
id = "notify"
title = {en = "Yes", da = "Ja"}
means = {en = "It is sent", da = "Den sendes"}
[[gate.option]] # line 39
id = "not-required"
title = {en = "No", da = "Nej"}
means = {en = "It is kept", da = "Den gemmes"}
closes = ["tell"]
[[gate]] # line 44
id = "duty-people"
title = {en = "Tell?", da = "Underrette?"}
why = {en = "Because", da = "Fordi"}
role = "boss"
after = ["duty-authority"]
[[gate.option]]
id = "individually"
title = {en = "Each", da = "Hver"}
means = {en = "Letters", da = "Breve"}
[[gate.option]]
id = "publicly"
title = {en = "All", da = "Alle"}
means = {en = "A notice", da = "En meddelelse"}
[[gate.option]] # line 58
id = "deferred"
title = {en = "Wait", da = "Vent"}
means = {en = "Not yet", da = "Ikke endnu"}
review = true
[[gate.option]]
id = "not-required"
title = {en = "No", da = "Nej"}
means = {en = "It is kept", da = "Den gemmes"}
[[step]] # line 67
id = "tell"
title = {en = "Tell", da = "Fortæl"}
why = {en = "Because", da = "Fordi"}
do = {en = "Write.", da = "Skriv."}
role = "boss"
after = ["duty-people=individually|publicly", "look"]
due = {from = "duty-people", hours = 24}
`

func TestAPlaybookIsReadInTheOrderItIsWritten(t *testing.T) {
	book, err := Parse(small, "small.toml")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, item := range book.Items {
		ids = append(ids, item.ID())
	}
	if diff := cmp.Diff([]string{"look", "duty-authority", "duty-people", "tell"}, ids); diff != "" {
		t.Error(diff)
	}
	look, _ := book.Item("look")
	want := &Step{
		ID: "look", Phase: "now", Title: Text{"Look", "Se"}, Why: Text{"Because", "Fordi"},
		Do: []Text{
			{"First.", "Først."},
			{`[[step]] is no heading here, nor is x = "y".`, "Ikke en overskrift."},
		},
		Role: "boss", Facts: []string{"persons.count"},
		Due: &Due{From: "aware", Hours: 1.5}, Sources: []string{"GDPR 33(1)"},
	}
	if diff := cmp.Diff(want, look.Step); diff != "" {
		t.Error(diff)
	}
	tell, _ := book.Item("tell")
	needs := []Need{{ID: "duty-people", Options: []string{"individually", "publicly"}}, {ID: "look"}}
	if diff := cmp.Diff(needs, tell.Step.After); diff != "" {
		t.Error(diff)
	}
	if book.Version != 3 || book.Source != small || len(book.Hash) != 64 {
		t.Errorf("version %d, hash %q", book.Version, book.Hash)
	}
	people, _ := book.Item(GatePeople)
	if !people.Gate.NeedsReview(OptionDeferred) || people.Gate.NeedsReview(OptionPublicly) {
		t.Error("only the option with review = true needs a date of review")
	}
}

func TestProblemsAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new string
		line     int
		text     string
	}{
		{"syntax", `phase = "now"`, `phase = now`, 13, "not TOML"},
		{"a key twice", `phase = "now"`, `id = "again"`, 13, "not TOML"},
		{"a text that never ends", "'''\nrole", "role", 73, "not TOML"},
		{"an unknown key of the playbook", `version = 3`, "version = 3\nauthor = \"me\"", 3, "unknown key author"},
		{"an unknown key of a step", `phase = "now"`, `fase = "now"`, 13, "unknown key fase"},
		{"an unknown key of an option", `review = true`, "review = true\nreviews = 1", 63, "unknown key reviews"},
		{"an unknown heading", `[[phase]]`, `[[fase]]`, 8, "unknown heading [[fase]]"},
		{"a table instead of a list", `[[phase]]`, `[phase]`, 8, "unknown heading [phase]"},
		{"a heading that goes deeper", `[[phase]]`, `[[step.do]]`, 8, "unknown heading [[step.do]]"},
		{"a newer form", `version = 3`, `format = 9`, 2, "use a newer program"},
		{"no key", `key = "small"`, ``, 1, "key is missing"},
		{"no version", `version = 3`, ``, 1, "version is missing"},
		{"a version in quotes", `version = 3`, `version = "3"`, 2, "whole number"},
		{"no Danish title", `title = {en = "Look", da = "Se"}`, `title = {en = "Look"}`, 14, "title.da is missing: write it in Danish"},
		{"an empty English title", `en = "Look"`, `en = " "`, 14, "title.en is missing"},
		{"a third language", `title = {en = "Look", da = "Se"}`, `title = {en = "Look", da = "Se", de = "Sieh"}`, 14, "unknown key title.de"},
		{"a title in one language only by form", `title = {en = "Look", da = "Se"}`, `title = "Look"`, 14, "in both languages"},
		{"no title", `title = {en = "Look", da = "Se"}`, ``, 11, "title is missing"},
		{"more lines in one language", "Ikke en overskrift.\n", "", 21, "2 lines in English and 1 in Danish"},
		{"a hidden character", `title = {en = "Look", da = "Se"}`, `title = {en = "Lo\u202Eok", da = "Se"}`, 14, "hidden character U+202E"},
		{"no id", `id = "look"`, ``, 11, "id is missing"},
		{"an id with capitals", `id = "look"`, `id = "Look"`, 12, "other characters"},
		{"an id that is a moment", `id = "look"`, `id = "aware"`, 12, "name of a moment"},
		{"an id twice", `id = "tell"`, `id = "look"`, 68, "stands on line 12 already"},
		{"an option twice", `id = "publicly"`, `id = "individually"`, 55, "option of that id already"},
		{"an unknown role", "role = \"boss\"\nfacts", "role = \"bos\"\nfacts", 25, "no role “bos”"},
		{"an unknown phase", `phase = "now"`, `phase = "later"`, 13, "no phase “later”"},
		{"an unknown fact", `"persons.count"`, `"persons.cuont"`, 26, `no fact "persons.cuont"`},
		{"waiting for nothing there is", `, "look"]`, `, "lok"]`, 73, "waits for “lok”"},
		{"waiting for an option there is not", `=individually|publicly"`, `=individualy"`, 73, "has no option “individualy”: it has individually,"},
		{"an option of a step", `, "look"]`, `, "look=yes"]`, 73, "is a step and has no options"},
		{"waiting for no option", `=individually|publicly"`, `="`, 73, "names no option"},
		{"waiting twice", `, "look"]`, `, "duty-people=publicly"]`, 73, "names “duty-people” twice"},
		{"closing nothing there is", `closes = ["tell"]`, `closes = ["tel"]`, 29, "closes “tel”"},
		{"closing its own gate", `closes = ["tell"]`, `closes = ["duty-authority"]`, 29, "closes its own gate"},
		{"a due time from nothing", `from = "duty-people"`, `from = "people"`, 74, "starts from “people”"},
		{"a due time from itself", `from = "duty-people"`, `from = "tell"`, 74, "from the item itself"},
		{"calendar days", `hours = 1.5`, `days = 3`, 27, "not calendar days"},
		{"hours with a unit", `hours = 1.5`, `hours = "72h"`, 27, "without quotes and units"},
		{"a duration as text", `due = {from = "aware", hours = 1.5}`, `due = "P3D"`, 27, "written as {from"},
		{"hours without end", `hours = 1.5`, `hours = inf`, 27, "from 0 to"},
		{"hours that are none", `hours = 1.5`, `hours = nan`, 27, "from 0 to"},
		{"hours before", `hours = 1.5`, `hours = -1`, 27, "from 0 to"},
		{"no hours", `, hours = 1.5`, ``, 27, "no hours"},
		{"a ring", "sources = [\"GDPR 33(1)\"]", `after = ["tell"]`, 28, "waits for itself: look → "},
		{"a ring of one", "sources = [\"GDPR 33(1)\"]", `after = ["look"]`, 28, "waits for itself: look → look"},
		{"no reserved gate", `id = "duty-authority"`, `id = "duty"`, 1, "the gate “duty-authority” is missing"},
		{"a reserved option gone", `id = "publicly"`, `id = "openly"`, 45, "the option “publicly” is missing"},
		{"deferring without review", "review = true\n", "", 45, "needs review = true"},
		{"an option outside a gate", `[[phase]]`, "[[gate.option]]\nid=\"x\"\ntitle={en=\"X\",da=\"X\"}\nmeans={en=\"X\",da=\"X\"}\n[[phase]]", 8, "outside a gate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := strings.Replace(small, c.old, c.new, 1)
			if source == small {
				t.Fatal("nothing was planted")
			}
			_, err := Parse(source, "small.toml")
			for _, p := range ProblemsOf(err) {
				if p.Line == c.line && strings.Contains(p.Text, c.text) {
					return
				}
			}
			t.Errorf("want line %d: …%s…, got\n%v", c.line, c.text, ProblemsOf(err))
		})
	}
}

func TestWhatCanNeverBeReachedIsNamed(t *testing.T) {
	both := strings.NewReplacer(
		`id = "individually"`, "id = \"individually\"\ncloses = [\"tell\"]",
		`id = "publicly"`, "id = \"publicly\"\ncloses = [\"tell\"]")
	other := strings.NewReplacer(
		`after = ["duty-authority"]`, `after = ["duty-authority=notify"]`,
		`|publicly", "look"]`, `|publicly", "duty-authority=not-required"]`)
	gate := strings.NewReplacer(
		`closes = ["tell"]`, `closes = ["duty-people"]`,
		`after = ["duty-authority"]`, `after = ["duty-authority=not-required"]`)
	for _, c := range []struct {
		name, source string
		line         int
		text         string
	}{
		{"closed by each answer it waits for", both.Replace(small), 75, "each answer of “duty-people”"},
		{"waiting for two answers of one gate", other.Replace(small), 73, "another answer of “duty-authority”"},
		{"a gate closed by the answer that opens it", gate.Replace(small), 45, "its options can never be chosen"},
	} {
		_, err := Parse(c.source, "x")
		found := false
		for _, p := range ProblemsOf(err) {
			found = found || p.Line == c.line && strings.Contains(p.Text, c.text)
		}
		if !found {
			t.Errorf("%s: got %v", c.name, ProblemsOf(err))
		}
	}
}

func TestAllProblemsAreFoundAtOnceAndTheFirstIsNamed(t *testing.T) {
	source := strings.NewReplacer(`phase = "now"`, `phase = "later"`, `hours = 24`, `weeks = 1`,
		`facts = ["persons.count"]`, `facts = ["no.such"]`).Replace(small)
	_, err := Parse(source, "own.toml")
	if got := len(ProblemsOf(err)); got != 3 {
		t.Errorf("found %d problems: %v", got, ProblemsOf(err))
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("%T is no fault", err)
	}
	want := "own.toml:13: step “look”: there is no phase “later”: write a [[phase]] of that id (and 2 more problems)"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}

func TestAStepThatCannotBeReadHidesNothingAndBlamesNobody(t *testing.T) {
	source := strings.Replace(small, `id = "look"`, `id = look`, 1)
	_, err := Parse(source, "x")
	if ps := ProblemsOf(err); len(ps) != 1 || ps[0].Line != 12 {
		t.Errorf("only the syntax is wrong, got %v", ps)
	}
}

func TestLineEndingsAndByteOrderMarksDoNotMatter(t *testing.T) {
	want, err := Parse(small, "x")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse("\ufeff"+strings.ReplaceAll(small, "\n", "\r\n"), "x")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Items, got.Items); diff != "" {
		t.Error(diff)
	}
	broken := strings.Replace(small, `phase = "now"`, `phase = "later"`, 1)
	_, err = Parse(strings.ReplaceAll(broken, "\n", "\r\n"), "x")
	if ps := ProblemsOf(err); len(ps) != 1 || ps[0].Line != 13 {
		t.Errorf("got %v", ps)
	}
}

// steps writes a triage playbook (which needs no reserved gates) of n steps that wait
// for what after says.
func steps(n int, after func(i int) []int) string {
	var b strings.Builder
	b.WriteString("key = \"triage\"\nversion = 1\ntitle = {en = \"T\", da = \"T\"}\nsummary = {en = \"S\", da = \"S\"}\n")
	b.WriteString("[[role]]\nid = \"r\"\ntitle = {en = \"R\", da = \"R\"}\n")
	for i := range n {
		fmt.Fprintf(&b, "[[step]]\nid = \"s%d\"\ntitle = {en = \"T\", da = \"T\"}\nwhy = {en = \"W\", da = \"W\"}\n"+
			"do = {en = \"D\", da = \"D\"}\nrole = \"r\"\nafter = [", i)
		for _, j := range after(i) {
			fmt.Fprintf(&b, "\"s%d\",", j)
		}
		b.WriteString("]\n")
	}
	return b.String()
}

func TestLargePlaybooksAreReadInTimeProportionalToTheirSize(t *testing.T) {
	const limit = 5 * time.Second // a diamond of 30 levels has 2^30 paths
	diamond := func(i int) []int {
		switch {
		case i == 0:
			return nil
		case i%3 == 0:
			return []int{i - 1, i - 2}
		case i%3 == 1:
			return []int{i - 1}
		}
		return []int{i - 2}
	}
	chain := func(i int) []int {
		if i == 0 {
			return nil
		}
		return []int{i - 1}
	}
	for _, c := range []struct {
		name     string
		source   string
		problems int
	}{
		{"a diamond of 30 levels", steps(91, diamond), 0},
		{"a chain of 10,000 steps", steps(10_000, chain), 0},
		{"a chain of 10,000 steps, written backwards", steps(10_000, func(i int) []int {
			if i == 9_999 {
				return nil
			}
			return []int{i + 1}
		}), 0},
		{"a ring of 10,000 steps", steps(10_000, func(i int) []int { return []int{(i + 1) % 10_000} }), 1},
	} {
		start := time.Now()
		_, err := Parse(c.source, "big.toml")
		took := time.Since(start)
		t.Logf("%s: %v", c.name, took)
		if took > limit {
			t.Errorf("%s took %v", c.name, took)
		}
		if got := len(ProblemsOf(err)); got != c.problems {
			t.Errorf("%s: %d problems: %.300v", c.name, got, err)
		}
	}
}

func FuzzParseNeverPanicsAndAcceptsOnlyTOML(f *testing.F) {
	f.Add(small)
	f.Add(strings.ReplaceAll(small, "\n", "\r\n"))
	f.Add("[[step]]\nid = \"\"\"\n[[gate]]\n\"\"\"\"\"\n")
	f.Add("a = [\n[[1]]\n]\n[[gate.option]]\n")
	f.Add("x = '''\\'''\n[[role]]\n")
	f.Fuzz(func(t *testing.T, source string) {
		book, err := Parse(source, "f")
		if err != nil {
			lines := strings.Count(source, "\n") + 1
			for _, p := range ProblemsOf(err) {
				if p.Line < 1 || p.Line > lines+1 || p.Text == "" || strings.ContainsAny(p.Text, "\n\r\x1b") {
					t.Fatalf("problem %+v in %d lines", p, lines)
				}
			}
			return
		}
		var whole map[string]any
		if _, err := toml.Decode(source, &whole); err != nil {
			t.Fatalf("accepted, but not TOML: %v", err)
		}
		if n := len(anyList(whole["step"])) + len(anyList(whole["gate"])); n != len(book.Items) {
			t.Fatalf("%d items read of %d", len(book.Items), n)
		}
	})
}

func anyList(v any) []map[string]any {
	list, _ := v.([]map[string]any)
	return list
}
