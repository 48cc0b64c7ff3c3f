package clean

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"timeglas/internal/clean/hostiletest"
)

func TestWhatIsHiddenIsSpelledOut(t *testing.T) {
	for s, want := range map[string]string{
		"\x1b[31mred":                 `\x1b[31mred`,
		"\x1b]0;never ended":          `\x1b]0;never ended`,
		"\u009b31m":                   `\u009b31m`,
		"\x9b31m":                     `\x9b31m`,
		"over\rwritten":               `over\x0dwritten`,
		"a\nb\r\nc":                   "a↵b↵c",
		"a\tb":                        "a b",
		"nul\x00 bell\a bs\b del\x7f": `nul\x00 bell\x07 bs\x08 del\x7f`,
		"next\u0085line":              `next\u0085line`,
		"l\u2028p\u2029":              `l\u2028p\u2029`,
		"invoice\u202efdp.exe":        `invoice\u202efdp.exe`,
		"a\u061c\u200e\u2066b":        `a\u061c\u200e\u2066b`,
		"zero\u200bwidth":             `zero\u200bwidth`,
		"a\u200db":                    `a\u200db`,
		"\ufeffbom":                   `\ufeffbom`,
		"soft\u00adhyphen":            `soft\u00adhyphen`,
		"\U000e0041":                  `\U000e0041`,
		"a\ufe0f":                     `a\ufe0f`,
		"a\U000e0100":                 `a\U000e0100`,
		"a\u034fb\u3164":              `a\u034fb\u3164`,
		"gr\xf8d":                     `gr\xf8d`,
		"\xed\xa0\x80":                `\xed\xa0\x80`,
		"\ue000\ufffe":                `\ue000\ufffe`,
		"\u0301no base":               `\u0301no base`,
		"\u202e\u0301":                `\u202e\u0301`,
		"👩\u200d\u200d👩":              `👩\u200d\u200d👩`,
		"👩\u200d":                     `👩\u200d`,
		"👩" + strings.Repeat("\u0301", 12) + "\u200d👩": "👩" + strings.Repeat("\u0301", 8) + `…\u200d👩`,
		"z" + strings.Repeat("\u0301", 100) + "a":      "z" + strings.Repeat("\u0301", 8) + "…a",
	} {
		if got := Line(s); got != want {
			t.Errorf("%q is shown as %q, want %q", s, got, want)
		}
		if Visible(s) {
			t.Errorf("%q passes for visible", s)
		}
	}
}

// visible are texts that must stay as they are.
var visible = []string{
	"", " ", "plain ~ text \\u202e", "Rødgrød med fløde på Ærø", "é e\u0301 A\u030arhus", "naïve – “quoted” … €",
	"قاعدة البيانات", "مُحَمَّدٌ", "می\u200cخواهم", "\u0600٤٢", "מסד נתונים שָׁלוֹם", "数据库泄露", "葛\U000e0100城", "データ", "데이터베이스",
	"क्\u200dष", "สวัสดี", "👩‍👩‍👧‍👦", "🏳️‍🌈 🏴‍☠️ ❤️‍🔥 👍🏽 👩🏽‍🚀", "1️⃣ #️⃣ ☎︎", "🇩🇰", "a\u00a0b\u3000c", "\ufffd",
	"z" + strings.Repeat("\u0301", 8),
}

func TestLanguagesAndEmojiStayAsTheyAre(t *testing.T) {
	for _, s := range visible {
		if got := Line(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
		if got := Block(s); got != s {
			t.Errorf("%q became %q as a block", s, got)
		}
		if !Visible(s) {
			t.Errorf("%q is not visible", s)
		}
	}
}

func TestABlockKeepsItsLines(t *testing.T) {
	for s, want := range map[string]string{
		"a\nb\r\nc\n": "a\nb\nc\n",
		"a\tb":        "a    b",
		"a\rb\r\r\nc": `a\x0db\x0d` + "\nc",
		"a\n\u0301b":  "a\n" + `\u0301b`,
		"a\u2028b":    `a\u2028b`,
		"\x1b[2J\n":   `\x1b[2J` + "\n",
	} {
		if got := Block(s); got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	}
}

func TestStandInsCanBeMarked(t *testing.T) {
	mark := func(s string) string { return "<" + s + ">" }
	if got := LineMarked("a\x1bb\nc\td é", mark); got != `a<\x1b>b<↵>c d é` {
		t.Errorf("line: %q", got)
	}
	if got := BlockMarked("a\u202e\r\nb\tc", mark); got != `a<\u202e>`+"\nb    c" {
		t.Errorf("block: %q", got)
	}
}

func TestNothingToDoCostsNoAllocation(t *testing.T) {
	for _, s := range visible {
		if n := testing.AllocsPerRun(10, func() { Line(s); Block(s); Visible(s) }); n > 0 {
			t.Errorf("%q costs %g allocations", s, n)
		}
	}
}

func TestHostileTextsAreSafeAfterwards(t *testing.T) {
	for _, s := range hostiletest.Strings() {
		checkSafe(t, s)
	}
}

func TestAnyTextIsSafeAfterwards(t *testing.T) {
	parts := append(hostiletest.Strings()[:60], "\u200d", "\u200c", "\ufe0f", "👩", "❤", "\u0301", "م", "a", "\n", "\r", "\xff")
	rapid.Check(t, func(t *rapid.T) {
		checkSafe(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "parts"), ""))
		checkSafe(t, string(rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "bytes")))
	})
}

func FuzzLine(f *testing.F) {
	for _, s := range hostiletest.Strings() {
		if len(s) < 200 {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) { checkSafe(t, s) })
}

func checkSafe(t interface{ Fatalf(string, ...any) }, s string) {
	line, block := Line(s), Block(s)
	for name, shown := range map[string]string{"line": line, "block": strings.ReplaceAll(block, "\n", "")} {
		if !utf8.ValidString(shown) {
			t.Fatalf("%s of %q is not valid UTF-8: %q", name, s, shown)
		}
		for _, r := range shown {
			if unicode.Is(unicode.Cc, r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Co, unicode.Noncharacter_Code_Point) ||
				r >= 0xe0000 && r <= 0xe007f || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad' {
				t.Fatalf("%s of %q holds %U", name, s, r)
			}
		}
		if ansi.Strip(shown) != shown {
			t.Fatalf("%s of %q holds a control sequence: %q", name, s, shown)
		}
	}
	if again := Line(line); again != line {
		t.Fatalf("%q: %q became %q the second time", s, line, again)
	}
	if again := Block(block); again != block {
		t.Fatalf("%q: %q became %q the second time", s, block, again)
	}
	if Visible(s) != (line == s) || !Visible(line) {
		t.Fatalf("%q: visible %v, line %q", s, Visible(s), line)
	}
}

func BenchmarkLine(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   strings.Repeat("called the supplier, ticket 4711 ", 4),
		"danish":  strings.Repeat("ringede til leverandøren på Ærø ", 4),
		"hostile": strings.Repeat("\x1b[31mred\u202e\x00", 10),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Line(s)
			}
		})
	}
}

func TestAMegabyteOfHostileTextIsCleanedAtOnce(t *testing.T) {
	for _, unit := range []string{"\x1b[", "z\u0301", "\u0301", "👩\u200d", "\xff", "م\u200c", "\r"} {
		s := strings.Repeat(unit, 1<<20/len(unit))
		start := time.Now()
		Block(Line(s))
		// Linear work takes some tens of milliseconds, quadratic work hours.
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q took %v", unit, took)
		}
	}
}
