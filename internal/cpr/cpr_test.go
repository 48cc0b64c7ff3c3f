package cpr

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The numbers in these tests have 60 added to the day or are drawn at run time.

func TestNumbersAreFoundHoweverTheyAreSpelled(t *testing.T) {
	for name, spelled := range map[string]string{
		"hyphen":              "610190-1234",
		"bare":                "6101901234",
		"space":               "610190 1234",
		"en dash":             "610190–1234",
		"em dash":             "610190—1234",
		"minus":               "610190−1234",
		"hard hyphen":         "610190\u20111234",
		"spaced hyphen":       "610190 - 1234",
		"no-break space":      "610190\u00a01234",
		"thin space":          "610190\u20091234",
		"tab":                 "610190\t1234",
		"slash":               "610190/1234",
		"dot":                 "610190.1234",
		"dotted date":         "61.01.90-1234",
		"slashed date":        "61/01/90-1234",
		"spaced date":         "61 01 90 1234",
		"dotted date, tail":   "61.01.901234",
		"pairs":               "61 01 90 12 34",
		"dotted pairs":        "61.01.90.12.34",
		"tail in pairs":       "610190 12 34",
		"day and month":       "6101 90-1234",
		"one by one":          "6 1 0 1 9 0 1 2 3 4",
		"full width":          "６１０１９０－１２３４",
		"Arabic-Indic":        "٦١٠١٩٠-١٢٣٤",
		"mathematical":        "𝟞𝟙𝟘𝟙𝟡𝟘𝟙𝟚𝟛𝟜",
		"line break":          "610190-\n1234",
		"indented line break": "610190\r\n    1234",
		"zero width":          "61\u200b01\u200d90-12\u2060\ufeff34",
		"soft hyphen":         "610190\u00ad1234",
		"bidi":                "\u202e610190\u202c-1234",
		"variation selectors": "6\ufe0f1\ufe0f0190-1234",
		"keycaps":             "6\ufe0f\u20e31\ufe0f\u20e30190-1234",
		"tags":                "6101\U000e002090-1234",
		"control":             "6101\x0090-12\x7f34",
		"invalid byte":        "6101\xff90-1234",
		"colours":             "6101\x1b[1;31m90-12\x1b[0m34",
		"long zero width":     "6101" + strings.Repeat("\u200b", 10_000) + "901234",
	} {
		for _, around := range []string{"%s", "CPR%s.", "borger %s, Aarhus", "(%s)", "610190%s", "tlf. 12345678, %s", "\n%s\n"} {
			text := fmt.Sprintf(around, spelled)
			if around == "610190%s" {
				text = "x" + spelled + "y"
			}
			found := Find(text)
			if len(found) != 1 || found[0].Number.Digits() != "6101901234" {
				t.Errorf("%s: %d found in %q", name, len(found), text)
				continue
			}
			if span := text[found[0].Start:found[0].End]; len(Find(span)) != 1 {
				t.Errorf("%s: the span %q holds no number", name, span)
			}
			if masked, n := Mask(text); n != 1 || Contains(masked) || !strings.Contains(masked, "6101••-••••") {
				t.Errorf("%s: masked as %q", name, masked)
			}
		}
	}
}

func TestOrdinaryTextIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "called the supplier at 14:05, ticket 4711",
		"2020-06-09 14:05", "2020-06-09T14:05:33+02:00", "2020-06-09T14:05:33.123456789Z", "20200609T140533Z",
		"2020-06-09-14-05-33", "2020_06_09_14_05_33.log", "20200609140533",
		"12.06.2020 14:05", "12.06.2020 14.05", "12-06-2020 1405", "09.06.20 14.05", "09.06.20 kl. 14.05", "09/06/20 14:05",
		"09.06.20-10.06.20", "09/06/20 - 10/06/20", "9.-10. juni 2020",
		"tlf. 12 12 12 12", "12121212 / 13131313", "+45 12 12 12 12", "0045 12 12 12 12",
		"CVR 10 15 08 17", "CVR 10150817", "j.nr. 2021-442-13805", "2021-32-2067",
		"DKK 150.000,00", "1.206.121.234", "1,206,121,234",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"sha256 a612190123400000000000000000000000000000000000000000000000000000",
		"evidence/a612190123400000000000000000000000000000000000000000000000000000.csv",
		"file-a612190123400000000000000000000000000000000000000000000000000000",
		"ab619012-1234-4abc-8def-a61019012345",
		"10.12.12.10", "192.168.101.101:8080", "1 2 3 4 5 6 7 8 9 10 11 12",
		"610190-12345", "0610190-1234", "61019012345", // further digits
		"920190-1234", "320190-1234", "611390-1234", // no such day or month
		"900290-1234", "893090-1234", "600190-1234", // 30 February, month 30, day 0
		"610190-x1234", "610190: 1234", "12\n12\n12\n12\n12", // not joined
		"0101••-••••", "0101xx-xxxx",
	} {
		if found := Find(text); len(found) > 0 {
			t.Errorf("%q: took %q", text, text[found[0].Start:found[0].End])
		}
		if masked, n := Mask(text); masked != text || n != 0 {
			t.Errorf("%q became %q", text, masked)
		}
	}
}

