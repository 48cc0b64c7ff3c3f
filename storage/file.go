package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// A case is for those who work on it: nobody else may read a byte of it.
const (
	dirMode      = 0o700
	fileMode     = 0o600
	evidenceMode = 0o400
)

// makeDir makes a directory and the missing ones above it, and brings their names
// to disk.
func makeDir(dir string) error {
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
	if err := makeDir(parent); err != nil {
		return err
	}
	if err := makeOneDir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncPath(parent)
}

// makeOneDir makes a directory that is not there yet. A umask only takes bits
// away, and might take some that are needed here, so the mode is set once more.
func makeOneDir(dir string) error {
	if err := os.Mkdir(dir, dirMode); err != nil {
		return err
	}
	return os.Chmod(dir, dirMode)
}

// makeFile makes an empty file that is not there yet. SQLite gives its -wal and
// -shm files the mode of the database, so the mode has to be right from the start.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(fileMode), f.Close())
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
