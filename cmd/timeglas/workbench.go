package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/tui"
	"timeglas/tui/theme"
)

// openWorkbench opens the screen: the list of cases, or the case with the
// reference.
func (a *app) openWorkbench(ctx context.Context, ref string) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	if ref != "" {
		if err := d.CanOpen(ctx, ref); err != nil {
			return err // in one line, before the screen is taken
		}
	}
	dir, err := a.homeDir()
	if err != nil {
		return err
	}
	stop, err := a.watch(ctx)
	if err != nil {
		return err
	}
	err = tui.Run(ctx, tui.Options{
		Desk: d, Actor: a.actor(), Now: a.now, Zone: a.at, Ref: ref, Lang: settings.Language,
		Theme: theme.ForEnvironment(settings.Screen.Theme, a.getenv), ASCII: a.plainMarks(),
		SaveNotice: saveNotice, Trouble: a.lowSpace, Home: screenHome{a}, Drafts: newDraftFolder(dir, a.account()),
	})
	if failed := stop(); failed != nil {
		a.complain("warning: what was written is saved, and a backup failed: " + strings.ReplaceAll(failed.Error(), "\n", "; "))
	}
	if err != nil && !errors.As(err, new(*fault.Error)) {
		return fault.Wrap(fault.Failed, err, "workbench", "it ended with an error of the terminal; what was reported as saved is saved")
	}
	return err
}

// lowSpace warns while saving still works.
func (a *app) lowSpace() string {
	free, known := a.home.Free()
	if !known || free >= storage.LowSpace {
		return ""
	}
	return fmt.Sprintf("only %d MiB are free where the cases lie: free some space before saving fails", free>>20)
}

// plainMarks reports whether the terminal's language says that it has no UTF-8.
func (a *app) plainMarks() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(a.getenv(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return false
}

// saveNotice writes a notice into the folder that the program was started in, under
// a name that no file has yet.
func saveNotice(name, text string) (string, error) {
	path, err := filepath.Abs(filepath.Base(name))
	if err != nil {
		return "", unwritable(err, name)
	}
	path = free(path)
	return path, writeWhole(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// free is the path, with a number where a file has that name already.
func free(path string) string {
	stem, extension := strings.TrimSuffix(path, filepath.Ext(path)), filepath.Ext(path)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = fmt.Sprintf("%s-%d%s", stem, n, extension)
	}
}
