package notice

import (
	"slices"
	"strconv"
	"strings"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

// Change is one thing that a follow-up says otherwise than the notification before
// it (GDPR 33(4)).
type Change struct {
	No       int    // the point in which it stands; 0 before the first
	What     string // in words
	Key      string // the fact; empty for awareness, decisions and entries of the timeline
	Old, New string // in words; "not stated" where there was nothing, or is nothing now
	Entries  []string
}

// Earlier is the notification to the authority that a follow-up is measured against:
// the last that was filed, or else the last that was issued. A withdrawal is none.
func Earlier(c *incident.Case) (n incident.Notice, ok bool) {
	for _, f := range c.Filings {
		if sent, found := c.Notice(f.Notice); found && isNotification(sent) && sent.Seq > n.Seq {
			n, ok = sent, true
		}
	}
	for _, issued := range slices.Backward(c.Notices) {
		if !ok && isNotification(issued) {
			n, ok = issued, true
		}
	}
	return n, ok
}

func isNotification(n incident.Notice) bool {
	return n.To == incident.ToAuthority && n.Phase != incident.PhaseWithdraw
}

// changes lists what is different from the notification before, point by point, and
// nothing else. The case is folded as of that notification and both are composed, so
// that the list compares what the authority was told, not what was typed in between.
func (w *writer) changes() {
	earlier, ok := Earlier(w.c)
	if !ok {
		return
	}
	found, err := w.compare(earlier)
	if err != nil {
		if w.refusal == nil {
			w.refusal = err
		}
		return
	}
	w.paragraph()
	since, g := w.since(earlier), w.entry(earlier.Entry)
	if len(found) == 0 {
		w.say("unchanged", places{"since": since}, g)
		return
	}
	w.say("changes", places{"since": since}, g)
	for _, c := range found {
		id := "change"
		if c.No == 0 {
			id = "change_preface"
		}
		w.add(Item, fill(w.words.Sentences[id], places{
			"no": strconv.Itoa(c.No), "what": c.What, "old": c.Old, "new": c.New}), ground{c.Entries, keysOf(c)})
	}
	w.doc.Changes = found
}

func keysOf(c Change) []string {
	if c.Key == "" {
		return nil
	}
	return []string{c.Key}
}

// since names the notification that the list is measured against.
func (w *writer) since(earlier incident.Notice) string {
	for _, f := range w.c.Filings {
		if f.Notice == earlier.Entry {
			return fill(w.words.Sentences["since_filed"], places{"moment": w.grammar.moment(f.Sent, w.req.Zone)})
		}
	}
	return fill(w.words.Sentences["since_issued"], places{"moment": w.grammar.instant(earlier.At, w.req.Zone)})
}

// compare composes the notification as it was and as it is.
func (w *writer) compare(earlier incident.Notice) ([]Change, error) {
	past := w.c.AsOf(earlier.Seq)
	past.Notices, past.Filings = w.c.Notices, w.c.Filings // what was sent since is no change of what is known
	assessed := duty.Assess(past.Facts, duty.Context{Deadline: w.clock.Deadline})
	req := w.req
	req.Phase = incident.PhaseInitial
	then, err := Compose(past, w.doc.Ref, assessed, w.clock, req)
	if err != nil {
		return nil, err
	}
	now, err := Compose(w.c, w.doc.Ref, w.duty, w.clock, req)
	if err != nil {
		return nil, err
	}
	d := difference{w: w, earlier: earlier.Entry, past: past, then: then, now: now}
	found := slices.Concat(d.facts(), d.risk(assessed), d.others())
	slices.SortStableFunc(found, func(a, b Change) int { return a.No - b.No })
	return found, nil
}

// difference is two states of a case, and their texts.
type difference struct {
	w         *writer
	earlier   string // entry of the notification before
	past      *incident.Case
	then, now Document
}

// facts are the facts that the text tells and that have another value.
func (d difference) facts() []Change {
	var found []Change
	for _, key := range d.keys() {
		old, now := d.past.Facts[key], d.w.c.Facts[key]
		no, told := d.pointOf(key)
		if !told || fact.Equal(old.Value, now.Value) && old.Estimate == now.Estimate {
			continue
		}
		c := Change{No: no, What: d.label(key), Key: key, Old: d.w.shown(key, old), New: d.w.shown(key, now)}
		for _, id := range []string{old.Entry, now.Entry} {
			if id != "" {
				c.Entries = append(c.Entries, id)
			}
		}
		found = append(found, c)
	}
	return found
}

// keys are those of both sheets in the order of the vocabulary, subset by subset.
func (d difference) keys() []string {
	var keys []string
	for _, k := range fact.Keys() {
		_, field, part := fact.CutSubset(k.Name)
		if !part {
			keys = append(keys, k.Name)
			continue
		}
		names := slices.Concat(d.past.Facts.Subsets(), d.w.c.Facts.Subsets())
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			keys = append(keys, fact.SubsetKey(name, field))
		}
	}
	return keys
}

