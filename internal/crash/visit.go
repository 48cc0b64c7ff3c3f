package main

import (
	"fmt"
)

// visit is one kill and the look at what it left.
type visit struct {
	*site
	command
	ref    string // the case that is written to
	other  string // the case that is made or opened beside it
	file   string // one beside the home
	backed int    // entries of the case when it was backed up
	note   string // one of that case, which nothing speaks of yet
}

const (
	together      = 3  // processes that write at once,
	togetherEvery = 3  // in one of so many visits with a command that allows it
	bigEvery      = 10 // one of so many visits is to the big case
)

// arrive begins a visit to a case.
func (s *site) arrive(c command, ref string) (*visit, error) {
	v := &visit{site: s, command: c, ref: ref}
	if err := v.prepare(); err != nil || c.before == nil {
		return v, err
	}
	return v, c.before(v)
}

// small is the case that is worked on, or a new one when that has grown: there are
// many visits, and each looks at the whole case.
func (s *site) small() (string, error) {
	if l := s.cases[s.current]; l != nil && l.entries < rotate {
		return s.current, nil
	}
	s.current = s.fresh("case")
	if _, err := s.ask("new", "--ref", s.current, "--title", s.text()); err != nil {
		return "", err
	}
	n, err := s.verified(s.current)
	s.cases[s.current] = &ledger{entries: n}
	return s.current, err
}

// prepare lets the program write undisturbed what the visit may speak of and must
// find again.
func (v *visit) prepare() error {
	l := v.cases[v.ref]
	for _, words := range [][]string{factWords(v), {"log", v.ref, v.text()}} {
		out, err := v.ask(words...)
		if err != nil {
			return err
		}
		ids := outcome{out: string(out)}.ids()
		l.entries += len(ids)
		v.acknowledge(l, ids)
		v.note = ids[0]
	}
	return nil
}

func (s *site) acknowledge(l *ledger, ids []string) {
	s.report.acknowledged += len(ids)
	l.ids = append(l.ids, ids...)
}

// visit lets a command run, kills it, and looks.
func (s *site) visit() error {
	s.visits++
	c := commands[s.visits%len(commands)]
	ref, err := s.small()
	if s.visits%bigEvery == 1 {
		ref = bigRef
	}
	if err != nil {
		return err
	}
	v, err := s.arrive(c, ref)
	if err != nil {
		return fmt.Errorf("before %s: %w", c.name, err)
	}
	outcomes, err := v.interrupt()
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	hit := false
	for _, o := range outcomes {
		hit = hit || o.killed
		s.count(c, o, len(outcomes) > 1)
		s.acknowledge(s.cases[v.ref], o.ids())
	}
	if hit {
		v.look(outcomes)
	} else if s.cases[v.ref].entries, err = s.verified(v.ref); err != nil {
		return err
	}
	return nil
}

// interrupt runs the command and kills it; now and then several of it at once.
func (v *visit) interrupt() ([]outcome, error) {
	u := v.usual[v.name]
	if v.several && v.random.IntN(togetherEvery) == 0 {
		var all [][]string
		for range together {
			all = append(all, v.words(v))
		}
		return v.killTogether(u, all...)
	}
	o, err := v.killSomewhere(u, v.words(v)...)
	return []outcome{o}, err
}

func (s *site) count(c command, o outcome, several bool) {
	if !o.killed {
		return
	}
	r := &s.report
	r.kills++
	r.during[c.name]++
	if several {
		r.together++
	}
	if o.call == "" {
		r.atMoment++
	} else {
		r.atCall[o.call]++
	}
	if !o.done() {
		r.silent++
	}
}

// look asks the program what is there after the kill.
func (v *visit) look(outcomes []outcome) {
	l, r := v.cases[v.ref], &v.report
	took, err := v.ready(v.ref)
	if err != nil {
		v.blame("%s: after the kill: %v", v.name, err)
		return
	}
	if v.ref == bigRef {
		r.readyBig = max(r.readyBig, took)
	} else {
		r.ready = max(r.ready, took)
	}
	if took > v.limit {
		v.blame("%s: ready after %v", v.name, took)
	}
	before, spoken := l.entries, 0
	for _, o := range outcomes {
		spoken += len(o.ids())
	}
	if !v.settle(v.ref, l) {
		return
	}
	grown := l.entries - before
	if grown < spoken || grown > v.adds*len(outcomes) || v.adds > 0 && grown%v.adds != 0 {
		v.blame("%s: %d entries more, of which %d were printed; the command makes %d", v.name, grown, spoken, v.adds)
	}
	r.unspoken += grown - spoken
	if v.also != nil {
		if err := v.also(v, outcomes[0].done()); err != nil {
			v.blame("%s: %v", v.name, err)
		}
	}
}

// settle looks whether a case is whole and has what was printed.
func (s *site) settle(ref string, l *ledger) bool {
	n, err := s.verified(ref)
	if err != nil {
		s.report.broken++
		s.blame("%v", err)
		return false
	}
	l.entries = n
	there, err := s.ids(ref)
	if err != nil {
		s.blame("%v", err)
		return false
	}
	for _, id := range l.ids {
		if !there[id] {
			s.report.lost++
			s.blame("%s: entry %s was printed and is gone", ref, id)
		}
	}
	return true
}
