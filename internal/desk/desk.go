// Package desk is the one door to a case: every act of a user, on screen, by
// command or over SSH, is checked here once, against the case as it stands, and
// becomes entries of its journal. What can be seen of a case is put together here
// as well.
//
// What does not belong here: what a fact means (incident), what there is to do
// (playbooks), how entries are kept (storage), and how anything looks.
package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Store is what the desk needs of storage: cases by reference.
type Store interface {
	Create(ctx context.Context, ref string, id timeline.Identity, drafts ...timeline.Draft) ([]timeline.Entry, error)
	Open(ctx context.Context, ref string) (Journal, error)
	Refs(ctx context.Context) ([]Ref, error)
	// Register is the journal of the register, which outlives the cases; write says
	// that it is made when it is missing, which otherwise gives nil.
	Register(ctx context.Context, write bool) (Journal, error)
}

// Ref is a case that the store has.
type Ref struct {
	Name string
	Mark timeline.Mark
}

// Journal is the journal of one open case.
type Journal interface {
	// Read gives the entries after the tip. With a fault Damaged it gives those before
	// the damage.
	Read(ctx context.Context, after timeline.Tip) ([]timeline.Entry, error)
	// Append adds entries after the tip in one durable step, or none at all with
	// timeline.ErrMoved when the tip is no longer the end.
	Append(ctx context.Context, after timeline.Tip, drafts ...timeline.Draft) ([]timeline.Entry, error)
	// Restriction is why nothing can be appended: a fault Damaged, or another when the
	// journal is read-only; nil when something can.
	Restriction() error
	// Check looks through the whole file. Damage is a fault Damaged, and a restriction
	// from then on.
	Check(ctx context.Context) error
	// Override is the rule that was set aside to open the journal, or empty.
	Override() string
	Close() error
}

// Options are what a desk works with. Now and Zone are those of the people at it.
type Options struct {
	Store     Store
	Playbooks *playbooks.Library
	Now       func() time.Time
	Zone      *time.Location
	Mark      timeline.Mark // of the cases that are begun at this desk; a case when empty
	FourEyes  bool          // a notice is filed only after another account than its author's has approved it

	Wording *notice.Wording // of notices; the built-in one when nil

	// LastBackup is when the newest automatic backup of a case was made, zero when
	// there is none. Nil where none are made.
	LastBackup func(ref string) time.Time
}

// Desk serves any number of people at once.
type Desk struct {
	Options
	mu    sync.Mutex
	cases map[string]*file
}

// file is a case that has been opened: its journal and what has been read of it.
type file struct {
	mu      sync.Mutex
	journal Journal
	zone    *time.Location
	wording *notice.Wording
	entries []timeline.Entry
	folded  *incident.Case      // of the entries up to its tip
	book    *playbooks.Playbook // parsed from the source with this hash
	duty    assessed
}

// assessed is the last assessment and what it rests on. Most entries are no facts,
// and weighing what every open fact could change takes milliseconds.
type assessed struct {
	facts    fact.Sheet
	deadline time.Time
	severity []duty.Adjustment
	answer   duty.Assessment
}

// New makes a desk.
func New(o Options) *Desk {
	if o.Mark == "" {
		o.Mark = timeline.MarkCase
	}
	return &Desk{Options: o, cases: map[string]*file{}}
}

// Close closes every case that was opened.
func (d *Desk) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for _, f := range d.cases {
		errs = append(errs, f.journal.Close())
	}
	d.cases = map[string]*file{}
	return errors.Join(errs...)
}

// Situation is a case as it stands at one moment: everything a screen or a command
// shows of it.
type Situation struct {
	Ref   string
	Case  *incident.Case
	Run   playbooks.Run
	Clock clock.Reading
	Duty  duty.Assessment
	Now   time.Time
	AsOf  *time.Time // the moment looked back to; nil for the present

	Others []OtherClock   // clocks beside the 72 hours, oldest first
	Zone   *time.Location // of the people at the desk; nil is UTC

	wording *notice.Wording // of notices, as the desk has it

	// Restriction is why nothing can be written to the case, nil when something can. A
	// fault Damaged says that this is the case as it was before its first bad entry.
	Restriction error
}

