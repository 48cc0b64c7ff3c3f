package query

import (
	"fmt"
	"strings"
)

// Error says what a query cannot mean, and where. It reads on behind what the query
// was given for ("--query: …").
type Error struct {
	Text string // the query
	At   int    // how many characters stand before the one that it points at
	Why  string
}

// Error names the character, counting from 1.
func (e *Error) Error() string { return fmt.Sprintf("at character %d: %s", e.At+1, e.Why) }

// Caret is the query on one line, and below it a line with a caret under the
// character that the error points at.
func (e *Error) Caret() (line, caret string) {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, e.Text)
	return plain, strings.Repeat(" ", e.At) + "^"
}
