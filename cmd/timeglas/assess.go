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
	var other clockFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "clock R, clock --aware TIME, or clock R start|stop REGIME",
		Short: "the deadline, and the clocks beside it",
		Long: "Prints the deadline of a case, or of a moment of awareness without a case. One event can start " +
			"other clocks: of other laws, of contracts, of evidence that expires. They are off until somebody " +
			"starts one; clock R names those that the facts suggest. A stage of one is stopped by its name, the " +
			"whole without.",
		Example: "  timeglas clock 2026-014\n" +
			"  timeglas clock --aware 2026-10-23T14:00:00+02:00 --json\n" +
			"  timeglas clock 2026-014 start nis2 --at \"2026-11-19 07:32\" \\\n    --why \"an essential entity\"\n" +
			"  timeglas clock 2026-014 stop nis2 early-warning --why \"sent through virk.dk\"\n" +
			"  timeglas clock 2026-014 start log --name web --days 14 --at 2026-11-12 \\\n    --why \"kept two weeks\"",
		Args: clockArgs,
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return a.clockAct(cmd, args, other)
			}
			if len(args) == 1 {
				return a.caseClock(cmd, args[0], asJSON)
			}
			reading, err := a.reading(aware, now)
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
	other.add(cmd)
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

func clockArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 2 && (args[1] == "start" || args[1] == "stop") && !cmd.Flags().Changed("aware") {
		return nil
	}
	if (len(args) == 1) == cmd.Flags().Changed("aware") || len(args) > 1 {
		return fault.New(fault.Usage, "clock", "give a case, --aware TIME, or R start|stop REGIME")
	}
	if cmd.Flags().Changed("now") && len(args) == 1 {
		return fault.New(fault.Usage, "clock", "--now goes with --aware: timeglas show R --as-of TIME shows a case at another time")
	}
	return nil
}

// caseClock prints the deadline of a case with the clocks beside it.
func (a *app) caseClock(cmd *cobra.Command, ref string, asJSON bool) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	s, err := a.look(cmd.Context(), ref)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(caseClockJSON(s, settings.Language, a.at))
	}
	a.printClock(s.Clock)
	a.printUnsent(s)
	a.printOthers(s)
	return nil
}

