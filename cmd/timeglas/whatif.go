package main

import (
	"slices"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

// whatIfGiven reads KEY=VALUE, and KEY= for a fact that is taken out.
func (a *app) whatIfGiven(pairs []string) ([]desk.Given, error) {
	var given []desk.Given
	for _, pair := range pairs {
		if key, text, ok := strings.Cut(pair, "="); ok && text == "" {
			if _, known := fact.Lookup(key); !known {
				return nil, fault.New(fault.Usage, "fact "+key, "there is no such key: timeglas fact --keys lists them")
			}
			given = append(given, desk.Given{Key: key})
			continue
		}
		typed, err := a.given([]string{pair}, "")
		if err != nil {
			return nil, err
		}
		given = append(given, typed...)
	}
	return given, nil
}

// whatIf prints what the duty and the notification would be with other facts.
// Nothing is written.
func (a *app) whatIf(s desk.Situation, pairs []string, lang string, asJSON bool) error {
	given, err := a.whatIfGiven(pairs)
	if err != nil {
		return err
	}
	then, err := desk.WhatIf(s, given)
	if err != nil {
		return err
	}
	sections, err := a.changedSections(s, then, lang)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(whatIfJSON(s, then, given, sections, lang))
	}
	p := a.page()
	p.line("what if; nothing is written")
	p.heading("Facts")
	p.table("", compared(factRows(s, then, given, lang, a.at)))
	p.heading("Duty")
	p.table("", compared(dutyCompared(s.Duty, then.Duty)))
	p.heading("The notification to the authority")
	if len(sections) == 0 {
		p.line("the same text")
	}
	for _, section := range sections {
		p.line("%s", section.Heading)
		for _, line := range onlyIn(section.Now, section.If) {
			p.text("  now  ", line)
		}
		for _, line := range onlyIn(section.If, section.Now) {
			p.text("  if   ", line)
		}
	}
	return nil
}

// widestNow bounds the column of what is now, so that what would be has room.
const widestNow = 30

// compared puts a head over rows of name, now and if, and a mark between those that
// differ.
func compared(rows [][]string) [][]string {
	list := [][]string{{"", "now", " ", "if"}}
	for _, row := range rows {
		mark := " "
		if row[1] != row[2] {
			mark = "→"
		}
		list = append(list, []string{row[0], cut(row[1], widestNow), mark, row[2]})
	}
	return list
}

// onlyIn are the lines of a text that do not stand in the other.
func onlyIn(text, other string) []string {
	rest := strings.Split(other, "\n")
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return strings.TrimSpace(line) == "" || slices.Contains(rest, line)
	})
}

func factRows(s, then desk.Situation, given []desk.Given, lang string, zone *time.Location) [][]string {
	show := func(sheet fact.Sheet, key string) string {
		if sheet.State(key) == fact.Absent {
			return "–"
		}
		return fact.Show(key, sheet[key].Value, lang, zone)
	}
	var rows [][]string
	for _, g := range given {
		rows = append(rows, []string{g.Key, show(s.Case.Facts, g.Key), show(then.Case.Facts, g.Key)})
	}
	return rows
}

func dutyCompared(now, then duty.Assessment) [][]string {
	rows := [][]string{}
	before, after := dutyRows(now), dutyRows(then)
	for _, row := range after {
		old := "–"
		for _, b := range before {
			if b[0] == row[0] {
				old = b[1]
			}
		}
		rows = append(rows, []string{row[0], old, row[1]})
	}
	return append(rows, []string{"severity", now.ENISA.Sum() + ", " + string(now.ENISA.Band), then.ENISA.Sum() + ", " + string(then.ENISA.Band)})
}

// changedSection is a section of the notification that the facts would change.
type changedSection struct {
	Heading string `json:"heading"`
	Now     string `json:"now"`
	If      string `json:"if"`
}

// changedSections compares the initial notification section by section.
func (a *app) changedSections(s, then desk.Situation, lang string) ([]changedSection, error) {
	d, err := a.desk()
	if err != nil {
		return nil, err
	}
	req := notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: lang}
	now, err := d.Compose(s, req)
	if err != nil {
		return nil, err
	}
	changed, err := d.Compose(then, req)
	if err != nil {
		return nil, err
	}
	var sections []changedSection
	for i, section := range changed.Sections {
		if i < len(now.Sections) && now.Sections[i].Text() != section.Text() {
			sections = append(sections, changedSection{section.Heading, now.Sections[i].Text(), section.Text()})
		}
	}
	return sections, nil
}

type jsonWhatIf struct {
	Changes  map[string]any   `json:"changes"`
	Now      jsonAssessment   `json:"now"`
	If       jsonAssessment   `json:"if"`
	Sections []changedSection `json:"sections"`
}

func whatIfJSON(s, then desk.Situation, given []desk.Given, sections []changedSection, lang string) jsonWhatIf {
	j := jsonWhatIf{Changes: map[string]any{}, Now: assessmentJSON(s.Duty, lang), If: assessmentJSON(then.Duty, lang),
		Sections: append([]changedSection{}, sections...)}
	for _, g := range given {
		j.Changes[g.Key] = jsonValue(g.Value)
	}
	return j
}
