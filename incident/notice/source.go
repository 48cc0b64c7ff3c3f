package notice

import (
	"fmt"
	"regexp"
	"strings"
)

// source is how one kind of source is written: "GDPR {a}({b})" becomes an article
// of the regulation in the language's own way.
type source struct {
	Of string `toml:"of"`
	As string `toml:"as"`

	pattern *regexp.Regexp
	parts   []string
}

var placeInPattern = regexp.MustCompile(`\\\{([a-z]+)\\\}`)

// compile makes the pattern of Of.
func (s *source) compile() error {
	quoted := regexp.QuoteMeta(s.Of)
	for _, m := range placeInPattern.FindAllStringSubmatch(quoted, -1) {
		s.parts = append(s.parts, m[1])
	}
	pattern, err := regexp.Compile("^" + placeInPattern.ReplaceAllString(quoted, "(.+?)") + "$")
	if err != nil || s.As == "" {
		return fmt.Errorf("source %q cannot be used", s.Of)
	}
	s.pattern = pattern
	return nil
}

// write is the source as the language writes it, if it is of this kind.
func (s *source) write(ref string) (string, bool) {
	found := s.pattern.FindStringSubmatch(ref)
	if found == nil {
		return "", false
	}
	in := places{}
	for i, name := range s.parts {
		in[name] = found[i+1]
	}
	return fill(s.As, in), true
}

// unread marks a source that nobody has read in the original. The program says so
// on its own screens; a text for the authority does not lean on it.
const unread = "[?]"

// sources are the sources of a reason as an official writes them; empty when none
// can be named.
func (w *wording) sources(ref string) string {
	var texts []string
	for part := range strings.SplitSeq(ref, "·") {
		if part = strings.TrimSpace(part); part == "" || strings.HasSuffix(part, unread) {
			continue
		}
		texts = append(texts, w.source(part))
	}
	return strings.Join(texts, "; ")
}

func (w *wording) source(part string) string {
	for i := range w.Sources {
		if text, ok := w.Sources[i].write(part); ok {
			return text
		}
	}
	return part
}
