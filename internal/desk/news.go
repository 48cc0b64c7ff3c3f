package desk

import (
	"fmt"
	"slices"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

func (w pageWriter) decided(news News) (points []string) {
	for _, c := range news.Decisions {
		name := w.itemName(c.Gate)
		switch {
		case c.New == nil:
			points = append(points, w.say("%s: %s was taken back", "%s: %s er trukket tilbage", name, w.option(c.Gate, c.Old.Option)))
		case c.Old == nil:
			points = append(points, fmt.Sprintf("#%d %s %s: %s = %s: %s", c.New.Seq, w.at(c.New.At), c.New.By, name, w.option(c.Gate, c.New.Option), short(c.New.Why)))
		default:
			points = append(points, fmt.Sprintf("#%d %s %s: %s: %s → %s: %s", c.New.Seq, w.at(c.New.At), c.New.By, name,
				w.option(c.Gate, c.Old.Option), w.option(c.Gate, c.New.Option), short(c.New.Why)))
		}
	}
	return points
}

func (w pageWriter) changed(news News) (points []string) {
	if news.Aware != nil {
		points = append(points, w.say("aware: ", "kendskab: ")+w.moments(*news.Aware))
	}
	if news.Suspected != nil {
		points = append(points, w.say("suspected: ", "mistanke: ")+w.moments(*news.Suspected))
	}
	for _, c := range news.Facts {
		if w.inOtherLanguage(c.Key) {
			continue
		}
		text := w.label(c.Key) + ": "
		if c.Old != nil {
			text += w.value(c.Key, *c.Old) + " → "
		}
		if c.New == nil {
			points = append(points, text+w.say("(taken back)", "(trukket tilbage)"))
			continue
		}
		points = append(points, fmt.Sprintf("#%d %s%s", c.New.Seq, text, w.value(c.Key, *c.New)))
	}
	return points
}

// inOtherLanguage reports whether the fact is a text that the page has in its own
// language as well.
func (w pageWriter) inOtherLanguage(key string) bool {
	if w.lang != "da" {
		return strings.HasSuffix(key, danish)
	}
	_, ok := w.Case.Facts[key+danish]
	return ok
}

// danish ends the key of a text that is there in both languages.
const danish = ".da"

func (w pageWriter) moments(c AwarenessChange) string {
	var sides []string
	for _, a := range []*incident.Awareness{c.Old, c.New} {
		switch {
		case a != nil:
			sides = append(sides, a.Moment.ShowIn(w.lang, w.zone)+", "+a.Who)
		case c.New == nil:
			sides = append(sides, w.say("(taken back)", "(trukket tilbage)"))
		}
	}
	return strings.Join(sides, " → ")
}

func (w pageWriter) steps(news News) (points []string) {
	states := map[incident.StepState]fact.Label{
		incident.StepDone: {EN: "done", DA: "udført"}, incident.StepSkipped: {EN: "skipped", DA: "sprunget over"},
		incident.StepReopened: {EN: "open again", DA: "genåbnet"},
	}
	for _, c := range news.Steps {
		if c.New == nil {
			points = append(points, w.itemName(c.Step)+": "+w.say("open again (taken back)", "åben igen (trukket tilbage)"))
			continue
		}
		text := fmt.Sprintf("#%d %s: %s, %s", c.New.Seq, w.itemName(c.Step), states[c.New.State].In(w.lang), c.New.By)
		if c.New.Why != "" {
			text += ": " + short(c.New.Why)
		}
		points = append(points, text)
	}
	return points
}

// toldElsewhere are the kinds of entry that the other parts of the page tell of, or
// that only put things in order.
var toldElsewhere = []timeline.Kind{
	incident.KindFact, incident.KindGate, incident.KindStep, incident.KindAware, incident.KindSuspected,
	timeline.KindTag, timeline.KindPin, timeline.KindView, timeline.KindLink,
}

func (w pageWriter) entries(news News) []string {
	var points []string
	for _, l := range news.Entries {
		if !slices.Contains(toldElsewhere, l.Kind) && l.Counts() {
			points = append(points, w.entry(l))
		}
	}
	if left := len(points) - newsMost; left > 0 {
		points = append([]string{w.say("… and %d older ones, in the timeline", "… og %d ældre, på tidslinjen", left)}, points[left:]...)
	}
	return points
}

func (w pageWriter) entry(l timeline.Line) string {
	kind := string(l.Kind)
	if label, ok := kindLabels[l.Kind]; ok {
		kind = label.In(w.lang)
	}
	if target, err := w.Case.Timeline.Find(l.Target); err == nil && l.Target != "" {
		kind += fmt.Sprintf(" (#%d)", target.Seq)
	}
	text := l.Text
	if l.Kind == incident.KindNotice {
		text = "" // a text of pages: it stands in the case
	}
	return fmt.Sprintf("#%d %s %s, %s: %s", l.Seq, l.Occurred.ShowIn(w.lang, w.zone), l.Author, kind, short(text))
}

var kindLabels = map[timeline.Kind]fact.Label{
	timeline.KindNote: {EN: "note", DA: "notat"}, timeline.KindObservation: {EN: "observation", DA: "iagttagelse"},
	timeline.KindAction: {EN: "action", DA: "handling"}, timeline.KindDecision: {EN: "decision", DA: "beslutning"},
	timeline.KindCommunication: {EN: "communication", DA: "kommunikation"},
	timeline.KindComment:       {EN: "comment", DA: "kommentar"}, timeline.KindCorrection: {EN: "correction", DA: "rettelse"},
	timeline.KindRetraction: {EN: "retraction", DA: "tilbagetrækning"}, timeline.KindRedaction: {EN: "redaction", DA: "sletning"},
	incident.KindOpened: {EN: "case opened", DA: "sag oprettet"}, incident.KindClosed: {EN: "case closed", DA: "sag lukket"},
	incident.KindReopened: {EN: "case reopened", DA: "sag genåbnet"}, incident.KindPlaybook: {EN: "playbook", DA: "drejebog"},
	incident.KindNotice: {EN: "notice issued", DA: "meddelelse udstedt"}, incident.KindFiled: {EN: "notice sent", DA: "meddelelse afsendt"},
	incident.KindEvidence: {EN: "evidence", DA: "bevis"}, incident.KindCustody: {EN: "evidence given out", DA: "bevis udleveret"},
	incident.KindAdvice: {EN: "advice", DA: "rådgivning"}, incident.KindDissent: {EN: "dissent", DA: "uenighed"},
	incident.KindAuthority: {EN: "authority", DA: "myndighed"}, incident.KindRequest: {EN: "request", DA: "henvendelse"},
	incident.KindExtended: {EN: "time extended", DA: "frist forlænget"}, incident.KindSettled: {EN: "settled", DA: "afsluttet"},
	incident.KindClock: {EN: "clock", DA: "frist"}, incident.KindSeverity: {EN: "severity", DA: "alvorlighed"},
}
