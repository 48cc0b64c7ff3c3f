package desk

import (
	"slices"

	"timeglas/incident/notice"
	"timeglas/playbooks"
)

// Filler is a step or gate of the case's playbook that finds what a text lacks, and
// the role that does it.
type Filler struct {
	Item string // id
	Role playbooks.Role
}

// Fillers are who could fill the gap: the steps and gates that end with one of its
// facts, in the order of the playbook; a step or gate is named once. None when the
// playbook asks nobody for it.
func (s Situation) Fillers(g notice.Gap) []Filler {
	var found []Filler
	if s.Run.Playbook == nil {
		return nil
	}
	for _, item := range s.Run.Playbook.Items {
		of := item.Common()
		if !slices.ContainsFunc(of.Facts, func(key string) bool { return slices.Contains(g.Keys, key) }) {
			continue
		}
		role, _ := s.Run.Playbook.Role(of.Role)
		found = append(found, Filler{of.ID, role})
	}
	return found
}
