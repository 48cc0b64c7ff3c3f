package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// afterCommands are about what people say of a decision, and what comes after the
// notice.
func (a *app) afterCommands() []*cobra.Command {
	return []*cobra.Command{a.adviceCommand(), a.dissentCommand(), a.authorityCommand(), a.requestCommand()}
}

// dueWord takes the time and the date at which something is due: of a day its last
// second, since a day that is due is a day in time.
func (a *app) due(name, text string) (time.Time, error) {
	m, err := a.moment(name, text)
	switch {
	case err != nil:
		return time.Time{}, err
	case m.Precision == when.Day:
		return m.To.Add(-time.Second), nil
	case m.Precision == when.Exact:
		return m.From, nil
	}
	return time.Time{}, fault.New(fault.Usage, name, "it has to be one exact time, or a day for its end")
}

// optional reads the time of an option, the zero Moment when it was not given.
func (a *app) optional(cmd *cobra.Command, flag, text string) (when.Moment, error) {
	if !cmd.Flags().Changed(flag) {
		return when.Moment{}, nil
	}
	return a.moment("--"+flag, text)
}

// matterFlags are the options of authority and request; of each command some.
type matterFlags struct{ kind, at, due, reopens, why string }

func (a *app) authorityCommand() *cobra.Command {
	var f matterFlags
	cmd := &cobra.Command{
		Use:   "authority R log TEXT, or authority R done ENTRY",
		Short: "what the authority asks, orders and decides, and what was done about it",
		Long: "Records what came from the authority, with the time by which it wants an answer, and says that " +
			"it is done. An order or a decision can reopen a gate: it has to be decided again, and a clock " +
			"that the old decision had stopped runs on. A day that is due is due at its end.",
		Example: "  timeglas authority 2026-014 log \"Which logs are there?\" --due 2026-12-04\n" +
			"  timeglas authority 2026-014 log \"Tell the people\" --kind order \\\n    --reopens duty-people\n" +
			"  timeglas authority 2026-014 done 41 --why \"answered by letter\"",
		Args: words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act, err := a.matterAct(cmd, args, incident.WithAuthority, f)
			if err != nil {
				return err
			}
			_, err = a.act(cmd, args[0], act)
			return err
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.due, "due", "", "log: the time by which it is due")
	flags.StringVar(&f.kind, "kind", "", "log: "+strings.Join(desk.Sorts(incident.WithAuthority), ", "))
	flags.StringVar(&f.reopens, "reopens", "", "log: the gate that has to be decided again")
	flags.StringVar(&f.at, "at", "", "when it came, or was done, if not now")
	flags.StringVar(&f.why, "why", "", "done: what was done")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) requestCommand() *cobra.Command {
	var f matterFlags
	cmd := &cobra.Command{
		Use:   "request R log TEXT, request R extend ENTRY, or request R done ENTRY",
		Short: "what people ask, claim and complain of, with the month for an answer",
		Long: "Records what a person asks about the breach or about their data. The answer is due within one " +
			"month of its receipt (GDPR 12(3)), reckoned by the calendar (Regulation 1182/71), which can be " +
			"extended once by two months: within the first, and with a reason. Write no names.",
		Example: "  timeglas request 2026-031 log \"who has looked me up?\" --kind access \\\n    --received 2026-11-19\n" +
			"  timeglas request 2026-031 extend 52 --why \"1,742 ask at once; told by letter\"\n" +
			"  timeglas request 2026-031 done 52 --why \"answered by Digital Post\"",
		Args: words(3, 3),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act, err := a.matterAct(cmd, args, incident.WithPerson, f)
			if err != nil {
				return err
			}
			done, err := a.act(cmd, args[0], act)
			if err == nil {
				a.tellDue(done)
			}
			return err
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.at, "received", "", "log: when it came; extend, done: when that was, if not now")
	flags.StringVar(&f.kind, "kind", "", "log: "+strings.Join(desk.Sorts(incident.WithPerson), ", "))
	flags.StringVar(&f.why, "why", "", "extend: the reason; done: what was done")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

// tellDue says until when the matter that was just written is due.
func (a *app) tellDue(done desk.Done) {
	for _, m := range done.Situation.Case.Matters {
		touched := m.Entry == done.Entries[0].ID || (m.Extended != nil && m.Extended.Entry == done.Entries[0].ID)
		if touched && m.Open() {
			a.tell("due by the end of %s (GDPR 12(3))", m.Due.In(a.at).Format("Mon 2006-01-02"))
		}
	}
}

// matterAct is the act that the words mean.
func (a *app) matterAct(cmd *cobra.Command, args []string, side incident.Side, f matterFlags) (desk.Act, error) {
	verb, text := args[1], args[2]
	atFlag := map[incident.Side]string{incident.WithAuthority: "at", incident.WithPerson: "received"}[side]
	at, err := a.optional(cmd, atFlag, f.at)
	if err != nil {
		return nil, err
	}
	switch {
	case verb == "log":
		if side == incident.WithPerson && f.at == "" {
			return nil, fault.New(fault.Usage, "request", "say when it came (--received): the month runs from then")
		}
		act := desk.LogMatter{Side: side, Sort: f.kind, Text: text, Received: at, Reopens: f.reopens}
		if f.due != "" {
			due, err := a.due("--due", f.due)
			if err != nil {
				return nil, err
			}
			act.Due = &due
		}
		return act, nil
	case verb == "done":
		return desk.SettleMatter{Side: side, Entry: text, Done: at, Text: f.why}, nil
	case verb == "extend" && side == incident.WithPerson:
		return desk.ExtendRequest{Entry: text, Told: at, Why: f.why}, nil
	}
	verbs := map[incident.Side]string{incident.WithAuthority: "log or done", incident.WithPerson: "log, extend or done"}
	return nil, fault.New(fault.Usage, cmd.Name()+" "+verb, "use %s", verbs[side])
}

func (a *app) adviceCommand() *cobra.Command {
	var act desk.Advise
	cmd := &cobra.Command{
		Use:   "advice R TEXT --by WHO",
		Short: "keep what the data protection officer advises",
		Long: "Keeps an advice as an entry of its own. With a gate and an option, a decision that departs " +
			"from it is marked.",
		Example: "  timeglas advice 2026-014 \"tell the parents at once\" --by \"the DPO\" \\\n" +
			"    --gate duty-people --option individually",
		Args: words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act.Text = args[1]
			_, err := a.act(cmd, args[0], act)
			return err
		}),
	}
	cmd.Flags().StringVar(&act.By, "by", "", "whose advice it is")
	cmd.Flags().StringVar(&act.Gate, "gate", "", "the gate that it is about")
	cmd.Flags().StringVar(&act.Option, "option", "", "the option of the gate that it advises")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func (a *app) dissentCommand() *cobra.Command {
	return a.reasoned(cobra.Command{
		Use: "dissent R GATE --why TEXT", Args: words(2, 2), Short: "disagree with a decision",
		Long:    "Keeps your disagreement with the decision at a gate beside it. The decision stands.",
		Example: "  timeglas dissent 2026-014 duty-people --why \"the children are told by nobody\"",
	}, func(args []string, why string) desk.Act { return desk.Dissent{Gate: args[0], Why: why} })
}

