package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ugoda/mail"
)

// ErrStale says that somebody wrote the letter since it was read.
var ErrStale error = mail.Fail("mail.outbox.stale")

// ErrNotFound says that there is no such letter.
var ErrNotFound error = mail.Fail("mail.outbox.missing")

// Box keeps letters with their bytes. Several programs may work on one box.
type Box interface {
	// Add keeps a new letter and its bytes, and sets its ID and Version.
	Add(ctx context.Context, l *Letter, data []byte) error
	// Get reads a letter; ErrNotFound.
	Get(ctx context.Context, id int64) (Letter, error)
	// Data reads the exact bytes of a letter; ErrNotFound.
	Data(ctx context.Context, id int64) ([]byte, error)
	// Update writes a letter if its version is still the one it was read with,
	// and raises the version; ErrStale otherwise, with nothing written.
	Update(ctx context.Context, l *Letter) error
	// Ready returns the ids of a user's letters that are due, or whose attempt
	// fell silent, the longest due first. User 0 means everybody's.
	Ready(ctx context.Context, user int64, now time.Time, limit int) ([]int64, error)
	// Held returns the ids of the letters that wait for an account.
	Held(ctx context.Context, account int64) ([]int64, error)
}

// Change reads a letter, lets a rule change it, and writes it, as often as it
// takes to be the only one. It is how a person's decisions are written:
//
//	outbox.Change(ctx, box, id, func(l *Letter) error { return l.Cancel(now) })
func Change(ctx context.Context, b Box, id int64, rule func(*Letter) error) (Letter, error) {
	for attempt := 0; ; attempt++ {
		l, err := b.Get(ctx, id)
		if err != nil {
			return Letter{}, fmt.Errorf("read letter %d: %w", id, err)
		}
		if err := rule(&l); err != nil {
			return l, err
		}
		err = b.Update(ctx, &l)
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, ErrStale) || attempt == 10 {
			return Letter{}, fmt.Errorf("write letter %d: %w", id, err)
		}
	}
}

// ReleaseHeld sends on their way all letters that waited for an account, after
// it was put right, and returns how many.
func ReleaseHeld(ctx context.Context, b Box, account int64, now time.Time) (int, error) {
	ids, err := b.Held(ctx, account)
	if err != nil {
		return 0, fmt.Errorf("find the letters of account %d: %w", account, err)
	}
	n := 0
	for _, id := range ids {
		switch _, err := Change(ctx, b, id, func(l *Letter) error { return l.Release(now) }); {
		case err == nil:
			n++
		case ctx.Err() != nil:
			return n, err
		}
		// Any other error: somebody did something else with it meanwhile.
	}
	return n, nil
}
