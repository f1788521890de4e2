package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"ugoda/model"
)

// Engine is what keeps a base.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"     // one file
	PostgreSQL Engine = "postgresql" // a database that an office shares
)

// Options are what a base is opened with.
type Options struct {
	Registry *model.Registry
	Now      func() time.Time // UTC clock; nil: the system's
	Today    func() model.Day // day of business; nil: the day that Now shows in the system's time zone
	ReadOnly bool             // nothing is to be written: an old copy is being looked at
	Filling  bool             // much will be written at once: a file base keeps more pages in memory until it is closed
}

// Base is an open base. It is safe for concurrent use.
type Base struct {
	engine   Engine
	address  string
	host     string // of a PostgreSQL server
	database string // there
	registry *model.Registry
	now      func() time.Time
	today    func() model.Day
	readOnly bool
	filling  bool
	read     *sqlx.DB // for SQLite a pool that cannot write
	write    *sqlx.DB // for SQLite one connection
	plans    map[string]*plan
	loaders  map[*plan]*loader
	find     atomic.Pointer[map[string]bool] // indexes of parts of texts that a file has
	waits    atomic.Int64                    // how many want to write and wait for their turn

	mu    sync.Mutex
	rates *rates // exchange rates as last read; nil: read them
}

// EngineOf says what keeps the base at an address.
func EngineOf(address string) Engine {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return PostgreSQL
	}
	return SQLite
}

// Open opens a base: the path of a SQLite file, or postgres://…. It changes
// nothing there. An older base gives *NeedsMigration, a newer one *TooNew, a
// file on a network share *NetworkShare, anything else that is not a base of
// this program *NotABase.
func Open(ctx context.Context, address string, o Options) (*Base, error) {
	b, err := connect(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err := b.checkVersion(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Create makes a new base without any record, and opens it. Where there is
// something already it gives *BaseExists.
func Create(ctx context.Context, address string, o Options) (*Base, error) {
	if err := vacant(ctx, address); err != nil {
		return nil, err
	}
	b, err := connectNew(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err := b.migrate(ctx); err != nil {
		b.Close()
		return nil, fmt.Errorf("create the base: %w", err)
	}
	return b, nil
}

// moment is the present by the clock of the options.
func (o Options) moment() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}

func newBase(address string, o Options) *Base {
	b := &Base{engine: EngineOf(address), address: address, registry: o.Registry, now: o.Now, today: o.Today, readOnly: o.ReadOnly, filling: o.Filling}
	if b.now == nil {
		b.now = time.Now
	}
	if b.today == nil {
		b.today = func() model.Day { return model.DayOf(b.now().Local()) }
	}
	b.plans, b.loaders = planAll(o.Registry), map[*plan]*loader{}
	var prepare func(p *plan)
	prepare = func(p *plan) {
		b.loaders[p] = loaderOf(p, o.Registry)
		for _, x := range p.parts {
			prepare(x)
		}
	}
	for _, p := range b.plans {
		prepare(p)
	}
	return b
}

// connect opens an existing base without looking at its version.
func connect(ctx context.Context, address string, o Options) (*Base, error) {
	b := newBase(address, o)
	var err error
	if b.engine == SQLite {
		err = b.openFile(ctx, false)
	} else {
		err = b.openServer(ctx)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// connectNew opens a place where a base is about to be made.
func connectNew(ctx context.Context, address string, o Options) (*Base, error) {
	b := newBase(address, o)
	var err error
	if b.engine == SQLite {
		err = b.openFile(ctx, true)
	} else {
		err = b.openServer(ctx)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Close closes the base. On SQLite it refreshes the planner's statistics first.
func (b *Base) Close() error {
	var errs []error
	if b.write != nil && b.engine == SQLite && !b.readOnly {
		_, err := b.write.ExecContext(context.Background(), `PRAGMA optimize`)
		errs = append(errs, err)
	}
	if b.read != nil && b.read != b.write {
		errs = append(errs, b.read.Close())
	}
	if b.write != nil {
		errs = append(errs, b.write.Close())
	}
	return errors.Join(errs...)
}

// Engine is what keeps the base.
func (b *Base) Engine() Engine { return b.engine }

// Address is the path or the URL that the base was opened by; a URL without its password.
func (b *Base) Address() string { return redacted(b.address) }

// Registry describes the kinds of records in the base.
func (b *Base) Registry() *model.Registry { return b.registry }

// Setting reads a setting of the base; it is empty when it was never set.
func (b *Base) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := b.read.QueryRowContext(ctx, b.rebind(`SELECT value FROM setting WHERE name = ?`), key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read setting %s: %w", key, b.explain(err))
	}
	return value, nil
}

// Settings reads the settings of the base whose names begin with a prefix.
func (b *Base) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := each(ctx, pool{b}, `SELECT name, value FROM setting WHERE name >= ? AND name < ?`, []any{prefix, prefix + "\U0010ffff"}, func(raw []any) error {
		name, _ := raw[0].(string)
		value, _ := raw[1].(string)
		out[name] = value
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read settings %s: %w", prefix, b.explain(err))
	}
	return out, nil
}

// SetSetting keeps a setting of the base.
func (b *Base) SetSetting(ctx context.Context, key, value string) error {
	return b.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}

// rebind writes the ? of a statement as the engine wants its arguments.
func (b *Base) rebind(query string) string {
	if b.engine == PostgreSQL {
		return sqlx.Rebind(sqlx.DOLLAR, query)
	}
	return query
}
