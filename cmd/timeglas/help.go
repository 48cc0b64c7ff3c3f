package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

const exitNote = "exits"

// exitTexts say what each status means.
var exitTexts = map[int]string{
	exitDone:   "0 done",
	exitFailed: "1 it failed, and nothing is half-written",
	exitUsage:  "2 wrong usage",
}

// exits writes the statuses of a command into its help. More can be added, with
// their meaning, for status 3.
func exits(cmd *cobra.Command, statuses ...int) *cobra.Command {
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

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

const usageTemplate = `Usage
{{if .Runnable}}  {{.UseLine}}
{{end}}{{range .Commands}}{{if and .Runnable (not $.HasParent | not)}}  {{.UseLine}}
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
