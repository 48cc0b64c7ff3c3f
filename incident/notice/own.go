package notice

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"timeglas/internal/fault"
)

// maxWording is the length in bytes that no file of wording exceeds.
const maxWording = 1 << 20

// ReadWording reads an organisation's own wording: files with the names of
// [WordingFiles], each with the texts that it says differently; the rest stays as it
// is built in. Dir stands in messages. A fault of code Usage names file and line of
// a file, table or text that the program does not have, of a text that is empty, and
// of one whose {places} are not those of the built-in text: what the law asks for
// would silently be left out.
func ReadWording(files fs.FS, dir string) (*Wording, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fault.Wrap(fault.Usage, err, dir, "this folder of wording cannot be read")
	}
	own := &Wording{layers: maps.Clone(builtin().layers)}
	for _, entry := range entries {
		if entry.IsDir() || path.Ext(entry.Name()) != ".toml" {
			continue
		}
		if err := own.read(files, dir, entry.Name()); err != nil {
			return nil, err
		}
	}
	return own, nil
}

func (o *Wording) read(files fs.FS, dir, name string) error {
	where := path.Join(dir, name)
	known, ok := builtin().layers[name]
	if !ok {
		return fault.New(fault.Usage, where, "there is no wording of this name: use %s", strings.Join(WordingFiles(), ", "))
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return fault.Wrap(fault.Usage, err, where, "it cannot be read")
	}
	if len(text) > maxWording {
		return fault.New(fault.Usage, where, "more than 1 MB: this is not a file of wording")
	}
	f := wordingFile{where, string(text)}
	given, err := parseWording(f.source)
	if err != nil {
		return f.fault(err)
	}
	if err := f.check(given, known); err != nil {
		return err
	}
	o.layers[name] = known.under(given)
	return nil
}

// wordingFile is an organisation's file as it was read.
type wordingFile struct{ name, source string }

// unknownText is a table or text that the program does not have.
type unknownText struct{ key toml.Key }

func (e unknownText) Error() string { return "there is no table " + e.key.String() }

func (f wordingFile) fault(err error) error {
	var syntax toml.ParseError
	var unknown unknownText
	switch {
	case errors.As(err, &syntax):
		return fault.Wrap(fault.Usage, err, f.line(syntax.Position.Line), "%s", strings.TrimSuffix(syntax.Message, "."))
	case errors.As(err, &unknown):
		return fault.Wrap(fault.Usage, err, f.at(unknown.key), "%v", err)
	}
	return fault.Wrap(fault.Usage, err, f.name, "every text is a string in a table: %v", err)
}

// check holds every given text against the built-in one.
func (f wordingFile) check(given, known *wording) error {
	texts, builtIn := given.byKey(), known.byKey()
	for _, key := range slices.SortedFunc(maps.Keys(texts), strings.Compare) {
		at := func() string { return f.at(strings.Split(key, keyBreak)) } // reading is slow; most texts are right
		name := strings.ReplaceAll(key, keyBreak, " ")
		have, ok := builtIn[key]
		switch {
		case !ok:
			return fault.New(fault.Usage, at(), "there is no text %s: the built-in file of this name shows all there are", name)
		case strings.TrimSpace(texts[key]) == "" && have != "":
			return fault.New(fault.Usage, at(), "%s is empty: leave it out to keep the built-in text", name)
		}
		if want, got := placesOf(have), placesOf(texts[key]); !slices.Equal(want, got) {
			return fault.New(fault.Usage, at(), "%s must have the places %s, as the built-in text has", name, listOr(want, "(none)"))
		}
	}
	return nil
}

var placePattern = regexp.MustCompile(`\{[a-z_]+\}`)

// placesOf are the {places} of a text, each once, sorted.
func placesOf(text string) []string {
	found := placePattern.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func listOr(items []string, none string) string {
	if len(items) == 0 {
		return none
	}
	return strings.Join(items, " ")
}

// keyBreak stands between the parts of a key: names of facts have dots.
const keyBreak = "\x00"

// byKey is every text under its table and name.
func (w *wording) byKey() map[string]string {
	all := make(map[string]string)
	for table, texts := range map[string]map[string]string{"title": w.Title, "head": w.Head, "mark": w.Mark,
		"headings": w.Headings, "sentences": w.Sentences, "reasons": w.Reasons} {
		for name, text := range texts {
			all[table+keyBreak+name] = text
		}
	}
	for table, groups := range map[string]map[string]map[string]string{"facts": w.Facts, "words": w.Words} {
		for key, texts := range groups {
			for name, text := range texts {
				all[table+keyBreak+key+keyBreak+name] = text
			}
		}
	}
	return all
}

// at is where a key stands. The decoder tells no lines of keys that it could read,
// so the file is read again from its top until the key is there.
func (f wordingFile) at(key toml.Key) string {
	lines := strings.SplitAfter(f.source, "\n")
	for n := range lines {
		var tree map[string]any
		meta, err := toml.Decode(strings.Join(lines[:n+1], ""), &tree)
		if err == nil && meta.IsDefined(key...) {
			return f.line(n + 1)
		}
	}
	return f.name
}

func (f wordingFile) line(n int) string { return fmt.Sprintf("%s:%d", f.name, max(n, 1)) }
