package fact

import "strings"

// worded are the free texts that go into a notice word for word. Each is typed
// once, in whatever language; for a notice in the other language it can have a
// wording of its own: "measures.taken.en" beside "measures.taken".
var worded = map[string]bool{
	"incident.title": true, "incident.description": true, "incident.awareness": true,
	"consequences.occurred": true, "consequences.description": true,
	"measures.before": true, "measures.taken": true, "measures.planned": true, "measures.mitigation": true,
	"informed.why": true, "delay.reason": true, "delay.more_time": true,
}

// languages of a wording, with the words that its label gets.
var wordingLanguages = []struct {
	suffix string
	label  Label
}{
	{".da", Label{", in Danish", ", på dansk"}},
	{".en", Label{", in English", ", på engelsk"}},
}

// withWordings puts the two wordings of a worded text after it.
func withWordings(keys []Key) []Key {
	var all []Key
	for _, k := range keys {
		all = append(all, k)
		if !worded[k.Name] {
			continue
		}
		for _, l := range wordingLanguages {
			all = append(all, Key{Name: k.Name + l.suffix, Type: TypeText,
				Label: Label{k.Label.EN + l.label.EN, k.Label.DA + l.label.DA},
				Help:  "for the notice in this language, where the text above is in another"})
		}
	}
	return all
}

// CutWording takes "measures.taken.en" apart into "measures.taken" and "en". A form
// can leave such keys out until they have a value or are asked for.
func CutWording(name string) (base, lang string, ok bool) {
	for _, l := range wordingLanguages {
		if base, found := strings.CutSuffix(name, l.suffix); found && worded[base] {
			return base, l.suffix[1:], true
		}
	}
	return name, "", false
}

// HasWords reports whether the text of the key is there, in whatever language.
func (s Sheet) HasWords(key string) bool {
	if s.Text(key) != "" {
		return true
	}
	for _, l := range wordingLanguages {
		if s.Text(key+l.suffix) != "" {
			return true
		}
	}
	return false
}
