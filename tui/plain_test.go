package tui

import (
	"strings"
	"testing"

	"timeglas/incident/fact"
	"timeglas/internal/desk"
)

func TestThePlainViewHasNoFrames(t *testing.T) {
	d := normal(t, 80, 24)
	d.press("enter", "5", "V").see("1. Kontaktoplysninger")
	if s := d.screen(); strings.ContainsAny(s, "│╭╰") {
		t.Errorf("frames in the plain view:\n%s", s)
	}
	d.press("pgdown").see("3. Kategorier")
	d.press("esc").see("Texts, in Danish")
	d.press("2", "V").see("ANMELDELSE").press("V")
	d.see("as it happened")
}

func TestAFactShowsTheSentencesThatRestOnIt(t *testing.T) {
	d := normal(t, 160, 50)
	d.press("enter", "3").choose("Number of people").see("In the text to the authority:", "Bruddet berører anslået 1.742 registrerede.")
	d.do("anna", "2026-014", desk.RecordFacts{Facts: []desk.Given{{Key: "persons.count", Value: fact.Count(1800)}}})
	d.press("ctrl+r").see("Bruddet berører 1.800 registrerede.")
}
