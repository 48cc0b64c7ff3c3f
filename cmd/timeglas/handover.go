package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

// shift is how far back a hand-over looks when it is not told.
const shift = 12 * time.Hour

func (a *app) sinceCommand() *cobra.Command {
	var since string
	cmd := &cobra.Command{
		Use:   "since R",
		Short: "what is new in a case",
		Long: "Prints what has been written after a time: decisions, facts with their old and new values, steps " +
			"and entries. Without --since it is what came after the last entry of your own.",
		Example: "  timeglas since 2026-014\n  timeglas since 2026-014 --since \"yesterday 16:00\"",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			if _, err := a.zone(); err != nil {
				return err
			}
			s, err := a.look(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("since") {
				return a.printNews(s, s.SeenBy(a.account()))
			}
			return a.printSince(s, since)
		}),
	}
	cmd.Flags().StringVar(&since, "since", "", "a time, or a length of time before now: -8h")
	return exits(cmd, exitUsage)
}

// printSince is what is new since a time that was typed.
func (a *app) printSince(s desk.Situation, since string) error {
	seq, err := a.seqAt(s, since)
	if err != nil {
		return err
	}
	return a.printNews(s, seq)
}

// seqAt is the last entry that had been written by the time that was typed.
func (a *app) seqAt(s desk.Situation, since string) (int64, error) {
	at, err := a.since("--since", since, s.Now)
	if err != nil {
		return 0, err
	}
	return s.SeqAt(at), nil
}

func (a *app) printNews(s desk.Situation, seq int64) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	a.page().pageOf(s.News(seq, settings.Language, a.at))
	return nil
}

// handoverFlags are the options of handover.
type handoverFlags struct{ since, lang, format, out, asOf string }

func (a *app) handoverCommand() *cobra.Command {
	var f handoverFlags
	cmd := &cobra.Command{
		Use:   "handover R",
		Short: "the hand-over to the next shift, on one page",
		Long: "Prints what somebody needs who takes over the case: how long is left, what is late or due, what " +
			"was issued and not sent, which decisions wait, what is not known, and what is new.",
		Example: "  timeglas handover 2026-014 --lang da\n  timeglas handover 2026-014 --since -8h --format md --out vagt.md",
		Args:    words(1, 1),
		RunE:    a.running(func(cmd *cobra.Command, args []string) error { return a.handover(cmd, args[0], f) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.since, "since", "", "new is what was written after that time, or length of time: -8h (else 12 hours)")
	flags.StringVar(&f.lang, "lang", "", "da or en (else that of the settings)")
	flags.StringVar(&f.format, "format", "txt", "txt or md")
	flags.StringVar(&f.asOf, "as-of", "", "as it was known at that time")
	flagOut(cmd, &f.out)
	return exits(cmd, exitUsage)
}

func (a *app) handover(cmd *cobra.Command, ref string, f handoverFlags) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	if f.lang == "" {
		f.lang = settings.Language
	}
	if err := known("--lang", f.lang, "da", "en"); err != nil {
		return err
	}
	if err := known("--format", f.format, "txt", "md"); err != nil {
		return err
	}
	s, err := a.lookAsOf(cmd, ref, f.asOf)
	if err != nil {
		return err
	}
	seq := s.SeqAt(s.Now.Add(-shift))
	if cmd.Flags().Changed("since") {
		if seq, err = a.seqAt(s, f.since); err != nil {
			return err
		}
	}
	page := s.Handover(seq, f.lang, a.at)
	return a.into(f.out, func() error {
		if f.format == "md" {
			_, err := a.out.WriteString(markdownPage(page))
			return err
		}
		a.page().pageOf(page)
		return nil
	})
}

// pageOf writes a page of headings and points.
func (p page) pageOf(content desk.Page) {
	p.text("", content.Title)
	for _, head := range content.Head {
		p.text("", head)
	}
	for _, part := range content.Parts {
		p.heading(part.Heading)
		for _, point := range part.Points {
			p.text("- ", point)
		}
	}
}

// markdownPage is the same page in Markdown.
func markdownPage(content desk.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", markdown(content.Title))
	for _, head := range content.Head {
		fmt.Fprintf(&b, "%s  \n", markdown(head))
	}
	for _, part := range content.Parts {
		fmt.Fprintf(&b, "\n## %s\n\n", markdown(part.Heading))
		for _, point := range part.Points {
			fmt.Fprintf(&b, "- %s\n", markdown(point))
		}
	}
	return b.String()
}

// since is the instant of a time that was typed, or of a length of time before now.
func (a *app) since(name, text string, now time.Time) (time.Time, error) {
	if strings.TrimSpace(text) == "" {
		return time.Time{}, fault.New(fault.Usage, name, "the time is missing: write one, or a length of time such as -8h")
	}
	if at, ok := when.Ago(text, now); ok {
		return at, nil
	}
	return a.instant(name, text)
}
