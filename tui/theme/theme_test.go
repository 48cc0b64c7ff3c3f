package theme

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestNothingOutsideTheThemeNamesAColour keeps looks in one place.
func TestNothingOutsideTheThemeNamesAColour(t *testing.T) {
	naming := regexp.MustCompile(`lipgloss\.(Color|RGBColor|ANSIColor|Red|Green|Yellow|Blue|Magenta|Cyan|Black|White|Bright)|\.Foreground\(|\.Background\(|DefaultDarkStyles|DefaultLightStyles|\\x1b\[[0-9;]*m`)
	files, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, more...) {
		if strings.HasSuffix(file, "_test.go") || strings.Contains(file, "theme") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if hit := naming.FindString(string(source)); hit != "" {
			t.Errorf("%s names a colour: %s", file, hit)
		}
	}
	if len(files) < 10 {
		t.Fatalf("only %d files were looked at", len(files))
	}
}

// TestPlainMarksAreASCII: what stands in for Unicode must not be Unicode itself, and
// take as many cells.
func TestPlainMarksAreASCII(t *testing.T) {
	marks := reflect.ValueOf(asciiMarks)
	for i := range marks.NumField() {
		mark := marks.Field(i).String()
		if mark == "" || strings.ContainsFunc(mark, func(r rune) bool { return r > unicode.MaxASCII }) {
			t.Errorf("%s is %q", marks.Type().Field(i).Name, mark)
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	look := reflect.ValueOf(New(Mono, false))
	colour := regexp.MustCompile(`\x1b\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]`)
	for i := range look.NumField() {
		if style, ok := look.Field(i).Interface().(interface{ Render(...string) string }); ok {
			if out := style.Render("x"); colour.MatchString(out) {
				t.Errorf("%s is coloured: %q", look.Type().Field(i).Name, out)
			}
		}
	}
}

func TestTheColourBlindThemeTellsStatesApartWithoutRedAndGreen(t *testing.T) {
	c := New(ColourBlind, false)
	seen := map[string]bool{}
	for _, s := range []string{c.Danger.Render("x"), c.Due.Render("x"), c.Good.Render("x"), c.Plain.Render("x")} {
		if seen[s] {
			t.Errorf("two states look alike: %q", s)
		}
		seen[s] = true
		for _, colour := range []string{"[31", "[32", "[91", "[92"} {
			if strings.Contains(s, colour) {
				t.Errorf("red or green in %q", s)
			}
		}
	}
}
