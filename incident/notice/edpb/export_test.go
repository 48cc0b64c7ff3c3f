package edpb

// Table is the table as far as a test of it needs: the numbers, and whether each is
// required.
func Table() map[int]bool {
	all := make(map[int]bool, len(template))
	for _, d := range template {
		all[d.no] = d.need == required
	}
	return all
}
