package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/internal/clean"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
)

// The exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitNo     = 3 // the command worked, and the answer is no
)

// errNo is returned by a command that has printed its answer, and the answer is no.
var errNo = errors.New("the answer is no")

// run is the whole program: it runs the command in args and gives the exit status.
func run(ctx context.Context, args []string, sys system) (status int) {
	a := &app{system: sys, out: bufio.NewWriter(sys.stdout)}
	defer func() {
		if r := recover(); r != nil {
			status = a.crashed(r)
		}
	}()
	root := a.root()
	root.SetArgs(args)
	root.SetIn(sys.stdin)
	root.SetOut(a.out)
	root.SetErr(a.out)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !a.started && !errors.As(err, new(*fault.Error)) {
		err = badFlag(cmd, err) // one that is needed is not there
	}
	return a.finish(errors.Join(err, a.close()))
}

// finish says what went wrong and gives the exit status.
func (a *app) finish(err error) int {
	if flushErr := a.out.Flush(); flushErr != nil && err == nil {
		err = fault.Wrap(fault.Failed, flushErr, "output", "it could not be written: %s", plainReason(flushErr))
	}
	var f *fault.Error
	switch {
	case err == nil && a.damaged:
		return exitNo
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	case errors.As(err, &f):
		a.complain(f.Error())
		return f.Code.Exit()
	}
	a.complain(err.Error())
	return exitFailed
}

// crashed tells of a panic in one line. Its value stays out of it: it can hold
// text of a case.
func (a *app) crashed(value any) int {
	kind := fmt.Sprintf("%T", value)
	a.complain("internal error: a fault in the program (" + kind + "); what was reported as saved is saved: please report what you did")
	return exitFailed
}

// complain writes one line to standard error. What was typed can stand in it, so
// no CPR number and nothing that moves the cursor gets through.
func (a *app) complain(message string) {
	message, _ = cpr.Mask(message)
	fmt.Fprintln(a.stderr, "timeglas: "+clean.Line(message))
}

// tell writes progress and hints, for people only.
func (a *app) tell(format string, args ...any) {
	if a.told {
		fmt.Fprintln(a.stderr, clean.Line(fmt.Sprintf(format, args...)))
	}
}

// plainReason is the reason of an error of the system without its path.
func plainReason(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

// The groups of commands, in the order of the help.
const (
	groupCases     = "cases"
	groupTimeline  = "timeline"
	groupKnowledge = "knowledge"
	groupProgress  = "progress"
	groupNotices   = "notices"
	groupKeeping   = "keeping"
	groupProgram   = "program"
)

// root is the command without a name, with all others under it.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "timeglas",
		Short: "a workbench for personal-data breaches",
		Long: "timeglas is a workbench for personal-data breaches: what happened, what there is to do, " +
			"how long is left, and the text for the authority. Without a command it opens on screen.",
		Example:       "  timeglas new --ref 2026-014 --title \"CPR numbers on the web\"\n  timeglas log 2026-014 \"the pages are down\"",
		Args:          a.noSuchCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: a.running(func(cmd *cobra.Command, _ []string) error {
			if !a.terminal {
				if err := cmd.Help(); err != nil {
					return err
				}
				return errHelp
			}
			return a.openWorkbench(cmd.Context(), "")
		}),
	}
	exits(root, exitUsage)
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(badFlag)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.PersistentFlags().StringVar(&a.homeFlag, "home", "", "where the cases lie (else $TIMEGLAS_HOME, $XDG_DATA_HOME/timeglas)")
	root.PersistentFlags().StringVar(&a.configFlag, "config", "", "the settings (else $XDG_CONFIG_HOME/timeglas/config.toml)")
	for _, g := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{groupCases, "Cases", a.caseCommands()},
		{groupTimeline, "Timeline", a.timelineCommands()},
		{groupKnowledge, "What is known", a.knowledgeCommands()},
		{groupProgress, "What there is to do", a.progressCommands()},
		{groupNotices, "Duty and notices", append(a.noticeCommands(), a.afterCommands()...)},
		{groupKeeping, "Evidence, backups, the end", a.keepingCommands()},
		{groupProgram, "The program", a.programCommands()},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.id
			root.AddCommand(c)
		}
	}
	root.SetHelpCommandGroupID(groupProgram)
	return root
}

// errHelp ends a call without a command and without a terminal: the help is
// printed, and nothing was done.
var errHelp = fault.New(fault.Usage, "no command", "give one, or start timeglas on a terminal to open the workbench")

// running marks that the words of the command were right, so that what fails from
// here on is no matter of options.
func (a *app) running(do func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.started = true
		return do(cmd, args)
	}
}

func (a *app) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	why := "there is no such command: timeglas --help lists those there are"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		why = "there is no such command: did you mean " + strings.Join(near, " or ") + "?"
	}
	return fault.New(fault.Usage, args[0], "%s", why)
}
