package storage

import (
	"errors"
	"io/fs"
	"os"

	"timeglas/internal/fault"
)

// What becomes of a name that is a symbolic link.
const (
	followLinks = true
	refuseLinks = false
)

// openRegular opens a plain file for reading and refuses everything else by name,
// without waiting for whoever writes to a pipe. What is opened is what was looked
// at: a name that changes hands in between is refused.
func openRegular(path string, follow bool) (_ *os.File, err error) {
	look, flags := os.Lstat, openNoFollow
	if follow {
		look, flags = os.Stat, openNoWait
	}
	before, err := look(path)
	if err != nil {
		return nil, notThere(err, path)
	}
	if err := mustBeRegular(before, path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|flags, 0)
	if err != nil {
		return nil, notThere(err, path)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, explain(err, path)
	}
	if !os.SameFile(before, info) {
		return nil, fault.New(fault.Failed, path, "another file has its name now: look at it and try again")
	}
	return f, mustBeRegular(info, path)
}

// MustBeFile reports, as a fault, why a file could not be taken in as evidence.
func MustBeFile(path string) error {
	f, err := openRegular(path, refuseLinks)
	if err != nil {
		return err
	}
	return explain(f.Close(), path)
}

func notThere(err error, path string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(fault.NotFound, err, path, "there is no such file")
	}
	return explain(err, path)
}

// kinds of files that are none of a case's, by their type.
var kinds = []struct {
	mode fs.FileMode
	name string
}{
	{fs.ModeSymlink, "a link: give the file that it leads to"},
	{fs.ModeDir, "a directory: give the files in it, or pack it into one file"},
	{fs.ModeNamedPipe, "a pipe: write what it gives into a file first"},
	{fs.ModeSocket, "a socket, not a file"},
	{fs.ModeDevice, "a device: make an image of it, and give that"},
}

func mustBeRegular(info fs.FileInfo, path string) error {
	if info.Mode().IsRegular() {
		return nil
	}
	for _, k := range kinds {
		if info.Mode()&k.mode != 0 {
			return fault.New(fault.Refused, path, "it is %s", k.name)
		}
	}
	return fault.New(fault.Refused, path, "it is not a plain file")
}
