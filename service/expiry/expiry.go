// Package expiry ends by their date the proposals whose time is over: when a
// base is opened, and at midnight while a program works with it.
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

// Run ends what is over on the base's day of business, as the program itself,
// and returns how many proposals that were. Several programs may run it at the
// same time: each proposal ends once. A base that is only read stays as it is.
func Run(ctx context.Context, b *store.Base) (int, error) {
	s := b.System()
	if !s.MayWrite("proposal") {
		return 0, nil
	}
	ids, err := s.IDs(ctx, store.Query{Kind: "proposal", Sort: []store.Order{{Path: "id"}}, Where: filter.And{
		filter.Cond{Path: "status", Op: filter.In, Values: []filter.Value{filter.String(proposal.Approved), filter.String(proposal.Sent)}},
		filter.Cond{Path: "valid_until", Op: filter.Lt, Values: []filter.Value{filter.Date(s.Today())}},
	}})
	if err != nil {
		return 0, fmt.Errorf("look for proposals that are over: %w", err)
	}
	ended := 0
	for some := range slices.Chunk(ids, atOnce) {
		n, err := end(ctx, s, some)
		if err != nil && ctx.Err() == nil { // somebody works with one of them: the others do not wait
			n, err = 0, nil
			for _, id := range some {
				one, failed := end(ctx, s, []int64{id})
				n += one
				err = errors.Join(err, passing(failed))
			}
		}
		ended += n
		if err != nil {
			return ended, fmt.Errorf("end proposals that are over: %w", err)
		}
	}
	return ended, nil
}

// end ends proposals in one transaction; those that ended meanwhile are left.
func end(ctx context.Context, s *store.Session, ids []int64) (int, error) {
	n := 0
	err := s.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		n = 0
		for _, id := range ids {
			_, err := b.Do(ctx, "proposal", id, "expire", nil)
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
		n, err := Run(ctx, b)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			slog.Error("end proposals that are over", "error", err)
			return
		case n > 0:
			slog.Info("proposals ended by their date", "count", n)
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
