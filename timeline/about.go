package timeline

import (
	"encoding/json"
	"fmt"
)

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
