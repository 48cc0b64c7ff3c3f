package playbooks

import (
	"math"
	"slices"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/fact"
)

// RunOf is the playbook as it stands in the case at now. It depends on nothing but
// its arguments: decide a gate anew, and everything that hangs on it follows.
//
//   - What a person has done, skipped or decided stands, whatever closes it later.
//     A decision for an option that this playbook does not have counts as none.
//   - An item is closed by a decided option that closes it; by a gate it waits for
//     that was decided otherwise; and by whatever closed that gate undecided.
//   - A step that is done, skipped or closed lets what waits for it go on. So does a
//     gate that is decided, or is closed while no particular answer is waited for.
//   - Everything else is blocked while something it waits for is open or blocked.
func RunOf(p *Playbook, c *incident.Case, now time.Time) Run {
	r := running{
		book: p, marks: c,
		index:    make(map[string]int, len(p.Items)),
		closedBy: make(map[string]string),
		items:    make([]RunItem, len(p.Items)),
	}
	for i, item := range p.Items {
		if _, twice := r.index[item.ID()]; !twice {
			r.index[item.ID()] = i
		}
		r.items[i] = RunItem{Item: item}
		r.settle(&r.items[i])
	}
	order, _ := arrange(p.Items)
	for _, i := range order {
		r.place(&r.items[i])
	}
	for i := range r.items {
		r.date(&r.items[i], now)
		r.items[i].Missing = missing(c.Facts, p.Items[i].Common().Facts)
	}
	return Run{Playbook: p, Items: r.items}
}

// running is a run being made.
type running struct {
	book     *Playbook
	marks    *incident.Case
	index    map[string]int    // of the items, by id
	closedBy map[string]string // the gate whose decision closes an item, by the item's id
	items    []RunItem
}

// settle gives an item the state that a person put it in, and notes what a decision
// closes. Everything else waits for place.
func (r *running) settle(item *RunItem) {
	switch {
	case item.Step != nil:
		mark, ok := r.marks.Steps[item.Step.ID]
		if !ok {
			return
		}
		item.Mark = &mark
		switch mark.State {
		case incident.StepDone:
			item.State = StateDone
		case incident.StepSkipped:
			item.State = StateSkipped
		}
	case item.Gate != nil:
		decision, ok := r.marks.Gates[item.Gate.ID]
		if !ok {
			return
		}
		item.Decision = &decision
		option, ok := item.Gate.Option(decision.Option)
		if !ok {
			return
		}
		item.State = StateDone
		for _, id := range option.Closes {
			if _, closed := r.closedBy[id]; !closed {
				r.closedBy[id] = item.Gate.ID
			}
		}
	}
}

// place finds the state of an item that nobody has settled, from those it waits
// for, which have been placed before.
func (r *running) place(item *RunItem) {
	if item.State != "" {
		return
	}
	if gate, closed := r.closedBy[item.ID()]; closed {
		item.State, item.ClosedBy = StateClosed, gate
		return
	}
	for _, need := range item.Common().After {
		met, closedBy := r.answer(need)
		if closedBy != "" {
			item.State, item.ClosedBy, item.BlockedBy = StateClosed, closedBy, nil
			return
		}
		if !met {
			item.BlockedBy = append(item.BlockedBy, need.ID)
		}
	}
	item.State = StateOpen
	if len(item.BlockedBy) > 0 {
		item.State = StateBlocked
	}
}

// answer says whether a need is met, or which gate has made it impossible to meet.
func (r *running) answer(need Need) (met bool, closedBy string) {
	i, ok := r.index[need.ID]
	if !ok {
		return false, ""
	}
	on := &r.items[i]
	switch on.State {
	case StateSkipped:
		return true, ""
	case StateClosed:
		if on.Gate != nil && len(need.Options) > 0 {
			return false, on.ClosedBy
		}
		return true, ""
	case StateDone:
		if on.Gate != nil && len(need.Options) > 0 && !slices.Contains(need.Options, on.Decision.Option) {
			return false, need.ID
		}
		return true, ""
	}
	return false, ""
}

// date gives an item its due time, and a decision its date of review.
func (r *running) date(item *RunItem, now time.Time) {
	if item.Decision != nil && item.State == StateDone && item.Decision.Review != nil && item.Decision.Review.Known() {
		review := item.Decision.Review.Earliest()
		item.Review = &review
	}
	due := item.Common().Due
	if due == nil {
		return
	}
	from, ok := r.start(due.From)
	if !ok {
		return
	}
	at := from.Add(elapsed(due.Hours))
	item.Due = &at
	item.Late = now.After(at) && (item.State == StateOpen || item.State == StateBlocked)
}

