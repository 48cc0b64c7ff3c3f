package desk_test

import (
	"testing"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
)

func TestTheInternalRecordIsIssuedAndNeverSent(t *testing.T) {
	b := newBench(t, "data-loss")
	b.issue(desk.Issue{Request: notice.Request{To: incident.ToInternal, Phase: incident.PhaseInitial, Lang: "da"}})
	if unsent := b.look().Unfiled(); len(unsent) != 0 {
		t.Errorf("%d unfiled", len(unsent))
	}
	b.issue(desk.Issue{Request: initial()})
	if unsent := b.look().Unfiled(); len(unsent) != 1 {
		t.Errorf("%d unfiled", len(unsent))
	}
}
