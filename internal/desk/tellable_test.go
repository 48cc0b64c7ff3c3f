package desk_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func TestAnIncompleteLetterIsIssuedOnlyForAReason(t *testing.T) {
	b := newBench(t, "data-loss")
	letter := desk.Issue{Request: notice.Request{To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da"}, By: "the DPO", Zone: b.Zone}
	b.refuse(letter, fault.Refused, "--why")
	letter.Why = "people are in danger; the rest follows by telephone"
	issued := b.do(letter).Entries[0]
	if n, ok := b.look().Case.Notice(issued.ID); !ok || n.Why != letter.Why || n.Reader != "adult" {
		t.Errorf("the issued letter is %+v", n)
	}
	for _, to := range []incident.Recipient{incident.ToAuthority, incident.ToController, incident.ToPolice, incident.ToInternal} {
		b.do(desk.Issue{Request: notice.Request{To: to, Phase: incident.PhaseInitial, Lang: "da"}, By: "the DPO", Zone: b.Zone})
	}
}

func TestPeopleAreNotToldByMistakeWhileTellingIsPutOff(t *testing.T) {
	b := newBench(t, "data-loss")
	b.do(desk.RecordFacts{Facts: []desk.Given{{Key: "informed.exception", Value: fact.Choice("dbl-22-2")}}, Why: "the police asked"})
	b.refuse(desk.Issue{Request: notice.Request{To: incident.ToPublic, Phase: incident.PhaseInitial, Lang: "da"}, By: "the DPO", Zone: b.Zone}, fault.Refused, "put off")
}

func TestADeskWritesInTheWordingOfItsOrganisation(t *testing.T) {
	own, err := notice.ReadWording(fstest.MapFS{"people.da.toml": {Data: []byte("[headings]\n6 = \"Ring til os\"\n")}}, "own")
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "data-loss")
	b.Wording = own
	b.Desk = desk.New(b.Options)
	req := notice.Request{To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da"}
	doc, err := b.Compose(b.look(), req)
	if err != nil || !strings.Contains(doc.Text(), "Ring til os") {
		t.Errorf("the preview is in other words (%v):\n%s", err, doc.Text())
	}
	issued := b.do(desk.Issue{Request: req, By: "the DPO", Why: "a test", Zone: b.Zone}).Entries[0]
	if n, _ := b.look().Case.Notice(issued.ID); !strings.Contains(n.Text, "Ring til os") {
		t.Errorf("the issued text is in other words:\n%s", n.Text)
	}
}
