// Package demotest gives tests a firm that has lived for a while.
package demotest

import (
	"context"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/store"
)

// Small makes the smallest demo base at an empty address, in Ukrainian; it is
// closed when the test ends. A day other than 0 is its today.
func Small(t testing.TB, address string, seed uint64, today model.Day) *store.Base {
	t.Helper()
	b := fill(t, address, seed, today)
	t.Cleanup(func() { end(t, b) })
	return b
}

// File is Small into a file, which nobody holds open.
func File(t testing.TB, path string, seed uint64, today model.Day) {
	t.Helper()
	end(t, fill(t, path, seed, today))
}

func fill(t testing.TB, address string, seed uint64, today model.Day) *store.Base {
	t.Helper()
	size, _ := demo.SizeOf("s")
	o := store.Options{Registry: records.New()}
	if today != 0 {
		o.Today = func() model.Day { return today }
	}
	b, err := demo.Make(context.Background(), address, size, seed, locale.Ukrainian, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func end(t testing.TB, b *store.Base) {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
