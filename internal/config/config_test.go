package config_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"timeglas/internal/config"
	"timeglas/internal/fault"
)

func example(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

func TestTheExampleDecodesToTheDefaults(t *testing.T) {
	f, err := config.Parse(example(t), "config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	if f.Config != config.Default() {
		t.Errorf("the example gives\n%+v, the defaults are\n%+v", f.Config, config.Default())
	}
}

func TestTheExampleShowsEveryKeyWithAComment(t *testing.T) {
	source := example(t)
	var tree map[string]any
	meta, err := toml.Decode(source, &tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keysOf(reflect.TypeFor[config.Config](), nil) {
		if !meta.IsDefined(key...) {
			t.Errorf("config.example.toml does not show %s", strings.Join(key, "."))
		}
	}
	if n := strings.Count(source, "#"); n < 10 {
		t.Errorf("only %d comments", n)
	}
}

func keysOf(of reflect.Type, prefix []string) [][]string {
	var keys [][]string
	for i := range of.NumField() {
		field := of.Field(i)
		key := append(append([]string{}, prefix...), field.Tag.Get("toml"))
		if field.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(field.Type, key)...)
		} else {
			keys = append(keys, key)
		}
	}
	return keys
}

func TestAnEmptyFileGivesTheDefaults(t *testing.T) {
	f, err := config.Parse("", "config.toml")
	if err != nil || f.Config != config.Default() {
		t.Errorf("got %+v, %v", f.Config, err)
	}
}

func TestABadFileIsRefusedWithFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"unknown key":          {"zone = \"UTC\"\n\ncolour = 1\n", `^config\.toml:3: there is no setting colour`},
		"unknown key in table": {"[screen]\ntheme = \"dark\"\nfont = \"big\"\n", `^config\.toml:3: there is no setting screen\.font`},
		"unknown table":        {"# a comment\n[scren]\ntheme = \"dark\"\n", `^config\.toml:2: there is no setting scren`},
		"wrong type":           {"language = \"da\"\nzone = 1\n", `^config\.toml:2: `},
		"no TOML":              {"zone = \"UTC\"\nlanguage\n", `^config\.toml:\d: `},
		"no such zone":         {"\nzone = \"Europe/Atlantis\"\n", `^config\.toml:2: "Europe/Atlantis" is not a time zone`},
		"the machine's zone":   {"zone = \"Local\"\n", `^config\.toml:1: "Local" is not a time zone`},
		"no such language":     {"language = \"sv\"\n", `^config\.toml:1: "sv" is not a value of language: use one of en, da$`},
		"no such theme":        {"[screen]\n\n\ntheme = \"pink\"\n", `^config\.toml:4: "pink" is not a value of screen\.theme`},
		"backups too often":    {"[backup]\nevery = \"10s\"\n", `^config\.toml:2: "10s" is not a time between backups`},
		"no length of time":    {"[backup]\nkeep = 3\nevery = \"daily\"\n", `^config\.toml:3: "daily" is not a time`},
		"keeping no backup":    {"[backup]\nkeep = 0\n", `^config\.toml:2: 0 is not a number of backups`},
		"a relative folder":    {"[backup]\ndirectory = \"backups\"\n", `^config\.toml:2: it must begin at the root`},
		"retention backwards":  {"[retention]\nmonths = -1\n", `^config\.toml:2: -1 is not a number of months`},
		"too large":            {"#" + strings.Repeat("x", config.MaxSize), `^config\.toml: more than 1 MB`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Parse(c.source, "config.toml")
			if err == nil {
				t.Fatal("it was accepted")
			}
			if !fault.Is(err, fault.Usage) {
				t.Errorf("not a fault of usage: %v", err)
			}
			if message := err.Error(); !regexp.MustCompile(c.want).MatchString(message) || strings.Contains(message, "\n") {
				t.Errorf("message: %s\nwant: %s", message, c.want)
			}
		})
	}
}

func TestTheOrganisationBecomesFacts(t *testing.T) {
	f, err := config.Parse("[controller]\nname = \"Udlændingestyrelsen\"\npublic_authority = \"yes\"\ndpo_email = \" \"\n", "config.toml")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"controller.name": "Udlændingestyrelsen", "controller.public_authority": "yes"}
	if got := f.Controller.Facts(); !reflect.DeepEqual(got, want) {
		t.Errorf("facts: %v", got)
	}
	if at := f.At("controller.public_authority"); at != "config.toml:3" {
		t.Errorf("it stands at %s", at)
	}
}

func TestBackupsAreMadeEveryHourUnlessTheyAreOff(t *testing.T) {
	for source, want := range map[string]time.Duration{
		"": time.Hour, "[backup]\nevery = \"30m\"\n": 30 * time.Minute, "[backup]\nevery = \"off\"\n": 0,
	} {
		f, err := config.Parse(source, "config.toml")
		if err != nil || f.Backup.Interval() != want || f.Backup.Keep != 24 {
			t.Errorf("%q: %v, %+v", source, err, f.Backup)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("zone = \"UTC\"\n[controller]\nname = '''\nx\n'''\n")
	f.Add("[[a.b]]\nc={d=1}\n")
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 2000 {
			return
		}
		if _, err := config.Parse(source, "f"); err != nil && fault.CodeOf(err) != fault.Usage {
			t.Errorf("%v", err)
		}
	})
}