// Look is the case as it stands now.
func (d *Desk) Look(ctx context.Context, ref string) (Situation, error) {
	f, err := d.open(ctx, ref)
	if err != nil {
		return Situation{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.refresh(ctx); err != nil {
		return Situation{}, err
	}
	return f.situation(ref, f.entries, d.Now())
}

// LookAsOf is the case as it was known at the moment: folded from the entries that
// had been written by then, with the clock as it stood then.
func (d *Desk) LookAsOf(ctx context.Context, ref string, moment time.Time) (Situation, error) {
	f, err := d.open(ctx, ref)
	if err != nil {
		return Situation{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.refresh(ctx); err != nil {
		return Situation{}, err
	}
	n := timeline.Until(f.entries, moment)
	if n == 0 {
		return Situation{}, fault.New(fault.NotFound, "case "+ref, "it did not exist yet at that moment: it was opened %s",
			f.entries[0].Recorded.In(d.Zone).Format("2006-01-02 15:04:05"))
	}
	s, err := f.situation(ref, f.entries[:n], moment)
	s.AsOf = &moment
	return s, err
}

// At is the same situation a little later: the journal is not read again, only what
// depends on the time of day.
func (s Situation) At(now time.Time) Situation {
	s.Now = now
	s.Clock = readClock(s.Case, now)
	s.Others = otherClocks(s.Case, now, s.zone())
	if s.Run.Playbook != nil {
		s.Run = playbooks.RunOf(s.Run.Playbook, s.Case, now)
	}
	return s
}

// open gives the opened case, opening it when nobody has yet.
func (d *Desk) open(ctx context.Context, ref string) (*file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f, ok := d.cases[ref]; ok {
		return f, nil
	}
	j, err := d.Store.Open(ctx, ref)
	if err != nil {
		return nil, err
	}
	f := &file{journal: j, zone: d.Zone, wording: d.Wording}
	d.cases[ref] = f
	return f, nil
}

// refresh reads what has been appended since the last time.
func (f *file) refresh(ctx context.Context) error {
	news, err := f.journal.Read(ctx, f.tip())
	f.entries = slices.Concat(f.entries, news)
	if fault.Is(err, fault.Damaged) && len(f.entries) > 0 {
		return nil // what is before the damage can be read, and Restriction tells of it
	}
	return err
}

func (f *file) tip() timeline.Tip {
	if len(f.entries) == 0 {
		return timeline.Tip{}
	}
	return f.entries[len(f.entries)-1].Tip()
}

func (f *file) situation(ref string, entries []timeline.Entry, now time.Time) (Situation, error) {
	if len(entries) == 0 {
		return Situation{}, fault.New(fault.Damaged, "case "+ref, "its journal is empty")
	}
	c := f.fold(entries)
	s := Situation{Ref: ref, Case: c, Zone: f.zone, wording: f.wording, Duty: f.assess(c, readClock(c, now).Deadline), Restriction: f.journal.Restriction()}
	if c.Playbook.Source != "" {
		book, err := f.playbook(c.Playbook)
		if err != nil {
			return Situation{}, err
		}
		s.Run.Playbook = book
	}
	return s.At(now), nil
}

// fold is the case of the entries; that of the whole journal is kept, since it is
// asked for again and again while nobody writes.
func (f *file) fold(entries []timeline.Entry) *incident.Case {
	tip := entries[len(entries)-1].Tip()
	if f.folded != nil && f.folded.Tip == tip {
		return f.folded
	}
	c := incident.Fold(entries)
	if tip == f.tip() {
		f.folded = c
	}
	return c
}

// assess is what the law requires on the facts, reckoned again only when they, the
// deadline or the inputs that people have set have changed.
func (f *file) assess(c *incident.Case, deadline time.Time) duty.Assessment {
	same := func(a, b fact.Recorded) bool { return a.Entry == b.Entry }
	set := adjustments(c)
	if f.duty.facts == nil || !maps.EqualFunc(f.duty.facts, c.Facts, same) || !f.duty.deadline.Equal(deadline) || !slices.Equal(f.duty.severity, set) {
		answer := duty.Assess(c.Facts, duty.Context{Deadline: deadline, Severity: set})
		f.duty = assessed{c.Facts, deadline, set, answer}
	}
	return f.duty.answer
}

// playbook parses the playbook that the case carries, once for each version.
func (f *file) playbook(chosen incident.Playbook) (*playbooks.Playbook, error) {
	if f.book == nil || f.book.Hash != chosen.Hash {
		book, err := playbooks.Parse(chosen.Source, chosen.Key+".toml")
		if err != nil {
			return nil, err
		}
		f.book = book
	}
	return f.book, nil
}

func readClock(c *incident.Case, now time.Time) clock.Reading {
	in := clock.Input{Filed: c.FiledToAuthority()}
	if c.Aware != nil {
		in.Aware = &c.Aware.Moment
	}
	// What the authority wants to be decided again no longer stops the clock.
	_, reopened := c.ReopenedBy(playbooks.GateAuthority)
	in.NotRequired = c.Gates[playbooks.GateAuthority].Option == playbooks.OptionNotRequired && !reopened
	return clock.Read(clock.GDPR33(), in, now)
}
