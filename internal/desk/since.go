package desk

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

// News is what has come to a case after a point of its journal.
type News struct {
	After     int64 // sequence of the last entry that is not new
	Entries   []timeline.Line
	Facts     []FactChange // in the order in which they last changed
	Aware     *AwarenessChange
	Suspected *AwarenessChange
	Decisions []DecisionChange // oldest first
	Steps     []StepChange     // oldest first
}

// FactChange is a fact whose value is another one than before. Old is nil when it
// had none, New when it was taken back.
type FactChange struct {
	Key      string
	Old, New *fact.Recorded
}

// AwarenessChange is a moment that starts the clock, or could, and was set anew.
type AwarenessChange struct{ Old, New *incident.Awareness }

// DecisionChange is a gate that was decided, decided again, or whose decision was
// taken back. One of the two can be nil.
type DecisionChange struct {
	Gate     string
	Old, New *incident.Decision
}

// StepChange is a step that was done, skipped or reopened, or where that was taken
// back. One of the two can be nil.
type StepChange struct {
	Step     string
	Old, New *incident.StepMark
}

// Since is what is new after the entry with that sequence. It depends on nothing but
// the case: who has seen what is for the caller to remember.
func (s Situation) Since(seq int64) News {
	lines := s.Case.Timeline.Lines
	seq = min(max(seq, 0), int64(len(lines)))
	before, now := incident.Fold(entriesOf(lines[:seq])), s.Case
	news := News{
		After: seq, Entries: lines[seq:],
		Aware:     awarenessChange(before.Aware, now.Aware),
		Suspected: awarenessChange(before.Suspected, now.Suspected),
	}
	sameFact := func(a, b fact.Recorded) bool { return a.Entry == b.Entry }
	changes(before.Facts, now.Facts, sameFact, func(key string, old, new *fact.Recorded) {
		news.Facts = append(news.Facts, FactChange{key, old, new})
	})
	sameGate := func(a, b incident.Decision) bool { return a.Entry == b.Entry }
	changes(before.Gates, now.Gates, sameGate, func(gate string, old, new *incident.Decision) {
		news.Decisions = append(news.Decisions, DecisionChange{gate, old, new})
	})
	sameStep := func(a, b incident.StepMark) bool { return a.Entry == b.Entry }
	changes(before.Steps, now.Steps, sameStep, func(step string, old, new *incident.StepMark) {
		news.Steps = append(news.Steps, StepChange{step, old, new})
	})
	slices.SortStableFunc(news.Facts, func(a, b FactChange) int { return cmp.Compare(factSeq(a), factSeq(b)) })
	slices.SortStableFunc(news.Decisions, func(a, b DecisionChange) int { return cmp.Compare(a.seq(), b.seq()) })
	slices.SortStableFunc(news.Steps, func(a, b StepChange) int { return cmp.Compare(a.seq(), b.seq()) })
	return news
}

// SeenBy is the sequence of the last entry that the account has written: whatever
// stands before it, its author can have seen. 0 when it wrote none.
func (s Situation) SeenBy(account string) int64 {
	for _, l := range slices.Backward(s.Case.Timeline.Lines) {
		if l.Author == account {
			return l.Seq
		}
	}
	return 0
}

// SeqAt is the sequence of the last entry that had been written by then, 0 when none
// had.
func (s Situation) SeqAt(moment time.Time) int64 {
	return int64(timeline.Until(entriesOf(s.Case.Timeline.Lines), moment))
}

// entriesOf are the entries as they were read, without what later ones did to them.
func entriesOf(lines []timeline.Line) []timeline.Entry {
	entries := make([]timeline.Entry, len(lines))
	for i, l := range lines {
		entries[i] = l.Entry
	}
	return entries
}

// changes tells what differs between two tables, by key.
func changes[V any](old, new map[string]V, same func(a, b V) bool, tell func(key string, old, new *V)) {
	keys := maps.Clone(old)
	if keys == nil {
		keys = map[string]V{}
	}
	maps.Copy(keys, new)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, was := old[key]
		b, is := new[key]
		switch {
		case was && is && same(a, b):
		case was && is:
			tell(key, &a, &b)
		case was:
			tell(key, &a, nil)
		default:
			tell(key, nil, &b)
		}
	}
}

func awarenessChange(old, new *incident.Awareness) *AwarenessChange {
	if old == nil && new == nil || old != nil && new != nil && old.Entry == new.Entry {
		return nil
	}
	return &AwarenessChange{old, new}
}

// What was taken back has no entry of its own to be ordered by: it comes last.
const takenBack = int64(1) << 62

func factSeq(c FactChange) int64 {
	if c.New == nil {
		return takenBack
	}
	return c.New.Seq
}

func (c DecisionChange) seq() int64 {
	if c.New == nil {
		return takenBack
	}
	return c.New.Seq
}

func (c StepChange) seq() int64 {
	if c.New == nil {
		return takenBack
	}
	return c.New.Seq
}
