-- A journal: entries that nothing changes, and their bodies, which only a
-- redaction removes. The triggers stop mistakes, also those of other programs;
-- what is done on purpose against them, the chain of hashes shows.
--
-- A BEFORE INSERT trigger runs before REPLACE deletes the row in its way, so
-- REPLACE is stopped whether or not the connection has recursive_triggers on.

PRAGMA application_id = 0x54676c73; -- "Tgls"

CREATE TABLE journal (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  mark TEXT NOT NULL,
  id   TEXT NOT NULL
) STRICT;

CREATE TABLE entries (
  seq      INTEGER PRIMARY KEY,
  id       TEXT    NOT NULL UNIQUE,
  kind     TEXT    NOT NULL,
  occurred INTEGER,           -- the earliest instant, in µs since 1970 UTC; NULL: unknown
  recorded INTEGER NOT NULL,  -- in µs since 1970 UTC
  author   TEXT    NOT NULL,
  target   TEXT,              -- NULL: none
  head     BLOB    NOT NULL,  -- exactly the bytes that are hashed
  hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE bodies (
  seq  INTEGER PRIMARY KEY REFERENCES entries (seq),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  body BLOB NOT NULL
) STRICT;

-- The triggers below and the verification ask which entries are redacted.
CREATE INDEX redactions ON entries (target) WHERE kind = 'redaction';

CREATE TRIGGER journal_once BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the identity of a journal is for ever'); END;

CREATE TRIGGER journal_keep BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the identity of a journal is for ever'); END;

CREATE TRIGGER journal_stay BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the identity of a journal is for ever'); END;

CREATE TRIGGER entries_append BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entries are only appended'); END;

CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER bodies_once BEFORE INSERT ON bodies
WHEN NOT EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM bodies WHERE seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM entries AS e JOIN entries AS r ON r.target = e.id AND r.kind = 'redaction'
             WHERE e.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a body is written once, with its entry'); END;

CREATE TRIGGER bodies_keep BEFORE UPDATE ON bodies
BEGIN SELECT RAISE(ABORT, 'bodies are never changed'); END;

CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM entries AS e JOIN entries AS r ON r.target = e.id AND r.kind = 'redaction'
                 WHERE e.seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'only a redaction deletes a body'); END;
