// Package register makes the internal record that Article 33(5) requires of every
// breach (in Danish: intern dokumentation af brud), whether anybody was told or
// not: the facts, the effects, what was done, and the decisions with their reasons.
//
// What does not belong here: where records are kept (storage), which cases exist
// (desk), and texts for anyone outside (notice).
package register

import (
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/cpr"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Record is what is documented of one breach. Moments are extents in the offsets
// they were typed with, and absent when nothing is recorded; instants are UTC.
type Record struct {
	Ref    string         `json:"ref"`
	Title  string         `json:"title"`
	State  incident.State `json:"state"`
	Closed string         `json:"closed_why,omitempty"`
	Opened time.Time      `json:"opened"`

	Suspected *when.Extent `json:"suspected,omitempty"`
	Aware     *when.Extent `json:"aware,omitempty"`
	AwareBy   string       `json:"aware_by,omitempty"`
	AwareWhy  string       `json:"aware_why,omitempty"`
	Deadline  *time.Time   `json:"deadline,omitempty"`
	Clock     clock.State  `json:"clock"`
	Late      bool         `json:"late"`

	// The three things that Article 33(5) names, in sentences made of the facts.
	What     string `json:"facts_of_breach"`
	Effects  string `json:"effects"`
	Remedies string `json:"remedial_action"`

	Risk            duty.Risk `json:"risk"`
	NotifyProposed  bool      `json:"notify_proposed"`      // what the facts require,
	TellProposed    bool      `json:"communicate_proposed"` // beside what was decided
	NotifyAuthority Decision  `json:"notify_authority"`
	TellPeople      Decision  `json:"communicate_subjects"`
	Informed        string    `json:"informed"`
	Filings         []Filing  `json:"filings"`

	Facts []Fact `json:"facts"` // all that are recorded, in the order of the vocabulary

	Disposal *Disposal `json:"disposal,omitempty"` // nil while the case is there
}

// Fact is one fact as it stands, with who recorded it.
type Fact struct {
	Key      string    `json:"key"`
	Value    string    `json:"value"`
	Estimate bool      `json:"estimate,omitempty"`
	Why      string    `json:"why,omitempty"`
	By       string    `json:"by"`
	At       time.Time `json:"recorded"`
}

// Decision is what people decided at a gate. The option is empty when nothing was
// decided; that nobody is told is a decision too, and needs its reason.
type Decision struct {
	Option   string       `json:"option"`
	Why      string       `json:"why,omitempty"`
	By       string       `json:"by,omitempty"`
	At       *time.Time   `json:"at,omitempty"`
	Review   *when.Extent `json:"review,omitempty"`
	Proposal string       `json:"proposal,omitempty"`

	AgainstProposal bool     `json:"against_proposal"`
	Advice          string   `json:"advice,omitempty"` // the option, and whose advice it was
	AgainstAdvice   bool     `json:"against_advice"`
	Dissents        []string `json:"dissents,omitempty"` // who disagrees, and why
}

// marks say in words how the decision stands to what was proposed and advised.
func (d Decision) marks() string {
	var marks []string
	if d.AgainstProposal {
		marks = append(marks, "against the proposal ("+d.Proposal+")")
	}
	if d.AgainstAdvice {
		marks = append(marks, "against the advice ("+d.Advice+")")
	}
	for _, dissent := range d.Dissents {
		marks = append(marks, "dissent of "+dissent)
	}
	return strings.Join(marks, "; ")
}

// Filing is a notice that was really sent.
type Filing struct {
	To      incident.Recipient `json:"to"`
	Phase   incident.Phase     `json:"phase"`
	Sent    when.Extent        `json:"sent"`
	Channel string             `json:"channel"`
	By      string             `json:"by"`
	Number  string             `json:"number,omitempty"`
}

// The gates of every playbook at which the two duties are decided.
const (
	gateAuthority = "duty-authority"
	gatePeople    = "duty-people"
)

// Belongs reports whether a journal with the mark has a record in the register:
// real cases do, exercises and the demonstration do not.
func Belongs(m timeline.Mark) bool { return m == timeline.MarkCase }

// Of is the record of the case, with the assessment of its facts and the reading of
// its clock. It is pure. CPR numbers in what was typed are masked.
func Of(c *incident.Case, ref string, a duty.Assessment, r clock.Reading) Record {
	record := Record{
		Ref: ref, Title: c.Title, State: c.State, Opened: c.Opened.At.UTC(),
		Clock: r.State, Late: r.Late,
		What:     sentences(c.Facts, whatKeys),
		Effects:  sentences(c.Facts, effectKeys),
		Remedies: sentences(c.Facts, remedyKeys),
		Risk:     a.Risk, NotifyProposed: a.NotifyAuthority, TellProposed: a.CommunicateSubjects,
		NotifyAuthority: decision(c, gateAuthority), TellPeople: decision(c, gatePeople),
		Informed: sentences(c.Facts, informedKeys),
		Filings:  filings(c), Facts: facts(c.Facts),
	}
	if c.State == incident.Closed {
		record.Closed = c.StateWhy
	}
	if !r.Deadline.IsZero() {
		deadline := r.Deadline.UTC()
		record.Deadline = &deadline
	}
	if s := c.Suspected; s != nil {
		record.Suspected = extent(s.Moment)
	}
	if w := c.Aware; w != nil {
		record.Aware, record.AwareBy, record.AwareWhy = extent(w.Moment), w.Who, w.Why
	}
	record.mask()
	return record
}

// mask masks CPR numbers in everything that people typed: the record outlives the
// case, and with it the place where a number could still be redacted.
func (r *Record) mask() {
	typed := []*string{&r.Ref, &r.Title, &r.Closed, &r.AwareBy, &r.AwareWhy, &r.What, &r.Effects, &r.Remedies,
		&r.Informed, &r.NotifyAuthority.Why, &r.TellPeople.Why}
	for _, d := range []*Decision{&r.NotifyAuthority, &r.TellPeople} {
		typed = append(typed, &d.Advice)
		for i := range d.Dissents {
			typed = append(typed, &d.Dissents[i])
		}
	}
	for i := range r.Filings {
		typed = append(typed, &r.Filings[i].By, &r.Filings[i].Number)
	}
	for i := range r.Facts {
		typed = append(typed, &r.Facts[i].Key, &r.Facts[i].Value, &r.Facts[i].Why)
	}
	for _, text := range typed {
		*text, _ = cpr.Mask(*text)
	}
}

func extent(m when.Moment) *when.Extent {
	if !m.Known() {
		return nil
	}
	e := m.Extent()
	return &e
}

func decision(c *incident.Case, gate string) Decision {
	d, ok := c.Gates[gate]
	if !ok {
		return Decision{}
	}
	at := d.At.UTC()
	made := Decision{Option: d.Option, Why: d.Why, By: d.By, At: &at, Proposal: d.Proposal,
		AgainstProposal: d.AgainstProposal(), AgainstAdvice: c.AgainstAdvice(gate)}
	if advice, ok := c.AdviceOn(gate); ok {
		made.Advice = advice.Option + ", " + advice.Who
	}
	for _, dissent := range c.DissentsOn(gate) {
		made.Dissents = append(made.Dissents, dissent.By+": "+dissent.Why)
	}
	if d.Review != nil {
		made.Review = extent(*d.Review)
	}
	return made
}

func filings(c *incident.Case) []Filing {
	sent := []Filing{}
	for _, f := range c.Filings {
		notice, _ := c.Notice(f.Notice)
		sent = append(sent, Filing{To: f.To, Phase: notice.Phase, Sent: f.Sent.Extent(),
			Channel: f.Channel, By: f.Who, Number: f.Number})
	}
	return sent
}

// facts are those recorded, in the order of the vocabulary, each subset's in that
// order too.
func facts(s fact.Sheet) []Fact {
	all := []Fact{}
	add := func(key string) {
		if r, ok := s[key]; ok && r.Value != nil {
			all = append(all, Fact{Key: key, Value: r.Value.Text(), Estimate: r.Estimate,
				Why: r.Why, By: r.By, At: r.At.UTC()})
		}
	}
	for _, k := range fact.Keys() {
		if _, field, ok := fact.CutSubset(k.Name); ok {
			for _, name := range s.Subsets() {
				add(fact.SubsetKey(name, field))
			}
			continue
		}
		add(k.Name)
	}
	return all
}

// The keys of the three things that Article 33(5) names, and of what the people
// were told.
var (
	whatKeys = []string{"incident.description", "incident.family", "incident.periods", "incident.began",
		"incident.ended", "incident.discovered", "incident.cause", "incident.systems", "persons.count",
		"persons.count_max", "persons.scale", "persons.groups", "data.categories", "persons.records"}
	effectKeys = []string{"effect.types", "effect.disclosure", "effect.access", "effect.exfiltration",
		"effect.availability", "effect.integrity", "effect.misuse", "effect.service_impact",
		"consequences.occurred", "consequences.likely", "consequences.description"}
	remedyKeys = []string{"measures.before", "measures.taken", "measures.planned", "measures.mitigation",
		"effect.recovered", "effect.remote_wipe", "effect.backup", "effect.restored_after_h"}
	informedKeys = []string{"informed.status", "informed.count", "informed.when", "informed.how",
		"informed.exception", "informed.why", "informed.review"}
)

// sentences are the facts of the keys as "Label: value.", the free texts as they
// are. What nobody has looked at is left out.
func sentences(s fact.Sheet, keys []string) string {
	var parts []string
	for _, key := range keys {
		r, ok := s[key]
		if !ok || r.Value == nil {
			continue
		}
		text := strings.Join(strings.Fields(shown(key, r)), " ")
		parts = append(parts, strings.TrimRight(text, ".")+".")
	}
	return strings.Join(parts, " ")
}

// shown is a fact with its label, in English as the rest of the program.
func shown(key string, r fact.Recorded) string {
	k, _ := fact.Lookup(key)
	text := r.Value.Text()
	switch v := r.Value.(type) {
	case fact.Choice:
		text = k.OptionLabel(string(v)).EN
	case fact.Set:
		labels := make([]string, len(v))
		for i, member := range v {
			labels[i] = k.OptionLabel(member).EN
		}
		text = strings.Join(labels, ", ")
	}
	if r.Estimate {
		text += " (estimate)"
	}
	return k.Label.EN + ": " + text
}
