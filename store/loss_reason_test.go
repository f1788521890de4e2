package store_test

import (
	"context"
	"errors"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// lacksReason reports whether an error says that a lost deal needs its reason.
func lacksReason(err error) bool {
	var problems model.Problems
	if !errors.As(err, &problems) {
		return false
	}
	for _, p := range problems {
		if p.Key == "loss_reason_missing" {
			return true
		}
	}
	return false
}

// No path loses a deal without its reason: a save, a move, an action of one or
// of many, a field changed in many, a batch such as an import.
func TestLosingDemandsItsReasonOnEveryPath(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		d := f.deal("Дах", c, 100)
		lost := ref(f.stages["lost"])
		state := func() string { return f.get("deal", d.ID).(*deal.Deal).State }
		paths := map[string]func() error{
			"save": func() error {
				x := f.get("deal", d.ID).(*deal.Deal)
				x.Stage = lost
				return f.s.Save(f.ctx, "deal", x)
			},
			"move": func() error {
				_, err := f.s.Do(f.ctx, "deal", d.ID, "move", model.Answers{"stage": lost})
				return err
			},
			"batch": func() error {
				_, err := f.s.InBatch(f.ctx, "import", func(ctx context.Context, b *store.Batcher) error {
					b.Import(monday - 30)
					return b.Save(ctx, "deal", &deal.Deal{Subject: "Старе", Process: ref(f.process), Client: ref(c), Stage: lost})
				})
				return err
			},
			"move of many": func() error {
				_, failures, err := f.s.DoAll(f.ctx, "deal", []int64{d.ID}, "move", model.Answers{"stage": lost})
				if err == nil && len(failures) == 1 {
					return failures[0].Err
				}
				return err
			},
			"field of many": func() error {
				_, failures, err := f.s.SetField(f.ctx, "deal", []int64{d.ID}, "stage", lost)
				if err == nil && len(failures) == 1 {
					return failures[0].Err
				}
				return err
			},
		}
		for name, lose := range paths {
			if err := lose(); !lacksReason(err) {
				t.Errorf("%s: %v", name, err)
			}
			if s := state(); s != deal.Open {
				t.Fatalf("%s left the deal %s", name, s)
			}
		}
		if _, err := f.s.Do(f.ctx, "deal", d.ID, "lose", nil); err == nil || state() != deal.Open {
			t.Errorf("lose without an answer: %v", err)
		}
		if _, failures, err := f.s.DoAll(f.ctx, "deal", []int64{d.ID}, "lose", nil); err == nil && len(failures) == 0 || state() != deal.Open {
			t.Errorf("lose many without an answer: %v, %v", failures, err)
		}
		f.do(d.ID, "lose", model.Answers{"reason": ref(f.reason)})
		f.do(d.ID, "reopen", nil)
		x := f.get("deal", d.ID).(*deal.Deal)
		if x.State != deal.Open || x.Stage.ID != f.stages["first"].ID || !x.LossReason.IsZero() || x.Closed != 0 {
			t.Errorf("reopened as %+v", x)
		}
		trace, err := f.s.History(f.ctx, "deal", d.ID)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]bool{}
		for _, h := range trace {
			said[h.Action] = true
		}
		if !said["lose"] || !said["reopen"] {
			t.Errorf("the trace is %v", said)
		}
		if n := len(f.journal(d.ID)); n != 3 {
			t.Errorf("the journal has %d intervals: %v", n, f.journal(d.ID))
		}
	})
}
