package notice

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"timeglas/incident"
	"timeglas/incident/duty"
	"timeglas/incident/fact"
	"timeglas/timeline"
)

// layersOf are the built-in files of wording of one language by layer.
func layersOf(lang string) map[string]*wording {
	all := map[string]*wording{}
	for _, name := range WordingFiles() {
		if layer, ok := strings.CutSuffix(name, "."+lang+".toml"); ok {
			all[layer] = builtin().layers[name]
		}
	}
	return all
}

// flat is every text of a file of wording under a path of its own.
func (w *wording) flat() map[string]string {
	all := map[string]string{}
	for key, text := range w.byKey() {
		all[strings.ReplaceAll(key, keyBreak, "/")] = text
	}
	return all
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	english := layersOf("en")
	for layer, danish := range layersOf("da") {
		da, en := danish.flat(), english[layer].flat()
		for id := range maps.Keys(da) {
			if _, ok := en[id]; !ok {
				t.Errorf("%s: %s is missing in English", layer, id)
			}
		}
		for id, text := range en {
			danish, ok := da[id]
			if !ok {
				t.Errorf("%s: %s is missing in Danish", layer, id)
				continue
			}
			if a, b := placesOf(danish), placesOf(text); !slices.Equal(a, b) {
				t.Errorf("%s: %s has the places %v in Danish and %v in English", layer, id, a, b)
			}
			if (danish == "") != (text == "") {
				t.Errorf("%s: %s is silent in one language only", layer, id)
			}
		}
	}
}

func TestEveryValueOfAFactHasItsWords(t *testing.T) {
	for lang, w := range wordings() {
		for key := range w.Facts {
			if _, ok := fact.Lookup(key); !ok {
				t.Errorf("%s: [facts.%q] is no fact", lang, key)
			}
		}
		for key := range w.Words {
			if _, ok := fact.Lookup(key); !ok {
				t.Errorf("%s: [words.%q] is no fact", lang, key)
			}
		}
		for _, k := range fact.Keys() {
			if strings.HasPrefix(k.Name, "subset.") {
				continue // said in the words of the whole
			}
			forms, listed := w.Facts[k.Name], w.Words[k.Name]
			for _, o := range k.Options {
				_, said := forms[o.Value]
				_, word := listed[o.Value]
				if len(forms) > 0 && !said && !word && !spokenElsewhere[k.Name] && o.Value != "none" {
					t.Errorf("%s: %s=%s has no words", lang, k.Name, o.Value)
				}
			}
		}
	}
}

// spokenElsewhere are choices that choose among sentences instead of having words,
// and the sector, whose label in the table is the word.
var spokenElsewhere = map[string]bool{"controller.sector": true}

func TestEverySentenceOfTheCodeStandsInTheCatalogueAndIsUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	sentences := map[string]string{}
	for _, w := range layersOf("da") {
		maps.Copy(sentences, w.Sentences)
	}
	asked := regexp.MustCompile(`(?:w\.say|w\.line|w\.lineOf|w\.gap|w\.reachable)\("([a-z_0-9]+)"[,)]|Sentences\["([a-z_0-9]+)"\]`)
	for _, m := range asked.FindAllStringSubmatch(source.String(), -1) {
		if id := m[1] + m[2]; sentences[id] == "" {
			t.Errorf("the code asks for the sentence %q, which the catalogue does not have", id)
		}
	}
	assembled := map[string]bool{"risk_unlikely": true, "risk_risk": true, "risk_high": true}
	for _, tense := range []string{"yes", "planned"} {
		assembled["informed_when_"+tense], assembled["informed_how_"+tense] = true, true
	}
	for _, phase := range []incident.Phase{incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw} {
		assembled[string(phase)] = true
	}
	for id := range sentences {
		if !assembled[id] && !strings.Contains(source.String(), `"`+id+`"`) {
			t.Errorf("the catalogue has the sentence %q, which nothing uses", id)
		}
	}
	for id := range assembled {
		if sentences[id] == "" {
			t.Errorf("the catalogue lacks the sentence %q", id)
		}
	}
	for _, risk := range []duty.Risk{duty.Unlikely, duty.Likely, duty.High} {
		if sentences["risk_"+string(risk)] == "" {
			t.Errorf("no sentence for the risk %q", risk)
		}
	}
}

