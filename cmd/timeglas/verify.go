package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/fault"
	"timeglas/internal/when"
	"timeglas/storage"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

// verifyFlags are what the command verify takes.
type verifyFlags struct {
	checkpoints []string
	key         string
	asJSON      bool
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify R",
		Short: "check that nothing in a case was changed",
		Long: "Checks every entry of a case, the chain of their hashes, the evidence, and the file they " +
			"lie in. With a checkpoint that was kept elsewhere it finds out as well when the journal was " +
			"shortened or written anew. --key names the public key that has to have signed it.",
		Example: "  timeglas verify 2026-014\n" +
			"  timeglas verify 2026-014 --checkpoint monday.txt --checkpoint friday.txt",
		Args: words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args[0], f) }),
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.checkpoints, "checkpoint", nil, "a checkpoint of this case; can be given several times")
	flagKey(cmd, &f.key)
	flagJSON(cmd, &f.asJSON)
	return answersNo(cmd, "damage was found, or it is not the journal of the checkpoint")
}

// kept is a checkpoint that was read from a file.
type kept struct {
	checkpoint.Checkpoint
	file  string
	trust trust
}

func (a *app) verify(ctx context.Context, ref string, f verifyFlags) error {
	if _, err := a.zone(); err != nil {
		return err
	}
	all, err := a.readCheckpoints(f)
	if err != nil {
		return err
	}
	report, err := a.examine(ctx, ref, all)
	if err != nil {
		return err
	}
	for _, k := range all {
		if report.FirstBad == nil && k.trust.refused {
			report.OK, report.FirstBad = false, &storage.Bad{Why: k.file + ": " + k.trust.why}
		}
	}
	answer := error(nil)
	if !report.OK {
		answer = errNo
	}
	if f.asJSON {
		return errors.Join(a.printJSON(reportJSON(report, all, a)), answer)
	}
	a.printReport(ref, report, all)
	return answer
}

func (a *app) readCheckpoints(f verifyFlags) ([]kept, error) {
	if f.key != "" && len(f.checkpoints) == 0 {
		return nil, fault.New(fault.Usage, "verify", "--key belongs to --checkpoint FILE")
	}
	var all []kept
	for _, name := range f.checkpoints {
		text, err := readFile(name, checkpoint.MaxSize)
		if err != nil {
			return nil, err
		}
		c, err := checkpoint.Parse([]byte(text))
		if err != nil {
			return nil, fault.Wrap(fault.Failed, err, name, "%v", err)
		}
		t, err := a.judge(c.Key, f.key)
		if err != nil {
			return nil, err
		}
		all = append(all, kept{c, name, t})
	}
	return all, nil
}

// examine opens the case and checks it. A file that is too damaged to be opened is
// damage found.
func (a *app) examine(ctx context.Context, ref string, all []kept) (storage.Report, error) {
	home, err := a.store()
	if err != nil {
		return storage.Report{}, err
	}
	journal, err := home.Open(ctx, ref)
	var f *fault.Error
	if errors.As(err, &f) && f.Code == fault.Damaged {
		return storage.Report{FirstBad: &storage.Bad{Why: f.Why}}, nil
	}
	if err != nil {
		return storage.Report{}, err
	}
	checkpoints := make([]checkpoint.Checkpoint, len(all))
	for i, k := range all {
		checkpoints[i] = k.Checkpoint
	}
	report, err := journal.VerifyWith(ctx, storage.Expected{Checkpoints: checkpoints, Evidence: evidenceOf})
	return report, errors.Join(err, journal.Close())
}

// evidenceOf is the evidence that an entry speaks of, from the entry alone.
func evidenceOf(e timeline.Entry) string { return incident.EvidenceOf(timeline.Line{Entry: e}) }

