package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/storage/bundle"
	"timeglas/timeline"
)

// policy is how automatic backups are made.
func (a *app) policy() (storage.Policy, error) {
	settings, err := a.settings()
	b := settings.Backup
	return storage.Policy{Every: b.Interval(), Keep: b.Keep, Dir: b.Directory}, err
}

// backUp makes an automatic backup of a case that was written to, when one is due;
// now says that it is due in any case. What was written is saved with or without it,
// so a backup that fails is a warning.
func (a *app) backUp(ctx context.Context, ref string, tip timeline.Tip, now bool) {
	if err := a.tryBackUp(ctx, ref, tip, now); err != nil {
		a.complain("warning: what was written is saved, and the backup failed: " + err.Error())
	}
}

func (a *app) tryBackUp(ctx context.Context, ref string, tip timeline.Tip, now bool) error {
	policy, err := a.policy()
	if err != nil {
		return err
	}
	home, err := a.store()
	if err != nil {
		return err
	}
	if now {
		_, err = home.BackupNow(ctx, ref, policy, a.now())
	} else {
		_, err = home.BackupIfDue(ctx, ref, tip, policy, a.now())
	}
	return err
}

// lastBackup is when the newest automatic backup of a case was made.
func (a *app) lastBackup(ref string) time.Time {
	policy, err := a.policy()
	if err != nil || a.home == nil {
		return time.Time{}
	}
	saved, err := a.home.Backups(ref, policy)
	if err != nil || len(saved) == 0 {
		return time.Time{}
	}
	return saved[0].At
}

// copyFlags are what backup and archive take.
type copyFlags struct {
	out, why, passphraseFile string
	recipients               []string
}

func (a *app) backupCommand() *cobra.Command {
	var f copyFlags
	cmd := &cobra.Command{
		Use:   "backup R --out FILE",
		Short: "write a case with its evidence into one file",
		Long: "Writes the case as it stands, with its evidence, into one new file that any tar reads, and " +
			"verifies it. Others can go on writing. The file is not encrypted: archive does that.",
		Example: "  timeglas backup 2026-014 --out /mnt/usb/2026-014.timeglas",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			return a.copyCase(cmd, args[0], incident.CopyBackup, f, bundle.Lock{})
		}),
	}
	cmd.Flags().StringVar(&f.out, "out", "", "the file, which must not be there yet")
	cmd.Flags().StringVar(&f.why, "why", "", "what it is for; it is kept")
	flagKeepCPR(cmd)
	return require(exits(cmd, exitUsage), "out")
}

func (a *app) archiveCommand() *cobra.Command {
	var f copyFlags
	cmd := &cobra.Command{
		Use:   "archive R --out FILE --recipient age1... | --passphrase-file FILE",
		Short: "write a case into one encrypted file, to hand it over",
		Long: "Writes the case with its evidence into one new file that is encrypted with age " +
			"(age-encryption.org) for its recipients, or with the passphrase in the first line of a file. " +
			"No plain byte of it is written to disk.",
		Example: "  timeglas archive 2026-014 --out 2026-014.age \\\n" +
			"    --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			lock := bundle.Lock{Recipients: f.recipients}
			if f.passphraseFile != "" {
				passphrase, err := readPassphrase(f.passphraseFile)
				if err != nil {
					return err
				}
				lock.Passphrase = passphrase
			}
			if (lock.Passphrase == "") == (len(lock.Recipients) == 0) {
				return fault.New(fault.Usage, "archive", "say for whom it is encrypted: --recipient, or --passphrase-file, and not both")
			}
			return a.copyCase(cmd, args[0], incident.CopyArchive, f, lock)
		}),
	}
	cmd.Flags().StringVar(&f.out, "out", "", "the file, which must not be there yet")
	cmd.Flags().StringArrayVar(&f.recipients, "recipient", nil, "who can open it: age1...; can be given several times")
	cmd.Flags().StringVar(&f.passphraseFile, "passphrase-file", "", "a file with the passphrase in its first line")
	cmd.Flags().StringVar(&f.why, "why", "", "what it is for; it is kept")
	flagKeepCPR(cmd)
	return require(exits(cmd, exitUsage), "out")
}

// readPassphrase is the first line of a file.
func readPassphrase(name string) (string, error) {
	text, err := readFile(name, 1<<16)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(text, "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		return "", fault.New(fault.Usage, name, "its first line is empty: it has to be the passphrase")
	}
	return line, nil
}

