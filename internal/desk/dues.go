package desk

import (
	"time"

	"timeglas/incident"
	"timeglas/incident/clock"
	"timeglas/playbooks"
)

// afterDues are the times beside those of the playbook: answers to the authority and
// to people, and the clocks of other laws and of evidence.
func (s Situation) afterDues() []Due {
	var dues []Due
	for _, m := range s.Case.Matters {
		if m.Open() {
			dues = append(dues, matterDue(m))
		}
	}
	for _, o := range s.Others {
		for _, stage := range o.Stages {
			if stage.State == clock.Done || stage.Due.IsZero() {
				continue
			}
			title := o.Title()
			dues = append(dues, Due{What: o.Regime.Key, Entry: o.Entry, At: stage.Due, Name: playbooks.Text{
				EN: title.EN + ", " + stage.Stage.Title.EN, DA: title.DA + ", " + stage.Stage.Title.DA}})
		}
	}
	return dues
}

func matterDue(m incident.Matter) Due {
	name := playbooks.Text{EN: "answer the authority: " + m.Text, DA: "svar tilsynsmyndigheden: " + m.Text}
	if m.Side == incident.WithPerson {
		name = playbooks.Text{EN: "answer a person (" + m.Sort + "): " + m.Text, DA: "svar en person: " + m.Text}
	}
	return Due{What: string(m.Side), Entry: m.Entry, At: *m.Due, Name: name}
}

// zone is that of the people at the desk.
func (s Situation) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}
