package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"timeglas/incident"
	"timeglas/internal/desk"
)

// shelf is a home without a disk.
type shelf struct {
	paths []string
	fails error
}

func (s *shelf) Complete(path string) []string {
	var found []string
	for _, p := range s.paths {
		if strings.HasPrefix(p, path) {
			found = append(found, p)
		}
	}
	return found
}

func (s *shelf) TakeIn(_ context.Context, _, path string) (incident.Evidence, error) {
	return incident.Evidence{Name: path[strings.LastIndexByte(path, '/')+1:], Size: 4711, SHA256: strings.Repeat("9f", 32), From: path}, s.fails
}

func (s *shelf) BackUp(context.Context, string) (string, error) { return "/backups/1", s.fails }

func (s *shelf) Checkpoint(_ context.Context, ref string) (string, error) {
	return "timeglas/case/" + ref + "\n13\nhash\n", s.fails
}

func withHome(s *shelf) setting { return func(o *Options, _ *desk.Options) { o.Home = s } }

func TestAFileIsTakenIntoCustodyByItsPath(t *testing.T) {
	home := &shelf{paths: []string{"/logs/access-1.log", "/logs/access-2.log", "/logs/other/"}}
	d := normal(t, 80, 24, withHome(home))
	d.press("enter", "6").see("No file is in custody yet").press("e").typing("/lo").press("tab").see("/logs/", "access-1.log access-2.log other/")
	d.typing("a").press("tab").see("/logs/access-").typing("1").press("tab", "enter").typing("before it rotates").press("enter").see("in custody")
	d.see("access-1.log", "4.6 KiB").press("enter").see("It has not left the store", "From /logs/access-1.log", "before it rotates")
	d.press("5", "f").see("Receipt")
	home.fails = errors.New("a pipe is not taken in")
	d.leaveDialogs().press("e").typing("/logs/pipe").press("ctrl+s").see("NOT SAVED: a pipe is not taken in", "/logs/pipe")
	home.fails = nil
	d.press("ctrl+s").see("in custody")
}

func TestABackupAndACheckpointAreOneKeyAway(t *testing.T) {
	home := &shelf{}
	d := normal(t, 80, 24, withHome(home))
	d.press("enter", "B").see("backed up and verified: /backups/1")
	d.press("K").see("Checkpoint: keep it elsewhere", "timeglas/case/2026-014").press("w").see("written to /files/2026-014.checkpoint")
	home.fails = errors.New("the disk is full")
	d.press("B").see("NO BACKUP: the disk is full")
	home.fails = nil
	d.press("C").typing("done").press("enter", "y").see("Checkpoint: keep it elsewhere").press("enter").see("closed")
}

func TestTheListShowsTheAgeOfTheNewestBackup(t *testing.T) {
	at := start.Add(-3 * time.Hour)
	d := normal(t, 160, 50, withHome(&shelf{}), func(_ *Options, o *desk.Options) {
		o.LastBackup = func(string) time.Time { return at }
	})
	d.see("backup 3 h")
	at = time.Time{}
	d.press("ctrl+r").see("no backup")
}