func TestSeveralNumbersAreFoundInOrder(t *testing.T) {
	text := "610190-1234, 620290 2345; 6303903456\n640490-4567 650590-5678"
	var got []string
	for _, span := range Find(text) {
		got = append(got, span.Number.Digits())
	}
	if want := "6101901234 6202902345 6303903456 6404904567 6505905678"; strings.Join(got, " ") != want {
		t.Errorf("got %v", got)
	}
	if masked, n := Mask(text); n != 5 || masked != "6101••-••••, 6202••-••••; 6303••-••••\n6404••-•••• 6505••-••••" {
		t.Errorf("%d: %q", n, masked)
	}
}

func TestWhatIsLeftOfANumberMakesNoOtherOne(t *testing.T) {
	for _, text := range []string{
		"61 01 61 01 61 01 61 01 61 01 61 01 61 01",
		"61 01 90 12 61 01 90 12 34",
		"61 12 12 6112126112",
		strings.Repeat("6 1 0 1 9 0 1 2 3 4 ", 3) + "610190-1234",
	} {
		if masked, _ := Mask(text); Contains(masked) {
			t.Errorf("%q became %q", text, masked)
		}
	}
}

func TestTheSeventhDigitTellsTheCentury(t *testing.T) {
	for _, c := range []struct{ two, seventh, year int }{
		{0, 0, 1900}, {99, 3, 1999}, {36, 4, 2036}, {37, 4, 1937}, {36, 9, 2036}, {37, 9, 1937}, {99, 9, 1999},
		{0, 5, 2000}, {57, 5, 2057}, {58, 5, 1858}, {57, 8, 2057}, {99, 8, 1899},
	} {
		if got := Year(c.two, c.seventh); got != c.year {
			t.Errorf("%02d with %d is %d, want %d", c.two, c.seventh, got, c.year)
		}
	}
}

func TestALeapDayExistsOnlyInALeapYear(t *testing.T) {
	for digits, want := range map[string]bool{
		"8902001234": false, // 1900
		"8902004234": true,  // 2000
		"8902960234": true,  // 1996
		"8902970234": false, // 1997
		"8902585234": false, // 1858
		"8902605234": true,  // 1860
		"9112901234": true,
		"9104901234": false,
	} {
		if _, ok := New(digits); ok != want {
			t.Errorf("%s: %v", digits, ok)
		}
	}
	for _, not := range []string{"", "610190123", "61019012345", "610190-123", "６101901234"} {
		if _, ok := New(not); ok {
			t.Errorf("%q is a number", not)
		}
	}
}

func TestModulus11NeverRejects(t *testing.T) {
	passing := 0
	for serial := range 1000 {
		digits := fmt.Sprintf("6101900%03d", serial)
		n, ok := New(digits)
		if !ok || !Contains(digits) {
			t.Fatalf("%s is not taken for a number", digits)
		}
		if n.PassesModulus11() {
			passing++
		}
	}
	if passing < 80 || passing > 100 {
		t.Errorf("%d of 1000 pass, about one in eleven should", passing)
	}
	// 4·6 + 3·1 + 2·0 + 7·1 + 6·9 + 5·0 + 4·0 + 3·0 + 2·0 + 1·0 = 88
	if n, _ := New("6101900000"); !n.PassesModulus11() {
		t.Error("88 is a multiple of 11")
	}
	if n, _ := New("6101900001"); n.PassesModulus11() {
		t.Error("89 is no multiple of 11")
	}
}

func TestANumberSaysBirthSexAndReplacement(t *testing.T) {
	n, ok := New("6101904235")
	if !ok || !n.IsReplacement() || !n.IsMale() || !n.Born().Equal(time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%v %v %v %v", ok, n.IsReplacement(), n.IsMale(), n.Born())
	}
}

