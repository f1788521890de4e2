package storetest_test

import (
	"context"
	"testing"

	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

// A multiplied table has as many records as wanted, its indexes, and room for
// one more.
func TestMultiply(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		options := store.Options{Registry: records.New()}
		b, err := store.Create(ctx, dsn, options)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Львівська", "Київська", "Одеська"} {
			if err := b.System().Save(ctx, "region", &firm.Region{Name: name}); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Multiply(t, dsn, "region", 1000)
		if b, err = store.Open(ctx, dsn, options); err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if err := b.System().Save(ctx, "region", &firm.Region{Name: "Волинська"}); err != nil {
			t.Fatal(err)
		}
		n, err := b.System().Count(ctx, store.Query{Kind: "region"})
		if err != nil || n != 1001 {
			t.Errorf("%d regions, %v", n, err)
		}
		ids, err := b.System().IDs(ctx, store.Query{Kind: "region", Search: "волин"})
		if err != nil || len(ids) != 1 {
			t.Errorf("the new one is found as %v, %v", ids, err)
		}
	})
}
