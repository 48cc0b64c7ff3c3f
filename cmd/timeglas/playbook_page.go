package main

import (
	"strings"
	"time"

	"timeglas/playbooks"
)

// jsonBook is a playbook as playbook show --json gives it; list gives its first
// fields only.
type jsonBook struct {
	Key     string         `json:"key"`
	Version int            `json:"version"`
	Hash    string         `json:"hash"`
	Title   string         `json:"title"`
	Summary string         `json:"summary"`
	Items   []jsonBookItem `json:"items,omitempty"`
}

type jsonBookItem struct {
	ID       string           `json:"id"`
	Kind     string           `json:"kind"` // step or gate
	Phase    string           `json:"phase"`
	Title    string           `json:"title"`
	Why      string           `json:"why"`
	Do       []string         `json:"do,omitempty"`
	Role     string           `json:"role"`
	After    []jsonNeed       `json:"after"`
	Facts    []string         `json:"facts"`
	Evidence string           `json:"evidence,omitempty"`
	Due      *jsonDue         `json:"due"`
	Options  []jsonBookOption `json:"options,omitempty"`
	Sources  []string         `json:"sources"`
}

type jsonNeed struct {
	ID      string   `json:"id"`
	Options []string `json:"options,omitempty"`
}

type jsonDue struct {
	From  string  `json:"from"`
	Hours float64 `json:"hours"`
}

type jsonBookOption struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Means  string `json:"means"`
	Review bool   `json:"review,omitempty"`
	Switch string `json:"switch,omitempty"`
}

func bookJSON(b *playbooks.Playbook, lang string) jsonBook {
	return jsonBook{Key: b.Key, Version: b.Version, Hash: b.Hash, Title: b.Title.In(lang), Summary: b.Summary.In(lang)}
}

func bookItemJSON(item playbooks.Item, lang string) jsonBookItem {
	c := item.Common()
	j := jsonBookItem{ID: c.ID, Kind: "step", Phase: c.Phase, Title: c.Title.In(lang), Why: c.Why.In(lang), Role: c.Role,
		After: []jsonNeed{}, Facts: append([]string{}, c.Facts...), Sources: append([]string{}, c.Sources...)}
	for _, n := range c.After {
		j.After = append(j.After, jsonNeed{n.ID, n.Options})
	}
	if c.Due != nil {
		j.Due = &jsonDue{c.Due.From, c.Due.Hours}
	}
	if item.Step != nil {
		j.Evidence = item.Step.Evidence.In(lang)
		for _, do := range item.Step.Do {
			j.Do = append(j.Do, do.In(lang))
		}
	}
	if item.Gate != nil {
		j.Kind = "gate"
		for _, o := range item.Gate.Options {
			j.Options = append(j.Options, jsonBookOption{o.ID, o.Title.In(lang), o.Means.In(lang), item.Gate.NeedsReview(o.ID), o.Switch})
		}
	}
	return j
}

func (a *app) listPlaybooks(asJSON bool) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	library, err := a.library()
	if err != nil {
		return err
	}
	list := []jsonBook{}
	for _, b := range library.List() {
		list = append(list, bookJSON(b, settings.Language))
	}
	if asJSON {
		return a.printJSON(list)
	}
	var rows [][]string
	for _, b := range list {
		rows = append(rows, []string{b.Key, b.Title + ". " + b.Summary})
	}
	a.page().table("", rows)
	return nil
}

func (a *app) showPlaybook(b *playbooks.Playbook, asJSON bool) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	lang := settings.Language
	if asJSON {
		j := bookJSON(b, lang)
		for _, item := range b.Items {
			j.Items = append(j.Items, bookItemJSON(item, lang))
		}
		return a.printJSON(j)
	}
	p := a.page()
	p.line("%s  %s, version %d", b.Key, b.Title.In(lang), b.Version)
	p.text("", b.Summary.In(lang))
	phase := ""
	for _, item := range b.Items {
		if c := item.Common(); c.Phase != phase {
			phase = c.Phase
			p.heading(phaseTitle(b, phase, lang))
		}
		p.gap()
		p.bookItem(b, item, lang)
	}
	return nil
}

func phaseTitle(b *playbooks.Playbook, id, lang string) string {
	for _, phase := range b.Phases {
		if phase.ID == id {
			return phase.Title.In(lang)
		}
	}
	return id
}

// bookItem is a step or gate as it stands in a playbook.
func (p page) bookItem(b *playbooks.Playbook, item playbooks.Item, lang string) {
	c := item.Common()
	mark := "›"
	if item.Gate != nil {
		mark = "◇"
	}
	p.text(mark+" ", c.Title.In(lang)+"  ("+c.ID+")")
	p.text("    ", c.Why.In(lang))
	if item.Step != nil {
		for _, do := range item.Step.Do {
			p.text("    - ", do.In(lang))
		}
	}
	if item.Gate != nil {
		for _, o := range item.Gate.Options {
			p.text("    = "+o.ID+"  ", o.Title.In(lang)+". "+o.Means.In(lang))
		}
	}
	rows := [][]string{{"who", roleTitle(b, c.Role, lang)}, {"after", needsText(c.After)}, {"due", dueText(c.Due)},
		{"facts", strings.Join(c.Facts, ", ")}, {"source", strings.Join(c.Sources, "; ")}}
	if item.Step != nil {
		rows = append(rows, []string{"proof", item.Step.Evidence.In(lang)})
	}
	var filled [][]string
	for _, row := range rows {
		if row[1] != "" {
			filled = append(filled, row)
		}
	}
	p.table("    ", filled)
}

func roleTitle(b *playbooks.Playbook, id, lang string) string {
	if role, ok := b.Role(id); ok {
		return role.Title.In(lang)
	}
	return id
}

func needsText(needs []playbooks.Need) string {
	texts := make([]string, len(needs))
	for i, n := range needs {
		texts[i] = n.ID
		if len(n.Options) > 0 {
			texts[i] += " = " + strings.Join(n.Options, " or ")
		}
	}
	return strings.Join(texts, ", ")
}

func dueText(d *playbooks.Due) string {
	if d == nil {
		return ""
	}
	from := map[string]string{playbooks.FromAware: "awareness", playbooks.FromSuspected: "suspicion"}[d.From]
	if from == "" {
		from = d.From
	}
	if d.Hours == 0 {
		return "at once after " + from
	}
	return spanText(time.Duration(d.Hours*float64(time.Hour))) + " after " + from
}
