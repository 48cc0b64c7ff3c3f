package main

import (
	"strings"

	"github.com/spf13/cobra"

	"timeglas/incident"
	"timeglas/internal/clean"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

func (a *app) approveCommand() *cobra.Command {
	var act desk.Approve
	cmd := &cobra.Command{
		Use:   "approve R NOTICE",
		Short: "say that an issued notice may go out",
		Long: "Approves an issued notice as it stands. It takes another account than the one that issued " +
			"it. With four_eyes = true under [notice] in the settings, a notice is filed only after that.",
		Example: "  timeglas approve 2026-014 31 --why \"read against the facts\"",
		Args:    words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			act.Notice = args[1]
			_, err := a.act(cmd, args[0], act)
			return err
		}),
	}
	cmd.Flags().StringVar(&act.Why, "why", "", "what the approval rests on")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

// printIssued writes a notice as it was issued: the frozen text, whatever the case
// says now.
func (a *app) printIssued(s desk.Situation, f noticeFlags) error {
	line, err := s.Case.Timeline.Find(f.issued)
	if err != nil {
		return err
	}
	n, ok := s.Case.Notice(line.ID)
	switch {
	case !ok:
		return fault.New(fault.Refused, "notice --issued "+f.issued, "entry %d is not an issued notice", line.Seq)
	case f.issue:
		return fault.New(fault.Usage, "notice", "--issued prints what was issued, --issue issues: give one of them")
	}
	err = a.into(f.out, func() error {
		_, err := a.out.WriteString(clean.Block(n.Text))
		return err
	})
	if err == nil {
		a.tell("%s", strings.Join(issuedNotes(s, n), "; "))
	}
	return err
}

// issuedNotes say where an issued notice stands.
func issuedNotes(s desk.Situation, n incident.Notice) []string {
	notes := []string{"sha256 " + n.SHA256}
	if !n.Approved() {
		notes = append(notes, "WAITS FOR APPROVAL by another account than "+n.Mark.By)
	}
	if _, sent := filingOf(s.Case, n); !sent {
		notes = append(notes, "NOT SENT")
	}
	return notes
}

// printUnsent writes which issued notices nobody has sent: for those the clock runs on.
func (a *app) printUnsent(s desk.Situation) {
	if text := unsentText(s); text != "" {
		a.page().text("", text)
	}
}

// unsentText says which issued notices nobody has sent; empty when all were.
func unsentText(s desk.Situation) string {
	var texts []string
	for _, n := range s.Unfiled() {
		text := "entry " + seqText(n.Seq) + " to " + string(n.To) + ", " + string(n.Phase)
		if !n.Approved() {
			text += ", waits for approval"
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return ""
	}
	return "issued and NOT SENT: " + strings.Join(texts, "; ")
}
