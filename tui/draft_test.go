package tui

import (
	"testing"
	"time"

	"timeglas/internal/desk"
)

// pad keeps drafts in memory.
type pad map[string]map[string][]string

func (p pad) Load(ref string) map[string][]string {
	copied := map[string][]string{}
	for form, texts := range p[ref] {
		copied[form] = texts
	}
	return copied
}

func (p pad) Keep(ref, form string, texts []string) error {
	if p[ref] == nil {
		p[ref] = map[string][]string{}
	}
	if p[ref][form] = texts; texts == nil {
		delete(p[ref], form)
	}
	return nil
}

func TestWhatWasTypedIsOfferedAgainAfterAKilledSession(t *testing.T) {
	kept := pad{}
	with := func(o *Options, _ *desk.Options) { o.Drafts = kept }
	d := normal(t, 80, 24, with)
	d.press("enter", "n").typing("called the sup").wait(time.Second)
	again := sitAt(t, d.store, "anna", 80, 24, with) // the first session was killed
	again.press("enter", "n").see("called the sup", "what you had typed here is back")
	again.typing("plier").press("enter").see("saved").press("2").see("called the supplier")
	if len(kept["2026-014"]) != 0 {
		t.Errorf("a saved text is still kept: %v", kept)
	}
	again.press("n").not("what you had typed").press("esc")
	again.press("n").typing("half").wait(time.Second).press("esc", "esc")
	if len(kept["2026-014"]) != 0 {
		t.Errorf("a text that was given up is still kept: %v", kept)
	}
}

func TestADraftOfACaseThatIsNotOpenYetIsKeptToo(t *testing.T) {
	kept := pad{}
	with := func(o *Options, _ *desk.Options) { o.Drafts = kept }
	d := sit(t, 80, 24, with)
	d.press("c").typing("A suspicion").wait(time.Second)
	again := sitAt(t, d.store, "anna", 80, 24, with)
	again.press("c").see("A suspicion").press("ctrl+s").see("is open")
	if len(kept[""]) != 0 {
		t.Errorf("still kept: %v", kept)
	}
}
