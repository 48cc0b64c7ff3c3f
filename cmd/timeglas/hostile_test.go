package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"timeglas/internal/clean/hostiletest"
)

// A field is a place where people, or their files, put text into a case. A new one
// is one more line.
type field struct {
	name  string
	words func(text string) []string
}

var fields = []field{
	{"tag, which is refused", func(text string) []string { return []string{"log", "R", "text", "--tag=" + text} }},
	{"number, which is refused", func(text string) []string { return []string{"fact", "R", "persons.count=" + text} }},
	{"corrected text", func(text string) []string { return []string{"correct", "R", "3", "--text=" + text, "--why=x"} }},
	{"why of a correction", func(text string) []string { return []string{"correct", "R", "3", "--text=x", "--why=" + text} }},
	{"fact", func(text string) []string { return []string{"fact", "R", "measures.taken=" + text} }},
	{"name in a fact", func(text string) []string { return []string{"fact", "R", "controller.name=" + text} }},
	{"why of a fact", func(text string) []string { return []string{"fact", "R", "persons.count=7", "--why=" + text} }},
	{"who was aware", func(text string) []string {
		return []string{"aware", "R", "2026-11-19 07:32", "--by=" + text, "--why=" + text}
	}},
	{"what was done about a step", func(text string) []string { return []string{"step", "R", "secure", "done", "--why=" + text} }},
	{"why of a gate", func(text string) []string {
		return []string{"gate", "R", "duty-authority", "notify", "--why=" + text}
	}},
	{"who issues", func(text string) []string { return []string{"notice", "R", "--issue", "--by=" + text} }},
	{"why of a switch", func(text string) []string {
		return []string{"playbook", "R", "switch", "data-loss", "--why=" + text}
	}},
	{"name of a part of the people", func(text string) []string { return []string{"fact", "R", "subset." + text + ".count=1"} }},
	{"question of the authority", func(text string) []string { return []string{"authority", "R", "log", "--kind=question", "--", text} }},
	{"request of a person", func(text string) []string { return []string{"request", "R", "log", "--kind=access", "--", text} }},
	{"advice", func(text string) []string { return []string{"advice", "R", "--by=" + text, "--", text} }},
	{"dissent", func(text string) []string { return []string{"dissent", "R", "duty-authority", "--why=" + text} }},
	{"comment", func(text string) []string { return []string{"comment", "R", "3", "--", text} }},
	{"why of a link", func(text string) []string { return []string{"link", "R", "3", "4", "--why=" + text} }},
	{"why of a clock", func(text string) []string {
		return []string{"clock", "R", "start", "nis2", "--at=2026-11-19", "--why=" + text}
	}},
	{"why of evidence", func(text string) []string { return []string{"evidence", "R", "add", "evidence.txt", "--why=" + text} }},
	{"why of a retraction", func(text string) []string { return []string{"retract", "R", "4", "--why=" + text} }},
	{"why of a redaction", func(text string) []string { return []string{"redact", "R", "5", "--why=" + text} }},
}

// An output is what the program prints of a case, and the rule of its format.
type output struct {
	words string
	check func(text string) error // nil: nothing but that a terminal can show it
	blind bool                    // it shows no text that people typed
	data  bool                    // it is data as it was typed; only a terminal is spared
}

var outputs = []output{
	{words: "list"},
	{words: "list --json", check: isJSON},
	{words: "show R"},
	{words: "show R --as-of 2126-01-01"},
	{words: "show R --json", check: isJSON},
	{words: "show R --history measures.taken"},
	{words: "timeline R"},
	{words: "timeline R --all"},
	{words: "timeline R --format jsonl", check: isJSONLines},
	{words: "timeline R --format csv", check: isNeutralCSV, data: true},
	{words: "timeline R --format md", check: isTame},
	{words: "timeline R --format html", check: isTameHTML},
	{words: "handover R --since 2026-01-01"},
	{words: "handover R --since 2026-01-01 --format md", check: isTame},
	{words: "clock R", blind: true},
	{words: "assess R", blind: true},
	{words: "assess R --json", check: isJSON, blind: true},
	{words: "notice R --lang da --format txt"},
	{words: "notice R --lang en --format txt"},
	{words: "notice R --lang en --format md", check: isTame},
	{words: "notice R --lang en --format html", check: isTameHTML},
	{words: "notice R --lang en --format html --marks", check: isTameHTML},
	{words: "notice R --lang en --format json", check: isJSON},
	{words: "notice R --to internal --format md", check: isTame},
	{words: "notice R --to subjects --format html", check: isTameHTML},
	{words: "evidence R list"},
	{words: "evidence R list --json", check: isJSON},
	{words: "register --format csv", check: isNeutralCSV},
	{words: "register --format json", check: isJSON},
	{words: "register --format md", check: isTame},
	{words: "verify R", blind: true},
	{words: "verify R --json", check: isJSON, blind: true},
}

// last is what stands in every field in the end: for terminal, spreadsheet and
// browser at once.
const last = "=HYPERLINK(\"https://example.org\") <script>alert(1)</script> \x1b[31mred \u202eevil [a](javascript:b)"

