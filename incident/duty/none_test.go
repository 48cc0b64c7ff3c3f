package duty

import (
	"testing"
	"time"
)

func TestNoFactsAtAllMeanNotifyBecauseNothingHasBeenShown(t *testing.T) {
	a := Assess(nil, Context{})
	if !a.NotifyAuthority || a.Risk != Likely || a.CommunicateSubjects || !a.Document {
		t.Fatalf("got %+v", a)
	}
	if a.ProposeAuthority() != OptionNotify || a.ProposePeople() != OptionFindOut {
		t.Fatalf("proposals %q and %q", a.ProposeAuthority(), a.ProposePeople())
	}
	if len(a.Unknown) < 10 {
		t.Errorf("only %v could change the answer", a.Unknown)
	}
}

// now is the moment at which the tests read typed values.
var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
