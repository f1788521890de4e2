package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jmoiron/sqlx"
	"github.com/mattn/go-sqlite3"
)

// Tx is a transaction of Write, or the one of a batch. Statements are written
// with ? on both engines.
type Tx struct {
	base    *Base
	tx      *sql.Tx
	rebinds map[string]string
}

// Read asks the base; statements are written with ? on both engines. For
// reports and registers, whose SQL is theirs.
func (b *Base) Read(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	rows, err := b.read.QueryxContext(ctx, b.rebind(query), args...)
	if err != nil {
		return nil, b.explain(err)
	}
	return rows, nil
}

// Write runs f in one transaction, which is committed when f gives no error.
// When another writer was in the way of PostgreSQL, f runs again from its
// beginning, so it must not keep what it did in a failed run.
func (b *Base) Write(ctx context.Context, f func(tx *Tx) error) error {
	if b.readOnly {
		return &ReadOnly{}
	}
	const attempts = 5
	for attempt := 1; ; attempt++ {
		err := b.writeOnce(ctx, f)
		if err == nil || !contended(err) || attempt == attempts {
			return b.explain(err)
		}
		pause := time.Duration(attempt*attempt) * time.Duration(5+rand.IntN(20)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (b *Base) writeOnce(ctx context.Context, f func(tx *Tx) error) (err error) {
	b.waits.Add(1)
	inner, err := b.write.DB.BeginTx(ctx, nil)
	b.waits.Add(-1)
	if err != nil {
		return err
	}
	tx := &Tx{base: b, tx: inner, rebinds: map[string]string{}}
	committed := false
	defer func() {
		if !committed { // also when f panicked
			if failed := inner.Rollback(); failed != nil && !errors.Is(failed, sql.ErrTxDone) {
				err = errors.Join(err, failed)
			}
		}
	}()
	if err := f(tx); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return err
	}
	committed = true
	return nil
}

// Query asks inside the transaction.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, t.rebound(query), args...)
}

// QueryRow asks inside the transaction for one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args []any, into ...any) error {
	return t.tx.QueryRowContext(ctx, t.rebound(query), args...).Scan(into...)
}

// Exec changes the base and says how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, t.rebound(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// rebound is a statement as the engine wants it. Both drivers keep what they
// prepared for the next time.
func (t *Tx) rebound(query string) string {
	if t.base.engine == SQLite {
		return query
	}
	q, ok := t.rebinds[query]
	if !ok {
		q = t.base.rebind(query)
		t.rebinds[query] = q
	}
	return q
}

// contended reports errors after which the same transaction may succeed.
func contended(err error) bool {
	var pg *pgconn.PgError
	return errors.Is(err, errOvertaken) || errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// explain gives an error of the engine the type that a person can be told.
func (b *Base) explain(err error) error {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		switch lite.Code {
		case sqlite3.ErrFull:
			return &DiskFull{Err: err}
		case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
			return &Damaged{err}
		case sqlite3.ErrReadonly:
			return &ReadOnly{err}
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return &Busy{err}
		}
	}
	if errors.Is(err, errOvertaken) {
		return &Busy{err}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "53100":
			return &DiskFull{b.host, err}
		case "25006":
			return &ReadOnly{err}
		case "55P03":
			return &Busy{err}
		}
	}
	if b.engine == PostgreSQL && err != nil && lost(err) {
		return &Unreachable{Host: b.host, Err: err}
	}
	return err
}
