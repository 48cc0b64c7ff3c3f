package notice

import (
	"embed"
	"fmt"
	"maps"
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

// Wording is every text of the program in both languages, in layers: that to the
// authority says most, and each other kind of text says what differs. It is a value:
// nothing changes it after it is made.
type Wording struct {
	layers map[string]*wording // by [layerFile]
}

// builtin are the files that come with the program. One that cannot be read is a
// fault of the build; the tests read them all.
var builtin = sync.OnceValue(func() *Wording {
	own := &Wording{layers: make(map[string]*wording)}
	for _, name := range WordingFiles() {
		source, err := wordingFiles.ReadFile("wording/" + name)
		if err == nil {
			own.layers[name], err = parseWording(string(source))
		}
		if err != nil {
			panic(fmt.Sprintf("wording %s: %v", name, err))
		}
	}
	return own
})

// WordingFiles are the names of the files that hold the wording, one for each layer
// and language.
func WordingFiles() []string {
	var names []string
	for _, layer := range []string{"authority", "people", string(Guardian), string(Relative), "public", "controller", "police", "internal"} {
		for _, lang := range []string{"da", "en"} {
			names = append(names, layerFile(layer, lang))
		}
	}
	return names
}

func layerFile(layer, lang string) string { return layer + "." + lang + ".toml" }

// of are the words of a kind of text: its layers, the later over the earlier.
func (o *Wording) of(layers []string, lang string) *wording {
	if o == nil {
		o = builtin()
	}
	words := &wording{}
	for _, layer := range layers {
		words = words.under(o.layers[layerFile(layer, lang)])
	}
	return words
}

// under is the wording with every text of the other in the place of its own.
func (w *wording) under(over *wording) *wording {
	both := &wording{
		Title: merged(w.Title, over.Title), Head: merged(w.Head, over.Head), Mark: merged(w.Mark, over.Mark),
		Headings: merged(w.Headings, over.Headings), Sentences: merged(w.Sentences, over.Sentences),
		Reasons: merged(w.Reasons, over.Reasons), Sources: w.Sources,
		Facts: mergedTables(w.Facts, over.Facts), Words: mergedTables(w.Words, over.Words),
	}
	if len(over.Sources) > 0 {
		both.Sources = over.Sources
	}
	return both
}

func merged(under, over map[string]string) map[string]string {
	both := make(map[string]string, len(under)+len(over))
	maps.Copy(both, under)
	maps.Copy(both, over)
	return both
}

func mergedTables(under, over map[string]map[string]string) map[string]map[string]string {
	both := make(map[string]map[string]string, len(under)+len(over))
	maps.Copy(both, under)
	for key, texts := range over {
		both[key] = merged(under[key], texts)
	}
	return both
}

// parseWording reads a file of wording. A table that the program does not know is
// an error: a misspelt one would silently say nothing.
func parseWording(source string) (*wording, error) {
	var w wording
	meta, err := toml.Decode(source, &w)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, unknownText{unknown[0]}
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
