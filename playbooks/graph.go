package playbooks

// arrange gives the items in an order in which each comes after those it waits for,
// and the rings of items that wait for each other, each once. Items of a ring are in
// the order too. It takes time in proportion to items and needs and calls nothing
// recursively, so that neither depth nor the number of paths matters.
func arrange(items []Item) (order []int, rings [][]int) {
	const white, grey, black = 0, 1, 2 // not seen, on the path, done
	index := make(map[string]int, len(items))
	for i, item := range items {
		if _, twice := index[item.ID()]; !twice {
			index[item.ID()] = i
		}
	}
	colour := make([]byte, len(items))
	type visit struct {
		item  int
		needs []Need // not looked at yet
	}
	var path []visit
	for start := range items {
		if colour[start] == white {
			colour[start] = grey
			path = append(path, visit{start, items[start].Common().After})
		}
		for len(path) > 0 {
			top := &path[len(path)-1]
			if len(top.needs) == 0 {
				colour[top.item] = black
				order = append(order, top.item)
				path = path[:len(path)-1]
				continue
			}
			next, known := index[top.needs[0].ID]
			top.needs = top.needs[1:]
			switch {
			case !known || colour[next] == black:
			case colour[next] == white:
				colour[next] = grey
				path = append(path, visit{next, items[next].Common().After})
			default:
				var ring []int
				for i := len(path) - 1; ; i-- {
					ring = append(ring, path[i].item)
					if path[i].item == next {
						break
					}
				}
				// The path runs from what waits to what it waits for.
				for a, b := 0, len(ring)-1; a < b; a, b = a+1, b-1 {
					ring[a], ring[b] = ring[b], ring[a]
				}
				rings = append(rings, ring)
			}
		}
	}
	return order, rings
}