// copyCase writes the file and then the entry that says where it went.
func (a *app) copyCase(cmd *cobra.Command, ref, form string, f copyFlags, lock bundle.Lock) error {
	home, err := a.store()
	if err != nil {
		return err
	}
	if _, err := a.zone(); err != nil {
		return err
	}
	c, err := home.Backup(cmd.Context(), ref, f.out, lock, a.now())
	if err != nil {
		return err
	}
	a.page().line("%s: %d entries and %d files of %s, %s bytes, verified; sha256 %s", masked(f.out), c.Tip.Seq, c.Files, ref,
		fact.Thousands(c.Size, "en"), c.SHA256)
	if c.Skipped > 0 {
		a.complain(fmt.Sprintf("warning: %d names in the case's folders are not files of a case, and were left out", c.Skipped))
	}
	to := f.out
	if whole, err := filepath.Abs(f.out); err == nil {
		to = whole
	}
	_, err = a.quietly(cmd, ref, desk.NoteCopy{Copy: incident.Copy{Form: form, To: to, SHA256: c.SHA256,
		Entries: c.Tip.Seq, Encrypted: !lock.Plain(), Why: f.why}})
	if err != nil {
		a.complain("warning: the copy is whole, and the case could not record it: " + err.Error())
	}
	return nil
}

// restoreFlags are what restore takes.
type restoreFlags struct {
	ref, identityFile, passphraseFile string
	verify, disposed                  bool
}

func (a *app) restoreCommand() *cobra.Command {
	var f restoreFlags
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "make a case of a backup or an archive, or check one",
		Long: "Makes a case of a backup or archive, wholly or not at all, under the reference it had or " +
			"another. A case that is there is never replaced. What was redacted in this home since is " +
			"redacted again. With --verify nothing is restored: the file is checked whole.",
		Example: "  timeglas restore 2026-014.timeglas --ref 2026-014-old\n" +
			"  timeglas restore 2026-014.age --identity-file key.txt --verify",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error { return a.restore(cmd, args[0], f) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.ref, "ref", "", "its reference, if not the one it had")
	flags.BoolVar(&f.verify, "verify", false, "only check the file")
	flags.StringVar(&f.identityFile, "identity-file", "", "the key of an archive, as age-keygen writes it")
	flags.StringVar(&f.passphraseFile, "passphrase-file", "", "a file with the passphrase in its first line")
	flags.BoolVar(&f.disposed, "disposed", false, "also when the register says that the case was disposed of")
	return answersNo(cmd, "with --verify: the file is damaged")
}

func (f restoreFlags) keys() (keys bundle.Keys, err error) {
	if f.identityFile != "" {
		if keys.Identities, err = readFile(f.identityFile, 1<<20); err != nil {
			return keys, err
		}
	}
	if f.passphraseFile != "" {
		keys.Passphrase, err = readPassphrase(f.passphraseFile)
	}
	return keys, err
}

func (a *app) restore(cmd *cobra.Command, path string, f restoreFlags) (err error) {
	keys, err := f.keys()
	if err != nil {
		return err
	}
	b, err := storage.OpenBundle(path, keys)
	if f.verify && fault.Is(err, fault.Damaged) {
		return a.printDamaged(err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if f.verify {
		return a.verifyBundle(cmd.Context(), b, path)
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	if record, gone, err := d.Disposed(cmd.Context(), b.Manifest.Journal); err != nil || (gone && !f.disposed) {
		return cmpOr(err, func() error {
			return fault.New(fault.Refused, "restore", "the case was disposed of on %s by %s: --disposed restores it all the same",
				dateAndTime(record.Disposal.At, a.at), record.Disposal.By)
		})
	}
	done, err := a.home.Restore(cmd.Context(), b, storage.Restoring{Ref: f.ref, Author: a.account(), Now: a.now()})
	if err != nil {
		return err
	}
	a.page().line("%s restored: %d entries and %d files, head %s", done.Ref, done.Report.Entries, done.Files, done.Report.Head)
	if done.Redacted > 0 {
		a.page().line("redacted again: %d entries that were redacted in this home before", done.Redacted)
	}
	return nil
}

// cmpOr is the error, or the other one when there is none.
func cmpOr(err error, other func() error) error {
	if err != nil {
		return err
	}
	return other()
}

func (a *app) verifyBundle(ctx context.Context, b *storage.Bundle, path string) error {
	report, err := b.Verify(ctx)
	if fault.Is(err, fault.Damaged) {
		return a.printDamaged(err)
	}
	if err != nil {
		return err
	}
	if _, err := a.zone(); err != nil {
		return err
	}
	a.page().line("%s is whole: %s, %d entries, %d files, head %s, made %s", masked(path), b.Manifest.Ref, report.Entries,
		len(b.Files)-1, report.Head, dayAndTime(b.Manifest.Made, a.at))
	return nil
}

// printDamaged answers that a file is damaged.
func (a *app) printDamaged(err error) error {
	a.page().line("DAMAGED: %s", masked(err.Error()))
	return errNo
}
