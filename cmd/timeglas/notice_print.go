package main

import (
	"strconv"
	"strings"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/incident/notice/format"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

// documentFormats print a composed text; those that are text for people go through
// clean, so that nothing in them moves a cursor.
var documentFormats = []struct {
	name  string
	print func(*app, desk.Situation, notice.Document, noticeFlags) error
}{
	{"md", func(a *app, _ desk.Situation, doc notice.Document, _ noticeFlags) error {
		return a.printText(doc.Markdown())
	}},
	{"txt", func(a *app, _ desk.Situation, doc notice.Document, _ noticeFlags) error {
		return a.printText(doc.Text())
	}},
	{"html", func(a *app, s desk.Situation, doc notice.Document, f noticeFlags) error {
		return a.printText(format.HTML(doc, marks(s, f)))
	}},
	{"docx", (*app).printDOCX},
	{"json", func(a *app, s desk.Situation, doc notice.Document, _ noticeFlags) error {
		return a.printJSON(documentJSON(s, doc))
	}},
}

func formatNames() []string {
	var names []string
	for _, f := range documentFormats {
		names = append(names, f.name)
	}
	return append(names, formatEDPB)
}

func (a *app) printDocument(s desk.Situation, doc notice.Document, f noticeFlags) error {
	for _, known := range documentFormats {
		if known.name == f.format {
			return known.print(a, s, doc, f)
		}
	}
	return fault.New(fault.Usage, "--format", "%q is no format", f.format)
}

func (a *app) printText(text string) error {
	_, err := a.out.WriteString(clean.Block(text))
	return err
}

// printDOCX writes a file that a terminal could not show.
func (a *app) printDOCX(s desk.Situation, doc notice.Document, f noticeFlags) error {
	if a.shown {
		return fault.New(fault.Usage, "--format docx", "it is a file for word processors: say with --out where it goes")
	}
	file, err := format.DOCX(doc, marks(s, f))
	if err != nil {
		return fault.Wrap(fault.Failed, err, "notice", "it cannot be put into DOCX")
	}
	_, err = a.out.Write(file)
	return err
}

// marks are the numbers of the entries as every page of the program shows them.
func marks(s desk.Situation, f noticeFlags) format.Options {
	if !f.marks {
		return format.Options{}
	}
	return format.Options{Marks: func(id string) string {
		if line, err := s.Case.Timeline.Find(id); err == nil {
			return strconv.FormatInt(line.Seq, 10)
		}
		return id
	}}
}

// tellAbout is what the writer of a text should know of it: what it lacks and who
// could fill that in; of one for people also how hard it is to read, and which other
// letters the facts ask for.
func (a *app) tellAbout(s desk.Situation, doc notice.Document) {
	for _, gap := range jsonGaps(s, doc) {
		a.tell("missing in section %d: %s%s", gap.No, gap.What, gap.hint())
	}
	if doc.To != incident.ToSubjects && doc.To != incident.ToPublic {
		return
	}
	if lix := notice.LIX(doc.Text()); lix > notice.Hardest {
		a.tell("LIX %.0f: harder to read than %d. Write the sections that were typed for the authority again in plain words, in entries tagged %s",
			lix, notice.Hardest, notice.Tag(doc.To, 1))
	}
	if doc.To != incident.ToSubjects {
		return
	}
	for _, v := range notice.Versions(s.Case.Facts) {
		if v.Reader == doc.Reader && v.Subset == doc.Subset {
			continue
		}
		subset := ""
		if v.Subset != "" {
			subset = " --subset " + strconv.Quote(v.Subset)
		}
		a.tell("another letter is needed:%s --reader %s", subset, v.Reader)
	}
}

type jsonDocument struct {
	To       incident.Recipient `json:"to"`
	Phase    incident.Phase     `json:"phase"`
	Lang     string             `json:"lang"`
	Subset   string             `json:"subset,omitempty"`
	Reader   notice.Reader      `json:"reader,omitempty"`
	Title    string             `json:"title"`
	Head     []string           `json:"head"`
	Mark     string             `json:"mark,omitempty"`
	Preface  string             `json:"preface,omitempty"`
	Complete bool               `json:"complete"`
	LIX      float64            `json:"lix"`
	Changes  []jsonChange       `json:"changes,omitempty"`
	Sections []jsonSection      `json:"sections"`
	Gaps     []jsonGap          `json:"gaps"`
}

// jsonGap is what the text lacks: the facts that would fill it, and the steps and
// gates of the playbook that find them, with their role.
type jsonGap struct {
	No    int          `json:"no"`
	What  string       `json:"what"`
	Facts []string     `json:"facts"`
	Who   []jsonFiller `json:"who"`
}

type jsonFiller struct {
	Item string `json:"item"`
	Role string `json:"role"`
}

// hint is who could fill the gap, for a line of text.
func (g jsonGap) hint() string {
	switch {
	case len(g.Who) > 0:
		return " (" + g.Who[0].Role + ", " + g.Who[0].Item + ": " + strings.Join(g.Facts, ", ") + ")"
	case len(g.Facts) > 0:
		return " (" + strings.Join(g.Facts, ", ") + ")"
	}
	return ""
}

func jsonGaps(s desk.Situation, doc notice.Document) []jsonGap {
	gaps := []jsonGap{}
	for _, gap := range doc.Gaps {
		g := jsonGap{No: gap.No, What: gap.What, Facts: append([]string{}, gap.Keys...), Who: []jsonFiller{}}
		for _, f := range s.Fillers(gap) {
			g.Who = append(g.Who, jsonFiller{f.Item, f.Role.ID})
		}
		gaps = append(gaps, g)
	}
	return gaps
}

type jsonSection struct {
	No        int            `json:"no"`
	Heading   string         `json:"heading"`
	Text      string         `json:"text"`
	Entries   []string       `json:"entries"`
	Missing   bool           `json:"missing"`
	Sentences []jsonSentence `json:"sentences"`
}

// jsonSentence is one sentence with what it rests on; of a gap the facts that would
// fill it.
type jsonSentence struct {
	Text    string   `json:"text"`
	Entries []string `json:"entries"`
	Facts   []string `json:"facts"`
	Missing bool     `json:"missing"`
}

func documentJSON(s desk.Situation, doc notice.Document) jsonDocument {
	j := jsonDocument{To: doc.To, Phase: doc.Phase, Lang: doc.Lang, Subset: doc.Subset, Reader: doc.Reader, Title: doc.Title, Mark: doc.Mark,
		Head: append([]string{}, doc.Head...), Preface: doc.Preface.Text(), Complete: !doc.Incomplete(),
		LIX: notice.LIX(doc.Text()), Changes: changesJSON(doc.Changes), Sections: []jsonSection{}, Gaps: jsonGaps(s, doc)}
	for _, part := range doc.Sections {
		section := jsonSection{No: part.No, Heading: part.Heading, Text: part.Text(), Entries: append([]string{}, part.Entries...), Missing: part.Missing,
			Sentences: []jsonSentence{}}
		for _, p := range part.Paragraphs {
			for _, t := range p.Sentences {
				section.Sentences = append(section.Sentences, jsonSentence{t.Text, append([]string{}, t.Entries...), append([]string{}, t.Keys...), t.Gap})
			}
		}
		j.Sections = append(j.Sections, section)
	}
	return j
}
