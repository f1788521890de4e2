package store_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"ugoda/model/client"
	"ugoda/store"
	"ugoda/store/storetest"
)

// A connection to the server that is lost in the middle of a transaction leaves
// nothing half written; it is said in words, and the next save connects anew.
func TestLostConnection(t *testing.T) {
	ctx := context.Background()
	dsn := storetest.PostgreSQL(t)
	f := newFirm(t, dsn)
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	one := func(name string) *client.Client {
		return &client.Client{Name: name, Form: client.Legal, Language: "uk"}
	}
	err = f.s.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		if err := b.Save(ctx, "client", one("ТОВ «Половина»")); err != nil {
			return err
		}
		if _, err := b.Find(ctx, "client", "ТОВ «Половина»"); err != nil { // it is written by now
			return err
		}
		if _, err := raw.ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`); err != nil {
			return err
		}
		if err := b.Save(ctx, "client", one("ТОВ «Друга половина»")); err != nil {
			return err
		}
		_, err := b.Find(ctx, "client", "ТОВ «Друга половина»")
		return err
	})
	var gone *store.Unreachable
	if !errors.As(err, &gone) {
		t.Fatalf("%T: %v", err, err)
	}
	if err := f.s.Save(ctx, "client", one("ПП «Знову є зв’язок»")); err != nil {
		t.Fatalf("the next save: %v", err)
	}
	totals, err := f.s.Totals(ctx, store.Query{Kind: "client"})
	if err != nil || totals.Count != 1 {
		t.Errorf("%d clients, %v", totals.Count, err)
	}
	if faults, err := f.base.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
}