// allFlat is every text of a language in all its files.
func allFlat(lang string) map[string]string {
	all := map[string]string{}
	for layer, w := range layersOf(lang) {
		for id, text := range w.flat() {
			all[layer+": "+id] = text
		}
	}
	return all
}

func TestDanishIsSpeltAsDanish(t *testing.T) {
	for id, text := range allFlat("da") {
		lower := strings.ReplaceAll(strings.ToLower(text), "dataansvarlig", "")
		for _, wrong := range []string{"aa", "foer", "hoej", "goer", "foelg", "vaer", "aeldr", "oeg", "  "} {
			if strings.Contains(lower, wrong) {
				t.Errorf("%s holds %q: %s", id, wrong, text)
			}
		}
		if strings.Contains(id, "sentences/") && language(text) == "en" {
			t.Errorf("%s reads as English: %s", id, text)
		}
	}
	for id, text := range allFlat("en") {
		if language(text) == "da" {
			t.Errorf("%s reads as Danish: %s", id, text)
		}
	}
}

func TestAWordingFileWithAnUnknownTableIsRefused(t *testing.T) {
	if _, err := parseWording("[sentense]\ngap = \"x\"\n"); err == nil {
		t.Error("the misspelt table went unnoticed")
	}
}

func TestTheLanguageOfATextIsSeen(t *testing.T) {
	for text, want := range map[string]string{
		"Siderne er taget ned, og der er sikret kopier.":                  "da",
		"De berørte kan ikke alle nås enkeltvis.":                         "da",
		"The pages were taken down and copies have been kept.":            "en",
		"Unscheduled interruptions at Kærshovedgård and Sjælsmark":        "",
		"The interruptions at Kærshovedgård and at Sjælsmark were found.": "en",
		"AMS": "", "": "",
	} {
		if got := language(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// silent are values that add no sentence of their own, with the reason.
var silent = map[string]string{
	"incident.family=other":     "says nothing that the description does not",
	"data.sensitivity=typical":  "as the category says",
	"data.volume=normal":        "as the category says",
	"persons.scale=*":           "a number says more",
	"data.special=*":            "the kinds of Article 9 say it",
	"persons.counted=estimated": "the tale's number is an estimate already",
	"informed.review=*":         "", // set below with what makes it speak
}

func TestEveryFactOfTheVocabularyIsSaidSomewhere(t *testing.T) {
	values := map[fact.Type][]string{
		fact.TypeText: {"Ordlyd"}, fact.TypeFlag: {"yes", "no"}, fact.TypeCount: {"7"}, fact.TypeNumber: {"2.5"},
		fact.TypeMoment: {"2026-11-18"}, fact.TypePeriods: {"2026-11-01/2026-11-03"}, fact.TypeStates: {"SE"},
		fact.TypeState: {"DK"}, fact.TypeList: {"ESDH"},
	}
	base := func() *tale {
		s := tell(t, timeline.MarkCase, "2026-11-21 14:05").facts(
			"controller.name", "Kommunen", "incident.description", "Beskrivelse", "informed.status", "partial",
			"informed.exception", "dbl-22-2", "persons.count", "70").aware("2026-11-10 10:00", "", "")
		s.unassessed = true
		return s
	}
	for _, k := range fact.Keys() {
		texts := values[k.Type]
		for _, o := range k.Options {
			texts = append(texts, o.Value)
		}
		if len(texts) == 0 {
			t.Errorf("%s: the test has no value of type %q", k.Name, k.Type)
		}
		for _, text := range texts {
			key := strings.Replace(k.Name, fact.SubsetName, "gruppen", 1)
			_, one := silent[key+"="+text]
			if _, all := silent[key+"=*"]; one || all && key != "informed.review" && key != "data.special" {
				continue
			}
			s := base().facts(key, text)
			if key == "persons.count_max" {
				s = base().facts(key, "90")
			}
			entry := s.fold().Facts[key].Entry
			lang := "da"
			if strings.HasSuffix(key, ".en") {
				lang = "en"
			}
			if d := s.must(incident.PhaseInitial, lang); !slices.Contains(d.Grounds(), entry) && silent[fact.WholeKey(key)+"="+text] == "" {
				t.Errorf("%s=%s is said nowhere", key, text)
			}
		}
	}
}

// wordings are the built-in words of the text to the authority by language.
func wordings() map[string]*wording {
	all := make(map[string]*wording)
	for lang := range grammars {
		all[lang] = builtin().layers[layerFile("authority", lang)]
	}
	return all
}