func TestANumberIsNeverPrinted(t *testing.T) {
	n, _ := New("6101901234")
	type holder struct{ Number Number }
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		for _, value := range []any{n, &n, holder{n}, []Number{n}, Find("610190-1234")} {
			text := fmt.Sprintf(format, value)
			if Contains(text) || strings.Contains(text, "1 9 0 1") || !strings.Contains(text, "6101••-••••") && format != "%x" && format != "%q" && format != "%d" {
				t.Errorf("%s prints %s", format, text)
			}
		}
	}
	if n.ASCII() != "6101xx-xxxx" || n.String() != "6101••-••••" {
		t.Errorf("%s %s", n.ASCII(), n.String())
	}
}

// real draws the digits of a number with any date from 1858 to 2057, at run time.
func real(t *rapid.T) string {
	first := time.Date(1858, 1, 1, 0, 0, 0, 0, time.UTC)
	born := first.AddDate(0, 0, rapid.IntRange(0, 73_000).Draw(t, "days"))
	var sevenths []int
	for d := range 10 {
		if Year(born.Year()%100, d) == born.Year() {
			sevenths = append(sevenths, d)
		}
	}
	day := born.Day() + rapid.SampledFrom([]int{0, 60}).Draw(t, "replacement")
	return fmt.Sprintf("%02d%s%d%03d", day, born.Format("0106"), rapid.SampledFrom(sevenths).Draw(t, "seventh"),
		rapid.IntRange(0, 999).Draw(t, "serial"))
}

func TestEveryNumberWithADateIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := real(t)
		gap := rapid.SampledFrom([]string{"", "-", " ", "–", " - ", "/", ".", "\n", "\u200b"}).Draw(t, "gap")
		before := rapid.StringMatching(`[a-zæøå ,;:(]{0,8}`).Draw(t, "before")
		text := before + digits[:6] + gap + digits[6:] + rapid.StringMatching(`([a-zæøå,;:)][a-zæøå ]{0,8})?`).Draw(t, "after")
		found := Find(text)
		if len(found) != 1 || found[0].Number.Digits() != digits {
			t.Fatalf("%q: %v", text, found)
		}
	})
}

func TestMaskLeavesNothingToFind(t *testing.T) {
	alphabet := []string{"61", "01", "90", "12", "6", "1", "0", "610190", "1234", "6101901234", " ", "-", ".", "/", "\n", "\u200b", "x", "•", "é"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 60).Draw(t, "parts"), "")
		checkMask(t, text)
	})
}

func checkMask(t interface{ Fatalf(string, ...any) }, text string) {
	masked, n := Mask(text)
	if Contains(masked) {
		t.Fatalf("%q became %q", text, masked)
	}
	if (n > 0) != Contains(text) || n == 0 && masked != text {
		t.Fatalf("%q: %d masked, %q", text, n, masked)
	}
	end := 0
	for _, span := range Find(text) {
		if span.Start < end || span.End <= span.Start || span.End > len(text) {
			t.Fatalf("%q: span %d–%d", text, span.Start, span.End)
		}
		end = span.End
	}
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{"610190-1234", "61 01 90 12 34 61 01", "6\u200b101901234\xff", "\x1b[31m61\x1b[", "６１０１９０－１２３４"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkMask(t, text) })
}

func TestAMegabyteOfHostileTextIsReadAtOnce(t *testing.T) {
	for name, unit := range map[string]string{
		"digits": "6", "spaced digits": "6 ", "pairs": "61 ", "numbers": "610190-1234 ", "zero width": "6\u200b\u200b\u200b\u200b",
		"hexadecimal": "a6101901234", "separators": "610190" + strings.Repeat(" ", 1000), "escapes": "6\x1b[",
	} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		start := time.Now()
		if masked, _ := Mask(text); Contains(masked) {
			t.Errorf("%s: a number is left", name)
		}
		// Linear work takes some tens of milliseconds, quadratic work hours.
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for name, text := range map[string]string{
		"note":   strings.Repeat("called the supplier at 14:05, ticket 4711 ", 4),
		"danish": strings.Repeat("ringede til leverandøren kl. 14:05, sag 4711, 2020-06-09 14:05 ", 4),
		"digits": strings.Repeat("6", 1<<20),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Contains(text)
			}
		})
	}
}
