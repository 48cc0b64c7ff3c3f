package timeline

import (
	"testing"
	"time"

	"timeglas/internal/when"
)

func BenchmarkRead(b *testing.B) {
	at := time.Date(2026, 11, 19, 7, 32, 0, 0, time.FixedZone("", 3600))
	sealed, err := NewSealer(NewIdentity(MarkCase)).Seal(Tip{}, Draft{
		Kind: KindNote, Occurred: when.At(at), Recorded: at, Author: "anna",
		Text: "Called the supplier of the archive, ticket 4711: the pages go down at ten.", Tags: []string{"supplier"},
	})
	if err != nil {
		b.Fatal(err)
	}
	s := sealed[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(s.HeadBytes, s.Salt, s.BodyBytes); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseHead(b *testing.B) {
	at := time.Date(2026, 11, 19, 7, 32, 0, 0, time.FixedZone("", 3600))
	sealed, err := NewSealer(NewIdentity(MarkCase)).Seal(Tip{}, Draft{
		Kind: KindNote, Occurred: when.At(at), Recorded: at, Author: "anna", Text: "x",
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseHead(sealed[0].HeadBytes); err != nil {
			b.Fatal(err)
		}
	}
}
