package main

import (
	"bufio"
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/internal/when"
	"timeglas/timeline"
	"timeglas/timeline/interchange"
)

// TestWhatIsExportedIsReadAgainTheSame writes lines with everything that breaks
// files in every format that is read again, and reads them.
func TestWhatIsExportedIsReadAgainTheSame(t *testing.T) {
	for _, f := range timelineFormats() {
		if !slices.Contains(interchange.Formats(), interchange.Format(f.name)) {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				lines := rapid.SliceOfN(rapid.Custom(drawLine), 1, 5).Draw(t, "lines")
				checkRoundTrip(t, f, lines)
			})
		})
	}
}

func checkRoundTrip(t *rapid.T, f timelineFormat, lines []timeline.Line) {
	var file bytes.Buffer
	a := &app{out: bufio.NewWriter(&file)}
	s := shown{Situation: desk.Situation{Case: &incident.Case{}}, lines: lines, lang: "en", zone: time.UTC}
	if err := f.write(a, s); err != nil {
		t.Fatal(err)
	}
	if err := a.out.Flush(); err != nil {
		t.Fatal(err)
	}
	format, err := interchange.Recognise(file.Bytes(), "x")
	if err != nil || string(format) != f.name {
		t.Fatalf("recognised as %q, %v", format, err)
	}
	i := 0
	for row, err := range interchange.Read(&file, interchange.Options{Format: format}) {
		if err != nil {
			t.Fatal(err)
		}
		l := lines[i]
		if !row.At.Equal(l.Occurred) || row.Text != l.Text || row.Kind != string(l.Kind) || row.Author != l.Author || !slices.Equal(row.Tags, l.Tags) {
			t.Fatalf("%+v is read as %+v", l, row)
		}
		i++
	}
	if i != len(lines) {
		t.Fatalf("%d of %d lines are read", i, len(lines))
	}
}

func drawLine(t *rapid.T) timeline.Line {
	parts := []string{",", ";", "\t", `"`, "\n", "\r\n", "\r", "'", "=", "+", "|", " ", "æ", "Å", "🍓", "\u2028", "\\", "x", "word"}
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "text"), "")
	at := time.Unix(rapid.Int64Range(-1e10, 1e11).Draw(t, "at"), rapid.Int64Range(0, 999999999).Draw(t, "nano")).
		In(time.FixedZone("", rapid.SampledFrom([]int{0, 3600, -5 * 3600, 5*3600 + 45*60}).Draw(t, "offset")))
	moments := []when.Moment{when.At(at), when.Around(at.Truncate(time.Second), 30*time.Minute), when.OnDay(at),
		when.Between(at, at.Add(time.Minute)), when.Before(at)}
	return timeline.Line{
		Entry: timeline.Entry{
			Head: timeline.Head{Seq: 1, ID: "01M7S8H5G040GJ48S44MK2EA19", Author: "anna", Recorded: at,
				Kind: rapid.SampledFrom(timeline.WrittenKinds()).Draw(t, "kind")},
			Body: timeline.Body{Data: []byte("null")},
		},
		Text: text, Occurred: rapid.SampledFrom(moments).Draw(t, "moment"),
		Tags: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"web", "a/b", "c:d", "æøå", "-x"}), 0, 3, rapid.ID[string]).Draw(t, "tags"),
	}
}
