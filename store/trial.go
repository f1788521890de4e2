package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
)

// How a trial gives way to others.
const (
	trialLook  = 5 * time.Millisecond   // how often it looks whether somebody waits for a file base
	trialAsk   = 100 * time.Millisecond // how often it asks a server that
	trialLimit = 3 * time.Second        // for how long other programs may wait for a file base
	trialTurns = 4                      // how often it begins anew before it goes to a copy
	trialTries = 20                     // and how often on a server, which cannot be copied
)

var (
	errTrial    = errors.New("a trial only")
	errGivesWay = errors.New("a trial gives way")
)

// Trial does everything that f does as InBatch would, and takes all of it back:
// what an import would do. Nobody waits for it: it ends as soon as somebody
// wants to write what it holds (of a file base all, of a server the records that
// it changed), and begins anew; of a file base at last on a copy that nobody
// else knows. So f may run several times, and must not keep what it did in a
// run that failed; it has to give up when its context ends. *Busy says that
// others wrote all the time.
func (s *Session) Trial(ctx context.Context, f func(ctx context.Context, b *Batcher) error) error {
	turns := trialTurns
	if s.base.engine == PostgreSQL {
		turns = trialTries
	}
	for turn := range turns {
		err := s.givingWay(ctx, f)
		var overtaken *Conflict // by a save between its reading and its writing
		if !errors.Is(err, errGivesWay) && !errors.As(err, &overtaken) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(turn+1) * 10 * trialLook):
		}
	}
	if s.base.engine == PostgreSQL {
		return &Busy{errGivesWay}
	}
	return s.onCopy(ctx, func(t *Session) error { return t.try(ctx, nil, f) })
}

// try runs f in a transaction that is taken back. began, if not nil, gets the
// transaction when it has begun.
func (s *Session) try(ctx context.Context, began func(w *work) error, f func(ctx context.Context, b *Batcher) error) error {
	err := s.write(ctx, func(w *work) error {
		w.trial = true
		if began != nil {
			if err := began(w); err != nil {
				return err
			}
		}
		if err := w.begin(""); err != nil {
			return err
		}
		if err := f(ctx, &Batcher{w}); err != nil {
			return err
		}
		return errTrial
	})
	if errors.Is(err, errTrial) {
		return nil
	}
	return err
}

// givingWay tries until somebody waits for what the trial holds.
func (s *Session) givingWay(outer context.Context, f func(ctx context.Context, b *Batcher) error) error {
	ctx, stop := context.WithCancelCause(outer)
	done := make(chan struct{})
	watching := false
	err := s.try(ctx, func(w *work) error {
		waiting, every, err := w.waiting()
		if err != nil || watching { // the transaction began anew
			return err
		}
		watching = true
		go func() {
			defer close(done)
			look := time.NewTicker(every)
			defer look.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-look.C:
					if waiting(ctx) {
						stop(errGivesWay)
						return
					}
				}
			}
		}()
		return nil
	}, f)
	gaveWay := errors.Is(context.Cause(ctx), errGivesWay)
	stop(nil)
	if watching {
		<-done
	}
	if err != nil && gaveWay && outer.Err() == nil {
		return errGivesWay
	}
	return err
}

// waiting tells how to see whether somebody waits for the transaction, and how
// often to look.
func (w *work) waiting() (look func(ctx context.Context) bool, every time.Duration, err error) {
	b := w.b
	if b.engine == SQLite {
		limit := time.After(trialLimit)
		return func(context.Context) bool {
			select {
			case <-limit:
				return true
			default:
				return b.waits.Load() > 0
			}
		}, trialLook, nil
	}
	var pid int64
	if _, err := w.one(`SELECT pg_backend_pid()`, nil, &pid); err != nil {
		return nil, 0, err
	}
	return func(ctx context.Context) bool {
		var waits bool
		err := b.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND CAST($1 AS INTEGER) = ANY (pg_blocking_pids(pid)))`, pid).Scan(&waits)
		return err == nil && waits
	}, trialAsk, nil
}

// onCopy runs f with the same person's session on a copy of a file base, which
// goes away afterwards.
func (s *Session) onCopy(ctx context.Context, f func(t *Session) error) error {
	dir, err := os.MkdirTemp("", "ugoda-trial-")
	if err != nil {
		return fmt.Errorf("make room for a trial: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "base.ugoda")
	if err := s.base.duplicate(ctx, path); err != nil {
		return fmt.Errorf("copy the base for a trial: %w", s.base.explain(err))
	}
	b, err := connect(ctx, path, Options{Registry: s.base.registry, Now: s.base.now, Today: s.base.today})
	if err != nil {
		return fmt.Errorf("open the copy for a trial: %w", err)
	}
	defer b.Close()
	if err := b.knowFind(ctx); err != nil {
		return err
	}
	t := *s
	t.base = b
	return f(&t)
}

// duplicatePages is how many pages of a base are copied between two looks at
// the context.
const duplicatePages = 8_192

// duplicate copies a file base page by page as it is at one moment, on a
// connection of its own: nobody who writes meanwhile waits.
func (b *Base) duplicate(ctx context.Context, path string) error {
	open := func(file, parameters string) (*sql.DB, error) {
		uri, err := fileURI(file, parameters)
		if err != nil {
			return nil, err
		}
		return sql.Open(driverSQLite, uri)
	}
	from, err := open(b.address, "mode=ro&_busy_timeout=10000")
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := open(path, "mode=rwc&_synchronous=off")
	if err != nil {
		return err
	}
	defer to.Close()
	source, err := from.Conn(ctx)
	if err != nil {
		return err
	}
	defer source.Close()
	var n int64 // the moment that the copy is of
	if _, err := source.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	if err := source.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&n); err != nil {
		return err
	}
	target, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer target.Close()
	err = target.Raw(func(t any) error {
		return source.Raw(func(s any) error {
			copying, err := t.(*sqlite3.SQLiteConn).Backup("main", s.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			for done := false; !done; {
				if done, err = copying.Step(duplicatePages); err != nil {
					break
				}
				if err = ctx.Err(); err != nil {
					break
				}
			}
			return errors.Join(err, copying.Finish())
		})
	})
	if err != nil {
		return err
	}
	_, err = source.ExecContext(ctx, "ROLLBACK")
	return err
}
