package store_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/store"
)

// Settings of a report are seen by their owner, and by all when they are
// shared; only their owner or a head changes them.
func TestReportSettings(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		addUser(f, "olena", "head", "")
		addUser(f, "petro", "manager", "")
		addUser(f, "ivan", "manager", "")
		session := func(name string) *store.Session {
			t.Helper()
			s, err := f.base.Session(f.ctx, name, "")
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		head, petro, ivan := session("olena"), session("petro"), session("ivan")
		mine := store.ReportSettings{Report: "funnel", Name: "Мої", Settings: map[string]string{"mode": "flow", "where": `manager = me`}}
		ours := store.ReportSettings{Report: "funnel", Name: "Наші", Settings: map[string]string{"rows": `[{"name":"Усі","stages":[1,2]}]`}, Shared: true}
		for _, x := range []*store.ReportSettings{&mine, &ours} {
			if err := petro.SaveReportSettings(f.ctx, x); err != nil || x.ID == 0 {
				t.Fatal(err)
			}
		}
		list := func(s *store.Session, want ...string) {
			t.Helper()
			got, err := s.ReportSettings(f.ctx, "funnel")
			if err != nil || len(got) != len(want) {
				t.Fatalf("%v, %v; want %v", got, err, want)
			}
			for i, x := range got {
				if x.Name != want[i] {
					t.Errorf("%s, want %s", x.Name, want[i])
				}
			}
		}
		list(petro, "Мої", "Наші")
		list(ivan, "Наші")
		list(head, "Наші")
		if other, err := petro.ReportSettings(f.ctx, "losses"); err != nil || len(other) != 0 {
			t.Error(other, err)
		}
		got, err := ivan.ReportSettingsNamed(f.ctx, "funnel", "наші")
		if err != nil || !maps.Equal(got.Settings, ours.Settings) || got.Owner.ID != petro.User.ID {
			t.Fatalf("%+v, %v", got, err)
		}
		if _, err := ivan.ReportSettingsNamed(f.ctx, "funnel", "Мої"); err == nil {
			t.Error("somebody else's private settings were found")
		}
		got.Name = "Переінакшені"
		if err := ivan.SaveReportSettings(f.ctx, &got); err == nil {
			t.Error("somebody else's settings were changed")
		}
		if err := head.SaveReportSettings(f.ctx, &got); err != nil {
			t.Error(err)
		}
		if err := head.DeleteReportSettings(f.ctx, mine.ID); err == nil {
			t.Error("a head deleted what is private")
		}
		if err := petro.DeleteReportSettings(f.ctx, mine.ID); err != nil {
			t.Error(err)
		}
		list(petro, "Переінакшені")
		if err := petro.SaveReportSettings(f.ctx, &store.ReportSettings{Report: "funnel", Name: " "}); err == nil {
			t.Error("settings without a name were kept")
		}
	})
}

// Sums that are asked together do not wait for each other: none holds a
// connection while it asks for the rates.
func TestTotalsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		f.deal("Дах", f.client("Карпати"), 100)
		ctx, cancel := context.WithTimeout(f.ctx, 20*time.Second)
		defer cancel()
		for range 10 {
			f.save("rate", &firm.ExchangeRate{Currency: ref(f.eur(t)), On: monday - model.Day(rand.IntN(1000)+20), Rate: 44_000_000}) // the rates are read anew
			var wg sync.WaitGroup
			for range 24 {
				wg.Go(func() {
					if total, err := f.s.Totals(ctx, store.Query{Kind: "deal"}); err != nil || total.Count != 1 {
						t.Error(total, err)
					}
					if _, err := f.s.Groups(ctx, store.Query{Kind: "deal"}, "manager"); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if t.Failed() {
				return
			}
		}
	})
}

func (f *firmOf) eur(t *testing.T) model.Keeper {
	t.Helper()
	id, err := f.s.Find(f.ctx, "currency", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return f.get("currency", id)
}
