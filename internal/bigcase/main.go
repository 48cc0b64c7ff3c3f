// Bigcase writes a case with many entries into a home, so that what the program
// does with one can be measured:
//
//	go run ./internal/bigcase -home /tmp/big -ref big -entries 10000
//
// The entries are like those that people write: mostly notes, a fifth facts, some
// corrections and retractions. The same arguments give the same text every time.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/storage"
	"timeglas/timeline"
)

func main() {
	home := flag.String("home", "", "the home to write into")
	ref := flag.String("ref", "big", "the reference of the case")
	entries := flag.Int("entries", 10_000, "how many entries it gets")
	flag.Parse()
	if err := write(context.Background(), *home, *ref, *entries); err != nil {
		fmt.Fprintln(os.Stderr, "bigcase:", err)
		os.Exit(1)
	}
}

// batch is how many entries go into one transaction.
const batch = 500

func write(ctx context.Context, dir, ref string, n int) error {
	home, err := storage.OpenHome(dir)
	if err != nil {
		return err
	}
	books, err := playbooks.Builtin()
	if err != nil {
		return err
	}
	book, err := books.Get("data-loss")
	if err != nil {
		return err
	}
	start := time.Now().Truncate(time.Second).Add(-time.Duration(n) * time.Second)
	written, err := home.Create(ctx, ref, timeline.NewIdentity(timeline.MarkCase), signed(start, 0,
		incident.OpenedDraft("A case with many entries"),
		incident.PlaybookDraft(book.Key, book.Hash, book.Source, "to measure"),
		incident.AwareDraft(when.At(start), "web operations", "to measure"))...)
	if err != nil {
		return err
	}
	journal, err := home.Open(ctx, ref)
	if err != nil {
		return err
	}
	for len(written) < n {
		var drafts []timeline.Draft
		for i := len(written); i < min(len(written)+batch, n); i++ {
			drafts = append(drafts, signed(start, i, draft(i, written))...)
		}
		more, err := journal.Append(ctx, written[len(written)-1].Tip(), drafts...)
		if err != nil {
			return err
		}
		written = append(written, more...)
	}
	return journal.Close()
}

// draft is the entry with that index. What is about another entry is about the
// last note before it.
func draft(i int, written []timeline.Entry) timeline.Draft {
	target := ""
	for j := len(written) - 1; j >= 0 && target == ""; j-- {
		if written[j].Kind == timeline.KindNote {
			target = written[j].ID
		}
	}
	switch {
	case i%5 == 0:
		return incident.FactDraft("persons.count", fact.Count(int64(i)), i%2 == 0, "counted again")
	case i%97 == 0 && target != "":
		return timeline.Draft{Kind: timeline.KindCorrection, Target: target, Text: fmt.Sprintf("corrected text of entry %d", i),
			Data: timeline.CorrectionData{Text: true, Why: "spelling"}}
	case i%101 == 0 && target != "":
		return timeline.Draft{Kind: timeline.KindTag, Target: target, Data: timeline.TagData{On: []string{"supplier"}}}
	}
	return timeline.Draft{Kind: timeline.KindNote, Tags: []string{"ams"},
		Text: fmt.Sprintf("Note %d: the supplier of the register was asked for the log of the entrances, ticket %d.", i, 4000+i)}
}

// signed puts author and times on drafts, one second after another.
func signed(start time.Time, first int, drafts ...timeline.Draft) []timeline.Draft {
	for i := range drafts {
		at := start.Add(time.Duration(first+i) * time.Second)
		drafts[i].Author, drafts[i].Recorded = "responder", at
		if drafts[i].Occurred == (when.Moment{}) {
			drafts[i].Occurred = when.At(at)
		}
	}
	return drafts
}
