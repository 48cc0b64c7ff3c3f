package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

// entryText is an entry in a sentence for people: its kind, what it is about, and
// its text, which for most kinds is the reason.
func entryText(l timeline.Line, c *incident.Case, lang string, zone *time.Location) string {
	if l.Redacted {
		return fmt.Sprintf("%s: redacted by #%d", l.Kind, l.RedactedBy)
	}
	what := string(l.Kind)
	if say, ok := entryWords[l.Kind]; ok {
		data, _ := timeline.DecodeData[entryData](l.Entry) // what does not fit is left out
		what = say(entryContext{l, data, c, lang, zone})
	}
	text := l.Text
	if l.Kind == incident.KindNotice {
		text = "" // the whole notice: timeglas notice shows one
	}
	switch {
	case text == "":
		return what
	case l.Kind == incident.KindFact: // its value can be a text of its own
		return what + " (" + text + ")"
	}
	return what + ": " + text
}

// entryData are the fields that the data of the different kinds have.
type entryData struct {
	Key, Step, State, Gate, Option, By, To, Phase, Lang, Channel string
	ApprovedBy                                                   string `json:"approved_by"`
	Value                                                        json.RawMessage
	Estimate                                                     bool
	Why                                                          string
}

type entryContext struct {
	line timeline.Line
	data entryData
	c    *incident.Case
	lang string
	zone *time.Location
}

// target is the entry that the line speaks of, as people call it.
func (e entryContext) target() string {
	l, err := e.c.Timeline.Find(e.line.Target)
	if err != nil {
		return "an entry"
	}
	return fmt.Sprintf("#%d", l.Seq)
}

// entryWords say what an entry of each kind is about, where the kind alone does not.
var entryWords = map[timeline.Kind]func(entryContext) string{
	incident.KindOpened:   func(entryContext) string { return "case opened" },
	incident.KindClosed:   func(entryContext) string { return "case closed" },
	incident.KindReopened: func(entryContext) string { return "case opened again" },
	incident.KindPlaybook: func(e entryContext) string { return "playbook " + e.data.Key },
	incident.KindAware:    func(e entryContext) string { return "aware, " + e.data.By },
	incident.KindSuspected: func(e entryContext) string {
		return "suspected, " + e.data.By
	},
	incident.KindFact: factText,
	incident.KindStep: func(e entryContext) string { return "step " + e.data.Step + " " + stepWord(e.data.State) },
	incident.KindGate: func(e entryContext) string { return "gate " + e.data.Gate + " = " + e.data.Option },
	incident.KindNotice: func(e entryContext) string {
		return strings.Join([]string{"notice to " + e.data.To, e.data.Phase, e.data.Lang, "approved by " + e.data.ApprovedBy}, ", ")
	},
	incident.KindFiled: func(e entryContext) string {
		return fmt.Sprintf("notice %s sent by %s, %s", e.target(), e.data.Channel, e.data.By)
	},
	timeline.KindCorrection: func(e entryContext) string {
		return fmt.Sprintf("corrects %s (%s)", e.target(), e.data.Why)
	},
	timeline.KindRetraction: func(e entryContext) string { return "retracts " + e.target() },
	timeline.KindRedaction:  func(e entryContext) string { return "redacts " + e.target() },
	timeline.KindTag:        tagText,
	timeline.KindPin: func(e entryContext) string {
		data, _ := timeline.DecodeData[timeline.PinData](e.line.Entry)
		return map[bool]string{true: "pins ", false: "unpins "}[data.On] + e.target()
	},
}

func tagText(e entryContext) string {
	data, _ := timeline.DecodeData[timeline.TagData](e.line.Entry)
	text := "tags " + e.target()
	for _, tag := range data.On {
		text += " +" + tag
	}
	for _, tag := range data.Off {
		text += " -" + tag
	}
	return text
}

func stepWord(state string) string {
	return map[string]string{"done": "done", "skip": "skipped", "reopen": "open again"}[state]
}

func factText(e entryContext) string {
	text := e.data.Key
	if v, err := fact.Decode(e.data.Key, e.data.Value); err == nil {
		text += " = " + fact.Show(e.data.Key, v, e.lang, e.zone)
	}
	if e.data.Estimate {
		text += " (estimate)"
	}
	return text
}
