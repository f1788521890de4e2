package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// TestJournalStaysSound does random things to deals, on days that pass, and
// lets the base check look at the journal after each; what a batch did comes
// back when it is undone.
func TestJournalStaysSound(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		other := f.client("Говерла")
		rapid.Check(t, func(t *rapid.T) {
			system := f.base.System()
			today := monday
			s := system.WithToday(today)
			var ids []int64
			type undoable struct {
				batch  int64
				states map[int64]*deal.Deal
				lines  map[int64][]string
			}
			state := func() (map[int64]*deal.Deal, map[int64][]string) {
				states, lines := map[int64]*deal.Deal{}, map[int64][]string{}
				for _, id := range ids {
					d := f.get("deal", id).(*deal.Deal)
					d.Version, d.Changed = 0, d.Created
					states[id], lines[id] = d, f.journal(id)
				}
				return states, lines
			}
			var last *undoable
			for range rapid.IntRange(1, 12).Draw(t, "steps") {
				if rapid.Bool().Draw(t, "day passes") {
					today += model.Day(rapid.IntRange(1, 9).Draw(t, "days"))
					s = system.WithToday(today)
				}
				if len(ids) == 0 || rapid.IntRange(0, 5).Draw(t, "new") == 0 {
					d := &deal.Deal{Subject: "x", Process: ref(f.process), Client: ref(c), Manager: ref(f.ivan), Amount: model.Money{Minor: rapid.Int64Range(0, 9999).Draw(t, "amount"), Currency: "UAH"}}
					if err := s.Save(f.ctx, "deal", d); err != nil {
						t.Fatal(err)
					}
					ids = append(ids, d.ID)
					last = nil
				}
				states, lines := state()
				batch, err := s.InBatch(f.ctx, "random", func(ctx context.Context, b *store.Batcher) error {
					for range rapid.IntRange(1, 4).Draw(t, "together") {
						id := rapid.SampledFrom(ids).Draw(t, "deal")
						err := randomChange(ctx, t, f, b, id, ref(other))
						var refused model.Problems
						if err != nil && !errors.As(err, &refused) {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				last = &undoable{batch.ID, states, lines}
				checkSound(t, f)
				if rapid.IntRange(0, 2).Draw(t, "undo") > 0 {
					continue
				}
				if _, err := s.Undo(f.ctx, last.batch, false); err != nil {
					t.Fatal(err)
				}
				checkSound(t, f)
				states, lines = state()
				if diff := cmp.Diff(last.states, states); diff != "" {
					t.Fatalf("undo did not bring the deals back: %s", diff)
				}
				if diff := cmp.Diff(last.lines, lines); diff != "" {
					t.Fatalf("undo did not bring the journal back: %s", diff)
				}
			}
		})
	})
}

func randomChange(ctx context.Context, t *rapid.T, f *firmOf, b *store.Batcher, id int64, other model.Ref) error {
	reason := model.Answers{"reason": ref(f.reason)}
	do := func(action string, a model.Answers) error {
		_, err := b.Do(ctx, "deal", id, action, a)
		return err
	}
	switch rapid.IntRange(0, 9).Draw(t, "change") {
	case 0:
		return do("win", nil)
	case 1:
		return do("lose", reason)
	case 2:
		return do("hold", nil)
	case 3:
		return do("reopen", nil)
	case 4:
		return do("move", model.Answers{"stage": ref(f.stages[rapid.SampledFrom([]string{"first", "second"}).Draw(t, "stage")])})
	case 5:
		return do("assign", model.Answers{"manager": ref(f.maria)})
	case 6:
		return b.Mark(ctx, "deal", id, rapid.Bool().Draw(t, "marked"))
	}
	rec, err := b.Get(ctx, "deal", id)
	if err != nil {
		return err
	}
	d := rec.(*deal.Deal)
	switch rapid.IntRange(0, 4).Draw(t, "field") {
	case 0:
		d.Amount = model.Money{Minor: rapid.Int64Range(0, 9999).Draw(t, "amount"), Currency: rapid.SampledFrom([]string{"UAH", "EUR"}).Draw(t, "currency")}
	case 1:
		d.Probability = model.Percent(rapid.Int64Range(0, 10_000).Draw(t, "probability"))
	case 2:
		d.Client, d.Subject = other, d.Subject+"y"
	case 3:
		d.Products = nil
		d.Note += "z"
	case 4:
		d.Manager, d.Amount = model.Ref{}, model.Money{}
	}
	return b.Save(ctx, "deal", d)
}

func checkSound(t *rapid.T, f *firmOf) {
	faults, err := f.base.Check(f.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(faults) > 0 {
		t.Fatal(faults)
	}
}
