package storage_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"timeglas/internal/when"
)

// What follows is written from docs/journal-format.md alone: it uses nothing of
// this program, as somebody's verifier in another language could not.

const (
	reULID      = `[0-7][0-9A-HJKMNP-TV-Z]{25}`
	reTimestamp = `\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,8}[1-9])?(?:Z|[+-]\d\d:\d\d)`
)

var reHead = regexp.MustCompile(`\Atimeglas entry 1
journal (case|exercise|demo|register) (` + reULID + `)
seq ([1-9]\d{0,18})
id (` + reULID + `)
kind ([a-z][a-z-]{0,31})
occurred (unknown|(?:exact|no-later-than) ` + reTimestamp + `|estimated ` + reTimestamp + ` [1-9]\d{0,9}|(?:day|range) ` + reTimestamp + ` ` + reTimestamp + `)
recorded (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)
author ([^\x00-\x1f\x7f]{1,256})
target (` + reULID + `|-)
body ([0-9a-f]{64})
prev ([0-9a-f]{64})
\z`)

// independentVerify does the steps of the page's section "Verifying" and returns
// n and h.
func independentVerify(ctx context.Context, db *sql.DB) (n int64, h string, err error) {
	var mark, journal string
	if err := db.QueryRowContext(ctx, "SELECT mark, id FROM journal").Scan(&mark, &journal); err != nil {
		return 0, "", err
	}
	rows, err := db.QueryContext(ctx, `SELECT seq, id, kind, occurred, recorded, author, target, head, hash, salt, body,
		(SELECT count(*) FROM entries r WHERE r.kind = 'redaction' AND r.target = e.id AND r.seq > e.seq),
		(SELECT count(*) FROM entries t WHERE t.id = e.target AND t.seq < e.seq)
		FROM entries e LEFT JOIN bodies USING (seq) ORDER BY seq`)
	if err != nil {
		return 0, "", err
	}
	defer rows.Close()
	h = strings.Repeat("0", 64)
	for rows.Next() {
		var (
			seq, recorded, redactions, targets int64
			id, kind, author                   string
			occurred                           sql.NullInt64
			target                             sql.NullString
			head, hash, salt, body             []byte
		)
		if err := rows.Scan(&seq, &id, &kind, &occurred, &recorded, &author, &target, &head, &hash, &salt, &body, &redactions, &targets); err != nil {
			return n, h, err
		}
		m := reHead.FindSubmatch(head)
		if m == nil || len(head) > 1024 {
			return n, h, fmt.Errorf("entry %d: no head: %q", n+1, head)
		}
		line := func(i int) string { return string(m[i]) }
		sum := sha256.Sum256(head)
		committed := sha256.Sum256(append(bytes.Clone(salt), body...))
		earliest, known := earliestOf(line(6))
		for what, ok := range map[string]bool{
			"journal":    line(1) == mark && line(2) == journal,
			"sequence":   line(3) == strconv.FormatInt(n+1, 10) && seq == n+1,
			"chain":      line(11) == h,
			"columns":    line(4) == id && line(5) == kind && line(8) == author && bytes.Equal(hash, sum[:]),
			"target":     target.Valid && target.String == line(9) || !target.Valid && line(9) == "-",
			"recorded":   micros(line(7)) == recorded,
			"occurred":   occurred.Valid == known && (!known || occurred.Int64 == earliest),
			"commitment": body == nil || len(salt) == 32 && hex.EncodeToString(committed[:]) == line(10) && json.Valid(body),
			"redaction":  (body == nil) == (redactions > 0),
			"redacts":    kind != "redaction" || targets == 1,
		} {
			if !ok {
				return n, h, fmt.Errorf("entry %d: %s", n+1, what)
			}
		}
		n, h = n+1, hex.EncodeToString(sum[:])
	}
	return n, h, rows.Err()
}

func micros(timestamp string) int64 {
	t, err := time.Parse(time.RFC3339Nano, timestamp)
	if err != nil {
		panic(err)
	}
	return t.UnixMicro()
}

func earliestOf(moment string) (int64, bool) {
	words := strings.Split(moment, " ")
	switch words[0] {
	case "unknown":
		return 0, false
	case "estimated":
		seconds, _ := strconv.ParseInt(words[2], 10, 64)
		return micros(words[1]) - seconds*1_000_000, true
	}
	return micros(words[1]), true
}

func TestAVerifierWrittenFromThePageAgrees(t *testing.T) {
	cet := start.In(time.FixedZone("", 3600))
	drafts := notes(8)
	for i, m := range []when.Moment{
		when.Never(), when.At(cet), when.Around(cet, 30*time.Minute), when.OnDay(cet), when.Days(cet, cet.AddDate(0, 0, 3)),
		when.Between(cet, cet.Add(time.Hour)), when.Before(cet), when.At(time.Date(1, 1, 2, 0, 0, 0, 999, time.UTC)),
	} {
		drafts[i].Occurred = m
	}
	drafts[3].Author, drafts[4].Text, drafts[5].Data = `DOMÆNE\Åse Ø.`, "", []int{1, 2}
	dir, j := newCase(t, drafts...)
	appendTo(t, j, redaction(read(t, j)[2].ID), note("last"))
	want := verify(t, j)
	if !want.OK {
		t.Fatalf("%+v", want.FirstBad)
	}
	n, h, err := independentVerify(t.Context(), foreign(t, dir))
	if err != nil || n != want.Entries || h != want.Head.String() {
		t.Errorf("it finds %d entries, head %s, %v; verify finds %d, %s", n, h, err, want.Entries, want.Head)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	withoutTriggers(t, dir, "UPDATE entries SET author = 'bo' WHERE seq = 6")
	if n, _, err := independentVerify(t.Context(), foreign(t, dir)); err == nil || n != 5 {
		t.Errorf("it does not stop at the sixth entry: %d, %v", n, err)
	}
}
