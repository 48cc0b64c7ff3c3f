package notice

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"timeglas/incident"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden texts anew")

// golden compares a text with the file, which a person has read.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; run with -update, then read it):\n%s", path, diff)
	}
}

func TestTheThreeCasesGiveTheirTexts(t *testing.T) {
	cases := map[string]*tale{
		"return-centres": returnCentres(t), "registry-lookups": registryLookups(t), "open-web": openWeb(t),
	}
	for name, tale := range cases {
		for _, lang := range []string{"da", "en"} {
			d := tale.must(incident.PhaseInitial, lang)
			golden(t, name+"."+lang+".txt", d.Text())
			if name == "open-web" {
				golden(t, name+"."+lang+".md", d.Markdown())
			}
		}
	}
}
