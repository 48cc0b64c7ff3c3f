package storage

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// Compared is a checkpoint that somebody kept, held against the journal.
type Compared struct {
	Checkpoint checkpoint.Checkpoint
	Seq        int64  // the first entry that can be what does not agree; 0: the whole journal
	Why        string // what does not agree; empty when all does
}

// Jump is an entry that was recorded earlier than the one before it: the clock was
// set back between them. The order is that of the sequence, whatever clocks said.
type Jump struct {
	Seq  int64
	Back time.Duration
}

// maxJumps bounds what a report can hold of a journal made to have many.
const maxJumps = 1000

func byEntries(kept []checkpoint.Checkpoint) []checkpoint.Checkpoint {
	kept = slices.Clone(kept)
	slices.SortStableFunc(kept, func(a, b checkpoint.Checkpoint) int { return cmp.Compare(a.Entries, b.Entries) })
	return kept
}

// jump notes when the entry was written before the last one.
func (v *verification) jump(e timeline.Entry) {
	if back := timeline.SetBack(v.written, e.Recorded); back > 0 && len(v.report.Jumps) < maxJumps {
		v.report.Jumps = append(v.report.Jumps, Jump{Seq: e.Seq, Back: back})
	}
}

// compare holds the checkpoints made at this entry against the journal.
func (v *verification) compare() {
	for len(v.kept) > 0 && v.kept[0].Entries == v.tip.Seq {
		seq, why := v.differs(v.kept[0])
		v.report.Compared = append(v.report.Compared, Compared{v.kept[0], seq, why})
		v.kept = v.kept[1:]
	}
}

func (v *verification) differs(c checkpoint.Checkpoint) (seq int64, why string) {
	switch {
	case c.Journal != v.journal:
		return 0, whyAnotherJournal
	case c.Head == v.tip.Hash && c.Root == v.tree.Root():
		return 0, ""
	}
	from := v.agreed() + 1
	if from == c.Entries {
		return from, "the journal was rewritten: this entry is not the one that was signed"
	}
	return from, fmt.Sprintf("the journal was rewritten: one of the entries %d to %d is not the one that was signed", from, c.Entries)
}

const whyAnotherJournal = "the checkpoint is of another journal"

// agreed is the last entry up to which a checkpoint agrees.
func (v *verification) agreed() int64 {
	for i := len(v.report.Compared) - 1; i >= 0; i-- {
		if c := v.report.Compared[i]; c.Why == "" {
			return c.Checkpoint.Entries
		}
	}
	return 0
}

// checkpoints ends the comparison: those still ahead know entries that are not there.
// The first that does not agree is the finding.
func (v *verification) checkpoints() error {
	for _, c := range v.kept {
		seq, why := v.tip.Seq+1, fmt.Sprintf("the journal was shortened: it had %d entries and has %d", c.Entries, v.tip.Seq)
		if c.Journal != v.journal {
			seq, why = 0, whyAnotherJournal
		}
		v.report.Compared = append(v.report.Compared, Compared{c, seq, why})
	}
	for _, c := range v.report.Compared {
		if c.Why != "" {
			return &badError{Bad{c.Seq, c.Why}}
		}
	}
	return nil
}
