package interchange

import (
	"errors"
	"time"

	"timeglas/internal/when"
)

// clock reads the times of one file. What has no offset is read in a zone that the
// user has named; an hour that clocks showed twice is told apart by the order of the
// rows, as a log that was written through that night has it.
type clock struct {
	zone     *time.Location // nil: none was named
	named    map[string]*time.Location
	offsets  map[int]*time.Location
	calm     map[*time.Location]calm
	prev     time.Time // of the row before
	up, down bool      // whether any row was later, or earlier, than the one before it
}

// calm is a stretch in which a zone has one offset, with a margin at both ends in
// which a clock reading could be meant otherwise.
type calm struct{ from, to time.Time }

// edge is further than any two offsets are apart.
const edge = 48 * time.Hour

func newClock(zone *time.Location) *clock {
	return &clock{zone: zone, named: map[string]*time.Location{}, offsets: map[int]*time.Location{}, calm: map[*time.Location]calm{}}
}

var (
	errTime     = errors.New("the time cannot be read: write it as 2020-06-09T14:05:00+02:00")
	errYear     = errors.New("the year is not between 1 and 9999")
	errNoOffset = errors.New("the time has no offset from UTC: name the zone of the file")
	errNoTime   = errors.New("there is no time")
)

// stamp is a clock reading, and its offset when it has one.
type stamp struct {
	wall      time.Time // held as UTC
	day       bool      // a date without a time of day
	hasOffset bool
	offset    int // seconds east of UTC
}

// moment reads a time in the zone of the file.
func (c *clock) moment(text string) (when.Moment, error) {
	s, err := parseStamp(text)
	if err == nil {
		return c.resolve(s, c.zone)
	}
	if errors.Is(err, errTime) && c.zone != nil { // as people write it
		m, err := when.ParseText(text, c.zone)
		if err == nil && m.Known() {
			c.note(m.From)
			err = m.Validate()
		}
		return m, err
	}
	return when.Moment{}, err
}

// written reads what [when.Text] wrote of a moment that is known. Most are exact, which
// is quick.
func (c *clock) written(text string) (when.Moment, error) {
	if s, err := parseStamp(text); err == nil && s.hasOffset && !s.day {
		m := when.At(s.wall.Add(-time.Duration(s.offset) * time.Second).In(c.at(s.offset)))
		return m, m.Validate()
	}
	m, err := when.ParseText(text, time.UTC)
	if err == nil && !m.Known() {
		err = errNoTime
	}
	return m, err
}

// resolve is the moment that a clock reading means.
func (c *clock) resolve(s stamp, zone *time.Location) (when.Moment, error) {
	if s.day {
		if zone == nil {
			return when.Moment{}, errNoOffset
		}
		m := when.OnDay(time.Date(s.wall.Year(), s.wall.Month(), s.wall.Day(), 12, 0, 0, 0, zone))
		return m, m.Validate()
	}
	at, err := c.instant(s, zone)
	if err != nil {
		return when.Moment{}, err
	}
	c.note(at)
	m := when.At(at)
	return m, m.Validate()
}

func (c *clock) instant(s stamp, zone *time.Location) (time.Time, error) {
	if s.hasOffset {
		return s.wall.Add(-time.Duration(s.offset) * time.Second).In(c.at(s.offset)), nil
	}
	if zone == nil {
		return time.Time{}, errNoOffset
	}
	w := s.wall
	t := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), w.Nanosecond(), zone)
	if known, ok := c.calm[zone]; ok && t.After(known.from) && t.Before(known.to) {
		return t, nil
	}
	if start, end := t.ZoneBounds(); !start.IsZero() && !end.IsZero() {
		c.calm[zone] = calm{start.Add(edge), end.Add(-edge)}
	}
	return c.byOrder(when.Readings(w, zone))
}

// byOrder chooses between the readings of an hour that clocks showed twice.
func (c *clock) byOrder(readings []time.Time) (time.Time, error) {
	switch {
	case len(readings) == 0:
		return time.Time{}, errors.New("clocks in that zone were put forward over this time, so it never was: the file is in another zone")
	case len(readings) == 1:
		return readings[0], nil
	}
	early, late := readings[0], readings[len(readings)-1]
	falling := c.down || !c.up && c.prev.After(late)
	switch {
	case c.prev.IsZero() || c.up && c.down:
	case !falling && !c.prev.After(early):
		return early, nil
	case !falling && !c.prev.After(late):
		return late, nil
	case falling && !c.prev.Before(late):
		return late, nil
	case falling && !c.prev.Before(early):
		return early, nil
	}
	return time.Time{}, errors.New("clocks in that zone showed this time twice, and the rows before it do not tell which is meant: write the offset")
}

// note keeps the order of the rows.
func (c *clock) note(at time.Time) {
	if !c.prev.IsZero() {
		c.up = c.up || at.After(c.prev)
		c.down = c.down || at.Before(c.prev)
	}
	c.prev = at
}

// at is the fixed zone with that offset.
func (c *clock) at(offset int) *time.Location {
	zone, ok := c.offsets[offset]
	if !ok {
		zone = time.FixedZone("", offset)
		c.offsets[offset] = zone
	}
	return zone
}

// maxZones is how many zones the rows of one file may name.
const maxZones = 64

// zoneNamed is the zone that a row names, the file's own when it names none. What
// the machine calls local is no zone of the file.
func (c *clock) zoneNamed(name string) (*time.Location, error) {
	switch name {
	case "", "-":
		return c.zone, nil
	case "Local":
		return nil, errors.New("its zone is not known: write one such as UTC or Europe/Copenhagen")
	}
	zone, ok := c.named[name]
	if !ok {
		if len(c.named) == maxZones {
			return nil, errors.New("the file names more than 64 zones")
		}
		zone, _ = time.LoadLocation(name) // nil when there is none
		c.named[name] = zone
	}
	if zone == nil {
		return nil, errors.New("its zone is not known: write one such as UTC or Europe/Copenhagen")
	}
	return zone, nil
}
