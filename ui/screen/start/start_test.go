package start_test

import (
	"context"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/reports"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
	"ugoda/ui/screen/start"
)

func demoBase(t *testing.T, dsn string) *store.Session {
	t.Helper()
	return demotest.Small(t, dsn, 7, 0).System()
}

// recount counts the figures of deals from the records, one by one.
func recount(t *testing.T, s *store.Session) map[string]map[int64]int64 {
	t.Helper()
	ctx := context.Background()
	next := map[int64]model.Day{}
	acts, err := s.IDs(ctx, store.Query{Kind: "activity"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range acts {
		rec, err := s.Get(ctx, "activity", id)
		if err != nil {
			t.Fatal(err)
		}
		a := rec.(*deal.Activity)
		if !a.Done && a.Deal.ID != 0 && (next[a.Deal.ID] == 0 || a.Due < next[a.Deal.ID]) {
			next[a.Deal.ID] = a.Due
		}
	}
	out := map[string]map[int64]int64{}
	add := func(name string, who int64) {
		if out[name] == nil {
			out[name] = map[int64]int64{}
		}
		out[name][who]++
	}
	ids, err := s.IDs(ctx, store.Query{Kind: "deal"})
	if err != nil {
		t.Fatal(err)
	}
	today := s.Today()
	for _, id := range ids {
		rec, err := s.Get(ctx, "deal", id)
		if err != nil {
			t.Fatal(err)
		}
		d := rec.(*deal.Deal)
		stage, err := s.Get(ctx, "stage", d.Stage.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d.State == deal.Won && d.Closed >= today.FirstOfMonth(0) {
			add("won", d.Manager.ID)
		}
		if d.State != deal.Open {
			continue
		}
		add("open", d.Manager.ID)
		switch {
		case next[id] == 0:
			add("no_step", d.Manager.ID)
		case next[id] < today:
			add("overdue", d.Manager.ID)
		}
		if deal.Attention(d.State, d.StageSince, next[id], today, stage.(*deal.Stage).ExpectedDays) == deal.AttentionStuck {
			add("stuck", d.Manager.ID)
		}
	}
	return out
}

func TestTeamEqualsTheRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s := demoBase(t, dsn)
		want := recount(t, s)
		rows, err := reports.Team(context.Background(), s, reports.ScopeFirm)
		if err != nil {
			t.Fatal(err)
		}
		if len(want["open"]) == 0 {
			t.Fatal("the demo base has no open deals")
		}
		got := map[string]map[int64]int64{}
		for _, r := range rows {
			for _, f := range r.Figures {
				if f.Count > 0 && f.Kind == "deal" {
					if got[f.Name] == nil {
						got[f.Name] = map[int64]int64{}
					}
					got[f.Name][r.Manager.ID] = f.Count
				}
				checkFigure(t, s, f)
			}
		}
		for name, by := range want {
			for who, n := range by {
				if got[name][who] != n {
					t.Errorf("%s of manager %d: %d, the records say %d", name, who, got[name][who], n)
				}
			}
			if len(got[name]) != len(by) {
				t.Errorf("%s: %d managers, the records say %d", name, len(got[name]), len(by))
			}
		}
		changes, err := reports.Changes(context.Background(), s, reports.ScopeFirm, s.Today()-30)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range changes {
			checkFigure(t, s, f)
		}
	})
}

// checkFigure holds that the list behind a figure has as many records.
func checkFigure(t *testing.T, s *store.Session, f reports.Figure) {
	t.Helper()
	n, err := filter.Parse(s.Registry(), f.Kind, f.Where)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	ids, err := s.IDs(context.Background(), store.Query{Kind: f.Kind, Where: n})
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(ids)) != f.Count {
		t.Errorf("%s says %d, its list has %d", f.Name, f.Count, len(ids))
	}
}

func TestScreenOpens(t *testing.T) {
	s := demoBase(t, storetest.SQLite(t))
	for _, scope := range []string{"me", "department", "firm"} {
		h := screentest.New(t, s)
		x, err := start.New(h, screen.Address{Screen: "start", Args: map[string]string{"scope": scope}})
		if err != nil {
			t.Fatal(err)
		}
		h.Show(x)
		x.(screen.Refresher).Changed(nil)
		x.Close()
	}
}

func TestTimelineOfADeal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s := demoBase(t, dsn)
		ctx := context.Background()
		where, err := filter.Parse(s.Registry(), "deal", `state = "won"`)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := s.IDs(ctx, store.Query{Kind: "deal", Where: where, Limit: 5})
		if err != nil || len(ids) == 0 {
			t.Fatal("no won deals", err)
		}
		for _, id := range ids {
			rec, err := s.Get(ctx, "deal", id)
			if err != nil {
				t.Fatal(err)
			}
			d := rec.(*deal.Deal)
			stays, err := reports.StageStays(ctx, s, id)
			if err != nil {
				t.Fatal(err)
			}
			var open int64
			now := ""
			for _, x := range stays {
				if x.Kind != deal.Won {
					open += x.Days
				}
				if x.Now {
					now = x.Kind
				}
			}
			if now != deal.Won || open != int64(d.Closed-d.Opened) {
				t.Errorf("deal %d stands in %q after %d days, it was won after %d", id, now, open, d.Closed-d.Opened)
			}
			events, err := reports.Timeline(ctx, s, "deal", id, 100)
			if err != nil {
				t.Fatal(err)
			}
			moves := 0
			for i, e := range events {
				if e.Kind == "move" {
					moves++
				}
				if i > 0 && !e.Open && !events[i-1].Open && e.At.After(events[i-1].At) {
					t.Errorf("deal %d: the timeline is out of order at %d", id, i)
				}
			}
			if moves < 2 {
				t.Errorf("deal %d was won with %d moves", id, moves)
			}
		}
	})
}
