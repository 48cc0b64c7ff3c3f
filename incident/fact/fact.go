// Package fact is the vocabulary of a breach: every key that a fact can have, its
// type, its values and its words in English and Danish, in one table. Forms,
// command line, playbooks, duty and notices all read this table.
//
// What does not belong here: what a fact means for the duty (duty), and how it is
// put in a sentence (notice).
package fact

import (
	"time"

	"timeglas/internal/when"
)

// Type says which values a key takes. Every key also takes [Unknown].
type Type string

// The types.
const (
	TypeText    Type = "text"
	TypeFlag    Type = "yes or no"
	TypeCount   Type = "whole number"
	TypeNumber  Type = "number"
	TypeMoment  Type = "time"
	TypeChoice  Type = "one of"
	TypeSet     Type = "some of"
	TypePeriods Type = "periods" // a set of days or ranges of days
	TypeStates  Type = "states"  // a set of two-letter country codes
	TypeState   Type = "state"   // one two-letter country code
	TypeList    Type = "list"    // a set of free texts
)

// Label is a text in both languages.
type Label struct{ EN, DA string }

// In is the label in the language, "da" or anything else for English.
func (l Label) In(lang string) string {
	if lang == "da" {
		return l.DA
	}
	return l.EN
}

// Option is one value that a choice or a set can hold.
type Option struct {
	Value string
	Label Label
	Help  string // what it means, where the word alone does not say; English
}

// Key is one name of the vocabulary. The keys of a subset stand in the table once,
// under [SubsetName] in place of the subset's name.
type Key struct {
	Name    string // "persons.count"
	Type    Type
	Options []Option // for TypeChoice and TypeSet
	Label   Label
	Help    string // one line for the form; English
	Asked   bool   // every breach needs an answer: it counts in [Sheet.Progress]
}

// SubsetName stands for the name of a subset in the table: "subset.NAME.count".
const SubsetName = "NAME"

// Value is what a fact holds: one of the types below.
type Value interface {
	// Text is the value as it is typed on the command line and stored.
	Text() string
	value()
}

// The values.
type (
	Text    string
	Flag    bool
	Count   int64
	Number  float64
	Moment  struct{ when.Moment }
	Choice  string        // also one state
	Set     []string      // sorted, without repeats; also states and lists
	Periods []when.Moment // each of precision Day, in order
	unknown struct{}
)

// Unknown says that somebody has looked and does not know yet. It is not the same
// as absent, which says that nobody has looked.
var Unknown Value = unknown{}

// Recorded is a value with where it comes from.
type Recorded struct {
	Value    Value
	Estimate bool
	Why      string
	Entry    string // id of the entry
	Seq      int64
	By       string
	At       time.Time
}

// Sheet holds the facts of a case by key; a key that is not in it is absent. It is
// never changed after the fold that made it.
type Sheet map[string]Recorded
