package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"timeglas/internal/fault"
)

// filesystem is what a directory lies on, as far as the system tells.
type filesystem struct {
	kind     string // "nfs", for people; empty when the system does not tell
	network  bool   // other machines can write to it
	readOnly bool   // the medium, not the file
	free     int64  // bytes that this account may still write; -1 when the system does not tell
}

// LowSpace is the number of free bytes below which people are warned: an entry takes
// some kilobytes, evidence and backups take more.
const LowSpace = 100 << 20

// Free is how many bytes can still be written where the cases lie. It is not known
// on every system.
func (h *Home) Free() (bytes int64, known bool) {
	f, err := h.examine(h.dir)
	return f.free, err == nil && f.free >= 0
}

// place refuses a directory on a network file system. SQLite's shared memory works
// within one machine only: two machines writing would damage the file
// (https://www.sqlite.org/wal.html). Where that is allowed, it gives what was set aside.
func (h *Home) place(dir, what string) (override string, err error) {
	f, err := h.examine(dir)
	switch {
	case err != nil:
		return "", nil // what cannot be examined cannot be opened either, with a better reason
	case !f.network:
		return "", nil
	case h.allowNetwork:
		return "storage.allow_network_filesystem: " + f.kind, nil
	}
	return "", fault.New(fault.Failed, what,
		"it lies on a network file system (%s), where a second machine would damage it: choose a directory on a disk of this machine; "+
			"if no other machine ever opens it, set storage.allow_network_filesystem = true", f.kind)
}

// Override is the rule that was set aside to open the journal, and for what; empty
// when none was. It is to be recorded in the case.
func (j *Journal) Override() string { return j.override }

// nearest is the directory, or the first one above it that is there.
func nearest(dir string) string {
	for {
		_, err := os.Lstat(dir)
		parent := filepath.Dir(dir)
		if !errors.Is(err, fs.ErrNotExist) || parent == dir {
			return dir
		}
		dir = parent
	}
}

// whyOnlyRead is why a file could not be opened for writing.
func whyOnlyRead(dir string) string {
	if f, err := examine(dir); err == nil && f.readOnly {
		return "it lies on a read-only medium: it can be read, and nothing can be saved"
	}
	return "it is read-only for this account: it can be read, and nothing can be saved; ask its owner for access"
}
