package main

import (
	"context"

	"timeglas/internal/fault"
)

func (a *app) openWorkbench(context.Context, string) error {
	return fault.New(fault.Failed, "workbench", "being built")
}
