package tui

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// note is what somebody typed in one line: what happened, when, and tags.
type note struct {
	text string
	at   when.Moment // the zero Moment for now
	tags []string
}

// timed reports whether the line said when.
func (n note) timed() bool { return n.at != when.Moment{} }

var (
	clockWord = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?$`)
	dateWord  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	tagWord   = regexp.MustCompile(`^#([\p{L}_][\p{L}\p{N}_./:-]{0,63})$`)
)

// timeWords is the most words that a leading time can have: "den 9. juni 2020
// 14:05", "day before yesterday 22:10".
const timeWords = 5

// readNote reads a line as it is typed: a time may stand in front ("14:05 called
// the supplier", "yesterday 22:10 …", "about 09:30 …"), words with # are tags. Only
// what ends in a time of day, or is a date by itself, is taken for a time: "now"
// and "before" begin too many sentences. A time that has no single meaning is an
// error, since guessing would falsify the record.
func readNote(line string, zone *time.Location, now time.Time) (note, error) {
	words := strings.Fields(line)
	var n note
	for k := min(timeWords, len(words)); k >= 1; k-- {
		last := words[k-1]
		if !clockWord.MatchString(last) && !(k == 1 && dateWord.MatchString(last)) {
			continue
		}
		at, err := when.Parse(strings.Join(words[:k], " "), zone, now)
		if err != nil {
			var twice *when.ClockError
			if errors.As(err, &twice) {
				return note{}, fault.Wrap(fault.Usage, err, "time", "%s", err)
			}
			continue
		}
		if at.Known() {
			n.at, words = at, words[k:]
			break
		}
	}
	var text []string
	for _, word := range words {
		if m := tagWord.FindStringSubmatch(word); m != nil {
			n.tags = append(n.tags, m[1])
			continue
		}
		text = append(text, word)
	}
	n.text = strings.Join(text, " ")
	if n.text == "" {
		return note{}, fault.New(fault.Usage, "note", "the text is empty: say what happened")
	}
	return n, nil
}
