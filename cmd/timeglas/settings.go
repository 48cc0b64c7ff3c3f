package main

import (
	"timeglas/incident/fact"
	"timeglas/internal/config"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

// organisation is what the settings say of the organisation, as facts.
func (a *app) organisation(settings config.File) ([]desk.Given, error) {
	texts := settings.Controller.Facts()
	for _, key := range fact.Keys() {
		text, ok := texts[key.Name]
		if !ok {
			continue
		}
		if _, err := fact.Parse(key.Name, text, a.at, a.now()); err != nil {
			return nil, fault.Wrap(fault.Usage, err, settings.At(key.Name), "%v", err)
		}
	}
	return desk.FactsFrom(texts, a.at, a.now())
}
