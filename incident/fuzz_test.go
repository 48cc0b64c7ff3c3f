package incident

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// FuzzFold folds journals that no program wrote: any kind, any target, any data,
// bodies gone here and there. What cannot be read changes nothing, and nothing
// panics. Six bytes of the plan are an entry.
func FuzzFold(f *testing.F) {
	kinds := append(slices.Sorted(maps.Keys(readers)), timeline.KindNote, timeline.KindCorrection, timeline.KindRetraction,
		timeline.KindRedaction, timeline.KindTag, timeline.KindPin, timeline.KindComment, timeline.KindLink, timeline.KindView, "unheard-of")
	data := []string{
		`null`, `{}`, `{"text":true,"at":true,"why":"x"}`, `{"on":["a"],"off":["b"]}`, `{"on":true}`, `{"to":"E1"}`, `{"to":"E999"}`,
		`{"key":"persons.count","value":7,"estimate":true}`, `{"key":"no.such","value":[]}`, `{"who":"anna","why":"x"}`,
		`{"step":"s","state":"done"}`, `{"gate":"g","option":"notify","why":"x"}`, `{"name":"v","query":"("}`, `[]`, `"text"`, `7`,
	}
	f.Add([]byte{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, `{"key":"effect.types","value":["availability"]}`)
	for i := range kinds {
		f.Add([]byte{byte(i), 0, 1, 0, 0, 9, byte(i), 1, 2, 0, 1, 9, byte(i), 2, 3, 1, 2, 9}, `{"why":"x"}`)
	}
	f.Fuzz(func(t *testing.T, plan []byte, own string) {
		var entries []timeline.Entry
		for seq := int64(1); len(plan) >= 6 && seq <= 200; seq++ {
			step := plan[:6]
			plan = plan[6:]
			e := timeline.Entry{Head: timeline.Head{
				Seq: seq, ID: fmt.Sprintf("E%d", seq), Kind: kinds[int(step[0])%len(kinds)], Author: "anna",
				Recorded: time.Unix(int64(step[1])*1000, 0).UTC(), Occurred: when.At(time.Unix(int64(step[3]), 0)),
			}, Redacted: step[4]%7 == 6}
			if step[2] > 0 {
				e.Target = fmt.Sprintf("E%d", int(step[2])%16)
			}
			if !e.Redacted {
				e.Body = timeline.Body{Text: own, Data: json.RawMessage(append(data, own)[int(step[5])%(len(data)+1)])}
			}
			entries = append(entries, e)
		}
		c := Fold(entries)
		if len(c.Timeline.Lines) != len(entries) {
			t.Fatalf("%d lines of %d entries", len(c.Timeline.Lines), len(entries))
		}
		for _, l := range c.Timeline.Lines {
			if l.Redacted && l.Text != "" {
				t.Fatalf("entry %d is redacted and has a text", l.Seq)
			}
		}
	})
}
