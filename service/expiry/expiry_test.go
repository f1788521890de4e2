package expiry_test

import (
	"context"
	"sync"
	"testing"

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
		if n, err := expiry.Run(ctx, other); err != nil || n != 0 {
			t.Fatalf("%d ended in a fresh base, %v", n, err)
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
		if n, err := expiry.Run(ctx, other); err != nil || n != 0 {
			t.Fatalf("%d ended on their last day, %v", n, err)
		}
		day = today + 100
		third, err := store.Open(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return day }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { third.Close() })
		ended := make([]int, 2)
		failed := make([]error, 2)
		var both sync.WaitGroup
		for i, x := range []*store.Base{other, third} {
			both.Go(func() { ended[i], failed[i] = expiry.Run(ctx, x) })
		}
		both.Wait()
		if failed[0] != nil || failed[1] != nil || ended[0]+ended[1] != len(before) {
			t.Fatalf("%d and %d of %d ended, %v, %v", ended[0], ended[1], len(before), failed[0], failed[1])
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
