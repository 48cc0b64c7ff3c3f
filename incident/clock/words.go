package clock

import (
	"fmt"
	"strings"
	"time"

	"timeglas/incident/fact"
	"timeglas/internal/when"
)

// Note is a sentence beside the numbers, with its source.
type Note struct {
	Text fact.Label
	Ref  string
}

// note adds what must be said. None of it moves the deadline.
func (r *Reading) note() {
	for _, rule := range notes {
		if n, ok := rule(*r); ok {
			r.Notes = append(r.Notes, n)
		}
	}
}

var notes = []func(Reading) (Note, bool){futureAwareness, boundOnly, earliestBound, twoWorkingDays, filedBeforeAware, reasonsForDelay}

// futureAwareness: the awareness lies after now, so somebody typed a wrong time or
// a clock has jumped.
func futureAwareness(r Reading) (Note, bool) {
	return Note{fact.Label{
		EN: "The moment of awareness lies in the future: check the time typed and this machine's clock.",
		DA: "Tidspunktet for kendskab ligger ude i fremtiden: Kontrollér det angivne tidspunkt og maskinens ur.",
	}, ""}, !r.Stopped() && !r.Aware.IsZero() && r.Now.Before(r.Aware)
}

// boundOnly: of "no later than" the moment named counts; the true one can only be
// earlier. LAW: practice of Datatilsynet as to who bears the doubt.
func boundOnly(r Reading) (Note, bool) {
	return Note{fact.Label{
		EN: "Awareness is known only as \"no later than\": the true deadline can be earlier, never later.",
		DA: "Kendskabet er kun angivet som »senest«: Den reelle frist kan være udløbet tidligere, men ikke senere.",
	}, "GDPR 33(1)"}, r.AwareMoment.Precision == when.NoLaterThan
}

// earliestBound: of a range, an estimate or a day the earliest instant counts.
func earliestBound(r Reading) (Note, bool) {
	p := r.AwareMoment.Precision
	return Note{fact.Label{
		EN: "Awareness is not known to the second: the earliest moment it can have been counts.",
		DA: "Tidspunktet for kendskab er ikke præcist: Fristen regnes fra det tidligst mulige tidspunkt.",
	}, "GDPR 33(1)"}, p == when.Range || p == when.Estimated || p == when.Day
}

// twoWorkingDays: whether Regulation 1182/71 Article 3(5), which gives periods of
// two days or more at least two working days, covers 72 hours is contested [?].
// Danish practice does not extend: aware Wednesday, notified Monday is late.
func twoWorkingDays(r Reading) (Note, bool) {
	return Note{fact.Label{
		EN: "It is contested whether the rule of at least two working days covers the 72 hours; it does not extend this deadline.",
		DA: "Det er omtvistet, om reglen om mindst to arbejdsdage gælder for de 72 timer; den forlænger ikke fristen her.",
	}, "Reg. 1182/71 Art. 3(5) [?]"}, r.Late
}

// filedBeforeAware: a notice before anybody was aware points at a wrong moment.
func filedBeforeAware(r Reading) (Note, bool) {
	return Note{fact.Label{
		EN: "Filed before the recorded awareness: one of the two moments is wrong.",
		DA: "Anmeldt før det registrerede tidspunkt for kendskab: Et af de to tidspunkter er forkert.",
	}, ""}, r.State == Notified && !r.Aware.IsZero() && r.Filed.Before(r.Aware)
}

// reasonsForDelay: a notice after 72 hours carries the reasons (GDPR 33(1), second
// sentence).
func reasonsForDelay(r Reading) (Note, bool) {
	return Note{fact.Label{
		EN: "Later than 72 hours: the notice must give the reasons for the delay.",
		DA: "Senere end 72 timer: Anmeldelsen skal ledsages af en begrundelse for forsinkelsen.",
	}, "GDPR 33(1)"}, r.Late
}

// Left is the state in words for people: "41 h 12 m left", "OVERDUE by 3 d 4 h".
// Danish for lang "da", else English. Minutes are cut, never rounded up: what is
// shown as left is really there.
func (r Reading) Left(lang string) string {
	switch r.State {
	case NotStarted:
		return fact.Label{EN: "clock not started", DA: "fristen er ikke begyndt"}.In(lang)
	case NotRequired:
		return fact.Label{EN: "no notice due, as decided", DA: "ingen anmeldelse, jf. afgørelsen"}.In(lang)
	case Notified:
		if r.Late {
			return fact.Label{
				EN: "notified, late by " + Span(r.LateBy, lang),
				DA: "anmeldt " + Span(r.LateBy, lang) + " for sent",
			}.In(lang)
		}
		return fact.Label{EN: "notified in time", DA: "anmeldt rettidigt"}.In(lang)
	case Overdue:
		return fact.Label{EN: "OVERDUE by ", DA: "OVERSKREDET med "}.In(lang) + Span(r.Overdue, lang)
	}
	return Span(r.Remaining, lang) + fact.Label{EN: " left", DA: " tilbage"}.In(lang)
}

// Span is a length of time in its two largest units: hours and minutes up to 72
// hours, as the law counts, days and hours above; under a minute in seconds.
// "41 h 12 m", "4 d 6 h", "35 s"; in Danish "41 t. 12 min.". Cut, never rounded up.
func Span(d time.Duration, lang string) string {
	u := englishUnits
	if lang == "da" {
		u = danishUnits
	}
	d = max(d, 0)
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return parts(part{int64(d / time.Second), u.second})
	case d < time.Hour:
		return parts(part{int64(d / time.Minute), u.minute})
	case d <= 72*time.Hour:
		return parts(part{int64(d / time.Hour), u.hour}, part{int64(d % time.Hour / time.Minute), u.minute})
	}
	return parts(part{int64(d / day), u.day}, part{int64(d % day / time.Hour), u.hour})
}

type units struct{ day, hour, minute, second string }

var (
	englishUnits = units{"d", "h", "m", "s"}
	danishUnits  = units{"d.", "t.", "min.", "sek."}
)

type part struct {
	n    int64
	unit string
}

// parts joins them and leaves out zeros behind the first.
func parts(all ...part) string {
	var words []string
	for i, p := range all {
		if i == 0 || p.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", p.n, p.unit))
		}
	}
	return strings.Join(words, " ")
}
