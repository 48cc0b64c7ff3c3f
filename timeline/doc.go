// Package timeline is the journal of a case: the entry, its times, the bytes that
// are hashed, and the reading of corrections, retractions, redactions, tags and
// pins. docs/journal-format.md specifies the bytes; this package and that page
// say the same.
//
// What does not belong here: what an entry means for a breach (incident), and how
// entries lie on disk (storage).
package timeline
