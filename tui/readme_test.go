package tui

import (
	"os"
	"strings"
	"testing"
)

// TestThePictureInTheReadmeIsTheScreen: what a newcomer sees first is what the
// golden screens hold.
func TestThePictureInTheReadmeIsTheScreen(t *testing.T) {
	golden, err := os.ReadFile("testdata/screens/normal-80x24.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(golden), "== playbook\n")
	want, _, _ := strings.Cut(rest, "\n== ")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, marked := strings.Cut(string(text), "<!-- screen:begin -->\n```\n")
	picture, _, ended := strings.Cut(rest, "\n```\n<!-- screen:end -->")
	if !marked || !ended {
		t.Fatal("README.md has no marks around its picture")
	}
	if trimmed(picture) != trimmed(want) {
		t.Errorf("the picture in README.md is not the screen any more; it should be\n%s", trimmed(want))
	}
}

// trimmed is a text without blanks at the ends of its lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
