package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

func (a *app) clockCommand() *cobra.Command {
	var aware, now string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "clock R, or clock --aware TIME",
		Short: "the deadline",
		Long:  "Prints the deadline of a case, or of a moment of awareness without a case.",
		Example: "  timeglas clock 2026-014\n" +
			"  timeglas clock --aware 2026-10-23T14:00:00+02:00 --json",
		Args: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == cmd.Flags().Changed("aware") || len(args) > 1 {
				return fault.New(fault.Usage, "clock", "give either a case or --aware TIME")
			}
			if cmd.Flags().Changed("now") && len(args) == 1 {
				return fault.New(fault.Usage, "clock", "--now goes with --aware: timeglas show R --as-of TIME shows a case at another time")
			}
			return nil
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			reading, err := a.reading(cmd, args, aware, now)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(clockJSON(reading, a.at))
			}
			a.printClock(reading)
			return nil
		}),
	}
	cmd.Flags().StringVar(&aware, "aware", "", "the moment of awareness, without a case")
	cmd.Flags().StringVar(&now, "now", "", "with --aware: the present")
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

// reading is the clock of the case, or of the moment that was typed.
func (a *app) reading(cmd *cobra.Command, args []string, aware, now string) (clock.Reading, error) {
	if len(args) == 1 {
		s, err := a.look(cmd.Context(), args[0])
		return s.Clock, err
	}
	moment, err := a.moment("--aware", aware)
	if err != nil {
		return clock.Reading{}, err
	}
	present := a.now()
	if now != "" {
		if present, err = a.instant("--now", now); err != nil {
			return clock.Reading{}, err
		}
	}
	return clock.Read(clock.GDPR33(), clock.Input{Aware: &moment}, present), nil
}

func (a *app) printClock(r clock.Reading) {
	p := a.page()
	p.line("%s", clockLine(r, a.at))
	var rows [][]string
	if !r.Deadline.IsZero() {
		rows = append(rows,
			[]string{"aware", r.AwareMoment.Show(a.at)},
			[]string{"deadline", dayAndTime(r.Deadline, a.at) + ", 72 hours later (GDPR 33(1))"},
			[]string{"or", dayAndTime(r.Reg1182End, a.at) + ", if the hour of the event does not count (Reg. 1182/71 Art. 3)"})
	}
	rows = append(rows, []string{"now", dayAndTime(r.Now, a.at)})
	p.table("", rows)
	for _, n := range r.Notes {
		p.text("- ", strings.TrimSpace(n.Text.EN+" "+bracketed(n.Ref)))
	}
}

func bracketed(ref string) string {
	if ref == "" {
		return ""
	}
	return "(" + ref + ")"
}

func (a *app) assessCommand() *cobra.Command {
	var facts string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "assess R, or assess --facts FACTS.toml",
		Short: "severity and duty, with their reasons",
		Long: "Prints what the law requires on the facts of a case, or of a file, with the reasons and " +
			"their sources. It proposes; people decide at the gates.",
		Example: "  timeglas assess 2026-014\n  timeglas assess --facts facts.toml --json",
		Args: func(_ *cobra.Command, args []string) error {
			if (len(args) == 1) == (facts != "") || len(args) > 1 {
				return fault.New(fault.Usage, "assess", "give either a case or --facts FACTS.toml")
			}
			return nil
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			settings, err := a.settings()
			if err != nil {
				return err
			}
			assessment, err := a.assessment(cmd, args, facts)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(assessmentJSON(assessment, settings.Language))
			}
			a.printAssessment(assessment, settings.Language)
			return nil
		}),
	}
	cmd.Flags().StringVar(&facts, "facts", "", "a file of facts instead of a case; - for standard input")
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

func (a *app) assessment(cmd *cobra.Command, args []string, facts string) (duty.Assessment, error) {
	if len(args) == 1 {
		s, err := a.look(cmd.Context(), args[0])
		return s.Duty, err
	}
	given, err := a.factFile(facts)
	if err != nil {
		return duty.Assessment{}, err
	}
	return duty.Assess(sheetOf(given), duty.Context{}), nil
}

func sheetOf(given []desk.Given) fact.Sheet {
	sheet := fact.Sheet{}
	for _, g := range given {
		sheet[g.Key] = fact.Recorded{Value: g.Value}
	}
	return sheet
}

type jsonAssessment struct {
	ENISA               jsonENISA    `json:"enisa"`
	Risk                duty.Risk    `json:"risk"`
	NotifyAuthority     bool         `json:"notify_authority"`
	CommunicateSubjects bool         `json:"communicate_subjects"`
	CommunicateHow      duty.How     `json:"communicate_how"`
	People              duty.People  `json:"people"`
	Document            bool         `json:"document"`
	TellController      bool         `json:"tell_controller,omitempty"`
	Subsets             []jsonSubset `json:"subsets"`
	Reasons             []jsonReason `json:"reasons"`
	Unknown             []string     `json:"unknown"`
	Open                []jsonOpen   `json:"open"`
	Rules               string       `json:"rules"`
}

