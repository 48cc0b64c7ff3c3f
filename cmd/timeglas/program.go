package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"timeglas/incident/duty"
)

func (a *app) programCommands() []*cobra.Command {
	return []*cobra.Command{a.demoCommand(), a.versionCommand()}
}

type jsonVersion struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Rules    string `json:"rules"`
	Go       string `json:"go"`
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "version", Short: "the version of the program and of its rules", Args: words(0, 0),
		Example: "  timeglas version",
		RunE: a.running(func(*cobra.Command, []string) error {
			v := version()
			if asJSON {
				return a.printJSON(v)
			}
			a.page().line("timeglas %s, rules %s, %s", v.Version, v.Rules, v.Go)
			return nil
		}),
	}
	flagJSON(cmd, &asJSON)
	return exits(cmd, exitUsage)
}

// version is what the build says of itself.
func version() jsonVersion {
	v := jsonVersion{Version: "unknown", Rules: duty.RulesVersion, Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Version = info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}
