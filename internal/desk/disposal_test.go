package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// dispose disposes of the case; removed says whether it came to deleting it.
func (b *bench) dispose(months int, why string) (removed bool, err error) {
	b.t.Helper()
	_, err = b.Dispose(ctx, bo, ref, desk.Disposal{Why: why, Retention: months}, func(desk.Situation) error {
		removed = true
		b.store.Remove(ref)
		return nil
	})
	return removed, err
}

func TestACaseIsDisposedOfOnlyWhenItMayGo(t *testing.T) {
	b := newBench(t, "public-leak")
	refused := func(months int, why string, code fault.Code, words string) {
		t.Helper()
		removed, err := b.dispose(months, why)
		if removed || !fault.Is(err, code) || !strings.Contains(err.Error(), words) {
			t.Errorf("removed: %v, %v", removed, err)
		}
	}
	refused(0, "over", fault.Refused, "close it first")
	b.do(desk.Close{Why: "all done"})
	refused(0, "  ", fault.Usage, "a reason is needed")
	refused(60, "over", fault.Refused, "it is kept until 2031-11-19")
	b.do(desk.SetHold{On: true, Why: "a claim is pending"})
	refused(0, "over", fault.Refused, "anna has put a hold on it")
	b.wait(61 * 31 * 24 * time.Hour)
	refused(60, "over", fault.Refused, "hold")
	b.do(desk.SetHold{Why: "the claim was settled"})
	if removed, err := b.dispose(60, "over"); !removed || err != nil {
		t.Errorf("removed: %v, %v", removed, err)
	}
	if _, err := b.Look(ctx, ref); !fault.Is(err, fault.NotFound) {
		t.Errorf("it can still be looked at: %v", err)
	}
}

func TestAHoldIsSetAndLiftedOnceAndWithAReason(t *testing.T) {
	b := newBench(t, "public-leak")
	for _, act := range []desk.Act{desk.SetHold{Why: "none there"}, desk.SetHold{On: true}} {
		if _, err := b.Do(ctx, anna, ref, act, desk.Terms{}); err == nil {
			t.Errorf("%+v was done", act)
		}
	}
	hold := b.do(desk.SetHold{On: true, Why: "a claim"})
	if _, err := b.Do(ctx, anna, ref, desk.SetHold{On: true, Why: "again"}, desk.Terms{}); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
	// Retracting it would lift it without saying so.
	if _, err := b.Do(ctx, anna, ref, desk.Retract{Entry: hold.Entries[0].ID, Why: "x"}, desk.Terms{}); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

func TestTheRegisterKeepsTheRecordOfACaseThatIsGone(t *testing.T) {
	b := newBench(t, "public-leak")
	b.do(desk.RecordAwareness{Moment: when.At(b.now()), Who: "anna", Why: "saw it"})
	b.do(desk.NoteCopy{Copy: incident.Copy{Form: incident.CopyArchive, To: "/media/archive.age"}})
	b.do(desk.Close{Why: "all done"})
	before, err := b.Register(ctx)
	if err != nil || len(before) != 1 {
		t.Fatalf("%d records, %v", len(before), err)
	}
	number := "010170" + "-" + "1234"
	if _, err := b.dispose(0, "retention is over for "+number); err != nil {
		t.Fatal(err)
	}
	after, err := b.Register(ctx)
	if err != nil || len(after) != 1 {
		t.Fatalf("%d records, %v", len(after), err)
	}
	gone := after[0].Disposal
	if gone == nil || gone.By != "bo" || strings.Contains(gone.Why, number) || len(gone.Copies) != 1 || gone.Copies[0] != "/media/archive.age" {
		t.Errorf("%+v", gone)
	}
	after[0].Disposal = nil
	if after[0].Title != before[0].Title || !after[0].Deadline.Equal(*before[0].Deadline) || after[0].Aware.String() != before[0].Aware.String() {
		t.Errorf("before %+v\nafter  %+v", before[0], after[0])
	}
	id := timeline.Identity{}
	if _, known, err := b.Disposed(ctx, id.ID); known || err != nil {
		t.Errorf("a case that never was is disposed of: %v", err)
	}
}

func TestADisposalWhoseDeletionFailsLeavesTheCaseInTheRegisterAsItIs(t *testing.T) {
	b := newBench(t, "public-leak")
	b.do(desk.Close{Why: "all done"})
	_, err := b.Dispose(ctx, bo, ref, desk.Disposal{Why: "over"}, func(desk.Situation) error { return errors.New("busy") })
	if err == nil {
		t.Fatal("it was reported as done")
	}
	records, err := b.Register(ctx)
	if err != nil || len(records) != 1 || records[0].Disposal != nil {
		t.Errorf("%+v, %v", records, err)
	}
}

func TestEvidenceIsNotGivenOutWithoutAReason(t *testing.T) {
	b := newBench(t, "public-leak")
	sum := strings.Repeat("ab", 32)
	b.do(desk.AddEvidence{Files: []incident.Evidence{{Name: "p", SHA256: sum, Size: 1, From: "p"}}, Why: "seen"})
	if _, err := b.Do(ctx, anna, ref, desk.ReleaseEvidence{SHA256: sum}, desk.Terms{}); !fault.Is(err, fault.Usage) {
		t.Error(err)
	}
	if _, err := b.Do(ctx, anna, ref, desk.ReleaseEvidence{SHA256: strings.Repeat("0", 64), Why: "x"}, desk.Terms{}); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	b.do(desk.Close{Why: "all done"}) // a closed case can be asked for too
	s := b.do(desk.ReleaseEvidence{SHA256: sum[:10], To: "copy", Why: "the police ask"}).Situation
	if e, ok := s.Case.EvidenceWith(sum); !ok || len(e.Custody) != 1 || e.Custody[0].By != "anna" {
		t.Errorf("%+v", e)
	}
}
