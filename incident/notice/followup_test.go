package notice

import (
	"slices"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/timeline"

	"github.com/google/go-cmp/cmp"
)

// listed is what a follow-up says has changed.
func listed(d Document) []string {
	var items []string
	for _, p := range d.Preface.Paragraphs {
		if p.Form == Item {
			items = append(items, p.Sentences[0].Text)
		}
	}
	return items
}

func TestAFollowUpListsExactlyWhatHasChanged(t *testing.T) {
	s := registryLookups(t).file("2026-11-21 14:00", "2026-442-0001")
	s.facts("persons.count", "1750", "subset.øvrige.count", "1684", "persons.protected_identity", "no",
		"incident.systems", "CPR-registret", // recorded again with the same value
		"measures.mitigation", "De 66 er ringet op.", "delay.more_time", "unknown")
	s.estimate("persons.records", "1742")
	s.aware("2026-11-19 07:00", "kommunens it-sikkerhedschef", "Politiet oplyste om sigtelsen og fremviste udskrifter af opslag.")
	s.write(timeline.KindAction, "Adgangskoderne er skiftet.", "notice:7")
	for lang, want := range map[string][]string{
		"da": {
			"Punkt 2, Beskrivelse af hændelsen: »Den dataansvarlige blev bekendt med bruddet den 19. november 2026 kl. 07.32.« → »Den dataansvarlige blev bekendt med bruddet den 19. november 2026 kl. 07.00.«",
			"Punkt 3, Antal registrerede: 1.742 → 1.750",
			"Punkt 3, gruppen »øvrige«, Antal registrerede: 1.676 → 1.684",
			"Punkt 3, Navne- eller adressebeskyttelse: endnu ikke oplyst → nej",
			"Punkt 4, Antal registreringer: 1.742 → 1.742 (anslået)",
			"Punkt 7, Foranstaltninger til håndtering af bruddet: ikke oplyst → »Adgangskoderne er skiftet.«",
			"Punkt 9, Begrænsning af skadevirkninger: ikke oplyst → »De 66 er ringet op.«",
			"Punkt 12, Eftersendes: »Oplysninger om begyndelsestidspunktet og om navne- og adressebeskyttelse eftersendes senest den 28. november 2026.« → endnu ikke oplyst",
		},
	} {
		for _, phase := range []incident.Phase{incident.PhaseFollowup, incident.PhaseComplete} {
			d := s.must(phase, lang)
			got := listed(d)
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", phase, lang, diff)
			}
			if !strings.Contains(d.Preface.Text(), "Følgende er ændret siden anmeldelsen indgivet den 21. november 2026 kl. 14.00:") {
				t.Errorf("%s", d.Preface.Text())
			}
			for _, c := range d.Changes {
				if len(c.Entries) == 0 {
					t.Errorf("%+v names no entry", c)
				}
			}
		}
	}
}

func TestAFollowUpWithoutAChangeSaysSo(t *testing.T) {
	for name, s := range map[string]*tale{"lookups": registryLookups(t), "centres": returnCentres(t)} {
		s.file("2026-11-21 14:00", "2026-442-0001")
		for lang, want := range map[string]string{"da": "Der er ingen ændringer siden anmeldelsen indgivet", "en": "Nothing has changed since the notification filed"} {
			d := s.must(incident.PhaseFollowup, lang)
			if got := listed(d); len(got) > 0 || !strings.Contains(d.Preface.Text(), want) {
				t.Errorf("%s %s: %q\n%s", name, lang, got, d.Preface.Text())
			}
		}
	}
}

func TestAFollowUpIsMeasuredAgainstTheLastThatWasFiled(t *testing.T) {
	s := registryLookups(t).facts("persons.count", "1000").file("2026-11-21 13:00", "")
	s.facts("persons.count", "1100").file("2026-11-21 14:00", "")
	s.facts("persons.count", "1200")
	s.add(incident.NoticeDraft(incident.Notice{To: incident.ToAuthority, Phase: incident.PhaseFollowup, Lang: "da", Text: "never sent"}))
	s.facts("persons.count", "1300")
	if got := listed(s.must(incident.PhaseFollowup, "en")); len(got) != 1 || !strings.HasSuffix(got[0], ": 1,100 → 1,300") {
		t.Errorf("%q", got)
	}
}

func TestAnIssuedTextIsWhatAFollowUpHasWhereNothingWasFiled(t *testing.T) {
	s := registryLookups(t)
	s.add(incident.NoticeDraft(incident.Notice{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da", Text: "not sent"}))
	s.facts("incident.cause", "external-malicious")
	d := s.must(incident.PhaseFollowup, "en")
	if got := listed(d); len(got) != 1 || !strings.HasPrefix(got[0], "Point 2, Cause: ") || !strings.Contains(d.Preface.Text(), "is not recorded as filed") {
		t.Errorf("%q\n%s", got, d.Preface.Text())
	}
}

func TestWhatOutweighsTheRiskIsListed(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("effect.types", "confidentiality", "effect.protection", "encrypted-key-safe",
		"effect.backup", "full", "effect.access", "excluded", "data.categories", "contact", "persons.count", "3", "effect.disclosure", "none", "data.special", "no").
		file("2026-11-21 14:00", "")
	before := s.must(incident.PhaseInitial, "en").Sections[5].Text()
	s.facts("effect.protection", "intelligible", "effect.access", "confirmed", "effect.disclosure", "public", "data.categories", "national-id,health,name")
	d := s.must(incident.PhaseFollowup, "en")
	if !slices.ContainsFunc(listed(d), func(item string) bool { return strings.HasPrefix(item, "Point 6, assessment of the risk: ") }) {
		t.Errorf("%q\nbefore: %s\nnow: %s", listed(d), before, d.Sections[5].Text())
	}
}

func TestAChangeOfOneFactListsThatFactAndWhatFollowsForTheRisk(t *testing.T) {
	for key, value := range map[string]string{
		"controller.dpo_email": "raadgiver@kommune.example", "incident.description": "En anden ordlyd.", "incident.cause": "unknown",
		"effect.access": "possible", "persons.count": "1743", "persons.groups": "citizens,children", "data.categories": "national-id,name",
		"consequences.likely": "distress", "measures.taken": "Mere er gjort.", "informed.review": "2026-11-25", "informed.exception": "dbl-22-1",
		"subset.videregivet.count": "67", "delay.more_time": "Senest den 1. december 2026.", "measures.mitigation": "De 66 er advaret.",
	} {
		s := registryLookups(t).file("2026-11-21 14:00", "").facts(key, value)
		changed := s.must(incident.PhaseFollowup, "da").Changes
		if len(changed) == 0 || !slices.ContainsFunc(changed, func(c Change) bool { return c.Key == key }) {
			t.Errorf("%s is not listed: %+v", key, changed)
		}
		for _, c := range changed {
			if c.Key != key && c.No != pointRisk {
				t.Errorf("%s changed, and so it says did %+v", key, c)
			}
		}
	}
}
