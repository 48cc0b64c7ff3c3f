package notice

import (
	"slices"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/timeline"
)

func TestWhatLooksLikeANameIsPointedOutWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"Oplysninger om Peter Hansen lå åbent.":                              "Peter Hansen",
		"Kontorchef Lone Østergaard Jensen så siden.":                        "Lone Østergaard Jensen",
		"A letter to Mrs Jensen went to a neighbour.":                        "Mrs Jensen",
		"Sagen om Hansens datter blev vist.":                                 "Hansens",
		"The file of Mehmet van der Berg was shown.":                         "Mehmet van der Berg",
		"Mistanken angår Xzavier Quillbottom.":                               "Xzavier Quillbottom",
		"Det drejer sig om J. P. Andersen fra Odense.":                       "J. P. Andersen",
		"Siderne lå i Webarkivet hos Vestby Kommune i november.":             "",
		"The Danish Immigration Service told the General Court in Denmark.":  "",
		"Kærshovedgård og Sjælsmark, jf. udlændingelovens § 42 a.":           "",
		"Data were sent over Telegram and Signal. Microsoft Teams was down.": "",
		"Adressen er skiftet. Pressen har spurgt. May we add: no.":           "",
		"Rigspolitiet og Region Midtjylland er orienteret den 9. Juni.":      "",
	} {
		s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("incident.description", text, "controller.name", "Vestby Kommune")
		s.unassessed = true
		names := Names(s.fold(), s.must(incident.PhaseInitial, "da"))
		var got []string
		for _, n := range names {
			got = append(got, n.Words)
			if n.No != 2 || n.Key != "incident.description" || n.Entry == "" {
				t.Errorf("%q: the place is %+v", text, n.Typed)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestNamesInEntriesAndReasonsAreSeenAndThoseOfTheContactsAreNot(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("controller.name", "Kommunen", "controller.contact_name", "Anna Holm",
		"measures.taken", "Anna Holm har taget siderne ned.").
		aware("2026-11-19 07:32", "Bodil Madsen", "opkald").
		write(timeline.KindAction, "Talte med Kirsten Lund.", "notice:7")
	s.unassessed = true
	var got []string
	for _, n := range Names(s.fold(), s.must(incident.PhaseInitial, "da")) {
		got = append(got, n.Words)
	}
	if want := []string{"Bodil Madsen", "Kirsten Lund"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheThreeCasesHoldNoNamesAndNoNumberThatTheFactsLack(t *testing.T) {
	for name, tale := range map[string]*tale{"centres": returnCentres(t), "lookups": registryLookups(t), "web": openWeb(t)} {
		for _, lang := range []string{"da", "en"} {
			c, d := tale.fold(), tale.must(incident.PhaseInitial, lang)
			if got := Names(c, d); len(got) > 0 {
				t.Errorf("%s %s: %+v", name, lang, got)
			}
			if got := Miscounts(c, d); len(got) > 0 {
				t.Errorf("%s %s: %+v", name, lang, got)
			}
		}
	}
}

func TestANumberOfPeopleInATextMustBeOneOfTheFacts(t *testing.T) {
	for text, want := range map[string]string{
		"Det angår 1.400 borgere.":                          "1.400 borgere",
		"It concerns 1,400 citizens.":                       "1,400 citizens",
		"Der er 1742 berørte registrerede.":                 "",
		"66 borgere og de øvrige 1.676 personer.":           "",
		"Seks sagsbehandlere, 12 ansatte og 300 dokumenter": "",
		"I 2025 personligt":                                 "",
	} {
		s := registryLookups(t).facts("incident.description", text)
		got := Miscounts(s.fold(), s.must(incident.PhaseInitial, "da"))
		words := ""
		if len(got) > 0 {
			words = got[0].Words
		}
		if words != want {
			t.Errorf("%q: %q, want %q", text, words, want)
		}
	}
}
