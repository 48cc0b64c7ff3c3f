package notice

import (
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/when"
)

// writer writes one document, section by section. Each section's function says
// which sentences it has; the writer finds their words and their grounds.
type writer struct {
	words   *wording
	grammar grammar
	c       *incident.Case
	duty    duty.Assessment
	clock   clock.Reading
	req     Request
	tag     string // begins the tags of the entries that go into this text
	ref     string

	doc     Document
	section *Section
	fresh   bool      // the next sentence begins a paragraph
	quoting *bool     // whether the section's marked entries said anything; nil before they are looked for
	open    []pending // asked for and looked at, but not known yet
	refusal error     // the first CPR number that was met
}

// pending is something that the text asks for and that is not known yet.
type pending struct {
	no      int
	what    string
	entries []string
	keys    []string
}

// begin starts a section; what is said from here on belongs to it.
func (w *writer) begin(s *Section) { w.section, w.fresh, w.quoting = s, true, nil }

// paragraph lets the next sentence begin a paragraph.
func (w *writer) paragraph() { w.fresh = true }

// put adds a sentence in the form. Lines and items are paragraphs of their own.
func (w *writer) put(form Form, s Sentence) {
	s.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(id string) bool { return id == "" })
	w.guard(s)
	last := len(w.section.Paragraphs) - 1
	if w.fresh || form != Prose || last < 0 || w.section.Paragraphs[last].Form != Prose {
		w.section.Paragraphs = append(w.section.Paragraphs, Paragraph{Form: form})
		last++
	}
	w.fresh = false
	w.section.Paragraphs[last].Sentences = append(w.section.Paragraphs[last].Sentences, s)
}

// ground is what a sentence rests on: entries, and the facts among them.
type ground struct {
	entries []string
	keys    []string
}

// on is the ground of facts.
func (w *writer) on(keys ...string) ground {
	g := ground{keys: keys}
	for _, key := range keys {
		g.entries = append(g.entries, w.c.Facts[key].Entry)
	}
	return g
}

// by is the ground of entries that hold no fact.
func by(entries ...string) ground { return ground{entries: entries} }

// and is both grounds.
func (g ground) and(more ground) ground {
	return ground{slices.Concat(g.entries, more.entries), slices.Concat(g.keys, more.keys)}
}

// say adds the sentence of the catalogue with its places filled.
func (w *writer) say(id string, in places, g ground) {
	w.add(Prose, fill(w.words.Sentences[id], in), g)
}

// line adds it as a line of its own.
func (w *writer) line(id string, in places, g ground) {
	w.add(Line, fill(w.words.Sentences[id], in), g)
}

// add adds a finished text; an empty one says nothing.
func (w *writer) add(form Form, text string, g ground) {
	if text != "" {
		w.put(form, Sentence{Text: text, Entries: g.entries, Keys: g.keys})
	}
}

// gap says that something is missing, in the words of the catalogue.
func (w *writer) gap(id string, keys ...string) { w.missing(w.words.Sentences[id], keys...) }

// missing is a gap: a sentence without ground, and a point of the last section.
func (w *writer) missing(what string, keys ...string) {
	w.put(Prose, Sentence{Text: fill(w.words.Sentences["gap"], places{"what": what}), Keys: keys, Gap: true})
	w.doc.Gaps = append(w.doc.Gaps, Gap{No: w.section.No, What: what, Keys: keys})
}

// unknown notes that something was looked at and is not known yet.
func (w *writer) unknown(what string, g ground) {
	w.open = append(w.open, pending{w.section.No, what, g.entries, g.keys})
}

// facts says what the case holds of each key, in order, and nothing of those that
// are absent. It reports whether any had something to say.
func (w *writer) facts(keys ...string) bool {
	said := false
	for _, key := range keys {
		said = w.fact(key) || said
	}
	return said
}

// needs is the same for facts that the text must have: those absent are gaps.
func (w *writer) needs(keys ...string) {
	for _, key := range keys {
		if !w.fact(key) {
			w.missing(w.words.Facts[key]["missing"], key)
		}
	}
}

