package when

import (
	"encoding/json"
	"time"
)

// Stamp is an instant as other programs read it: RFC 3339 in JSON, null when there
// is none.
type Stamp struct{ time.Time }

// MarshalJSON writes the instant with the offset that it has.
func (s Stamp) MarshalJSON() ([]byte, error) {
	if s.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(s.Format(time.RFC3339Nano))
}

// Extent is a moment as other programs read it, in fields of an object: its first
// instant, its last when it has one of its own, and how well it is known.
type Extent struct {
	At        Stamp     `json:"at"`
	To        Stamp     `json:"to"`
	Precision Precision `json:"precision"`
}

// Extent is the moment for other programs. Of an estimate both ends of its margin
// are given.
func (m Moment) Extent() Extent {
	e := Extent{At: Stamp{m.From}, Precision: m.Precision}
	switch m.Precision {
	case Estimated:
		e.At, e.To = Stamp{m.Earliest()}, Stamp{m.Latest()}
	case Day, Range:
		e.To = Stamp{m.To}
	case "":
		e.Precision = Unknown
	}
	return e
}

// String is the extent in one cell of a table: "2020-06-09T14:05:00+02:00", or with
// both ends and the precision, "2020-06-09T00:00:00+02:00/2020-06-10T00:00:00+02:00
// (day)". Empty when there is none, or nothing is known.
func (e *Extent) String() string {
	if e == nil || e.At.IsZero() {
		return ""
	}
	text := e.At.Format(time.RFC3339Nano)
	if !e.To.IsZero() {
		text += "/" + e.To.Format(time.RFC3339Nano)
	}
	if e.Precision != Exact {
		text += " (" + string(e.Precision) + ")"
	}
	return text
}
