package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/storage"
)

// keepingCommands are those about what lies on disk: evidence, backups, the end.
func (a *app) keepingCommands() []*cobra.Command {
	return []*cobra.Command{
		a.evidenceCommand(), a.backupCommand(), a.archiveCommand(), a.restoreCommand(), a.disposeCommand(),
	}
}

type evidenceFlags struct {
	why, out string
	asJSON   bool
}

func (a *app) evidenceCommand() *cobra.Command {
	var f evidenceFlags
	cmd := &cobra.Command{
		Use:   "evidence R add FILE... | list | export SHA256 --out FILE --why TEXT",
		Short: "take files into custody, list them, give a copy out",
		Long: "add takes files into the case: each is copied with its SHA-256 and kept for reading only, " +
			"and an entry says who took it in, when and from where. Links, directories, devices and " +
			"pipes are refused. list shows all evidence with what happened to it since. export writes a " +
			"copy (--out - prints it) and records that; the beginning of the SHA-256 is enough.",
		Example: "  timeglas evidence 2026-014 add pages.tar --why \"the archive as it was on line\"\n" +
			"  timeglas evidence 2026-014 list\n" +
			"  timeglas evidence 2026-014 export 9f2c01ab --out copy --why \"the police ask\"",
		Args: func(_ *cobra.Command, args []string) error { return evidenceWords(args, f) },
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			switch args[1] {
			case "add":
				return a.addEvidence(cmd, args[0], args[2:], f.why)
			case "export":
				return a.exportEvidence(cmd, args[0], args[2], f)
			}
			return a.listEvidence(cmd, args[0], f.asJSON)
		}),
	}
	cmd.Flags().StringVar(&f.why, "why", "", "why it is taken in, or given out; it is kept")
	cmd.Flags().StringVar(&f.out, "out", "", "with export: the file, which must not be there yet; - prints it")
	flagJSON(cmd, &f.asJSON)
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func evidenceWords(args []string, f evidenceFlags) error {
	wrong := fault.New(fault.Usage, "evidence", "write evidence R add FILE..., evidence R list, or evidence R export SHA256 --out FILE --why TEXT")
	if len(args) < 2 {
		return wrong
	}
	right := map[string]bool{
		"add": len(args) > 2 && f.out == "", "list": len(args) == 2 && f.out == "",
		"export": len(args) == 3 && f.out != "",
	}
	if !right[args[1]] {
		return wrong
	}
	return nil
}

func (a *app) addEvidence(cmd *cobra.Command, ref string, paths []string, why string) error {
	home, err := a.store()
	if err != nil {
		return err
	}
	s, err := a.look(cmd.Context(), ref)
	if err != nil {
		return err
	}
	if s.Case.State == incident.Closed {
		return fault.New(fault.Refused, "evidence", "the case is closed: reopen it first")
	}
	// What is no file is said before anything is copied.
	for _, path := range paths {
		if err := storage.MustBeFile(path); err != nil {
			return err
		}
	}
	act := desk.AddEvidence{Why: why}
	for _, path := range paths {
		taken, err := takeIn(cmd.Context(), home, ref, path)
		if err != nil {
			return err
		}
		act.Files = append(act.Files, taken)
	}
	_, err = a.act(cmd, ref, act)
	return err
}

// takeIn stores a file. When the entry about it is refused, the content stays and is
// not in the way of the next try.
func takeIn(ctx context.Context, home *storage.Home, ref, path string) (incident.Evidence, error) {
	stored, err := home.AttachFile(ctx, ref, path)
	clean := filepath.Clean(path)
	return incident.Evidence{Name: filepath.Base(clean), Size: stored.Size, SHA256: stored.SHA256, From: clean}, err
}

// attach takes a receipt into custody, unless it is there already, and gives its
// SHA-256.
func (a *app) attach(cmd *cobra.Command, ref, path string) (string, error) {
	d, err := a.desk()
	if err != nil {
		return "", err
	}
	home, err := a.store()
	if err != nil {
		return "", err
	}
	s, err := d.Look(cmd.Context(), ref)
	if err != nil {
		return "", err
	}
	taken, err := takeIn(cmd.Context(), home, ref, path)
	if err != nil {
		return "", err
	}
	if _, there := s.Case.EvidenceWith(taken.SHA256); !there {
		act := desk.AddEvidence{Files: []incident.Evidence{taken}, Why: "receipt of a notice"}
		_, err = d.Do(cmd.Context(), a.actor(), ref, act, desk.Terms{KeepCPR: keepsCPR(cmd)})
	}
	return taken.SHA256, err
}

