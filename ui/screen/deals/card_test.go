package deals

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

type desk struct {
	h    *screentest.Host
	s    *store.Session
	id   int64
	card *card
}

// opened opens the card of an open deal in the first stage.
func opened(t *testing.T) *desk {
	t.Helper()
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 3, 0)
	x := &desk{s: b.System()}
	ids, err := x.s.IDs(ctx, store.Query{Kind: "deal", Where: filter.And{
		filter.Cond{Path: "state", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}},
		filter.Cond{Path: "probability", Op: filter.Lt, Values: []filter.Value{filter.Number("50")}},
		filter.Cond{Path: "next_due", Op: filter.NotEmpty},
	}})
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	x.id, x.h = ids[0], screentest.New(t, x.s)
	made, err := form.With(x.h, screen.ToCard("deal", x.id), func(s *form.Screen) form.Beside {
		x.card = newCard(s)
		return x.card
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	x.h.Show(made)
	if x.card == nil || len(x.card.strip.stays) < 3 {
		t.Fatal("the card shows no stages")
	}
	return x
}

func (x *desk) deal(t *testing.T) *deal.Deal {
	t.Helper()
	rec, err := x.s.Get(context.Background(), "deal", x.id)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*deal.Deal)
}

// The strip shows where the deal stands, with the days of its register; keys
// and clicks move the deal.
func TestStripMovesTheDeal(t *testing.T) {
	x := opened(t)
	s, d := x.card.strip, x.deal(t)
	now := s.stays[s.focus]
	if !now.Now || now.Stage.ID != d.Stage.ID || now.Days != int64(x.s.Today()-d.StageSince) {
		t.Fatalf("the strip stands on %+v, the deal in %v since %s", now, d.Stage, d.StageSince)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // where it stands already
	if x.deal(t).Stage != d.Stage {
		t.Fatal("Enter on its own stage moved it")
	}
	next := s.stays[s.focus+1].Stage
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := x.deal(t).Stage; got.ID != next.ID {
		t.Fatalf("it stands in %v, wanted %v", got, next)
	}
	if here := s.stays[s.focus]; !here.Now || here.Stage.ID != next.ID || !s.stays[s.focus-1].Been {
		t.Errorf("the strip shows %+v", here)
	}
	s.Resize(fyne.NewSize(500, 40))
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 10)})
	if got := x.deal(t).Stage; got.ID != s.stays[0].Stage.ID {
		t.Errorf("a click on the first stage left it in %v", got)
	}
	for i := range s.stays {
		if at := s.at((float32(i) + 0.5) * s.Size().Width / float32(len(s.stays))); at != i {
			t.Errorf("the middle of stage %d is taken for %d", i, at)
		}
	}
}

// The line of the next step is that of the earliest open activity; when it is
// done, and nothing else is planned, the card says so.
func TestNextStepOnTheCard(t *testing.T) {
	x := opened(t)
	ctx := context.Background()
	for range 20 {
		step := x.card.step
		if step == nil {
			break
		}
		rec, err := x.s.Get(ctx, "activity", step.ID)
		if err != nil {
			t.Fatal(err)
		}
		if a := rec.(*deal.Activity); a.Done || a.Deal.ID != x.id {
			t.Fatalf("the next step is %+v", a)
		}
		results, err := x.s.IDs(ctx, store.Query{Kind: "activity-result", Limit: 1})
		if err != nil || len(results) == 0 {
			t.Fatal(results, err)
		}
		if _, err := x.s.Do(ctx, "activity", step.ID, "finish", model.Answers{"result": model.Ref{ID: results[0]}}); err != nil {
			t.Fatal(err)
		}
		x.card.Changed(map[string][]int64{"activity": {step.ID}})
		if x.card.step != nil && x.card.step.ID == step.ID {
			t.Fatal("the card goes on showing what is done")
		}
	}
	if x.card.step != nil {
		t.Error("steps do not end")
	}
	if fill := x.card.fill(); fill["deal"].(model.Ref).ID != x.id || fill["client"].(model.Ref).ID != x.deal(t).Client.ID {
		t.Errorf("a new activity is tied to %v", fill)
	}
}
