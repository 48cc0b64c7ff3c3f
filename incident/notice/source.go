package notice

import (
	"regexp"
	"strings"
)

// articleRef is an article of the regulation as reasons name it: "GDPR 34(3)(a)".
var articleRef = regexp.MustCompile(`GDPR (\d+)(?:\((\d+)\))?(?:\(([a-z])\))?`)

// decisionRef is a decision of the authority as reasons name it: "DT 2021-442-13805".
var decisionRef = regexp.MustCompile(`DT (\d{4}-\d+-\d+)`)

// source is a reason's source as an official writes it.
func (w *writer) source(ref string) string {
	ref = articleRef.ReplaceAllStringFunc(ref, func(found string) string {
		part := articleRef.FindStringSubmatch(found)
		text := fill(w.words.Source["article"], places{"article": part[1]})
		if part[2] != "" {
			text += fill(w.words.Source["paragraph"], places{"paragraph": part[2]})
		}
		if part[3] != "" {
			text += fill(w.words.Source["letter"], places{"letter": part[3]})
		}
		return text
	})
	ref = decisionRef.ReplaceAllString(ref, strings.ReplaceAll(w.words.Source["decision"], "{number}", "$1"))
	return oneLine(ref)
}
