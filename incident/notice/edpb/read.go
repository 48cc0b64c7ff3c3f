package edpb

import (
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/when"
)

// form is what the fields are filled in from.
type form struct {
	c     *incident.Case
	facts fact.Sheet
	ref   string
	duty  duty.Assessment
	clock clock.Reading
	req   notice.Request
	doc   notice.Document
	words words
	final bool // the notification is complete: nothing can be "to be determined"
}

// answer is what a field has to say. The zero answer says nothing.
type answer struct {
	value   fact.Value
	keys    []string // the facts behind it or, without a value, that would give one
	entries []string // further entries behind it
	pending bool     // the value says that it is still to be determined
	silent  bool     // nothing is recorded, and a complete notification reads that as this value
	asked   bool     // the template asks for it here
}

// reader answers for one field.
type reader func(*form) answer

func (f *form) entriesOf(a answer) []string {
	var all []string
	for _, key := range a.keys {
		all = append(all, f.facts[key].Entry)
	}
	all = append(all, a.entries...)
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(id string) bool { return id == "" })
}

// lacking is no answer yet: the facts that would give one.
func lacking(keys ...string) answer { return answer{keys: keys} }

// say is a text or a letter of the template.
func say(text string, keys ...string) answer {
	if text == "" {
		return lacking(keys...)
	}
	return answer{value: fact.Text(text), keys: keys}
}

// undetermined is for what was looked into and is not known: open while the
// notification is incomplete, closed when it is final.
func (f *form) undetermined(open, closed string, keys ...string) answer {
	if f.final {
		return say(closed, keys...)
	}
	a := say(open, keys...)
	a.pending = a.value != nil
	return a
}

// silent is what a complete notification says where nothing is recorded.
func silent(text string, keys ...string) answer {
	a := say(text, keys...)
	a.silent = true
	return a
}

// codes are the letters of a field by the value of a fact.
type codes map[string]string

// choice is the letter for the value of the fact.
func choice(key string, letters codes, open, closed string) reader {
	return func(f *form) answer {
		if f.facts.State(key) == fact.IsUnknown {
			return f.undetermined(open, closed, key)
		}
		return say(letters[f.facts.Choice(key)], key)
	}
}

// ranked is a value with its letter; a list of them stands with the gravest first.
type ranked struct{ value, letter string }

// gravest is the letter of the gravest member that the set holds.
func gravest(key string, order []ranked, open, closed string) reader {
	return func(f *form) answer {
		if f.facts.State(key) == fact.IsUnknown {
			return f.undetermined(open, closed, key)
		}
		for _, r := range order {
			if f.facts.Has(key, r.value) {
				return say(r.letter, key)
			}
		}
		return lacking(key)
	}
}

// text is the first of the texts that is known.
func text(keys ...string) reader {
	return func(f *form) answer {
		for _, key := range keys {
			if t := strings.TrimSpace(f.facts.Text(key)); t != "" {
				return say(t, key)
			}
		}
		return lacking(keys...)
	}
}

// join is the texts that are known, with commas between.
func join(keys ...string) reader {
	return func(f *form) answer {
		var texts, known []string
		for _, key := range keys {
			if t := strings.TrimSpace(f.facts.Text(key)); t != "" {
				texts, known = append(texts, t), append(known, key)
			}
		}
		if len(texts) == 0 {
			return lacking(keys...)
		}
		return say(strings.Join(texts, ", "), known...)
	}
}

// orSilent is what a complete notification says where the reader has no answer.
func orSilent(read reader, other func(words) string) reader {
	return func(f *form) answer {
		if a := read(f); a.value != nil {
			return a
		} else {
			return silent(other(f.words), a.keys...)
		}
	}
}

// only lets the field stand only in a situation; there the template asks for it.
func only(in func(*form) bool, read reader) reader {
	return func(f *form) answer {
		if !in(f) {
			return answer{}
		}
		a := read(f)
		a.asked = true
		return a
	}
}

// point is what the twelve points say at these numbers, without their gaps.
func point(numbers ...int) reader {
	return func(f *form) answer {
		var a answer
		var texts []string
		for _, s := range f.doc.Sections {
			if !slices.Contains(numbers, s.No) {
				continue
			}
			s = withoutGaps(s)
			if t := s.Text(); t != "" {
				texts = append(texts, t)
			}
			for _, p := range s.Paragraphs {
				for _, sentence := range p.Sentences {
					a.keys, a.entries = append(a.keys, sentence.Keys...), append(a.entries, sentence.Entries...)
				}
			}
		}
		slices.Sort(a.keys)
		a.keys = slices.Compact(a.keys)
		if len(texts) > 0 {
			a.value = fact.Text(strings.Join(texts, "\n\n"))
		}
		return a
	}
}

func withoutGaps(s notice.Section) notice.Section {
	var kept []notice.Paragraph
	for _, p := range s.Paragraphs {
		p.Sentences = slices.DeleteFunc(slices.Clone(p.Sentences), func(s notice.Sentence) bool { return s.Gap })
		if len(p.Sentences) > 0 {
			kept = append(kept, p)
		}
	}
	s.Paragraphs = kept
	return s
}

// said is the sentences of the twelve points that rest on any of the facts, in
// whichever language the fact was written, or on the awareness when it is asked for.
func said(keys ...string) reader {
	return func(f *form) answer {
		var a answer
		var texts []string
		for _, s := range f.doc.Sections {
			for _, p := range s.Paragraphs {
				for _, sentence := range p.Sentences {
					if sentence.Gap || !f.restsOn(sentence, keys) {
						continue
					}
					texts = append(texts, sentence.Text)
					a.keys, a.entries = append(a.keys, sentence.Keys...), append(a.entries, sentence.Entries...)
				}
			}
		}
		if len(texts) == 0 {
			return lacking(slices.DeleteFunc(slices.Clone(keys), isAwareness)...)
		}
		a.value = fact.Text(strings.Join(texts, " "))
		return a
	}
}

// awareness stands among the keys of [said] for the recorded moment, which is no fact.
const awareness = "(awareness)"

func isAwareness(key string) bool { return key == awareness }

func (f *form) restsOn(s notice.Sentence, keys []string) bool {
	for _, key := range keys {
		if key == awareness {
			if f.c.Aware != nil && slices.Contains(s.Entries, f.c.Aware.Entry) {
				return true
			}
			continue
		}
		if slices.ContainsFunc(s.Keys, func(k string) bool {
			return k == key || k == key+".da" || k == key+".en"
		}) {
			return true
		}
	}
	return false
}

// stamp is an instant as the template takes it, in the zone of the notice.
func (f *form) stamp(t time.Time) string {
	if f.req.Zone != nil {
		t = t.In(f.req.Zone)
	}
	return t.Format(time.RFC3339)
}

// day is a date as the template takes it.
func (f *form) day(t time.Time) string { return f.stamp(t)[:len(time.DateOnly)] }

// dayOf is the date of a fact.
func dayOf(key string) reader {
	return func(f *form) answer {
		if m, ok := f.facts.Moment(key); ok && m.Known() {
			return say(f.day(m.Earliest()), key)
		}
		return lacking(key)
	}
}

// end is the last instant of a moment: a day ends a second before the next one.
func end(m when.Moment) time.Time {
	if m.Precision == when.Day {
		return m.Latest().Add(-time.Second)
	}
	return m.Latest()
}
