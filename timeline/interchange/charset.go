package interchange

import "unicode/utf8"

// charset is how the bytes of a file become letters. The first row that is not plain
// ASCII settles it for the whole file; a row that contradicts is refused, not guessed.
type charset struct{ settled encoding }

type encoding int

const (
	unsettled encoding = iota
	utf8Encoding
	windows1252
)

// decode is the row in UTF-8.
func (c *charset) decode(row []byte) ([]byte, error) {
	if isASCII(row) {
		return row, nil
	}
	valid := utf8.Valid(row)
	if c.settled == unsettled {
		c.settled = windows1252
		if valid {
			c.settled = utf8Encoding
		}
	}
	switch {
	case c.settled == utf8Encoding && !valid:
		return nil, bad("it is not in UTF-8, as the rows before it are")
	case c.settled == utf8Encoding:
		return row, nil
	case valid:
		return nil, bad("it is in UTF-8, but the rows before it are in Windows-1252")
	}
	return fromWindows1252(row)
}

func isASCII(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// high1252 are the characters 0x80 to 0x9f of Windows-1252; 0 has none. All others
// are those of Unicode. Source: the table of the WHATWG Encoding Standard, without
// the controls that it puts into the five holes.
var high1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func fromWindows1252(row []byte) ([]byte, error) {
	out := make([]byte, 0, len(row)+len(row)/8)
	for _, b := range row {
		r := rune(b)
		if b >= 0x80 && b < 0xa0 {
			if r = high1252[b-0x80]; r == 0 {
				return nil, bad("it is neither in UTF-8 nor in Windows-1252")
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

// byteOrderMark is what some programs put before UTF-8.
var byteOrderMark = []byte("\ufeff")
