package desk

import (
	"context"
	"strings"

	"timeglas/incident"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// Begin opens a case. The whole of it is written in one step: a case that is there
// has its title, its playbook and what else was given.
type Begin struct {
	Ref      string
	Title    string
	Playbook string              // a key of the library; triage when empty
	Book     *playbooks.Playbook // instead of Playbook: one that was read from a file
	Aware    *RecordAwareness    // if it is known already
	Facts    []Given             // what the organisation's settings give
	KeepCPR  bool
}

// DefaultPlaybook is the one that asks what kind of incident it is.
const DefaultPlaybook = "triage"

// Begin opens a case. Faults: Exists when there is one of that reference; Usage
// when something given is wrong; NotFound for an unknown playbook.
func (d *Desk) Begin(ctx context.Context, actor Actor, b Begin) (Done, error) {
	if strings.TrimSpace(b.Title) == "" {
		return Done{}, fault.New(fault.Usage, "new "+b.Ref, "the title is empty")
	}
	book, err := d.bookFor(b)
	if err != nil {
		return Done{}, err
	}
	masked := 0
	if !b.KeepCPR {
		b.Title, masked = cpr.Mask(b.Title)
	}
	now := d.Now()
	drafts := []timeline.Draft{
		incident.OpenedDraft(b.Title),
		incident.PlaybookDraft(book.Key, book.Hash, book.Source, "chosen when the case was opened"),
	}
	blank := &Situation{Ref: b.Ref, Case: incident.Fold(nil), Now: now}
	for _, act := range b.acts() {
		act, n := maskAct(act, Terms{KeepCPR: b.KeepCPR})
		masked += n
		more, err := act.drafts(blank)
		if err != nil {
			return Done{}, err
		}
		drafts = append(drafts, more...)
	}
	entries, err := d.Store.Create(ctx, b.Ref, timeline.NewIdentity(d.Mark), d.sign(drafts, actor, now)...)
	if err != nil {
		return Done{}, err
	}
	if err := d.beginOverride(ctx, actor, b.Ref); err != nil {
		return Done{}, err
	}
	s, err := d.Look(ctx, b.Ref)
	return Done{Entries: entries, Situation: s, Masked: masked}, err
}

// beginOverride records what was set aside to open the new case.
func (d *Desk) beginOverride(ctx context.Context, actor Actor, ref string) error {
	f, err := d.open(ctx, ref)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return d.recordOverride(ctx, actor, f)
}

func (b Begin) acts() []Act {
	var acts []Act
	if len(b.Facts) > 0 {
		acts = append(acts, RecordFacts{Facts: b.Facts, Why: "from the organisation's configuration"})
	}
	if b.Aware != nil {
		acts = append(acts, *b.Aware)
	}
	return acts
}

func (d *Desk) bookFor(b Begin) (*playbooks.Playbook, error) {
	if b.Book != nil {
		return b.Book, nil
	}
	if b.Playbook == "" {
		b.Playbook = DefaultPlaybook
	}
	return d.Playbooks.Get(b.Playbook)
}
