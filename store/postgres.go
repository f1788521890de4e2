package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
)

// ClockOff is how far the clock of this computer is before that of the server;
// nothing in a file, which has no clock of its own.
func (b *Base) ClockOff(ctx context.Context) (time.Duration, error) {
	if b.engine != PostgreSQL {
		return 0, nil
	}
	var micro int64
	if err := b.read.QueryRowContext(ctx, `SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)`).Scan(&micro); err != nil {
		return 0, fmt.Errorf("ask the server for the time: %w", b.explain(err))
	}
	return b.now().Sub(time.UnixMicro(micro)), nil
}

// openServer opens a PostgreSQL database.
func (b *Base) openServer(ctx context.Context) error {
	config, err := pgx.ParseConfig(b.address)
	if err != nil {
		return &NotABase{redacted(b.address)} // pgx would repeat the password
	}
	if b.readOnly {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "ugoda"
	}
	// Compiling a question costs the server a tenth of a second and more; ours
	// take a few milliseconds. Unless the address says otherwise.
	if config.RuntimeParams["jit"] == "" {
		config.RuntimeParams["jit"] = "off"
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = reachedWithin
	}
	b.host, b.database = config.Host, config.Database
	b.write = sqlx.NewDb(stdlib.OpenDB(*config), "pgx")
	b.write.SetMaxOpenConns(8)
	b.write.SetMaxIdleConns(4)
	b.write.SetConnMaxIdleTime(5 * time.Minute)
	b.read = b.write
	if err := b.write.PingContext(ctx); err != nil {
		b.Close()
		return fmt.Errorf("connect to %s: %w", redacted(b.address), explainConnect(err, config))
	}
	return nil
}
