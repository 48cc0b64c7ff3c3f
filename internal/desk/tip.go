package desk

import (
	"context"

	"timeglas/timeline"
)

// Tip is the end of the case's journal as it stands now: the cheap question whether
// anybody has written since a look at it.
func (d *Desk) Tip(ctx context.Context, ref string) (timeline.Tip, error) {
	f, err := d.open(ctx, ref)
	if err != nil {
		return timeline.Tip{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.refresh(ctx); err != nil {
		return timeline.Tip{}, err
	}
	return f.tip(), nil
}

// CanOpen reports why the case cannot be opened, without reading it.
func (d *Desk) CanOpen(ctx context.Context, ref string) error {
	_, err := d.open(ctx, ref)
	return err
}
