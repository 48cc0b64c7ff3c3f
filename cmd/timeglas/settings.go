package main

import (
	"os"

	"timeglas/incident/fact"
	"timeglas/incident/notice"
	"timeglas/internal/config"
	"timeglas/internal/desk"
	"timeglas/internal/fault"
)

// wording is the organisation's own wording of notices, nil when it has none.
func (a *app) wording() (*notice.Wording, error) {
	settings, err := a.settings()
	if err != nil || settings.Notice.Wording == "" {
		return nil, err
	}
	dir := settings.Beside(settings.Notice.Wording)
	return notice.ReadWording(os.DirFS(dir), dir)
}

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
