package store

import (
	"context"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"

	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store/storetest"
)

// When the disk is full a save says so and changes nothing; the base is sound,
// and goes on as soon as there is room.
func TestDiskFull(t *testing.T) {
	b := emptyBase(t, storetest.SQLite(t))
	limit := func(most int) {
		t.Helper()
		var pages int
		if err := b.write.QueryRowContext(context.Background(), `PRAGMA max_page_count = `+strconv.Itoa(most)).Scan(&pages); err != nil {
			t.Fatal(err)
		}
	}
	// The engine refuses to grow the file as it does when the disk has no room.
	limit(1)
	full := fillUp(t, b, func() { limit(1_000_000) })
	if key, _ := full.Message(); key == "" {
		t.Error("it is not said in words")
	}
}

// emptyBase makes a base with no more than a save needs.
func emptyBase(t *testing.T, address string) *Base {
	t.Helper()
	ctx := context.Background()
	b, err := Create(ctx, address, Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	if err := b.System().Save(ctx, "currency", uah); err != nil {
		t.Fatal(err)
	}
	return b
}

// fillUp saves clients until the disk is full, which costs none of what stands
// and none of what was typed; then room is made, and a client is saved again.
// It gives what the refused save said.
func fillUp(t *testing.T, b *Base, room func()) *DiskFull {
	t.Helper()
	ctx, s := context.Background(), b.System()
	r := rand.New(rand.NewPCG(1, 2))
	big := func(name string) *client.Client {
		noise := make([]byte, 30_000) // that cannot be pressed
		for i := range noise {
			noise[i] = byte(r.Uint32())
		}
		return &client.Client{Name: name, Form: client.Legal, Language: "uk", Note: base64.StdEncoding.EncodeToString(noise)}
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
	saved, err := int64(0), error(nil)
	for err == nil && saved < 1_000 {
		c := big("ТОВ «Повний диск»")
		if err = s.Save(ctx, "client", c); err == nil {
			saved++
			continue
		}
		if c.ID != 0 {
			t.Errorf("a client that was not saved has the id %d", c.ID)
		}
		if c.Name == "" || c.Note == "" {
			t.Error("what was typed is gone")
		}
	}
	var full *DiskFull
	if !errors.As(err, &full) {
		t.Fatalf("after %d saves: %v", saved, err)
	}
	sound(saved)
	room()
	if err := s.Save(ctx, "client", big("ПП «Є місце»")); err != nil {
		t.Fatal(err)
	}
	sound(saved + 1)
	return full
}
