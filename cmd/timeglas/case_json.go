package main

import (
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// jsonCase is a case as show --json gives it.
type jsonCase struct {
	Ref       string              `json:"ref"`
	Title     string              `json:"title"`
	State     incident.State      `json:"state"`
	Exercise  bool                `json:"exercise"`
	Mark      timeline.Mark       `json:"mark"`
	AsOf      when.Stamp          `json:"as_of"`
	Opened    when.Stamp          `json:"opened"`
	Playbook  jsonChosen          `json:"playbook"`
	Suspected *jsonAware          `json:"suspected"`
	Aware     *jsonAware          `json:"aware"`
	Clock     jsonClock           `json:"clock"`
	Facts     map[string]jsonFact `json:"facts"`
	Steps     []jsonStep          `json:"steps"`
	Gates     []jsonGate          `json:"gates"`
	Notices   []jsonNotice        `json:"notices"`
	Authority []jsonMatter        `json:"authority"`
	Requests  []jsonMatter        `json:"requests"`
	Advice    []jsonAdvice        `json:"advice"`
	Severity  []jsonSeverity      `json:"severity"`
	Others    []jsonOther         `json:"others"`
	Entries   int64               `json:"entries"`
	Head      string              `json:"head"`
}

type jsonChosen struct {
	Key  string `json:"key"`
	Hash string `json:"hash"`
}

type jsonAware struct {
	when.Extent
	By    string `json:"by"`
	Why   string `json:"why"`
	Entry string `json:"entry"`
}

type jsonFact struct {
	Value    any        `json:"value"`
	Estimate bool       `json:"estimate"`
	Why      string     `json:"why"`
	Entry    string     `json:"entry"`
	By       string     `json:"by"`
	Recorded when.Stamp `json:"recorded"`
}

type jsonStep struct {
	ID        string              `json:"id"`
	Title     string              `json:"title"`
	State     playbooks.ItemState `json:"state"`
	Due       when.Stamp          `json:"due"`
	BlockedBy []string            `json:"blocked_by"`
	Why       *string             `json:"why"`
	Entry     *string             `json:"entry"`
}

type jsonGate struct {
	ID        string              `json:"id"`
	Title     string              `json:"title"`
	State     playbooks.ItemState `json:"state"`
	Due       when.Stamp          `json:"due"`
	BlockedBy []string            `json:"blocked_by"`
	Options   []string            `json:"options"`
	Proposed  *string             `json:"proposed"`
	Decided   *string             `json:"decided"`
	Why       *string             `json:"why"`
	Review    when.Stamp          `json:"review"`
	Entry     *string             `json:"entry"`
	jsonMarks
}

type jsonNotice struct {
	To     incident.Recipient `json:"to"`
	Phase  incident.Phase     `json:"phase"`
	Lang   string             `json:"lang"`
	Issued when.Stamp         `json:"issued"`
	By     string             `json:"by"`
	Entry  string             `json:"entry"`
	SHA256 string             `json:"sha256"`
	Rests  *jsonTip           `json:"rests_on"`
	Filed  *jsonFiled         `json:"filed"`

	Approved bool    `json:"approved"` // by a second account, where that is the rule
	Despite  *string `json:"despite"`  // why it was issued although facts contradicted each other
}

type jsonFiled struct {
	when.Extent
	Channel string  `json:"channel"`
	By      string  `json:"by"`
	Receipt *string `json:"receipt"`
	Number  *string `json:"number"`
	Entry   string  `json:"entry"`
}

func caseJSON(s desk.Situation, lang string, zone *time.Location) jsonCase {
	c := s.Case
	j := jsonCase{
		Ref: s.Ref, Title: c.Title, State: c.State, Mark: c.Journal.Mark, Exercise: c.Journal.Mark == timeline.MarkExercise,
		Opened: stampIn(c.Opened.At, zone), Playbook: jsonChosen{c.Playbook.Key, c.Playbook.Hash},
		Suspected: awareJSON(c.Suspected), Aware: awareJSON(c.Aware), Clock: clockJSON(s.Clock, zone),
		Facts: map[string]jsonFact{}, Steps: []jsonStep{}, Gates: []jsonGate{}, Notices: []jsonNotice{},
		Authority: mattersJSON(c, incident.WithAuthority, zone), Requests: mattersJSON(c, incident.WithPerson, zone),
		Advice: adviceJSON(c), Severity: severityJSON(c), Others: othersJSON(s, lang, zone),
		Entries: c.Tip.Seq, Head: c.Tip.Hash.String(),
	}
	if s.AsOf != nil {
		j.AsOf = stampIn(*s.AsOf, zone)
	}
	for key, r := range c.Facts {
		j.Facts[key] = factJSON(r, zone)
	}
	for _, item := range s.Run.Items {
		if item.Step != nil {
			j.Steps = append(j.Steps, stepJSON(item, lang, zone))
		} else {
			j.Gates = append(j.Gates, gateJSON(item, s, lang, zone))
		}
	}
	for _, n := range c.Notices {
		j.Notices = append(j.Notices, noticeEntryJSON(c, n, zone))
	}
	return j
}

func awareJSON(w *incident.Awareness) *jsonAware {
	if w == nil {
		return nil
	}
	return &jsonAware{w.Moment.Extent(), w.Who, w.Why, w.Entry}
}

func factJSON(r fact.Recorded, zone *time.Location) jsonFact {
	return jsonFact{jsonValue(r.Value), r.Estimate, r.Why, r.Entry, r.By, stampIn(r.At, zone)}
}

func stepJSON(item playbooks.RunItem, lang string, zone *time.Location) jsonStep {
	j := jsonStep{ID: item.ID(), Title: item.Step.Title.In(lang), State: item.State,
		Due: dueStamp(item.Due, zone), BlockedBy: append([]string{}, item.BlockedBy...)}
	if item.Mark != nil {
		j.Why, j.Entry = orNull(item.Mark.Why), orNull(item.Mark.Entry)
	}
	return j
}

func gateJSON(item playbooks.RunItem, s desk.Situation, lang string, zone *time.Location) jsonGate {
	j := jsonGate{ID: item.ID(), Title: item.Gate.Title.In(lang), State: item.State,
		Due: dueStamp(item.Due, zone), BlockedBy: append([]string{}, item.BlockedBy...),
		Options: []string{}, Proposed: orNull(s.Duty.Proposal(item.ID())), Review: dueStamp(item.Review, zone),
		jsonMarks: marksOf(s, item.ID())}
	for _, o := range item.Gate.Options {
		j.Options = append(j.Options, o.ID)
	}
	if d := item.Decision; d != nil {
		j.Decided, j.Why, j.Entry = orNull(d.Option), orNull(d.Why), orNull(d.Entry)
	}
	return j
}

func dueStamp(at *time.Time, zone *time.Location) when.Stamp {
	if at == nil {
		return when.Stamp{}
	}
	return stampIn(*at, zone)
}

func noticeEntryJSON(c *incident.Case, n incident.Notice, zone *time.Location) jsonNotice {
	j := jsonNotice{To: n.To, Phase: n.Phase, Lang: n.Lang, Issued: stampIn(n.At, zone), By: n.ApprovedBy,
		Entry: n.Entry, SHA256: n.SHA256, Rests: tipJSON(c.Journal, n.Rests)}
	j.Approved, j.Despite = n.Approved(), orNull(n.Despite)
	if f, ok := filingOf(c, n); ok {
		j.Filed = &jsonFiled{f.Sent.Extent(), f.Channel, f.Who, orNull(f.Receipt), orNull(f.Number), f.Entry}
	}
	return j
}

// jsonClock is the deadline as clock --json gives it.
type jsonClock struct {
	Aware      when.Stamp  `json:"aware"`
	Deadline   when.Stamp  `json:"deadline"`
	Reg1182End when.Stamp  `json:"reg_1182_71_end"`
	Now        when.Stamp  `json:"now"`
	Remaining  int64       `json:"remaining_s"`
	Overdue    int64       `json:"overdue_s"`
	State      clock.State `json:"state"`
	Late       bool        `json:"late"`
	Filed      when.Stamp  `json:"filed"`
	Notes      []jsonNote  `json:"notes"`
}

type jsonNote struct {
	Text string `json:"text"`
	Ref  string `json:"ref"`
}

func clockJSON(r clock.Reading, zone *time.Location) jsonClock {
	j := jsonClock{
		Aware: when.Stamp{Time: r.Aware}, Deadline: stampIn(r.Deadline, zone), Reg1182End: stampIn(r.Reg1182End, zone),
		Now: stampIn(r.Now, zone), Remaining: r.RemainingSeconds(), Overdue: r.OverdueSeconds(),
		State: r.State, Late: r.Late, Filed: stampIn(r.Filed, zone), Notes: []jsonNote{},
	}
	if r.AwareMoment.Precision == when.Unknown {
		j.Aware = when.Stamp{}
	}
	for _, n := range r.Notes {
		j.Notes = append(j.Notes, jsonNote{n.Text.EN, n.Ref})
	}
	return j
}

type jsonListed struct {
	Ref       string         `json:"ref"`
	Title     string         `json:"title,omitempty"`
	State     incident.State `json:"state,omitempty"`
	Exercise  bool           `json:"exercise"`
	Playbook  string         `json:"playbook,omitempty"`
	Clock     *jsonClock     `json:"clock"`
	Due       *jsonListedDue `json:"due"`
	Unfiled   int            `json:"unfiled"`
	Updated   when.Stamp     `json:"updated"`
	UpdatedBy string         `json:"updated_by,omitempty"`
	Backup    when.Stamp     `json:"backup"`
	Error     string         `json:"error,omitempty"`
}

type jsonListedDue struct {
	What  string     `json:"what"`
	Title string     `json:"title"`
	At    when.Stamp `json:"at"`
}

func listJSON(list []desk.Listed, zone *time.Location) []jsonListed {
	all := []jsonListed{}
	for _, l := range list {
		j := jsonListed{Ref: l.Ref, Exercise: l.Mark == timeline.MarkExercise}
		if l.Err != nil {
			j.Error = masked(l.Err.Error())
			all = append(all, j)
			continue
		}
		if l.Damage != nil {
			j.Error = masked(l.Damage.Error())
		}
		reading := clockJSON(l.Clock, zone)
		j.Title, j.State, j.Playbook, j.Clock, j.Unfiled = l.Title, l.State, l.Playbook, &reading, l.Unfiled
		j.Updated, j.UpdatedBy, j.Backup = stampIn(l.Updated, zone), l.UpdatedBy, stampIn(l.Backup, zone)
		if l.Due != nil {
			j.Due = &jsonListedDue{l.Due.What, l.Due.Name.EN, stampIn(l.Due.At, zone)}
		}
		all = append(all, j)
	}
	return all
}
