package query

import (
	"strings"
	"unicode"
)

// letters lists, behind each plain letter, the letters that are folded to it. The
// Danish æ, ø and å are letters of their own and stay: "få" is not "fa".
var letters = foldTable(
	"aáàâäãāăąǎȁȃạảấầẩẫậắằẳẵặ", "cçćĉċč", "dďđðḍ", "eéèêëēĕėęěȅȇẹẻẽếềểễệ", "gĝğġģǧǵ", "hĥħḥ",
	"iíìîïĩīĭįıǐȉȋịỉ", "jĵǰ", "kķǩḱ", "lĺļľŀłḷ", "nñńņňǹ", "oóòôöõōŏőơǒȍȏọỏốồổỗộớờởỡợ", "rŕŗřȑȓ",
	"sśŝşšșſ", "tţťŧțṭ", "uúùûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự", "wŵẁẃẅ", "yýÿŷỳỵỷỹ", "zźżžẓ",
	"åǻ", "æǽǣ", "øǿ",
)

// pairs are the letters that are folded to two.
var pairs = map[rune]string{'ß': "ss", 'œ': "oe", 'ĳ': "ij", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬀ': "ff", 'þ': "th"}

func foldTable(rows ...string) map[rune]rune {
	table := map[rune]rune{}
	for _, row := range rows {
		plain := []rune(row)[0]
		for _, r := range row {
			table[r] = plain
		}
	}
	return table
}

const ringAbove = '\u030a' // a letter of its own on an a, whichever way it was typed

// Fold levels what people write differently and mean alike: capitals, and accents
// (é is e, ö is o, ß is ss), but never æ, ø or å. Fold(Fold(s)) is Fold(s).
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var f folder
	f.Grow(len(s))
	for _, r := range s {
		f.add(r)
	}
	f.flush()
	return f.String()
}

// isFolded reports, for plain text, that there is nothing to do.
func isFolded(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// folder writes folded runes. An a is held back until it is known that no ring
// follows it.
type folder struct {
	strings.Builder
	held bool
}

func (f *folder) add(r rune) {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		f.flush()
		f.put(r)
		return
	}
	if unicode.Is(unicode.Mn, r) {
		if r == ringAbove && f.held {
			f.held = false
			f.WriteRune('å')
		}
		return
	}
	f.flush()
	r = unicode.ToLower(r)
	if two, ok := pairs[r]; ok {
		f.WriteString(two)
		return
	}
	if plain, ok := letters[r]; ok {
		r = plain
	}
	f.put(r)
}

func (f *folder) put(r rune) {
	if r == 'a' {
		f.held = true
		return
	}
	f.WriteRune(r)
}

func (f *folder) flush() {
	if f.held {
		f.held = false
		f.WriteByte('a')
	}
}

// inWord reports whether a rune belongs to a word. Marks do, so that they do not
// break the word they stand in.
func inWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// Words are the words of a text, folded: its runs of letters and digits. An index
// over these words finds what [Query.Match] finds.
func Words(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool { return !inWord(r) })
}

// spaced is a text as its words with one space before and behind each, so that
// looking for a phrase is looking for a string.
func spaced(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	between := true
	for _, r := range Fold(text) {
		switch {
		case inWord(r):
			b.WriteRune(r)
			between = false
		case !between:
			b.WriteByte(' ')
			between = true
		}
	}
	if !between {
		b.WriteByte(' ')
	}
	return b.String()
}