// fact says one fact, known or unknown, and reports whether it is there.
func (w *writer) fact(key string) bool {
	stored, state := w.localKey(key)
	switch state {
	case fact.Absent:
		return false
	case fact.IsUnknown:
		w.add(Prose, w.words.Facts[key]["unknown"], w.on(stored))
		if what := w.words.Facts[key]["missing"]; what != "" {
			w.unknown(what, w.on(stored))
		}
		return true
	}
	switch v := w.c.Facts[stored].Value.(type) {
	case fact.Text:
		w.prose(string(v), w.on(stored))
		return strings.TrimSpace(string(v)) != ""
	case fact.Set:
		if len(v) == 0 {
			return false
		}
	}
	w.add(Prose, w.sentence(key), w.on(key))
	return true
}

// localKey is the key that holds the text in the language asked for: a text can
// have a wording of its own in each language, beside the one that was typed first
// ("measures.taken.en" beside "measures.taken").
func (w *writer) localKey(key string) (string, fact.State) {
	for _, k := range []string{key + "." + w.req.Lang, key, key + "." + otherLang(w.req.Lang)} {
		if state := w.c.Facts.State(k); state != fact.Absent {
			return k, state
		}
	}
	return key, fact.Absent
}

func otherLang(lang string) string {
	if lang == "da" {
		return "en"
	}
	return "da"
}

// sentence is the sentence of the catalogue for the known value of a fact.
func (w *writer) sentence(key string) string {
	r := w.c.Facts[key]
	forms := w.words.Facts[fact.WholeKey(key)]
	switch v := r.Value.(type) {
	case fact.Flag:
		if v {
			return w.tentative(r, forms["yes"])
		}
		return w.tentative(r, forms["no"])
	case fact.Choice:
		if text, ok := forms[string(v)]; ok {
			return w.tentative(r, text)
		}
		return w.tentative(r, fill(forms["known"], places{"value": w.word(key, string(v))}))
	case fact.Count:
		return w.counted(r, forms, w.grammar.number(int64(v)), v == 1)
	case fact.Number:
		return w.counted(r, forms, w.grammar.fraction(float64(v)), v == 1)
	case fact.Moment:
		return fill(forms["known"], places{"value": w.moment(r, v.Moment)})
	case fact.Set:
		return w.tentative(r, w.several(key, forms, v))
	}
	return ""
}

// moment is a time of a fact as its sentence ends with it.
func (w *writer) moment(r fact.Recorded, m when.Moment) string {
	if r.Estimate {
		return w.grammar.about(m, w.req.Zone)
	}
	return w.grammar.moment(m, w.req.Zone)
}

func (w *writer) counted(r fact.Recorded, forms map[string]string, number string, one bool) string {
	form := forms["known"]
	if text, ok := forms["one"]; ok && one {
		form = text
	}
	if text, ok := forms["estimate"]; ok && r.Estimate {
		form = text
	}
	return fill(form, places{"value": number})
}

func (w *writer) several(key string, forms map[string]string, members fact.Set) string {
	form := forms["known"]
	if len(members) == 1 {
		if text, ok := forms["one"]; ok {
			form = text
		}
		if text, ok := forms[members[0]]; ok {
			form = text
		}
	}
	return fill(form, places{"value": w.listed(key, members)})
}

// listed are the members of a set as a list, in the order of the vocabulary, with
// "none" left out where there is something else.
func (w *writer) listed(key string, members fact.Set) string {
	return w.grammar.list(w.wordsOf(key, members))
}

func (w *writer) wordsOf(key string, members fact.Set) []string {
	k, _ := fact.Lookup(key)
	var texts []string
	if len(k.Options) == 0 { // names of systems, countries
		for _, m := range members {
			texts = append(texts, oneLine(w.word(key, m)))
		}
		return texts
	}
	for _, o := range k.Options {
		if members.Has(o.Value) && (o.Value != "none" || len(members) == 1) {
			texts = append(texts, w.word(key, o.Value))
		}
	}
	return texts
}

// word is a value inside a sentence; the table's label where the catalogue has none.
func (w *writer) word(key, value string) string {
	if text, ok := w.words.Words[fact.WholeKey(key)][value]; ok {
		return text
	}
	k, _ := fact.Lookup(key)
	return k.OptionLabel(value).In(w.req.Lang)
}

// tentative marks a sentence whose fact is an estimate.
func (w *writer) tentative(r fact.Recorded, sentence string) string {
	if !r.Estimate || sentence == "" {
		return sentence
	}
	return fill(w.words.Sentences["tentative"], places{"sentence": strings.TrimSuffix(sentence, ".")})
}
