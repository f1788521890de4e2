package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store/storetest"
)

// When the disk is full a save says so and changes nothing; the base is sound,
// and goes on as soon as there is room.
func TestDiskFull(t *testing.T) {
	ctx := context.Background()
	b, err := Create(ctx, storetest.SQLite(t), Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	s := b.System()
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	if err := s.Save(ctx, "currency", uah); err != nil {
		t.Fatal(err)
	}
	var pages int64
	if err := b.write.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	// The engine refuses to grow the file as it does when the disk has no room.
	if err := b.write.QueryRowContext(ctx, `PRAGMA max_page_count = 1`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	saved := int64(0)
	note := strings.Repeat("довга примітка ", 2_000)
	for range 100 {
		c := &client.Client{Name: "ТОВ «Повний диск»", Form: client.Legal, Language: "uk", Note: note}
		if err = s.Save(ctx, "client", c); err != nil {
			if c.ID != 0 {
				t.Errorf("a client that was not saved has the id %d", c.ID)
			}
			break
		}
		saved++
	}
	var full *DiskFull
	if !errors.As(err, &full) {
		t.Fatalf("after %d saves: %v", saved, err)
	}
	if key, _ := full.Message(); key == "" {
		t.Error("it is not said in words")
	}
	sound := func(want int64) {
		t.Helper()
		if faults, err := b.Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("%v, %v", faults, err)
		}
		if got, err := s.Totals(ctx, Query{Kind: "client"}); err != nil || got.Count != want {
			t.Errorf("%d clients, want %d, %v", got.Count, want, err)
		}
	}
	sound(saved)
	if err := b.write.QueryRowContext(ctx, `PRAGMA max_page_count = 1000000`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, "client", &client.Client{Name: "ПП «Є місце»", Form: client.Legal, Language: "uk", Note: note}); err != nil {
		t.Fatal(err)
	}
	sound(saved + 1)
}