// start is the moment that a due time counts from. Of a moment that is not known
// exactly the earliest bound counts, of "no later than" the moment named: the
// strict reading, as for the 72 hours.
func (r *running) start(from string) (time.Time, bool) {
	switch from {
	case FromSuspected:
		return begin(r.marks.Suspected)
	case FromAware:
		return begin(r.marks.Aware)
	}
	i, ok := r.index[from]
	if !ok {
		return time.Time{}, false
	}
	switch on := &r.items[i]; {
	case on.State != StateDone && on.State != StateSkipped:
		return time.Time{}, false
	case on.Mark != nil:
		return on.Mark.At, true
	default:
		return on.Decision.At, true
	}
}

func begin(a *incident.Awareness) (time.Time, bool) {
	if a == nil {
		return time.Time{}, false
	}
	return clock.Due(&a.Moment, 0)
}

// elapsed is a number of hours as a duration; hours without end are cut to the
// longest due time that a playbook can state, and less than none to none.
func elapsed(hours float64) time.Duration {
	if math.IsNaN(hours) || hours < 0 {
		return 0
	}
	return time.Duration(min(hours, maxHours) * float64(time.Hour))
}

// missing are the keys that have no known value. A key of subset.NAME stands for
// the subsets there are: it is missing when there is none, or one lacks it.
func missing(sheet fact.Sheet, keys []string) []string {
	var lacking []string
	for _, key := range keys {
		if !known(sheet, key) {
			lacking = append(lacking, key)
		}
	}
	return lacking
}

func known(sheet fact.Sheet, key string) bool {
	name, field, ok := fact.CutSubset(key)
	if !ok || name != fact.SubsetName {
		return sheet.State(key) == fact.Known
	}
	subsets := sheet.Subsets()
	for _, subset := range subsets {
		if sheet.State(fact.SubsetKey(subset, field)) != fact.Known {
			return false
		}
	}
	return len(subsets) > 0
}

// Open are the items that can be done or decided now, in the playbook's order.
func (r Run) Open() []RunItem {
	var open []RunItem
	for _, item := range r.Items {
		if item.State == StateOpen {
			open = append(open, item)
		}
	}
	return open
}

// Item is the item with that id, and whether the run has it.
func (r Run) Item(id string) (RunItem, bool) {
	for _, item := range r.Items {
		if item.ID() == id {
			return item, true
		}
	}
	return RunItem{}, false
}

// Next is what is due next: of the items that can be done now, and the decisions
// whose date of review has come at now, the one with the earliest time; items
// without a time come last, in the playbook's order. False when nothing is left.
func (r Run) Next(now time.Time) (RunItem, bool) {
	best, found, earliest := RunItem{}, false, time.Time{}
	for _, item := range r.Items {
		at, ok := item.asksAt(now)
		if !ok {
			continue
		}
		sooner := !at.IsZero() && (earliest.IsZero() || at.Before(earliest))
		if !found || sooner {
			best, found, earliest = item, true, at
		}
	}
	return best, found
}

// asksAt is when an item asks for something to be done, the zero time when at no
// particular time; false when it asks for nothing now.
func (item RunItem) asksAt(now time.Time) (time.Time, bool) {
	switch {
	case item.State == StateOpen && item.Due != nil:
		return *item.Due, true
	case item.State == StateOpen:
		return time.Time{}, true
	case item.ReviewDue(now):
		return *item.Review, true
	}
	return time.Time{}, false
}

// ReviewDue reports whether a decision must be looked at again at now.
func (item RunItem) ReviewDue(now time.Time) bool {
	return item.Review != nil && !now.Before(*item.Review)
}

// Counts are how many items are in each state, and how many of the open and blocked
// ones are late.
type Counts struct {
	Open, Blocked, Done, Skipped, Closed int
	Late                                 int
}

// Settled is how many items need nothing more: done, skipped or closed.
func (c Counts) Settled() int { return c.Done + c.Skipped + c.Closed }

// Total is how many items there are.
func (c Counts) Total() int { return c.Open + c.Blocked + c.Settled() }

// Counts counts the items by state.
func (r Run) Counts() Counts {
	var c Counts
	of := map[ItemState]*int{
		StateOpen: &c.Open, StateBlocked: &c.Blocked, StateDone: &c.Done,
		StateSkipped: &c.Skipped, StateClosed: &c.Closed,
	}
	for _, item := range r.Items {
		if n, ok := of[item.State]; ok {
			*n++
		}
		if item.Late {
			c.Late++
		}
	}
	return c
}
