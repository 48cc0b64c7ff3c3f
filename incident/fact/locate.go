package fact

import (
	"slices"
	"strconv"
	"strings"
)

// places is the line on which each key of a TOML file stands, by its path with
// zeros between; the tables of an array have their index in the path.
type places map[string]int

// line is where the path stands, or the nearest part above it that has a line (an
// inline table's members stand where it does).
func (p places) line(path []string) int {
	for n := len(path); n > 0; n-- {
		if line, ok := p[strings.Join(path[:n], "\x00")]; ok {
			return line
		}
	}
	return 1
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// locate finds the lines. The TOML library tells no positions of keys that it
// could decode, and in arrays of tables only that of the last. The text has been
// decoded before, so it is valid TOML: that makes a scanner of a page enough.
func locate(text string) places {
	s := scanner{text: text, lineNo: 1}
	found := make(places)
	tables := make(map[string]int) // how many of each array of tables so far
	var table []string
	for s.skipBlank() {
		line := s.lineNo
		var path []string
		if s.peek('[') {
			array := s.peek2('[', '[')
			s.advance(1)
			if array {
				s.advance(1)
			}
			path = s.key(']')
			s.toLineEnd()
			if array {
				name := strings.Join(path, "\x00")
				path = append(path, strconv.Itoa(tables[name]))
				tables[name]++
			}
			table = path
		} else {
			path = append(slices.Clone(table), s.key('=')...)
			s.value()
		}
		name := strings.Join(path, "\x00")
		if _, twice := found[name]; !twice {
			found[name] = line
		}
	}
	return found
}

// scanner goes through valid TOML.
type scanner struct {
	text   string
	pos    int
	lineNo int
}

func (s *scanner) done() bool       { return s.pos >= len(s.text) }
func (s *scanner) peek(c byte) bool { return !s.done() && s.text[s.pos] == c }
func (s *scanner) peek2(a, b byte) bool {
	return s.pos+1 < len(s.text) && s.text[s.pos] == a && s.text[s.pos+1] == b
}

// advance goes n bytes on and counts lines.
func (s *scanner) advance(n int) {
	end := min(s.pos+n, len(s.text))
	s.lineNo += strings.Count(s.text[s.pos:end], "\n")
	s.pos = end
}

// skipBlank goes to the next statement, past white space and comments.
func (s *scanner) skipBlank() bool {
	for !s.done() {
		switch s.text[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.advance(1)
		case '#':
			s.toLineEnd()
		default:
			return true
		}
	}
	return false
}

func (s *scanner) toLineEnd() {
	for !s.done() && s.text[s.pos] != '\n' {
		s.advance(1)
	}
}

// key reads a dotted key and the mark that ends it.
func (s *scanner) key(end byte) []string {
	var parts []string
	var part strings.Builder
	for !s.done() {
		switch c := s.text[s.pos]; c {
		case end:
			s.advance(1)
			return append(parts, part.String())
		case '.':
			parts = append(parts, part.String())
			part.Reset()
			s.advance(1)
		case ' ', '\t':
			s.advance(1)
		case '"', '\'':
			part.WriteString(s.quoted(c))
		default:
			part.WriteByte(c)
			s.advance(1)
		}
	}
	return append(parts, part.String())
}

// quoted passes a string in quotes of one line and gives what is in it.
func (s *scanner) quoted(quote byte) string {
	start := s.pos + 1
	s.advance(1)
	for !s.done() && s.text[s.pos] != quote {
		if quote == '"' && s.text[s.pos] == '\\' {
			s.advance(1)
		}
		s.advance(1)
	}
	inside := s.text[start:s.pos]
	s.advance(1)
	return inside
}

// value passes what stands behind "=": to the end of the line, but over the lines of
// an array and of a string in three quotes.
func (s *scanner) value() {
	depth := 0
	for !s.done() {
		switch c := s.text[s.pos]; c {
		case '\n':
			if depth == 0 {
				return
			}
			s.advance(1)
		case '[', '{':
			depth++
			s.advance(1)
		case ']', '}':
			depth--
			s.advance(1)
		case '#':
			s.toLineEnd()
		case '"', '\'':
			s.str(c)
		default:
			s.advance(1)
		}
	}
}

// str passes a string of one or of several lines.
func (s *scanner) str(quote byte) {
	three := strings.Repeat(string(quote), 3)
	if !strings.HasPrefix(s.text[s.pos:], three) {
		s.quoted(quote)
		return
	}
	s.advance(3)
	for !s.done() && !strings.HasPrefix(s.text[s.pos:], three) {
		if quote == '"' && s.text[s.pos] == '\\' {
			s.advance(1)
		}
		s.advance(1)
	}
	s.advance(3)
	for s.peek(quote) { // up to two quotes may stand before the closing three
		s.advance(1)
	}
}
