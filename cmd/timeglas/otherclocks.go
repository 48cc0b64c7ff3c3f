package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident/clock"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// clockFlags are the options of clock R start and clock R stop.
type clockFlags struct {
	at, name, why string
	hours, days   int
}

func (f *clockFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.at, "at", "", "start, stop: when; the start has to be given")
	flags.StringVar(&f.name, "name", "", "start: which log, video or contract it is about")
	flags.StringVar(&f.why, "why", "", "start, stop: the reason; it is kept")
	flags.IntVar(&f.hours, "hours", 0, "start: how long, where the contract says it")
	flags.IntVar(&f.days, "days", 0, "start: how long the log is kept")
	flagKeepCPR(cmd)
}

// clockAct does what clock R start and clock R stop say.
func (a *app) clockAct(cmd *cobra.Command, args []string, f clockFlags) error {
	at, err := a.optional(cmd, "at", f.at)
	if err != nil {
		return err
	}
	switch {
	case args[1] == "start" && len(args) == 3:
		if f.at == "" {
			return fault.New(fault.Usage, "clock "+args[2], "say from when it runs (--at)")
		}
		length, err := f.length(args[2])
		if err != nil {
			return err
		}
		done, err := a.act(cmd, args[0], desk.StartClock{Regime: args[2], Start: at, After: length, Name: f.name, Why: f.why})
		if err == nil {
			a.tellStages(done)
		}
		return err
	case args[1] == "stop" && len(args) <= 4:
		act := desk.StopClock{Clock: args[2], When: at, Why: f.why}
		if len(args) == 4 {
			act.Stage = args[3]
		}
		_, err := a.act(cmd, args[0], act)
		return err
	}
	return fault.New(fault.Usage, "clock", "use clock R start REGIME, or clock R stop REGIME [STAGE]")
}

// longestGiven bounds what is typed as a length: ten years.
const longestGiven = 10 * 366 * 24

func (f clockFlags) length(regime string) (time.Duration, error) {
	hours := f.hours
	r, _ := clock.RegimeOf(regime)
	switch {
	case f.days != 0 && r.Given == "days" && f.hours == 0:
		hours = f.days * 24
		if f.days > longestGiven/24 {
			hours = longestGiven + 1
		}
	case f.days != 0, f.hours != 0 && r.Given == "days":
		return 0, fault.New(fault.Usage, "clock "+regime, "its length is given in %s", orElse(r.Given, "the law"))
	}
	if hours < 0 || hours > longestGiven {
		return 0, fault.New(fault.Usage, "clock "+regime, "the length goes from an hour to ten years")
	}
	return time.Duration(hours) * time.Hour, nil
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (a *app) tellStages(done desk.Done) {
	for _, o := range done.Situation.Others {
		if o.Entry != done.Entries[0].ID {
			continue
		}
		for _, s := range o.Stages {
			a.tell("%s", stageText(s, a.at))
		}
	}
}

func stageText(s clock.StageReading, zone *time.Location) string {
	text := s.Stage.Title.EN
	switch {
	case s.State == clock.Done && s.Late:
		return text + ": done " + dateAndTime(s.DoneAt, zone) + ", LATE"
	case s.State == clock.Done:
		return text + ": done " + dateAndTime(s.DoneAt, zone)
	case s.Due.IsZero():
		return text
	case s.State == clock.Overdue:
		return text + ": OVERDUE by " + spanText(s.Overdue) + ", was due " + dayAndTime(s.Due, zone)
	}
	return text + ": " + spanText(s.Remaining) + " left, by " + dayAndTime(s.Due, zone)
}

// otherRows are the clocks beside the 72 hours, a row for each stage.
func otherRows(s desk.Situation, zone *time.Location) [][]string {
	var rows [][]string
	for _, o := range s.Others {
		for i, stage := range o.Stages {
			name, lead := "", ""
			if i == 0 {
				name, lead = fmt.Sprintf("#%d", o.Seq), o.Title().EN+" → "+o.Regime.Recipient+" ("+o.Regime.Ref()+"): "
			}
			rows = append(rows, []string{name, lead + stageText(stage, zone)})
		}
	}
	return rows
}

// printOthers writes the other clocks that run, and those that the facts suggest.
func (a *app) printOthers(s desk.Situation) {
	p := a.page()
	if rows := otherRows(s, a.at); len(rows) > 0 {
		p.heading("Other clocks")
		p.table("", rows)
	}
	suggested := s.Suggested()
	if len(suggested) == 0 {
		return
	}
	p.heading("Not started; the facts suggest")
	var rows [][]string
	for _, o := range suggested {
		rows = append(rows, []string{o.Regime.Key, fmt.Sprintf("%s: %s; starts with %s (%s)",
			o.Regime.Title.EN, o.Why.EN, o.Regime.Trigger.EN, o.Regime.Ref())})
	}
	p.table("", rows)
}

// jsonCaseClock is clock R --json: the 72 hours, and the others beside them.
type jsonCaseClock struct {
	jsonClock
	Others    []jsonOther   `json:"others"`
	Suggested []jsonSuggest `json:"suggested"`
}

type jsonOther struct {
	Regime    string      `json:"regime"`
	Title     string      `json:"title"`
	Name      *string     `json:"name"`
	Recipient string      `json:"recipient"`
	Ref       string      `json:"ref"`
	Evidence  bool        `json:"evidence"`
	Start     when.Extent `json:"start"`
	Why       string      `json:"why"`
	By        string      `json:"by"`
	Entry     string      `json:"entry"`
	Stages    []jsonStage `json:"stages"`
}

type jsonStage struct {
	Key       string      `json:"key"`
	Title     string      `json:"title"`
	State     clock.State `json:"state"`
	Deadline  when.Stamp  `json:"deadline"`
	Remaining int64       `json:"remaining_s"`
	Overdue   int64       `json:"overdue_s"`
	Done      when.Stamp  `json:"done"`
	Late      bool        `json:"late"`
}

type jsonSuggest struct {
	Regime  string `json:"regime"`
	Title   string `json:"title"`
	Why     string `json:"why"`
	Trigger string `json:"trigger"`
	Ref     string `json:"ref"`
}

func othersJSON(s desk.Situation, lang string, zone *time.Location) []jsonOther {
	list := []jsonOther{}
	for _, o := range s.Others {
		j := jsonOther{Regime: o.Regime.Key, Title: o.Regime.Title.In(lang), Name: orNull(o.Name), Recipient: o.Regime.Recipient,
			Ref: o.Regime.Ref(), Evidence: o.Regime.Evidence, Start: o.Start.Extent(), Why: o.Why, By: o.By, Entry: o.Entry}
		for _, stage := range o.Stages {
			j.Stages = append(j.Stages, jsonStage{stage.Stage.Key, stage.Stage.Title.In(lang), stage.State, stampIn(stage.Due, zone),
				int64(stage.Remaining / time.Second), int64(stage.Overdue / time.Second), stampIn(stage.DoneAt, zone), stage.Late})
		}
		list = append(list, j)
	}
	return list
}

func caseClockJSON(s desk.Situation, lang string, zone *time.Location) jsonCaseClock {
	j := jsonCaseClock{clockJSON(s.Clock, zone), othersJSON(s, lang, zone), []jsonSuggest{}}
	for _, o := range s.Suggested() {
		j.Suggested = append(j.Suggested, jsonSuggest{o.Regime.Key, o.Regime.Title.In(lang), o.Why.In(lang), o.Regime.Trigger.In(lang), o.Regime.Ref()})
	}
	return j
}
