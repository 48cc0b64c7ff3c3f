package timeline

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"timeglas/internal/when"
)

var update = flag.Bool("update", false, "write the golden vectors anew; the format is for ever, so never do this for entries that exist")

const goldenFile = "testdata/golden.json"

// vector is one entry of the golden journal, in the forms that
// docs/journal-format.md specifies.
type vector struct {
	Head   string `json:"head"`
	Salt   string `json:"salt"`
	Body   string `json:"body"`
	Commit string `json:"commitment"`
	Hash   string `json:"hash"`
}

// counter is the randomness of the golden journal: 00 01 02 … ff 00 ….
type counter byte

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func goldenDrafts() []Draft {
	cet := time.FixedZone("", 3600)
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 19, hour, minute, 0, 0, cet) }
	return []Draft{
		{Kind: KindNote, Occurred: when.At(at(7, 32)), Recorded: at(7, 40), Author: "anna", Text: "Bo ringede: CPR-numre i webarkivet"},
		{Kind: KindObservation, Occurred: when.Around(at(7, 0).Add(1500*time.Millisecond), 30*time.Minute), Recorded: at(7, 41).Add(123456789),
			Author: "anna", Text: "pages <are> \"up\" & read\nsince ±7 🔓", Tags: []string{"web", "æøå"}, Data: map[string]any{"rows": 1204, "path": "/a"}},
		{Kind: KindAction, Occurred: when.OnDay(at(12, 0)), Recorded: at(8, 0), Author: "Bo Ø. (DOMAIN\\bo)", Text: ""},
		{Kind: KindDecision, Occurred: when.Between(at(8, 1).UTC(), at(8, 2)), Recorded: at(8, 3), Author: "anna", Text: "take them down"},
		{Kind: KindCommunication, Occurred: when.Before(at(8, 5)), Recorded: at(8, 6), Author: "anna", Text: "called the supplier"},
		{Kind: KindRedaction, Occurred: when.Never(), Recorded: at(8, 7), Author: "carl", Target: "01M7S9V950KTFT18D2MEJAB9N7", Text: "held a name"},
	}
}

func goldenSealed(t *testing.T) []Sealed {
	t.Helper()
	journal := Identity{Mark: MarkDemo, ID: "01KACCE4KG0123456789ABCDEF"}
	sealed, err := Sealer{Journal: journal, Random: new(counter)}.Seal(Tip{}, goldenDrafts()...)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func vectorOf(s Sealed) vector {
	return vector{Head: string(s.HeadBytes), Salt: hex.EncodeToString(s.Salt), Body: string(s.BodyBytes), Commit: s.Head.Body.String(), Hash: s.Hash.String()}
}

func TestSealingGivesTheGoldenBytes(t *testing.T) {
	var got []vector
	for _, s := range goldenSealed(t) {
		got = append(got, vectorOf(s))
	}
	if *update {
		b, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenFile, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := goldenVectors(t)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("entry %d is not the golden one:\n%+v\n%+v", i+1, got[i:], want[i:])
		}
	}
}

func goldenVectors(t *testing.T) (v []vector) {
	t.Helper()
	b, err := os.ReadFile(goldenFile)
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheGoldenBytesAreReadAndFollowEachOther(t *testing.T) {
	sealed := goldenSealed(t)
	var tip Tip
	for i, v := range goldenVectors(t) {
		salt, err := hex.DecodeString(v.Salt)
		if err != nil {
			t.Fatal(err)
		}
		e, err := Read([]byte(v.Head), salt, []byte(v.Body))
		if err == nil {
			err = Follows(sealed[i].Journal, tip, e)
		}
		if err != nil {
			t.Fatalf("entry %d: %v", i+1, err)
		}
		if !reflect.DeepEqual(e, sealed[i].Entry) {
			t.Errorf("entry %d is read as %+v", i+1, e)
		}
		tip = e.Tip()
	}
}

func TestThePageOfTheFormatShowsTheGoldenBytes(t *testing.T) {
	page, err := os.ReadFile("../docs/journal-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range goldenVectors(t)[:2] {
		for _, want := range []string{v.Head, v.Salt, v.Body, v.Commit, v.Hash} {
			if !strings.Contains(string(page), "\n"+strings.TrimSuffix(want, "\n")+"\n") {
				t.Errorf("entry %d: the page has no lines\n%s", i+1, want)
			}
		}
	}
}
