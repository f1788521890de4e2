package store

import (
	"context"
	"slices"
	"testing"

	"ugoda/model/records"
	"ugoda/store/storetest"
)

// A base from before the indexes of parts gets them by the migration, with what
// is in it.
func TestMigrationBringsIndexOfParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		o := Options{Registry: records.New()}
		b, err := connectNew(ctx, dsn, o)
		if err != nil {
			t.Fatal(err)
		}
		p, err := b.provider()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.UpTo(ctx, 6); err != nil {
			t.Fatal(err)
		}
		if _, err := b.write.ExecContext(ctx, `INSERT INTO client (version, name, name_search) VALUES (1, 'ТОВ «Карпати-Буд»', 'тов карпати-буд')`); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if err := Migrate(ctx, dsn, o); err != nil {
			t.Fatal(err)
		}
		if b, err = Open(ctx, dsn, o); err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		ids, err := b.System().IDs(ctx, Query{Kind: "client", Search: "арпат"})
		if err != nil || !slices.Equal(ids, []int64{1}) {
			t.Errorf("%v, %v", ids, err)
		}
		var n int64
		count := `SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'find\_client%' ESCAPE '\' AND type IN ('trigger', 'table')`
		if b.engine == PostgreSQL {
			count = `SELECT COUNT(*) FROM pg_indexes WHERE indexname LIKE 'find\_client%'`
		}
		if err := b.read.QueryRowContext(ctx, count).Scan(&n); err != nil || n == 0 {
			t.Errorf("%d indexes, %v", n, err)
		}
	})
}
