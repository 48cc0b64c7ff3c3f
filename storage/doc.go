// Package storage keeps journals on disk: one directory for a case, in it one
// SQLite file with the entries and, beside it, the evidence. It appends durably,
// reads with the chain checked, and verifies the whole. docs/journal-format.md
// specifies the file.
//
// What does not belong here: what an entry means (incident), and who may write it
// (desk). Nothing above this package sees SQL.
package storage
