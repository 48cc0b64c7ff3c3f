package notice

import (
	"fmt"
	"strings"

	"timeglas/internal/cpr"
	"timeglas/internal/fault"
)

// A notice holds no personal data about the people concerned, and a CPR number
// least of all (the authority's own demand for a notification). The guard looks at
// each sentence, so that the place can be named, and again at every printed form
// of the whole, since a number could be put together from its neighbours.

// guard keeps the first refusal: where the number stands, never the number.
func (w *writer) guard(s Sentence) {
	if w.refusal == nil && cpr.Contains(s.Text) {
		w.refusal = refuse(w.placeOf(s))
	}
}

// placeOf names the section and what the sentence rests on, as people can find it.
func (w *writer) placeOf(s Sentence) string {
	place := fmt.Sprintf("notice, point %d", w.section.No)
	if w.section.No == 0 {
		place = "notice, before point 1"
	}
	var from []string
	for _, key := range s.Keys {
		from = append(from, "fact "+key)
	}
	for _, id := range s.Entries {
		if line, err := w.c.Timeline.Find(id); err == nil {
			from = append(from, fmt.Sprintf("entry #%d", line.Seq))
			continue
		}
		from = append(from, "entry "+id)
	}
	if len(from) == 0 {
		return place
	}
	return place + " (" + strings.Join(from, ", ") + ")"
}

// refuse is the fault for a place. A subset or a reference can itself be named
// after a number; then only the kind of place is said.
func refuse(place string) error {
	if cpr.Contains(place) {
		place, _, _ = strings.Cut(place, " (")
	}
	return fault.New(fault.Refused, place,
		"a CPR number would stand in the text, and a notice never holds one: record it again without the number, and redact the entry that holds it")
}

// checkWhole looks at every printed form of the document.
func checkWhole(d Document) error {
	for _, s := range append(d.parts(), Section{Heading: strings.Join(append(d.Head, d.Title, d.Mark), "\n")}) {
		if cpr.Contains(s.Heading) {
			return refuse("notice, the lines before point 1 (the case's reference)")
		}
		if cpr.Contains(s.Text()) {
			return refuse(fmt.Sprintf("notice, point %d", s.No))
		}
	}
	if cpr.Contains(d.Text()) || cpr.Contains(d.Markdown()) {
		return refuse("notice, the text as a whole")
	}
	return nil
}
