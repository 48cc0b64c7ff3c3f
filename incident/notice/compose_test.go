package notice

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/internal/cpr"
	"timeglas/internal/fault"
	"timeglas/timeline"

	"pgregory.net/rapid"
)

// number is a CPR number that nobody has: 60 is added to the day.
func number(t *rapid.T) string {
	day, month := rapid.IntRange(61, 91).Draw(t, "day"), rapid.IntRange(1, 12).Draw(t, "month")
	if day > 88 {
		day = 61
	}
	digits := fmt.Sprintf("%02d%02d%02d", day, month, rapid.IntRange(40, 89).Draw(t, "year"))
	dash := rapid.SampledFrom([]string{"-", "", " "}).Draw(t, "dash")
	return digits + dash + fmt.Sprintf("%04d", rapid.IntRange(0, 3999).Draw(t, "serial"))
}

var phases = []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw}

// anyTale is a case with facts of every kind, drawn at random.
func anyTale(t *testing.T, r *rapid.T) *tale {
	s := tell(t, rapid.SampledFrom([]timeline.Mark{timeline.MarkCase, timeline.MarkDemo}).Draw(r, "mark"), "2026-11-21 14:05")
	s.unassessed = rapid.Float64Range(0, 1).Draw(r, "assess") > 0.1
	texts := map[fact.Type][]string{
		fact.TypeText:   {"Ordlyd", "Én linje.\n- et punkt\n- et punkt til", "{why} [x](y) *z*", "  ", "The text was typed and has not been translated."},
		fact.TypeFlag:   {"yes", "no"},
		fact.TypeCount:  {"0", "1", "66", "1742", "9000000"},
		fact.TypeNumber: {"0", "1", "2.5"}, fact.TypeMoment: {"2026-11-18", "2026-11-18 10:00", "no later than 2026-11-18", "about 2026-11-18 10:00", "2026-10-25 to 2026-11-02", "2026-11-18 14:00 to 15:30"},
		fact.TypePeriods: {"2026-11-01/2026-11-03", "2025-12-30/2026-01-02,2026-03-01"}, fact.TypeStates: {"SE", "DE,SE,XK"},
		fact.TypeState: {"DK"}, fact.TypeList: {"ESDH", "AMS,SALTO"},
	}
	for _, k := range fact.Keys() {
		if rapid.IntRange(0, 2).Draw(r, "has "+k.Name) == 0 {
			continue
		}
		values := append([]string{"unknown"}, texts[k.Type]...)
		for _, o := range k.Options {
			values = append(values, o.Value)
		}
		if n := len(k.Options); k.Type == fact.TypeSet && n > 1 {
			values = append(values, k.Options[0].Value+","+k.Options[1].Value)
		}
		key := strings.Replace(k.Name, fact.SubsetName, "de 66", 1)
		text := rapid.SampledFrom(values).Draw(r, k.Name)
		v, err := fact.Parse(key, text, s.zone, s.now)
		if err != nil {
			continue // blank texts cannot be recorded
		}
		s.add(incident.FactDraft(key, v, rapid.Bool().Draw(r, "estimate"), ""))
	}
	if rapid.Bool().Draw(r, "aware") {
		s.aware(rapid.SampledFrom(texts[fact.TypeMoment]).Draw(r, "aware at"), rapid.SampledFrom([]string{"", "it-chefen"}).Draw(r, "who"), "")
	}
	if option := rapid.SampledFrom([]string{"", optionNotRequired, optionIndividually, optionPublicly, optionDeferred, "find-out"}).Draw(r, "gate"); option != "" {
		s.decide(gatePeople, option, "Begrundet.", rapid.SampledFrom([]string{"", "2026-12-01"}).Draw(r, "review"))
	}
	if rapid.Bool().Draw(r, "filed") {
		s.file("2026-11-20 09:00", "2026-442-0001")
	}
	if rapid.Bool().Draw(r, "tagged") {
		s.write(timeline.KindAction, "Adgangen er spærret", fmt.Sprintf("notice:%d", rapid.IntRange(1, 12).Draw(r, "point")))
	}
	return s
}

