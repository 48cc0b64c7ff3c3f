package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Page is a text of a few headings with points under them: what a command prints
// and a screen shows. Texts are as people typed them; whoever renders escapes them.
type Page struct {
	Title string
	Head  []string
	Parts []Part
}

// Part is one heading of a page. One without points is left out.
type Part struct {
	Heading string
	Points  []string
}

func (p *Page) add(heading string, points []string) {
	if len(points) > 0 {
		p.Parts = append(p.Parts, Part{heading, points})
	}
}

// pageWriter is what the sentences of a page depend on.
type pageWriter struct {
	Situation
	lang string
	zone *time.Location
}

// say picks one of two sentences and fills it in.
func (w pageWriter) say(en, da string, args ...any) string {
	return fmt.Sprintf(fact.Label{EN: en, DA: da}.In(w.lang), args...)
}

func (w pageWriter) at(t time.Time) string { return t.In(w.zone).Format("2006-01-02 15:04") }

// The hand-over fits a page: what is left out can be read in the timeline.
const (
	newsMost    = 25  // entries
	textMost    = 300 // characters of each
	valueMost   = 120 // characters of the value of a fact
	unknownMost = 8   // facts
	dueWithin   = 24 * time.Hour
)

// Handover is what somebody needs who takes over the case: how long is left, what is
// due, what waits for a decision, and what is new after the entry with that sequence.
// In Danish for lang "da", else English; times in zone.
func (s Situation) Handover(after int64, lang string, zone *time.Location) Page {
	w := pageWriter{s, lang, zone}
	news := s.Since(after)
	p := Page{Title: w.say("Hand-over: %s %s", "Overlevering: %s %s", s.Ref, s.Case.Title), Head: w.head(after)}
	if s.Case.State != incident.Closed {
		p.add(w.say("Late, or due within 24 hours", "Overskredet, eller frist inden for 24 timer"), w.due())
		p.add(w.say("Issued, but NOT SENT", "Udstedt, men IKKE AFSENDT"), w.unfiled())
		p.add(w.say("Decisions to be made", "Beslutninger, der skal træffes"), w.openGates())
		p.add(w.say("Not known yet, and could change the duty", "Endnu ikke oplyst, og kan ændre pligten"), w.unknown())
	}
	w.addNews(&p, news)
	p.add(w.say("Pinned", "Fastgjort"), w.pinned())
	return p
}

// News is what is new after the entry with that sequence, as a page.
func (s Situation) News(after int64, lang string, zone *time.Location) Page {
	w := pageWriter{s, lang, zone}
	p := Page{Title: w.say("What is new: %s %s", "Nyt: %s %s", s.Ref, s.Case.Title), Head: []string{w.sinceLine(after)}}
	if line := w.asOfLine(); line != "" {
		p.Head = append([]string{line}, p.Head...)
	}
	w.addNews(&p, s.Since(after))
	if len(p.Parts) == 0 {
		p.Head = append(p.Head, w.say("Nothing is new.", "Intet nyt."))
	}
	return p
}

func (w pageWriter) addNews(p *Page, news News) {
	p.add(w.say("Decided", "Beslutninger truffet"), w.decided(news))
	p.add(w.say("Changed facts", "Ændrede oplysninger"), w.changed(news))
	p.add(w.say("Steps", "Trin"), w.steps(news))
	p.add(w.say("New in the timeline", "Nyt på tidslinjen"), w.entries(news))
}

func (w pageWriter) head(after int64) []string {
	var head []string
	switch w.Case.Journal.Mark {
	case timeline.MarkExercise:
		head = append(head, w.say("EXERCISE", "ØVELSE"))
	case timeline.MarkDemo:
		head = append(head, w.say("DEMONSTRATION", "DEMONSTRATION"))
	}
	if line := w.asOfLine(); line != "" {
		head = append(head, line)
	}
	head = append(head, w.clockLine())
	if w.Case.State == incident.Closed {
		head = append(head, w.say("The case is closed: %s", "Sagen er lukket: %s", w.Case.StateWhy))
	}
	if due := w.FirstDue(); due != nil {
		head = append(head, w.say("First: %s, by %s (%s)", "Først: %s, senest %s (%s)", due.Name.In(w.lang), w.at(due.At), w.away(due.At)))
	}
	return append(head, w.say("Written %s.", "Skrevet %s.", w.at(w.Now))+" "+w.sinceLine(after))
}

// asOfLine says that the page is not about the present.
func (w pageWriter) asOfLine() string { return w.AsOfText(w.lang, w.zone) }

// AsOfText is the band over everything that shows the past: "As known at …; not the
// present". Empty for the present.
func (s Situation) AsOfText(lang string, zone *time.Location) string {
	if s.AsOf == nil {
		return ""
	}
	band := fact.Label{EN: "AS KNOWN AT %s; NOT THE PRESENT", DA: "SOM DET VAR KENDT %s; IKKE NUTIDEN"}
	return fmt.Sprintf(band.In(lang), s.AsOf.In(zone).Format("2006-01-02 15:04 (-07:00)"))
}

