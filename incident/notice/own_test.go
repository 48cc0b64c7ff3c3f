package notice

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"timeglas/incident"
	"timeglas/internal/fault"
)

func own(files map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func TestAnOrganisationSaysOnlyWhatItSaysDifferently(t *testing.T) {
	words, err := ReadWording(own(map[string]string{
		"people.da.toml":   "[headings]\n6 = \"Ring eller skriv\"\n[sentences]\nopening = \"{name} har haft et brud.\"\n",
		"guardian.da.toml": "[facts.\"consequences.likely\"]\nunknown = \"Det ved vi ikke.\"\n",
		"READ ME.txt":      "not a wording",
	}), "wording")
	if err != nil {
		t.Fatal(err)
	}
	req := telling(incident.ToSubjects, "da")
	req.Wording = words
	text := openWebTold(t).mustAs(req).Text()
	for _, want := range []string{"Ring eller skriv", "Kommunen har haft et brud.", "Hvad er der sket?", "kreditadvarsel"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	req.Wording = nil
	if text := openWebTold(t).mustAs(req).Text(); strings.Contains(text, "Ring eller skriv") {
		t.Error("the built-in wording has changed")
	}
}

func TestWrongWordingIsRefusedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"an unknown file":       {"folk.da.toml", "", "wording/folk.da.toml: there is no wording of this name"},
		"an unknown table":      {"people.da.toml", "\n[sentense]\nopening = \"x\"\n", "wording/people.da.toml:2: there is no table sentense"},
		"an unknown text":       {"people.da.toml", "[sentences]\n\nopenning = \"x\"\n", "wording/people.da.toml:3: there is no text sentences openning"},
		"an unknown value":      {"people.da.toml", "[facts.\"effect.access\"]\nmaybe = \"x\"\n", "wording/people.da.toml:2: there is no text facts effect.access maybe"},
		"a text of another":     {"guardian.da.toml", "[sentences]\ncomplaint = \"x\"\n", "wording/guardian.da.toml:2: there is no text sentences complaint"},
		"an empty text":         {"people.da.toml", "[sentences]\ncomplaint = \" \"\n", "wording/people.da.toml:2: sentences complaint is empty"},
		"a place left out":      {"people.da.toml", "[sentences]\nopening = \"Et brud.\"\n", "wording/people.da.toml:2: sentences opening must have the places {name}"},
		"a place nobody fills":  {"people.da.toml", "[sentences]\ncomplaint = \"Klag til {authority}.\"\n", "must have the places (none)"},
		"no TOML":               {"people.da.toml", "[sentences]\ncomplaint = \n", "wording/people.da.toml:2: "},
		"a number for a text":   {"people.da.toml", "[sentences]\ncomplaint = 7\n", "wording/people.da.toml: every text is a string"},
		"a source that is none": {"authority.da.toml", "[[source]]\nof = \"GDPR {a}\"\n", "wording/authority.da.toml: "},
	} {
		_, err := ReadWording(own(map[string]string{c.file: c.text}), "wording")
		if fault.CodeOf(err) != fault.Usage || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestTheBuiltInFilesAreWordingThatAnOrganisationCouldHave(t *testing.T) {
	files := map[string]string{}
	for _, name := range WordingFiles() {
		text, err := wordingFiles.ReadFile("wording/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	if _, err := ReadWording(own(files), "wording"); err != nil {
		t.Error(err)
	}
}

func TestAFolderOfWordingThatIsNotThereIsRefused(t *testing.T) {
	if _, err := ReadWording(os.DirFS(filepath.Join(t.TempDir(), "nowhere")), "nowhere"); fault.CodeOf(err) != fault.Usage {
		t.Error(err)
	}
}
