package playbooks

import (
	"fmt"
	"slices"
	"strings"

	"timeglas/incident/fact"
)

// check finds what is wrong with a playbook as a whole: what it refers to, what
// waits for itself, what nobody can ever reach, and the decisions it must hold.
// All of it takes time in proportion to the size of the source.
func check(book *Playbook, at places) Problems {
	c := checker{book: book, at: at, index: map[string]int{}}
	c.ids()
	for i := range book.Items {
		c.references(i)
		c.facts(i)
		if gate := book.Items[i].Gate; gate != nil {
			c.options(i, gate)
		}
	}
	order := c.cycles()
	c.unreachable(order)
	c.reserved()
	return c.found
}

type checker struct {
	book  *Playbook
	at    places
	index map[string]int // of the items, by id
	found Problems
}

func (c *checker) wrong(item int, key, why string, args ...any) {
	t := c.at[item]
	c.found = append(c.found, Problem{Line: t.lineOf(key), ID: t.id, Text: t.of + ": " + fmt.Sprintf(why, args...)})
}

func (c *checker) ids() {
	for i, item := range c.book.Items {
		id := item.ID()
		first, twice := c.index[id]
		switch {
		case id == "":
		case id == FromAware || id == FromSuspected:
			c.wrong(i, "id", "“%s” is the name of a moment that due times start from: choose another id", id)
		case twice:
			c.wrong(i, "id", "the id stands on line %d already: ids are shared by steps and gates", c.at.line(first, "id"))
		default:
			c.index[id] = i
		}
	}
}

// references are the ids that an item names: role, phase, what it waits for, what
// its due time starts from.
func (c *checker) references(i int) {
	item := c.book.Items[i].Common()
	if _, ok := c.book.Role(item.Role); item.Role != "" && !ok {
		c.wrong(i, "role", "there is no role “%s”: write a [[role]] of that id", printable(item.Role))
	}
	phase := func(p Phase) bool { return p.ID == item.Phase }
	if item.Phase != "" && !slices.ContainsFunc(c.book.Phases, phase) {
		c.wrong(i, "phase", "there is no phase “%s”: write a [[phase]] of that id", printable(item.Phase))
	}
	for _, need := range item.After {
		c.need(i, need)
	}
	if item.Due == nil || item.Due.From == FromAware || item.Due.From == FromSuspected {
		return
	}
	if item.Due.From == item.ID {
		c.wrong(i, "due", "due starts from the item itself: name \"aware\", \"suspected\" or another one")
	} else if _, ok := c.index[item.Due.From]; !ok {
		c.wrong(i, "due", "due starts from “%s”, which is no step or gate, nor \"aware\" or \"suspected\"", printable(item.Due.From))
	}
}

func (c *checker) need(i int, need Need) {
	found, ok := c.index[need.ID]
	if !ok {
		c.wrong(i, "after", "waits for “%s”, which is no step or gate here", printable(need.ID))
		return
	}
	gate := c.book.Items[found].Gate
	if gate == nil && len(need.Options) > 0 {
		c.wrong(i, "after", "“%s” is a step and has no options: write after = [\"%[1]s\"]", need.ID)
		return
	}
	for _, option := range need.Options {
		if _, ok := gate.Option(option); !ok {
			c.wrong(i, "after", "gate “%s” has no option “%s”: %s", need.ID, printable(option), theOptions(gate))
		}
	}
}

func theOptions(g *Gate) string {
	ids := make([]string, len(g.Options))
	for i, o := range g.Options {
		ids[i] = o.ID
	}
	return "it has " + strings.Join(ids, ", ")
}

func (c *checker) facts(i int) {
	for _, key := range c.book.Items[i].Common().Facts {
		if _, ok := fact.Lookup(key); !ok {
			c.wrong(i, "facts", "there is no fact %q", printable(key))
		}
	}
}

func (c *checker) options(i int, gate *Gate) {
	if len(gate.Options) < 2 {
		c.wrong(i, "id", "a gate needs at least two [[gate.option]] below it")
	}
	for _, option := range gate.Options {
		for _, id := range option.Closes {
			found, ok := c.index[id]
			switch {
			case !ok:
				c.wrong(i, "", "option “%s” closes “%s”, which is no step or gate here", option.ID, printable(id))
			case found == i:
				c.wrong(i, "", "option “%s” closes its own gate", option.ID)
			}
		}
	}
}

