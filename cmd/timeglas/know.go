package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"timeglas/incident/fact"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
	"timeglas/internal/when"
)

func (a *app) knowledgeCommands() []*cobra.Command {
	return []*cobra.Command{a.factCommand(), a.awareCommand()}
}

func (a *app) factCommand() *cobra.Command {
	var act desk.RecordFacts
	var from string
	var keys, asJSON bool
	cmd := &cobra.Command{
		Use:   "fact R KEY=VALUE...",
		Short: "record facts",
		Long: "Records what is known, one entry for each fact, all in one step; or all facts of a file. " +
			"\"unknown\" says that somebody has looked and does not know yet. A list has commas.",
		Example: "  timeglas fact 2026-014 persons.count=1464 --estimate --why \"the scan\"\n" +
			"  timeglas fact 2026-014 --from facts.toml\n  timeglas fact --keys",
		Args: func(_ *cobra.Command, args []string) error {
			return factArgs(args, from, keys)
		},
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			if keys {
				return a.printKeys(asJSON)
			}
			given, err := a.given(args[1:], from)
			if err != nil {
				return err
			}
			act.Facts = given
			_, err = a.act(cmd, args[0], act)
			return err
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&from, "from", "", "a file of facts, FACTS.toml; - for standard input")
	flags.StringVar(&act.Why, "why", "", "where it is known from")
	flags.BoolVar(&act.Estimate, "estimate", false, "the values are estimates")
	flags.BoolVar(&keys, "keys", false, "list every key with its values")
	flags.BoolVar(&asJSON, "json", false, "with --keys: print JSON, for programs")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

func factArgs(args []string, from string, keys bool) error {
	switch {
	case keys && len(args) == 0:
		return nil
	case keys:
		return fault.New(fault.Usage, "fact", "--keys stands alone")
	case len(args) == 0:
		return fault.New(fault.Usage, "fact", "give the case and KEY=VALUE, or --from FACTS.toml; --keys lists the keys")
	case from == "" && len(args) == 1:
		return fault.New(fault.Usage, "fact", "give KEY=VALUE, or --from FACTS.toml; --keys lists the keys")
	case from != "" && len(args) > 1:
		return fault.New(fault.Usage, "fact", "give either KEY=VALUE or --from FACTS.toml, not both")
	}
	return nil
}

// given reads the facts from what was typed, or from the file.
func (a *app) given(pairs []string, from string) ([]desk.Given, error) {
	zone, err := a.zone()
	if err != nil {
		return nil, err
	}
	if from != "" {
		return a.factFile(from)
	}
	var given []desk.Given
	for _, pair := range pairs {
		key, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fault.New(fault.Usage, "fact "+pair, "write KEY=VALUE, as in persons.count=1464")
		}
		value, err := fact.Parse(key, text, zone, a.now())
		if err != nil {
			return nil, err
		}
		given = append(given, desk.Given{Key: key, Value: value})
	}
	return given, nil
}

// factFile reads a file of facts; - is standard input.
func (a *app) factFile(name string) ([]desk.Given, error) {
	zone, err := a.zone()
	if err != nil {
		return nil, err
	}
	in := a.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, unreadable(err, name)
		}
		defer f.Close()
		in = f
	}
	facts, err := fact.ReadTOML(in, name, zone, a.now())
	if err != nil {
		return nil, err
	}
	given := make([]desk.Given, len(facts))
	for i, g := range facts {
		given[i] = desk.Given{Key: g.Key, Value: g.Value}
	}
	return given, nil
}

type jsonKey struct {
	Key    string   `json:"key"`
	Type   string   `json:"type"`
	Values []string `json:"values"`
	Label  string   `json:"label"`
}

// printKeys prints the vocabulary.
func (a *app) printKeys(asJSON bool) error {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	var list []jsonKey
	for _, k := range fact.Keys() {
		values := []string{}
		for _, o := range k.Options {
			values = append(values, o.Value)
		}
		list = append(list, jsonKey{k.Name, string(k.Type), values, k.Label.In(settings.Language)})
	}
	if asJSON {
		return a.printJSON(list)
	}
	p, group := a.page(), ""
	for i, k := range fact.Keys() {
		if k.Group() != group {
			group = k.Group()
			if i > 0 {
				p.gap()
			}
			p.line("%s", fact.GroupLabel(group).In(settings.Language))
		}
		takes := list[i].Type
		if len(list[i].Values) > 0 {
			takes += ": " + strings.Join(list[i].Values, ", ")
		}
		p.text("  "+pad(k.Name, 28)+"  ", list[i].Label)
		p.text("    ", takes)
	}
	return nil
}

func (a *app) awareCommand() *cobra.Command {
	var by, why string
	var suspected, noLater bool
	cmd := &cobra.Command{
		Use:   "aware R TIME --by WHO --why TEXT",
		Short: "record when the organisation was aware",
		Long: "Records, or corrects, the moment of awareness: the 72 hours run from it. Of a range the " +
			"earliest bound counts, of \"no later than\" the moment named. The old value stays in the " +
			"timeline. With --suspected the moment of suspicion, which starts no clock.",
		Example: "  timeglas aware 2026-014 \"2026-11-19 07:32\" --by anna --why \"saw the pages\"\n" +
			"  timeglas aware 2020-rc 2020-08-25 --no-later-than \\\n" +
			"    --by \"the agency\" --why \"the authority opened its case\"",
		Args: words(2, 2),
		RunE: a.running(func(cmd *cobra.Command, args []string) error {
			m, err := a.pastOrBound("aware", args[1], noLater)
			if err != nil {
				return err
			}
			done, err := a.act(cmd, args[0], desk.RecordAwareness{Moment: m, Who: by, Why: why, Suspected: suspected})
			if err == nil {
				a.tell("%s", clockLine(done.Situation.Clock, a.at))
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&by, "by", "", "who was aware")
	cmd.Flags().StringVar(&why, "why", "", "why that is the moment; it is kept")
	cmd.Flags().BoolVar(&suspected, "suspected", false, "the moment of suspicion instead")
	cmd.Flags().BoolVar(&noLater, "no-later-than", false, "it was then or earlier")
	cmd.MarkFlagsMutuallyExclusive("suspected", "no-later-than")
	flagKeepCPR(cmd)
	return exits(cmd, exitUsage)
}

// pastOrBound is the moment that a person gives for an awareness. With noLater the
// time typed is the bound.
func (a *app) pastOrBound(name, text string, noLater bool) (when.Moment, error) {
	m, err := a.moment(name, text)
	switch {
	case err != nil || !noLater:
		return m, err
	case m.Precision == when.NoLaterThan:
		return m, nil
	case m.Precision == when.Exact || m.Precision == when.Day:
		return when.Before(m.From), nil
	}
	return m, fault.New(fault.Usage, name, "--no-later-than takes one time or one day")
}
