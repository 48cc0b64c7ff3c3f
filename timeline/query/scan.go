package query

import "unicode"

// token is a word, a value or a sign of a query.
type token struct {
	sort   tokenSort
	at     int    // of its first character
	name   string // before the colon, as typed; empty where there is none
	text   string // without the quotes
	from   int    // where the text begins
	prefix bool   // a * stands behind it
}

type tokenSort int

const (
	tokenEnd tokenSort = iota
	tokenOpen
	tokenClose
	tokenMinus
	tokenAnd
	tokenOr
	tokenNot
	tokenTerm
)

var connectives = map[string]tokenSort{"AND": tokenAnd, "OR": tokenOr, "NOT": tokenNot}

// endsBare reports whether a text without quotes ends before the rune.
func endsBare(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' }

// scanner reads tokens from left to right and never goes back.
type scanner struct {
	text  string
	runes []rune
	pos   int
}

func (s *scanner) fail(at int, why string) error { return &Error{Text: s.text, At: at, Why: why} }

// at is the rune so far ahead; 0 at the end and beyond, which no query can hold.
func (s *scanner) at(ahead int) rune {
	if i := s.pos + ahead; i < len(s.runes) {
		return s.runes[i]
	}
	return 0
}

func (s *scanner) done() bool { return s.pos >= len(s.runes) }

func (s *scanner) next() (token, error) {
	for !s.done() && unicode.IsSpace(s.at(0)) {
		s.pos++
	}
	if s.done() {
		return token{sort: tokenEnd, at: s.pos}, nil
	}
	signs := map[rune]tokenSort{'(': tokenOpen, ')': tokenClose, '-': tokenMinus}
	if sort, ok := signs[s.at(0)]; ok {
		s.pos++
		return token{sort: sort, at: s.pos - 1}, nil
	}
	return s.term()
}

// term reads a word, a phrase in quotes, or a field with its value. In a value
// quotes can begin anywhere, so that >"9 June 2020" is one; a word ends where a
// quote begins.
func (s *scanner) term() (token, error) {
	t := token{sort: tokenTerm, at: s.pos}
	if s.at(0) != '"' {
		t.name = s.fieldName()
	}
	t.from = s.pos
	if t.name == "" && s.at(0) == '"' {
		err := s.quote(&t)
		if err == nil && s.at(0) == '*' {
			t.prefix = true
			s.pos++
		}
		return t, err
	}
	return s.bare(t)
}

// fieldName takes letters and a colon off the front, if that is what stands there.
func (s *scanner) fieldName() string {
	n := 0
	for isLatin(s.at(n)) {
		n++
	}
	if n == 0 || s.at(n) != ':' {
		return ""
	}
	name := string(s.runes[s.pos : s.pos+n])
	s.pos += n + 1
	return name
}

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func (s *scanner) bare(t token) (token, error) {
	ended := false // by a quote, behind which a * is no part of the text
	var text []rune
	for !s.done() && !endsBare(s.at(0)) {
		r := s.at(0)
		if r == '"' {
			if t.name == "" {
				break
			}
			part := token{}
			if err := s.quote(&part); err != nil {
				return t, err
			}
			text, ended = append(text, []rune(part.text)...), true
			continue
		}
		if r == '*' {
			if next := s.at(1); s.pos+1 < len(s.runes) && !endsBare(next) || len(text) == 0 && !ended {
				return t, s.fail(s.pos, "a * stands behind the beginning of a word")
			}
			t.prefix = true
			s.pos++
			break
		}
		text = append(text, r)
		s.pos++
	}
	t.text = string(text)
	if sort, ok := connectives[t.text]; ok && t.name == "" && !t.prefix {
		t.sort = sort
	}
	return t, nil
}

// quote reads to the closing quote; two of them inside stand for one.
func (s *scanner) quote(t *token) error {
	open := s.pos
	var text []rune
	for s.pos++; !s.done(); s.pos++ {
		if s.at(0) != '"' {
			text = append(text, s.at(0))
			continue
		}
		if s.at(1) != '"' {
			s.pos++
			t.text = string(text)
			return nil
		}
		text = append(text, '"')
		s.pos++
	}
	return s.fail(open, "this quote is not closed")
}