func TestEverySentenceHasItsGroundOrIsAGap(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := anyTale(t, r)
		d, err := s.composeAs(Request{To: incident.ToAuthority, Lang: rapid.SampledFrom([]string{"da", "en"}).Draw(r, "lang"),
			Phase: rapid.SampledFrom(phases).Draw(r, "phase"), Why: "Det viste sig ikke at være et brud."})
		if err != nil {
			r.Fatal(err)
		}
		known := map[string]bool{}
		for _, e := range s.all {
			known[e.ID] = true
		}
		missing := false
		for _, section := range d.parts() {
			gap := false
			for _, p := range section.Paragraphs {
				for _, sentence := range p.Sentences {
					checkSentence(r, section, sentence, known)
					gap = gap || sentence.Gap
				}
			}
			if section.Missing != gap {
				r.Fatalf("point %d: missing is %v, gap is %v", section.No, section.Missing, gap)
			}
			if len(section.Paragraphs) == 0 && section.No != 0 && d.Phase != incident.PhaseWithdraw {
				r.Fatalf("point %d says nothing", section.No)
			}
			missing = missing || gap
		}
		if d.Incomplete() != missing {
			r.Fatalf("incomplete is %v, missing is %v", d.Incomplete(), missing)
		}
		if text := d.Text(); strings.Contains(text, "  ") || strings.Contains(text, "\n\n\n") || strings.Contains(text, "..") {
			r.Fatalf("untidy text:\n%s", text)
		}
	})
}

func checkSentence(r *rapid.T, section Section, s Sentence, known map[string]bool) {
	switch {
	case strings.TrimSpace(s.Text) == "":
		r.Fatalf("point %d has an empty sentence", section.No)
	case s.Gap && len(s.Entries) > 0:
		r.Fatalf("point %d: a gap with grounds: %s", section.No, s.Text)
	case !s.Gap && len(s.Entries) == 0:
		r.Fatalf("point %d: no ground: %s", section.No, s.Text)
	case strings.Contains(strings.ReplaceAll(s.Text, "{why} [x](y)", ""), "{"):
		r.Fatalf("point %d: a place was not filled: %s", section.No, s.Text)
	}
	for _, id := range s.Entries {
		if !known[id] {
			r.Fatalf("point %d rests on %q, which is no entry", section.No, id)
		}
	}
}

func TestNoCPRNumberIsEverInAText(t *testing.T) {
	var keys []string
	for _, k := range fact.Keys() {
		if k.Type == fact.TypeText || k.Type == fact.TypeList {
			keys = append(keys, k.Name)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		cprNumber := number(r)
		if !cpr.Contains(cprNumber) {
			r.Skip("no number in this spelling")
		}
		s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("controller.name", "Kommunen", "informed.status", "no")
		s.unassessed = true
		text := "Sagen om " + cprNumber + " blev set."
		lang := "da"
		key := rapid.SampledFrom(keys).Draw(r, "key")
		point := "notice, "
		switch where := rapid.IntRange(0, 5).Draw(r, "where"); where {
		case 0:
			s.write(timeline.KindAction, text, "notice:7")
			s.aware("2026-11-20 09:00", "", "")
			key, point = "", "notice, point 7"
		case 1:
			s.aware("2026-11-20 09:00", cprNumber, "")
			key, point = "", "notice, point 2"
		case 2:
			s.aware("2026-11-20 09:00", "", text)
			key, point = "", "notice, point 2"
		case 3:
			s.decide(gatePeople, optionNotRequired, text, "").aware("2026-11-20 09:00", "", "")
			key, point = "", "notice, point 11"
		default:
			s.facts(key, text).aware("2026-11-10 09:00", "", "")
			if strings.HasSuffix(key, ".en") {
				lang = "en"
			}
		}
		_, err := s.compose(incident.PhaseInitial, lang)
		if !fault.Is(err, fault.Refused) {
			r.Fatalf("%s went into a text (fact %q): %v", cprNumber, key, err)
		}
		if message := err.Error(); cpr.Contains(message) || strings.Contains(message, cprNumber[:6]) || !strings.Contains(message, point) || !strings.Contains(message, key) {
			r.Fatalf("the refusal is %q", message)
		}
	})
}

