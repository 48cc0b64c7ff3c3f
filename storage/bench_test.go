package storage_test

import (
	"testing"

	"timeglas/storage"
	"timeglas/timeline"
)

// BenchmarkRead10000 opens nothing: it is the reading of 10,000 entries with the
// chain and every commitment checked.
func BenchmarkRead10000(b *testing.B) {
	_, j := newCase(b, notes(10_000)...)
	b.ReportAllocs()
	for b.Loop() {
		if n := len(read(b, j)); n != 10_000 {
			b.Fatal(n)
		}
	}
}

// BenchmarkScan10000 is the part of BenchmarkRead10000 that is SQLite and
// database/sql.
func BenchmarkScan10000(b *testing.B) {
	_, j := newCase(b, notes(10_000)...)
	for b.Loop() {
		if n, err := storage.Scan(b.Context(), j); err != nil || n != 10_000 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkOpen(b *testing.B) { openCaseOf(b, 10_000) }

// openCaseOf opens a case with so many entries again and again.
func openCaseOf(b *testing.B, entries int) {
	dir, _ := newCase(b, notes(entries)...)
	home := openHome(b, dir)
	for b.Loop() {
		j, err := home.Open(b.Context(), "case")
		if err != nil {
			b.Fatal(err)
		}
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppend is one durable entry, with its fsync.
func BenchmarkAppend(b *testing.B) {
	_, j := newCase(b)
	var tip timeline.Tip
	for b.Loop() {
		entries, err := j.Append(b.Context(), tip, note("Called the supplier of the archive, ticket 4711."))
		if err != nil {
			b.Fatal(err)
		}
		tip = entries[0].Tip()
	}
}

func BenchmarkVerify10000(b *testing.B) {
	_, j := newCase(b, notes(10_000)...)
	b.ReportAllocs()
	for b.Loop() {
		if r := verify(b, j); !r.OK {
			b.Fatal(r.FirstBad)
		}
	}
}

// BenchmarkVerify100000 is the whole verification of a long case, which the issue
// bounds to five seconds in constant memory.
func BenchmarkVerify100000(b *testing.B) {
	_, j := newCase(b, notes(100_000)...)
	b.ReportAllocs()
	for b.Loop() {
		if r := verify(b, j); !r.OK {
			b.Fatal(r.FirstBad)
		}
	}
}

// BenchmarkOpen100000 opens a long case, with its newest entries checked.
func BenchmarkOpen100000(b *testing.B) { openCaseOf(b, 100_000) }

// BenchmarkCheck100000 is what SQLite does in the background after opening.
func BenchmarkCheck100000(b *testing.B) {
	_, j := newCase(b, notes(100_000)...)
	for b.Loop() {
		if err := j.Check(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
