package tui

import (
	"strings"

	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/playbooks"
	"timeglas/tui/draw"
)

// playbookTab is what there is to do and to decide.
type playbookTab struct {
	rows []playbookRow
	lang string
}

// playbookRow is a step or gate, or the heading of a phase.
type playbookRow struct {
	phase string
	item  playbooks.RunItem
}

func (p *playbookTab) place() place { return inPlaybook }

func (p *playbookTab) name() string { return "Playbook" }

func (p *playbookTab) told(v look) string {
	if n := v.s.Run.Counts(); n.Late > 0 {
		return plural(n.Late, "late", "late")
	}
	return ""
}

func (p *playbookTab) take(v look) {
	p.rows, p.lang = nil, v.w.lang
	phase := ""
	for _, item := range v.s.Run.Items {
		if id := item.Common().Phase; id != phase {
			phase = id
			p.rows = append(p.rows, playbookRow{phase: phaseTitle(v.s.Run.Playbook, id, v.w.lang)})
		}
		p.rows = append(p.rows, playbookRow{item: item})
	}
}

func phaseTitle(book *playbooks.Playbook, id, lang string) string {
	for _, ph := range book.Phases {
		if ph.ID == id {
			return clean.Line(ph.Title.In(lang))
		}
	}
	return clean.Line(id)
}

// first is the row to begin at: the first that can be done.
func (p *playbookTab) first() int {
	for i, r := range p.rows {
		if r.item.State == playbooks.StateOpen {
			return i
		}
	}
	return 0
}

func (p *playbookTab) len() int           { return len(p.rows) }
func (p *playbookTab) heading(i int) bool { return p.rows[i].phase != "" }
func (p *playbookTab) key(i int) string   { return p.rows[i].item.ID() + p.rows[i].phase }
func (p *playbookTab) shares() (int, int) { return 48, 52 }
func (p *playbookTab) stacked() bool      { return false }

func (p *playbookTab) listTitle(v look, _ int) string {
	n := v.s.Run.Counts()
	return plural(n.Settled(), "of ", "of ") + plural(n.Total(), "settled", "settled")
}

func (p *playbookTab) row(v look, i, width int) row {
	r := p.rows[i]
	if r.phase != "" {
		return row{rest: rule(v.t, r.phase, width)}
	}
	item := r.item
	state, mark := itemState(v, item)
	room := width - 4 - 1 - draw.Width(state)
	title := draw.Cut(clean.Line(item.Common().Title.In(v.w.lang)), room, v.t.Marks.Ellipsis)
	out := row{mark: mark, lead: title, tone: v.t.Plain}
	if item.State == playbooks.StateBlocked || item.State == playbooks.StateClosed || item.State == playbooks.StateSkipped {
		out.tone = v.t.Muted
	}
	out.rest = strings.Repeat(" ", max(room-draw.Width(title), 0)) + state
	return out
}

// itemState is the state of a step or gate in words, and its mark.
func itemState(v look, item playbooks.RunItem) (words, mark string) {
	t, m := v.t, v.t.Marks
	mark = m.Open
	if item.Gate != nil {
		mark = m.Gate
	}
	switch item.State {
	case playbooks.StateDone:
		if item.Gate != nil && item.Decision != nil {
			words := t.Good.Render(clean.Line(item.Decision.Option))
			if item.ReviewDue(v.w.now) {
				words = t.Danger.Render("review due")
			}
			return words, t.Good.Render(m.Decided)
		}
		return t.Muted.Render("done " + v.w.short(item.Mark.At)), t.Good.Render(m.Done)
	case playbooks.StateSkipped:
		return t.Muted.Render("skipped"), t.Muted.Render(m.Skipped)
	case playbooks.StateClosed:
		return t.Muted.Render("not needed"), t.Muted.Render(m.Closed)
	case playbooks.StateBlocked:
		if item.Late {
			return t.Due.Render("blocked, " + v.w.due(*item.Due)), mark
		}
		return t.Muted.Render("blocked"), mark
	}
	switch {
	case item.Late:
		return t.Danger.Render(v.w.due(*item.Due)), t.Danger.Render(mark)
	case item.Due != nil:
		return t.Due.Render(v.w.due(*item.Due)), t.Due.Render(mark)
	case item.Gate != nil:
		return t.Due.Render("decide"), t.Due.Render(mark)
	}
	return "", mark
}

// chosen is the step or gate of a row.
func (p *playbookTab) item(i int) (playbooks.RunItem, bool) {
	if i < 0 || i >= len(p.rows) || p.rows[i].phase != "" {
		return playbooks.RunItem{}, false
	}
	return p.rows[i].item, true
}

