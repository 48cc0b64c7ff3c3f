package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"timeglas/internal/fault"
)

// flagOut gives a command the flag to write its answer to a file.
func flagOut(cmd *cobra.Command, out *string) {
	cmd.Flags().StringVar(out, "out", "", "write to this file, for its owner alone, instead of printing")
}

// into lets print write to the file instead of the standard output, if there is a
// name.
func (a *app) into(name string, print func() error) error {
	if name == "" {
		return print()
	}
	return writeWhole(name, func(w io.Writer) error {
		stdout, shown := a.out, a.shown
		defer func() { a.out, a.shown = stdout, shown }()
		a.out, a.shown = bufio.NewWriter(w), false
		err := print()
		return errors.Join(err, a.out.Flush())
	})
}

// writeWhole writes a file wholly or not at all, readable for its owner alone. One
// that is there is replaced.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(name), ".timeglas-*")
	if err != nil {
		return unwritable(err, name)
	}
	defer func() { err = errors.Join(err, discard(temp)) }()
	if err := temp.Chmod(0o600); err != nil { // a umask may have taken the owner's bits too
		return unwritable(err, name)
	}
	if err := write(temp); err != nil {
		return unwritable(err, name)
	}
	if err := errors.Join(temp.Sync(), temp.Close(), os.Rename(temp.Name(), name)); err != nil {
		return unwritable(err, name)
	}
	return nil
}

// discard closes a temporary file and removes it where it still has its name.
func discard(f *os.File) error {
	err := f.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	if removeErr := os.Remove(f.Name()); !errors.Is(removeErr, os.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}

func unwritable(err error, name string) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Failed, err, name, "it cannot be written: %s", plainReason(err))
}
