package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"timeglas/tui/dialog"
)

// Drafts keeps what one person has typed into forms and not saved yet, outside of
// the cases, so that it survives a session that is killed. Its functions are called
// from commands, never while drawing.
type Drafts interface {
	// Load gives what was typed in the case, by form: the texts of its fields.
	Load(ref string) map[string][]string
	// Keep replaces what was typed in a form; no texts drop it.
	Keep(ref, form string, texts []string) error
}

// draftAfter is how long nothing is typed before it is kept.
const draftAfter = 400 * time.Millisecond

// drafting is the form that is being filled in.
type drafting struct {
	form  *dialog.Form
	ref   string
	name  string
	texts []string // as they were kept last
	n     int      // number of the last wait
}

type draftTick struct{ n int }

// draftRef is the case that a draft belongs to; one before a case has none.
func (m *Model) draftRef() string {
	if m.open == nil {
		return ""
	}
	return m.open.s.Ref
}

// offerDraft gives a form back what was typed in it before, and watches it.
func (m *Model) offerDraft(f *dialog.Form) {
	if m.o.Drafts == nil || f.Reads {
		return
	}
	m.draft.form, m.draft.ref, m.draft.name, m.draft.texts = f, m.draftRef(), f.Heading, f.Texts()
	if typed, ok := m.drafts[f.Heading]; ok && f.Restore(typed) {
		m.draft.texts = typed
		m.say(toneNews, "what you had typed here is back; esc twice drops it")
	}
}

// watchDraft is called after every key: what is typed is kept a little later, and
// what was saved or given up is dropped.
func (m *Model) watchDraft() tea.Cmd {
	d := &m.draft
	switch {
	case d.form == nil:
		return nil
	case !m.dialogs.Has(d.form):
		d.form = nil
		return m.keepDraft(nil)
	case slices.Equal(d.form.Texts(), d.texts):
		return nil
	}
	d.n++
	return m.after(draftAfter, draftTick{d.n})
}

func (m *Model) draftTicked(msg draftTick) tea.Cmd {
	if msg.n != m.draft.n || m.draft.form == nil {
		return nil
	}
	return m.keepDraft(m.draft.form.Texts())
}

// keepDraft keeps what is typed in the form being filled in, or drops it.
func (m *Model) keepDraft(texts []string) tea.Cmd {
	d := &m.draft
	if _, kept := m.drafts[d.name]; texts == nil && !kept {
		return nil // nothing was kept of it
	}
	d.texts = texts
	if m.drafts == nil {
		m.drafts = map[string][]string{}
	}
	if m.drafts[d.name] = texts; texts == nil {
		delete(m.drafts, d.name)
	}
	ref, name := d.ref, d.name
	return func() tea.Msg {
		_ = m.o.Drafts.Keep(ref, name, texts) // what cannot be kept is still on the screen
		return nil
	}
}

// loadDrafts is for commands.
func (m *Model) loadDrafts(ref string) map[string][]string {
	if m.o.Drafts == nil {
		return nil
	}
	return m.o.Drafts.Load(ref)
}
