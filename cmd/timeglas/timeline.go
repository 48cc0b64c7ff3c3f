package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/desk"
	"timeglas/timeline"
	"timeglas/timeline/interchange"
	"timeglas/timeline/query"
)

// timelineFlags are the options of timeline.
type timelineFlags struct {
	query, view, format, out, asOf string
	all, utc                       bool
}

func (a *app) timelineCommand() *cobra.Command {
	var f timelineFlags
	cmd := &cobra.Command{
		Use:   "timeline R",
		Short: "print the timeline, or search it, or write it to a file",
		Long: "Prints the timeline, or what a query finds in it: words, \"phrases in quotes\" and word*; " +
			"kind: author: tag: source: fact: with a value (tag:web*); has:evidence, comment, link or tag; " +
			"is:pinned, corrected, retracted or redacted; occurred: and recorded: with a day, A..B, >-2h or " +
			"unknown. All of it must be found; OR, NOT or -, and brackets say otherwise. docs/query.md is the " +
			"whole language. Retracted entries are hidden from people unless --all is given; jsonl and csv " +
			"have them, marked. csv is for spreadsheets, html to be printed; timesketch-csv, timesketch-jsonl " +
			"and iris-csv are for those programs and leave out what has no time. docs/interchange.md says more.",
		Example: "  timeglas timeline 2026-014 --query 'supplier -kind:note occurred:2026-11-19'\n" +
			"  timeglas timeline 2026-014 --query 'recorded:>-2h OR is:pinned'\n" +
			"  timeglas timeline 2026-014 --format jsonl --out case.jsonl",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error { return a.timeline(cmd, args[0], f) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.query, "query", "", "only what it finds")
	flags.StringVar(&f.view, "view", "", "only what the saved view finds")
	flags.BoolVar(&f.all, "all", false, "with the entries that were retracted")
	flags.BoolVar(&f.utc, "utc", false, "show times in UTC instead of the configured zone")
	flags.StringVar(&f.asOf, "as-of", "", "as it was known at that time")
	flags.StringVar(&f.format, "format", "text", list(timelineFormatNames()))
	flagOut(cmd, &f.out)
	return exits(cmd, exitUsage)
}

// shown is what of a timeline is written out.
type shown struct {
	desk.Situation
	lines []timeline.Line
	query query.Query
	lang  string
	zone  *time.Location
}

// timelineFormat is a form in which a timeline is written. Forms for programs have no
// place for the band of the past; our own hold the retracted entries too, marked,
// where another program would take them for valid.
type timelineFormat struct {
	name     string
	programs bool
	all      bool
	write    func(*app, shown) error
}

// timelineFormats are the forms, in the order of the help.
func timelineFormats() []timelineFormat {
	return []timelineFormat{
		{"text", false, false, (*app).writeTimelineText},
		{"jsonl", true, true, func(a *app, s shown) error { return a.printLines(s.lines) }},
		{"csv", true, true, (*app).writeTimelineCSV},
		{"timesketch-csv", true, false, interchanged(interchange.TimesketchCSV)},
		{"timesketch-jsonl", true, false, interchanged(interchange.TimesketchJSONL)},
		{"iris-csv", true, false, interchanged(interchange.IRISCSV)},
		{"md", false, false, (*app).writeTimelineMarkdown},
		{"html", false, false, (*app).writeTimelineHTML},
	}
}

func timelineFormatNames() []string {
	var names []string
	for _, f := range timelineFormats() {
		names = append(names, f.name)
	}
	return names
}

func (a *app) timeline(cmd *cobra.Command, ref string, f timelineFlags) error {
	formats := timelineFormats()
	i := slices.IndexFunc(formats, func(t timelineFormat) bool { return t.name == f.format })
	if i < 0 {
		return known("--format", f.format, timelineFormatNames()...)
	}
	if err := takenUnderThatName(f.format, f.out); err != nil {
		return err
	}
	settings, err := a.settings()
	if err != nil {
		return err
	}
	s, err := a.lookAsOf(cmd, ref, f.asOf)
	if err != nil {
		return err
	}
	q, err := a.asked(s, f.query, f.view)
	if err != nil {
		return err
	}
	what := shown{Situation: s, query: q, lang: settings.Language, zone: a.at,
		lines: incident.Search(s.Case.Timeline.Lines, q, f.all || formats[i].all)}
	if f.utc {
		what.zone = time.UTC
	}
	if formats[i].programs {
		a.band(s, true)
	}
	return a.into(f.out, func() error { return formats[i].write(a, what) })
}

// heads are the lines that say what part of a timeline this is.
func (s shown) heads() []string {
	var heads []string
	if mark := markText(s.Case.Journal.Mark); mark != "" {
		heads = append(heads, mark)
	}
	if band := s.AsOfText("en", s.zone); band != "" {
		heads = append(heads, band)
	}
	if s.query.Root != nil {
		heads = append(heads, fmt.Sprintf("found by: %s (%d of %d)", s.query, len(s.lines), len(s.Case.Timeline.Lines)))
	} else if hidden := len(s.Case.Timeline.Lines) - len(s.lines); hidden > 0 {
		heads = append(heads, fmt.Sprintf("%d retracted, hidden: --all shows them", hidden))
	}
	return heads
}

func (a *app) writeTimelineText(s shown) error {
	p := a.page()
	if s.zone == time.UTC {
		p.line("times in UTC")
	}
	if band := s.AsOfText("en", s.zone); band != "" {
		p.line("%s", band)
	}
	p.timeline(s.lines, s.Case, s.lang, s.zone)
	if hidden := hiddenBy(s); hidden > 0 {
		p.line("%d retracted, hidden: --all shows them", hidden)
	}
	return nil
}

// band says that what is shown is the past: on the page, or beside what programs
// read.
func (a *app) band(s desk.Situation, programs bool) {
	switch text := s.AsOfText("en", a.at); {
	case text == "":
	case programs:
		a.complain(text)
	default:
		a.page().line("%s", text)
	}
}

// hiddenBy is how many entries a reader does not see for being retracted.
func hiddenBy(s shown) int {
	return len(incident.Search(s.Case.Timeline.Lines, s.query, true)) - len(s.lines)
}

// list is words for a sentence.
func list(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
