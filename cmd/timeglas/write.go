package main

import (
	"github.com/spf13/cobra"

	"timeglas/internal/desk"
	"timeglas/timeline"
)

func (a *app) timelineCommands() []*cobra.Command {
	return []*cobra.Command{
		a.logCommand(), a.correctCommand(), a.retractCommand(), a.redactCommand(),
		a.tagCommand(), a.pinCommand(), a.commentCommand(), a.linkCommand(), a.viewCommand(),
		a.timelineCommand(), a.sinceCommand(), a.handoverCommand(), a.verifyCommand(), a.checkpointCommand(), a.proveCommand(),
	}
}

func (a *app) logCommand() *cobra.Command {
	var at, kind string
	var tags []string
	cmd := &cobra.Command{
		Use:   "log R TEXT",
		Short: "write a line into the timeline",
		Long: "Appends an entry to the timeline and prints its id: once it is printed, the entry is on " +
			"disk. A text that begins with - follows --.",
		Example: "  timeglas log 2026-014 \"called the supplier\" --kind action --at 07:52",
		Args:    words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act := desk.Log{Text: args[1], Kind: timeline.Kind(kind), Tags: tags}
			if cmd.Flags().Changed("at") {
				m, err := a.moment("--at", at)
				if err != nil {
					return err
				}
				act.At = m
			}
			_, err := a.act(cmd, args[0], act)
			return err
		}),
	}
	cmd.Flags().StringVar(&at, "at", "", "when it happened, if not now")
	cmd.Flags().StringVar(&kind, "kind", string(timeline.KindNote), "note, observation, action, decision or communication")
	cmd.Flags().StringArrayVar(&tags, "tag", nil, "a tag; can be given several times")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) correctCommand() *cobra.Command {
	var text, at, why string
	cmd := &cobra.Command{
		Use:     "correct R ENTRY --why TEXT",
		Short:   "give an entry a new text or time",
		Long:    "Writes a new entry that corrects an old one. The old one stays in the journal.",
		Example: "  timeglas correct 2026-014 12 --text \"ticket 4712\" --why \"misread the number\"",
		Args:    words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act := desk.Correct{Entry: args[1], Why: why}
			if cmd.Flags().Changed("text") {
				act.Text = &text
			}
			if cmd.Flags().Changed("at") {
				m, err := a.moment("--at", at)
				if err != nil {
					return err
				}
				act.At = &m
			}
			_, err := a.act(cmd, args[0], act)
			return err
		}),
	}
	cmd.Flags().StringVar(&text, "text", "", "the new text")
	cmd.Flags().StringVar(&at, "at", "", "the new time")
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) retractCommand() *cobra.Command {
	return a.reasoned(cobra.Command{
		Use: "retract R ENTRY --why TEXT", Args: words(2, 2), Short: "take an entry back",
		Long: "Writes an entry that takes another one back: the value before it returns. A retraction " +
			"can itself be retracted.",
		Example: "  timeglas retract 2026-014 12 --why \"that was another incident\"",
	}, func(args []string, why string) desk.Act { return desk.Retract{Entry: args[0], Why: why} })
}

func (a *app) redactCommand() *cobra.Command {
	return a.reasoned(cobra.Command{
		Use: "redact R ENTRY --why TEXT", Args: words(2, 2), Short: "delete an entry's text for good",
		Long: "Deletes the text and data of an entry, and of its corrections, for good. That it was there, " +
			"who wrote it and when stays, and the chain still verifies. This cannot be undone. Backups made " +
			"before still hold it; what is restored from them in this home is redacted again.",
		Example: "  timeglas redact 2026-014 12 --why \"a name was typed by mistake\"",
	}, func(args []string, why string) desk.Act { return desk.Redact{Entry: args[0], Why: why} })
}

func (a *app) tagCommand() *cobra.Command {
	var off []string
	cmd := &cobra.Command{
		Use:     "tag R ENTRY TAG...",
		Short:   "put tags on an entry, or take them off",
		Example: "  timeglas tag 2026-014 12 supplier --off unclear",
		Args:    words(2, 1000),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			_, err := a.act(cmd, args[0], desk.Tag{Entry: args[1], On: args[2:], Off: off})
			return err
		}),
	}
	cmd.Flags().StringArrayVar(&off, "off", nil, "a tag to take off; can be given several times")
	return exits(cmd, exitUsage)
}

func (a *app) pinCommand() *cobra.Command {
	var off bool
	cmd := &cobra.Command{
		Use:     "pin R ENTRY",
		Short:   "pin an entry, or unpin it",
		Example: "  timeglas pin 2026-014 12",
		Args:    words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			_, err := a.act(cmd, args[0], desk.Pin{Entry: args[1], Off: off})
			return err
		}),
	}
	cmd.Flags().BoolVar(&off, "off", false, "take the pin off")
	return exits(cmd, exitUsage)
}
