package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident/fact"
	"timeglas/internal/config"
	"timeglas/internal/cpr"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/playbooks"
	"timeglas/storage"
)

// app is one run of the program.
type app struct {
	system
	out                  *bufio.Writer
	homeFlag, configFlag string
	started              bool            // the words of the command were right
	warned               map[string]bool // by reference: the case is damaged or read-only
	damaged              bool            // what was shown is not all of a case

	// What is opened when a command first asks for it.
	config *config.File
	at     *time.Location
	home   *storage.Home
	books  *playbooks.Library
	bench  *desk.Desk
}

func (a *app) close() error {
	if a.bench == nil {
		return nil
	}
	return a.bench.Close()
}

// dir is the first that is set of an environment variable with a folder in it, and
// a folder of the user's own.
func (a *app) dir(variable string, own ...string) (string, error) {
	if base := a.getenv(variable); filepath.IsAbs(base) {
		return filepath.Join(base, "timeglas"), nil
	}
	user := a.getenv("HOME")
	if user == "" {
		user = a.getenv("USERPROFILE")
	}
	if user == "" {
		return "", fault.New(fault.Usage, "home", "neither $%s nor $HOME is set: say where with --home and --config", variable)
	}
	return filepath.Join(append([]string{user}, append(own, "timeglas")...)...), nil
}

// homeDir is where the cases lie.
func (a *app) homeDir() (string, error) {
	if a.homeFlag != "" {
		return a.homeFlag, nil
	}
	if dir := a.getenv("TIMEGLAS_HOME"); dir != "" {
		return dir, nil
	}
	return a.dir("XDG_DATA_HOME", ".local", "share")
}

// settings are read once. Without --config a file that is not there means the
// defaults.
func (a *app) settings() (config.File, error) {
	if a.config != nil {
		return *a.config, nil
	}
	source, name, err := a.readSettings()
	if err != nil {
		return config.File{}, err
	}
	file, err := config.Parse(source, name)
	if err != nil {
		return config.File{}, err
	}
	if a.at, err = time.LoadLocation(file.Zone); err != nil {
		return config.File{}, fault.Wrap(fault.Failed, err, "zone "+file.Zone, "")
	}
	a.config = &file
	return file, nil
}

func (a *app) readSettings() (source, name string, err error) {
	name = a.configFlag
	if name == "" {
		dir, err := a.dir("XDG_CONFIG_HOME", ".config")
		if err != nil {
			return "", "", nil // nowhere to look: the defaults
		}
		name = filepath.Join(dir, "config.toml")
	}
	source, err = readFile(name, config.MaxSize)
	if errors.Is(err, fs.ErrNotExist) && a.configFlag == "" {
		return "", name, nil
	}
	return source, name, err
}

// readFile reads a text file of at most so many bytes and a little more, so that
// whoever reads it can say that it is too long.
func readFile(name string, most int64) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", unreadable(err, name)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", unreadable(err, name)
	}
	return string(text), nil
}

func unreadable(err error, name string) error {
	return fault.Wrap(fault.Failed, err, name, "it cannot be read: %s", plainReason(err))
}

// zone is that of the people at the desk.
func (a *app) zone() (*time.Location, error) {
	_, err := a.settings()
	return a.at, err
}

// moment reads a time as it was typed; the option or argument is named when it is
// wrong.
func (a *app) moment(name, text string) (when.Moment, error) {
	zone, err := a.zone()
	if err != nil {
		return when.Moment{}, err
	}
	m, err := when.Parse(text, zone, a.now())
	if err != nil {
		return when.Moment{}, fault.Wrap(fault.Usage, err, name, "%v", err)
	}
	a.tell("%s: %s, in UTC %s", name, m.Show(zone), m.Show(time.UTC)) // how it was read, for who typed it
	return m, nil
}

