package tui

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"timeglas/internal/clean/hostiletest"
)

// TestHostileTextStaysHarmlessOnEveryScreen puts every hostile text into titles,
// notes, facts and reasons, and walks over every screen and dialog.
func TestHostileTextStaysHarmlessOnEveryScreen(t *testing.T) {
	all := slices.DeleteFunc(hostiletest.Strings(), func(s string) bool {
		return len(s) > 200 || !utf8.ValidString(s) // what is not UTF-8 is refused
	})
	for some := range slices.Chunk(all, 30) {
		d := sit(t, 120, 40)
		fill(d, strings.Join(some[:3], " "), strings.Join(some, " "), "bo")
		tell(d, func(name string) {
			checkFits(t, d, 120, 40, name)
			view := d.m.View()
			for _, text := range []string{ansi.Strip(view.Content), view.WindowTitle} {
				if i := strings.IndexFunc(text, hidden); i >= 0 {
					t.Fatalf("%s shows %q", name, text[max(i-20, 0):min(i+20, len(text))])
				}
			}
		})
	}
}

// hidden reports whether a terminal would obey the character, or nobody see it.
func hidden(r rune) bool {
	return unicode.Is(unicode.Cc, r) && r != '\n' ||
		unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point) ||
		r >= 0xe0000 && r < 0xe0020 || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}
