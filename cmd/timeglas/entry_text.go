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
	Input, Regime, Stage, Sort                                   string
	Stop                                                         bool
	Due                                                          *time.Time
	Value                                                        json.RawMessage
	Estimate                                                     bool
	Why                                                          string
	Name, Form                                                   string
	SHA256                                                       string `json:"sha256"`
	Size                                                         int64
	On                                                           bool
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
	incident.KindApproval: func(e entryContext) string { return "approves notice " + e.target() },
	incident.KindFiled: func(e entryContext) string {
		return fmt.Sprintf("notice %s sent by %s, %s", e.target(), e.data.Channel, e.data.By)
	},
	incident.KindEvidence: func(e entryContext) string {
		return fmt.Sprintf("evidence %s, %s bytes, sha256 %.12s…", e.data.Name, fact.Thousands(e.data.Size, "en"), e.data.SHA256)
	},
	incident.KindCustody: func(e entryContext) string {
		if e.data.To == "" {
			return "evidence " + e.target() + " shown"
		}
		return "evidence " + e.target() + " copied to " + e.data.To
	},
	incident.KindCopy: func(e entryContext) string { return e.data.Form + " to " + e.data.To },
	incident.KindHold: func(e entryContext) string {
		return map[bool]string{true: "legal hold", false: "legal hold lifted"}[e.data.On]
	},
	incident.KindSeverity:  func(e entryContext) string { return "severity " + e.data.Input + " = " + string(e.data.Value) },
	incident.KindAdvice:    func(e entryContext) string { return "advice of " + e.data.By + optionText(e.data) },
	incident.KindDissent:   func(e entryContext) string { return "dissent from " + e.data.Gate },
	incident.KindAuthority: func(e entryContext) string { return "the authority, " + e.data.Sort + untilText(e) },
	incident.KindRequest:   func(e entryContext) string { return "from a person, " + e.data.Sort + untilText(e) },
	incident.KindExtended:  func(e entryContext) string { return "time for " + e.target() + " extended" + untilText(e) },
	incident.KindSettled:   func(e entryContext) string { return e.target() + " done" },
	incident.KindClock:     clockText,
	timeline.KindCorrection: func(e entryContext) string {
		return fmt.Sprintf("corrects %s (%s)", e.target(), e.data.Why)
	},
	timeline.KindRetraction: func(e entryContext) string { return "retracts " + e.target() },
	timeline.KindRedaction:  func(e entryContext) string { return "redacts " + e.target() },
	timeline.KindTag:        tagText,
	timeline.KindComment:    func(e entryContext) string { return "on " + e.target() },
	timeline.KindLink:       linkText,
	timeline.KindView:       viewText,
	timeline.KindPin: func(e entryContext) string {
		data, _ := timeline.DecodeData[timeline.PinData](e.line.Entry)
		return map[bool]string{true: "pins ", false: "unpins "}[data.On] + e.target()
	},
}

// optionText is what an advice is about.
func optionText(d entryData) string {
	switch {
	case d.Option != "":
		return " on " + d.Gate + " = " + d.Option
	case d.Gate != "":
		return " on " + d.Gate
	}
	return ""
}

func untilText(e entryContext) string {
	if e.data.Due == nil {
		return ""
	}
	return ", due " + dateAndTime(*e.data.Due, e.zone)
}

func clockText(e entryContext) string {
	text := "clock " + e.data.Regime
	if e.data.Name != "" {
		text += " (" + e.data.Name + ")"
	}
	switch {
	case e.data.Stop && e.data.Stage != "":
		return text + ": " + e.data.Stage + " done"
	case e.data.Stop:
		return text + " stopped"
	}
	return text + " started"
}

func linkText(e entryContext) string {
	data, _ := timeline.DecodeData[timeline.LinkData](e.line.Entry)
	other := e
	other.line.Target = data.To
	return "links " + e.target() + " with " + other.target()
}

func viewText(e entryContext) string {
	data, _ := timeline.DecodeData[timeline.ViewData](e.line.Entry)
	if data.Drop {
		return "view " + data.Name + " dropped"
	}
	return "view " + data.Name + " = " + data.Query
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
