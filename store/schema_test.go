package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

// monday is the day on which tests live.
var monday = model.Date(2026, time.November, 23)

func options() store.Options {
	return store.Options{
		Registry: records.New(),
		Now:      func() time.Time { return monday.Time().Add(10 * time.Hour) },
		Today:    func() model.Day { return monday },
	}
}

// create makes an empty base that is closed with the test.
func create(t testing.TB, dsn string) *store.Base {
	t.Helper()
	b, err := store.Create(context.Background(), dsn, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestCreate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		create(t, dsn)
	})
}

// TestMigratedTables reads every column of every kind from a base that the
// migrations made.
func TestMigratedTables(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s := create(t, dsn).System()
		for _, k := range records.New().Kinds() {
			_, err := s.Get(context.Background(), k.Name, 1)
			var missing *store.NotFound
			if !errors.As(err, &missing) {
				t.Errorf("%s: %v", k.Name, err)
			}
		}
	})
}
