package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/internal/demo"
	"timeglas/internal/fault"
	"timeglas/playbooks"
	"timeglas/storage"
)

// storyZone is the zone in which the demonstration is told.
const storyZone = "Europe/Copenhagen"

func (a *app) demoCommand() *cobra.Command {
	var print, fresh bool
	var lang string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "the worked Return Centre case, in a home of its own",
		Long: "Writes the Return Centre case, entry by entry as it unfolded, into a home of its own " +
			"($XDG_DATA_HOME/timeglas-demo, or --home) unless it is there, and opens it. With --print " +
			"it prints the case's notice instead.",
		Example: "  timeglas demo\n  timeglas demo --print --lang da",
		Args:    words(0, 0),
		RunE: a.running(func(cmd *cobra.Command, _ []string) error {
			if err := a.enterDemo(cmd.Context(), fresh); err != nil {
				return err
			}
			switch {
			case print:
				return a.printDemo(cmd.Context(), lang)
			case a.terminal:
				return a.openWorkbench(cmd.Context(), demo.Ref)
			}
			return a.showDemo(cmd.Context())
		}),
	}
	cmd.Flags().BoolVar(&print, "print", false, "print the notice of the case")
	cmd.Flags().BoolVar(&fresh, "fresh", false, "make the case anew when it is there already")
	cmd.Flags().StringVar(&lang, "lang", "", "with --print: da or en (else that of the settings)")
	return exits(cmd, exitUsage)
}

// enterDemo makes the home of the demonstration the one that is worked in, and
// tells the case in it unless it is there.
func (a *app) enterDemo(ctx context.Context, fresh bool) error {
	if a.homeFlag == "" {
		dir, err := a.dir("XDG_DATA_HOME", ".local", "share")
		if err != nil {
			return err
		}
		a.homeFlag = dir + "-demo"
	}
	if _, err := a.zone(); err != nil {
		return err
	}
	books, err := a.library()
	if err != nil {
		return err
	}
	told := filepath.Join(a.homeFlag, "cases", demo.Ref)
	switch _, err := os.Stat(told); {
	case err == nil && !fresh:
		_, err := a.store()
		return err
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return unreadable(err, told)
	}
	return a.tellDemo(ctx, books, told)
}

// tellDemo tells the case in a home beside, and puts it in its place when it is
// whole: half a story is never opened.
func (a *app) tellDemo(ctx context.Context, books *playbooks.Library, told string) error {
	zone, err := time.LoadLocation(storyZone)
	if err != nil {
		return fault.Wrap(fault.Failed, err, "demo", "")
	}
	home, err := a.store()
	if err != nil {
		return err
	}
	if err := a.forgetDemo(ctx, home, told); err != nil {
		return err
	}
	beside, err := os.MkdirTemp(a.homeFlag, ".telling-")
	if err != nil {
		return unwritable(err, a.homeFlag)
	}
	defer os.RemoveAll(beside) //nolint:errcheck // it holds nothing that anybody needs
	telling, err := storage.OpenHome(beside)
	if err != nil {
		return err
	}
	if err := demo.Tell(ctx, homeStore{telling}, books, zone); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(told), 0o700); err != nil {
		return unwritable(err, told)
	}
	if err := os.Rename(filepath.Join(beside, "cases", demo.Ref), told); err != nil {
		return unwritable(err, told)
	}
	return nil
}

// forgetDemo deletes the case that is there, if it is the demonstration: a real
// case of that name in a home that was named is left alone.
func (a *app) forgetDemo(ctx context.Context, home *storage.Home, told string) error {
	if _, err := os.Stat(told); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	journal, err := home.Open(ctx, demo.Ref)
	if err != nil {
		return err
	}
	mark := journal.Identity().Mark
	if err := journal.Close(); err != nil {
		return err
	}
	if markText(mark) != markText("demo") {
		return fault.New(fault.Refused, "demo", "the case %s in %s is not the demonstration: name another --home", demo.Ref, a.homeFlag)
	}
	if err := os.RemoveAll(told); err != nil {
		return unwritable(err, told)
	}
	return nil
}

func (a *app) printDemo(ctx context.Context, lang string) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	if lang == "" {
		lang = settings.Language
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	s, err := d.Look(ctx, demo.Ref)
	if err != nil {
		return err
	}
	doc, err := d.Compose(s, notice.Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: lang})
	if err != nil {
		return err
	}
	return a.printText(doc.Text())
}

func (a *app) showDemo(ctx context.Context) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	s, err := a.look(ctx, demo.Ref)
	if err != nil {
		return err
	}
	a.printCase(s, settings.Language)
	p := a.page()
	p.gap()
	p.text("", "This is the demonstration. On a terminal, timeglas demo opens it in the workbench; every command works on it with --home "+a.homeFlag+".")
	return nil
}
