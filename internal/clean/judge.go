package clean

import (
	"unicode"
	"unicode/utf8"
)

// verdict is what becomes of a character.
type verdict int

const (
	keep  verdict = iota // it is visible, or belongs to what is
	spell                // its stand-in is shown
	cut                  // it is the first mark too many: an ellipsis is shown
	drop                 // it is a further one
)

// The characters that join or part what stands around them.
const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// context is what stands before a character on its line.
type context struct {
	last  rune // the character kept just before; 0 at the start and after a stand-in
	base  rune // the last one kept that is neither mark nor joiner
	marks int  // on base
}

// judge decides about r, size bytes long, that rest follows.
func (c *context) judge(r rune, size int, rest string) verdict {
	v := c.verdict(r, size, rest)
	switch {
	case v == drop:
	case v == cut: // the ellipsis is what follows now stands on
		*c = context{last: '…', base: '…', marks: maxMarks + 1}
	case v == spell:
		*c = context{}
	case isMark(r) || r == joiner || r == nonJoiner:
		c.last = r
	default:
		*c = context{last: r, base: r}
	}
	return v
}

func (c *context) verdict(r rune, size int, rest string) verdict {
	switch {
	case r >= ' ' && r <= '~':
		return keep
	case r < ' ' || r == utf8.RuneError && size == 1:
		return spell
	case r == joiner || r == nonJoiner:
		if c.joins(r, rest) {
			return keep
		}
		return spell
	case unicode.Is(unicode.Variation_Selector, r):
		if c.selects(r) {
			return c.onBase()
		}
		return spell
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return spell // fillers and the like: letters and marks by category, yet blank
	case isMark(r):
		return c.onBase()
	case unicode.IsGraphic(r) || unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return keep
	}
	return spell
}

// onBase counts a mark. One without a character to stand on would land on the
// frame around the text.
func (c *context) onBase() verdict {
	if c.base == 0 {
		return spell
	}
	c.marks++
	switch {
	case c.marks <= maxMarks:
		return keep
	case c.marks == maxMarks+1:
		return cut
	}
	return drop
}

// isMark reports whether the character stands on the one before it: combining
// marks, and the vowels and finals of Hangul that terminals give no width.
func isMark(r rune) bool {
	return unicode.IsMark(r) || r >= 0x1160 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7ff
}

// joins reports whether a joiner does its work here: in an emoji made of several,
// or within a word of a script whose letters join.
func (c *context) joins(r rune, rest string) bool {
	if c.base == 0 || c.last == joiner || c.last == nonJoiner {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if r == joiner && isPictograph(c.base) && isPictograph(next) {
		return true
	}
	return unicode.In(c.base, joiningScripts...) && unicode.In(next, joiningScripts...) && unicode.IsLetter(next)
}

// joiningScripts use the joiners in ordinary words: Persian and Urdu in Arabic
// letters, and the scripts of India and its neighbours.
var joiningScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
	unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
	unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

// selects reports whether a variation selector does its work here, as one that
// stands on a letter at random carries hidden data.
func (c *context) selects(r rune) bool {
	switch {
	case r == 0xfe0e || r == 0xfe0f: // as text, as emoji
		return isPictograph(c.last) || c.last >= '0' && c.last <= '9' || c.last == '#' || c.last == '*'
	case r >= 0xfe00: // variants of Chinese characters
		return unicode.Is(unicode.Han, c.last)
	}
	return unicode.Is(unicode.Mongolian, c.last) && !unicode.IsMark(c.last)
}

// isPictograph is a little wider than Unicode's Extended_Pictographic, which the
// standard library does not have: the blocks that emoji stand in.
func isPictograph(r rune) bool {
	switch {
	case r >= 0x1f000 && r <= 0x1faff, r >= 0x2190 && r <= 0x23ff, r >= 0x25a0 && r <= 0x27bf, r >= 0x2b00 && r <= 0x2bff:
		return true
	}
	switch r {
	case '©', '®', '‼', '⁉', '™', 'ℹ', 'Ⓜ', '⤴', '⤵', '〰', '〽', '㊗', '㊙':
		return true
	}
	return false
}
