package incident

import "timeglas/timeline"

// AsOf is the case as it stood after the entry with that sequence, as far as it can
// still be read: what has been redacted since is not there.
func (c *Case) AsOf(seq int64) *Case {
	var entries []timeline.Entry
	for _, l := range c.Timeline.Lines {
		if l.Seq > seq {
			break
		}
		entries = append(entries, l.Entry)
	}
	return Fold(entries)
}
