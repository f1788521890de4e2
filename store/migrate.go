package store

import (
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// goose's own table of what was applied.
const versionTable = "goose_db_version"

// Migrate brings an older base up to the program: forward only, each step in a
// transaction. A file base is copied beside itself first, as sales.3.ugoda for
// sales.ugoda at migration 3; on PostgreSQL the backup is the office's own.
func Migrate(ctx context.Context, address string, o Options) error {
	b, err := connect(ctx, address, o)
	if err != nil {
		return err
	}
	defer b.Close()
	have, want, err := b.versions(ctx)
	if err != nil {
		return err
	}
	if have > want {
		return &TooNew{have, want}
	}
	if have == want {
		return nil
	}
	if b.engine == SQLite {
		ext := filepath.Ext(address)
		backup := fmt.Sprintf("%s.%d%s", strings.TrimSuffix(address, ext), have, ext)
		for n := 2; exists(backup); n++ {
			backup = fmt.Sprintf("%s.%d-%d%s", strings.TrimSuffix(address, ext), have, n, ext)
		}
		if _, err := b.write.ExecContext(ctx, `VACUUM INTO ?`, backup); err != nil {
			os.Remove(backup)
			return fmt.Errorf("copy the base before migrating: %w", b.explain(err))
		}
	}
	if err := b.migrate(ctx); err != nil {
		return fmt.Errorf("migrate the base: %w", err)
	}
	return nil
}

// migrate applies all migrations that were not applied.
func (b *Base) migrate(ctx context.Context) error {
	p, err := b.provider()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return b.explain(err)
	}
	return b.ensureFind(ctx, false)
}

func (b *Base) provider() (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if b.engine == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, b.write.DB, filled{migrationFiles, b.engine}, goose.WithTableName(versionTable))
}

// versions are the newest migration applied to the base, and the newest that
// the program has.
func (b *Base) versions(ctx context.Context) (have, want int64, err error) {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return 0, 0, err
	}
	for _, e := range entries {
		var n int64
		if _, err := fmt.Sscanf(e.Name(), "%d_", &n); err == nil {
			want = max(want, n)
		}
	}
	tables, err := b.tables(ctx)
	if err != nil {
		return 0, 0, err
	}
	if b.engine == PostgreSQL && len(tables) == 0 {
		return 0, 0, &EmptyBase{b.host + "/" + b.database}
	}
	if !tables[versionTable] || !tables["setting"] {
		return 0, 0, &NotABase{redacted(b.address)}
	}
	b.keepFind(tables)
	err = b.read.QueryRowContext(ctx, `SELECT MAX(version_id) FROM `+versionTable+` WHERE is_applied`).Scan(&have)
	if err != nil {
		return 0, 0, fmt.Errorf("read the base's version: %w", b.explain(err))
	}
	return have, want, nil
}

func (b *Base) checkVersion(ctx context.Context) error {
	have, want, err := b.versions(ctx)
	switch {
	case err != nil:
		return err
	case have > want:
		return &TooNew{have, want}
	case have < want:
		return &NeedsMigration{have, want}
	}
	return nil
}

// tables lists the tables that are there.
func (b *Base) tables(ctx context.Context) (map[string]bool, error) {
	query := `SELECT name FROM sqlite_schema WHERE type = 'table'`
	if b.engine == PostgreSQL {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var names []string
	if err := b.read.SelectContext(ctx, &names, query); err != nil {
		return nil, fmt.Errorf("list tables: %w", b.explain(err))
	}
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[n] = true
	}
	return out, nil
}

// vacant refuses an address where something is already.
func vacant(ctx context.Context, address string) error {
	if EngineOf(address) == SQLite {
		if info, err := os.Stat(address); err == nil && (info.IsDir() || info.Size() > 0) {
			return &BaseExists{address}
		}
		return nil
	}
	b := &Base{engine: PostgreSQL, address: address}
	if err := b.openServer(ctx); err != nil {
		return err
	}
	defer b.Close()
	tables, err := b.tables(ctx)
	if err != nil {
		return err
	}
	if len(tables) > 0 {
		return &BaseExists{redacted(address)}
	}
	return nil
}
