package playbooks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
)

// table is one decoded block, read key by key. What is read wrongly becomes a
// problem on the key's own line, and reading goes on.
type table struct {
	*block
	of     string // "step “log-secured”": what the problems call it
	id     string
	values map[string]any // as the TOML decoder leaves it
	read   map[string]bool
	found  *Problems
}

// open decodes a block. A block with wrong syntax is one problem, and is not read.
func (b *block) open(found *Problems) (*table, bool) {
	t := &table{block: b, of: orElse(b.heading, "the playbook"), found: found, read: map[string]bool{}}
	if _, err := toml.Decode(b.body, &t.values); err != nil {
		var syntax toml.ParseError
		line, why := b.line, err.Error()
		if errors.As(err, &syntax) {
			line, why = b.first+max(syntax.Position.Line, 1)-1, syntax.Message
		}
		*found = append(*found, Problem{Line: line, Text: "not TOML: " + printable(why)})
		return nil, false
	}
	return t, true
}

// wrong adds a problem on the line of the key.
func (t *table) wrong(key, why string, args ...any) {
	*t.found = append(*t.found, Problem{
		Line: t.lineOf(key), ID: t.id, Text: t.of + ": " + fmt.Sprintf(why, args...),
	})
}

// named reads the id and calls the table by it from here on.
func (t *table) named() string {
	id := t.needed("id")
	if id == "" {
		return ""
	}
	if !validID(id) {
		t.wrong("id", "the id %q has other characters than a–z, 0–9 and -, or more than %d of them", printable(id), maxID)
		return ""
	}
	t.id = id
	t.of += " “" + id + "”"
	return id
}

const maxID = 60

func validID(id string) bool {
	plain := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' }
	return id != "" && len(id) <= maxID && !strings.ContainsFunc(id, func(r rune) bool { return !plain(r) })
}

// take is the value of the key when it has the type, and whether it has one.
func take[T any](t *table, key, shape string) (value T, ok bool) {
	t.read[key] = true
	found, there := t.values[key]
	if !there {
		return value, false
	}
	if value, ok = found.(T); !ok {
		t.wrong(key, "%s must be %s", key, shape)
	}
	return value, ok
}

func (t *table) text(key string) string {
	text, ok := take[string](t, key, "a text in quotes")
	if ok && t.clean(key, text) {
		return text
	}
	return ""
}

func (t *table) needed(key string) string {
	text := t.text(key)
	if _, there := t.values[key]; !there || (text == "" && t.values[key] == "") {
		t.wrong(key, "%s is missing", key)
	}
	return text
}

// clean reports whether a text holds nothing that could move a cursor or hide.
func (t *table) clean(key, text string) bool {
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.wrong(key, "%s holds the hidden character %U: take it out", key, r)
			return false
		}
	}
	return true
}

func (t *table) flag(key string) bool {
	flag, _ := take[bool](t, key, "true or false, without quotes")
	return flag
}

func (t *table) whole(key string, otherwise int) int {
	n, ok := take[int64](t, key, "a whole number, without quotes")
	if !ok {
		return otherwise
	}
	if n < 1 || n > 1_000_000 {
		t.wrong(key, "%s must be 1 or more", key)
		return otherwise
	}
	return int(n)
}

// list reads a list of texts, and names a text that stands in it twice.
func (t *table) list(key string) []string {
	shape := "a list of texts, as [\"one\", \"two\"]"
	raw, _ := take[[]any](t, key, shape)
	if len(raw) > maxList {
		t.wrong(key, "%s holds more than %d texts", key, maxList)
		return nil
	}
	var list []string
	for _, value := range raw {
		text, ok := value.(string)
		switch {
		case !ok:
			t.wrong(key, "%s must be %s", key, shape)
			return nil
		case strings.TrimSpace(text) == "":
			t.wrong(key, "%s holds an empty text: take it out", key)
		case slices.Contains(list, text):
			t.wrong(key, "%s names %q twice", key, printable(text))
		case t.clean(key, text):
			list = append(list, text)
		}
	}
	return list
}

// both reads a text in both languages.
func (t *table) both(key string) Text {
	text, there := t.either(key)
	if !there {
		t.wrong(key, "%s is missing: write %s.en and %s.da", key, key, key)
	}
	return text
}

// either reads a text that may be left out, but not in one language only.
func (t *table) either(key string) (Text, bool) {
	raw, ok := take[map[string]any](t, key, fmt.Sprintf("given in both languages: %s.en and %s.da", key, key))
	if !ok {
		_, there := t.values[key]
		return Text{}, there
	}
	text := Text{EN: t.language(key, "en", raw), DA: t.language(key, "da", raw)}
	for _, other := range keysOf(raw) {
		if other != "en" && other != "da" {
			t.wrong(key+"."+other, "unknown key %s.%s: the languages are en and da", key, printable(other))
		}
	}
	return text, true
}

func (t *table) language(key, lang string, raw map[string]any) string {
	full := key + "." + lang
	value, there := raw[lang]
	text, ok := value.(string)
	text = strings.TrimSpace(text)
	switch {
	case !there || (ok && text == ""):
		t.wrong(full, "%s is missing: write it in %s as well", full, map[string]string{"en": "English", "da": "Danish"}[lang])
	case !ok:
		t.wrong(full, "%s must be a text in quotes", full)
	case t.clean(full, text):
		return text
	}
	return ""
}

// lines reads a text in both languages as its lines, which must be as many in one
// as in the other. A line that is empty does not count.
func (t *table) lines(key string) []Text {
	text := t.both(key)
	en, da := linesOf(text.EN), linesOf(text.DA)
	if text.EN == "" || text.DA == "" {
		return nil
	}
	if len(en) != len(da) {
		t.wrong(key+".da", "%s has %d lines in English and %d in Danish: one line for each instruction in both", key, len(en), len(da))
		return nil
	}
	both := make([]Text, len(en))
	for i := range en {
		both[i] = Text{EN: en[i], DA: da[i]}
	}
	return both
}

func linesOf(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// done names the keys that nobody has read.
func (t *table) done() {
	for _, key := range keysOf(t.values) {
		if !t.read[key] {
			known := keysOf(t.read)
			t.wrong(key, "unknown key %s: the keys here are %s", printable(key), strings.Join(known, " "))
		}
	}
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// printable is a piece of a source as it can stand in a message: short, and
// without anything that could move a cursor.
func printable(s string) string {
	const most = 60
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '·'
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
