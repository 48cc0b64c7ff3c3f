package incident

import (
	"timeglas/incident/fact"
	"timeglas/timeline"
	"timeglas/timeline/query"
)

// Searched is an entry as a query looks at it. Beside its text, the words that its
// data add for a reader can be found: the value of a fact, the step, the option.
func Searched(l timeline.Line) query.Subject {
	s := query.Of(l)
	if l.Redacted {
		return s
	}
	s.Evidence = EvidenceOf(l) != ""
	say, ok := searchedWords[l.Kind]
	if !ok {
		return s
	}
	key, words := say(l)
	s.Fact = key
	if words != "" {
		s.Text += "\n" + words
	}
	return s
}

// searchedWords are, by kind, the key of a fact and the words of an entry's data.
var searchedWords = map[timeline.Kind]func(timeline.Line) (key, words string){
	KindFact: func(l timeline.Line) (key, words string) {
		data, err := timeline.DecodeData[factData](l.Entry)
		if err != nil {
			return "", ""
		}
		value, err := fact.Decode(data.Key, data.Value)
		if err != nil {
			return data.Key, data.Key
		}
		return data.Key, data.Key + "\n" + value.Text()
	},
	KindStep: func(l timeline.Line) (_, words string) {
		data, _ := timeline.DecodeData[stepData](l.Entry) // what cannot be read says nothing
		return "", data.Step
	},
	KindGate: func(l timeline.Line) (_, words string) {
		data, _ := timeline.DecodeData[gateData](l.Entry)
		return "", data.Gate + "\n" + data.Option
	},
	KindEvidence: func(l timeline.Line) (_, words string) {
		data, _ := timeline.DecodeData[evidenceData](l.Entry)
		return "", data.Name
	},
	KindAware:     whoWasAware,
	KindSuspected: whoWasAware,
}

func whoWasAware(l timeline.Line) (_, words string) {
	data, _ := timeline.DecodeData[awareData](l.Entry)
	return "", data.Who
}

// Search are the entries that the query finds, oldest first. Those that were
// retracted are left out unless all are asked for, or the query itself speaks of
// them.
func Search(lines []timeline.Line, q query.Query, all bool) []timeline.Line {
	all = all || q.Asks(query.Retracted)
	var found []timeline.Line
	for _, l := range lines {
		if (all || l.RetractedBy == 0) && q.Match(Searched(l)) {
			found = append(found, l)
		}
	}
	return found
}