// instant reads a time that has to be exact, or a day, of which it is the start.
func (a *app) instant(name, text string) (time.Time, error) {
	m, err := a.moment(name, text)
	if err != nil {
		return time.Time{}, err
	}
	if m.Precision != when.Exact && m.Precision != when.Day {
		return time.Time{}, fault.New(fault.Usage, name, "it has to be one exact time, or a day for its start")
	}
	return m.From, nil
}

// library is the playbooks that come with the program.
func (a *app) library() (*playbooks.Library, error) {
	if a.books == nil {
		books, err := playbooks.Builtin()
		if err != nil {
			return nil, err
		}
		a.books = books
	}
	return a.books, nil
}

// store opens the home.
func (a *app) store() (*storage.Home, error) {
	if a.home == nil {
		dir, err := a.homeDir()
		if err != nil {
			return nil, err
		}
		if a.home, err = a.openHome(dir); err != nil {
			return nil, err
		}
	}
	return a.home, nil
}

// desk opens the desk over the home.
func (a *app) desk() (*desk.Desk, error) {
	if a.bench != nil {
		return a.bench, nil
	}
	zone, err := a.zone()
	if err != nil {
		return nil, err
	}
	books, err := a.library()
	if err != nil {
		return nil, err
	}
	home, err := a.store()
	if err != nil {
		return nil, err
	}
	wording, err := a.wording()
	if err != nil {
		return nil, err
	}
	a.bench = desk.New(desk.Options{Wording: wording, Store: homeStore{home}, Playbooks: books, Now: a.now, Zone: zone, LastBackup: a.lastBackup,
		FourEyes: a.config.Notice.FourEyes})
	return a.bench, nil
}

func (a *app) actor() desk.Actor { return desk.Actor{Account: a.account()} }

// look is the case as it stands now.
func (a *app) look(ctx context.Context, ref string) (desk.Situation, error) {
	d, err := a.desk()
	if err != nil {
		return desk.Situation{}, err
	}
	s, err := d.Look(ctx, ref)
	a.warnRestricted(s)
	return s, err
}

// act does one act and prints the ids of its entries, one a line: once an id is
// printed, the entry is on disk.
func (a *app) act(cmd *cobra.Command, ref string, act desk.Act) (desk.Done, error) {
	done, err := a.quietly(cmd, ref, act)
	if err == nil {
		a.printIDs(done)
	}
	return done, err
}

// quietly does one act and prints nothing. A backup is made when one is due.
func (a *app) quietly(cmd *cobra.Command, ref string, act desk.Act) (desk.Done, error) {
	d, err := a.desk()
	if err != nil {
		return desk.Done{}, err
	}
	done, err := d.Do(cmd.Context(), a.actor(), ref, act, desk.Terms{KeepCPR: keepsCPR(cmd)})
	if err != nil {
		return done, err
	}
	a.warnMasked(done.Masked)
	_, closing := act.(desk.Close)
	a.backUp(cmd.Context(), ref, done.Situation.Case.Tip, closing)
	return done, nil
}

func (a *app) printIDs(done desk.Done) {
	for _, e := range done.Entries {
		a.out.WriteString(e.ID + "\n")
	}
}

func (a *app) warnMasked(n int) {
	switch {
	case n == 1:
		a.complain("warning: a CPR number was masked before it was saved; --keep-cpr would keep it")
	case n > 1:
		a.complain("warning: " + fact.Thousands(int64(n), "en") + " CPR numbers were masked before they were saved; --keep-cpr would keep them")
	}
}

// flagKeepCPR gives a command that saves text the flag to keep CPR numbers in it.
func flagKeepCPR(cmd *cobra.Command) {
	cmd.Flags().Bool("keep-cpr", false, "save CPR numbers as they are typed instead of masking them")
}

func keepsCPR(cmd *cobra.Command) bool {
	keep, err := cmd.Flags().GetBool("keep-cpr")
	return err == nil && keep
}

// masked is a message without CPR numbers. Texts of a case are shown as they were
// saved; messages never hold one.
func masked(text string) string {
	text, _ = cpr.Mask(text)
	return text
}
