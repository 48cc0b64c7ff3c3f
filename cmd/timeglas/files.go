package main

import (
	"bufio"
	"errors"
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
// name: wholly, or not at all, and readable for its owner alone.
func (a *app) into(name string, print func() error) (err error) {
	if name == "" {
		return print()
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".timeglas-*") // made with mode 0600
	if err != nil {
		return unwritable(err, name)
	}
	defer func() {
		closeErr := temp.Close()
		if errors.Is(closeErr, os.ErrClosed) {
			closeErr = nil
		}
		if removeErr := os.Remove(temp.Name()); !errors.Is(removeErr, os.ErrNotExist) {
			closeErr = errors.Join(closeErr, removeErr)
		}
		err = errors.Join(err, closeErr)
	}()
	stdout := a.out
	a.out = bufio.NewWriter(temp)
	err = print()
	err = errors.Join(err, a.out.Flush())
	a.out = stdout
	if err != nil && !errors.Is(err, errNo) {
		return unwritable(err, name)
	}
	if fileErr := errors.Join(temp.Sync(), temp.Close(), os.Rename(temp.Name(), name)); fileErr != nil {
		return unwritable(fileErr, name)
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
