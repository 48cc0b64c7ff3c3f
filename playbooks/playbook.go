// Package playbooks says what there is to do in a breach: playbooks as
// organisations write them in TOML, and the run that a case has made of one.
//
// What does not belong here: what the law requires on the facts (incident/duty),
// and who may tick off a step (desk).
package playbooks

import (
	"time"

	"timeglas/incident"
)

// Text is a text in English and Danish. Both are required in a playbook.
type Text struct {
	EN string `toml:"en"`
	DA string `toml:"da"`
}

// In is the text in the language, "da" or anything else for English.
func (t Text) In(lang string) string {
	if lang == "da" {
		return t.DA
	}
	return t.EN
}

// Playbook is what to do in one family of incidents: steps, and gates between
// them. Steps without dependencies are open from the start, in parallel.
type Playbook struct {
	Key     string
	Version int
	Title   Text
	Summary Text
	Roles   []Role
	Phases  []Phase // headings under which the steps and gates are shown, in order
	Items   []Item  // steps and gates in the order they are written
	Source  string  // the TOML itself
	Hash    string  // SHA-256 of Source in hexadecimal
}

// Role is a part that somebody has to take.
type Role struct {
	ID    string
	Title Text
}

// Phase groups steps and gates on the screen. It carries no rule.
type Phase struct {
	ID    string
	Title Text
}

// Item is a step or a gate: exactly one of the two is set.
type Item struct {
	Step *Step
	Gate *Gate
}

// Common is what steps and gates share: Item holds a pointer to one or the other,
// and most readers do not care which.
type Common struct {
	ID      string
	Phase   string
	Title   Text
	Why     Text
	Role    string
	After   []Need
	Facts   []string
	Due     *Due
	Sources []string
}

// Common gives what the step or gate shares with the others; the zero Common for
// an item that holds neither.
func (i Item) Common() Common {
	switch {
	case i.Step != nil:
		s := i.Step
		return Common{s.ID, s.Phase, s.Title, s.Why, s.Role, s.After, s.Facts, s.Due, s.Sources}
	case i.Gate != nil:
		g := i.Gate
		return Common{g.ID, g.Phase, g.Title, g.Why, g.Role, g.After, g.Facts, g.Due, g.Sources}
	}
	return Common{}
}

// ID is the id of the step or gate, empty for an item that holds neither.
func (i Item) ID() string {
	switch {
	case i.Step != nil:
		return i.Step.ID
	case i.Gate != nil:
		return i.Gate.ID
	}
	return ""
}

// Item is the step or gate with that id, and whether the playbook has it.
func (p *Playbook) Item(id string) (Item, bool) {
	for _, item := range p.Items {
		if item.ID() == id {
			return item, true
		}
	}
	return Item{}, false
}

// Role is the role with that id, and whether the playbook has it.
func (p *Playbook) Role(id string) (Role, bool) {
	for _, role := range p.Roles {
		if role.ID == id {
			return role, true
		}
	}
	return Role{}, false
}

// Step is a thing to do.
type Step struct {
	ID       string
	Phase    string
	Title    Text
	Why      Text
	Do       []Text
	Role     string
	After    []Need   // what must be done or decided before it opens; all of it
	Facts    []string // keys of facts it should end with
	Evidence Text     // what should be attached as proof; empty for none
	Due      *Due
	Sources  []string
}

// Gate is a decision that must be made, with its reason, before what hangs on it
// opens.
type Gate struct {
	ID      string
	Phase   string
	Title   Text // the question
	Why     Text
	Role    string
	After   []Need
	Facts   []string // keys of facts the decision rests on
	Options []Option
	Due     *Due
	Review  bool // every answer needs a date at which it is looked at again
	Sources []string
}

// NeedsReview reports whether deciding for the option needs a date at which the
// decision is looked at again.
func (g *Gate) NeedsReview(option string) bool {
	o, ok := g.Option(option)
	return ok && (g.Review || o.Review)
}

// Option is the answer with that id, and whether the gate has it.
func (g *Gate) Option(id string) (Option, bool) {
	for _, o := range g.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// KeyTriage is the key of the playbook that a case starts with when nobody chose
// one. It leads to the others and so holds none of the reserved gates.
const KeyTriage = "triage"

// The reserved gates: every playbook but triage has both, and only a decision there says
// that nobody is to be notified.
const (
	GateAuthority = "duty-authority"
	GatePeople    = "duty-people"
)

// The reserved options of the reserved gates.
const (
	OptionNotify       = "notify"       // duty-authority: the authority is notified
	OptionNotRequired  = "not-required" // both: no duty, with reasons
	OptionIndividually = "individually" // duty-people: each person is told
	OptionPublicly     = "publicly"     // duty-people: a public communication instead, GDPR 34(3)(c)
	OptionDeferred     = "deferred"     // duty-people: put off under the Data Protection Act § 22, with a review date
)

// Option is one answer to a gate.
type Option struct {
	ID     string
	Title  Text
	Means  Text     // what follows from it
	Review bool     // this answer needs a date at which it is looked at again
	Switch string   // key of the playbook that this answer leads to, in triage; empty for none
	Closes []string // steps and gates that this answer makes needless
}

// Need is one thing that a step or gate waits for: a step done or skipped, or a
// gate decided, if Options is not empty by one of those.
type Need struct {
	ID      string
	Options []string
}

// Due is when a step should be done: Hours elapsed hours after From, which is when
// it happened for the two moments and when it was recorded for a step or gate.
type Due struct {
	From  string // FromSuspected, FromAware, or the id of a step or gate
	Hours float64
}

// The moments of a case that due times can start from.
const (
	FromSuspected = "suspected"
	FromAware     = "aware"
)

// ItemState is how a step or gate stands.
type ItemState string

// The states.
const (
	StateOpen    ItemState = "open"
	StateBlocked ItemState = "blocked" // something it waits for is not done
	StateDone    ItemState = "done"    // done or decided
	StateSkipped ItemState = "skipped" // with a reason
	StateClosed  ItemState = "closed"  // made needless by a decision
)

// Run is a playbook as it stands in one case at one moment.
type Run struct {
	Playbook *Playbook
	Items    []RunItem // in the playbook's order
}

// RunItem is a step or gate with its state.
type RunItem struct {
	Item
	State     ItemState
	BlockedBy []string           // ids, when blocked
	ClosedBy  string             // id of the gate, when closed
	Due       *time.Time         // nil when none is set, or it starts from what has not happened
	Late      bool               // Due is past, and it is open or blocked
	Review    *time.Time         // when the decision on a gate must be looked at again, if it must
	Mark      *incident.StepMark // the last word on a step, if any
	Decision  *incident.Decision // the decision on a gate, if any; its option may be one of another playbook's
	Missing   []string           // facts it should end with that are absent or unknown
}
