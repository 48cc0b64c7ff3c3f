// Package clean makes text from outside (logs, mails, names of files, what people
// paste) safe to show on a terminal: it cannot move the cursor, colour the screen,
// reorder what stands around it, or hide. What is hidden is made visible, not
// removed, since a hidden character is itself evidence.
//
// It is called at the one point where such text enters rendering, never before
// saving: the journal keeps what came in. What does not belong here: escaping for
// HTML, CSV and other formats, masking of numbers, widths and truncation.
package clean

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxMarks is how many combining marks may stand on one character. Living scripts
// need four or five; more climb into the lines above and below.
const maxMarks = 8

// Line is s on one line. Danish, Arabic, Hebrew, Chinese, emoji and accents stay as
// they are. A line break becomes ↵ and a tab a space; everything else that a
// terminal would obey or a reader could not see (controls, bidirectional controls,
// zero-width and tag characters, invalid bytes …) is spelled out, as \x1b or
// \u202e. Marks beyond eight on one character become an ellipsis.
//
// Line(Line(s)) is Line(s). Text with nothing to change is returned as it is,
// without an allocation.
func Line(s string) string { return cleaner{}.clean(s) }

// Block is Line for text of several lines: LF and CR LF stay line breaks (as LF),
// and a tab becomes four spaces. Block(Block(s)) is Block(s).
func Block(s string) string { return cleaner{block: true}.clean(s) }

// LineMarked is Line with every stand-in passed through mark, so that a screen can
// dim it and tell the character U+202E from a typed backslash. The styling that mark
// adds is not safe from being cleaned again.
func LineMarked(s string, mark func(string) string) string { return cleaner{mark: mark}.clean(s) }

// BlockMarked is Block with mark as in [LineMarked].
func BlockMarked(s string, mark func(string) string) string {
	return cleaner{block: true, mark: mark}.clean(s)
}

// Visible reports whether s can be shown on one line as it is: Line would change
// nothing. Names that people choose (references, tags, titles) are held to it.
func Visible(s string) bool {
	var before context
	for i := plain(s); i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if before.judge(r, size, s[i+size:]) != keep {
			return false
		}
		i += size
	}
	return true
}

// plain is the length of the printable ASCII that s begins with; of nearly all
// texts that is the whole. The last character is left out unless it is the end,
// since what follows may change its meaning as a base for marks.
func plain(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return max(i-1, 0)
		}
	}
	return len(s)
}

// cleaner is how a text is cleaned.
type cleaner struct {
	block bool
	mark  func(string) string // nil: stand-ins are not marked
}

func (c cleaner) clean(s string) string {
	var out strings.Builder
	var before context
	done := 0 // s[:done] is in out, or nothing is and done is 0
	for i := plain(s); i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		rest := s[i+size:]
		if verdict := before.judge(r, size, rest); verdict != keep && !(c.block && r == '\n') {
			out.WriteString(s[done:i])
			out.WriteString(c.standIn(verdict, r, s[i:i+size], rest))
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// standIn is what is shown for a character that is not kept.
func (c cleaner) standIn(v verdict, r rune, raw, rest string) string {
	var shown string
	switch {
	case v == drop:
		return ""
	case v == cut:
		shown = "…"
	case r == '\t' && c.block:
		return "    "
	case r == '\t':
		return " "
	case r == '\n':
		shown = "↵"
	case r == '\r' && strings.HasPrefix(rest, "\n"):
		return "" // the line feed says it
	default:
		shown = escape(r, raw)
	}
	if c.mark != nil {
		return c.mark(shown)
	}
	return shown
}

// escape spells a character as a Go string literal would.
func escape(r rune, raw string) string {
	switch {
	case len(raw) == 1: // ASCII, or a byte that is no UTF-8
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
