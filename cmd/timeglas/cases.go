package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline/checkpoint"
)

func (a *app) caseCommands() []*cobra.Command {
	return []*cobra.Command{
		a.newCommand(), a.listCommand(), a.showCommand(), a.openCommand(), a.closeCommand(), a.reopenCommand(),
	}
}

func (a *app) newCommand() *cobra.Command {
	var begin desk.Begin
	var aware awareFlags
	cmd := &cobra.Command{
		Use:   "new --ref R --title T",
		Short: "open a case",
		Long: "Opens a case with its first entries: its title, its playbook, what the settings say of " +
			"the organisation and, when it is given, the moment of awareness.",
		Example: "  timeglas new --ref 2026-014 --title \"CPR numbers in the web archive\" \\\n" +
			"    --aware \"2026-11-19 07:32\" --by anna --why \"saw the pages herself\"",
		Args: words(0, 0),
		RunE: a.running(func(cmd *cobra.Command, _ []string) error { return a.begin(cmd, begin, aware) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&begin.Ref, "ref", "", "its reference: letters, digits, dot, _ and -, no dot in front")
	flags.StringVar(&begin.Title, "title", "", "what it is about, in a few words")
	flags.StringVar(&begin.Playbook, "playbook", desk.DefaultPlaybook, "a playbook's key, or a file FILE.toml")
	flags.StringVar(&aware.at, "aware", "", "when the organisation was aware, if that is known already")
	flags.StringVar(&aware.by, "by", "", "who was aware")
	flags.StringVar(&aware.why, "why", "", "why that is the moment")
	flagKeepCPR(cmd)
	return require(exits(cmd, exitUsage), "ref", "title")
}

// awareFlags are the moment of awareness as new takes it.
type awareFlags struct{ at, by, why string }

func (a *app) begin(cmd *cobra.Command, begin desk.Begin, aware awareFlags) error {
	d, err := a.desk()
	if err != nil {
		return err
	}
	settings, err := a.settings()
	if err != nil {
		return err
	}
	if begin.Facts, err = a.organisation(settings); err != nil {
		return err
	}
	if begin.Book, err = a.bookFile(begin.Playbook); err != nil {
		return err
	}
	switch {
	case aware.at != "":
		m, err := a.moment("--aware", aware.at)
		if err != nil {
			return err
		}
		begin.Aware = &desk.RecordAwareness{Moment: m, Who: aware.by, Why: aware.why}
	case aware.by != "" || aware.why != "":
		return fault.New(fault.Usage, "new "+begin.Ref, "--by and --why belong to --aware TIME")
	}
	begin.KeepCPR = keepsCPR(cmd)
	done, err := d.Begin(cmd.Context(), a.actor(), begin)
	if err != nil {
		return err
	}
	a.warnMasked(done.Masked)
	a.backUp(cmd.Context(), begin.Ref, done.Situation.Case.Tip, false)
	a.page().line("%s opened with the playbook %s", begin.Ref, done.Situation.Case.Playbook.Key)
	if done.Situation.Case.Aware != nil {
		a.page().line("%s", clockLine(done.Situation.Clock, a.at))
	}
	return nil
}

// bookFile is the playbook in a file, nil when the text is a key.
func (a *app) bookFile(key string) (*playbooks.Playbook, error) {
	if !strings.HasSuffix(key, ".toml") {
		return nil, nil
	}
	source, err := readFile(key, 16<<20)
	if err != nil {
		return nil, err
	}
	return playbooks.Parse(source, key)
}

func (a *app) listCommand() *cobra.Command {
	var asJSON bool
	var within string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "the cases with their clocks",
		Long: "Lists the cases, the most urgent first. With --due-within only those in which something " +
			"is due within that time or overdue, for cron and monitoring.",
		Example: "  timeglas list --due-within 6h || mail -s \"breaches\" dpo@example.dk",
		Args:    words(0, 0),
		RunE:    a.running(func(cmd *cobra.Command, _ []string) error { return a.list(cmd, within, asJSON) }),
	}
	cmd.Flags().StringVar(&within, "due-within", "", "only what is due within so long: 6h, 90m, 2d")
	flagJSON(cmd, &asJSON)
	return answersNo(cmd, "something is due within that time, or a case is damaged")
}

func (a *app) list(cmd *cobra.Command, within string, asJSON bool) error {
	limit, err := parseSpan("--due-within", within)
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	all, err := d.List(cmd.Context())
	if err != nil {
		return err
	}
	now, answer := a.now(), error(nil)
	var listed []desk.Listed
	for _, l := range all {
		due := l.Due != nil && l.Due.At.Sub(now) <= limit
		bad := l.Err != nil || l.Damage != nil
		if bad || (within != "" && due) {
			answer = errNo
		}
		if bad || within == "" || due {
			listed = append(listed, l)
		}
	}
	if asJSON {
		err = a.printJSON(listJSON(listed, a.at))
	} else {
		a.printList(listed, within != "")
	}
	return errors.Join(err, answer)
}

// parseSpan reads a length of time; none is none.
func parseSpan(name, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 3650 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	span, err := time.ParseDuration(text)
	if err != nil || span < 0 {
		return 0, fault.New(fault.Usage, name, "%q is not a length of time: write 6h, 90m or 2d", text)
	}
	return span, nil
}

func (a *app) openCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "open R",
		Short:   "open the workbench on one case",
		Example: "  timeglas open 2026-014",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			if !a.terminal {
				return fault.New(fault.Usage, "open", "the workbench needs a terminal: timeglas show %s prints the case", args[0])
			}
			return a.openWorkbench(cmd.Context(), args[0])
		}),
	}
	return exits(cmd, exitUsage)
}

