package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// modes are the permissions of what is made in a home.
type modes struct {
	dir      fs.FileMode
	file     fs.FileMode
	evidence fs.FileMode // nobody changes evidence
	key      fs.FileMode // a key is changed by nobody but its owner
}

// A case is for those who work on it: nobody else may read a byte of it. That is one
// account, unless the owner has made the home's directory 2770. Then it is the group:
// the bit 2000 passes the group of a directory on to what is made in it.
var (
	private = modes{dir: 0o700, file: 0o600, evidence: 0o400, key: 0o600}
	shared  = modes{dir: fs.ModeSetgid | 0o770, file: 0o660, evidence: 0o440, key: 0o640}
)

// modesIn are the modes for what is made in a directory: those of the directory.
func modesIn(dir string) modes {
	info, err := os.Stat(dir)
	if err == nil && info.Mode()&(fs.ModeSetgid|fs.ModePerm) == shared.dir {
		return shared
	}
	return private
}

// makeDir makes a directory and the missing ones above it, and brings their names
// to disk.
func makeDir(dir string) error { return makeDirs(dir, makeOneDir) }

// makeHome is makeDir for a home: one that is new is private, wherever it lies.
// Sharing it is the decision of its owner.
func makeHome(dir string) error {
	return makeDirs(dir, func(dir string) error { return makeDirAs(dir, private) })
}

func makeDirs(dir string, makeOne func(string) error) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	parent := filepath.Dir(dir)
	if err := makeDirs(parent, makeOne); err != nil {
		return err
	}
	if err := makeOne(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncPath(parent)
}

// makeOneDir makes a directory that is not there yet.
func makeOneDir(dir string) error { return makeDirAs(dir, modesIn(filepath.Dir(dir))) }

// makeDirAs makes a directory with these modes. A umask only takes bits away, and
// might take some that are needed here, so the mode is set once more.
func makeDirAs(dir string, m modes) error {
	if err := os.Mkdir(dir, m.dir.Perm()); err != nil {
		return err
	}
	return os.Chmod(dir, m.dir)
}

// makeFile makes an empty file that is not there yet. SQLite gives its -wal and
// -shm files the mode of the database, so the mode has to be right from the start.
func makeFile(path string) error {
	mode := modesIn(filepath.Dir(path)).file
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(mode), f.Close())
}

// syncPath brings a file, or the names in a directory, safely to disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a directory above ours may be used without being readable
	}
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" || errors.Is(err, syscall.EINVAL) {
		err = nil // this system, or this file system, syncs no directories
	}
	return errors.Join(err, f.Close())
}

// there reports whether something has this name, of whatever type.
func there(path string) (bool, error) {
	switch _, err := os.Lstat(path); {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	default:
		return false, err
	}
}
