// Package desktest is a store in memory for the tests of those who stand above
// storage: it seals entries like the real one and keeps nothing.
package desktest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/timeline"
)

// Memory is a desk.Store. The zero value is an empty one. Fail, when it is set, is
// asked before each append and can refuse it, as a full disk would.
type Memory struct {
	Fail func() error

	mu       sync.Mutex
	cases    map[string]*journal
	register *journal
}

// Create opens a case.
func (m *Memory) Create(_ context.Context, ref string, id timeline.Identity, drafts ...timeline.Draft) ([]timeline.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.cases[ref]; ok {
		return nil, fault.New(fault.Exists, "case "+ref, "there is a case of that reference already: choose another")
	}
	j := &journal{store: m, id: id}
	entries, err := j.append(timeline.Tip{}, drafts)
	if err != nil {
		return nil, err
	}
	if m.cases == nil {
		m.cases = map[string]*journal{}
	}
	m.cases[ref] = j
	return entries, nil
}

// Open gives the journal of a case.
func (m *Memory) Open(_ context.Context, ref string) (desk.Journal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if j, ok := m.cases[ref]; ok {
		return j, nil
	}
	return nil, fault.New(fault.NotFound, "case "+ref, "there is no such case")
}

// Register gives the journal of the register.
func (m *Memory) Register(_ context.Context, write bool) (desk.Journal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.register == nil {
		if !write {
			return nil, nil
		}
		m.register = &journal{store: m, id: timeline.NewIdentity(timeline.MarkRegister)}
	}
	return m.register, nil
}

// Remove deletes a case, as a home does.
func (m *Memory) Remove(ref string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.cases, ref)
}

// Refs lists the cases by reference.
func (m *Memory) Refs(context.Context) ([]desk.Ref, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var refs []desk.Ref
	for name, j := range m.cases {
		refs = append(refs, desk.Ref{Name: name, Mark: j.id.Mark})
	}
	slices.SortFunc(refs, func(a, b desk.Ref) int { return strings.Compare(a.Name, b.Name) })
	return refs, nil
}

type journal struct {
	store   *Memory
	id      timeline.Identity
	entries []timeline.Entry
}

func (j *journal) Read(_ context.Context, after timeline.Tip) ([]timeline.Entry, error) {
	j.store.mu.Lock()
	defer j.store.mu.Unlock()
	return slices.Clone(j.entries[after.Seq:]), nil
}

func (j *journal) Append(_ context.Context, after timeline.Tip, drafts ...timeline.Draft) ([]timeline.Entry, error) {
	j.store.mu.Lock()
	defer j.store.mu.Unlock()
	return j.append(after, drafts)
}

func (j *journal) append(after timeline.Tip, drafts []timeline.Draft) ([]timeline.Entry, error) {
	if j.store.Fail != nil {
		if err := j.store.Fail(); err != nil {
			return nil, err
		}
	}
	if j.tip() != after {
		return nil, timeline.ErrMoved
	}
	sealed, err := timeline.NewSealer(j.id).Seal(after, drafts...)
	if err != nil {
		return nil, err
	}
	var entries []timeline.Entry
	for _, s := range sealed {
		j.redact(s.Entry)
		entries = append(entries, s.Entry)
	}
	j.entries = append(j.entries, entries...)
	return entries, nil
}

// redact takes the body of the entry that a redaction names.
func (j *journal) redact(by timeline.Entry) {
	for i := range j.entries {
		if by.Kind == timeline.KindRedaction && j.entries[i].ID == by.Target {
			j.entries[i].Body, j.entries[i].Redacted = timeline.Body{}, true
		}
	}
}

func (j *journal) tip() timeline.Tip {
	if len(j.entries) == 0 {
		return timeline.Tip{}
	}
	return j.entries[len(j.entries)-1].Tip()
}

func (j *journal) Close() error { return nil }

func (j *journal) Restriction() error { return nil }

func (j *journal) Check(context.Context) error { return nil }

func (j *journal) Override() string { return "" }
