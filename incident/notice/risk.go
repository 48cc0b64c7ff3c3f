package notice

import (
	"slices"

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
		text := named(r.Text.In(w.req.Lang))
		if r.Ref != "" {
			text = fill(w.words.Sentences["risk_reason"], places{"reason": text, "ref": w.source(r.Ref)})
		}
		w.add(Item, text, w.on(w.recorded(r.Keys)...))
	}
	w.paragraph()
}

// riskReasons are the reasons that weigh in the risk and rest on a fact of the
// case, each said once.
func (w *writer) riskReasons() []duty.Reason {
	var reasons []duty.Reason
	said := make(map[string]bool)
	for _, r := range w.duty.Reasons {
		text := r.Text.In(w.req.Lang)
		if r.Effect == duty.Decides || said[text] || len(w.recorded(r.Keys)) == 0 {
			continue
		}
		said[text] = true
		reasons = append(reasons, r)
	}
	return reasons
}

// assessed is the ground of the assessment: the facts that its reasons rest on.
func (w *writer) assessed() ground {
	var keys []string
	for _, r := range w.duty.Reasons {
		keys = append(keys, w.recorded(r.Keys)...)
	}
	slices.Sort(keys)
	return w.on(slices.Compact(keys)...)
}

// recorded are those of the keys that the case holds a value or "unknown" for.
func (w *writer) recorded(keys []string) []string {
	var held []string
	for _, key := range keys {
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
