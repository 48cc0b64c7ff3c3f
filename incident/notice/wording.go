package notice

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed wording/*.toml
var wordingFiles embed.FS

// wording is one language's file: every sentence that a text can hold. The head of
// the file says what each table is for.
type wording struct {
	Title     map[string]string            `toml:"title"` // by phase
	Head      map[string]string            `toml:"head"`
	Mark      map[string]string            `toml:"mark"`     // by mark of the journal
	Headings  map[string]string            `toml:"headings"` // by number
	Sentences map[string]string            `toml:"sentences"`
	Facts     map[string]map[string]string `toml:"facts"`   // by key, then by value or state
	Words     map[string]map[string]string `toml:"words"`   // by key, then by value
	Reasons   map[string]string            `toml:"reasons"` // by the duty rule's name
	Sources   []source                     `toml:"source"`
}

// wordings are the files by language, read once. They are part of the program, so
// one that cannot be read is a fault of the build; the tests read both.
var wordings = sync.OnceValue(func() map[string]*wording {
	read := make(map[string]*wording)
	for _, lang := range []string{"da", "en"} {
		source, err := wordingFiles.ReadFile("wording/" + lang + ".toml")
		if err == nil {
			read[lang], err = parseWording(string(source))
		}
		if err != nil {
			panic(fmt.Sprintf("wording %s: %v", lang, err))
		}
	}
	return read
})

// parseWording reads a file of wording. A table that the program does not know is
// an error: a misspelt one would silently say nothing.
func parseWording(source string) (*wording, error) {
	var w wording
	meta, err := toml.Decode(source, &w)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("unknown table %s", unknown[0])
	}
	for i := range w.Sources {
		if err := w.Sources[i].compile(); err != nil {
			return nil, err
		}
	}
	return &w, nil
}

func (w *wording) heading(no int) string { return w.Headings[strconv.Itoa(no)] }

// places are what the program puts in the {places} of a sentence.
type places map[string]string

// fill puts the places into a sentence. What is put in is not looked at again, so
// a typed "{why}" stays as it is.
func fill(sentence string, in places) string {
	pairs := make([]string, 0, 2*len(in))
	for name, text := range in {
		pairs = append(pairs, "{"+name+"}", text)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}
