package desk_test

import (
	"context"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/desk/desktest"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/timeline"
)

// trouble is a store whose journals have a restriction or an override.
type trouble struct {
	*desktest.Memory
	restriction error
	override    string
}

type troubled struct {
	desk.Journal
	t *trouble
}

func (t *trouble) Open(ctx context.Context, ref string) (desk.Journal, error) {
	j, err := t.Memory.Open(ctx, ref)
	return troubled{j, t}, err
}

func (j troubled) Restriction() error { return j.t.restriction }
func (j troubled) Override() string   { return j.t.override }

// atDesk begins a case R in the store.
func atDesk(t *testing.T, store *trouble) *desk.Desk {
	t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: store, Playbooks: books, Now: time.Now, Zone: time.UTC})
	if _, err := d.Begin(t.Context(), desk.Actor{Account: "anna"}, desk.Begin{Ref: "R", Title: "a case"}); err != nil {
		t.Fatal(err)
	}
	return d
}

func logLine(t *testing.T, d *desk.Desk) error {
	t.Helper()
	_, err := d.Do(t.Context(), desk.Actor{Account: "anna"}, "R", desk.Log{Text: "a line", Kind: timeline.KindNote}, desk.Terms{})
	return err
}

func TestARuleThatWasSetAsideIsRecordedOnceInTheCase(t *testing.T) {
	d := atDesk(t, &trouble{Memory: &desktest.Memory{}, override: "storage.allow_network_filesystem: nfs"})
	for range 3 {
		if err := logLine(t, d); err != nil {
			t.Fatal(err)
		}
	}
	s, err := d.Look(t.Context(), "R")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, l := range s.Case.Timeline.Lines {
		if l.Kind == incident.KindOverride && l.Text == "storage.allow_network_filesystem: nfs" && l.Author == "anna" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("recorded %d times", found)
	}
}

func TestADamagedCaseIsShownAndTakesNothingUntilItIsWell(t *testing.T) {
	store := &trouble{Memory: &desktest.Memory{}}
	d := atDesk(t, store)
	store.restriction = fault.New(fault.Damaged, "case R", "entry 7 is damaged")
	s, err := d.Look(t.Context(), "R")
	if err != nil || !fault.Is(s.Restriction, fault.Damaged) {
		t.Fatalf("%v, restriction %v", err, s.Restriction)
	}
	if err := logLine(t, d); !fault.Is(err, fault.Damaged) {
		t.Errorf("writing: %v", err)
	}
	if _, err := d.Register(t.Context()); !fault.Is(err, fault.Damaged) {
		t.Errorf("a register with a hole: %v", err)
	}
	if list, err := d.List(t.Context()); err != nil || len(list) != 1 || list[0].Damage == nil || list[0].Title != "a case" {
		t.Errorf("%+v, %v", list, err)
	}
	store.restriction = nil
	if err := logLine(t, d); err != nil {
		t.Errorf("when it is well again: %v", err)
	}
}