type jsonSubset struct {
	Name                string      `json:"name"`
	Risk                duty.Risk   `json:"risk"`
	CommunicateSubjects bool        `json:"communicate_subjects"`
	CommunicateHow      duty.How    `json:"communicate_how"`
	People              duty.People `json:"people"`
}

type jsonReason struct {
	Text   string      `json:"text"`
	Ref    string      `json:"ref"`
	Effect duty.Effect `json:"effect"`
	Rule   string      `json:"rule"`
	Keys   []string    `json:"keys"`
	Subset string      `json:"subset,omitempty"`
}

type jsonOpen struct {
	Text   string     `json:"text"`
	Keys   []string   `json:"keys"`
	By     when.Stamp `json:"by"`
	Subset string     `json:"subset,omitempty"`
}

func assessmentJSON(d duty.Assessment, lang string) jsonAssessment {
	j := jsonAssessment{
		ENISA: enisaJSON(d.ENISA, lang), Risk: d.Risk, NotifyAuthority: d.NotifyAuthority,
		CommunicateSubjects: d.CommunicateSubjects, CommunicateHow: d.CommunicateHow, People: d.People,
		Document: d.Document, TellController: d.TellController,
		Subsets: []jsonSubset{}, Reasons: []jsonReason{}, Unknown: append([]string{}, d.Unknown...),
		Open: []jsonOpen{}, Rules: d.RulesVersion,
	}
	for _, s := range d.Subsets {
		j.Subsets = append(j.Subsets, jsonSubset{s.Name, s.Risk, s.CommunicateSubjects, s.CommunicateHow, s.People})
	}
	for _, r := range d.Reasons {
		j.Reasons = append(j.Reasons, jsonReason{r.Text.In(lang), r.Ref, r.Effect, r.Rule, append([]string{}, r.Keys...), r.Subset})
	}
	for _, o := range d.Open {
		j.Open = append(j.Open, jsonOpen{o.Text.In(lang), append([]string{}, o.Keys...), when.Stamp{Time: o.By}, o.Subset})
	}
	return j
}

type jsonENISA struct {
	DPC   float64    `json:"dpc"`
	EI    float64    `json:"ei"`
	CB    float64    `json:"cb"`
	Score float64    `json:"score"`
	Band  duty.Band  `json:"band"`
	Sum   string     `json:"sum"`
	Steps []jsonTerm `json:"steps"`
	Flags []string   `json:"flags"`
}

type jsonTerm struct {
	Part  string   `json:"part"`
	Name  string   `json:"name"`
	Value float64  `json:"value"`
	Why   string   `json:"why"`
	Keys  []string `json:"keys"`
}

func enisaJSON(e duty.ENISA, lang string) jsonENISA {
	j := jsonENISA{DPC: e.DPC, EI: e.EI, CB: e.CB, Score: e.Score, Band: e.Band, Sum: e.Sum(), Steps: []jsonTerm{}, Flags: []string{}}
	for _, s := range e.Steps {
		j.Steps = append(j.Steps, jsonTerm{s.Part, s.Name.In(lang), s.Value, s.Why.In(lang), append([]string{}, s.Keys...)})
	}
	for _, f := range e.Flags {
		j.Flags = append(j.Flags, f.In(lang))
	}
	return j
}

// printAssessment writes the answers, the reasons for them, what is not known that
// could change them, and ENISA's sum.
func (a *app) printAssessment(d duty.Assessment, lang string) {
	p := a.page()
	p.table("", dutyRows(d))
	p.heading("Reasons")
	for _, r := range d.Reasons {
		of := ""
		if r.Subset != "" {
			of = r.Subset + ": "
		}
		p.text(pad(string(r.Effect), 7)+"  ", strings.TrimSpace(of+r.Text.In(lang)+" "+bracketed(r.Ref)))
	}
	if len(d.Open) > 0 {
		p.heading("Find out before the people are told, or left untold")
		for _, o := range d.Open {
			p.text("- ", strings.TrimSpace(o.Text.In(lang)+" "+bracketed(strings.Join(o.Keys, ", "))))
		}
	}
	if len(d.Unknown) > 0 {
		p.heading("Not known, and could change the answer")
		p.text("", strings.Join(d.Unknown, ", "))
	}
	p.heading("Severity, ENISA 2013: " + string(d.ENISA.Band))
	p.line("DPC × EI + CB = %s", d.ENISA.Sum())
	var rows [][]string
	for _, s := range d.ENISA.Steps {
		rows = append(rows, []string{s.Part, fmt.Sprintf("%+g", s.Value), s.Name.In(lang) + ": " + s.Why.In(lang)})
	}
	p.table("", rows)
	for _, f := range d.ENISA.Flags {
		p.text("! ", f.In(lang))
	}
	p.gap()
	p.text("", "This proposes, by the rules of "+d.RulesVersion+". People decide, with their reasons, at the gates duty-authority and duty-people.")
}
