package main

import (
	"github.com/spf13/cobra"

	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func (a *app) disposeCommand() *cobra.Command {
	var why string
	var hold, lift bool
	cmd := &cobra.Command{
		Use:   "dispose R --why TEXT",
		Short: "delete a closed case for good; its register record stays",
		Long: "Deletes a closed case with its evidence and its automatic backups, after the retention time " +
			"of the settings. Its record in the register stays. Copies that were made with backup and " +
			"archive are listed: they have to be deleted where they lie. --hold forbids disposal, for " +
			"instance while a complaint is pending, until --lift-hold.",
		Example: "  timeglas dispose 2026-014 --why \"five years have passed\"\n" +
			"  timeglas dispose 2026-014 --hold --why \"a claim for damages is pending\"",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			switch {
			case hold && lift:
				return fault.New(fault.Usage, "dispose", "give --hold or --lift-hold, not both")
			case hold || lift:
				_, err := a.act(cmd, args[0], desk.SetHold{On: hold, Why: why})
				return err
			}
			return a.dispose(cmd, args[0], why)
		}),
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	cmd.Flags().BoolVar(&hold, "hold", false, "forbid that the case is disposed of")
	cmd.Flags().BoolVar(&lift, "lift-hold", false, "allow it again")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) dispose(cmd *cobra.Command, ref, why string) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	policy, err := a.policy()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	s, err := d.Dispose(cmd.Context(), a.actor(), ref, desk.Disposal{Why: why, Retention: settings.Retention.Months},
		func(desk.Situation) error { return a.home.Dispose(cmd.Context(), ref, policy) })
	if err != nil {
		return err
	}
	p := a.page()
	p.line("%s is deleted, with its evidence and its automatic backups", ref)
	if mark := markText(s.Case.Journal.Mark); mark == "" {
		p.line("its record stays in the register")
	}
	if len(s.Case.Copies) == 0 {
		return nil
	}
	p.gap()
	p.line("copies that were made and are not deleted by this:")
	for _, c := range s.Case.Copies {
		p.text("  ", c.Form+" "+dateAndTime(c.At, a.at)+" by "+c.By+": "+c.To)
	}
	return nil
}
