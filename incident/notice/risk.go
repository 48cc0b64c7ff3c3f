package notice

import (
	"slices"
	"strings"

	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

// risk is the assessment of the risk to people and what it rests on. Where the
// facts ground none of its reasons it would only be the rule that nothing has been
// shown; then the assessment is still to come.
func (w *writer) risk() {
	g := w.assessed()
	if len(g.keys) == 0 {
		w.gap("risk_missing")
		return
	}
	w.say("risk_"+string(w.duty.Risk), nil, g)
	reasons := w.riskReasons()
	if len(reasons) == 0 {
		return
	}
	w.say("risk_reasons", nil, g)
	for _, r := range reasons {
		w.add(Item, w.reason(r), w.on(w.recorded(r)...))
	}
	w.paragraph()
}

// reason is one reason in the catalogue's words, else in the rule's own, with its
// sources.
func (w *writer) reason(r duty.Reason) string {
	text, ok := w.words.Reasons[r.Rule]
	if !ok {
		text = named(r.Text.In(w.req.Lang))
	}
	if r.Subset != "" {
		text = fill(w.words.Sentences["risk_subset"], places{"name": r.Subset, "reason": text})
	}
	if ref := w.words.sources(r.Ref); ref != "" {
		text = fill(w.words.Sentences["risk_reason"], places{"reason": text, "ref": ref})
	}
	return text
}

// riskReasons are the reasons that weigh in the risk and rest on a fact of the
// case. What a subset shares with the whole is said of the whole; why people are
// not told is for point 11.
func (w *writer) riskReasons() []duty.Reason {
	var reasons []duty.Reason
	said := make(map[string]bool)
	for _, r := range w.duty.Reasons {
		if r.Effect == duty.Decides || said[r.Rule] || aboutTelling(r) || len(w.recorded(r)) == 0 {
			continue
		}
		said[r.Rule] = said[r.Rule] || r.Subset == ""
		reasons = append(reasons, r)
	}
	return reasons
}

func aboutTelling(r duty.Reason) bool {
	return slices.ContainsFunc(r.Keys, func(key string) bool { return strings.HasPrefix(key, "informed.") })
}

// assessed is the ground of the assessment: the facts that its reasons rest on.
func (w *writer) assessed() ground {
	var keys []string
	for _, r := range w.duty.Reasons {
		keys = append(keys, w.recorded(r)...)
	}
	slices.Sort(keys)
	return w.on(slices.Compact(keys)...)
}

// recorded are the facts of the reason that the case holds, a value or "unknown";
// of a subset's reason the subset's own where it has one.
func (w *writer) recorded(r duty.Reason) []string {
	var held []string
	for _, key := range r.Keys {
		if r.Subset != "" {
			_, field, _ := strings.Cut(key, ".")
			if own := fact.SubsetKey(r.Subset, field); fact.WholeKey(own) == key && w.c.Facts.State(own) != fact.Absent {
				key = own
			}
		}
		if w.c.Facts.State(key) != fact.Absent {
			held = append(held, key)
		}
	}
	return held
}

func (w *writer) highRisk() bool { return w.duty.Risk == duty.High }

// mustTell reports whether the facts require that people are told; that it is not
// excluded yet is not enough to say so to the authority.
func (w *writer) mustTell() bool { return w.duty.People == duty.Required && len(w.assessed().keys) > 0 }
