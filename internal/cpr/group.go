package cpr

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// group is a run of digits. Of one that is longer than a number only the count
// matters, and it stops growing there.
type group struct {
	digits     [10]byte
	count      int // at most 11
	start, end int // byte offsets in the text
	gap        gap // what stands before it
}

// gap is what separates two groups.
type gap struct {
	first     rune
	width     int  // in characters; stops growing above wideGap
	blank     bool // nothing but spaces
	lineBreak bool
}

func (g *gap) add(r rune) {
	if g.width == 0 {
		g.first, g.blank = r, true
	}
	if g.width <= wideGap {
		g.width++
	}
	g.blank = g.blank && unicode.IsSpace(r)
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		g.lineBreak = true
	}
}

// chains yields the groups that only separators stand between. The slice is reused.
func chains(text string) iter.Seq[[]group] {
	return func(yield func([]group) bool) {
		var chain []group
		var before gap
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			value, isDigit := digitValue(r)
			switch {
			case isDigit:
				if len(chain) == 0 || before.width > 0 {
					chain = append(chain, group{start: i, gap: before})
					before = gap{}
				}
				chain[len(chain)-1].add(value, i+size)
			case isSeparator(r):
				if len(chain) > 0 {
					before.add(r)
				}
			case isHidden(r, size):
				size = hiddenLength(text[i:], size)
			default:
				if len(chain) > 0 && !yield(chain) {
					return
				}
				chain, before = chain[:0], gap{}
			}
			i += size
		}
		if len(chain) > 0 {
			yield(chain)
		}
	}
}

func (g *group) add(digit byte, end int) {
	if g.count < len(g.digits) {
		g.digits[g.count] = digit
	}
	g.count = min(g.count+1, len(g.digits)+1)
	g.end = end
}

// digitValue is the value of a decimal digit of any script: Unicode holds the ten
// digits of each in order, from zero.
func digitValue(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r - '0'), '0' <= r && r <= '9'
	}
	for _, digits := range unicode.Nd.R16 {
		if r <= rune(digits.Hi) {
			return byte((r - rune(digits.Lo)) % 10), r >= rune(digits.Lo)
		}
	}
	for _, digits := range unicode.Nd.R32 {
		if r <= rune(digits.Hi) {
			return byte((r - rune(digits.Lo)) % 10), r >= rune(digits.Lo)
		}
	}
	return 0, false
}

// isSeparator reports whether people or their programs put the character between
// the parts of a number.
func isSeparator(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r' || r >= '-' && r <= '/' || r == '_' || r == '\\'
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("·−⁻₋⁄∕‧∙・．／", r)
}

// isHidden reports whether the character shows nothing where it stands: controls,
// format characters, marks on the character before, fillers and invalid bytes.
func isHidden(r rune, size int) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	switch r {
	case '\u115f', '\u1160', '\u2800', '\u3164', '\uffa0':
		return true
	case utf8.RuneError:
		return size == 1
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me)
}

// hiddenLength is the length of the hidden text that s begins with: a control
// sequence such as the one for a colour is hidden as a whole.
func hiddenLength(s string, size int) int {
	const longest = 32
	if !strings.HasPrefix(s, "\x1b[") {
		return size
	}
	for i := len("\x1b["); i < min(len(s), longest); i++ {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
	}
	return size
}

// longestChecksum is the number of hexadecimal digits of SHA-512.
const longestChecksum = 128

// isChecksum reports whether a span is part of a checksum in hexadecimal or of a
// UUID, which hold ten digits in a row or a date by chance often enough.
func isChecksum(text string, span Span) bool {
	switch token := tokenAround(text, span, isHex); len(token) {
	case 32, 40, 56, 64, 96, 128: // MD5, SHA-1, SHA-2
		return strings.ContainsAny(token, "abcdefABCDEF") && isAllHex(token)
	}
	token := tokenAround(text, span, func(c byte) bool { return isHex(c) || c == '-' })
	return strings.ContainsAny(token, "abcdefABCDEF") && isUUID(token)
}

// tokenAround is the span with all that belongs to it on both sides, or nothing
// when letters or digits that do not belong stand next to that.
func tokenAround(text string, span Span, belongs func(byte) bool) string {
	start, end := span.Start, span.End
	for start > 0 && span.Start-start <= longestChecksum && belongs(text[start-1]) {
		start--
	}
	for end < len(text) && end-span.End <= longestChecksum && belongs(text[end]) {
		end++
	}
	if start > 0 && isWord(text[start-1]) || end < len(text) && isWord(text[end]) {
		return ""
	}
	return text[start:end]
}

func isAllHex(s string) bool {
	for i := range len(s) {
		if !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isUUID(s string) bool {
	parts := strings.Split(s, "-")
	if len(parts) != 5 {
		return false
	}
	for i, length := range []int{8, 4, 4, 4, 12} {
		if len(parts[i]) != length || !isAllHex(parts[i]) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// isWord reports whether a checksum cannot end next to c.
func isWord(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}
