// Package edpb fills in the common European template for notifying a breach (EDPB,
// adopted 8 June 2026): the fields that the facts of a case hold, each with its
// ground. Its texts are the sentences of the Danish twelve points, so that the two
// forms of one notification cannot say different things.
//
// The template takes one value where a breach can have several (nature, kinds of
// people, kinds of data, impact): the gravest is the field's value, and all stand in
// the description beside it.
//
// What does not belong here: sentences (notice), what the law requires (duty), and
// a copy of the template (the tests have one).
package edpb

import (
	"bytes"
	"fmt"
	"slices"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
)

// Field is a field that has a value.
type Field struct {
	No      int
	Title   string     // the template's, shortened
	Value   fact.Value // a [fact.Text], [fact.Count] or [fact.Flag]
	Keys    []string   // the facts that it rests on
	Entries []string   // and the entries
}

// Name is the field's name in the template: "field_48".
func (f Field) Name() string { return name(f.No) }

func name(no int) string { return fmt.Sprintf("field_%d", no) }

// Lack says what a gap lacks.
type Lack string

// The lacks. The first two make a notification incomplete.
const (
	Missing Lack = "missing"                   // the template requires it, and nothing is recorded
	Pending Lack = "to be determined"          // it says so, which only an incomplete notification may
	Wanted  Lack = "asked for here"            // the template asks for it in this situation only
	Assumed Lack = "nothing is recorded on it" // silence, which a complete notification reads as no
)

// Gap is a field without a firm answer.
type Gap struct {
	No    int
	Title string
	Lack  Lack
	Keys  []string // the facts that would fill it
	open  bool     // it keeps the notification from being complete
}

// Notification is the template as far as it is filled in.
type Notification struct {
	Fields []Field // by number
	Gaps   []Gap   // by number
	Points []notice.Gap
}

// Incomplete reports whether the template, or the authority's twelve points, lack
// something that they require.
func (n Notification) Incomplete() bool {
	return len(n.Points) > 0 || slices.ContainsFunc(n.Gaps, func(g Gap) bool { return g.open })
}

// Compose fills in the template from the case under its reference, its assessment
// and its clock. It is pure. Faults: those of [notice.Compose]; Refused when a field
// would hold a CPR number.
func Compose(c *incident.Case, ref string, a duty.Assessment, r clock.Reading, req notice.Request) (Notification, error) {
	if req.To != incident.ToAuthority {
		return Notification{}, fault.New(fault.Usage, "notice to "+string(req.To), "the European template is for the authority: use another --format")
	}
	doc, err := notice.Compose(c, ref, a, r, req)
	if err != nil {
		return Notification{}, err
	}
	f := &form{c: c, facts: c.Facts, ref: ref, duty: a, clock: r, req: req, doc: doc, words: wordsIn[req.Lang]}
	f.final = req.Phase == incident.PhaseComplete
	n := f.fill()
	if req.Phase == incident.PhaseInitial && !n.Incomplete() {
		f.final = true // nothing is missing: the first notification is the whole one
		n = f.fill()
	}
	return n, n.guard()
}

// fill asks every field of the table for its answer.
func (f *form) fill() Notification {
	n := Notification{Points: f.doc.Gaps}
	for _, d := range template {
		if f.req.Phase == incident.PhaseWithdraw && !d.withdrawn() {
			continue
		}
		a := d.read(f)
		gap := Gap{No: d.no, Title: d.title, Keys: a.keys}
		switch {
		case a.value == nil && d.need == required && f.req.Phase != incident.PhaseWithdraw:
			gap.Lack, gap.open = Missing, true
		case a.value == nil && a.asked:
			gap.Lack = Wanted
		case a.pending:
			gap.Lack, gap.open = Pending, !a.silent
		case a.silent && len(a.keys) > 0:
			gap.Lack = Assumed
		}
		if gap.Lack != "" {
			n.Gaps = append(n.Gaps, gap)
		}
		if a.value != nil && (!a.silent || a.pending || f.final) {
			n.Fields = append(n.Fields, Field{No: d.no, Title: d.title, Value: a.value, Keys: a.keys, Entries: f.entriesOf(a)})
		}
	}
	return n
}

// guard refuses a CPR number in any field: the template is for the authority, which
// asks for no data about the persons concerned.
func (n Notification) guard() error {
	for _, f := range n.Fields {
		if cpr.Contains(f.Value.Text()) {
			return fault.New(fault.Refused, "notice, "+f.Name(),
				"a CPR number would stand in “%s”, and a notice never holds one: record it again without the number, and redact the entry that holds it", f.Title)
		}
	}
	return nil
}

// JSON is the notification as one object, its fields in the order of the template.
func (n Notification) JSON() []byte {
	var b bytes.Buffer
	b.WriteString("{")
	for i, f := range n.Fields {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n  %q: %s", f.Name(), fact.Encode(f.Value))
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}
