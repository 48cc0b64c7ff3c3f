package notice

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/fault"
	"timeglas/timeline"

	"pgregory.net/rapid"
)

func TestDanishForPeopleIsPlain(t *testing.T) {
	for name, d := range letters(t, "da") {
		if lix := LIX(d.Text()); lix > Hardest {
			t.Errorf("%s has LIX %.1f:\n%s", name, lix, d.Text())
		} else {
			t.Logf("%s has LIX %.1f", name, lix)
		}
	}
	for _, layer := range []string{"people", "guardian", "relative", "public"} {
		var all strings.Builder
		for id, text := range layersOf("da")[layer].Sentences {
			if !strings.HasSuffix(id, "_missing") {
				fmt.Fprintln(&all, text)
			}
		}
		for _, texts := range layersOf("da")[layer].Facts {
			for form, text := range texts {
				if form != "missing" {
					fmt.Fprintln(&all, text)
				}
			}
		}
		if lix := LIX(all.String()); lix > Hardest {
			t.Errorf("the wording %s has LIX %.1f", layer, lix)
		} else {
			t.Logf("the wording %s has LIX %.1f", layer, lix)
		}
	}
}

func TestEnglishForPeopleIsPlain(t *testing.T) {
	for name, d := range letters(t, "en") {
		if lix := LIX(d.Text()); lix > Hardest {
			t.Errorf("%s has LIX %.1f", name, lix)
		}
	}
}

func TestLIXCountsWordsSentencesAndLongWords(t *testing.T) {
	for text, want := range map[string]float64{
		"":                            0,
		"Vi er her.":                  3,
		"Vi er her. Du er der.":       3,
		"Vi er herhenne.":             3 + 100.0/3,
		"Hvad er der sket?\nEt brud":  3,
		"Det er »sket«. Nu er det nu": 3.5,
		"Hvorfor":                     1 + 100,
	} {
		if got := LIX(text); got != want {
			t.Errorf("%q has LIX %v, want %v", text, got, want)
		}
	}
}

// peopleFacts are the facts that texts for people say in words of their own.
var peopleFacts = []string{"incident.family", "incident.ongoing", "effect.disclosure", "effect.access", "effect.exfiltration",
	"effect.protection", "effect.availability", "effect.integrity", "effect.misuse", "effect.recipient_intent", "effect.service_impact",
	"effect.recovered", "effect.remote_wipe", "effect.backup", "data.public_before"}

func TestNothingOfficialLeaksIntoTextsForPeople(t *testing.T) {
	for lang := range grammars {
		people := layersOf(lang)["people"]
		for _, name := range peopleFacts {
			k, ok := fact.Lookup(name)
			if !ok {
				t.Fatalf("no fact %s", name)
			}
			forms := []string{"unknown"}
			if k.Type == fact.TypeFlag {
				forms = append(forms, "yes", "no")
			}
			for _, o := range k.Options {
				forms = append(forms, o.Value)
			}
			for _, form := range forms {
				if _, ok := people.Facts[name][form]; !ok {
					t.Errorf("%s: %s=%s is not said in words for people", lang, name, form)
				}
			}
		}
		for _, name := range []string{"data.categories", "consequences.likely"} {
			k, _ := fact.Lookup(name)
			for _, o := range k.Options {
				if people.Words[name][o.Value] == "" {
					t.Errorf("%s: %s=%s has no words for people", lang, name, o.Value)
				}
			}
		}
		for _, reader := range []string{"guardian", "relative"} {
			for value := range people.Words["consequences.likely"] {
				if layersOf(lang)[reader].Words["consequences.likely"][value] == "" {
					t.Errorf("%s: %s speaks to %s in the words for adults", lang, value, reader)
				}
			}
		}
	}
}

func TestEveryReaderIsSpokenToInWordsOfTheirOwn(t *testing.T) {
	for _, reader := range []Reader{Guardian, Relative} {
		req := telling(incident.ToSubjects, "da")
		req.Reader = reader
		text := openWebTold(t).mustAs(req).Text()
		for _, wrong := range []string{"oplysninger om dig", "dit navn", "dit CPR-nummer", "betyde for dig", "dit helbred", "udgive sig for at være dig"} {
			if strings.Contains(text, wrong) {
				t.Errorf("%s: %q is for adults:\n%s", reader, wrong, text)
			}
		}
	}
}

func TestALetterHasTheFourContentsOrSaysWhatIsMissing(t *testing.T) {
	empty := tell(t, timeline.MarkCase, "2026-11-21 14:05").mustAs(telling(incident.ToSubjects, "da"))
	missing := map[int]bool{}
	for _, g := range empty.Gaps {
		missing[g.No] = true
	}
	for _, no := range []int{1, 2, 3, 4, 5, 6} {
		if !missing[no] {
			t.Errorf("section %d of an empty letter misses nothing", no)
		}
	}
	if missing[7] {
		t.Error("the right to complain is missing")
	}
	if !strings.Contains(empty.Text(), "[MANGLER: ") {
		t.Error("the letter does not say what is missing")
	}
}

