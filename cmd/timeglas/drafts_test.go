package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDraftsLieBesideTheCasesForTheirOwnerAlone(t *testing.T) {
	home := t.TempDir()
	d := newDraftFolder(home, `DOMAIN\anna/x`)
	for _, ref := range []string{"2026-014", ""} {
		if err := d.Keep(ref, "Note", []string{"half a sentence", "æ"}); err != nil {
			t.Fatal(err)
		}
		got := newDraftFolder(home, `DOMAIN\anna/x`).Load(ref)["Note"]
		if len(got) != 2 || got[0] != "half a sentence" || got[1] != "æ" {
			t.Errorf("%q: %v", ref, got)
		}
		info, err := os.Stat(d.file(ref))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
	}
	if info, err := os.Stat(d.dir); err != nil || info.Mode().Perm() != 0o700 || filepath.Dir(filepath.Dir(d.dir)) != home {
		t.Errorf("%s %v %v", d.dir, info, err)
	}
	if got := newDraftFolder(home, "bo").Load("2026-014"); len(got) != 0 {
		t.Errorf("another person reads %v", got)
	}
}

func TestADraftThatWasSavedLeavesNoFile(t *testing.T) {
	d := newDraftFolder(t.TempDir(), "anna")
	for _, form := range []string{"Note", "Close case"} {
		if err := d.Keep("2026-014", form, []string{"text"}); err != nil {
			t.Fatal(err)
		}
	}
	for i, form := range []string{"Note", "Close case", "Close case"} {
		if err := d.Keep("2026-014", form, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(d.file("2026-014")); (err == nil) != (i == 0) {
			t.Errorf("after %d: %v", i+1, err)
		}
	}
}

func TestABrokenDraftFileIsNoDraftAndIsReplaced(t *testing.T) {
	d := newDraftFolder(t.TempDir(), "anna")
	if err := d.Keep("r", "Note", []string{"x"}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.file("r"), []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := d.Load("r"); len(got) != 0 {
		t.Error(got)
	}
	if err := d.Keep("r", "Note", []string{"y"}); err != nil || d.Load("r")["Note"][0] != "y" {
		t.Error(err)
	}
}
