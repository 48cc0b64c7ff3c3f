package playbooks

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/when"
)

var noon = time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)

// fork is a playbook with one of everything that the run must tell apart.
func fork() *Playbook {
	step := func(id string, after ...Need) Item { return Item{Step: &Step{ID: id, After: after}} }
	return &Playbook{Key: "fork", Items: []Item{
		step("first"),
		{Gate: &Gate{ID: "which", After: []Need{{ID: "first"}}, Options: []Option{
			{ID: "left"}, {ID: "right", Closes: []string{"extra"}}, {ID: "later", Review: true},
		}}},
		step("go-left", Need{ID: "which", Options: []string{"left"}}),
		step("go-right", Need{ID: "which", Options: []string{"right"}}),
		step("either", Need{ID: "which"}),
		step("extra"),
		{Gate: &Gate{ID: "how-left", After: []Need{{ID: "which", Options: []string{"left"}}},
			Options: []Option{{ID: "fast"}, {ID: "slow"}}}},
		step("go-fast", Need{ID: "how-left", Options: []string{"fast"}}),
		step("after-left", Need{ID: "go-left"}),
	}}
}

// acts are steps as "id done", "id skip", "id reopen" and decisions as "id=option".
func caseAfter(acts ...string) *incident.Case {
	c := &incident.Case{Steps: map[string]incident.StepMark{}, Gates: map[string]incident.Decision{}, Facts: fact.Sheet{}}
	for i, act := range acts {
		mark := incident.Mark{At: noon.Add(time.Duration(i) * time.Minute)}
		if gate, option, ok := strings.Cut(act, "="); ok {
			c.Gates[gate] = incident.Decision{Mark: mark, Gate: gate, Option: option}
			continue
		}
		id, state, _ := strings.Cut(act, " ")
		c.Steps[id] = incident.StepMark{Mark: mark, State: incident.StepState(state)}
	}
	return c
}

func states(r Run) string {
	var all []string
	for _, item := range r.Items {
		all = append(all, fmt.Sprintf("%s %s", item.ID(), item.State))
	}
	return strings.Join(all, "\n")
}

func TestWhatIsOpenFollowsFromWhatWasDoneAndDecided(t *testing.T) {
	for _, c := range []struct {
		name string
		acts []string
		want string
	}{
		{"nothing done: what waits for nothing is open", nil, "open blocked blocked blocked blocked open blocked blocked blocked"},
		{"a step done opens the gate", []string{"first done"}, "done open blocked blocked blocked open blocked blocked blocked"},
		{"a step skipped opens it as well", []string{"first skip"}, "skipped open blocked blocked blocked open blocked blocked blocked"},
		{"a step reopened is open again", []string{"first done", "first reopen"}, "open blocked blocked blocked blocked open blocked blocked blocked"},
		{"an answer opens its own way and closes the other", []string{"first done", "which=left"},
			"done done open closed open open open blocked blocked"},
		{"an answer closes what it names, and what hangs on answers no longer asked for",
			[]string{"first done", "which=right"}, "done done closed open open closed closed closed open"},
		{"what was done stays done, whatever closes it", []string{"first done", "extra done", "go-left done", "which=right"},
			"done done done open open done closed closed open"},
		{"deciding anew opens what had been closed", []string{"first done", "which=right", "which=left"},
			"done done open closed open open open blocked blocked"},
		{"a decision for an option that is not here is none", []string{"first done", "which=up"},
			"done open blocked blocked blocked open blocked blocked blocked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := RunOf(fork(), caseAfter(c.acts...), noon)
			var got []string
			for _, item := range r.Items {
				got = append(got, string(item.State))
			}
			if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" {
				t.Errorf("%s\n%s", diff, states(r))
			}
		})
	}
}

func TestAnItemNamesWhatBlocksItAndWhatClosedIt(t *testing.T) {
	r := RunOf(fork(), caseAfter(), noon)
	either, _ := r.Item("either")
	if !slices.Equal(either.BlockedBy, []string{"which"}) || either.ClosedBy != "" {
		t.Errorf("%+v", either)
	}
	r = RunOf(fork(), caseAfter("first done", "which=right"), noon)
	for id, gate := range map[string]string{"go-left": "which", "extra": "which", "go-fast": "which"} {
		if item, _ := r.Item(id); item.ClosedBy != gate || item.BlockedBy != nil {
			t.Errorf("%s closed by %q, blocked by %v", id, item.ClosedBy, item.BlockedBy)
		}
	}
	if got, want := r.Counts(), (Counts{Open: 3, Done: 2, Closed: 4}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, ok := r.Item("nobody"); ok {
		t.Error("an item that is not there was found")
	}
}

func TestDueTimesAreElapsedHoursOverTheChangeOfClocks(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Skip("no time zones on this machine: ", err)
	}
	book := &Playbook{Items: []Item{{Step: &Step{ID: "file", Due: &Due{From: FromAware, Hours: 72}}}}}
	c := caseAfter()
	c.Aware = &incident.Awareness{Moment: when.At(time.Date(2026, 10, 23, 14, 0, 0, 0, zone))}
	want := time.Date(2026, 10, 26, 13, 0, 0, 0, zone)
	for _, late := range []bool{false, true} {
		now := want
		if late {
			now = now.Add(time.Second)
		}
		file, _ := RunOf(book, c, now).Item("file")
		if file.Due == nil || !file.Due.Equal(want) || file.Late != late {
			t.Errorf("due %v, late %v at %v", file.Due, file.Late, now)
		}
	}
}

