package notice

import (
	"strconv"
	"strings"
	"unicode"

	"timeglas/internal/clean"
	"timeglas/timeline"
)

// prose adds a text that somebody typed: a paragraph for each of its lines, a list
// for lines that begin like one. A text in the other language is quoted as such,
// so that languages never mix unseen.
func (w *writer) prose(text string, g ground) {
	if language(text) == otherLang(w.req.Lang) {
		w.paragraph()
		w.add(Prose, w.quoted(text), g)
		w.paragraph()
		return
	}
	for line := range strings.Lines(text) {
		line = oneLine(line)
		if item, ok := cutBullet(line); ok {
			w.add(Item, item, g)
			continue
		}
		w.paragraph()
		w.add(Prose, stopped(line), g)
	}
	w.paragraph()
}

// quoted is a typed text inside a sentence of ours: on one line, ended, and marked
// when it is in the other language.
func (w *writer) quoted(text string) string {
	text = stopped(oneLine(text))
	if language(text) == otherLang(w.req.Lang) {
		return fill(w.words.Sentences["foreign"], places{"text": text})
	}
	return text
}

// named is a typed name or short phrase inside a sentence of ours, without a stop.
func named(text string) string { return strings.TrimRight(oneLine(text), ". ") }

// oneLine makes one line of a text, with whatever a reader could not see spelled
// out.
func oneLine(text string) string { return clean.Line(strings.Join(strings.Fields(text), " ")) }

// stopped ends a text like a sentence.
func stopped(text string) string {
	if text == "" || strings.ContainsRune(".!?:;…»”\"", lastRune(text)) {
		return text
	}
	return text + "."
}

func lastRune(text string) rune {
	runes := []rune(text)
	return runes[len(runes)-1]
}

func cutBullet(line string) (string, bool) {
	for _, mark := range []string{"- ", "* ", "• ", "– "} {
		if item, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(item), true
		}
	}
	return line, false
}

// commonWords are words that one of the two languages cannot do without and the
// other does not have.
var commonWords = map[string]string{
	"og": "da", "er": "da", "ikke": "da", "af": "da", "til": "da", "blev": "da", "som": "da", "de": "da",
	"der": "da", "på": "da", "et": "da", "det": "da", "har": "da", "ved": "da", "fra": "da", "kan": "da",
	"skal": "da", "vil": "da", "om": "da", "med": "da", "var": "da", "blevet": "da", "sig": "da",
	"the": "en", "and": "en", "of": "en", "was": "en", "were": "en", "are": "en", "that": "en", "this": "en",
	"with": "en", "not": "en", "been": "en", "from": "en", "which": "en", "has": "en", "have": "en",
	"will": "en", "they": "en", "their": "en", "cannot": "en", "be": "en",
}

// language guesses in which of the two languages a text is: "da", "en", or "" when
// it cannot tell. Common words are enough for whole sentences; a word with æ, ø or
// å is Danish unless it begins like a name. Of a few words it says nothing.
func language(text string) string {
	count := map[string]int{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		lang, common := commonWords[strings.ToLower(word)]
		if !common && strings.ContainsAny(word, "æøå") && strings.ToLower(word) == word {
			lang = "da"
		}
		count[lang]++
	}
	switch da, en := count["da"], count["en"]; {
	case da >= 2 && da > 2*en:
		return "da"
	case en >= 2 && en > 2*da:
		return "en"
	}
	return ""
}

// tagged says, word for word, the entries that people have marked for this point,
// and reports whether there are any: "notice:7" in both languages, "notice:7:en" in
// English only. Asked again in the same section it only reports. Only lines that
// people write can be marked: what the case decides from (facts, gates) has
// sentences of its own.
func (w *writer) tagged() bool {
	if w.quoting != nil {
		return *w.quoting
	}
	said := false
	w.quoting = &said
	for _, l := range w.c.Timeline.Lines {
		if !l.Kind.Written() || !l.Counts() || !w.marked(l) || strings.TrimSpace(l.Text) == "" {
			continue
		}
		w.prose(l.Text, w.entryOf(l))
		said = true
	}
	return said
}

func (w *writer) marked(l timeline.Line) bool {
	for _, tag := range l.Tags {
		rest, ok := strings.CutPrefix(tag, w.tag)
		no, lang, _ := strings.Cut(rest, ":")
		if ok && no == strconv.Itoa(w.section.No) && (lang == "" || lang == w.req.Lang) {
			return true
		}
	}
	return false
}
