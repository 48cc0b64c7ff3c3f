package timeline

import (
	"encoding/json"
	"fmt"
)

// The kinds that tie entries together, beside those that change one (Kind).
const (
	KindComment Kind = "comment" // a remark on the target
	KindLink    Kind = "link"    // the target belongs together with another entry; text: why
	KindView    Kind = "view"    // a query under a name, or the end of one
)

// LinkData names the other end of a link.
type LinkData struct {
	To string `json:"to"` // the id of an entry before the link
}

// ViewData saves a query under a name. Of several entries with one name the last
// that counts holds.
type ViewData struct {
	Name  string `json:"name"`
	Query string `json:"query,omitempty"` // as it was typed; relative times are read anew at each use
	Drop  bool   `json:"drop,omitempty"`  // the name is free again
}

// CorrectionData says what a correction changes. What it does not change stays as
// it was, also when somebody else corrects that at the same time.
type CorrectionData struct {
	Text bool   `json:"text,omitempty"` // the body's text replaces the target's
	At   bool   `json:"at,omitempty"`   // the head's moment replaces the target's
	Why  string `json:"why"`
}

// TagData puts tags on an entry and takes tags off it.
type TagData struct {
	On  []string `json:"on,omitempty"`
	Off []string `json:"off,omitempty"`
}

// PinData pins an entry, or unpins it.
type PinData struct {
	On bool `json:"on"`
}

// DecodeData reads an entry's data into the type that belongs to its kind.
func DecodeData[T any](e Entry) (T, error) {
	var data T
	if err := json.Unmarshal(e.Body.Data, &data); err != nil {
		return data, fmt.Errorf("entry %d: data: %w", e.Seq, err)
	}
	return data, nil
}
