package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/tui/dialog"
)

func (m *Model) dutyRow() dutyRow {
	r, _ := m.open.duty.chosen(m.open.pane().chosen())
	return r
}

// adjustSeverity sets one input of the sum, with a reason.
func (m *Model) adjustSeverity() tea.Cmd {
	input := dialog.One("Input", []dialog.Option{
		{Value: "DPC", Label: "DPC", Help: "data processing context: 1 to 4"},
		{Value: "EI", Label: "EI", Help: "ease of identification: 0.25 to 1, in steps of 0.25"},
		{Value: "CB", Label: "CB", Help: "circumstances of the breach: 0 to 2, in steps of 0.25"},
	}, m.dutyRow().input)
	value := dialog.Line("Value", "")
	read := func() (duty.Adjustment, error) { return duty.ParseAdjustment(input.Value() + "=" + value.Value()) }
	value.Reading = func(string) (string, error) {
		a, err := read()
		if err != nil {
			return "", plain(err)
		}
		return fmt.Sprintf("%s %s %g", m.theme.Marks.Arrow, a.Input, a.Value), nil
	}
	why := reason("why the reckoned value does not fit here; it stands beside it")
	return m.push(m.form("Adjust the severity", "adjusted", func() (desk.Act, error) {
		a, err := read()
		if err != nil {
			return nil, err
		}
		text, err := required(why, "a reason is needed: say why")
		return desk.AdjustSeverity{Inputs: []duty.Adjustment{a}, Why: text}, err
	}, input, value, why).Start())
}

// gateOptions are the gates of the run, with none for the case as a whole.
func (m *Model) gateOptions(fits func(id string) bool) []dialog.Option {
	var options []dialog.Option
	for _, item := range m.open.s.Run.Items {
		if item.Gate != nil && fits(item.ID()) {
			options = append(options, dialog.Option{Value: item.ID(), Label: clean.Line(item.Common().Title.In(m.o.Lang))})
		}
	}
	return options
}

// writeAdvice keeps what the data protection officer, or another adviser, says.
func (m *Model) writeAdvice() tea.Cmd {
	by := dialog.Line("Who", "")
	by.Help = "who advises: the data protection officer, a lawyer"
	text := dialog.Lines("Advice", "")
	gate := dialog.One("On", append([]dialog.Option{{Value: "", Label: "the case as a whole"}}, m.gateOptions(func(string) bool { return true })...), "")
	option := dialog.Line("Answer", "")
	option.Reading = func(typed string) (string, error) { return m.readOption(gate.Value(), typed) }
	option.Help = "the answer that is advised, where one is; may stay empty"
	return m.push(m.form("Advice", "recorded", func() (desk.Act, error) {
		if _, err := required(by, "say whose advice it is"); err != nil {
			return nil, err
		}
		if _, err := required(text, "the advice is empty"); err != nil {
			return nil, err
		}
		return desk.Advise{Text: text.Value(), By: by.Value(), Gate: gate.Value(), Option: option.Value()}, nil
	}, by, text, gate, option).Start())
}

// readOption says what a typed answer of a gate means, or which there are.
func (m *Model) readOption(gate, typed string) (string, error) {
	item, ok := m.open.s.Run.Item(gate)
	if !ok || item.Gate == nil {
		return "", errors.New("an answer belongs to a decision: choose one above")
	}
	var all []string
	for _, o := range item.Gate.Options {
		if o.ID == typed {
			return m.theme.Marks.Arrow + " " + clean.Line(o.Title.In(m.o.Lang)), nil
		}
		all = append(all, o.ID)
	}
	return "", errors.New("the answers are: " + strings.Join(all, ", "))
}

func (m *Model) decided() []dialog.Option {
	return m.gateOptions(func(id string) bool { _, ok := m.open.s.Case.Gates[id]; return ok })
}

func noDecision(m *Model) string {
	if len(m.decided()) == 0 {
		return "nothing is decided yet that one could disagree with"
	}
	return ""
}

