package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/fault"
)

// screenHome is what the workbench asks of files and keys. Everything it uses of the
// app is open before the screen is.
type screenHome struct{ a *app }

// mostPaths is how many ways to continue a path are offered.
const mostPaths = 40

// Complete gives the files and folders that begin so, folders with a slash. Hidden
// ones are given when their dot is typed. What cannot be read has nothing to offer.
func (h screenHome) Complete(path string) []string {
	folder, begun := filepath.Split(path)
	where := folder
	if where == "" {
		where = "."
	}
	entries, err := os.ReadDir(where)
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		name := e.Name()
		hidden := strings.HasPrefix(name, ".") && !strings.HasPrefix(begun, ".")
		if hidden || !strings.HasPrefix(name, begun) || !clean.Visible(name) {
			continue
		}
		if e.IsDir() {
			name += string(filepath.Separator)
		}
		if found = append(found, folder+name); len(found) == mostPaths {
			break
		}
	}
	return found
}

// TakeIn stores a file with the case.
func (h screenHome) TakeIn(ctx context.Context, ref, path string) (incident.Evidence, error) {
	return takeIn(ctx, h.a.home, ref, path)
}

// BackUp makes a backup now, as the automatic ones are made, and says where it is.
func (h screenHome) BackUp(ctx context.Context, ref string) (string, error) {
	policy, err := h.a.policy()
	if err != nil {
		return "", err
	}
	if policy.Every <= 0 {
		return "", fault.New(fault.Refused, "backup", "automatic backups are switched off in the settings: timeglas backup %s --out FILE makes one", ref)
	}
	if _, err := h.a.home.BackupNow(ctx, ref, policy, h.a.now()); err != nil {
		return "", err
	}
	return h.a.newestBackup(ref), nil
}

// Checkpoint verifies the case and signs what was found.
func (h screenHome) Checkpoint(ctx context.Context, ref string) (string, error) {
	c, err := h.a.sign(ctx, ref)
	return string(c.Signed), err
}
