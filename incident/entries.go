package incident

import (
	"encoding/json"

	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/timeline"
)

// The kinds of entry that carry a case, beside those that the timeline knows. The
// reason given by its writer is the entry's text.
const (
	KindOpened    timeline.Kind = "opened"    // text: the case's title
	KindClosed    timeline.Kind = "closed"    // the case is closed
	KindReopened  timeline.Kind = "reopened"  // and open again
	KindPlaybook  timeline.Kind = "playbook"  // the playbook that the case runs from here on
	KindSuspected timeline.Kind = "suspected" // occurred: when a breach was first suspected
	KindAware     timeline.Kind = "aware"     // occurred: when the organisation was aware
	KindFact      timeline.Kind = "fact"      // one value of one key
	KindStep      timeline.Kind = "step"      // a step done, skipped or reopened
	KindGate      timeline.Kind = "gate"      // a decision
	KindNotice    timeline.Kind = "notice"    // a text issued
	KindFiled     timeline.Kind = "filed"     // target: the notice; occurred: when it was sent
	KindApproval  timeline.Kind = "approval"  // target: the notice; by another account than its author
	KindOverride  timeline.Kind = "override"  // a rule of the program that was set aside to open the case
	KindEvidence  timeline.Kind = "evidence"  // a file taken into custody
	KindCustody   timeline.Kind = "custody"   // evidence that was given out or looked at
	KindCopy      timeline.Kind = "copy"      // a backup or archive of the case was written
	KindHold      timeline.Kind = "hold"      // the case must be kept, or no longer must
)

// The data of each kind. Their JSON names are part of the journal's format: they
// can be added to, never renamed.
type (
	openedData   struct{}
	playbookData struct {
		Key    string `json:"key"`
		Hash   string `json:"sha256"`
		Source string `json:"source"`
	}
	awareData struct {
		Who string `json:"by"`
	}
	factData struct {
		Key      string          `json:"key"`
		Value    json.RawMessage `json:"value"`
		Estimate bool            `json:"estimate,omitempty"`
	}
	stepData struct {
		Step  string    `json:"step"`
		State StepState `json:"state"`
	}
	gateData struct {
		Gate     string       `json:"gate"`
		Option   string       `json:"option"`
		Review   *when.Moment `json:"review,omitempty"`
		Proposal string       `json:"proposal,omitempty"`
		Rules    string       `json:"rules,omitempty"`
	}
	noticeData struct {
		To         Recipient `json:"to"`
		Phase      Phase     `json:"phase"`
		Lang       string    `json:"lang"`
		Subset     string    `json:"subset,omitempty"`
		ApprovedBy string    `json:"approved_by"`
		Why        string    `json:"why,omitempty"`
		SHA256     string    `json:"sha256"`
		Grounds    []string  `json:"grounds"`
		Despite    string    `json:"despite,omitempty"`
		FourEyes   bool      `json:"four_eyes,omitempty"`
		Rests      *restsOn  `json:"rests_on,omitempty"`
		Reader     string    `json:"reader,omitempty"`
	}
	// restsOn is the end of the journal before a notice: with a checkpoint it shows
	// what was known when the text was written.
	restsOn struct {
		Entries int64  `json:"entries"`
		Head    string `json:"head"`
	}
	approvalData struct {
		SHA256 string `json:"sha256"`
	}
	closedData struct {
		Undone []string `json:"undone,omitempty"`
	}
	filedData struct {
		Channel string `json:"channel"`
		Who     string `json:"by"`
		Receipt string `json:"receipt,omitempty"`
		Number  string `json:"number,omitempty"`
	}
)

// OpenedDraft begins a journal. Author and time of writing are the desk's to set,
// here and below; a draft without a moment happened when it was written.
func OpenedDraft(title string) timeline.Draft {
	return timeline.Draft{Kind: KindOpened, Text: title, Data: openedData{}}
}

// ClosedDraft closes the case; undone are the ids of the steps and gates left.
func ClosedDraft(why string, undone []string) timeline.Draft {
	return timeline.Draft{Kind: KindClosed, Text: why, Data: closedData{undone}}
}

// ReopenedDraft opens a closed case again.
func ReopenedDraft(why string) timeline.Draft { return timeline.Draft{Kind: KindReopened, Text: why} }

// PlaybookDraft chooses the playbook whose source is kept in the entry.
func PlaybookDraft(key, hash, source, why string) timeline.Draft {
	return timeline.Draft{Kind: KindPlaybook, Text: why, Data: playbookData{key, hash, source}}
}

// AwareDraft records when somebody in the organisation was aware: it starts the
// clock.
func AwareDraft(m when.Moment, who, why string) timeline.Draft {
	return timeline.Draft{Kind: KindAware, Occurred: m, Text: why, Data: awareData{who}}
}

// SuspectedDraft records when a breach was first suspected; it starts no clock.
func SuspectedDraft(m when.Moment, who, why string) timeline.Draft {
	return timeline.Draft{Kind: KindSuspected, Occurred: m, Text: why, Data: awareData{who}}
}

// FactDraft records one value of one key.
func FactDraft(key string, value fact.Value, estimate bool, why string) timeline.Draft {
	return timeline.Draft{Kind: KindFact, Text: why, Data: factData{key, fact.Encode(value), estimate}}
}

// StepDraft says what has been done about a step.
func StepDraft(step string, state StepState, why string) timeline.Draft {
	return timeline.Draft{Kind: KindStep, Text: why, Data: stepData{step, state}}
}

// GateDraft records a decision: of d the gate, the option, the reason, the date of
// review and the proposal that was shown are kept.
func GateDraft(d Decision) timeline.Draft {
	return timeline.Draft{Kind: KindGate, Text: d.Why,
		Data: gateData{d.Gate, d.Option, d.Review, d.Proposal, d.Rules}}
}

// NoticeDraft freezes the text of a notice.
func NoticeDraft(n Notice) timeline.Draft {
	return timeline.Draft{Kind: KindNotice, Text: n.Text, Data: noticeData{
		n.To, n.Phase, n.Lang, n.Subset, n.ApprovedBy, n.Why, n.SHA256, n.Grounds, n.Despite, n.FourEyes, rests(n.Rests), n.Reader}}
}

func rests(tip timeline.Tip) *restsOn {
	if tip.Seq == 0 {
		return nil
	}
	return &restsOn{tip.Seq, tip.Hash.String()}
}

func (r *restsOn) tip() timeline.Tip {
	if r == nil {
		return timeline.Tip{}
	}
	hash, err := timeline.ParseHash(r.Head)
	if err != nil {
		return timeline.Tip{}
	}
	return timeline.Tip{Seq: r.Entries, Hash: hash}
}

// OverrideDraft records that a rule of the program was set aside to open the case.
func OverrideDraft(rule string) timeline.Draft {
	return timeline.Draft{Kind: KindOverride, Text: rule}
}

// ApprovalDraft approves the notice with that entry; the hash of the text that was
// approved is repeated in it.
func ApprovalDraft(n Notice, why string) timeline.Draft {
	return timeline.Draft{Kind: KindApproval, Target: n.Entry, Text: why, Data: approvalData{n.SHA256}}
}

// FiledDraft says that a notice was sent.
func FiledDraft(f Filing) timeline.Draft {
	return timeline.Draft{Kind: KindFiled, Target: f.Notice, Occurred: f.Sent,
		Data: filedData{f.Channel, f.Who, f.Receipt, f.Number}}
}
