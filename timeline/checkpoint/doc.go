// Package checkpoint makes and reads what is kept elsewhere of a journal: the signed
// statement of how many entries it had and of their hashes, and the proof that one
// entry is among them. docs/journal-format.md specifies the bytes of both.
//
// What does not belong here: where keys and checkpoints lie, and reading journals
// (storage); what an entry means (incident).
package checkpoint
