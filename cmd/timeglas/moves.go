package main

import (
	"strings"

	"timeglas/incident/duty"
	"timeglas/incident/fact"
)

type jsonMove struct {
	Key                 string      `json:"key"`
	Subset              string      `json:"subset,omitempty"`
	Value               any         `json:"value"` // null: without the fact
	Effect              duty.Effect `json:"effect"`
	Risk                duty.Risk   `json:"risk"`
	NotifyAuthority     bool        `json:"notify_authority"`
	CommunicateSubjects bool        `json:"communicate_subjects"`
	CommunicateHow      duty.How    `json:"communicate_how"`
}

func movesJSON(moves []duty.Move) []jsonMove {
	list := []jsonMove{}
	for _, m := range moves {
		list = append(list, jsonMove{m.Key, m.Subset, jsonValue(m.Value), m.Effect, m.Risk,
			m.NotifyAuthority, m.CommunicateSubjects, m.CommunicateHow})
	}
	return list
}

// moveText is the answer of a move in a few words.
func moveText(m duty.Move) string {
	switch {
	case m.CommunicateSubjects && m.CommunicateHow == duty.Publicly:
		return "high risk, notify, tell the people publicly"
	case m.CommunicateSubjects:
		return "high risk, notify, tell the people"
	case m.Risk == duty.High:
		return "high risk, notify, an exception for the people"
	case m.NotifyAuthority:
		return "a risk, notify"
	}
	return "no notice"
}

func moveKey(m duty.Move) string {
	if m.Subset != "" && !strings.HasPrefix(m.Key, "subset.") {
		return m.Subset + ": " + m.Key
	}
	return m.Key
}

func movedRows(moves []duty.Move) [][]string {
	var rows [][]string
	for _, m := range moves {
		rows = append(rows, []string{string(m.Effect), moveKey(m), moveText(m)})
	}
	return rows
}

// wouldRows gives a row for each open fact, with all its values that matter.
func wouldRows(moves []duty.Move, lang string) [][]string {
	var rows [][]string
	for _, m := range moves {
		text := valueText(m.Key, m.Value, lang) + ": " + moveText(m)
		if last := len(rows) - 1; last >= 0 && rows[last][0] == moveKey(m) {
			rows[last][1] += " · " + text
			continue
		}
		rows = append(rows, []string{moveKey(m), text})
	}
	return rows
}

// valueText shows a value that was supposed. Of a number it says whether it is the
// least or the most: the engine tries the ends.
func valueText(key string, v fact.Value, lang string) string {
	switch n := v.(type) {
	case fact.Count:
		if n <= 1 {
			return "few"
		}
		return "very many"
	case fact.Number:
		if n < 1 {
			return "at once"
		}
		return "after long"
	}
	return fact.Show(key, v, lang, nil)
}