type jsonReport struct {
	OK          bool             `json:"ok"`
	Entries     int64            `json:"entries"`
	Head        string           `json:"head"`
	Root        string           `json:"root"`
	FirstBad    *jsonBad         `json:"first_bad"`
	Redacted    []jsonRemove     `json:"redacted"`
	Checkpoints []jsonCheckpoint `json:"checkpoints"`
	ClockBack   []jsonJump       `json:"clock_back"`
}

type jsonBad struct {
	Seq int64  `json:"seq"`
	Why string `json:"why"`
}

type jsonRemove struct {
	Seq int64      `json:"seq"`
	ID  string     `json:"id"`
	By  int64      `json:"by"`
	Who string     `json:"who"`
	At  when.Stamp `json:"at"`
}

// jsonCheckpoint is a checkpoint held against the journal; why is null when they
// agree.
type jsonCheckpoint struct {
	File    string  `json:"file"`
	Entries int64   `json:"entries"`
	OK      bool    `json:"ok"`
	Why     *string `json:"why"`
	Key     string  `json:"key"`
	Trust   string  `json:"trust"`
}

// jsonJump is an entry before which the clock was set back.
type jsonJump struct {
	Seq     int64 `json:"seq"`
	Seconds int64 `json:"seconds"`
}

func reportJSON(r storage.Report, all []kept, a *app) jsonReport {
	j := jsonReport{OK: r.OK, Entries: r.Entries, Head: r.Head.String(), Root: r.Root.String(),
		Redacted: []jsonRemove{}, Checkpoints: []jsonCheckpoint{}, ClockBack: []jsonJump{}}
	if r.FirstBad != nil {
		j.FirstBad = &jsonBad{r.FirstBad.Seq, r.FirstBad.Why}
	}
	for _, gone := range r.Redacted {
		j.Redacted = append(j.Redacted, jsonRemove{gone.Seq, gone.ID, gone.By, gone.Who, stampIn(gone.At, a.at)})
	}
	for _, k := range all {
		why := comparedWith(r, k)
		j.Checkpoints = append(j.Checkpoints, jsonCheckpoint{k.file, k.Entries, why == "", orNull(why), string(k.Key), k.trust.why})
	}
	for _, jump := range r.Jumps {
		j.ClockBack = append(j.ClockBack, jsonJump{jump.Seq, int64(jump.Back.Seconds())})
	}
	return j
}

// comparedWith is what does not agree with a checkpoint, empty when all does.
func comparedWith(r storage.Report, k kept) string {
	if k.trust.refused {
		return k.trust.why
	}
	for _, c := range r.Compared {
		if string(c.Checkpoint.Signed) == string(k.Signed) {
			return c.Why
		}
	}
	return "not compared: the journal is damaged before its end"
}

func (a *app) printReport(ref string, r storage.Report, all []kept) {
	p := a.page()
	if r.OK {
		p.line("%s is whole: %d entries, head %s", ref, r.Entries, r.Head)
	} else {
		where := "the case"
		if r.FirstBad.Seq > 0 {
			where = fmt.Sprintf("entry %d", r.FirstBad.Seq)
		}
		p.line("%s is DAMAGED: %s: %s", ref, where, r.FirstBad.Why)
		p.line("%d entries from the first on are whole", r.Entries)
		if backup := a.newestBackup(ref); backup != "" {
			p.line("the newest backup that was whole when it was written: %s", backup)
		}
	}
	for _, k := range all {
		verdict := "agrees with " + k.file
		if why := comparedWith(r, k); why != "" {
			verdict = "does NOT agree with " + k.file + ": " + why
		}
		p.text("checkpoint: ", fmt.Sprintf("%s (%d entries)", verdict, k.Entries))
		p.text("            ", k.trust.why)
	}
	for _, gone := range r.Redacted {
		p.line("entry %d is redacted by entry %d (%s, %s)", gone.Seq, gone.By, gone.Who, dateAndTime(gone.At, a.at))
	}
	for _, jump := range r.Jumps {
		p.line("remark: the clock was set back by %s before entry %d; the order is that of the numbers", jump.Back.Round(1e9), jump.Seq)
	}
}
