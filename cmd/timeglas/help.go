package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/internal/fault"
)

const exitNote = "exits"

// exitTexts say what each status means.
var exitTexts = map[int]string{
	exitDone:   "0 done",
	exitFailed: "1 it failed, and nothing is half-written",
	exitUsage:  "2 wrong usage",
}

// exits finishes the help of a command: its text is broken into lines, and the
// statuses that it can end with are written below.
func exits(cmd *cobra.Command, statuses ...int) *cobra.Command {
	cmd.Long = strings.Join(wrap(cmd.Long, pageWidth, pageWidth), "\n")
	cmd.DisableFlagsInUseLine = true
	var lines []string
	for _, s := range append([]int{exitDone, exitFailed}, statuses...) {
		lines = append(lines, "  "+exitTexts[s])
	}
	cmd.Annotations = map[string]string{exitNote: strings.Join(lines, "\n")}
	return cmd
}

// answersNo adds the meaning of status 3.
func answersNo(cmd *cobra.Command, meaning string) *cobra.Command {
	exits(cmd, exitUsage)
	cmd.Annotations[exitNote] += "\n  " + strconv.Itoa(exitNo) + " " + meaning
	return cmd
}

// words holds the arguments of a command to their number; what is wrong is said by
// showing how the command is written.
func words(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return fault.New(fault.Usage, cmd.Name(), "write: timeglas %s (a text is in quotes; one that begins with - follows --)", cmd.Use)
		}
		return nil
	}
}

// badFlag says what is wrong with an option.
func badFlag(cmd *cobra.Command, err error) error {
	return fault.Wrap(fault.Usage, err, cmd.Name(), "%s: timeglas %s --help shows the options (a text that begins with - follows --)",
		err, strings.TrimPrefix(cmd.CommandPath(), "timeglas "))
}

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

const usageTemplate = `Usage
{{if .Runnable}}  {{.UseLine}}
{{end}}{{if .HasParent}}{{range .Commands}}  {{.UseLine}}
{{end}}{{end}}{{if .HasExample}}
Example
{{.Example}}
{{end}}{{if not .HasParent}}{{$commands := .Commands}}{{range $group := .Groups}}
{{.Title}}{{range $commands}}{{if and (eq .GroupID $group.ID) .IsAvailableCommand}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}
{{end}}{{end}}{{if .HasAvailableLocalFlags}}
Options
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Everywhere
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}{{with index .Annotations "exits"}}
Exit status
{{.}}
{{end}}`
