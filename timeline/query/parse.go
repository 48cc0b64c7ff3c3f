package query

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The bounds of a query: no one types more, and what is hostile ends here.
const (
	maxLength = 2000 // characters
	maxDepth  = 50   // brackets and NOTs within each other
)

// Parse reads a query. Times without an offset are read in zone, and relative ones
// ("-2h", "yesterday") from now. An empty text asks for everything. An error is an
// *[Error].
func Parse(text string, zone *time.Location, now time.Time) (Query, error) {
	p := parser{scanner: scanner{text: text, runes: []rune(text)}, zone: zone, now: now}
	switch {
	case len(p.runes) > maxLength:
		return Query{}, p.fail(maxLength, fmt.Sprintf("a query has at most %d characters", maxLength))
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return Query{}, p.fail(badRune(text), "this character is not valid text")
	}
	root, err := p.query()
	if err != nil {
		return Query{}, err
	}
	return Query{Text: text, Root: root}, nil
}

// badRune is how many characters stand before the first that cannot be in a text.
func badRune(text string) int {
	n := 0
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == 0 || r == utf8.RuneError && size == 1 {
			break
		}
		n++
	}
	return n
}

// parser reads the grammar of docs/query.md, one token ahead.
type parser struct {
	scanner
	zone  *time.Location
	now   time.Time
	tok   token
	depth int
}

func (p *parser) advance() (err error) {
	p.tok, err = p.next()
	return err
}

func (p *parser) query() (Node, error) {
	if err := p.advance(); err != nil || p.tok.sort == tokenEnd {
		return nil, err
	}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.sort == tokenClose {
		return nil, p.fail(p.tok.at, "this bracket was never opened")
	}
	return root, nil
}

// or = and *("OR" and)
func (p *parser) or() (Node, error) {
	var terms []Node
	for {
		term, err := p.and()
		if err != nil {
			return nil, err
		}
		if or, ok := term.(Or); ok {
			terms = append(terms, or...)
		} else {
			terms = append(terms, term)
		}
		if p.tok.sort != tokenOr {
			break
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	if len(terms) == 1 {
		return terms[0], nil
	}
	return Or(terms), nil
}

// and = unary *(["AND"] unary)
func (p *parser) and() (Node, error) {
	var terms []Node
	for {
		term, err := p.unary()
		if err != nil {
			return nil, err
		}
		if and, ok := term.(And); ok {
			terms = append(terms, and...)
		} else {
			terms = append(terms, term)
		}
		if s := p.tok.sort; s == tokenEnd || s == tokenOr || s == tokenClose {
			break
		}
		if p.tok.sort == tokenAnd {
			if err := p.advance(); err != nil {
				return nil, err
			}
		}
	}
	if len(terms) == 1 {
		return terms[0], nil
	}
	return And(terms), nil
}

// unary = ("NOT" / "-") unary / "(" or ")" / term
func (p *parser) unary() (Node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, p.fail(p.tok.at, fmt.Sprintf("more than %d brackets and NOTs stand within each other", maxDepth))
	}
	switch tok := p.tok; tok.sort {
	case tokenNot, tokenMinus:
		return p.not(tok)
	case tokenOpen:
		return p.brackets(tok)
	case tokenTerm:
		node, err := p.term(tok)
		if err != nil {
			return nil, err
		}
		return node, p.advance()
	default:
		return nil, p.fail(tok.at, missing[tok.sort])
	}
}

// missing says what is wrong where a term should stand.
var missing = map[tokenSort]string{
	tokenEnd:   "something to look for is missing here",
	tokenClose: "something to look for is missing before this bracket",
	tokenAnd:   "AND stands between two things; in quotes it is a word",
	tokenOr:    "OR stands between two things; in quotes it is a word",
}

func (p *parser) not(tok token) (Node, error) {
	if tok.sort == tokenMinus && (p.done() || endsBare(p.at(0)) && p.at(0) != '(') {
		return nil, p.fail(tok.at, "a - stands right before what must not be found; in quotes it is text")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	term, err := p.unary()
	return Not{term}, err
}

func (p *parser) brackets(open token) (Node, error) {
	if err := p.advance(); err != nil {
		return nil, err
	}
	inside, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.sort != tokenClose {
		return nil, p.fail(open.at, "this bracket is not closed")
	}
	return inside, p.advance()
}

func (p *parser) term(tok token) (Node, error) {
	if tok.name == "" {
		return p.phrase(tok)
	}
	name := strings.ToLower(tok.name)
	read, ok := fields[name]
	if !ok {
		return nil, p.fail(tok.at, fmt.Sprintf("there is no field of that name: use %s, or quotes to look for the text", fieldList()))
	}
	if tok.text == "" {
		return nil, p.fail(tok.from, "the value after "+name+": is missing")
	}
	return read(p, name, tok)
}

func (p *parser) phrase(tok token) (Node, error) {
	words := Words(tok.text)
	if len(words) == 0 {
		return nil, p.fail(tok.at, "there is no letter or digit in it to look for")
	}
	if last, _ := utf8.DecodeLastRuneInString(tok.text); tok.prefix && !inWord(last) {
		return nil, p.fail(tok.at, "a * stands behind the beginning of a word")
	}
	return Phrase{Words: words, Prefix: tok.prefix}, nil
}

// fields say how the value of each field is read.
var fields = map[string]func(p *parser, name string, tok token) (Node, error){
	"kind": textField, "author": textField, "tag": textField, "source": textField, "fact": textField,
	"has": func(p *parser, _ string, tok token) (Node, error) {
		what, err := oneOf(p, tok, havings)
		return Has{what}, err
	},
	"is": func(p *parser, _ string, tok token) (Node, error) {
		state, err := oneOf(p, tok, states)
		return Is{state}, err
	},
	"occurred": timeField, "recorded": timeField,
}

func fieldList() string { return list(slices.Sorted(maps.Keys(fields))) }

func list(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func textField(_ *parser, name string, tok token) (Node, error) {
	return Field{Name: FieldName(name), Value: Fold(tok.text), Prefix: tok.prefix}, nil
}

// oneOf reads a value that has to be a word of the table.
func oneOf[Word ~string](p *parser, tok token, table map[Word]func(*Subject) bool) (Word, error) {
	word := Word(strings.ToLower(tok.text))
	if _, ok := table[word]; !ok || tok.prefix {
		var words []string
		for w := range table {
			words = append(words, string(w))
		}
		slices.Sort(words)
		return "", p.fail(tok.from, fmt.Sprintf("%s is followed by %s", strings.ToLower(tok.name), list(words)))
	}
	return word, nil
}

func timeField(p *parser, name string, tok token) (Node, error) {
	if tok.prefix {
		return nil, p.fail(tok.from, "a time has no beginning to look for: write a day, or two times with .. between them")
	}
	span, err := readSpan(tok.text, p.zone, p.now)
	if err == nil && span.Unknown && TimeName(name) == TimeRecorded {
		err = fmt.Errorf("when an entry was recorded is always known")
	}
	if err != nil {
		return nil, p.fail(tok.from, err.Error())
	}
	return Time{Name: TimeName(name), Text: tok.text, Span: span}, nil
}
