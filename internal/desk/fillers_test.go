package desk_test

import (
	"testing"

	"timeglas/incident"
	"timeglas/incident/notice"
)

func TestAGapNamesWhoCouldFillIt(t *testing.T) {
	b := newBench(t, "public-leak")
	doc, err := b.Compose(b.look(), notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da"})
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range doc.Gaps {
		fillers := b.look().Fillers(gap)
		for _, f := range fillers {
			if f.Item == "" || f.Role.ID == "" {
				t.Errorf("%s is filled by %+v", gap.What, f)
			}
		}
		if len(gap.Keys) > 0 && gap.Keys[0] == "persons.count" && len(fillers) == 0 {
			t.Error("nobody counts the people")
		}
	}
	if got := b.look().Fillers(notice.Gap{What: "nothing of the facts"}); got != nil {
		t.Errorf("%+v", got)
	}
}
