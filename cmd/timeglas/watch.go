package main

import (
	"context"
	"errors"
	"time"

	"timeglas/internal/desk"
	"timeglas/storage"
)

// watchEvery is how often an open workbench asks whether a backup is due. It is
// asked anew each time, rather than by one long timer, which a machine that sleeps
// would hold back.
const watchEvery = time.Minute

// watch makes the backups that become due while the workbench is open, beside what
// people do on screen. Calling what it returns ends that, and makes one of every case
// that has moved on since its newest; then it says what failed.
func (a *app) watch(ctx context.Context) (stop func() error, err error) {
	policy, err := a.policy()
	if err != nil {
		return nil, err
	}
	home, err := a.store()
	if err != nil {
		return nil, err
	}
	d, err := a.desk()
	if err != nil {
		return nil, err
	}
	w := watcher{d, home, policy, a.now}
	watching, end := context.WithCancel(ctx)
	ended := make(chan struct{})
	var panicked any
	go func() {
		defer close(ended)
		defer func() { panicked = recover() }() // here it would print what it holds
		ticks := time.NewTicker(watchEvery)
		defer ticks.Stop()
		for {
			select {
			case <-watching.Done():
				return
			case <-ticks.C:
				_ = w.backUp(watching, false) // the list shows the age; the end says the reason
			}
		}
	}()
	return func() error {
		end()
		<-ended
		if panicked != nil {
			panic(panicked) // where it becomes one line
		}
		return w.backUp(context.WithoutCancel(ctx), true)
	}, nil
}

// watcher is what backups need, and nothing that the screen uses.
type watcher struct {
	desk   *desk.Desk
	home   *storage.Home
	policy storage.Policy
	now    func() time.Time
}

// backUp backs up the cases that need it: those of which it is due, or all that have
// moved on. A case that cannot be backed up does not keep the others from it.
func (w watcher) backUp(ctx context.Context, all bool) error {
	policy := w.policy
	if policy.Every <= 0 {
		return nil
	}
	if all {
		policy.Every = 1 // whatever is older than a nanosecond is due
	}
	cases, err := w.home.Refs(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, c := range cases {
		tip, err := w.desk.Tip(ctx, c.Ref)
		if err == nil {
			_, err = w.home.BackupIfDue(ctx, c.Ref, tip, policy, w.now())
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
