package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hardest is the LIX that a text for people should not exceed.
const Hardest = 38

// LIX is how hard a text is to read (Björnsson 1968): the words for each sentence,
// and beside them the share of words of more than six letters, in per cent. Danish
// that everybody reads stays under about 35; 45 and more is for officials. A line
// that ends without a stop is a sentence too: headings and points of lists are.
// A text without words has 0.
func LIX(text string) float64 {
	var words, long, sentences int
	for line := range strings.Lines(text) {
		open := false // words since the last stop
		for field := range strings.FieldsSeq(line) {
			word := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if word != "" {
				words++
				open = true
				if utf8.RuneCountInString(word) > 6 {
					long++
				}
			}
			if open && strings.ContainsAny(lastOf(field), ".:!?") {
				sentences++
				open = false
			}
		}
		if open {
			sentences++
		}
	}
	if words == 0 {
		return 0
	}
	return float64(words)/float64(max(sentences, 1)) + 100*float64(long)/float64(words)
}

// lastOf is the last letter or mark of a word, without what closes a quotation.
func lastOf(field string) string {
	field = strings.TrimRight(field, `»”")]`)
	if field == "" {
		return ""
	}
	_, size := utf8.DecodeLastRuneInString(field)
	return field[len(field)-size:]
}