func TestDueTimesStartFromTheStrictReadingOfAMoment(t *testing.T) {
	day := time.Date(2020, 8, 25, 0, 0, 0, 0, time.UTC)
	book := &Playbook{Items: []Item{
		{Step: &Step{ID: "a", Due: &Due{From: FromAware, Hours: 2}}},
		{Step: &Step{ID: "b", Due: &Due{From: FromSuspected, Hours: 2}}},
	}}
	for _, c := range []struct {
		name   string
		moment when.Moment
	}{
		{"the start of a day", when.OnDay(day.Add(9 * time.Hour))},
		{"the start of a range", when.Between(day, day.Add(72*time.Hour))},
		{"no later than", when.Before(day)},
		{"the early end of an estimate", when.Around(day.Add(time.Hour), time.Hour)},
	} {
		on := caseAfter()
		on.Aware = &incident.Awareness{Moment: c.moment}
		r := RunOf(book, on, day)
		if a := r.Items[0]; a.Due == nil || !a.Due.Equal(day.Add(2*time.Hour)) {
			t.Errorf("%s: due %v", c.name, a.Due)
		}
		if b := r.Items[1]; b.Due != nil {
			t.Errorf("%s: a due time from a suspicion that nobody recorded: %v", c.name, b.Due)
		}
	}
	on := caseAfter()
	on.Aware = &incident.Awareness{Moment: when.Never()}
	if a := RunOf(book, on, day).Items[0]; a.Due != nil {
		t.Error("a due time from an unknown moment")
	}
}

func TestDueTimesCanStartFromAStepOrADecision(t *testing.T) {
	book := fork()
	book.Items[2].Step.Due = &Due{From: "which", Hours: 1}
	book.Items[5].Step.Due = &Due{From: "first", Hours: 0.5}
	r := RunOf(book, caseAfter("first reopen"), noon)
	if extra, _ := r.Item("extra"); extra.Due != nil {
		t.Error("a step that was reopened starts no time")
	}
	r = RunOf(book, caseAfter("first done", "which=left"), noon.Add(40*time.Minute))
	left, _ := r.Item("go-left")
	extra, _ := r.Item("extra")
	if left.Due == nil || !left.Due.Equal(noon.Add(61*time.Minute)) || left.Late {
		t.Errorf("go-left due %v, late %v", left.Due, left.Late)
	}
	if extra.Due == nil || !extra.Due.Equal(noon.Add(30*time.Minute)) || !extra.Late {
		t.Errorf("extra due %v, late %v", extra.Due, extra.Late)
	}
	if n := r.Counts().Late; n != 1 {
		t.Errorf("%d late", n)
	}
}

func TestNextIsTheEarliestDueAndThenTheFirstWritten(t *testing.T) {
	book := fork()
	c := caseAfter()
	next := func(at time.Time) string {
		item, ok := RunOf(book, c, at).Next(at)
		if !ok {
			return "nothing"
		}
		return item.ID()
	}
	if got := next(noon); got != "first" {
		t.Errorf("without due times the first written comes first, not %s", got)
	}
	book.Items[5].Step.Due = &Due{From: FromAware, Hours: 5}
	c.Aware = &incident.Awareness{Moment: when.At(noon)}
	if got := next(noon); got != "extra" {
		t.Errorf("what has a time comes first, not %s", got)
	}
	all := []string{"first", "go-left", "go-right", "either", "extra", "go-fast", "after-left"}
	for _, id := range all {
		c.Steps[id] = incident.StepMark{State: incident.StepDone}
	}
	review := when.At(noon.Add(time.Hour))
	c.Gates["which"] = incident.Decision{Option: "later", Review: &review}
	if got := next(noon); got != "nothing" {
		t.Errorf("before its review a decision asks for nothing, got %s", got)
	}
	if got := next(noon.Add(time.Hour)); got != "which" {
		t.Errorf("on its review a decision is due again, got %s", got)
	}
}

func TestMissingFactsAreThoseNobodyKnows(t *testing.T) {
	book := &Playbook{Items: []Item{{Step: &Step{ID: "a", Facts: []string{
		"persons.count", "data.categories", "effect.access", "subset.NAME.count"}}}}}
	c := caseAfter()
	c.Facts = c.Facts.With("persons.count", fact.Count(66)).With("effect.access", fact.Unknown).
		With("subset.gang.count", fact.Count(66)).With("subset.rest.disclosure", fact.Choice("none"))
	a, _ := RunOf(book, c, noon).Item("a")
	if diff := cmp.Diff([]string{"data.categories", "effect.access", "subset.NAME.count"}, a.Missing); diff != "" {
		t.Error(diff)
	}
	c.Facts = c.Facts.With("subset.rest.count", fact.Count(1676))
	a, _ = RunOf(book, c, noon).Item("a")
	if slices.Contains(a.Missing, "subset.NAME.count") {
		t.Error("each subset has its count now")
	}
}

