package main

import (
	"errors"

	"github.com/spf13/cobra"

	"timeglas/internal/clean"
	"timeglas/internal/cpr"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/timeline/query"
)

// query reads a query as it was typed. On a terminal the character that is wrong is
// pointed at.
func (a *app) query(name, text string) (query.Query, error) {
	zone, err := a.zone()
	if err != nil {
		return query.Query{}, err
	}
	q, err := query.Parse(text, zone, a.now())
	if err == nil {
		return q, nil
	}
	var wrong *query.Error
	if errors.As(err, &wrong) {
		line, caret := wrong.Caret()
		// Where a number was masked or a character spelled out, the caret would
		// point beside it; the message still counts the characters.
		if plain, n := cpr.Mask(line); n == 0 && clean.Visible(plain) {
			a.tell("%s", line)
			a.tell("%s", caret)
		}
	}
	return q, fault.Wrap(fault.Usage, err, name, "%v (timeglas timeline --help shows the language)", err)
}

// asked is the query of --query or --view, both together when both are given. A
// saved view is read anew: -2h is two hours before now.
func (a *app) asked(s desk.Situation, text, view string) (query.Query, error) {
	q, err := a.query("--query", text)
	if err != nil || view == "" {
		return q, err
	}
	saved, err := s.SavedView(view)
	if err != nil {
		return query.Query{}, err
	}
	v, err := a.query("view "+view, saved.Query)
	return query.Both(v, q), err
}

func (a *app) viewCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "view R save NAME QUERY, view R drop NAME, or view R list",
		Short: "keep a query under a name",
		Long: "A view is a query with a name, kept with the case for everyone: timeglas timeline R --view NAME " +
			"uses it. Saving under a name that is there replaces it; what it was before stays in the journal.",
		Example: "  timeglas view 2026-014 save calls 'kind:communication OR tag:phone'\n" +
			"  timeglas timeline 2026-014 --view calls",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 || viewWords[args[1]] != len(args) {
				return words(-1, -1)(cmd, args)
			}
			return nil
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			switch args[1] {
			case "save":
				if _, err := a.query("view "+args[2], args[3]); err != nil {
					return err
				}
				_, err := a.act(cmd, args[0], desk.SaveView{Name: args[2], Query: args[3], Zone: a.at})
				return err
			case "drop":
				_, err := a.act(cmd, args[0], desk.DropView{Name: args[2]})
				return err
			}
			return a.printViews(cmd, args[0])
		}),
	}
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

// viewWords are the ways to write the command, each with the number of its words.
var viewWords = map[string]int{"save": 4, "drop": 3, "list": 2}

func (a *app) printViews(cmd *cobra.Command, ref string) error {
	if _, err := a.zone(); err != nil {
		return err
	}
	s, err := a.look(cmd.Context(), ref)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, v := range s.Case.Timeline.Saved() {
		rows = append(rows, []string{v.Name, v.Query})
	}
	a.page().table("", rows)
	return nil
}

func (a *app) commentCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "comment R ENTRY TEXT",
		Short: "put a remark on an entry",
		Long: "Writes a remark that stands with the entry. It is an entry of its own, which can be corrected " +
			"and taken back; the entry that it speaks of stays as it is.",
		Example: "  timeglas comment 2026-014 12 \"the supplier says it was two tickets\"",
		Args:    words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			_, err := a.act(cmd, args[0], desk.Comment{Entry: args[1], Text: args[2]})
			return err
		}),
	}
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) linkCommand() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use:     "link R ENTRY ENTRY --why TEXT",
		Short:   "say that two entries belong together",
		Long:    "Writes that two entries belong together, and why. Retracting that entry takes the link away.",
		Example: "  timeglas link 2026-014 12 31 --why \"the call that the mail confirms\"",
		Args:    words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			_, err := a.act(cmd, args[0], desk.Link{Entry: args[1], Other: args[2], Why: why})
			return err
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}
