package dialog

import (
	tea "charm.land/bubbletea/v2"

	"timeglas/tui/draw"
	"timeglas/tui/layout"
	"timeglas/tui/theme"
)

// Answer is one of the answers to a question. Then runs when it is given; the
// question is closed whatever it asks for.
type Answer struct {
	Key  string
	Text string
	Then func() Outcome
}

// Question asks something that needs an answer. The first answer is the harmless
// one: it stands under the cursor, and esc gives it.
type Question struct {
	title   string
	text    string
	answers []Answer
	at      int
}

// Ask is a question. The first of the answers must be harmless.
func Ask(title, text string, answers ...Answer) *Question {
	return &Question{title: title, text: text, answers: answers}
}

// Title is shown in the frame.
func (q *Question) Title() string { return q.title }

// Hints are the keys of the answers.
func (q *Question) Hints() []Hint {
	hints := []Hint{{"↑↓ enter", "choose"}}
	for _, a := range q.answers {
		hints = append(hints, Hint{a.Key, a.Text})
	}
	return hints
}

// Update takes the keys of the answers, or moves.
func (q *Question) Update(msg tea.Msg) Outcome {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return Outcome{}
	}
	switch key.String() {
	case "up", "shift+tab", "k":
		q.at = max(q.at-1, 0)
	case "down", "tab", "j":
		q.at = min(q.at+1, len(q.answers)-1)
	case "enter":
		return q.give(q.at)
	case "esc":
		return q.give(0)
	default:
		for i, a := range q.answers {
			if a.Key == key.String() {
				return q.give(i)
			}
		}
	}
	return Outcome{}
}

func (q *Question) give(i int) Outcome {
	var out Outcome
	if then := q.answers[i].Then; then != nil {
		out = then()
	}
	out.Close = true
	return out
}

// Draw shows the question and its answers below each other.
func (q *Question) Draw(t theme.Theme, size layout.Size) Drawn {
	lines := draw.Wrap(q.text, size.W)
	if room := size.H - len(q.answers) - 1; len(lines) > room {
		lines = lines[:max(room, 0)]
	}
	lines = append(lines, "")
	var cursor *tea.Position
	for i, a := range q.answers {
		mark, text := "  ", t.Plain.Render(a.Text)
		if i == q.at {
			mark, text = t.Marks.Cursor+" ", t.Selection.Render(a.Text)
			cursor = &tea.Position{Y: len(lines)}
		}
		lines = append(lines, mark+t.Accent.Render(a.Key)+"  "+text)
	}
	return Drawn{Lines: lines, Cursor: cursor}
}

// startAt puts the cursor on another answer that does no harm either.
func (q *Question) startAt(i int) *Question {
	q.at = i
	return q
}
