package register

import (
	"time"

	"timeglas/internal/cpr"
	"timeglas/timeline"
)

// KindRecord is the kind of entry that the register's own journal is made of: the
// record of a case as it stood when the case was closed or disposed of. A later one
// of the same case replaces it.
const KindRecord timeline.Kind = "record"

// Disposal says that the case itself is gone and this record is what remains.
type Disposal struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"` // the account that did it
	Why    string    `json:"why"`
	Copies []string  `json:"copies"` // files that hold a copy of the case and were not deleted with it
}

// Kept is a record in the register's journal.
type Kept struct {
	Journal string // the id of the case's journal: references can be used again
	Record  Record
}

// keptData is the data of an entry; its names are part of the journal's format.
type keptData struct {
	Journal string `json:"journal"`
	Record  Record `json:"record"`
}

// Draft is the entry that keeps a record.
func Draft(k Kept) timeline.Draft {
	return timeline.Draft{Kind: KindRecord, Text: k.Record.Ref, Data: keptData(k)}
}

// Read gives the last record of each case, in the order of their first.
func Read(entries []timeline.Entry) []Kept {
	var all []Kept
	at := map[string]int{}
	for _, e := range entries {
		if e.Kind != KindRecord || e.Redacted {
			continue
		}
		data, err := timeline.DecodeData[keptData](e)
		if err != nil {
			continue // of a later program; it stays in the journal
		}
		i, ok := at[data.Journal]
		if !ok {
			i, at[data.Journal] = len(all), len(all)
			all = append(all, Kept{})
		}
		all[i] = Kept(data)
	}
	return all
}

// DisposedOf is the record as it remains when the case goes.
func (r Record) DisposedOf(d Disposal) Record {
	d.At = d.At.UTC()
	d.Why, _ = cpr.Mask(d.Why)
	r.Disposal = &d
	return r
}
