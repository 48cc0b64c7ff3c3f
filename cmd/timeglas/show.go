package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func (a *app) showCommand() *cobra.Command {
	var asOf, history, since string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show R",
		Short: "one case, now or as it was known",
		Long: "Prints a case as it stands, or as it was known at a moment. --history prints every value " +
			"that a fact has had, --since what is new.",
		Example: "  timeglas show 2026-014\n  timeglas show 2026-014 --as-of \"2026-11-19 14:00\"\n" +
			"  timeglas show 2026-014 --history persons.count",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			settings, err := a.settings()
			if err != nil {
				return err
			}
			s, err := a.lookAsOf(cmd, args[0], asOf)
			switch {
			case err != nil:
				return err
			case history != "":
				return a.printHistory(s, history, settings.Language, asJSON)
			case since != "":
				return a.printSince(s, since)
			case asJSON:
				return a.printJSON(caseJSON(s, settings.Language, a.at))
			}
			a.printCase(s, settings.Language)
			return nil
		}),
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "as it was known at that time")
	cmd.Flags().StringVar(&since, "since", "", "only what is new since that time, or length of time: -8h")
	cmd.Flags().StringVar(&history, "history", "", "every value that the fact KEY has had")
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

// lookAsOf is the case at a moment that was typed, or now.
func (a *app) lookAsOf(cmd *cobra.Command, ref, asOf string) (desk.Situation, error) {
	if !cmd.Flags().Changed("as-of") {
		return a.look(cmd.Context(), ref)
	}
	moment, err := a.instant("--as-of", asOf)
	if err != nil {
		return desk.Situation{}, err
	}
	d, err := a.desk()
	if err != nil {
		return desk.Situation{}, err
	}
	s, err := d.LookAsOf(cmd.Context(), ref, moment)
	a.warnRestricted(s)
	return s, err
}

type jsonPast struct {
	jsonFact
	Retracted bool `json:"retracted"`
}

func (a *app) printHistory(s desk.Situation, key, lang string, asJSON bool) error {
	if _, err := fact.Parse(key, "unknown", a.at, s.Now); err != nil {
		return err // there is no such key
	}
	past := s.Case.History(key)
	if asJSON {
		list := []jsonPast{}
		for _, v := range past {
			list = append(list, jsonPast{factJSON(v.Recorded, a.at), v.RetractedBy != 0})
		}
		return a.printJSON(list)
	}
	p := a.page()
	if len(past) == 0 {
		p.line("%s has never had a value", key)
	}
	p.table("", historyRows(past, key, lang, a))
	return nil
}

func historyRows(past []incident.Past, key, lang string, a *app) [][]string {
	var rows [][]string
	for _, v := range past {
		text := fact.Show(key, v.Value, lang, a.at)
		if v.Estimate {
			text += " (estimate)"
		}
		if v.Why != "" {
			text += ": " + v.Why
		}
		if v.RetractedBy != 0 {
			text += fmt.Sprintf(" [retracted by #%d]", v.RetractedBy)
		}
		rows = append(rows, []string{fmt.Sprintf("#%d", v.Seq), dateAndTime(v.At, a.at), v.By, text})
	}
	return rows
}

// printList writes the list of cases for people.
func (a *app) printList(list []desk.Listed, dueOnly bool) {
	p := a.page()
	if len(list) == 0 {
		if !dueOnly {
			p.line("no cases yet: timeglas new --ref 2026-001 --title \"what it is about\" opens one")
		}
		return
	}
	var rows [][]string
	for _, l := range list {
		if l.Err != nil {
			rows = append(rows, []string{l.Ref, "UNREADABLE", masked(l.Err.Error())})
			continue
		}
		rows = append(rows, []string{l.Ref, listedClock(l), listedText(l, a)})
		if l.Damage != nil {
			rows = append(rows, []string{"", "DAMAGED", masked(l.Damage.Error())})
		}
	}
	p.table("", rows)
}

func listedClock(l desk.Listed) string {
	if l.State == incident.Closed {
		return "closed"
	}
	return l.Clock.Left("en")
}

func listedText(l desk.Listed, a *app) string {
	text := l.Title
	if mark := markText(l.Mark); mark != "" {
		text = mark + ": " + text
	}
	if l.Due != nil && l.Due.What != "deadline" {
		text += fmt.Sprintf("; next: %s, %s", l.Due.Name.EN, dueIn(l.Due.At, a.now()))
	}
	if l.Unfiled > 0 {
		text += fmt.Sprintf("; %d issued and NOT SENT", l.Unfiled)
	}
	return clean.Line(text + "; " + backupText(l.Backup, a.now()))
}

// backupText is how old the newest backup is.
func backupText(made, now time.Time) string {
	switch age := now.Sub(made); {
	case made.IsZero():
		return "NO BACKUP"
	case age < time.Minute:
		return "backed up just now"
	default:
		return "backed up " + spanText(age.Truncate(time.Minute)) + " ago"
	}
}

// known refuses a value that is not one of the words, naming them.
func known(name, value string, words ...string) error {
	list := ""
	for i, w := range words {
		if w == value {
			return nil
		}
		if i > 0 {
			list += ", "
		}
		list += w
	}
	return fault.New(fault.Usage, name, "%q is not one of %s", value, list)
}