func (m *Model) writeDissent() tea.Cmd {
	gate := dialog.One("Decision", m.decided(), "")
	why := reason("why you would have decided otherwise; it is kept beside the decision")
	return m.push(m.form("I disagree", "recorded", func() (desk.Act, error) {
		text, err := required(why, "say why")
		return desk.Dissent{Gate: gate.Value(), Why: text}, err
	}, gate, why).Start())
}

// startClock starts a clock beside the 72 hours: those that the facts suggest first.
func (m *Model) startClock() tea.Cmd {
	var options []dialog.Option
	seen := map[string]bool{}
	offer := func(r clock.Regime, why string) {
		if !seen[r.Key] {
			seen[r.Key] = true
			options = append(options, dialog.Option{Value: r.Key, Label: r.Title.In(m.o.Lang) + why, Help: r.Trigger.In(m.o.Lang) + "; " + r.Ref()})
		}
	}
	for _, s := range m.open.s.Suggested() {
		offer(s.Regime, " (suggested)")
	}
	for _, r := range clock.Regimes() {
		offer(r, "")
	}
	which := dialog.One("Clock", options, m.dutyRow().offer)
	start := m.timeField("Runs from", "", timeHelp)
	if a := m.open.s.Case.Aware; a != nil {
		start.Set(when.Text(a.Moment))
	}
	length := dialog.Line("Length", "")
	length.Help = "only for contracts and evidence: 48h or 30d"
	name := dialog.Line("Name", "")
	name.Help = "where a case can have several: access log, camera 4; may stay empty"
	why := dialog.Line("Why", "")
	return m.push(m.form("Start a clock beside the 72 hours", "it runs", func() (desk.Act, error) {
		at, err := m.moment(start)
		if err != nil {
			return nil, err
		}
		after, err := span(length.Value())
		if err != nil {
			return nil, err
		}
		text, err := required(why, "a reason is needed: say why it holds here")
		return desk.StartClock{Regime: which.Value(), Start: at, After: after, Name: name.Value(), Why: text}, err
	}, which, start, length, name, why).Start())
}

