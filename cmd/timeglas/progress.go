package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/playbooks"
)

func (a *app) progressCommands() []*cobra.Command {
	return []*cobra.Command{a.stepCommand(), a.gateCommand(), a.playbookCommand()}
}

// stepStates are the words of the command step.
var stepStates = map[string]incident.StepState{
	"done": incident.StepDone, "skip": incident.StepSkipped, "reopen": incident.StepReopened,
}

func (a *app) stepCommand() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use:     "step R STEP done|skip|reopen",
		Short:   "say that a step is done, skipped, or open again",
		Long:    "Says what has been done about a step of the playbook. Skipping needs a reason.",
		Example: "  timeglas step 2026-014 take-down done --why \"all paths answer 404\"",
		Args:    words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			state, ok := stepStates[args[2]]
			if !ok {
				return fault.New(fault.Usage, "step "+args[1], "%q is not what can be said of a step: use %s",
					args[2], strings.Join(slices.Sorted(maps.Keys(stepStates)), ", "))
			}
			_, err := a.act(cmd, args[0], desk.MarkStep{Step: args[1], State: state, Why: why})
			return err
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "what was done, or the reason")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) gateCommand() *cobra.Command {
	var why, review string
	cmd := &cobra.Command{
		Use:   "gate R GATE OPTION --why TEXT",
		Short: "decide a gate",
		Long: "Decides a gate of the playbook, or decides it again. What the program proposed stands " +
			"beside the decision. Some gates need a date at which they are looked at again.",
		Example: "  timeglas gate 2026-014 duty-authority notify --why \"CPR and health data\"\n" +
			"  timeglas gate 2026-031 duty-people deferred \\\n" +
			"    --why \"the police ask for it\" --review 2026-12-01",
		Args: words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			books, err := a.library()
			if err != nil {
				return err
			}
			act := desk.DecideGate{Gate: args[1], Option: args[2], Why: why, Books: books}
			if cmd.Flags().Changed("review") {
				m, err := a.moment("--review", review)
				if err != nil {
					return err
				}
				act.Review = &m
			}
			done, err := a.act(cmd, args[0], act)
			if err == nil && len(done.Entries) > 1 {
				a.tell("the case runs the playbook %s now", done.Situation.Case.Playbook.Key)
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	cmd.Flags().StringVar(&review, "review", "", "when the decision is looked at again")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) playbookCommand() *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use:   "playbook R switch KEY --why TEXT",
		Short: "the playbooks; switch a case to another",
		Long: "Switches a case to another playbook, by its key or from a file FILE.toml. What was done " +
			"and decided stays for the steps and gates that both have. list and show print playbooks.",
		Example: "  timeglas playbook list\n  timeglas playbook show data-loss\n" +
			"  timeglas playbook 2026-014 switch public-leak --why \"open to all\"",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 3 || args[1] != "switch" {
				return fault.New(fault.Usage, "playbook", "write playbook list, playbook show KEY, or playbook R switch KEY --why TEXT")
			}
			return nil
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			book, err := a.book(args[2])
			if err != nil {
				return err
			}
			_, err = a.act(cmd, args[0], desk.SwitchPlaybook{Key: book.Key, Book: book, Why: why})
			return err
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	flagKeepCPR(cmd)
	cmd.AddCommand(a.playbookListCommand(), a.playbookShowCommand())
	return exits(cmd, exitUsage)
}

// book is a playbook by its key, or from a file.
func (a *app) book(key string) (*playbooks.Playbook, error) {
	if book, err := a.bookFile(key); book != nil || err != nil {
		return book, err
	}
	books, err := a.library()
	if err != nil {
		return nil, err
	}
	return books.Get(key)
}

func (a *app) playbookListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "the playbooks that come with the program", Args: words(0, 0),
		Example: "  timeglas playbook list",
		RunE:    a.running(func(*cobra.Command, []string) error { return a.listPlaybooks(asJSON) }),
	}
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

func (a *app) playbookShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show KEY", Short: "one playbook, step by step", Args: words(1, 1),
		Example: "  timeglas playbook show data-loss",
		RunE: a.running(func(_ *cobra.Command, args []string) error {
			book, err := a.book(args[0])
			if err != nil {
				return err
			}
			return a.showPlaybook(book, asJSON)
		}),
	}
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}
