package notice

import (
	"slices"
	"strconv"
	"strings"

	"timeglas/incident"
	"timeglas/incident/fact"
	"timeglas/internal/fault"
)

// point is one section of a text: its number, and what writes it.
type point struct {
	no    int
	write func(*writer)
}

// text is one kind of text: whom it is for, which sections it has, and in which
// layers of wording they are said.
type text struct {
	layers   []string // files of wording, the later over the earlier
	readers  bool     // it has a version for each [Reader], with a layer of its own
	subsets  bool     // it can speak of a part of the people alone
	phases   []incident.Phase
	tag      string // begins the tags of the entries that go into it word for word
	numbered bool   // its headings carry their numbers
	preface  func(*writer)
	points   []point
}

// textTo is the kind of text that is for the recipient.
func textTo(to incident.Recipient) (text, bool) {
	t, ok := map[incident.Recipient]text{
		// The twelve points of a notification to Datatilsynet hold GDPR 33(3).
		incident.ToAuthority: {layers: []string{"authority"}, tag: "notice:", numbered: true, preface: authorityPreface,
			phases: []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete, incident.PhaseWithdraw},
			points: []point{{1, contact}, {2, incidentPoint}, {3, people}, {4, data}, {5, occurred}, {6, likely},
				{7, handled}, {8, before}, {9, limited}, {10, informed}, {11, notInformed}, {12, follows}}},
		// The letter holds the four contents of GDPR 34(2), under headings that people read.
		incident.ToSubjects: {layers: []string{"authority", "people"}, readers: true, subsets: true, tag: "letter:", preface: letterPreface,
			phases: tellingPhases,
			points: []point{{1, letterHappened}, {2, letterData}, {3, letterMeaning}, {4, letterDone}, {5, letterAdvice},
				{6, letterContact}, {7, letterComplaint}, {8, letterTranslation}}},
		// The public communication of GDPR 34(3)(c) has also to say who may be meant.
		incident.ToPublic: {layers: []string{"authority", "people", "public"}, tag: "public:", preface: publicPreface,
			phases: tellingPhases,
			points: []point{{1, publicHappened}, {2, publicWhen}, {3, publicWho}, {4, letterData}, {5, letterMeaning}, {6, letterDone},
				{7, letterAdvice}, {8, letterContact}, {9, letterComplaint}, {10, letterTranslation}}},
		// The processor's notice of GDPR 33(2) has no test of risk: that is the controller's.
		incident.ToController: {layers: []string{"authority", "controller"}, tag: "controller:", numbered: true, preface: controllerPreface,
			phases: []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete},
			points: []point{{1, contact}, {2, processorNature}, {3, processorKnew}, {4, peopleAndData}, {5, consequences},
				{6, remedies}, {7, follows}, {8, controllersTurn}}},
		incident.ToPolice: {layers: []string{"authority", "police"}, tag: "police:", numbered: true, preface: officePreface,
			phases: []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup},
			points: []point{{1, contact}, {2, policeNature}, {3, policeTime}, {4, peopleAndData}, {5, consequences},
				{6, policeTraces}, {7, remedies}, {8, policeQuestions}}},
		// The record of GDPR 33(5): facts, effects, remedies, and the reasons when nobody is told.
		incident.ToInternal: {layers: []string{"authority", "internal"}, tag: "internal:", numbered: true, preface: officePreface,
			phases: []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup, incident.PhaseComplete},
			points: []point{{1, recordCase}, {2, incidentPoint}, {3, peopleAndData}, {4, recordEffects}, {5, recordRemedies},
				{6, recordDecisions}, {7, recordTold}, {8, recordOpen}}},
	}[to]
	return t, ok
}

var tellingPhases = []incident.Phase{incident.PhaseInitial, incident.PhaseFollowup}

// withdrawalPoints are what a withdrawal repeats: who, and of what incident.
var withdrawalPoints = []point{{1, contact}, {2, withdrawn}}

func (t text) pointsOf(phase incident.Phase) []point {
	if phase == incident.PhaseWithdraw {
		return withdrawalPoints
	}
	return t.points
}

