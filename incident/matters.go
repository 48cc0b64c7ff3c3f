package incident

import (
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// The kinds of entry for what comes after the notice: what the authority asks and
// orders, what people ask and claim, and what was done about it. The text says what.
const (
	KindAuthority timeline.Kind = "authority" // a letter to or from the authority
	KindRequest   timeline.Kind = "request"   // what a person asks, claims or complains of
	KindExtended  timeline.Kind = "extended"  // target: a request whose time was extended, with the reason
	KindSettled   timeline.Kind = "settled"   // target: a matter that is answered, obeyed or otherwise done
)

// Side is with whom a matter is.
type Side string

// The sides.
const (
	WithAuthority Side = "authority"
	WithPerson    Side = "person"
)

// Matter is something that came from the authority or from a person and may have to
// be answered by a time.
type Matter struct {
	Mark
	Side     Side
	Sort     string // of the authority: question, order, decision, reply; of a person: question, access, …
	Text     string
	Received when.Moment
	Due      *time.Time // the last instant for an answer; nil when none is due
	Reopens  string     // the gate that has to be decided again
	Extended *Extension // nil when the time was not extended
	Settled  *Settled   // nil while it is open
}

// Extension is a longer time for a request, and why (Article 12(3)).
type Extension struct {
	Mark
	Why string
	Due time.Time
}

// Settled says that a matter is done.
type Settled struct {
	Mark
	When when.Moment
	Text string
}

// Open reports whether the matter waits for somebody.
func (m Matter) Open() bool { return m.Settled == nil && m.Due != nil }

type (
	matterData struct {
		Sort    string     `json:"sort,omitempty"`
		Due     *time.Time `json:"due,omitempty"`
		Reopens string     `json:"reopens,omitempty"`
	}
	settledData  struct{}
	extendedData struct {
		Due time.Time `json:"due"`
	}
)

// MatterDraft records a matter: of m the side, the sort, the text, when it was
// received, what is due, and the gate that it reopens are kept.
func MatterDraft(m Matter) timeline.Draft {
	kind := KindAuthority
	if m.Side == WithPerson {
		kind = KindRequest
	}
	return timeline.Draft{Kind: kind, Text: m.Text, Occurred: m.Received, Data: matterData{m.Sort, m.Due, m.Reopens}}
}

// ExtendedDraft gives the request a longer time; told is when the person was told so.
func ExtendedDraft(request string, told when.Moment, due time.Time, why string) timeline.Draft {
	return timeline.Draft{Kind: KindExtended, Target: request, Occurred: told, Text: why, Data: extendedData{due}}
}

// SettledDraft says that the matter is done.
func SettledDraft(matter string, done when.Moment, text string) timeline.Draft {
	return timeline.Draft{Kind: KindSettled, Target: matter, Occurred: done, Text: text, Data: settledData{}}
}

func readMatter(side Side) func(*Case, *timeline.Line) {
	return func(c *Case, l *timeline.Line) {
		if data, err := timeline.DecodeData[matterData](l.Entry); err == nil {
			c.Matters = append(c.Matters, Matter{Mark: markOf(l), Side: side, Sort: data.Sort, Text: l.Text,
				Received: l.Occurred, Due: data.Due, Reopens: data.Reopens})
		}
	}
}

func readExtended(c *Case, l *timeline.Line) {
	data, err := timeline.DecodeData[extendedData](l.Entry)
	if m := c.matter(l.Target); m != nil && err == nil {
		m.Extended = &Extension{Mark: markOf(l), Why: l.Text, Due: data.Due}
		m.Due = &m.Extended.Due
	}
}

func readSettled(c *Case, l *timeline.Line) {
	if m := c.matter(l.Target); m != nil {
		m.Settled = &Settled{Mark: markOf(l), When: l.Occurred, Text: l.Text}
	}
}

func (c *Case) matter(entry string) *Matter {
	for i := range c.Matters {
		if c.Matters[i].Entry == entry {
			return &c.Matters[i]
		}
	}
	return nil
}

// Matter is the matter with that entry id.
func (c *Case) Matter(entry string) (Matter, bool) {
	if m := c.matter(entry); m != nil {
		return *m, true
	}
	return Matter{}, false
}