type jsonMatter struct {
	Entry    string      `json:"entry"`
	Kind     string      `json:"kind"`
	Text     string      `json:"text"`
	Received when.Extent `json:"received"`
	Due      when.Stamp  `json:"due"`
	Extended *string     `json:"extended_why"`
	Reopens  *string     `json:"reopens"`
	Done     when.Stamp  `json:"done"`
	DoneText *string     `json:"done_text"`
	By       string      `json:"by"`
}

func mattersJSON(c *incident.Case, side incident.Side, zone *time.Location) []jsonMatter {
	list := []jsonMatter{}
	for _, m := range c.Matters {
		if m.Side != side {
			continue
		}
		j := jsonMatter{Entry: m.Entry, Kind: m.Sort, Text: m.Text, Received: m.Received.Extent(),
			Due: dueStamp(m.Due, zone), Reopens: orNull(m.Reopens), By: m.By}
		if m.Extended != nil {
			j.Extended = orNull(m.Extended.Why)
		}
		if m.Settled != nil {
			j.Done, j.DoneText = stampIn(m.Settled.When.Latest(), zone), orNull(m.Settled.Text)
		}
		list = append(list, j)
	}
	return list
}

// caseMatters writes what came after the notice, with what is due.
func (a *app) caseMatters(p page, s desk.Situation) {
	if len(s.Case.Matters) == 0 {
		return
	}
	p.heading("The authority, and people")
	var rows [][]string
	for _, m := range s.Case.Matters {
		state := "no answer due"
		switch {
		case m.Settled != nil:
			state = "done " + m.Settled.When.Show(a.at)
		case m.Due != nil:
			state = dueIn(*m.Due, s.Now) + ", by " + dateAndTime(*m.Due, a.at)
		}
		if m.Extended != nil {
			state += ", extended: " + m.Extended.Why
		}
		rows = append(rows, []string{fmt.Sprintf("#%d", m.Seq), string(m.Side) + ", " + m.Sort, m.Text + " (" + state + ")"})
	}
	p.table("", rows)
}