func (a *app) closeCommand() *cobra.Command {
	var act desk.Close
	cmd := &cobra.Command{
		Use: "close R --why TEXT", Args: words(1, 1), Short: "end the work on a case",
		Long: "Closes a case. Steps and gates that are still open stay so, and are named in the entry. The " +
			"last line says what the journal now is: written down elsewhere, it shows later that nothing was " +
			"taken away. timeglas checkpoint signs it.",
		Example: "  timeglas close 2026-014 --why \"the authority has ended its case\"",
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			done, err := a.act(cmd, args[0], act)
			if err != nil {
				return err
			}
			last := done.Entries[len(done.Entries)-1]
			a.page().line("checkpoint %s", checkpoint.Line(last.Journal, last.Tip()))
			return nil
		}),
	}
	cmd.Flags().StringVar(&act.Why, "why", "", "the reason; it is kept")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) reopenCommand() *cobra.Command {
	return a.reasoned(cobra.Command{
		Use: "reopen R --why TEXT", Args: words(1, 1), Short: "take up a closed case again",
		Example: "  timeglas reopen 2026-014 --why \"the authority asks about the people again\"",
	}, func(_ []string, why string) desk.Act { return desk.Reopen{Why: why} })
}

// reasoned is a command on a case, or on an entry of one, that takes nothing but
// its reason.
func (a *app) reasoned(cmd cobra.Command, act func(args []string, why string) desk.Act) *cobra.Command {
	var why string
	cmd.RunE = a.running(func(cmd *cobra.Command, args []string) error {
		_, err := a.act(cmd, args[0], act(args[1:], why))
		return err
	})
	cmd.Flags().StringVar(&why, "why", "", "the reason; it is kept")
	flagKeepCPR(&cmd)
	return exits(&cmd, exitUsage)
}

// require marks flags that a command cannot do without.
func require(cmd *cobra.Command, flags ...string) *cobra.Command {
	for _, name := range flags {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the name of a flag is misspelt in this package
		}
	}
	return cmd
}

func flagJSON(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print JSON, for programs")
}