// TestHostileTextStaysHarmless puts every hostile text into notes, and all of them
// together into every other field, and reads every output.
func TestHostileTextStaysHarmless(t *testing.T) {
	p := buildProgram(t)
	in := inProcess{t, t.TempDir()} // fast enough for so many
	t.Chdir(in.dir)
	if err := os.WriteFile("evidence.txt", []byte("found"), 0o600); err != nil {
		t.Fatal(err)
	}
	put := func(words ...string) {
		_, errs, status := in.run(append(words, "--home", p.home)...)
		if !isRaw(errs) {
			t.Errorf("%.60q: %q", words, errs)
		}
		if status != exitDone && status != exitFailed && status != exitUsage {
			t.Errorf("%.60q ends with %d", words, status)
		}
	}
	all := arguments()
	put("new", "--ref", "R", "--title="+last, "--playbook", "public-leak")
	put("log", "R", "one")
	put("log", "R", "two")
	put("log", "R", "three")
	for _, text := range all {
		put("log", "R", "--", text)
	}
	for _, f := range fields {
		for some := range slices.Chunk(short(all), 50) {
			put(f.words(strings.Join(some, " "))...)
		}
		put(f.words(last)...)
	}
	for _, o := range outputs {
		cmd := p.command(strings.Fields(o.words)...)
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v", o.words, err)
			continue
		}
		text := string(out)
		if o.data {
			shown, _, _ := in.onTerminal(append(strings.Fields(o.words), "--home", p.home)...)
			if text == shown {
				t.Errorf("%s is the same on a terminal", o.words)
			}
			text = shown
		}
		if !o.blind && !strings.Contains(text, `u202e`) && !strings.Contains(text, `u001b`) {
			t.Errorf("%s shows none of the texts, so nothing was tested", o.words)
		}
		if !isRaw(text) {
			t.Errorf("%s lets a character through that a terminal obeys: %s", o.words, around(text))
		}
		if o.check == nil {
			continue
		}
		if err := o.check(text); err != nil {
			t.Errorf("%s: %v", o.words, err)
		}
	}
}

// arguments are the texts that can be an argument of a program: no NUL.
func arguments() []string {
	return slices.DeleteFunc(hostiletest.Strings(), func(s string) bool { return strings.Contains(s, "\x00") })
}

func short(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return len(s) > 200 })
}

// obeyed reports whether a terminal would obey the character, or a reader not see
// it.
func obeyed(r rune) bool {
	return unicode.Is(unicode.Cc, r) && r != '\n' ||
		unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point) ||
		r >= 0xe0000 && r <= 0xe007f && r != 0xe007f && !isFlagTag(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}

// isFlagTag: the flags of England and others are spelled with tag characters.
func isFlagTag(r rune) bool { return r >= 0xe0020 }

// isRaw reports whether the text can be shown on a terminal as it is.
func isRaw(text string) bool {
	return utf8.ValidString(text) && strings.IndexFunc(text, obeyed) < 0
}

func around(text string) string {
	i := max(strings.IndexFunc(text, obeyed), 0)
	return fmt.Sprintf("%q", text[max(i-40, 0):min(i+40, len(text))])
}

func isJSON(text string) error {
	var v any
	return json.Unmarshal([]byte(text), &v)
}

func isJSONLines(text string) error {
	for line := range strings.Lines(text) {
		if err := isJSON(line); err != nil {
			return fmt.Errorf("%w in %.80q", err, line)
		}
	}
	return nil
}

// isNeutralCSV: no cell is a formula for a spreadsheet.
func isNeutralCSV(text string) error {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				return fmt.Errorf("a cell begins with %.20q", cell)
			}
		}
	}
	return err
}

// isTame: Markdown that becomes no element and no link that runs something.
func isTame(text string) error {
	return holdsNone(text, "<script", "<img", "</td>", "](javascript:")
}

// isTameHTML: HTML in which no typed text is an element or an address.
func isTameHTML(text string) error {
	return holdsNone(text, "<script", "<img", "alert(1)</", `="javascript:`)
}

func holdsNone(text string, active ...string) error {
	for _, a := range active {
		if i := strings.Index(strings.ToLower(text), a); i >= 0 && (i == 0 || text[i-1] != '\\') {
			return fmt.Errorf("it holds %q: %.80q", a, text[max(0, i-20):])
		}
	}
	return nil
}

// TestAHostileNameOfAFileStaysHarmless: names of files come from outside too.
func TestAHostileNameOfAFileStaysHarmless(t *testing.T) {
	p, dir := inProcess{t, t.TempDir()}, t.TempDir()
	p.run("new", "--ref", "R", "--title", "names")
	for _, name := range short(arguments()) {
		path := filepath.Join(dir, strings.NewReplacer("/", "_", "\\", "_").Replace(name))
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			continue // this system has no such name
		}
		for _, words := range [][]string{
			{"fact", "R", "--from=" + path}, {"playbook", "show", path + ".toml"}, {"list", "--config=" + path},
			{"notice", "R", "--out=" + filepath.Join(path, "x")}, {"assess", "--facts=" + path},
		} {
			if out, errs, _ := p.run(words...); !isRaw(out) || !isRaw(errs) {
				t.Errorf("%q: %s %s", words, around(out), around(errs))
			}
		}
	}
}
