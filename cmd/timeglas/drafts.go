package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"timeglas/internal/fault"
)

// draftFolder keeps what one person has typed on screen and not saved yet: one small
// file for each case, beside the cases and never in one, readable by its owner alone.
// It holds the text as it was typed, so also a number that would be masked on saving;
// it is gone as soon as the form is saved or given up.
type draftFolder struct {
	dir string
	mu  sync.Mutex // of the files of this program; another session of the same person may lose a draft
}

// newDraftFolder is that of an account in a home. Nothing is made before it is needed.
func newDraftFolder(home, account string) *draftFolder {
	safe := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:`, r) || r < ' ' {
			return '_'
		}
		return r
	}, account)
	return &draftFolder{dir: filepath.Join(home, "drafts", "of-"+safe)}
}

// noCase names the file of what is typed before there is a case. No reference begins
// with a dot.
const noCase = ".new"

func (d *draftFolder) file(ref string) string {
	if ref == "" {
		ref = noCase
	}
	return filepath.Join(d.dir, filepath.Base(ref)+".json")
}

// Load gives the drafts of a case by form. What cannot be read is no draft.
func (d *draftFolder) Load(ref string) map[string][]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	forms, _ := d.read(ref)
	return forms
}

func (d *draftFolder) read(ref string) (map[string][]string, error) {
	forms := map[string][]string{}
	text, err := os.ReadFile(d.file(ref))
	if err != nil {
		return forms, err
	}
	return forms, json.Unmarshal(text, &forms)
}

// Keep replaces the draft of a form; no texts drop it, and the last one its file.
func (d *draftFolder) Keep(ref, form string, texts []string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	forms, err := d.read(ref)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		forms = map[string][]string{} // a broken file is replaced
	}
	if forms[form] = texts; texts == nil {
		delete(forms, form)
	}
	if len(forms) == 0 {
		if err := os.Remove(d.file(ref)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return draftFault(err)
		}
		return nil
	}
	return d.write(ref, forms)
}

func (d *draftFolder) write(ref string, forms map[string][]string) error {
	text, err := json.Marshal(forms)
	if err != nil {
		return draftFault(err)
	}
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return draftFault(err)
	}
	f, err := os.CreateTemp(d.dir, ".draft-*") // 0600
	if err != nil {
		return draftFault(err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), d.file(ref))
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return draftFault(err)
	}
	return nil
}

func draftFault(err error) error {
	return fault.Wrap(fault.Failed, err, "draft", "what is typed cannot be kept: %s", plainReason(err))
}
