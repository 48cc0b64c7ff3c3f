package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"timeglas/internal/when"
	"timeglas/timeline"
)

// redactionsFile is the home's list of every redaction that was done in it: a line
// for each, with the id of the journal and the id of the redacted entry. It lies
// outside of the cases, so that a backup made before a redaction cannot bring the
// text back. It holds no text, and is only ever added to.
const redactionsFile = "redactions"

// noteRedactions adds to the list, safely on disk.
func (j *Journal) noteRedactions(entries []string) (err error) {
	if j.redactions == "" || len(entries) == 0 {
		return nil
	}
	mode := modesIn(filepath.Dir(j.redactions)).file
	f, err := os.OpenFile(j.redactions, os.O_RDWR|os.O_CREATE|os.O_APPEND, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	// A umask only takes bits away, and the file may be another's to share.
	if info, err := f.Stat(); err == nil && info.Size() == 0 {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	var lines strings.Builder
	for _, entry := range entries {
		// The line feed in front ends a line that a full disk has cut off.
		lines.WriteString("\n" + j.identity.ID + " " + entry + "\n")
	}
	if _, err := io.WriteString(f, lines.String()); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return syncPath(filepath.Dir(j.redactions))
}

// redacted are the entries of a journal that the home's list names.
func (h *Home) redacted(journal string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(h.dir, redactionsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var entries []string
	for line := range bytes.Lines(text) {
		of, entry, ok := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
		if ok && of == journal && !slices.Contains(entries, entry) {
			entries = append(entries, entry)
		}
	}
	return entries, err
}

// whyAgain is the reason given in a redaction that is done again.
const whyAgain = "redacted before in this home: done again when the case was restored from a backup"

// redactAgain redacts in a restored journal what the list names and it still holds.
func redactAgain(ctx context.Context, j *Journal, entries []string, author string, now time.Time) (n int, err error) {
	tip, err := j.Tip(ctx)
	if err != nil {
		return 0, err
	}
	var drafts []timeline.Draft
	for _, id := range entries {
		var held int
		err := j.db.QueryRowContext(ctx, "SELECT count(*) FROM entries JOIN bodies USING (seq) WHERE id = ?", id).Scan(&held)
		if err != nil {
			return 0, err
		}
		if held > 0 {
			drafts = append(drafts, timeline.Draft{Kind: timeline.KindRedaction, Target: id, Author: author,
				Occurred: when.At(now.Truncate(time.Second)), Recorded: now, Text: whyAgain})
		}
	}
	_, err = j.Append(ctx, tip, drafts...)
	return len(drafts), err
}
