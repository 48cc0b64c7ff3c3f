package notice

import (
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

// Compose writes the text that is asked for, from the case under its reference,
// the assessment of its facts and the reading of its clock. It is pure. Faults:
// Usage for a request that makes no text, Refused when the text would hold a CPR
// number; the place is named, never the number.
func Compose(c *incident.Case, ref string, a duty.Assessment, r clock.Reading, req Request) (Document, error) {
	if req.Zone == nil {
		req.Zone = time.UTC
	}
	t, err := textFor(c, &req)
	if err != nil {
		return Document{}, err
	}
	words := req.Wording.of(t.layersFor(req.Reader), req.Lang)
	w := &writer{words: words, grammar: grammars[req.Lang], c: readFor(c, req.Subset), duty: a, clock: r, req: req, tag: t.tag, ref: ref}
	w.doc = Document{To: req.To, Phase: req.Phase, Lang: req.Lang, Subset: req.Subset, Reader: req.Reader, Ref: ref, Numbered: t.numbered,
		Mark: words.Mark[string(c.Journal.Mark)], Title: words.Title[string(req.Phase)]}
	w.head(ref, t.numbered)
	w.begin(&w.doc.Preface)
	t.preface(w)
	w.doc.Preface.settle()
	for _, p := range t.pointsOf(req.Phase) {
		section := Section{No: p.no, Heading: words.heading(p.no)}
		w.begin(&section)
		p.write(w)
		section.settle()
		if len(section.Paragraphs) == 0 && !t.numbered {
			continue // without a translation there is no heading for it
		}
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

// readFor is the case as it concerns one part of the people: its facts with what
// differs for them. Who can have seen their data says also whether these can have
// been copied, so what is known of the whole is not said of a part with an answer of
// its own.
func readFor(c *incident.Case, subset string) *incident.Case {
	if subset == "" {
		return c
	}
	part := *c
	part.Facts = c.Facts.For(subset)
	if c.Facts.State(fact.SubsetKey(subset, "disclosure")) == fact.Known {
		delete(part.Facts, "effect.exfiltration")
		delete(part.Facts, "effect.recipients")
	}
	return &part
}

// head are the lines under the title; a text between offices is dated to the minute.
func (w *writer) head(ref string, minute bool) {
	moment := w.grammar.on + w.grammar.date(w.req.Now.In(w.req.Zone))
	if minute {
		moment = w.grammar.instant(w.req.Now, w.req.Zone)
	}
	w.doc.Head = []string{
		w.words.Head["to"],
		fill(w.words.Head["reference"], places{"ref": oneLine(ref)}),
		fill(w.words.Head["as_of"], places{"moment": moment}),
	}
}

// authorityPreface is what stands before point 1: the subject, and the notification
// that this one follows up, completes or withdraws (GDPR 33(4)).
func authorityPreface(w *writer) {
	subject(w)
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

// subject is the line that says what the text is about.
func subject(w *writer) {
	key, _ := w.localKey("incident.title")
	if title := named(w.c.Facts.Text(key)); title != "" {
		w.say("subject", places{"title": title}, w.on(key))
		w.paragraph()
	}
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
	more := w.facts("delay.more_time", "delay.until")
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