func TestACPRNumberInANameIsNotRepeatedInTheRefusal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := strings.NewReplacer("-", "", " ", "").Replace(number(r))
		s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("subset."+n+".count", "3").aware("2026-11-20 09:00", "", "")
		s.unassessed = true
		_, err := s.compose(incident.PhaseInitial, "da")
		if !fault.Is(err, fault.Refused) || strings.Contains(err.Error(), n) {
			r.Fatalf("the subset's name: %v", err)
		}
		c := s.fold()
		delete(c.Facts, "subset."+n+".count")
		_, err = Compose(c, n, duty.Assessment{}, readClock(c, s), Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da", Now: s.now})
		if !fault.Is(err, fault.Refused) || strings.Contains(err.Error(), n) {
			r.Fatalf("the reference: %v", err)
		}
	})
}

func TestRequestsThatMakeNoTextAreRefusedWithAReason(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05")
	good := Request{To: incident.ToAuthority, Phase: incident.PhaseInitial, Lang: "da"}
	for name, change := range map[string]func(*Request){
		"to nobody known":        func(r *Request) { r.To = "king" },
		"in a third language":    func(r *Request) { r.Lang = "de" },
		"of no phase":            func(r *Request) { r.Phase = "late" },
		"for a subset":           func(r *Request) { r.Subset = "de 66" },
		"withdrawing for nought": func(r *Request) { r.Phase = incident.PhaseWithdraw },
	} {
		req := good
		change(&req)
		if _, err := s.composeAs(req); fault.CodeOf(err) != fault.Usage && fault.CodeOf(err) != fault.Refused || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.composeAs(good); err != nil {
		t.Error(err)
	}
}

func TestAnEmptyCaseIsAllGaps(t *testing.T) {
	d := tell(t, timeline.MarkCase, "2026-11-21 14:05").must(incident.PhaseInitial, "da")
	for _, s := range d.Sections {
		if !s.Missing || !strings.Contains(s.Text(), "Eftersendes: ") {
			t.Errorf("point %d is not said to be missing:\n%s", s.No, s.Text())
		}
	}
	if len(d.Grounds()) != 0 {
		t.Errorf("nothing was recorded, and yet it rests on %v", d.Grounds())
	}
}

func TestUnknownReadsDifferentlyFromAbsent(t *testing.T) {
	absent := tell(t, timeline.MarkCase, "2026-11-21 14:05").must(incident.PhaseInitial, "da").Sections[2]
	unknown := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("persons.count", "unknown", "persons.groups", "citizens").
		must(incident.PhaseInitial, "da").Sections[2]
	if !absent.Missing || !strings.Contains(absent.Text(), "Eftersendes: antallet") {
		t.Errorf("absent: %s", absent.Text())
	}
	if unknown.Missing || !strings.Contains(unknown.Text(), "vides endnu ikke") {
		t.Errorf("unknown: %s", unknown.Text())
	}
}

func TestALateNotificationGivesItsReasonsOrAsksForThem(t *testing.T) {
	late := func() *tale { return tell(t, timeline.MarkCase, "2026-11-21 14:05").aware("2026-11-10 09:00", "", "") }
	for name, c := range map[string]struct {
		tale *tale
		want string
	}{
		"absent":  {late(), "Eftersendes: begrundelsen for, at anmeldelsen sker senere end 72 timer"},
		"unknown": {late().facts("delay.reason", "unknown"), "Årsagen til forsinkelsen vides endnu ikke."},
		"given":   {late().facts("delay.reason", "Tabet blev opdaget sent"), "Begrundelse for forsinkelsen: Tabet blev opdaget sent."},
		"filed":   {late().file("2026-11-15 09:00", ""), "Anmeldelsen blev indgivet den 15. november 2026 kl. 09.00, det vil sige senere end 72 timer"},
	} {
		if text := c.tale.must(incident.PhaseInitial, "da").Sections[1].Text(); !strings.Contains(text, c.want) {
			t.Errorf("%s: %q is not in\n%s", name, c.want, text)
		}
	}
	inTime := tell(t, timeline.MarkCase, "2026-11-21 14:05").aware("2026-11-20 09:00", "", "").must(incident.PhaseInitial, "da")
	if strings.Contains(inTime.Text(), "72 timer") {
		t.Error("a notification in time speaks of a delay")
	}
}

func TestAFollowUpNamesTheNotificationThatItSupplements(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").aware("2026-11-20 09:00", "", "").file("2026-11-20 12:00", "2026-442-0001")
	text := s.must(incident.PhaseFollowup, "da").Text()
	for _, want := range []string{"OPFØLGENDE ANMELDELSE", "indgivet den 20. november 2026 kl. 12.00 (Datatilsynets journalnr. 2026-442-0001)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	unfiled := tell(t, timeline.MarkCase, "2026-11-21 14:05").must(incident.PhaseFollowup, "da")
	if !unfiled.Preface.Missing {
		t.Error("a follow-up to nothing does not say what is missing")
	}
}

func TestAWithdrawalSaysWhatAndWhy(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").file("2026-11-20 12:00", "")
	d, err := s.composeAs(Request{To: incident.ToAuthority, Phase: incident.PhaseWithdraw, Lang: "en", Why: "The data were test data"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"is hereby withdrawn", "Reasons for the withdrawal: The data were test data."} {
		if !strings.Contains(d.Preface.Text(), want) {
			t.Errorf("%q is not in %s", want, d.Preface.Text())
		}
	}
}

func TestMarkedEntriesGoIntoTheirPointWordForWord(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").
		write(timeline.KindAction, "Leverandøren er kontaktet", "notice:7").
		write(timeline.KindAction, "Only in English", "notice:7:en").
		write(timeline.KindNote, "Internal", "notice:71", "notice")
	da, en := s.must(incident.PhaseInitial, "da"), s.must(incident.PhaseInitial, "en")
	if got := da.Sections[6].Text(); got != "Leverandøren er kontaktet." {
		t.Errorf("Danish: %q", got)
	}
	if got := en.Sections[6].Text(); !strings.Contains(got, "Only in English.") {
		t.Errorf("English: %q", got)
	}
	if strings.Contains(da.Text(), "Internal") || strings.Contains(en.Text(), "Internal") {
		t.Error("an entry that is not marked went into the text")
	}
	if !slices.Contains(da.Grounds(), s.all[1].ID) {
		t.Error("the entry is not among the grounds")
	}
}

func TestTheLanguagesNeverMixUnseen(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("measures.taken", "The pages were taken down and the copies have been kept.")
	if got := s.must(incident.PhaseInitial, "da").Sections[6].Text(); !strings.Contains(got, "gengivet på engelsk") {
		t.Errorf("English in a Danish text is not marked: %s", got)
	}
	s.facts("measures.taken.da", "Siderne er taget ned.")
	if got := s.must(incident.PhaseInitial, "da").Sections[6].Text(); got != "Siderne er taget ned." {
		t.Errorf("the Danish wording is not used: %s", got)
	}
}

func TestAnExerciseAndTheDemonstrationSaySo(t *testing.T) {
	for mark, want := range map[timeline.Mark]string{
		timeline.MarkExercise: "ØVELSE", timeline.MarkDemo: "DEMO", timeline.MarkCase: "ANMELDELSE",
	} {
		d := tell(t, mark, "2026-11-21 14:05").must(incident.PhaseInitial, "da")
		if !strings.HasPrefix(d.Text(), want) {
			t.Errorf("%s begins %.40q", mark, d.Text())
		}
	}
}

func TestTypedTextMakesNoMarkdown(t *testing.T) {
	s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts("measures.taken", "# Stort\n[her](http://x.example) *nu* <b>")
	got := s.must(incident.PhaseInitial, "da").Markdown()
	for _, bad := range []string{"\n# Stort", "[her](", " *nu*", "<b>"} {
		if strings.Contains(got, strings.ReplaceAll(bad, "<b>", " <b>")) {
			t.Errorf("%q went through:\n%s", bad, got)
		}
	}
}
