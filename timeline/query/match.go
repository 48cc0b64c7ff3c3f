package query

import (
	"slices"
	"strings"
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// Subject is what a query looks at: an entry of a journal, or a row that was
// imported, as it stands now.
type Subject struct {
	Kind     string
	Author   string
	Text     string
	Tags     []string
	Source   string // where an imported row comes from; empty for an entry of the journal
	Fact     string // the key, when the entry records a fact
	Occurred when.Moment
	Recorded time.Time

	Pinned, Corrected, Retracted, Redacted bool
	Evidence, Comment, Link                bool
}

// Of is the entry as far as the journal knows it. What kinds of entry mean, Fact and
// Evidence, is for the caller to add.
func Of(l timeline.Line) Subject {
	return Subject{
		Kind: string(l.Kind), Author: l.Author, Text: l.Text, Tags: l.Tags, Occurred: l.Occurred, Recorded: l.Recorded,
		Pinned: l.Pinned, Corrected: len(l.Corrections) > 0, Retracted: l.RetractedBy != 0, Redacted: l.Redacted,
		Comment: len(l.Comments) > 0, Link: len(l.Links) > 0,
	}
}

// Match reports whether the query finds the subject. It takes time in proportion to
// the subject's text and the query.
func (q Query) Match(s Subject) bool {
	if q.Root == nil {
		return true
	}
	return (&matcher{Subject: s}).match(q.Root)
}

// matcher folds the text of its subject once, when a word is first looked for.
type matcher struct {
	Subject
	words string
}

func (m *matcher) match(n Node) bool {
	switch n := n.(type) {
	case And:
		return !slices.ContainsFunc(n, func(term Node) bool { return !m.match(term) })
	case Or:
		return slices.ContainsFunc(n, m.match)
	case Not:
		return !m.match(n.Term)
	case Phrase:
		return m.says(n)
	case Field:
		return m.field(n)
	case Has:
		return havings[n.What](&m.Subject)
	case Is:
		return states[n.State](&m.Subject)
	case Time:
		if n.Name == TimeRecorded {
			return n.Span.Meets(when.At(m.Recorded))
		}
		return n.Span.Meets(m.Occurred)
	}
	return false
}

func (m *matcher) says(p Phrase) bool {
	if m.words == "" {
		m.words = spaced(m.Text)
	}
	wanted := " " + strings.Join(p.Words, " ")
	if !p.Prefix {
		wanted += " "
	}
	return strings.Contains(m.words, wanted)
}

func (m *matcher) field(f Field) bool {
	switch f.Name {
	case FieldKind:
		return f.fits(m.Kind)
	case FieldAuthor:
		return f.fits(m.Author)
	case FieldTag:
		return slices.ContainsFunc(m.Tags, f.fits)
	case FieldSource:
		return f.fits(m.Source)
	case FieldFact:
		return f.fits(m.Fact)
	}
	return false
}

func (f Field) fits(value string) bool {
	if value = Fold(value); f.Prefix {
		return value != "" && strings.HasPrefix(value, f.Value)
	}
	return value == f.Value
}

// havings and states say how each shows on a subject; their keys are the words that
// the language knows.
var (
	havings = map[Having]func(*Subject) bool{
		HasEvidence: func(s *Subject) bool { return s.Evidence },
		HasComment:  func(s *Subject) bool { return s.Comment },
		HasLink:     func(s *Subject) bool { return s.Link },
		HasTag:      func(s *Subject) bool { return len(s.Tags) > 0 },
	}
	states = map[State]func(*Subject) bool{
		Pinned:    func(s *Subject) bool { return s.Pinned },
		Corrected: func(s *Subject) bool { return s.Corrected },
		Retracted: func(s *Subject) bool { return s.Retracted },
		Redacted:  func(s *Subject) bool { return s.Redacted },
	}
)

// Meets reports whether the moment can lie in the span: a day meets every span that
// holds any of its instants. "No later than" counts as the moment that it names,
// since nothing earlier is known.
func (s Span) Meets(m when.Moment) bool {
	if !m.Known() || s.Unknown {
		return !m.Known() && s.Unknown
	}
	first, last := m.Earliest(), m.Latest()
	if m.Precision == when.Day {
		last = last.Add(-time.Nanosecond) // the instant named is the start of the day after
	}
	return (s.To.IsZero() || first.Before(s.To)) && (s.From.IsZero() || !last.Before(s.From))
}
