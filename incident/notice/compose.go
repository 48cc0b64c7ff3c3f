package notice

import (
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/internal/fault"
)

// point is one section of a text: its number, and what writes it.
type point struct {
	no    int
	write func(*writer)
}

// authorityPoints are the twelve points of a notification to Datatilsynet, which
// hold the contents of GDPR 33(3).
var authorityPoints = []point{
	{1, contact}, {2, incidentPoint}, {3, people}, {4, data}, {5, occurred}, {6, likely},
	{7, handled}, {8, before}, {9, limited}, {10, informed}, {11, notInformed}, {12, follows},
}

// withdrawalPoints are what a withdrawal repeats: who, and of what incident.
var withdrawalPoints = []point{{1, contact}, {2, withdrawn}}

// Compose writes the text that is asked for, from the case under its reference,
// the assessment of its facts and the reading of its clock. It is pure. Faults:
// Usage for a request that makes no text, Refused when the text would hold a CPR
// number; the place is named, never the number.
func Compose(c *incident.Case, ref string, a duty.Assessment, r clock.Reading, req Request) (Document, error) {
	if err := check(req); err != nil {
		return Document{}, err
	}
	if req.Zone == nil {
		req.Zone = time.UTC
	}
	w := &writer{words: wordings()[req.Lang], grammar: grammars[req.Lang], c: c, duty: a, clock: r, req: req}
	w.doc = Document{To: req.To, Phase: req.Phase, Lang: req.Lang, Ref: ref,
		Mark: w.words.Mark[string(c.Journal.Mark)], Title: w.words.Title[string(req.Phase)]}
	w.head(ref)
	w.begin(&w.doc.Preface)
	w.preface()
	w.doc.Preface.settle()
	points := authorityPoints
	if req.Phase == incident.PhaseWithdraw {
		points = withdrawalPoints
	}
	for _, p := range points {
		section := Section{No: p.no, Heading: w.words.heading(p.no)}
		w.begin(&section)
		p.write(w)
		section.settle()
		w.doc.Sections = append(w.doc.Sections, section)
	}
	if w.refusal != nil {
		return Document{}, w.refusal
	}
	if err := checkWhole(w.doc); err != nil {
		return Document{}, err
	}
	return w.doc, nil
}

// check refuses what this package has no text for.
func check(req Request) error {
	known := map[incident.Recipient]bool{incident.ToAuthority: true, incident.ToSubjects: true,
		incident.ToPublic: true, incident.ToController: true}
	switch {
	case !known[req.To]:
		return fault.New(fault.Usage, "notice", "a notice is to authority, subjects, public or controller, not %q", req.To)
	case req.To != incident.ToAuthority:
		return fault.New(fault.Refused, "notice to "+string(req.To), "this version writes the notice to the authority only: write this one by hand, and log that it was sent")
	case wordings()[req.Lang] == nil:
		return fault.New(fault.Usage, "notice", "the language is da or en, not %q", req.Lang)
	case wordings()[req.Lang].Title[string(req.Phase)] == "":
		return fault.New(fault.Usage, "notice", "the phase is initial, followup, complete or withdraw, not %q", req.Phase)
	case req.Subset != "":
		return fault.New(fault.Usage, "notice to authority", "it speaks of all the people: leave the subset out")
	case req.Phase == incident.PhaseWithdraw && strings.TrimSpace(req.Why) == "":
		return fault.New(fault.Usage, "notice", "withdrawing a notification needs the reason")
	}
	return nil
}

// head are the lines under the title.
func (w *writer) head(ref string) {
	w.doc.Head = []string{
		w.words.Head["to"],
		fill(w.words.Head["reference"], places{"ref": oneLine(ref)}),
		fill(w.words.Head["as_of"], places{"moment": w.grammar.instant(w.req.Now, w.req.Zone)}),
	}
}

// preface is what stands before point 1: the subject, and the notification that
// this one follows up, completes or withdraws (GDPR 33(4)).
func (w *writer) preface() {
	key, _ := w.localKey("incident.title")
	if title := named(w.c.Facts.Text(key)); title != "" {
		w.say("subject", places{"title": title}, w.on(key))
		w.paragraph()
	}
	if w.req.Phase == incident.PhaseInitial {
		return
	}
	earlier := by(w.c.Opened.Entry)
	if filing, ok := w.firstFiling(); ok {
		earlier = w.entry(filing.Entry)
		w.say(string(w.req.Phase), places{
			"sent": w.grammar.moment(filing.Sent, w.req.Zone), "number": w.caseNumber(),
		}, earlier)
	} else {
		w.gap("earlier_missing")
	}
	if w.req.Phase == incident.PhaseWithdraw {
		w.paragraph()
		w.say("withdraw_why", places{"why": w.quoted(w.req.Why)}, earlier)
		return
	}
	w.changes()
}

// firstFiling is the first notification that was really sent to the authority.
func (w *writer) firstFiling() (incident.Filing, bool) {
	for _, f := range w.c.Filings {
		if f.To == incident.ToAuthority {
			return f, true
		}
	}
	return incident.Filing{}, false
}

// caseNumber is the authority's own number, from whichever filing carries it.
func (w *writer) caseNumber() string {
	for _, f := range w.c.Filings {
		if f.To == incident.ToAuthority && f.Number != "" {
			return fill(w.words.Sentences["number"], places{"number": oneLine(f.Number)})
		}
	}
	return ""
}

// withdrawn is what a withdrawal says of the incident: enough to recognise it.
func withdrawn(w *writer) {
	w.needs("incident.description")
	w.paragraph()
	w.facts("incident.family")
}

// follows is point 12: what is missing, and when it will come (GDPR 33(4)).
func follows(w *writer) {
	missing := len(w.doc.Gaps) > 0
	more := w.facts("delay.more_time")
	w.tagged()
	switch {
	case missing && !more:
		w.gap("more_time_missing", "delay.more_time")
	case !missing && !more && len(w.open) == 0:
		w.say("nothing_follows", nil, by(w.doc.Grounds()...))
	}
	w.listGaps()
	w.listOpen()
}

// listGaps repeats every gap of the points before, so that the authority has one
// list of what it will be sent.
func (w *writer) listGaps() {
	w.paragraph()
	for i, gap := range w.doc.Gaps {
		if gap.No == w.section.No {
			continue
		}
		if i == 0 {
			w.put(Prose, Sentence{Text: w.words.Sentences["follows"], Gap: true})
		}
		w.put(Item, Sentence{Text: w.itemOf(gap.No, gap.What), Keys: gap.Keys, Gap: true})
	}
}

// listOpen are the facts that were looked into and are not known yet.
func (w *writer) listOpen() {
	w.paragraph()
	for i, p := range w.open {
		g := ground{entries: p.entries, keys: p.keys}
		if i == 0 {
			w.say("open", nil, w.openGround())
		}
		w.add(Item, w.itemOf(p.no, p.what), g)
	}
}

func (w *writer) openGround() ground {
	var all ground
	for _, p := range w.open {
		all = all.and(ground{entries: p.entries, keys: p.keys})
	}
	return all
}

func (w *writer) itemOf(no int, what string) string {
	if no == 0 {
		return fill(w.words.Sentences["follows_preface"], places{"what": what})
	}
	return fill(w.words.Sentences["follows_item"], places{"no": w.grammar.number(int64(no)), "what": what})
}
