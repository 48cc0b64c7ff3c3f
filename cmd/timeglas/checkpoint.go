package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"timeglas/internal/fault"
	"timeglas/storage"
	"timeglas/timeline"
	"timeglas/timeline/checkpoint"
)

func (a *app) checkpointCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "checkpoint R",
		Short: "the signed state of the journal, to keep elsewhere",
		Long: "Prints how many entries the case has and what their hashes are, signed. Kept where nobody " +
			"who can write to the case can reach it, it shows later that the journal was not shortened " +
			"or written anew: timeglas verify R --checkpoint FILE. The key is made on first use; its " +
			"public part stands in the checkpoint and in keys/checkpoint.pub in the home.",
		Example: "  timeglas checkpoint 2026-014 --out 2026-014.checkpoint",
		Args:    words(1, 1),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			c, err := a.sign(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return a.into(out, func() error {
				_, err := a.out.Write(c.Signed)
				return err
			})
		}),
	}
	flagOut(cmd, &out)
	return exits(cmd, exitUsage)
}

// sign verifies a case and signs what was found.
func (a *app) sign(ctx context.Context, ref string) (checkpoint.Checkpoint, error) {
	report, err := a.examine(ctx, ref, nil)
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	if !report.OK {
		return checkpoint.Checkpoint{}, fault.New(fault.Damaged, "checkpoint of "+ref,
			"the case is damaged (%s), so nothing was signed: run verify", report.FirstBad.Why)
	}
	key, err := a.home.SigningKey(ctx)
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	return key.Sign(report.Statement())
}

func flagKey(cmd *cobra.Command, key *string) {
	cmd.Flags().StringVar(key, "key", "", "a file with the public key that has to have signed")
}

// trust is what is known of a key that signed.
type trust struct {
	refused bool // it is not the key that it has to be
	why     string
}

// judge compares a key with the one in the file, or else with this home's own.
func (a *app) judge(key checkpoint.PublicKey, file string) (trust, error) {
	if file != "" {
		text, err := readFile(file, checkpoint.MaxSize)
		if err != nil {
			return trust{}, err
		}
		wanted, err := checkpoint.ParsePublicKey(text)
		if err != nil {
			return trust{}, fault.Wrap(fault.Usage, err, file, "it is %v", err)
		}
		if key != wanted {
			return trust{true, "signed by " + string(key) + ", which is not the key in " + file}, nil
		}
		return trust{why: "signed by " + key.ID() + ", the key in " + file}, nil
	}
	own, known, err := a.ownKey()
	switch {
	case err != nil:
		return trust{}, err
	case known && own == key:
		return trust{why: "signed by " + key.ID() + ", the key of this home"}, nil
	}
	return trust{why: "signed by " + string(key) + ", which is not this home's key: compare it with the key that its owner gave you, or name that with --key"}, nil
}

// ownKey is this home's key. A proof can be checked without any home.
func (a *app) ownKey() (checkpoint.PublicKey, bool, error) {
	home, err := a.store()
	if err != nil {
		return "", false, nil
	}
	return home.PublicKey()
}

func (a *app) proveCommand() *cobra.Command {
	var out, check, key string
	cmd := &cobra.Command{
		Use:   "prove R ENTRY | prove --check FILE",
		Short: "show one entry to others, without the rest of the case",
		Long: "Writes a proof that an entry is in the journal: the entry, a checkpoint, and the hashes " +
			"between them. It shows nothing of the other entries. --check checks such a file, with no " +
			"case and no home, and prints the entry.",
		Example: "  timeglas prove 2026-014 12 --out entry-12.json\n  timeglas prove --check entry-12.json --key theirs.pub",
		Args: func(cmd *cobra.Command, args []string) error {
			if check != "" {
				return words(0, 0)(cmd, args)
			}
			return words(2, 2)(cmd, args)
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			switch {
			case check != "" && out != "":
				return fault.New(fault.Usage, "prove", "--out belongs to making a proof, --check to checking one")
			case check != "":
				return a.checkProof(check, key)
			case key != "":
				return fault.New(fault.Usage, "prove", "--key belongs to --check FILE")
			}
			return a.prove(cmd.Context(), args[0], args[1], out)
		}),
	}
	flagOut(cmd, &out)
	cmd.Flags().StringVar(&check, "check", "", "check the proof in this file, and print its entry")
	flagKey(cmd, &key)
	return answersNo(cmd, "with --check: it proves nothing, or was signed by another key")
}

func (a *app) prove(ctx context.Context, ref, entry, out string) (err error) {
	s, err := a.look(ctx, ref)
	if err != nil {
		return err
	}
	line, err := s.Case.Timeline.Find(entry)
	if err != nil {
		return err
	}
	c, err := a.sign(ctx, ref)
	if err != nil {
		return err
	}
	journal, err := a.home.Open(ctx, ref)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, journal.Close()) }()
	file, err := proof(ctx, journal, line.Seq, c)
	if err != nil {
		return err
	}
	if err := a.into(out, func() error { _, err := a.out.Write(visible(file)); return err }); err != nil {
		return err
	}
	for _, by := range s.Case.Timeline.Correcting(line.Seq) {
		a.tell("entry %d corrects it: prove that one as well", by.Seq)
	}
	if line.RetractedBy != 0 {
		a.tell("entry %d retracts it: prove that one as well", line.RetractedBy)
	}
	return nil
}

func proof(ctx context.Context, j *storage.Journal, seq int64, c checkpoint.Checkpoint) ([]byte, error) {
	p, err := j.Prove(ctx, seq, c)
	if err != nil {
		return nil, err
	}
	return p.Marshal()
}

func (a *app) checkProof(name, key string) error {
	if _, err := a.zone(); err != nil {
		return err
	}
	file, err := readFile(name, checkpoint.MaxProof)
	if err != nil {
		return err
	}
	page := a.page()
	p, err := checkpoint.ParseProof([]byte(file))
	if err != nil {
		page.text("", name+" proves NOTHING: "+err.Error())
		return errNo
	}
	t, err := a.judge(p.Checkpoint.Key, key)
	if err != nil {
		return err
	}
	if t.refused {
		page.text("", name+" proves NOTHING to you: it is "+t.why)
		return errNo
	}
	e := p.Entry
	page.text("", name+" proves that this entry is in the journal:")
	text := e.Body.Text
	if e.Redacted {
		text = "(redacted: its text was deleted)"
	}
	page.table("", [][]string{
		{"journal", checkpoint.Origin(e.Journal)},
		{"entry", e.ID},
		{"number", fmtEntryOf(e.Seq, p.Checkpoint.Entries)},
		{"kind", string(e.Kind)},
		{"happened", e.Occurred.String()},
		{"recorded", dateAndTime(e.Recorded, a.at)},
		{"author", e.Author},
		{"text", text},
		{"data", string(e.Body.Data)},
		{"key", t.why},
	})
	return nil
}

// jsonTip is the end that the journal had.
type jsonTip struct {
	Origin  string `json:"origin"`
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
}

func tipJSON(j timeline.Identity, tip timeline.Tip) *jsonTip {
	if tip.Seq == 0 {
		return nil
	}
	return &jsonTip{checkpoint.Origin(j), tip.Seq, tip.Hash.String()}
}