// exportEvidence writes a copy of the evidence. The copy is whole before the entry
// is written, and has its name only after.
func (a *app) exportEvidence(cmd *cobra.Command, ref, sum string, f evidenceFlags) error {
	home, err := a.store()
	if err != nil {
		return err
	}
	s, err := a.look(cmd.Context(), ref)
	if err != nil {
		return err
	}
	e, ok := s.Case.EvidenceWith(sum)
	if !ok {
		return desk.NoSuchEvidence(sum)
	}
	sum = e.SHA256
	act := desk.ReleaseEvidence{SHA256: sum, Why: f.why}
	if f.out == "-" {
		if _, err := a.quietly(cmd, ref, act); err != nil {
			return err
		}
		return home.CopyEvidence(cmd.Context(), ref, sum, a.out)
	}
	if _, err := os.Lstat(f.out); !errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.Exists, f.out, "it is there already: choose another name")
	}
	act.To = filepath.Clean(f.out)
	var done desk.Done
	err = writeWhole(f.out, func(w io.Writer) error {
		if err := home.CopyEvidence(cmd.Context(), ref, sum, w); err != nil {
			return err
		}
		done, err = a.quietly(cmd, ref, act)
		return err
	})
	if err != nil {
		return err
	}
	a.printIDs(done)
	return nil
}

type jsonEvidence struct {
	SHA256  string        `json:"sha256"`
	Name    string        `json:"name"`
	Size    int64         `json:"size"`
	From    string        `json:"from"`
	Why     string        `json:"why"`
	Entry   string        `json:"entry"`
	By      string        `json:"by"`
	At      when.Stamp    `json:"at"`
	Custody []jsonCustody `json:"custody"`
}

type jsonCustody struct {
	Entry string     `json:"entry"`
	By    string     `json:"by"`
	At    when.Stamp `json:"at"`
	To    *string    `json:"to"`
	Why   string     `json:"why"`
}

func (a *app) listEvidence(cmd *cobra.Command, ref string, asJSON bool) error {
	s, err := a.look(cmd.Context(), ref)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(evidenceJSON(s.Case.Evidence, a.at))
	}
	p := a.page()
	if len(s.Case.Evidence) == 0 {
		p.line("no evidence yet: timeglas evidence %s add FILE takes a file in", ref)
	}
	for _, e := range s.Case.Evidence {
		p.line("%s", e.SHA256)
		p.text("    ", fmt.Sprintf("%s, %s bytes, taken in %s by %s (#%d) from %s%s", e.Name, fact.Thousands(e.Size, "en"),
			dateAndTime(e.At, a.at), e.By, e.Seq, e.From, reason(e.Why)))
		for _, c := range e.Custody {
			where := "shown"
			if c.To != "" {
				where = "copied to " + c.To
			}
			p.text("    ", fmt.Sprintf("%s %s by %s (#%d)%s", where, dateAndTime(c.At, a.at), c.By, c.Seq, reason(c.Why)))
		}
	}
	return nil
}

// reason is a reason behind a sentence, if there is one.
func reason(why string) string {
	if strings.TrimSpace(why) == "" {
		return ""
	}
	return ": " + why
}

func evidenceJSON(all []incident.Evidence, zone *time.Location) []jsonEvidence {
	list := []jsonEvidence{}
	for _, e := range all {
		j := jsonEvidence{SHA256: e.SHA256, Name: e.Name, Size: e.Size, From: e.From, Why: e.Why,
			Entry: e.Entry, By: e.By, At: stampIn(e.At, zone), Custody: []jsonCustody{}}
		for _, c := range e.Custody {
			j.Custody = append(j.Custody, jsonCustody{c.Entry, c.By, stampIn(c.At, zone), orNull(c.To), c.Why})
		}
		list = append(list, j)
	}
	return list
}
