// Package demo tells the worked example: the loss of registrations at two Danish
// return centres in the summer of 2020, entry by entry as it unfolded. It rests on
// what the Danish Immigration Service and the supervisory authority published. What
// they did not publish is unknown here too; the times at which the entries are
// written are staged, and the journal's mark says so for ever.
//
// What does not belong here: anything that only the demonstration could do. It acts
// at the desk like everybody else.
package demo

import (
	"context"
	"fmt"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Ref is the reference of the case that is told.
const Ref = "2020-return-centres"

// Tell writes the case into a store that does not have it yet. The times of the
// story are Danish: zone is Europe/Copenhagen.
func Tell(ctx context.Context, store desk.Store, books *playbooks.Library, zone *time.Location) error {
	t := &teller{ctx: ctx, zone: zone}
	t.desk = desk.New(desk.Options{
		Store: store, Playbooks: books, Zone: zone, Mark: timeline.MarkDemo,
		Now: func() time.Time { return t.now },
	})
	for _, s := range story() {
		if err := t.tell(s); err != nil {
			return fmt.Errorf("demo, %s: %w", s.at, err)
		}
	}
	return t.desk.Close()
}

// scene is what one person writes in one sitting.
type scene struct {
	at    string // Danish time at which the first line is written: "2020-07-04 09:10"
	actor string
	lines []line
}

// line is one act of the story.
type line func(*teller) error

type teller struct {
	ctx   context.Context
	desk  *desk.Desk
	zone  *time.Location
	now   time.Time
	actor desk.Actor
}

// betweenLines is how long a person takes to write one.
const betweenLines = 2 * time.Minute

func (t *teller) tell(s scene) error {
	at, err := time.ParseInLocation("2006-01-02 15:04", s.at, t.zone)
	if err != nil {
		return err
	}
	t.now, t.actor = at, desk.Actor{Account: s.actor}
	for i, write := range s.lines {
		if err := write(t); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
		t.now = t.now.Add(betweenLines)
	}
	return nil
}

func (t *teller) do(act desk.Act) error {
	_, err := t.desk.Do(t.ctx, t.actor, Ref, act, desk.Terms{})
	return err
}

func (t *teller) moment(text string) (when.Moment, error) { return when.Parse(text, t.zone, t.now) }

// begin opens the case.
func begin(title, playbook string) line {
	return func(t *teller) error {
		_, err := t.desk.Begin(t.ctx, t.actor, desk.Begin{Ref: Ref, Title: title, Playbook: playbook})
		return err
	}
}

// write puts a line into the timeline that happened at the time given.
func write(kind timeline.Kind, at, text string, tags ...string) line {
	return func(t *teller) error {
		m, err := t.moment(at)
		if err != nil {
			return err
		}
		return t.do(desk.Log{Kind: kind, At: m, Text: text, Tags: tags})
	}
}

// facts records pairs of key and value for one reason.
func facts(why string, pairs ...string) line {
	return func(t *teller) error {
		var given []desk.Given
		for i := 0; i+1 < len(pairs); i += 2 {
			value, err := fact.Parse(pairs[i], pairs[i+1], t.zone, t.now)
			if err != nil {
				return err
			}
			given = append(given, desk.Given{Key: pairs[i], Value: value})
		}
		return t.do(desk.RecordFacts{Facts: given, Why: why})
	}
}

func suspected(at, who, why string) line { return awareness(at, who, why, true) }
func aware(at, who, why string) line     { return awareness(at, who, why, false) }

func awareness(at, who, why string, onlySuspected bool) line {
	return func(t *teller) error {
		m, err := t.moment(at)
		if err != nil {
			return err
		}
		return t.do(desk.RecordAwareness{Moment: m, Who: who, Why: why, Suspected: onlySuspected})
	}
}

func done(step, why string) line {
	return func(t *teller) error {
		return t.do(desk.MarkStep{Step: step, State: incident.StepDone, Why: why})
	}
}

func skip(step, why string) line {
	return func(t *teller) error {
		return t.do(desk.MarkStep{Step: step, State: incident.StepSkipped, Why: why})
	}
}

func decide(gate, option, why string) line {
	return func(t *teller) error {
		return t.do(desk.DecideGate{Gate: gate, Option: option, Why: why, Books: t.desk.Playbooks})
	}
}
