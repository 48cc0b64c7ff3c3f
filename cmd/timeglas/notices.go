package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/incident/notice"
	"timeglas/incident/register"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func (a *app) noticeCommands() []*cobra.Command {
	return []*cobra.Command{a.clockCommand(), a.assessCommand(), a.noticeCommand(), a.approveCommand(), a.filedCommand(), a.registerCommand()}
}

// noticeFlags are what the command notice takes.
type noticeFlags struct {
	to, phase, lang, subset, format, out, by, why string
	reader, translation                           string
	strict, issue, marks                          bool
	asOf, despite, issued                         string
}

func (a *app) noticeCommand() *cobra.Command {
	var f noticeFlags
	cmd := &cobra.Command{
		Use:   "notice R",
		Short: "the text for the authority, the people or others, as a preview; or issue it",
		Long: "Prints the text of a notice as the case gives it now. What is missing is said to follow. " +
			"--issue freezes the text as an entry and prints the entry's id; it is not sent by that. " +
			"Send it, then say so with timeglas filed: only that stops the clock. " +
			"Contradicting facts, and what looks like a name, are told on standard error; what " +
			"contradicts itself is issued only with --despite and the reason.",
		Example: "  timeglas notice 2026-014 --lang da --format txt\n" +
			"  timeglas notice 2026-014 --to subjects --format docx --out brev.docx\n" +
			"  timeglas notice 2026-014 --lang da --issue --by \"Anna Holm, DPO\"",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error { return a.notice(cmd, args[0], f) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.issued, "issued", "", "print the notice of this entry as it was issued")
	flags.StringVar(&f.despite, "despite", "", "with --issue: why, although facts contradict each other")
	flags.StringVar(&f.to, "to", string(incident.ToAuthority), "authority, subjects, public, controller, police or internal")
	flags.StringVar(&f.phase, "phase", string(incident.PhaseInitial), "initial, followup, complete or withdraw")
	flags.StringVar(&f.lang, "lang", "", "da or en (else that of the settings)")
	flags.StringVar(&f.format, "format", "md", strings.Join(formatNames(), ", "))
	flags.StringVar(&f.subset, "subset", "", "the part of the people it is for")
	flags.StringVar(&f.reader, "reader", "", "of a letter to the people: adult, guardian or relative (else by the groups of people)")
	flags.StringVar(&f.translation, "translation", "", "the language of a translation, for which the text keeps a marked place")
	flags.BoolVar(&f.marks, "marks", false, "in html and docx: the numbers of the entries in the margin")
	flags.BoolVar(&f.strict, "strict", false, "exit with 3 when something is missing")
	flags.BoolVar(&f.issue, "issue", false, "freeze the text as an entry")
	flags.StringVar(&f.by, "by", "", "with --issue: who approved the text")
	flags.StringVar(&f.asOf, "as-of", "", "a preview as it would have been at that time")
	flags.StringVar(&f.why, "why", "", "with --issue: the reason; needed to withdraw, and to tell people what is incomplete or was put off")
	flagOut(cmd, &f.out)
	flagKeepCPR(cmd)
	return answersNo(cmd, "with --strict: the text is incomplete, and nothing was issued")
}

func (a *app) notice(cmd *cobra.Command, ref string, f noticeFlags) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	if f.lang == "" {
		f.lang = settings.Language
	}
	if err := known("--format", f.format, formatNames()...); err != nil {
		return err
	}
	if !f.issue && f.by != "" {
		return fault.New(fault.Usage, "notice", "--by belongs to --issue")
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	s, err := a.lookAsOf(cmd, ref, f.asOf)
	if err != nil {
		return err
	}
	switch {
	case f.issued != "":
		return a.printIssued(s, f)
	case f.issue && s.AsOf != nil:
		return fault.New(fault.Usage, "notice", "--as-of shows the past, and what is issued is issued now: leave one of them out")
	}
	return a.noticeOf(cmd, d, s, f)
}

// noticeOf composes, prints and issues the notice that was asked for.
func (a *app) noticeOf(cmd *cobra.Command, d *desk.Desk, s desk.Situation, f noticeFlags) error {
	req := notice.Request{To: incident.Recipient(f.to), Phase: incident.Phase(f.phase), Lang: f.lang, Subset: f.subset, Why: f.why,
		Reader: notice.Reader(f.reader), Translation: f.translation}
	doc, err := d.Compose(s, req)
	if err != nil {
		return err
	}
	text, err := a.textOf(d, s, req, doc, f)
	if err != nil {
		return err
	}
	if f.issue && f.strict && text.incomplete {
		return fault.New(fault.Refused, "notice", "it is incomplete (%s), so nothing was issued", gapText(doc))
	}
	if !f.issue || f.out != "" {
		if err := a.into(f.out, text.print); err != nil {
			return err
		}
		text.gaps()
		a.tellAbout(s, doc)
	}
	if f.issue {
		return a.issue(cmd, s, req, f)
	}
	found, err := d.BeforeIssuing(s, req)
	a.remark(found)
	if err == nil && f.strict && text.incomplete {
		return errNo
	}
	return err
}

// issue freezes the text as the case gives it at that moment.
func (a *app) issue(cmd *cobra.Command, s desk.Situation, req notice.Request, f noticeFlags) error {
	done, err := a.act(cmd, s.Ref, desk.Issue{Request: req, By: f.by, Why: f.why, Despite: f.despite, Zone: a.at})
	if err != nil {
		return err
	}
	found, err := a.bench.BeforeIssuing(s, req)
	a.remark(found)
	seq := done.Entries[0].Seq
	if n := done.Situation.Unfiled(); len(n) > 0 && !n[len(n)-1].Approved() {
		a.tell("it waits for approval by another account: timeglas approve %s %d", s.Ref, seq)
	}
	a.tell("issued as entry %d, and not sent by that: send it, then timeglas filed %s %d --at TIME --channel … --by WHO", seq, s.Ref, seq)
	return err
}

func gapText(doc notice.Document) string {
	var gaps []string
	for _, g := range doc.Gaps {
		gaps = append(gaps, fmt.Sprintf("point %d", g.No))
	}
	return strings.Join(gaps, ", ")
}

func (a *app) filedCommand() *cobra.Command {
	var act desk.File
	var at, receipt string
	cmd := &cobra.Command{
		Use:   "filed R NOTICE --at TIME --channel C --by WHO",
		Short: "say that a notice was really sent",
		Long: "Says that an issued notice was sent: only this stops the clock. A receipt is kept as " +
			"evidence of the case.",
		Example: "  timeglas filed 2026-014 31 --at \"2026-11-20 16:02\" --channel virk --by anna \\\n" +
			"    --receipt kvittering.pdf --number 2026-442-0001",
		Args: words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			m, err := a.moment("--at", at)
			if err != nil {
				return err
			}
			act.Notice, act.Sent = args[1], m
			if receipt != "" {
				if act.Receipt, err = a.attach(cmd, args[0], receipt); err != nil {
					return err
				}
			}
			done, err := a.act(cmd, args[0], act)
			if err == nil {
				a.tell("%s", clockLine(done.Situation.Clock, a.at))
			}
			return err
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&at, "at", "", "when it was sent")
	flags.StringVar(&act.Channel, "channel", "", strings.Join(desk.Channels(), ", "))
	flags.StringVar(&act.By, "by", "", "who sent it")
	flags.StringVar(&receipt, "receipt", "", "a file that proves it")
	flags.StringVar(&act.Number, "number", "", "the number that the recipient gave it")
	flagKeepCPR(cmd)
	return require(exits(cmd, exitUsage), "at", "channel", "by")
}

func (a *app) registerCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "register",
		Short: "the Article 33(5) register of every case",
		Long: "Prints the record of every breach that GDPR 33(5) requires, whether anybody was told or " +
			"not. Exercises and demonstrations are left out.",
		Example: "  timeglas register --format csv > register.csv",
		Args:    words(0, 0),
		RunE: a.running(func(cmd *cobra.Command, _ []string) error {
			if err := known("--format", format, "csv", "json", "md"); err != nil {
				return err
			}
			d, err := a.desk()
			if err != nil {
				return err
			}
			records, err := d.Register(cmd.Context())
			if err != nil {
				return err
			}
			return a.printRegister(records, format)
		}),
	}
	cmd.Flags().StringVar(&format, "format", "md", "csv, json or md")
	return exits(cmd, exitUsage)
}

// printRegister writes the register so that no text of a case reaches a terminal as
// it is: in JSON as escapes, elsewhere spelled out.
func (a *app) printRegister(records []register.Record, format string) error {
	write := map[string]func(io.Writer, []register.Record) error{
		"csv": register.WriteCSV, "json": register.WriteJSON, "md": register.WriteMarkdown,
	}[format]
	var b bytes.Buffer
	if err := write(&b, records); err != nil {
		return fault.Wrap(fault.Failed, err, "register", "it cannot be written")
	}
	text := visible(b.Bytes())
	if format != "json" {
		text = []byte(clean.Block(b.String()))
	}
	_, err := a.out.Write(text)
	return err
}