func (p *playbookTab) textTitle(v look, i int) string {
	item, ok := p.item(i)
	if !ok {
		return "Step"
	}
	return clean.Line(item.Common().Title.In(v.w.lang))
}

// hang is the column of the labels in a text about something.
const hang = 10

func (p *playbookTab) text(v look, i, width int) []string {
	item, ok := p.item(i)
	if !ok {
		return []string{"This case has no playbook yet: press P to choose one."}
	}
	common, lang := item.Common(), v.w.lang
	lines := draw.Wrap(clean.Block(common.Why.In(lang)), width)
	lines = append(lines, "")
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, draw.Hang(v.t.Muted.Render(label), text, hang, width)...)
		}
	}
	state, _ := itemState(v, item)
	add("State", stateText(v, item, state))
	if item.Step != nil {
		for j, do := range item.Step.Do {
			label := ""
			if j == 0 {
				label = "Do"
			}
			add(label, "- "+clean.Line(do.In(lang)))
		}
		add("Proof", clean.Line(item.Step.Evidence.In(lang)))
	}
	if item.Gate != nil {
		for j, o := range item.Gate.Options {
			label := ""
			if j == 0 {
				label = "Answers"
			}
			add(label, v.t.Strong.Render(clean.Line(o.Title.In(lang)))+": "+clean.Line(o.Means.In(lang)))
		}
		if proposal := v.s.Duty.Proposal(item.Gate.ID); proposal != "" {
			add("Proposed", proposal+" (see Duty)")
		}
	}
	add("Facts", p.factsText(v, item, common.Facts))
	add("Waits for", clean.Line(titles(v, item.BlockedBy)))
	add("Then", clean.Line(titles(v, waiting(v, item.ID()))))
	add("Who", roleText(v, common.Role))
	if item.Due != nil {
		add("Due", v.w.day(*item.Due)+", "+v.w.due(*item.Due))
	}
	add("Source", clean.Line(strings.Join(common.Sources, "; ")))
	return lines
}

func (p *playbookTab) factsText(v look, item playbooks.RunItem, keys []string) string {
	var parts []string
	missing := map[string]bool{}
	for _, key := range item.Missing {
		missing[key] = true
	}
	for _, key := range keys {
		text := labels([]string{key}, v.w.lang)
		if missing[key] {
			text = v.t.Due.Render(text + " (missing)")
		} else {
			text += " " + v.t.Good.Render(v.t.Marks.Done)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// labels are facts as people call them.
func labels(keys []string, lang string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key
		if k, ok := fact.Lookup(key); ok {
			names[i] = k.Label.In(lang)
		}
		if part, _, ok := fact.CutSubset(key); ok && part != fact.SubsetName {
			names[i] = clean.Line(part) + ": " + names[i]
		}
	}
	return strings.Join(names, ", ")
}

func stateText(v look, item playbooks.RunItem, state string) string {
	switch {
	case item.State == playbooks.StateDone && item.Decision != nil:
		text := "decided " + clean.Line(item.Decision.Option) + " by " + clean.Line(item.Decision.By) + ", " + v.w.day(item.Decision.At) + ": " + clean.Line(item.Decision.Why)
		if item.Decision.Proposal != "" {
			text += " (proposed was " + clean.Line(item.Decision.Proposal) + ")"
		}
		if item.Review != nil {
			text += "; to be looked at again " + v.w.day(*item.Review)
		}
		return text
	case item.Mark != nil:
		return stepWord(item.Mark.State) + " by " + clean.Line(item.Mark.By) + ", " + v.w.day(item.Mark.At) + because(clean.Line(item.Mark.Why))
	case item.State == playbooks.StateClosed:
		return "not needed after the decision " + clean.Line(titles(v, []string{item.ClosedBy}))
	case state == "":
		return "open"
	}
	return state
}

func titles(v look, ids []string) string {
	var names []string
	for _, id := range ids {
		if item, ok := v.s.Run.Item(id); ok {
			names = append(names, item.Common().Title.In(v.w.lang))
		} else {
			names = append(names, id)
		}
	}
	return strings.Join(names, " · ")
}

// waiting are the ids of what waits for the item.
func waiting(v look, id string) []string {
	var ids []string
	for _, item := range v.s.Run.Items {
		for _, need := range item.Common().After {
			if need.ID == id {
				ids = append(ids, item.ID())
			}
		}
	}
	return ids
}

func roleText(v look, id string) string {
	for _, r := range v.s.Run.Playbook.Roles {
		if r.ID == id {
			return clean.Line(r.Title.In(v.w.lang))
		}
	}
	return clean.Line(id)
}

// beside are the latest entries.
func (p *playbookTab) beside(v look, _, width int) (string, []string) {
	return "Latest", latest(v, 20)
}
