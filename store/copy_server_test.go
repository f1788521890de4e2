package store_test

import (
	"context"
	"slices"
	"testing"

	"ugoda/store"
	"ugoda/store/storetest"
)

// A base that was copied to a server has all indexes and references of one that
// was made there.
func TestCopyKeepsIndexes(t *testing.T) {
	ctx := context.Background()
	shape := func(b *store.Base) []string {
		t.Helper()
		rows, err := b.Read(ctx, `SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = CAST('public' AS regnamespace)
			UNION ALL SELECT 'constraint ' || CAST(k.conrelid AS regclass) || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.convalidated
			FROM pg_constraint k WHERE k.connamespace = CAST('public' AS regnamespace)`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var out []string
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(out)
		return out
	}
	fresh := newFirm(t, storetest.PostgreSQL(t))
	file := storetest.SQLite(t)
	f := newFirm(t, file)
	f.deal("Котельня", f.client("ТОВ «Карпати-Буд»"), 100)
	to := storetest.PostgreSQL(t)
	if _, err := store.Copy(ctx, file, to, options()); err != nil {
		t.Fatal(err)
	}
	b, err := store.Open(ctx, to, options())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	want, got := shape(fresh.base), shape(b)
	if len(want) < 300 {
		t.Errorf("only %d indexes and constraints", len(want))
	}
	for _, s := range want {
		if !slices.Contains(got, s) {
			t.Errorf("lost: %s", s)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) {
			t.Errorf("of its own: %s", s)
		}
	}
	if faults, err := b.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
}