func TestAccessAndTimeAreSaid(t *testing.T) {
	s := openWebTold(t).facts("incident.began", "2023-11-01", "incident.ended", "2026-11-19 08:10", "effect.access", "confirmed")
	text := s.mustAs(telling(incident.ToSubjects, "da")).Sections[0].Text()
	for _, want := range []string{"Bruddet begyndte den 1. november 2023.", "Bruddet sluttede den 19. november 2026 kl. 08.10.", "Vi ved, at nogen uden ret til det har haft adgang til oplysningerne"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestAdviceFitsTheData(t *testing.T) {
	for name, c := range map[string]struct {
		facts []string
		want  []string
		not   []string
	}{
		"CPR number": {[]string{"data.categories", "name,national-id", "persons.protected_identity", "no"},
			[]string{"kreditadvarsel", "fyldt 15 år"}, []string{"beskyttet navn", "adgangskode"}},
		"readable passwords": {[]string{"data.categories", "credentials,contact"}, []string{"Skift din adgangskode", "links"}, []string{"kreditadvarsel"}},
		"card and account":   {[]string{"data.categories", "payment-card,bank-account"}, []string{"spærret dit kort", "din konto"}, nil},
		"protected address": {[]string{"data.categories", "name", "persons.protected_identity", "yes", "controller.contact_phone", "70 10 20 30"},
			[]string{"ring til os med det samme on 70 10 20 30"}, nil},
		"protection not looked at": {[]string{"data.categories", "address"}, []string{"beskyttet navn og adresse, så kontakt os"}, nil},
		"danger":                   {[]string{"data.categories", "address", "consequences.likely", "physical-harm"}, []string{"114", "112"}, nil},
		"lost medicine":            {[]string{"data.categories", "health", "effect.types", "availability"}, []string{"medicin"}, []string{"presset"}},
		"nothing spread":           {[]string{"data.categories", "national-id", "effect.disclosure", "none"}, []string{"Vi har ikke særlige råd"}, []string{"kreditadvarsel"}},
		"a wrong decision":         {[]string{"data.categories", "economy", "effect.disclosure", "none", "consequences.likely", "wrong-decision"}, []string{"forkert afgørelse"}, []string{"tilbud om lån"}},
		"an integrity breach":      {[]string{"data.categories", "national-id", "effect.types", "integrity"}, []string{"Vi har ikke særlige råd"}, []string{"kreditadvarsel"}},
		"health seen":              {[]string{"data.categories", "health", "effect.types", "confidentiality"}, []string{"din læge", "presset"}, []string{"medicin"}},
	} {
		got := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts(c.facts...).mustAs(telling(incident.ToSubjects, "da")).Sections[4].Text()
		for _, want := range c.want {
			if !strings.Contains(got, strings.ReplaceAll(want, " on ", " på ")) {
				t.Errorf("%s: %q is not in\n%s", name, want, got)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("%s: %q is in\n%s", name, not, got)
			}
		}
	}
}

func TestEachPartOfThePeopleGetsItsOwnLetter(t *testing.T) {
	s := registryLookupsTold(t)
	passed := telling(incident.ToSubjects, "da")
	passed.Subset = "videregivet"
	others := passed
	others.Subset = "øvrige"
	if text := s.mustAs(passed).Sections[2].Text(); !strings.Contains(text, "mistanke om, at oplysningerne er blevet misbrugt") {
		t.Errorf("the 66 are not told of the suspicion:\n%s", text)
	}
	if text := s.mustAs(others).Sections[2].Text(); !strings.Contains(text, "Vi har ikke set, at oplysningerne er blevet misbrugt") {
		t.Errorf("the others are told what is true of the 66:\n%s", text)
	}
	if s.mustAs(passed).Grounds()[0] == "" || slices.Equal(s.mustAs(passed).Grounds(), s.mustAs(others).Grounds()) {
		t.Error("both letters rest on the same")
	}
}

func TestTheFactsSayWhichLettersAreNeeded(t *testing.T) {
	for groups, want := range map[string][]Version{
		"citizens":          {{"", Adult}},
		"children,pupils":   {{"", Guardian}},
		"citizens,children": {{"", Adult}, {"", Guardian}},
	} {
		if got := Versions(tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("persons.groups", groups).fold().Facts); !slices.Equal(got, want) {
			t.Errorf("%s: %v", groups, got)
		}
	}
	parts := Versions(tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("persons.groups", "citizens", "subset.a.count", "1", "subset.b.groups", "pupils").fold().Facts)
	if want := []Version{{"a", Adult}, {"b", Guardian}}; !slices.Equal(parts, want) {
		t.Errorf("parts: %v", parts)
	}
	if d := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("persons.groups", "pupils").mustAs(telling(incident.ToSubjects, "da")); d.Reader != Guardian {
		t.Errorf("a letter about pupils speaks to %s", d.Reader)
	}
}

func TestATranslationHasAMarkedPlace(t *testing.T) {
	req := telling(incident.ToSubjects, "da")
	req.Translation = "arabisk"
	s := openWebTold(t)
	d := s.mustAs(req)
	last := d.Sections[len(d.Sections)-1]
	if !last.Missing || !strings.Contains(last.Text(), "[MANGLER: oversættelse til arabisk]") {
		t.Errorf("the place is not marked: %q", last.Text())
	}
	d = s.write(timeline.KindCommunication, "نص", "letter:8").mustAs(req)
	if last := d.Sections[len(d.Sections)-1]; last.Missing || !strings.Contains(last.Text(), "نص") {
		t.Errorf("the translation is not put in its place: %q", last.Text())
	}
}

func TestAFollowUpNamesTheFirstLetter(t *testing.T) {
	s := openWebTold(t)
	req := telling(incident.ToSubjects, "da")
	req.Phase = incident.PhaseFollowup
	if d := s.mustAs(req); !d.Preface.Missing {
		t.Error("a second letter without a first does not say so")
	}
	id := s.add(incident.NoticeDraft(incident.Notice{To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da", Text: "sent"}))
	s.add(incident.FiledDraft(incident.Filing{Notice: id, Sent: s.moment("2026-11-19 12:00"), Channel: "letter", Who: "anna"}))
	if text := s.mustAs(req).Preface.Text(); !strings.Contains(text, "den 19. november 2026 kl. 12.00") {
		t.Errorf("the first letter is not named: %s", text)
	}
}

func TestRequestsThatMakeNoTextAreRefused(t *testing.T) {
	for name, req := range map[string]Request{
		"nobody":                  {To: "king", Phase: incident.PhaseInitial, Lang: "da"},
		"a withdrawn letter":      {To: incident.ToSubjects, Phase: incident.PhaseWithdraw, Lang: "da", Why: "x"},
		"a part that nobody has":  {To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da", Subset: "nobody"},
		"the public in parts":     {To: incident.ToPublic, Phase: incident.PhaseInitial, Lang: "da", Subset: "a"},
		"the authority as reader": {To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da", Reader: Adult},
		"an unknown reader":       {To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "da", Reader: "child"},
		"German":                  {To: incident.ToSubjects, Phase: incident.PhaseInitial, Lang: "de"},
		"a translated record":     {To: incident.ToInternal, Phase: incident.PhaseInitial, Lang: "da", Translation: "arabisk"},
	} {
		if _, err := tell(t, timeline.MarkCase, "2026-11-21 14:05").composeAs(req); fault.CodeOf(err) != fault.Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// promises and guilt have no place in what people read.
func TestLettersPromiseNothingAndBlameNobody(t *testing.T) {
	for _, lang := range []string{"da", "en"} {
		for id, text := range allFlat(lang) {
			if strings.HasPrefix(id, "authority:") {
				continue
			}
			lower := strings.ToLower(text)
			for _, wrong := range []string{"garanter", "lover dig", "sker ikke igen", "skyldig i", "gerningsmand", "guarantee", "we promise", "never happen again", "guilty of", "perpetrator", "helt sikker", "intet at frygte", "nothing to fear"} {
				if strings.Contains(lower, wrong) {
					t.Errorf("%s says %q", id, wrong)
				}
			}
		}
	}
}

func TestEveryTextHasItsGroundsOrSaysWhatIsMissing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := anyTale(t, r)
		req := telling(rapid.SampledFrom(Recipients()).Draw(r, "to"), rapid.SampledFrom([]string{"da", "en"}).Draw(r, "lang"))
		if text, _ := textTo(req.To); text.subsets {
			req.Reader = rapid.SampledFrom(append(Readers(), "")).Draw(r, "reader")
			req.Subset = rapid.SampledFrom(append(s.fold().Facts.Subsets(), "")).Draw(r, "subset")
		}
		d, err := s.composeAs(req)
		if err != nil {
			r.Fatal(err)
		}
		known := map[string]bool{}
		for _, e := range s.all {
			known[e.ID] = true
		}
		for _, section := range d.parts() {
			for _, p := range section.Paragraphs {
				for _, sentence := range p.Sentences {
					checkSentence(r, section, sentence, known)
				}
			}
		}
		if text := d.Text(); strings.Contains(text, "  ") || strings.Contains(text, "\n\n\n") || strings.Contains(text, "..") {
			r.Fatalf("untidy text:\n%s", text)
		}
	})
}

func TestNoTextForAnybodyHoldsACPRNumber(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cprNumber := number(r)
		s := tell(t, timeline.MarkCase, "2026-11-21 14:05")
		s.unassessed = true
		to := rapid.SampledFrom(Recipients()).Draw(r, "to")
		key := rapid.SampledFrom([]string{"incident.description", "measures.taken", "controller.contact_name", "consequences.description", "incident.systems", "controller.name", ""}).Draw(r, "key")
		if key == "" {
			text, _ := textTo(to)
			s.write(timeline.KindAction, "Om "+cprNumber, text.tag+"1")
		} else {
			s.facts(key, "Om "+cprNumber)
		}
		d, err := s.composeAs(telling(to, "da"))
		if err == nil && strings.Contains(d.Text(), cprNumber) {
			r.Fatalf("it stands in the text to %s:\n%s", to, d.Text())
		}
		if err != nil && (fault.CodeOf(err) != fault.Refused || strings.Contains(err.Error(), cprNumber)) {
			r.Fatal(err)
		}
	})
}