func (t text) layersFor(r Reader) []string {
	if r == Adult || r == "" {
		return t.layers
	}
	return append(slices.Clone(t.layers), string(r))
}

// Tag is the tag that puts an entry into the section of the text to the recipient,
// word for word.
func Tag(to incident.Recipient, section int) string {
	t, _ := textTo(to)
	return t.tag + strconv.Itoa(section)
}

// Recipients are those that there is a text for.
func Recipients() []incident.Recipient {
	return []incident.Recipient{incident.ToAuthority, incident.ToSubjects, incident.ToPublic,
		incident.ToController, incident.ToPolice, incident.ToInternal}
}

// Reader is whom a letter to the people speaks to.
type Reader string

// The readers. A letter about a child goes to the child's guardian, one about
// somebody who has died to the relatives.
const (
	Adult    Reader = "adult"
	Guardian Reader = "guardian"
	Relative Reader = "relative"
)

// Readers are all of them.
func Readers() []Reader { return []Reader{Adult, Guardian, Relative} }

// Version is a letter that somebody needs: for one part of the people, or all when
// Subset is empty, and one reader.
type Version struct {
	Subset string
	Reader Reader
}

// Versions are the letters that the facts ask for: one for each part of the people
// that has an answer of its own, and one for guardians where there are children.
// That somebody has died no fact says; relatives are asked for by name.
func Versions(s fact.Sheet) []Version {
	parts := s.Subsets()
	if len(parts) == 0 {
		parts = []string{""}
	}
	var all []Version
	for _, name := range parts {
		sheet := s.Whole()
		if name != "" {
			sheet = s.For(name)
		}
		if children, others := minors(sheet); !children || others {
			all = append(all, Version{name, Adult})
		}
		if children, _ := minors(sheet); children {
			all = append(all, Version{name, Guardian})
		}
	}
	return all
}

// minors reports whether there are children among the people, and others.
func minors(s fact.Sheet) (children, others bool) {
	for _, group := range s.Set("persons.groups") {
		switch group {
		case "children", "pupils":
			children = true
		default:
			others = true
		}
	}
	return children, others
}

// textFor is the kind of text that the request asks for, with the request's reader
// filled in. It refuses what this package has no text for.
func textFor(c *incident.Case, req *Request) (text, error) {
	t, ok := textTo(req.To)
	switch {
	case !ok:
		return t, usage("a notice is to %s, not %q", oneOf(Recipients()), req.To)
	case grammars[req.Lang].clock == "":
		return t, usage("the language is da or en, not %q", req.Lang)
	case !slices.Contains(t.phases, req.Phase):
		return t, usage("the phase of a notice to %s is %s, not %q", req.To, oneOf(t.phases), req.Phase)
	case req.Subset != "" && !t.subsets:
		return t, usage("a notice to %s speaks of all the people: leave the subset out", req.To)
	case req.Subset != "" && !slices.Contains(c.Facts.Subsets(), req.Subset):
		return t, usage("the facts know no subset %q", clipped(req.Subset))
	case req.Reader != "" && !t.readers:
		return t, usage("only letters to the people have a reader: leave it out")
	case req.Reader != "" && !slices.Contains(Readers(), req.Reader):
		return t, usage("the reader is %s, not %q", oneOf(Readers()), req.Reader)
	case req.Translation != "" && !t.readers && req.To != incident.ToPublic:
		return t, usage("only what people read has a place for a translation")
	case req.Phase == incident.PhaseWithdraw && strings.TrimSpace(req.Why) == "":
		return t, usage("withdrawing a notification needs the reason")
	}
	if t.readers && req.Reader == "" {
		req.Reader = Versions(readFor(c, req.Subset).Facts.Whole())[0].Reader
	}
	return t, nil
}

func usage(format string, args ...any) error {
	return fault.New(fault.Usage, "notice", format, args...)
}

// oneOf lists values for a message: "a, b or c".
func oneOf[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// clipped keeps a typed name in a message short and visible.
func clipped(text string) string {
	runes := []rune(oneLine(text))
	return string(runes[:min(len(runes), 40)])
}
