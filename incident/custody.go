package incident

import (
	"slices"

	"timeglas/timeline"
)

// Evidence is a file in the custody of the case.
type Evidence struct {
	Mark           // who took it in, and when
	Name    string // of the file
	Size    int64  // in bytes
	SHA256  string // of its content, in lower-case hexadecimal
	From    string // where it came from: the path as it was given
	Why     string
	Custody []Custody // what happened to it since, oldest first
}

// Custody is one time that evidence left the store: a copy was made of it, or it
// was looked at.
type Custody struct {
	Mark
	To  string // the file that the copy was written to; empty when it was printed
	Why string
}

// Copy is a backup or an archive of the case that somebody asked for. It says where
// a copy of the case went, and is not proof that it is still there.
type Copy struct {
	Mark
	Form      string // CopyBackup or CopyArchive
	To        string // the file
	SHA256    string // of the file
	Entries   int64  // how many entries are in it
	Encrypted bool
	Why       string
}

// The forms of a copy.
const (
	CopyBackup  = "backup"
	CopyArchive = "archive"
)

// Hold is a legal hold: until it is lifted the case is not disposed of.
type Hold struct {
	Mark
	Why string
}

// The data of the kinds above; their JSON names are part of the journal's format.
type (
	evidenceData struct {
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		SHA256 string `json:"sha256"`
		From   string `json:"from"`
	}
	custodyData struct {
		SHA256 string `json:"sha256"`
		To     string `json:"to,omitempty"`
	}
	copyData struct {
		Form      string `json:"form"`
		To        string `json:"to"`
		SHA256    string `json:"sha256"`
		Entries   int64  `json:"entries"`
		Encrypted bool   `json:"encrypted"`
	}
	holdData struct {
		On bool `json:"on"`
	}
)

// EvidenceDraft takes a stored file into custody.
func EvidenceDraft(e Evidence) timeline.Draft {
	return timeline.Draft{Kind: KindEvidence, Text: e.Why, Data: evidenceData{e.Name, e.Size, e.SHA256, e.From}}
}

// CustodyDraft records that the evidence with this SHA-256 was given out. The entry
// speaks of the one that took it in.
func CustodyDraft(taken Evidence, c Custody) timeline.Draft {
	return timeline.Draft{Kind: KindCustody, Target: taken.Entry, Text: c.Why, Data: custodyData{taken.SHA256, c.To}}
}

// CopyDraft records that a copy of the case was written.
func CopyDraft(c Copy) timeline.Draft {
	return timeline.Draft{Kind: KindCopy, Text: c.Why, Data: copyData{c.Form, c.To, c.SHA256, c.Entries, c.Encrypted}}
}

// HoldDraft sets a legal hold, or lifts it.
func HoldDraft(on bool, why string) timeline.Draft {
	return timeline.Draft{Kind: KindHold, Text: why, Data: holdData{on}}
}

func readEvidence(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[evidenceData](l.Entry); err == nil {
		c.Evidence = append(c.Evidence, Evidence{Mark: markOf(l), Name: data.Name, Size: data.Size,
			SHA256: data.SHA256, From: data.From, Why: l.Text})
	}
}

func readCustody(c *Case, l *timeline.Line) {
	data, err := timeline.DecodeData[custodyData](l.Entry)
	if err != nil {
		return
	}
	for i := range c.Evidence {
		if e := &c.Evidence[i]; e.SHA256 == data.SHA256 {
			e.Custody = append(e.Custody, Custody{Mark: markOf(l), To: data.To, Why: l.Text})
		}
	}
}

func readCopy(c *Case, l *timeline.Line) {
	if data, err := timeline.DecodeData[copyData](l.Entry); err == nil {
		c.Copies = append(c.Copies, Copy{Mark: markOf(l), Form: data.Form, To: data.To, SHA256: data.SHA256,
			Entries: data.Entries, Encrypted: data.Encrypted, Why: l.Text})
	}
}

func readHold(c *Case, l *timeline.Line) {
	data, err := timeline.DecodeData[holdData](l.Entry)
	if err != nil {
		return
	}
	c.Hold = nil
	if data.On {
		c.Hold = &Hold{Mark: markOf(l), Why: l.Text}
	}
}

// EvidenceWith is the evidence with this SHA-256, or with one that begins so when
// only one does.
func (c *Case) EvidenceWith(sum string) (found Evidence, ok bool) {
	for _, e := range c.Evidence {
		if e.SHA256 == sum {
			return e, true
		}
		if len(sum) >= shortestSum && len(sum) < len(e.SHA256) && e.SHA256[:len(sum)] == sum {
			if ok && found.SHA256 != e.SHA256 {
				return Evidence{}, false
			}
			found, ok = e, true
		}
	}
	return found, ok
}

const shortestSum = 8

// EvidenceOf is the SHA-256 of the evidence that an entry speaks of: the file that
// was taken in or given out, or the receipt of a filing. Empty when it speaks of
// none.
func EvidenceOf(l timeline.Line) string {
	kinds := []timeline.Kind{KindEvidence, KindCustody, KindFiled}
	if l.Redacted || !slices.Contains(kinds, l.Kind) {
		return ""
	}
	data, err := timeline.DecodeData[struct {
		SHA256  string `json:"sha256"`
		Receipt string `json:"receipt"`
	}](l.Entry)
	if err != nil {
		return ""
	}
	return data.SHA256 + data.Receipt
}
