package timeline_test

import (
	"slices"
	"testing"

	"timeglas/timeline"
)

func TestCommentsStandWithTheEntryTheySpeakOf(t *testing.T) {
	b := newBook()
	n := b.note("called the supplier")
	one := b.add(timeline.Draft{Kind: timeline.KindComment, Target: n.ID, Text: "which one?"}, start)
	b.add(timeline.Draft{Kind: timeline.KindComment, Target: n.ID, Text: "Sund"}, start)
	if got := timeline.Fold(b.entries).Lines[0].Comments; !slices.Equal(got, []int64{2, 3}) {
		t.Errorf("comments are %v", got)
	}
	b.add(timeline.Draft{Kind: timeline.KindRetraction, Target: one.ID, Text: "answered"}, start)
	if got := timeline.Fold(b.entries).Lines[0].Comments; !slices.Equal(got, []int64{3}) {
		t.Errorf("after a retraction the comments are %v", got)
	}
}

func TestALinkStandsAtBothOfItsEnds(t *testing.T) {
	b := newBook()
	one, two := b.note("the pages are up"), b.note("the pages are down")
	link := b.add(timeline.Draft{Kind: timeline.KindLink, Target: two.ID, Text: "ends it", Data: timeline.LinkData{To: one.ID}}, start)
	v := timeline.Fold(b.entries)
	if got := v.Lines[0].Links; !slices.Equal(got, []timeline.Link{{With: 2, By: 3}}) {
		t.Errorf("the older entry has links %v", got)
	}
	if got := v.Lines[1].Links; !slices.Equal(got, []timeline.Link{{With: 1, By: 3}}) {
		t.Errorf("the newer entry has links %v", got)
	}
	b.add(timeline.Draft{Kind: timeline.KindRetraction, Target: link.ID, Text: "not the same pages"}, start)
	if v := timeline.Fold(b.entries); len(v.Lines[0].Links)+len(v.Lines[1].Links) != 0 {
		t.Errorf("the retracted link is still there: %v", v.Lines[0].Links)
	}
}

func TestALinkThatCannotBeIsNone(t *testing.T) {
	b := newBook()
	n := b.note("alone")
	for name, to := range map[string]string{"itself": n.ID, "nothing": "", "an entry that is not there": "01KACCE4KG0123456789ABCDEF"} {
		b.add(timeline.Draft{Kind: timeline.KindLink, Target: n.ID, Text: name, Data: timeline.LinkData{To: to}}, start)
	}
	if got := timeline.Fold(b.entries).Lines[0].Links; len(got) != 0 {
		t.Errorf("links are %v", got)
	}
}

func TestTheLastWordOnASavedViewHolds(t *testing.T) {
	b := newBook()
	save := func(data timeline.ViewData) timeline.Entry {
		return b.add(timeline.Draft{Kind: timeline.KindView, Data: data}, start)
	}
	names := func() (all []string) {
		for _, s := range timeline.Fold(b.entries).Saved() {
			all = append(all, s.Name+"="+s.Query)
		}
		return all
	}
	save(timeline.ViewData{Name: "web", Query: "tag:web"})
	save(timeline.ViewData{Name: "calls", Query: "kind:communication"})
	second := save(timeline.ViewData{Name: "web", Query: "tag:web OR archive"})
	if got := names(); !slices.Equal(got, []string{"calls=kind:communication", "web=tag:web OR archive"}) {
		t.Errorf("saved are %q", got)
	}
	b.add(timeline.Draft{Kind: timeline.KindRetraction, Target: second.ID, Text: "too wide"}, start)
	if got := names(); got[1] != "web=tag:web" {
		t.Errorf("after the retraction the view before does not return: %q", got)
	}
	save(timeline.ViewData{Name: "web", Drop: true})
	if got := names(); !slices.Equal(got, []string{"calls=kind:communication"}) {
		t.Errorf("after the end of a view: %q", got)
	}
}