func (w pageWriter) sinceLine(after int64) string {
	if after <= 0 {
		return w.say("New is everything: the case from its beginning.", "Alt er nyt: sagen fra begyndelsen.")
	}
	last := w.Case.Timeline.Lines[min(after, int64(len(w.Case.Timeline.Lines)))-1]
	return w.say("New is what was written after #%d (%s).", "Nyt er, hvad der er skrevet efter #%d (%s).", last.Seq, w.at(last.Recorded))
}

func (w pageWriter) clockLine() string {
	line := w.Clock.Left(w.lang)
	if running(w.Clock) {
		line += w.say(": notify the authority by %s", ": anmeldelse til tilsynsmyndigheden senest %s", w.at(w.Clock.Deadline))
	}
	return line
}

// away is how far a time is from now.
func (w pageWriter) away(at time.Time) string {
	if late := w.Now.Sub(at); late > 0 {
		return w.say("LATE by %s", "OVERSKREDET med %s", clock.Span(late, w.lang))
	}
	return w.say("in %s", "om %s", clock.Span(at.Sub(w.Now), w.lang))
}

// due are the things with a time that has passed or is near, the earliest first.
func (w pageWriter) due() []string {
	var all []Due
	add := func(at *time.Time, what string) {
		if at != nil && at.Before(w.Now.Add(dueWithin)) {
			all = append(all, Due{What: what, At: *at})
		}
	}
	if running(w.Clock) {
		add(&w.Clock.Deadline, w.say("notify the authority", "anmeld til tilsynsmyndigheden"))
	}
	for _, item := range w.Run.Items {
		title := item.Common().Title.In(w.lang) + " (" + item.ID() + ")"
		if item.State == playbooks.StateOpen || item.State == playbooks.StateBlocked {
			add(item.Due, title)
		}
		add(item.Review, w.say("look again: %s", "tages op igen: %s", title))
	}
	for _, m := range w.Case.Matters {
		if m.Open() {
			add(m.Due, w.say("answer #%d: %s", "besvar #%d: %s", m.Seq, short(m.Text)))
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.At.Compare(b.At) })
	points := make([]string, len(all))
	for i, d := range all {
		points[i] = w.at(d.At) + ", " + w.away(d.At) + ": " + d.What
	}
	return points
}

func (w pageWriter) unfiled() (points []string) {
	for _, n := range w.Unfiled() {
		points = append(points, w.say("#%d to %s, %s, issued %s, approved by %s: send it, then say so", "#%d til %s, %s, udstedt %s, godkendt af %s: Send den, og registrér det",
			n.Seq, n.To, n.Phase, w.at(n.At), n.ApprovedBy))
	}
	return points
}

func (w pageWriter) openGates() (points []string) {
	for _, item := range w.Run.Items {
		if item.Gate == nil || item.State != playbooks.StateOpen && item.State != playbooks.StateBlocked {
			continue
		}
		text := item.Common().Title.In(w.lang) + " (" + item.ID() + ")"
		if item.State == playbooks.StateBlocked {
			text += w.say("; waits for %s", "; afventer %s", strings.Join(item.BlockedBy, ", "))
		}
		if proposal := w.Duty.Proposal(item.ID()); proposal != "" {
			if option, ok := item.Gate.Option(proposal); ok {
				text += w.say("; the rules propose: %s", "; reglerne foreslår: %s", option.Title.In(w.lang))
			}
		}
		points = append(points, text)
	}
	return points
}

func (w pageWriter) unknown() []string {
	if len(w.Duty.Unknown) == 0 {
		return nil
	}
	var names []string
	for _, key := range w.Duty.Unknown[:min(len(w.Duty.Unknown), unknownMost)] {
		names = append(names, w.label(key))
	}
	if left := len(w.Duty.Unknown) - len(names); left > 0 {
		names = append(names, w.say("and %d more", "og %d til", left))
	}
	return []string{strings.Join(names, "; ")}
}

func (w pageWriter) pinned() (points []string) {
	for _, l := range w.Case.Timeline.Lines {
		if l.Pinned && l.Counts() {
			points = append(points, w.entry(l))
		}
	}
	return points
}

func (w pageWriter) label(key string) string {
	k, _ := fact.Lookup(key)
	if subset, _, ok := fact.CutSubset(key); ok {
		return subset + ": " + k.Label.In(w.lang)
	}
	return k.Label.In(w.lang)
}

func (w pageWriter) value(key string, r fact.Recorded) string {
	text := cut(fact.Show(key, r.Value, w.lang, w.zone), valueMost)
	if r.Estimate {
		text += w.say(" (estimate)", " (skøn)")
	}
	return text
}

func (w pageWriter) itemName(id string) string {
	if item, ok := w.Run.Item(id); ok {
		return item.Common().Title.In(w.lang) + " (" + id + ")"
	}
	return id // of a playbook that the case no longer runs
}

func (w pageWriter) option(gate, id string) string {
	if item, ok := w.Run.Item(gate); ok && item.Gate != nil {
		if option, ok := item.Gate.Option(id); ok {
			return option.Title.In(w.lang)
		}
	}
	return id
}

// short is a text on one line, cut where a page would be lost in it.
func short(text string) string { return cut(text, textMost) }

func cut(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
