package storage

import (
	"net/url"
	"path/filepath"
	"strings"
)

// The ways of opening a journal's file.
//
// That a database is in WAL mode is kept in its file and set once, when it is
// made. Asking for it here would rewrite files that turn out to be another
// program's.
const (
	// readWrite is the ordinary way. The transactions take the lock for writing at
	// their start: one that reads first and wants it later fails at once when
	// another process was faster, whatever the busy timeout.
	readWrite = "mode=rw&_txlock=immediate" + everyWay

	// readOnly needs the -shm file, or the right to make it.
	readOnly = "mode=ro" + everyWay

	// immutable reads a file that nobody can change, as on a read-only medium.
	// SQLite then looks at no -wal file, so there must be none.
	immutable = "mode=ro&immutable=1" + everyWay

	// scratch is for a file that is used for nothing but its lock.
	scratch = "mode=rw&_txlock=immediate&_pragma=busy_timeout(10000)&_dqs=0"

	everyWay = "&_pragma=busy_timeout(10000)" +
		"&_pragma=synchronous(FULL)" + // an acknowledged entry survives a power cut
		"&_pragma=foreign_keys(ON)" +
		"&_pragma=secure_delete(ON)" + // a redacted body is overwritten, not only unlinked
		"&_pragma=trusted_schema(0)" +
		"&_dqs=0"
)

// dsn names a file and a way of opening it. The driver runs parts of a DSN as SQL
// and SQLite reads the rest as a URI, so of the path, which people choose,
// everything that could end it is escaped.
func dsn(path, way string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/homes is /C:/homes in a URI
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + way, nil
}
