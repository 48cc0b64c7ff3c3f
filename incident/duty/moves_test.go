package duty

import (
	"testing"

	"pgregory.net/rapid"

	"timeglas/incident/fact"
)

func findMove(moves []Move, key, subset string) (Move, bool) {
	for _, m := range moves {
		if m.Key == key && m.Subset == subset {
			return m, true
		}
	}
	return Move{}, false
}

func TestEachFactThatMovedTheAnswerIsNamedWithItsDirection(t *testing.T) {
	a := Assess(read(t, "edpb-10-stolen-encrypted-tablets"), Context{})
	m, ok := findMove(a.Moved, "effect.protection", "")
	if !ok || m.Effect != Lowers || m.Risk != High || !m.CommunicateSubjects {
		t.Errorf("encryption: %+v, found %v", m, ok)
	}
	a = Assess(read(t, "dt-2021-442-13805-cpr-to-one"), Context{})
	m, ok = findMove(a.Moved, "data.categories", "")
	if !ok || m.Effect != Raises || m.Risk != Likely || m.CommunicateSubjects {
		t.Errorf("the kinds of data: %+v, found %v", m, ok)
	}
}

func TestWhatAnOpenFactWouldMakeOfTheAnswerIsSaid(t *testing.T) {
	a := Assess(sheetOf(t, "incident.family=lost-or-stolen effect.types=confidentiality data.categories=name,health"), Context{})
	var safe bool
	for _, m := range a.Would {
		if m.Key == "effect.protection" && m.Value == fact.Value(fact.Choice("encrypted-key-safe")) {
			safe = m.Effect == Lowers && !m.NotifyAuthority && !m.CommunicateSubjects
		}
	}
	if !safe {
		t.Errorf("encryption would clear it, and that is not said: %+v", a.Would)
	}
}

func TestASubsetSaysUnderItsOwnKeyWhatMovedIt(t *testing.T) {
	a := Assess(read(t, "edpb-18-mailbox-forwarded"), Context{})
	m, ok := findMove(a.Moved, "subset.contacts.categories", "contacts")
	if !ok || m.Effect != Lowers || m.Risk != High {
		t.Errorf("the fewer kinds of data spare the contacts: %+v", a.Moved)
	}
	if _, ok := findMove(a.Moved, "data.categories", "contacts"); ok {
		t.Error("what is recorded of the whole is said to have moved a subset that has its own")
	}
}

func TestAMoveSaysTheAnswerThatTheFactsGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sheet := anySheet(t)
		moved, would := explain(sheet)
		for _, m := range append(moved, would...) {
			v := decide(sheet.With(m.Key, m.Value))
			if v.risk != m.Risk || v.notify != m.NotifyAuthority || (v.people == Required) != m.CommunicateSubjects {
				t.Fatalf("%s=%v: %+v, but the answer is %+v", m.Key, m.Value, m, v)
			}
		}
	})
}
