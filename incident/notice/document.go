// Package notice writes a case as the texts that leave the house: a document of
// sections of sentences, where every sentence names the entries it rests on and
// everything that is missing is said to be missing.
//
// Each kind of text is a table of sections: the supervisory authority's twelve
// points (GDPR 33(3)), the letter and the public communication to the people (34),
// the processor's notice (33(2)), the summary for the police and the internal record
// (33(5)). The package format prints the document for paper.
//
// Three conventions let people steer the text. A free text can have a wording in
// each language ("measures.taken.en" beside "measures.taken"); without one it is
// quoted as recorded. A timeline entry tagged "notice:7" goes into point 7 word for
// word, with "notice:7:en" in English only; other texts have tags of their own ("letter:1",
// "public:3"). And what is not recorded is never
// invented: absent says "to follow", unknown says that it is not known yet.
//
// What does not belong here: what the law requires on the facts (duty, clock),
// freezing and filing a text (desk), and the wording itself, which stands in
// wording/*.toml for a lawyer to read.
package notice

import (
	"slices"
	"time"

	"timeglas/incident"
)

// Request says which text is wanted, and as of when.
type Request struct {
	To     incident.Recipient
	Phase  incident.Phase
	Lang   string // "da" or "en"
	Subset string // of whom a letter speaks; empty for all
	Reader Reader // whom a letter speaks to; by the groups of people when empty
	Why    string // the reason of a withdrawal; not used otherwise
	Now    time.Time
	Zone   *time.Location // in which times are written; UTC when nil

	// Translation is a language, in words, for which a letter or public communication
	// keeps a marked place; empty for none.
	Translation string

	Wording *Wording // the built-in one when nil
}

// Sentence is the smallest part that has a ground of its own. A free text that
// somebody typed is one sentence here, however many it holds.
type Sentence struct {
	Text    string
	Entries []string // ids of the entries that it rests on; none when it is a gap
	Keys    []string // facts that it rests on or, for a gap, that would fill it
	Gap     bool     // it says what is missing
}

// Form is how a paragraph is laid out.
type Form int

// The forms.
const (
	Prose Form = iota
	Line       // a line of its own, close to its neighbours: contact details
	Item       // one point of a list
)

// Paragraph is sentences that belong together.
type Paragraph struct {
	Form      Form
	Sentences []Sentence
}

// Section is one point of the text.
type Section struct {
	No         int // from 1; 0 for what stands before the first point
	Heading    string
	Paragraphs []Paragraph
	Entries    []string // of all its sentences, each once, in the order of the text
	Missing    bool     // it holds a gap
}

// Gap is something that the text must say and that the case does not hold.
type Gap struct {
	No   int    // section
	What string // in words, in the language of the text
	Keys []string
}

// Document is a text before it is printed.
type Document struct {
	To       incident.Recipient
	Phase    incident.Phase
	Lang     string
	Subset   string // of whom a letter speaks; empty for all
	Reader   Reader // of a letter; else empty
	Ref      string
	Numbered bool   // the headings carry the numbers of the sections
	Mark     string // the line that says it is an exercise or the demonstration; else empty
	Title    string
	Head     []string // lines under the title: to whom, the reference, as of when
	Preface  Section  // No 0: what it is about, and what it follows up or withdraws
	Sections []Section
	Gaps     []Gap    // in the order of the text, each once
	Changes  []Change // of a follow-up: what is different from the notification before, as the preface lists it
}

// Incomplete reports whether anything that the text must say is missing.
func (d Document) Incomplete() bool { return len(d.Gaps) > 0 }

// Grounds are the ids of all entries that the text rests on, each once, sorted.
func (d Document) Grounds() []string {
	all := slices.Clone(d.Preface.Entries)
	for _, s := range d.Sections {
		all = append(all, s.Entries...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// parts are the preface, if it says anything, and the sections.
func (d Document) parts() []Section {
	if len(d.Preface.Paragraphs) == 0 {
		return d.Sections
	}
	return append([]Section{d.Preface}, d.Sections...)
}

// settle fills what follows from the sentences of the section.
func (s *Section) settle() {
	seen := make(map[string]bool)
	for _, p := range s.Paragraphs {
		for _, sentence := range p.Sentences {
			s.Missing = s.Missing || sentence.Gap
			for _, id := range sentence.Entries {
				if !seen[id] {
					seen[id] = true
					s.Entries = append(s.Entries, id)
				}
			}
		}
	}
}
