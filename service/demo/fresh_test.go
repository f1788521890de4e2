package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/store"
)

// The example of today is kept with what was done in it; that of yesterday
// goes, and one whose making was stopped leaves nothing.
func TestFresh(t *testing.T) {
	dir, ctx := filepath.Join(t.TempDir(), "ugoda"), context.Background()
	day := model.Date(2026, 11, 23)
	o := store.Options{Registry: records.New(), Today: func() model.Day { return day }}
	size, _ := SizeOf("s")
	fresh := func() string {
		t.Helper()
		path, err := Fresh(ctx, dir, size, 1, locale.Ukrainian, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := fresh()
	b, err := store.Open(ctx, first, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetSetting(ctx, "mark", "here"); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if again := fresh(); again != first {
		t.Errorf("made anew the same day: %s, %s", first, again)
	}
	if b, err = store.Open(ctx, first, o); err != nil {
		t.Fatal(err)
	}
	if mark, err := b.Setting(ctx, "mark"); err != nil || mark != "here" {
		t.Errorf("what was done today is lost: %q, %v", mark, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	day++
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Fresh(stopped, dir, size, 1, locale.Ukrainian, o, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	long := time.Now().Add(-48 * time.Hour)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Chtimes(first+suffix, long, long); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	second := fresh()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if e.Name() != filepath.Base(second) {
			t.Errorf("%s is left beside %s", e.Name(), filepath.Base(second))
		}
	}
}
