// Package incident is a breach as its journal tells it: the case folded from its
// entries, with its facts, its awareness, its decisions and what was sent. The
// packages below it are the vocabulary of facts, the clock of Article 33, the duty
// and the notices.
//
// What does not belong here: files and databases (storage), who may do what
// (desk), and what there is to do next (playbooks).
package incident

import (
	"time"

	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// State is whether a case is being worked on.
type State string

// The states.
const (
	Open   State = "open"
	Closed State = "closed"
)

// Mark of an entry: who recorded it, when, and which entry it is. Everything in a
// case that was decided or stated carries one.
type Mark struct {
	Entry string // id
	Seq   int64
	By    string // the author of the entry
	At    time.Time
}

// Case is one breach, or suspicion of one, at one moment: what its journal says
// from the first entry to Tip. It is a value: nothing changes it after the fold.
type Case struct {
	Journal  timeline.Identity
	Title    string
	Opened   Mark
	State    State
	StateWhy string
	StateBy  Mark // of the last closing or reopening; zero when never closed

	Playbook  Playbook
	Suspected *Awareness // nil when never recorded
	Aware     *Awareness
	Facts     fact.Sheet
	Steps     map[string]StepMark // by step id; of all playbooks the case has run
	Gates     map[string]Decision // by gate id
	Notices   []Notice            // issued, oldest first
	Filings   []Filing            // sent, oldest first
	Evidence  []Evidence          // in the order in which it was taken in
	Copies    []Copy              // backups and archives that were written on demand, oldest first
	Hold      *Hold               // why the case must be kept; nil when it need not be

	Severity map[string]Severity // by input of the sum; those that a person has set
	Advice   []Advice            // oldest first, as are the lists below
	Dissents []Dissent
	Matters  []Matter // with the authority, and with people
	Clocks   []StartedClock

	Timeline timeline.View
	Tip      timeline.Tip
}

// Playbook is the playbook that the case runs, as it stood when it was chosen.
type Playbook struct {
	Mark
	Key    string
	Hash   string // SHA-256 of Source, in hexadecimal
	Source string // the playbook's own text, kept so that the case can be read for ever
	Why    string
}

// Awareness is the recorded decision on when the organisation was aware (or first
// suspected). Corrections replace it; the values before stay in the timeline.
type Awareness struct {
	Mark
	Moment when.Moment
	Who    string // who was aware, as it was typed
	Why    string
}

// StepState is what has been done about a step.
type StepState string

// The states that a person can put a step in. A step nobody has touched has none.
const (
	StepDone     StepState = "done"
	StepSkipped  StepState = "skip"
	StepReopened StepState = "reopen"
)

// StepMark is the last word on a step.
type StepMark struct {
	Mark
	State StepState
	Why   string
}

// Decision is the last word on a gate, with what the program proposed at the time.
type Decision struct {
	Mark
	Gate     string
	Option   string
	Why      string
	Review   *when.Moment // when it must be looked at again, if it must
	Proposal string       // what the duty engine proposed when it was shown; empty where it proposes nothing
	Rules    string       // the version of the rules that proposed it
}

// Recipient is whom a notice is for.
type Recipient string

// The recipients.
const (
	ToAuthority  Recipient = "authority"
	ToSubjects   Recipient = "subjects"
	ToPublic     Recipient = "public"
	ToController Recipient = "controller"
	ToPolice     Recipient = "police"   // the summary of a report to the police
	ToInternal   Recipient = "internal" // the record of GDPR 33(5): it stays in the house
)

// Phase is the place of a notice among those of one case (GDPR 33(4)).
type Phase string

// The phases.
const (
	PhaseInitial  Phase = "initial"
	PhaseFollowup Phase = "followup"
	PhaseComplete Phase = "complete"
	PhaseWithdraw Phase = "withdraw"
)

// Notice is a text that was issued: frozen, but not sent until a filing says so.
type Notice struct {
	Mark
	To         Recipient
	Phase      Phase
	Lang       string // "da" or "en"
	Subset     string // of whom it speaks; empty for all
	Reader     string // whom a letter speaks to: adult, guardian or relative; else empty
	ApprovedBy string
	Why        string
	SHA256     string // of Text
	Text       string // as it was issued, plain text
	Grounds    []string
	Despite    string       // why it was issued although facts contradict each other; else empty
	FourEyes   bool         // it must be approved by a second account before it is filed
	Approvals  []Approval   // oldest first
	Rests      timeline.Tip // the end of the journal that it was written from
}

// Approval is the word of a second account that a notice may go out as it stands.
type Approval struct {
	Mark
	Why string
}

// Approved reports whether the notice may be filed: approved by another account than
// its author's, where that was configured when it was issued.
func (n Notice) Approved() bool { return !n.FourEyes || len(n.Approvals) > 0 }

// Filing says that a notice was really sent.
type Filing struct {
	Mark
	Notice  string // entry of the notice
	To      Recipient
	Sent    when.Moment
	Channel string // virk | email | letter | phone | web
	Who     string // who sent it
	Receipt string // SHA-256 of the receipt among the evidence, or empty
	Number  string // the authority's case number, or empty
}