// pointOf is the point that tells the fact, in either text. The reasons for the risk
// in point 6 repeat facts of other points.
func (d difference) pointOf(key string) (no int, told bool) {
	for _, doc := range []Document{d.now, d.then} {
		for _, s := range doc.parts() {
			if !s.rests(key) {
				continue
			}
			if no, told = s.No, true; no != pointRisk {
				return no, true
			}
		}
	}
	return no, told
}

// pointRisk is where the assessment stands.
const pointRisk = 6

func (s Section) rests(key string) bool {
	return slices.ContainsFunc(s.Paragraphs, func(p Paragraph) bool {
		return slices.ContainsFunc(p.Sentences, func(s Sentence) bool { return slices.Contains(s.Keys, key) })
	})
}

// label is what a fact is called, and of which group it speaks.
func (d difference) label(key string) string {
	k, _ := fact.Lookup(strings.TrimSuffix(key, "."+d.w.req.Lang))
	if name, _, ok := fact.CutSubset(key); ok {
		return fill(d.w.words.Sentences["change_group"], places{"name": name, "what": k.Label.In(d.w.req.Lang)})
	}
	return k.Label.In(d.w.req.Lang)
}

// shown is a value as a reader of the text has it: what people typed in quotation
// marks, nothing as "not stated".
func (w *writer) shown(key string, r fact.Recorded) string {
	text := ""
	switch v := r.Value.(type) {
	case nil:
		return w.words.Sentences["not_stated"]
	case fact.Text:
		text = w.quoteMarks(string(v))
	case fact.Count:
		text = w.grammar.number(int64(v))
	case fact.Number:
		text = w.grammar.fraction(float64(v))
	case fact.Moment:
		text = w.grammar.moment(v.Moment, w.req.Zone)
	case fact.Choice:
		text = w.word(key, string(v))
	case fact.Set:
		text = w.listed(key, v)
	case fact.Periods:
		text = w.grammar.periods(v)
	default:
		text = fact.Show(key, v, w.req.Lang, w.req.Zone)
	}
	if r.Estimate {
		return fill(w.words.Sentences["change_estimate"], places{"value": text})
	}
	return text
}

func (w *writer) quoteMarks(text string) string {
	return fill(w.words.Sentences["change_text"], places{"text": oneLine(text)})
}

// risk is the outcome of the assessment, where it has changed.
func (d difference) risk(before duty.Assessment) []Change {
	stated := func(doc Document, risk duty.Risk) string {
		sentence := d.w.words.Sentences["risk_"+string(risk)]
		for _, s := range doc.Sections {
			if strings.Contains(s.Text(), sentence) && sentence != "" {
				return d.w.quoteMarks(sentence)
			}
		}
		return d.w.words.Sentences["not_stated"]
	}
	old, now := stated(d.then, before.Risk), stated(d.now, d.w.duty.Risk)
	if old == now {
		return nil
	}
	entries := []string{d.earlier}
	for _, key := range d.w.assessed().keys {
		entries = append(entries, d.w.c.Facts[key].Entry)
	}
	return []Change{{No: pointRisk, What: d.w.words.Sentences["change_risk"], Old: old, New: now, Entries: entries}}
}

// others are the sentences that rest on no fact: awareness, suspicion, decisions,
// and the entries that people have put into a point. Those that say the same are
// left out; of the rest a new one stands against the old one of the same entry, or
// else of the same place.
func (d difference) others() []Change {
	var found []Change
	for i, s := range d.now.Sections {
		old, now := d.unkeyed(d.then.Sections[i]), d.unkeyed(s)
		old, now = without(old, now), without(now, old)
		for n := range max(len(old), len(now)) {
			c := Change{No: s.No, What: s.Heading, Old: d.w.words.Sentences["not_stated"], New: d.w.words.Sentences["not_stated"]}
			if n < len(old) {
				c.Old, c.Entries = d.w.quoteMarks(old[n].Text), old[n].Entries
			}
			if n < len(now) {
				c.New = d.w.quoteMarks(now[n].Text)
				c.Entries = append(slices.Clone(c.Entries), now[n].Entries...)
			}
			found = append(found, c)
		}
	}
	return found
}

// unkeyed are the sentences of a point that rest on entries alone. Point 12 repeats
// what the others lack; of it only what people wrote counts.
func (d difference) unkeyed(s Section) []Sentence {
	var kept []Sentence
	for _, p := range s.Paragraphs {
		for _, sentence := range p.Sentences {
			if !sentence.Gap && len(sentence.Keys) == 0 && (s.No != pointFollows || d.written(sentence)) {
				kept = append(kept, sentence)
			}
		}
	}
	return kept
}

// pointFollows is where the text says what is to follow.
const pointFollows = 12

func (d difference) written(s Sentence) bool {
	return slices.ContainsFunc(s.Entries, func(id string) bool {
		line, err := d.w.c.Timeline.Find(id)
		return err == nil && line.Kind.Written()
	})
}

// without are the sentences whose text is not among the others.
func without(sentences, others []Sentence) []Sentence {
	return slices.DeleteFunc(slices.Clone(sentences), func(s Sentence) bool {
		return slices.ContainsFunc(others, func(o Sentence) bool { return o.Text == s.Text })
	})
}
