package incident

import (
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// Fold reads a case from its entries, from the first to the last. Entries that are
// retracted or redacted do not count, so the value before them returns. Entries of
// a kind that this program does not know, or whose data it cannot read, change
// nothing; they stay in the timeline.
func Fold(entries []timeline.Entry) *Case {
	c := &Case{
		State: Open,
		Facts: fact.Sheet{}, Steps: map[string]StepMark{}, Gates: map[string]Decision{},
		Severity: map[string]Severity{},
		Timeline: timeline.Fold(entries),
	}
	for i := range c.Timeline.Lines {
		line := &c.Timeline.Lines[i]
		c.Tip = line.Tip()
		if i == 0 {
			c.Journal = line.Journal
		}
		if read, ok := readers[line.Kind]; ok && line.Counts() {
			read(c, line)
		}
	}
	return c
}

// readers say what each kind of entry does to the case.
var readers = map[timeline.Kind]func(*Case, *timeline.Line){
	KindOpened: func(c *Case, l *timeline.Line) { c.Title, c.Opened = l.Text, markOf(l) },
	KindClosed: func(c *Case, l *timeline.Line) {
		c.State, c.StateWhy, c.StateBy = Closed, l.Text, markOf(l)
	},
	KindReopened: func(c *Case, l *timeline.Line) {
		c.State, c.StateWhy, c.StateBy = Open, l.Text, markOf(l)
	},
	KindPlaybook:  readPlaybook,
	KindSuspected: func(c *Case, l *timeline.Line) { c.Suspected = readAwareness(l) },
	KindAware:     func(c *Case, l *timeline.Line) { c.Aware = readAwareness(l) },
	KindFact:      readFact,
	KindStep:      readStep,
	KindGate:      readGate,
	KindNotice:    readNotice,
	KindFiled:     readFiled,
	KindApproval:  readApproval,
	KindEvidence:  readEvidence,
	KindCustody:   readCustody,
	KindCopy:      readCopy,
	KindHold:      readHold,
	KindSeverity:  readSeverity,
	KindAdvice:    readAdvice,
	KindDissent:   readDissent,
	KindAuthority: readMatter(WithAuthority),
	KindRequest:   readMatter(WithPerson),
	KindExtended:  readExtended,
	KindSettled:   readSettled,
	KindClock:     readClock,
}

func markOf(l *timeline.Line) Mark {
	return Mark{Entry: l.ID, Seq: l.Seq, By: l.Author, At: l.Recorded}
}

func readPlaybook(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[playbookData](l.Entry); err == nil {
		c.Playbook = Playbook{Mark: markOf(l), Key: data.Key, Hash: data.Hash, Source: data.Source, Why: l.Text}
	}
}

func readAwareness(l *timeline.Line) *Awareness {
	data, _ := timeline.DecodeData[awareData](l.Entry) // without the name the moment still counts
	return &Awareness{Mark: markOf(l), Moment: l.Occurred, Who: data.Who, Why: l.Text}
}

func readFact(c *Case, l *timeline.Line) {
	if key, recorded, ok := recordedFact(l); ok {
		c.Facts[key] = recorded
	}
}

func recordedFact(l *timeline.Line) (key string, r fact.Recorded, ok bool) {
	data, err := timeline.DecodeData[factData](l.Entry)
	if err != nil {
		return "", r, false
	}
	value, err := fact.Decode(data.Key, data.Value)
	if err != nil {
		return "", r, false
	}
	return data.Key, fact.Recorded{
		Value: value, Estimate: data.Estimate, Why: l.Text,
		Entry: l.ID, Seq: l.Seq, By: l.Author, At: l.Recorded,
	}, true
}

func readStep(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[stepData](l.Entry); err == nil && data.Step != "" {
		c.Steps[data.Step] = StepMark{Mark: markOf(l), State: data.State, Why: l.Text}
	}
}

func readGate(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[gateData](l.Entry); err == nil && data.Gate != "" {
		c.Gates[data.Gate] = Decision{Mark: markOf(l), Gate: data.Gate, Option: data.Option, Why: l.Text,
			Review: data.Review, Proposal: data.Proposal, Rules: data.Rules}
	}
}

func readNotice(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[noticeData](l.Entry); err == nil {
		c.Notices = append(c.Notices, Notice{Mark: markOf(l), To: data.To, Phase: data.Phase, Lang: data.Lang,
			Subset: data.Subset, ApprovedBy: data.ApprovedBy, Why: data.Why,
			SHA256: data.SHA256, Text: l.Text, Grounds: data.Grounds, Despite: data.Despite, FourEyes: data.FourEyes, Rests: data.Rests.tip(), Reader: data.Reader})
	}
}

func readApproval(c *Case, l *timeline.Line) {
	for i := range c.Notices {
		if n := &c.Notices[i]; n.Entry == l.Target {
			n.Approvals = append(n.Approvals, Approval{Mark: markOf(l), Why: l.Text})
		}
	}
}

func readFiled(c *Case, l *timeline.Line) {
	notice, ok := c.Notice(l.Target)
	data, err := timeline.DecodeData[filedData](l.Entry)
	if !ok || err != nil {
		return
	}
	c.Filings = append(c.Filings, Filing{Mark: markOf(l), Notice: l.Target, To: notice.To, Sent: l.Occurred,
		Channel: data.Channel, Who: data.Who, Receipt: data.Receipt, Number: data.Number})
}

// Notice is the issued notice with that entry id.
func (c *Case) Notice(entry string) (Notice, bool) {
	for _, n := range c.Notices {
		if n.Entry == entry {
			return n, true
		}
	}
	return Notice{}, false
}

// FiledToAuthority is when the authority was first sent a notice; nil when it was
// not. Only this stops the clock: issuing a text stops nothing.
func (c *Case) FiledToAuthority() *when.Moment {
	var first *when.Moment
	for _, f := range c.Filings {
		if f.To == ToAuthority && (first == nil || f.Sent.Earliest().Before(first.Earliest())) {
			first = &f.Sent
		}
	}
	return first
}

// History is every value that the key has had, oldest first, with those that no
// longer count left out only where their body was redacted.
func (c *Case) History(key string) []Past {
	var past []Past
	for i := range c.Timeline.Lines {
		l := &c.Timeline.Lines[i]
		if l.Kind != KindFact || l.Redacted {
			continue
		}
		if k, r, ok := recordedFact(l); ok && k == key {
			past = append(past, Past{Recorded: r, RetractedBy: l.RetractedBy})
		}
	}
	return past
}

// Past is a value that a fact has, or has had.
type Past struct {
	fact.Recorded
	RetractedBy int64 // sequence of the retraction, 0 when it stands
}