// reading is the clock of the moment that was typed.
func (a *app) reading(aware, now string) (clock.Reading, error) {
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
	var f assessFlags
	cmd := &cobra.Command{
		Use:   "assess R, or assess --facts FACTS.toml",
		Short: "severity and duty, with their reasons",
		Long: "Prints what the law requires on the facts of a case, or of a file, with the reasons and " +
			"their sources. It proposes; people decide at the gates. --adjust sets an input of ENISA's sum, " +
			"with the reason, and writes that down. --what-if prints the answer and the notification as they " +
			"would be with other facts beside those of the case, and writes nothing; KEY= takes a fact out.",
		Example: "  timeglas assess 2026-014\n  timeglas assess --facts facts.toml --json\n" +
			"  timeglas assess 2026-014 --adjust DPC=3 --why \"debts stand in the letters\"\n" +
			"  timeglas assess 2026-014 --what-if effect.access=excluded persons.count=12",
		Args: func(_ *cobra.Command, args []string) error { return f.check(args) },
		RunE: a.running(func(cmd *cobra.Command, args []string) error { return a.assess(cmd, args, f) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.facts, "facts", "", "a file of facts instead of a case; - for standard input")
	flags.StringArrayVar(&f.adjust, "adjust", nil, "set DPC, EI or CB: DPC=3; can be given several times")
	flags.StringVar(&f.why, "why", "", "with --adjust: the reason; it is kept")
	flags.StringArrayVar(&f.whatIf, "what-if", nil, "KEY=VALUE of a fact as it might be; more can follow")
	flags.StringVar(&f.asOf, "as-of", "", "of a case: as it was known at that time")
	flagJSON(cmd, &f.asJSON)
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

// assessFlags are the options of assess.
type assessFlags struct {
	facts, why     string
	asOf           string
	adjust, whatIf []string
	asJSON         bool
}

func (f assessFlags) check(args []string) error {
	switch {
	case f.asOf != "" && (f.facts != "" || len(f.adjust) > 0):
		return fault.New(fault.Usage, "assess", "--as-of shows a case as it was: it goes with neither --facts nor --adjust")
	case len(f.whatIf) > 0 && len(args) > 0 && f.facts == "" && len(f.adjust) == 0:
		return nil // the case, and more facts behind it
	case len(f.whatIf) > 0 || len(f.adjust) > 0 && (f.facts != "" || len(args) != 1):
		return fault.New(fault.Usage, "assess", "--adjust and --what-if need a case, and stand alone")
	case (len(args) == 1) == (f.facts != "") || len(args) > 1:
		return fault.New(fault.Usage, "assess", "give either a case or --facts FACTS.toml")
	case f.why != "" && len(f.adjust) == 0:
		return fault.New(fault.Usage, "assess", "--why belongs to --adjust")
	}
	return nil
}

func (a *app) assess(cmd *cobra.Command, args []string, f assessFlags) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	if f.facts != "" {
		given, err := a.factFile(f.facts)
		if err != nil {
			return err
		}
		return a.printAnswer(duty.Assess(sheetOf(given), duty.Context{}), nil, settings.Language, f.asJSON)
	}
	if len(f.adjust) > 0 {
		return a.adjust(cmd, args[0], f, settings.Language)
	}
	s, err := a.lookAsOf(cmd, args[0], f.asOf)
	if err != nil {
		return err
	}
	a.band(s, f.asJSON)
	if len(f.whatIf) > 0 {
		return a.whatIf(s, append(f.whatIf, args[1:]...), settings.Language, f.asJSON)
	}
	return a.printAnswer(s.Duty, decisionsOf(s), settings.Language, f.asJSON)
}

// adjust sets inputs of the severity. It prints the ids of the entries, as every
// command that writes, and with --json the new answer instead.
func (a *app) adjust(cmd *cobra.Command, ref string, f assessFlags, lang string) error {
	act := desk.AdjustSeverity{Why: f.why}
	for _, text := range f.adjust {
		input, err := duty.ParseAdjustment(text)
		if err != nil {
			return err
		}
		act.Inputs = append(act.Inputs, input)
	}
	if !f.asJSON {
		_, err := a.act(cmd, ref, act)
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	done, err := d.Do(cmd.Context(), a.actor(), ref, act, desk.Terms{KeepCPR: keepsCPR(cmd)})
	if err != nil {
		return err
	}
	a.warnMasked(done.Masked)
	return a.printAnswer(done.Situation.Duty, decisionsOf(done.Situation), lang, true)
}

func (a *app) printAnswer(d duty.Assessment, decisions []jsonDecision, lang string, asJSON bool) error {
	if asJSON {
		j := assessmentJSON(d, lang)
		j.Decisions = append(j.Decisions, decisions...)
		return a.printJSON(j)
	}
	a.printAssessment(d, decisions, lang)
	return nil
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

	Moved     []jsonMove     `json:"moved"`     // what each fact that moved the answer did; the answer without it
	Would     []jsonMove     `json:"would"`     // what the answer would be with each open fact
	Decisions []jsonDecision `json:"decisions"` // what people have decided
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
		Moved: movesJSON(d.Moved), Would: movesJSON(d.Would), Decisions: []jsonDecision{},
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
	By    *string  `json:"adjusted_by"`
}

func enisaJSON(e duty.ENISA, lang string) jsonENISA {
	j := jsonENISA{DPC: e.DPC, EI: e.EI, CB: e.CB, Score: e.Score, Band: e.Band, Sum: e.Sum(), Steps: []jsonTerm{}, Flags: []string{}}
	for _, s := range e.Steps {
		j.Steps = append(j.Steps, jsonTerm{s.Part, s.Name.In(lang), s.Value, s.Why.In(lang), append([]string{}, s.Keys...), orNull(s.By)})
	}
	for _, f := range e.Flags {
		j.Flags = append(j.Flags, f.In(lang))
	}
	return j
}

// printAssessment writes the answers, the reasons for them, what is not known that
// could change them, and ENISA's sum.
func (a *app) printAssessment(d duty.Assessment, decisions []jsonDecision, lang string) {
	p := a.page()
	p.table("", dutyRows(d))
	if len(decisions) > 0 {
		p.heading("Decided by people")
		p.table("", decisionRows(decisions))
	}
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
	if len(d.Moved) > 0 {
		p.heading("What each fact did; without it")
		p.table("", movedRows(d.Moved))
	}
	if len(d.Unknown) > 0 {
		p.heading("Not known, and could change the answer")
		p.text("", strings.Join(d.Unknown, ", "))
	}
	if len(d.Would) > 0 {
		p.heading("What one of them would make of it")
		p.table("", wouldRows(d.Would, lang))
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
