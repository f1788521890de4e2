// Package expiry ends by their date the proposals whose time is over: when a
// base is opened in the window or changed from the command line, and at midnight
// while a window works with it. What a wrong clock has ended comes back as soon
// as the clock is right.
package expiry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// atOnce is how many proposals end in one transaction.
const atOnce = 200

// apart is how far the clocks of this computer and of the server may be apart:
// further, and one of them is wrong.
const apart = 12 * time.Hour

// Done is what Run did.
type Done struct {
	Ended    int
	Returned int // that had ended by a wrong clock
}

// Run ends what is over on the base's day of business, as the program itself,
// and gives back what has ended though it is not over. Several programs may run
// it at the same time: each proposal ends once. A base that is only read stays
// as it is, and so does one on a server whose clock says something else.
func Run(ctx context.Context, b *store.Base) (Done, error) {
	var d Done
	s := b.System()
	if !s.MayWrite("proposal") {
		return d, nil
	}
	off, err := b.ClockOff(ctx)
	if err != nil {
		return d, err
	}
	if off.Abs() > apart {
		slog.Warn("the clocks of this computer and of the server differ: no proposal ends by its date", "by", off)
		return d, nil
	}
	status := func(of ...filter.Value) filter.Cond { return filter.Cond{Path: "status", Op: filter.In, Values: of} }
	day := func(path string, op filter.Op) filter.Cond {
		return filter.Cond{Path: path, Op: op, Values: []filter.Value{filter.Date(s.Today())}}
	}
	for _, x := range []struct {
		action string
		where  filter.And
		count  *int
	}{
		{"expire", filter.And{status(filter.String(proposal.Approved), filter.String(proposal.Sent)), day("valid_until", filter.Lt)}, &d.Ended},
		{"revive", filter.And{status(filter.String(proposal.Expired)), day("valid_until", filter.Ge), day("date", filter.Le)}, &d.Returned},
	} {
		ids, err := s.IDs(ctx, store.Query{Kind: "proposal", Sort: []store.Order{{Path: "id"}}, Where: x.where})
		if err != nil {
			return d, fmt.Errorf("look for proposals that are over: %w", err)
		}
		if *x.count, err = each(ctx, s, ids, x.action); err != nil {
			return d, fmt.Errorf("%s proposals by their date: %w", x.action, err)
		}
	}
	return d, nil
}

// each does an action of many proposals, some at a time.
func each(ctx context.Context, s *store.Session, ids []int64, action string) (int, error) {
	done := 0
	for some := range slices.Chunk(ids, atOnce) {
		n, err := together(ctx, s, some, action)
		if err != nil && ctx.Err() == nil { // somebody works with one of them: the others do not wait
			n, err = 0, nil
			for _, id := range some {
				one, failed := together(ctx, s, []int64{id}, action)
				n += one
				err = errors.Join(err, passing(failed))
			}
		}
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// together does an action of proposals in one transaction; those with which it
// was done meanwhile are left.
func together(ctx context.Context, s *store.Session, ids []int64, action string) (int, error) {
	n := 0
	err := s.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		n = 0
		for _, id := range ids {
			_, err := b.Do(ctx, "proposal", id, action, nil)
			var refused model.Problems
			switch {
			case err == nil:
				n++
			case !errors.As(err, &refused):
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// passing lets go what another program has just done.
func passing(err error) error {
	var theirs *store.Conflict
	if errors.As(err, &theirs) {
		return nil
	}
	return err
}

// Watch runs at once and then whenever a new day has begun, until ctx ends. A
// computer that slept over midnight catches up within a minute.
func Watch(ctx context.Context, b *store.Base) {
	var done model.Day
	look := func() {
		today := b.System().Today()
		if today == done {
			return
		}
		d, err := Run(ctx, b)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			slog.Error("end proposals that are over", "error", err)
			return
		case d != Done{}:
			slog.Info("proposals ended by their date", "ended", d.Ended, "returned", d.Returned)
		}
		done = today
	}
	look()
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			look()
		}
	}
}
