package copies

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
)

func options(now *time.Time) store.Options {
	return store.Options{Registry: records.New(), Now: func() time.Time { return *now }}
}

// A copy is made once a day, is listed and whole, and comes back over a base
// that went wrong; what was there is kept and can come back as well.
func TestDayByDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		ctx := context.Background()
		now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local)
		o := options(&now)
		b, err := found.Base(ctx, address, found.Firm{Name: "ТОВ «Мрія»"}, o)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { b.Close() }()
		folder := filepath.Join(t.TempDir(), "копії")
		if s := Look(b, folder); s.Failed != nil || !s.Last.IsZero() {
			t.Errorf("before any copy: %+v", s)
		}
		if s := Today(ctx, b, ""); s.Failed != nil || !s.Last.IsZero() {
			t.Errorf("without a folder: %+v", s)
		}
		add := func(name string) {
			t.Helper()
			if err := b.System().Save(ctx, "client", &client.Client{Name: name, Form: client.Legal}); err != nil {
				t.Fatal(err)
			}
		}
		add("Перший")
		for range 2 {
			if s := Today(ctx, b, folder); s.Failed != nil || !s.Last.Equal(now) {
				t.Fatalf("the copy of the day: %+v", s)
			}
		}
		add("Другий")
		now = now.AddDate(0, 0, 1)
		if s := Today(ctx, b, folder); s.Failed != nil || !s.Last.Equal(now) {
			t.Fatalf("the copy of the next day: %+v", s)
		}
		list, err := List(address, folder)
		if err != nil || len(list) != 2 || list[0].Why != Daily || !list[0].At.After(list[1].At) {
			t.Fatalf("copies %+v, %v", list, err)
		}
		for i, want := range []int64{2, 1} {
			if h, err := Inspect(ctx, list[i].Path, o); err != nil || h.Clients != want {
				t.Errorf("copy %d holds %+v, %v", i, h, err)
			}
		}
		if store.EngineOf(address) == store.PostgreSQL {
			// The copy goes into an empty database.
			empty := storetest.PostgreSQL(t)
			if err := Replace(ctx, list[1].Path, empty, o); err != nil {
				t.Fatal(err)
			}
			if n := clients(t, empty, o); n != 1 {
				t.Errorf("%d clients came back", n)
			}
			if err := Replace(ctx, list[1].Path, empty, o); err == nil {
				t.Error("a database that is not empty was written over")
			}
			return
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if err := Replace(ctx, list[1].Path, address, o); err != nil {
			t.Fatal(err)
		}
		if n := clients(t, address, o); n != 1 {
			t.Errorf("%d clients came back", n)
		}
		now = now.Add(time.Hour)
		list, err = List(address, folder)
		if err != nil || len(list) != 3 {
			t.Fatalf("copies %+v, %v", list, err)
		}
		for _, c := range list {
			if c.Why == Replaced {
				if err := Replace(ctx, c.Path, address, o); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n := clients(t, address, o); n != 2 {
			t.Errorf("what was put aside came back with %d clients", n)
		}
		if b, err = store.Open(ctx, address, o); err != nil {
			t.Fatal(err)
		}
	})
}

func clients(t *testing.T, address string, o store.Options) int64 {
	t.Helper()
	b, err := store.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	n, err := b.System().Totals(t.Context(), store.Query{Kind: "client"})
	if err != nil {
		t.Fatal(err)
	}
	return n.Count
}

// A copy that cannot be made says so, and a damaged one is found.
func TestWhatGoesWrong(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.Local)
	o := options(&now)
	address := storetest.SQLite(t)
	b, err := found.Base(ctx, address, found.Firm{Name: "ТОВ «Мрія»"}, o)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	taken := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(taken, []byte("a file where the folder should be"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := Today(ctx, b, filepath.Join(taken, "copies")); s.Failed == nil {
		t.Error("a copy that was not made is not told")
	}
	folder := t.TempDir()
	if s := Today(ctx, b, folder); s.Failed != nil {
		t.Fatal(s.Failed)
	}
	list, err := List(address, folder)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	data, err := os.ReadFile(list[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	copy(data[len(data)/2:], make([]byte, 30_000))
	if err := os.WriteFile(list[0].Path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Inspect(ctx, list[0].Path, o); err == nil {
		t.Error("a damaged copy passes for a whole one")
	}
	if err := Replace(ctx, list[0].Path, storetest.SQLite(t), o); err == nil {
		t.Error("a damaged copy was put in place")
	}
	s := b.System()
	s.Role = model.RoleHead
	if err := MayReplace(s); !errors.As(err, new(model.Problems)) {
		t.Errorf("a head may replace the base: %v", err)
	}
}

func TestFolder(t *testing.T) {
	cases := []struct{ address, chosen, want string }{
		{"/home/olha/sales.ugoda", "", "/home/olha/copies"},
		{"/home/olha/sales.ugoda", "/media/disk", "/media/disk"},
		{"/home/olha/sales.ugoda", Off, ""},
		{"postgres://db/sales", "", ""},
		{"postgres://db/sales", "/media/disk", "/media/disk"},
	}
	for _, c := range cases {
		if got := Folder(c.address, c.chosen); filepath.ToSlash(got) != c.want {
			t.Errorf("copies of %s with %q chosen lie in %q, want %q", c.address, c.chosen, got, c.want)
		}
	}
}
