// Package query is the language in which people look for entries: one for the
// screen, the command line and saved views. docs/query.md is its page. A query is
// parsed into a small tree that can be matched against entries in memory, or
// walked by a store that turns it into a search of its own; both find the same.
//
// What does not belong here: how a store searches, how results are shown, and what
// the kinds of entry mean (incident).
package query

import (
	"strings"
	"time"
)

// Query is a question that was understood. The zero Query asks for everything.
type Query struct {
	Text string // as it was typed
	Root Node   // nil: everything
}

// String is the query in its canonical spelling: parsing it gives the same tree.
func (q Query) String() string {
	if q.Root == nil {
		return ""
	}
	var b strings.Builder
	q.Root.print(&b, looseOr)
	return b.String()
}

// Asks reports whether the query speaks of a state itself ("is:retracted"), so that
// entries in that state should not be hidden from it.
func (q Query) Asks(s State) bool { return asks(q.Root, s) }

func asks(n Node, s State) bool {
	switch n := n.(type) {
	case And:
		return anyAsks(n, s)
	case Or:
		return anyAsks(n, s)
	case Not:
		return asks(n.Term, s)
	case Is:
		return n.State == s
	}
	return false
}

func anyAsks(nodes []Node, s State) bool {
	for _, n := range nodes {
		if asks(n, s) {
			return true
		}
	}
	return false
}

// Node is a part of a query: [And], [Or], [Not], [Phrase], [Field], [Has], [Is] or
// [Time].
type Node interface {
	// print writes the canonical spelling, in brackets where a reader in that
	// surrounding would take it for something else.
	print(b *strings.Builder, around tightness)
}

// tightness is how strongly what stands around a node binds.
type tightness int

const (
	looseOr tightness = iota
	inAnd
	inNot
)

// And asks for all of its terms, two or more; none of them is an And.
type And []Node

// Or asks for any of its terms, two or more; none of them is an Or.
type Or []Node

// Not asks for what the term does not find.
type Not struct{ Term Node }

// Phrase asks for words that follow each other in the text; often it is one word.
type Phrase struct {
	Words  []string // folded, as [Words] gives them; at least one
	Prefix bool     // the last word is only the beginning of one
}

// FieldName is a field that is compared as text.
type FieldName string

// The fields that are compared as text.
const (
	FieldKind   FieldName = "kind"
	FieldAuthor FieldName = "author"
	FieldTag    FieldName = "tag"
	FieldSource FieldName = "source"
	FieldFact   FieldName = "fact" // the key of the fact that an entry records
)

// Field asks for entries whose field is the value.
type Field struct {
	Name   FieldName
	Value  string // folded, as [Fold] gives it
	Prefix bool   // the value is only the beginning
}

// Having is something that an entry can have.
type Having string

// What an entry can have.
const (
	HasEvidence Having = "evidence"
	HasComment  Having = "comment"
	HasLink     Having = "link"
	HasTag      Having = "tag"
)

// Has asks for entries that have the thing.
type Has struct{ What Having }

// State is something that became of an entry.
type State string

// What can become of an entry.
const (
	Pinned    State = "pinned"
	Corrected State = "corrected"
	Retracted State = "retracted"
	Redacted  State = "redacted"
)

// Is asks for entries in the state.
type Is struct{ State State }

// TimeName is a field that holds a time.
type TimeName string

// The fields that hold a time.
const (
	TimeOccurred TimeName = "occurred"
	TimeRecorded TimeName = "recorded"
)

// Time asks for entries whose time can lie in the span.
type Time struct {
	Name TimeName
	Text string // as it was typed, without its quotes
	Span Span   // what that meant when the query was parsed
}

// Span is a stretch of time from From up to, and without, To. A zero end is open.
// Unknown asks instead for entries whose time nobody knows.
type Span struct {
	From, To time.Time
	Unknown  bool
}

func (n And) print(b *strings.Builder, around tightness) { printAll(b, n, " ", inAnd, around > inAnd) }
func (n Or) print(b *strings.Builder, around tightness) {
	printAll(b, n, " OR ", looseOr, around > looseOr)
}

func printAll(b *strings.Builder, terms []Node, between string, inside tightness, brackets bool) {
	if brackets {
		b.WriteByte('(')
	}
	for i, term := range terms {
		if i > 0 {
			b.WriteString(between)
		}
		term.print(b, inside)
	}
	if brackets {
		b.WriteByte(')')
	}
}

func (n Not) print(b *strings.Builder, _ tightness) {
	b.WriteString("NOT ")
	n.Term.print(b, inNot)
}

func (n Phrase) print(b *strings.Builder, _ tightness) {
	if len(n.Words) == 1 {
		b.WriteString(n.Words[0])
	} else {
		b.WriteString(`"` + strings.Join(n.Words, " ") + `"`)
	}
	if n.Prefix {
		b.WriteByte('*')
	}
}

func (n Field) print(b *strings.Builder, _ tightness) {
	b.WriteString(string(n.Name) + ":" + quoted(n.Value))
	if n.Prefix {
		b.WriteByte('*')
	}
}

func (n Has) print(b *strings.Builder, _ tightness) { b.WriteString("has:" + string(n.What)) }
func (n Is) print(b *strings.Builder, _ tightness)  { b.WriteString("is:" + string(n.State)) }
func (n Time) print(b *strings.Builder, _ tightness) {
	b.WriteString(string(n.Name) + ":" + quoted(n.Text))
}

// quoted is a value in quotes where it could not stand without them.
func quoted(value string) string {
	if value != "" && strings.IndexFunc(value, func(r rune) bool { return endsBare(r) || r == '"' || r == '*' }) < 0 {
		return value
	}
	return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
}

// Both asks for what both queries find.
func Both(a, b Query) Query {
	switch {
	case a.Root == nil:
		return b
	case b.Root == nil:
		return a
	}
	var terms And
	for _, n := range []Node{a.Root, b.Root} {
		if and, ok := n.(And); ok {
			terms = append(terms, and...)
		} else {
			terms = append(terms, n)
		}
	}
	q := Query{Root: terms}
	q.Text = q.String()
	return q
}
