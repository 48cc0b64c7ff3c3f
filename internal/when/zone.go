package when

import "time"

// zones holds a fixed zone for every quarter of an hour from -14:00 to +14:00, so
// that reading a long journal does not make one location for each entry. It is
// filled once and never changed.
var zones = func() map[int]*time.Location {
	const quarter = 15 * 60
	m := make(map[int]*time.Location)
	for offset := -14 * 3600; offset <= 14*3600; offset += quarter {
		m[offset] = time.FixedZone("", offset)
	}
	return m
}()

// zoneOf is the fixed zone with the given offset in seconds. Equal offsets in use
// today give the same pointer, so moments can be compared with ==.
func zoneOf(offset int) *time.Location {
	if zone, ok := zones[offset]; ok {
		return zone
	}
	return time.FixedZone("", offset)
}
