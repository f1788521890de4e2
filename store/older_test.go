package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ugoda/model/records"
)

// older makes a base as the program before this one would have left it.
func older(t *testing.T, path string) {
	t.Helper()
	b, err := connectNew(t.Context(), path, Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	p, err := b.provider()
	if err != nil {
		t.Fatal(err)
	}
	all := p.ListSources()
	if _, err := p.UpTo(t.Context(), all[len(all)-2].Version); err != nil {
		t.Fatal(err)
	}
}

// A copy made by an older program is looked at without being touched.
func TestOpenOlderCopy(t *testing.T) {
	path, scratch := filepath.Join(t.TempDir(), "sales-20260101-101112.ugoda"), t.TempDir()
	older(t, path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var old *NeedsMigration
	if _, err := Open(t.Context(), path, Options{Registry: records.New()}); !errors.As(err, &old) {
		t.Fatalf("the base is not older: %v", err)
	}
	b, err := OpenCopy(t.Context(), path, scratch, Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.System().Totals(t.Context(), Query{Kind: "deal"}); err != nil {
		t.Error(err)
	}
	var refused *ReadOnly
	if err := b.SetSetting(t.Context(), "x", "y"); !errors.As(err, &refused) {
		t.Errorf("written into a copy: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(before) {
		t.Errorf("looking at the copy changed it: %v", err)
	}
}