// anyBook draws a playbook that no check has seen: dangling, in rings, ids doubled.
func anyBook(t *rapid.T) *Playbook {
	ids := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g"})
	options := rapid.SampledFrom([]string{"x", "y", "z"})
	needs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Need {
		return Need{ID: ids.Draw(t, "need"), Options: rapid.SliceOfN(options, 0, 2).Draw(t, "of")}
	}), 0, 3)
	item := rapid.Custom(func(t *rapid.T) Item {
		var due *Due
		if rapid.Bool().Draw(t, "due") {
			due = &Due{From: rapid.OneOf(ids, rapid.Just("aware")).Draw(t, "from"), Hours: rapid.Float64().Draw(t, "hours")}
		}
		if rapid.Bool().Draw(t, "step") {
			return Item{Step: &Step{ID: ids.Draw(t, "id"), After: needs.Draw(t, "after"), Due: due}}
		}
		g := &Gate{ID: ids.Draw(t, "id"), After: needs.Draw(t, "after"), Due: due}
		for _, o := range []string{"x", "y", "z"} {
			g.Options = append(g.Options, Option{ID: o, Closes: rapid.SliceOfN(ids, 0, 2).Draw(t, "closes")})
		}
		return Item{Gate: g}
	})
	return &Playbook{Items: rapid.SliceOfN(item, 0, 9).Draw(t, "items")}
}

func anyCase(t *rapid.T) *incident.Case {
	c := caseAfter()
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		at := incident.Mark{At: noon}
		switch rapid.IntRange(0, 4).Draw(t, id) {
		case 0:
			c.Steps[id] = incident.StepMark{Mark: at, State: incident.StepDone}
		case 1:
			c.Steps[id] = incident.StepMark{Mark: at, State: incident.StepReopened}
		case 2:
			c.Gates[id] = incident.Decision{Mark: at, Option: rapid.SampledFrom([]string{"x", "y", "gone"}).Draw(t, "option")}
		}
	}
	if rapid.Bool().Draw(t, "aware") {
		c.Aware = &incident.Awareness{Moment: when.At(noon)}
	}
	return c
}

func TestARunOfAnythingHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book, c := anyBook(t), anyCase(t)
		r := RunOf(book, c, noon)
		_, rings := arrange(book.Items)
		if len(r.Items) != len(book.Items) || r.Counts().Total() != len(book.Items) {
			t.Fatal("an item was lost or has no state")
		}
		for i, item := range r.Items {
			if item.ID() != book.Items[i].ID() {
				t.Fatal("items change places")
			}
			if (item.State == StateBlocked) != (len(item.BlockedBy) > 0) {
				t.Fatalf("%s is %s, blocked by %v", item.ID(), item.State, item.BlockedBy)
			}
			if (item.State == StateClosed) != (item.ClosedBy != "") {
				t.Fatalf("%s is %s, closed by %q", item.ID(), item.State, item.ClosedBy)
			}
			for _, id := range item.BlockedBy {
				on, ok := r.Item(id)
				if ok && len(rings) == 0 && on.State != StateOpen && on.State != StateBlocked {
					t.Fatalf("%s is blocked by %s, which is %s", item.ID(), id, on.State)
				}
			}
			if item.Late && (item.Due == nil || !item.Due.Before(noon)) {
				t.Fatalf("%s is late for %v", item.ID(), item.Due)
			}
		}
		if next, ok := r.Next(noon); ok != (len(r.Open()) > 0) || ok && next.State != StateOpen {
			t.Fatalf("next is %q %v with %d open", next.ID(), ok, len(r.Open()))
		}
	})
}

func TestTheOrderInWhichItemsAreWrittenDoesNotMatter(t *testing.T) {
	book := fork()
	rapid.Check(t, func(t *rapid.T) {
		var acts []string
		for _, act := range []string{"first done", "extra done", "go-left skip", "either done", "how-left=fast"} {
			if rapid.Bool().Draw(t, act) {
				acts = append(acts, act)
			}
		}
		if option := rapid.SampledFrom([]string{"", "left", "right", "later"}).Draw(t, "which"); option != "" {
			acts = append(acts, "which="+option)
		}
		mixed := &Playbook{Items: rapid.Permutation(book.Items).Draw(t, "order")}
		c := caseAfter(acts...)
		straight, shuffled := RunOf(book, c, noon), RunOf(mixed, c, noon)
		for _, want := range straight.Items {
			got, _ := shuffled.Item(want.ID())
			if got.State != want.State || got.ClosedBy != want.ClosedBy {
				t.Fatalf("%s is %s by %q, or %s by %q in another order", want.ID(), want.State, want.ClosedBy, got.State, got.ClosedBy)
			}
		}
	})
}