// span reads a length in hours or days; empty for none.
func span(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	var n int
	var unit string
	if _, err := fmt.Sscanf(strings.ReplaceAll(text, " ", ""), "%d%1s", &n, &unit); err == nil && n > 0 && n < 100_000 {
		switch unit {
		case "h":
			return time.Duration(n) * time.Hour, nil
		case "d":
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	return 0, errors.New("a length is hours or days: 48h, 30d")
}

func notOpenMatter(m *Model) string {
	r := m.dutyRow()
	switch {
	case r.clock == nil && r.matter == nil:
		return "choose a clock, or something that waits for an answer"
	case r.matter != nil && r.matter.Settled != nil, r.clock != nil && !r.clock.Running():
		return "it is done already"
	}
	return ""
}

// settle says that the chosen clock or matter is done.
func (m *Model) settle() tea.Cmd {
	r := m.dutyRow()
	at := m.timeField("When", m.now.In(m.o.Zone).Format("2006-01-02 15:04"), timeHelp)
	how := dialog.Line("How", "")
	how.Help = "what was done or sent"
	return m.push(m.form("Done: "+r.lead, "done", func() (desk.Act, error) {
		moment, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		if _, err := required(how, "say what was done"); err != nil {
			return nil, err
		}
		if r.matter != nil {
			return desk.SettleMatter{Side: r.matter.Side, Entry: r.matter.Entry, Done: moment, Text: how.Value()}, nil
		}
		return desk.StopClock{Clock: r.clock.Entry, Stage: r.stage, When: moment, Why: how.Value()}, nil
	}, at, how).Start())
}

func notRequest(m *Model) string {
	r := m.dutyRow()
	if r.matter == nil || r.matter.Side != incident.WithPerson || r.matter.Settled != nil {
		return "choose an open request of a person"
	}
	return ""
}

func (m *Model) extendRequest() tea.Cmd {
	r := m.dutyRow()
	at := m.timeField("Told", m.now.In(m.o.Zone).Format("2006-01-02 15:04"), "when the person was told of the longer time; within the first month")
	why := reason("why a month is not enough (Article 12(3))")
	return m.push(m.form("Extend: "+r.lead, "extended", func() (desk.Act, error) {
		moment, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		text, err := required(why, "a reason is needed: the person has to be told it")
		return desk.ExtendRequest{Entry: r.matter.Entry, Told: moment, Why: text}, err
	}, at, why).Start())
}

// logMatter keeps what came from the authority, or from a person.
func (m *Model) logMatter() tea.Cmd {
	side := dialog.One("From", []dialog.Option{
		{Value: string(incident.WithAuthority), Label: "the authority", Help: "sorts: " + strings.Join(desk.Sorts(incident.WithAuthority), ", ")},
		{Value: string(incident.WithPerson), Label: "a person", Help: "due in a month (Article 12(3)); sorts: " + strings.Join(desk.Sorts(incident.WithPerson), ", ")},
	}, "")
	sort := dialog.Line("Sort", "")
	sort.Help = "question where it is left empty"
	sort.Reading = func(typed string) (string, error) {
		for _, s := range desk.Sorts(incident.Side(side.Value())) {
			if s == typed {
				return m.theme.Marks.Arrow + " " + s, nil
			}
		}
		return "", errors.New("it is one of " + strings.Join(desk.Sorts(incident.Side(side.Value())), ", "))
	}
	text := dialog.Lines("What", "")
	text.Help = "what is asked, ordered or decided, without names or CPR numbers"
	at := m.timeField("Received", m.now.In(m.o.Zone).Format("2006-01-02 15:04"), timeHelp)
	due := m.timeField("Due", "", "the last moment for an answer, where the authority sets one")
	reopens := dialog.One("Reopens", append([]dialog.Option{{Value: "", Label: "no decision"}}, m.gateOptions(func(string) bool { return true })...), "")
	return m.push(m.form("From the authority, or from a person", "recorded", func() (desk.Act, error) {
		if _, err := required(text, "the text is empty"); err != nil {
			return nil, err
		}
		received, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		act := desk.LogMatter{Side: incident.Side(side.Value()), Sort: sort.Value(), Text: text.Value(), Received: received, Reopens: reopens.Value()}
		if due.Value() != "" {
			moment, err := m.moment(due)
			if err != nil {
				return nil, err
			}
			latest := moment.Latest()
			act.Due = &latest
		}
		return act, nil
	}, side, sort, text, at, due, reopens).Start())
}

// whatIf asks for a fact and a value to suppose. Nothing of it is written.
func (m *Model) whatIf() tea.Cmd {
	var items []dialog.Item
	for _, k := range fact.Keys() {
		if _, _, part := fact.CutSubset(k.Name); part {
			continue
		}
		items = append(items, dialog.Item{Key: "", Title: k.Label.In(m.o.Lang), Does: m.factText(k.Name), Group: fact.GroupLabel(k.Group()).In(m.o.Lang),
			Run: func() dialog.Outcome { return dialog.Outcome{Push: m.suppose(k).Start()} }})
	}
	return m.push(dialog.Pick("What if … (choose a fact)", items, true))
}

func (m *Model) suppose(k fact.Key) *dialog.Form {
	field, typed := m.factField(k, m.open.s.Case.Facts[k.Name])
	return m.onScreen("What if: "+clean.Line(k.Label.In(m.o.Lang)), func() (func(), error) {
		value, err := fact.Parse(k.Name, typed(), m.o.Zone, m.now)
		if err != nil {
			return nil, err
		}
		return func() {
			m.open.duty.suppose(desk.Given{Key: k.Name, Value: value})
			m.open.take(m, m.open.s)
			m.open.show(dutyPane)
			m.open.choose(m.open.pane(), 1)
		}, nil
	}, field)
}

func noWhatIf(m *Model) string {
	if len(m.open.duty.supposed) == 0 {
		return "nothing is supposed, w supposes a fact"
	}
	return ""
}

func (m *Model) dropWhatIf() tea.Cmd {
	m.open.duty.supposed = nil
	m.open.take(m, m.open.s)
	return nil
}
