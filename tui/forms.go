package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"timeglas/internal/cpr"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/tui/dialog"
)

// form makes a dialog that does an act to the open case. build reads the fields
// into the act, or says what is wrong with them.
//
// The form remembers the last entry that was on the screen when it was opened: if
// somebody changes the same thing meanwhile, saving is a conflict, both values are
// shown, and saving again goes on from there.
func (m *Model) form(title, said string, build func() (desk.Act, error), fields ...dialog.Field) *dialog.Form {
	seen := m.open.s.Case.Tip.Seq
	f := m.newForm(title, fields...)
	f.Send = func(keepCPR bool) (tea.Cmd, error) {
		act, err := build()
		if err != nil {
			return nil, plain(err)
		}
		return m.act(f.Number, act, desk.Terms{Seen: seen, KeepCPR: keepCPR}, said), nil
	}
	f.Conflict = func() []string {
		before := seen
		seen = m.open.s.Case.Tip.Seq // from here on it has been pointed out
		return m.whatChanged(before)
	}
	return f
}

// newForm is a form with what all forms have in common.
func (m *Model) newForm(title string, fields ...dialog.Field) *dialog.Form {
	return &dialog.Form{
		Heading: title, Fields: fields, Number: m.nextRequest(),
		Numbers: func(text string) int { return len(cpr.Find(text)) },
	}
}

// onScreen is a form whose answer only changes what is in view. Nothing of it is
// saved, so nothing in it is looked through for CPR numbers.
func (m *Model) onScreen(title string, build func() (func(), error), fields ...dialog.Field) *dialog.Form {
	f := m.newForm(title, fields...)
	f.Numbers, f.Reads = nil, true
	f.Send = func(bool) (tea.Cmd, error) {
		show, err := build()
		if err != nil {
			return nil, plain(err)
		}
		n := f.Number
		return func() tea.Msg { return answered{n, show} }, nil
	}
	return f
}

// answered is the answer to a form that only changes what is in view.
type answered struct {
	n    int
	show func()
}

func (m *Model) wasAnswered(msg answered) tea.Cmd {
	if m.open != nil {
		msg.show()
	}
	cmd, _ := m.dialogs.Answer(msg.n, nil)
	return cmd
}

// plain takes the name of the act off an error that is shown in the form of that
// act.
func plain(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Code == fault.Usage {
		return errors.New(f.Why)
	}
	return err
}

func required(in *dialog.Input, what string) (string, error) {
	if v := in.Value(); v != "" {
		return v, nil
	}
	return "", errors.New(what)
}

// reason is a field for why, which most acts need.
func reason(help string) *dialog.Input {
	in := dialog.Lines("Why", "")
	in.Help = help
	return in
}

// timeField is a field for a moment, which shows how the text is read.
func (m *Model) timeField(label, value, help string) *dialog.Input {
	in := dialog.Line(label, value)
	in.Help = help
	in.Reading = func(text string) (string, error) {
		_, reading, err := m.words().reading(text)
		if err != nil {
			return "", plain(err)
		}
		return m.theme.Marks.Arrow + " " + reading, nil
	}
	return in
}

// timeHelp are the ways to type a time.
const timeHelp = "14:05 · yesterday 22:10 · 2026-11-19 07:32 · 9 June 2020 · about 14:05 · no later than 2026-11-19 12:00"

func (m *Model) moment(in *dialog.Input) (when.Moment, error) {
	at, _, err := m.words().reading(in.Value())
	return at, err
}

// writeNote is one line about what happened.
func (m *Model) writeNote() tea.Cmd {
	line := dialog.Line("Note", "")
	kind := 0
	kinds := kindNames()
	line.Help = "a time in front sets when it happened (14:05 called the supplier); # makes a tag"
	line.Reading = func(text string) (string, error) {
		n, err := readNote(text, m.o.Zone, m.now)
		if err != nil {
			return "", plain(err)
		}
		return m.noteReading(n, kinds[kind]), nil
	}
	f := m.form("Note", "saved", func() (desk.Act, error) {
		n, err := readNote(line.Value(), m.o.Zone, m.now)
		if err != nil {
			return nil, err
		}
		return desk.Log{Text: n.text, At: n.at, Kind: kinds[kind], Tags: n.tags}, nil
	}, line)
	f.Cycle, f.CycleHint = func() tea.Cmd {
		kind = (kind + 1) % len(kinds)
		f.Heading = noteTitle(kinds[kind])
		return nil
	}, "kind"
	f.Heading = noteTitle(kinds[kind])
	return m.push(f.Start())
}

func (m *Model) noteReading(n note, kind kindName) string {
	at := "now"
	if n.timed() {
		at = m.words().moment(n.at)
	}
	text := m.theme.Marks.Arrow + " " + string(kind) + ", " + at
	if len(n.tags) > 0 {
		text += ", tags: " + strings.Join(n.tags, " ")
	}
	return text
}

// recordAware is the moment from which the hours run.
func (m *Model) recordAware() tea.Cmd {
	c := m.open.s.Case
	value, who := "", ""
	if c.Aware != nil {
		value, who = when.Text(c.Aware.Moment), c.Aware.Who
	}
	which := dialog.One("It is", []dialog.Option{
		{Value: "aware", Label: "aware", Help: "somebody in the organisation knew with reasonable certainty: the 72 hours run from here"},
		{Value: "suspected", Label: "suspected", Help: "a first sign, still being looked into: starts no clock"},
	}, "aware")
	at := m.timeField("When", value, timeHelp)
	by := dialog.Line("Who", who)
	by.Help = "who it was that knew: the clock starts with anyone in the organisation"
	why := reason("on what ground: what they had seen or been told")
	f := m.form("When did somebody know?", "recorded", func() (desk.Act, error) {
		if _, err := required(at, "say when: the clock runs from it"); err != nil {
			return nil, err
		}
		moment, err := m.moment(at)
		if err != nil {
			return nil, err
		}
		if _, err := required(by, "say who it was that knew"); err != nil {
			return nil, err
		}
		if _, err := required(why, "say why: on what ground"); err != nil {
			return nil, err
		}
		return desk.RecordAwareness{Moment: moment, Who: by.Value(), Why: why.Value(), Suspected: which.Value() == "suspected"}, nil
	}, which, at, by, why)
	return m.push(f.Start())
}

// withReason is a form of one field for why.
func (m *Model) withReason(title, intro, said, help string, build func(why string) desk.Act) *dialog.Form {
	why := reason(help)
	fields := []dialog.Field{why}
	if intro != "" {
		fields = []dialog.Field{dialog.Say(intro), why}
	}
	return m.form(title, said, func() (desk.Act, error) {
		text, err := required(why, "a reason is needed: say why")
		return build(text), err
	}, fields...)
}
