package when

import (
	"strings"
	"time"
)

// ShowIn is [Moment.Show] in the language, "da" or anything else for English. Figures
// are the same in both, so that neither can be mistaken.
func (m Moment) ShowIn(lang string, zone *time.Location) string {
	text := m.Show(zone)
	if lang != "da" {
		return text
	}
	switch m.Precision {
	case NoLaterThan:
		return strings.Replace(text, "no later than ", "senest ", 1)
	case Range, Day:
		return strings.Replace(text, " to ", " til ", 1)
	case Unknown, "":
		return "ukendt"
	}
	return text
}
