package expiry_test

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/demo/demotest"
	"ugoda/service/expiry"
	"ugoda/store"
	"ugoda/store/storetest"
)

var today = model.Date(2026, 11, 23)

// Two programs that share a base end each proposal once, as the program itself,
// on the day after its last; one that is still valid stays.
func TestEndsByDate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		day := today
		demotest.Small(t, dsn, 5, today)
		other, err := store.Open(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return day }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { other.Close() })
		standing := func() map[int64]model.Day {
			t.Helper()
			where, err := filter.Parse(records.New(), "proposal", `status in ("approved", "sent")`)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := other.System().Page(ctx, store.Query{Kind: "proposal", Columns: []string{"valid_until"}, Where: where})
			if err != nil {
				t.Fatal(err)
			}
			out := map[int64]model.Day{}
			for _, r := range rows {
				out[r.ID], _ = r.Cells[0].(model.Day)
			}
			return out
		}
		if d, err := expiry.Run(ctx, other); err != nil || d != (expiry.Done{}) {
			t.Fatalf("%+v in a fresh base, %v", d, err)
		}
		before := standing()
		var first model.Day
		for _, d := range before {
			if first == 0 || d < first {
				first = d
			}
		}
		if first == 0 {
			t.Fatal("nothing is in force")
		}
		day = first
		if d, err := expiry.Run(ctx, other); err != nil || d.Ended != 0 {
			t.Fatalf("%+v on their last day, %v", d, err)
		}
		day = today + 100
		third, err := store.Open(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return day }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { third.Close() })
		ended := make([]expiry.Done, 2)
		failed := make([]error, 2)
		var both sync.WaitGroup
		for i, x := range []*store.Base{other, third} {
			both.Go(func() { ended[i], failed[i] = expiry.Run(ctx, x) })
		}
		both.Wait()
		if failed[0] != nil || failed[1] != nil || ended[0].Ended+ended[1].Ended != len(before) {
			t.Fatalf("%+v and %+v of %d ended, %v, %v", ended[0], ended[1], len(before), failed[0], failed[1])
		}
		for id := range before {
			rec, err := other.System().Get(ctx, "proposal", id)
			if err != nil {
				t.Fatal(err)
			}
			if p := rec.(*proposal.Proposal); p.Status != proposal.Expired {
				t.Errorf("proposal %s is %s", p.Number, p.Status)
			}
			history, err := other.System().History(ctx, "proposal", id)
			if err != nil {
				t.Fatal(err)
			}
			times := 0
			for _, h := range history {
				if h.Action == "expire" {
					times++
					if h.User.ID != 0 {
						t.Errorf("%s is said to have ended it", h.User.Name)
					}
				}
			}
			if times == 0 {
				t.Errorf("the history of %d does not say that it ended", id)
			}
		}
	})
}

// A clock that ran ahead ends nothing for good: what is still valid is in force
// again as soon as the clock is right, as it was. A clock that stayed behind
// brings nothing to life. A server that knows better is believed.
func TestAWrongClock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		day := today
		demotest.Small(t, dsn, 5, today)
		b, err := store.Open(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return day }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { b.Close() })
		statuses := func() map[int64]string {
			t.Helper()
			rows, err := b.System().Page(ctx, store.Query{Kind: "proposal", Columns: []string{"status"}})
			if err != nil {
				t.Fatal(err)
			}
			out := map[int64]string{}
			for _, r := range rows {
				out[r.ID], _ = r.Cells[0].(string)
			}
			return out
		}
		before := statuses()
		day = today + 3650
		d, err := expiry.Run(ctx, b)
		if err != nil || d.Ended == 0 {
			t.Fatalf("%+v, %v", d, err)
		}
		day = today
		if again, err := expiry.Run(ctx, b); err != nil || again.Returned != d.Ended || again.Ended != 0 {
			t.Fatalf("%d had ended; %+v, %v", d.Ended, again, err)
		}
		if now := statuses(); !maps.Equal(before, now) {
			t.Error("the proposals are not as they were")
		}
		day = model.Date(2000, 1, 1)
		if d, err := expiry.Run(ctx, b); err != nil || d != (expiry.Done{}) {
			t.Errorf("in the year 2000: %+v, %v", d, err)
		}
		if b.Engine() != store.PostgreSQL {
			return
		}
		ahead, err := store.Open(ctx, dsn, store.Options{Registry: records.New(), Now: func() time.Time { return time.Now().Add(400 * 24 * time.Hour) }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ahead.Close() })
		if d, err := expiry.Run(ctx, ahead); err != nil || d != (expiry.Done{}) {
			t.Errorf("against the server's clock: %+v, %v", d, err)
		}
	})
}
