package main

import (
	"fmt"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/storage"
	"timeglas/timeline"
)

// BenchmarkShow10000 is the time from the start of the built program to its end,
// for show on a case with 10,000 entries.
func BenchmarkShow10000(b *testing.B) {
	p := buildProgram(b)
	p.writeLongCase(10_000)
	for b.Loop() {
		p.must("show", "R")
	}
}

// BenchmarkVersion is what the program needs to start and end.
func BenchmarkVersion(b *testing.B) {
	p := buildProgram(b)
	for b.Loop() {
		p.must("version")
	}
}

// writeLongCase writes a case of so many entries, four notes to a fact.
func (p program) writeLongCase(entries int) {
	p.t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		p.t.Fatal(err)
	}
	book, err := books.Get("public-leak")
	if err != nil {
		p.t.Fatal(err)
	}
	at := time.Date(2026, 11, 19, 7, 0, 0, 0, time.UTC)
	drafts := []timeline.Draft{
		incident.OpenedDraft("a long case"),
		incident.PlaybookDraft(book.Key, book.Hash, book.Source, "chosen"),
		incident.AwareDraft(when.At(at), "anna", "saw it"),
	}
	for i := len(drafts); i < entries; i++ {
		draft := timeline.Draft{Kind: timeline.KindNote, Text: fmt.Sprintf("called the supplier for the %d. time", i)}
		if i%5 == 0 {
			draft = incident.FactDraft("persons.count", fact.Count(i), true, "counted again")
		}
		drafts = append(drafts, draft)
	}
	for i := range drafts {
		drafts[i].Author, drafts[i].Recorded = "anna", at.Add(time.Duration(i)*time.Second)
		if drafts[i].Occurred == (when.Moment{}) {
			drafts[i].Occurred = when.At(drafts[i].Recorded)
		}
	}
	home, err := storage.OpenHome(p.home)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := home.Create(p.t.Context(), "R", timeline.NewIdentity(timeline.MarkCase), drafts...); err != nil {
		p.t.Fatal(err)
	}
}
