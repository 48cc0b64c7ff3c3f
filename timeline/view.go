package timeline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// Line is an entry as the whole journal leaves it: its text and time as corrected,
// its tags, and whether it still counts.
type Line struct {
	Entry
	Text        string
	Occurred    when.Moment
	Corrections []int64 // sequences of the corrections that count, oldest first
	RetractedBy int64   // sequence of the retraction, 0 when it stands
	RedactedBy  int64   // sequence of the redaction, 0 when the body is there
	Tags        []string
	Pinned      bool
	ClockBack   time.Duration // by how much the clock was set back before it was recorded, 0 when it was not
	Comments    []int64       // sequences of the comments that count, oldest first
	Links       []Link        // with other entries, oldest first
}

// Link is one end of a link that counts: with which entry, and by which.
type Link struct {
	With int64 // sequence of the entry at the other end
	By   int64 // sequence of the entry that links them; its text says why
}

// Counts reports whether folds read the entry: neither retracted nor redacted.
func (l Line) Counts() bool { return l.RetractedBy == 0 && !l.Redacted }

// View is a journal with its entries about entries applied. It is a value: nothing
// changes it after the fold.
type View struct {
	Lines []Line // by sequence: Lines[i].Seq == i+1
	byID  map[string]int
}

// Fold reads a journal from its first entry to its last.
func Fold(entries []Entry) View {
	v := View{Lines: make([]Line, len(entries)), byID: make(map[string]int, len(entries))}
	for i, e := range entries {
		v.Lines[i] = Line{Entry: e, Text: e.Body.Text, Occurred: e.Head.Occurred, Tags: e.Body.Tags}
		v.byID[e.ID] = i
		if i > 0 {
			v.Lines[i].ClockBack = SetBack(entries[i-1].Recorded, e.Recorded)
		}
	}
	v.applyRedactions()
	v.applyRetractions()
	v.applyLinks()
	for _, l := range v.Lines {
		if apply, ok := appliers[l.Kind]; ok && l.Counts() {
			if target, ok := v.target(l); ok {
				apply(target, l)
			}
		}
	}
	return v
}

// applyRedactions empties what a redaction names, also in entries that were read
// before it was written. A correction written afterwards can give the entry a text
// again. Redactions cannot be retracted.
func (v View) applyRedactions() {
	for _, l := range v.Lines {
		if l.Kind != KindRedaction {
			continue
		}
		if target, ok := v.target(l); ok {
			target.Text, target.Tags, target.Body = "", nil, Body{}
			target.RedactedBy, target.Redacted = l.Seq, true
		}
	}
}

// applyRetractions goes backwards: whatever retracts an entry stands after it, so
// when an entry is reached it is settled whether it counts itself.
func (v View) applyRetractions() {
	for i := len(v.Lines) - 1; i >= 0; i-- {
		l := v.Lines[i]
		if l.Kind != KindRetraction || l.RetractedBy != 0 {
			continue
		}
		if target, ok := v.target(l); ok && target.RetractedBy == 0 {
			target.RetractedBy = l.Seq
		}
	}
}

// applyLinks notes each link at both of its ends, which must stand before it.
func (v View) applyLinks() {
	for _, l := range v.Lines {
		if l.Kind != KindLink || !l.Counts() {
			continue
		}
		data, err := DecodeData[LinkData](l.Entry)
		one, ok := v.target(l)
		i, known := v.byID[data.To]
		if err != nil || !ok || !known || i >= int(l.Seq)-1 || one.ID == data.To {
			continue
		}
		other := &v.Lines[i]
		one.Links = append(one.Links, Link{With: other.Seq, By: l.Seq})
		other.Links = append(other.Links, Link{With: one.Seq, By: l.Seq})
	}
}

// target is the line that l speaks of, which must stand before it.
func (v View) target(l Line) (*Line, bool) {
	i, ok := v.byID[l.Target]
	if !ok || i >= int(l.Seq)-1 {
		return nil, false
	}
	return &v.Lines[i], true
}

// appliers say what each kind of entry that counts does to the line that it speaks
// of, in the order of the journal. Redactions and retractions come before all.
var appliers = map[Kind]func(target *Line, by Line){
	KindCorrection: func(target *Line, by Line) {
		data, err := DecodeData[CorrectionData](by.Entry)
		if err != nil {
			return
		}
		if data.Text {
			target.Text = by.Body.Text
		}
		if data.At {
			target.Occurred = by.Head.Occurred
		}
		target.Corrections = append(target.Corrections, by.Seq)
	},
	KindTag: func(target *Line, by Line) {
		data, err := DecodeData[TagData](by.Entry)
		if err != nil {
			return
		}
		kept := slices.DeleteFunc(slices.Clone(target.Tags), func(t string) bool { return slices.Contains(data.Off, t) })
		for _, t := range data.On {
			if !slices.Contains(kept, t) {
				kept = append(kept, t)
			}
		}
		target.Tags = kept
	},
	KindComment: func(target *Line, by Line) { target.Comments = append(target.Comments, by.Seq) },
	KindPin: func(target *Line, by Line) {
		if data, err := DecodeData[PinData](by.Entry); err == nil {
			target.Pinned = data.On
		}
	},
}

// Find is the line with that id, sequence ("12" or "#12") or beginning of an id,
// if only one begins so. Faults: NotFound, Usage when several begin so.
func (v View) Find(ref string) (Line, error) {
	if i, ok := v.byID[strings.ToUpper(ref)]; ok {
		return v.Lines[i], nil
	}
	if seq, err := strconv.Atoi(strings.TrimPrefix(ref, "#")); err == nil {
		if seq < 1 || seq > len(v.Lines) {
			return Line{}, fault.New(fault.NotFound, "entry "+ref, "the timeline has entries 1 to %d", len(v.Lines))
		}
		return v.Lines[seq-1], nil
	}
	return v.findByPrefix(ref)
}

func (v View) findByPrefix(ref string) (Line, error) {
	const shortest = 4
	found := -1
	for i := range v.Lines {
		if len(ref) < shortest || !strings.HasPrefix(v.Lines[i].ID, strings.ToUpper(ref)) {
			continue
		}
		if found >= 0 {
			return Line{}, fault.New(fault.Usage, "entry "+ref, "several entries begin so: give more of the id, or the number")
		}
		found = i
	}
	if found < 0 {
		return Line{}, fault.New(fault.NotFound, "entry "+ref, "there is no such entry: give its number or its id, as the timeline shows them")
	}
	return v.Lines[found], nil
}

// Root follows corrections of corrections to the entry that they all speak of.
func (v View) Root(l Line) Line {
	for l.Kind == KindCorrection {
		target, ok := v.target(l)
		if !ok {
			break
		}
		l = *target
	}
	return l
}

// Correcting are the lines that correct the entry with this sequence and count,
// oldest first.
func (v View) Correcting(seq int64) []Line {
	var lines []Line
	for _, c := range v.Lines[seq-1].Corrections {
		lines = append(lines, v.Lines[c-1])
	}
	return lines
}

// Until is how many of the entries were recorded no later than the moment. The
// order is the journal's: recorded times are taken as a running maximum, since
// wall clocks may jump backwards.
func Until(entries []Entry, moment time.Time) int {
	n, latest := 0, time.Time{}
	for _, e := range entries {
		if e.Recorded.After(latest) {
			latest = e.Recorded
		}
		if latest.After(moment) {
			break
		}
		n++
	}
	return n
}
