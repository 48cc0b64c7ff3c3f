package fact

import (
	"strings"
	"testing"
	"time"

	"timeglas/internal/fault"
)

func readText(t *testing.T, text string) []Given {
	t.Helper()
	given, err := ReadTOML(strings.NewReader(text), "facts.toml", copenhagen(t), now)
	if err != nil {
		t.Fatal(err)
	}
	return given
}

func TestAFileOfFactsIsReadInItsOrderWithItsLines(t *testing.T) {
	given := readText(t, `# facts
[persons]
count = 1_742      # all of them
vulnerable = "unknown"
groups = [
  "children", # the young
  "citizens",
]

[incident]
began = 2020-06-09T00:00:00+02:00
ended = 2020-06-09
discovered = 2026-11-19 07:32:00
periods = ["2020-06-09/2020-06-10", "2020-07-17"]
systems = ["AMS, formerly SALTO"]
targeted = false
systemic = "yes"
description = """
one
[persons]
count = 5
"""
title = ""
family = "data-loss"

[effect]
types = []
restored_after_h = 5
recipients = 0

[[subset]]
name = "gang"
count = 66

[[subset]]
special = true
name = "rest"

[measures]
taken = 'done'
`)
	want := []struct {
		key, text string
		line      int
	}{
		{"persons.count", "1742", 3}, {"persons.vulnerable", "unknown", 4}, {"persons.groups", "children,citizens", 5},
		{"incident.began", "2020-06-09T00:00:00+02:00", 11}, {"incident.ended", "2020-06-09+02:00", 12},
		{"incident.discovered", "2026-11-19T07:32:00+01:00", 13}, {"incident.periods", "2020-06-09/2020-06-10,2020-07-17", 14},
		{"incident.systems", `AMS\, formerly SALTO`, 15}, {"incident.targeted", "false", 16}, {"incident.systemic", "yes", 17},
		{"incident.description", "one\n[persons]\ncount = 5", 18}, {"incident.family", "data-loss", 24},
		{"effect.restored_after_h", "5", 28}, {"effect.recipients", "0", 29}, {"subset.gang.count", "66", 33},
		{"subset.rest.special", "true", 36}, {"measures.taken", "done", 40},
	}
	if len(given) != len(want) {
		t.Fatalf("%d facts, want %d: %v", len(given), len(want), given)
	}
	for i, w := range want {
		g := given[i]
		if g.Key != w.key || g.Value.Text() != w.text || g.Line != w.line {
			t.Errorf("%s = %q on line %d, want %s = %q on line %d", g.Key, g.Value.Text(), g.Line, w.key, w.text, w.line)
		}
	}
}

func TestWhatIsOutsideTheVocabularyIsNamedWithFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"unknown key":             {"[persons]\n\ncounts = 1\n", "facts.toml:3: fact persons.counts: no such key; did you mean persons.count?"},
		"unknown table":           {"[persons]\ncount = 1\n[person]\ncount = 2\n", "facts.toml:4: fact person.count: no such key"},
		"unknown empty group":     {"count = 1\n", "facts.toml:1: fact count: no such key"},
		"unknown value":           {"[effect]\n# a\ndisclosure = \"all\"\n", `facts.toml:3: fact effect.disclosure: "all" is not a value`},
		"unknown member":          {"[data]\ncategories = [\n\"name\",\n\"cpr\"]\n", "facts.toml:2: "},
		"second subset":           {"[[subset]]\nname = \"a\"\ncount = 1\n[[subset]]\nname = \"b\"\ncounts = 1\n", "facts.toml:6: fact subset.b.counts"},
		"first subset":            {"[[subset]]\nname = \"a\"\ncounts = 1\n[[subset]]\nname = \"b\"\ncount = 1\n", "facts.toml:3: fact subset.a.counts"},
		"subset without a name":   {"[persons]\ncount = 1\n[[subset]]\ncount = 1\n", "facts.toml:3: "},
		"subsets of one name":     {"[[subset]]\nname = \"a\"\ncount = 1\n[[subset]]\nname = \"a\"\ncount = 1\n", "facts.toml:5: "},
		"wrong type":              {"[persons]\ncount = 1.5\n", "facts.toml:2: fact persons.count: a number with decimals where a whole number is wanted"},
		"negative":                {"[persons]\ncount = -1\n", "facts.toml:2: fact persons.count: less than nothing"},
		"a time for a number":     {"[persons]\ncount = 2020-01-01\n", "facts.toml:2: fact persons.count: a time"},
		"a table for a value":     {"[persons.count]\na = 1\n", "facts.toml:1: fact persons.count"},
		"a list for a value":      {"[persons]\ncount = [1]\n", "facts.toml:2: fact persons.count: a list"},
		"repeated group":          {"[[persons]]\ncount = 1\n", "facts.toml:1: "},
		"not TOML":                {"[persons]\ncount = = 1\n", "facts.toml:2: not TOML"},
		"twice":                   {"[persons]\ncount = 1\ncount = 2\n", "facts.toml:"},
		"inline table":            {"\npersons = { count = 1, counts = 2 }\n", "facts.toml:2: fact persons.counts"},
		"dotted key":              {"\npersons.count = 1\npersons.counts = 2\n", "facts.toml:3: fact persons.counts"},
		"a clock time that twice": {"[incident]\nbegan = 2026-10-25 02:30:00\n", "facts.toml:2: fact incident.began"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadTOML(strings.NewReader(c.text), "facts.toml", copenhagen(t), now)
			if err == nil || !strings.HasPrefix(err.Error(), c.says) || !fault.Is(err, fault.Usage) {
				t.Errorf("got %v, want %s…", err, c.says)
			}
		})
	}
}

func TestATableOfASubsetIsTheSameAsOneInTheList(t *testing.T) {
	given := readText(t, "[subset.gang]\ncount = 66\n")
	if len(given) != 1 || given[0].Key != "subset.gang.count" || given[0].Line != 2 {
		t.Errorf("%+v", given)
	}
}

func TestAWordingInALanguageIsAQuotedKeyOrATable(t *testing.T) {
	for _, text := range []string{"[measures]\n\"taken.en\" = \"done\"\n", "[measures.taken]\nen = \"done\"\n"} {
		given := readText(t, text)
		if len(given) != 1 || given[0].Key != "measures.taken.en" || given[0].Line != 2 {
			t.Errorf("%q: %+v", text, given)
		}
	}
}

func TestASubsetWithOnlyANameExists(t *testing.T) {
	given := readText(t, "[[subset]]\nname = \"gang\"\n")
	if len(given) != 1 || given[0].Key != "subset.gang.count" || given[0].Value != Unknown {
		t.Errorf("%+v", given)
	}
}

func FuzzReadTOML(f *testing.F) {
	f.Add("[persons]\ncount = 1\n[[subset]]\nname = \"a\"\ncount = 2\n")
	f.Add("a.\"b.c\" = [1, '''x\n''', { y = \"\\\"\" }] # z\n[[q]]\n[q.r]\n")
	f.Add("[incident]\nbegan = 2020-06-09T00:00:00+02:00\ndescription = \"\"\"\\\na\"\"\"\"\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		given, err := ReadTOML(strings.NewReader(text), "f", time.UTC, now)
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for _, g := range given {
			if g.Line < 1 || g.Line > lines {
				t.Errorf("%s stands on line %d of %d", g.Key, g.Line, lines)
			}
			again, err := Decode(g.Key, Encode(g.Value))
			if err != nil || !Equal(again, g.Value) {
				t.Errorf("%s: %v comes back as %v (%v)", g.Key, g.Value, again, err)
			}
		}
	})
}
