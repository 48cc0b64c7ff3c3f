package main

import (
	"fmt"

	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/storage"
)

// fmtEntryOf is "12 of 4711".
func fmtEntryOf(seq, of int64) string { return fmt.Sprintf("%d of %d", seq, of) }

// openHome opens the home by the settings, and warns when its disk is nearly full.
func (a *app) openHome(dir string) (*storage.Home, error) {
	settings, err := a.settings()
	if err != nil {
		return nil, err
	}
	var options []storage.Option
	if settings.Storage.AllowNetworkFilesystem {
		options = append(options, storage.AllowNetworkFilesystem())
	}
	home, err := storage.OpenHome(dir, options...)
	if err != nil {
		return nil, err
	}
	if free, known := home.Free(); known && free < storage.LowSpace {
		a.complain(fmt.Sprintf("warning: only %d MiB are free where the cases lie: free some space before saving fails", free>>20))
	}
	return home, nil
}

// warnRestricted says once for each case that it is damaged, or read-only. What was
// read of a damaged case is not all of it, so the answer is then no.
func (a *app) warnRestricted(s desk.Situation) {
	f, ok := s.Restriction.(*fault.Error)
	if !ok || a.warned[s.Ref] {
		return
	}
	if a.warned == nil {
		a.warned = map[string]bool{}
	}
	a.warned[s.Ref] = true
	message := "warning: " + f.Error()
	if f.Code == fault.Damaged {
		a.damaged = true
		message += fmt.Sprintf("; shown is what was written before that, %d entries", s.Case.Tip.Seq)
		if backup := a.newestBackup(s.Ref); backup != "" {
			message += "; the newest backup is " + backup
		}
	}
	a.complain(message)
}

// newestBackup is the newest automatic backup of a case, which was verified when it
// was written; empty when there is none.
func (a *app) newestBackup(ref string) string {
	policy, err := a.policy()
	if err != nil || a.home == nil {
		return ""
	}
	saved, err := a.home.Backups(ref, policy)
	if err != nil || len(saved) == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%d entries, %s)", saved[0].Path, saved[0].Seq, dateAndTime(saved[0].At, a.at))
}