// cycles names each ring of items that wait for each other once, and gives the
// items in an order in which everything comes after what it waits for.
func (c *checker) cycles() []int {
	order, rings := arrange(c.book.Items)
	for _, ring := range rings {
		ids := make([]string, 0, len(ring)+1)
		for _, i := range ring {
			ids = append(ids, c.book.Items[i].ID())
		}
		ids = append(ids, ids[0])
		if len(ids) > 9 {
			ids = append(append(ids[:4:4], "…"), ids[len(ids)-4:]...)
		}
		c.wrong(ring[0], "after", "waits for itself: %s", strings.Join(ids, " → "))
	}
	return order
}

// unreachable names items that no decisions can open, and gates whose options can
// therefore never be chosen: an item that every answer which would open it closes;
// one that waits for an answer of a gate, and for another gate that needs a
// different answer of the same; and whatever waits for an answer of such a gate.
func (c *checker) unreachable(order []int) {
	dead := make([]bool, len(c.book.Items))
	for _, i := range order {
		item := c.book.Items[i].Common()
		for _, need := range item.After {
			found, ok := c.index[need.ID]
			if !ok || c.book.Items[found].Gate == nil {
				continue
			}
			gate := c.book.Items[found].Gate
			if closedByAll(gate, need.Options, item.ID) {
				dead[i] = true
				c.wrong(i, "after", "can never be reached: each answer of “%s” that it waits for closes it", need.ID)
			}
			if len(need.Options) > 0 {
				dead[i] = dead[i] || dead[found] || c.contradicted(i, item.After, gate)
			}
		}
		if dead[i] && c.book.Items[i].Gate != nil {
			c.wrong(i, "id", "its options can never be chosen, since the gate is never open")
		}
	}
}

// closedByAll reports whether each of the options, or of all when none is named,
// closes the item.
func closedByAll(gate *Gate, options []string, item string) bool {
	for _, o := range gate.Options {
		waited := len(options) == 0 || slices.Contains(options, o.ID)
		if waited && !slices.Contains(o.Closes, item) {
			return false
		}
	}
	return len(gate.Options) > 0
}

// contradicted reports whether a gate whose answer is waited for was itself waiting
// for another answer than the item is.
func (c *checker) contradicted(i int, after []Need, gate *Gate) bool {
	for _, mine := range after {
		for _, its := range gate.After {
			if mine.ID != its.ID || len(mine.Options) == 0 || len(its.Options) == 0 {
				continue
			}
			shared := func(option string) bool { return slices.Contains(its.Options, option) }
			if !slices.ContainsFunc(mine.Options, shared) {
				c.wrong(i, "after", "can never be reached: it waits for another answer of “%s” than “%s” does, which it also waits for",
					mine.ID, gate.ID)
				return true
			}
		}
	}
	return false
}

// reserved checks the two decisions that every playbook but triage must hold, since
// only they say that nobody is to be notified.
func (c *checker) reserved() {
	if c.book.Key == KeyTriage || c.book.Key == "" {
		return
	}
	for _, want := range []struct {
		id      string
		options []string
	}{
		{GateAuthority, []string{OptionNotify, OptionNotRequired}},
		{GatePeople, []string{OptionIndividually, OptionPublicly, OptionDeferred, OptionNotRequired}},
	} {
		i, ok := c.index[want.id]
		if !ok || c.book.Items[i].Gate == nil {
			c.found = append(c.found, Problem{Line: 1, ID: want.id, Text: fmt.Sprintf(
				"the gate “%s” is missing: every playbook must hold it, with the options %s",
				want.id, strings.Join(want.options, ", "))})
			continue
		}
		c.reservedOptions(i, want.options)
	}
}

func (c *checker) reservedOptions(i int, want []string) {
	gate := c.book.Items[i].Gate
	for _, id := range want {
		if _, ok := gate.Option(id); !ok {
			c.wrong(i, "id", "the option “%s” is missing: it must have %s", id, strings.Join(want, ", "))
		}
	}
	for _, option := range gate.Options {
		if !slices.Contains(want, option.ID) {
			c.wrong(i, "id", "the option “%s” is not one of %s", option.ID, strings.Join(want, ", "))
		}
	}
	if o, ok := gate.Option(OptionDeferred); ok && !gate.NeedsReview(o.ID) {
		c.wrong(i, "id", "the option “%s” needs review = true: a decision to wait has a date at which it is looked at again", o.ID)
	}
}
