package reports_test

import (
	"context"
	"fmt"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/span"
	"ugoda/reports"
)

// lost are the losses of some days by the world's own record.
func (w *world) lost(days span.Span) []moved {
	var out []moved
	for _, m := range w.moves {
		if m.entry && w.stages[m.stage].Kind == deal.Lost && m.day >= days.From && m.day <= days.To {
			out = append(out, m)
		}
	}
	return out
}

func (m moved) key(by string) int64 {
	switch by {
	case "reason":
		return m.reason
	case "stage":
		return m.from
	case "manager":
		return m.manager
	}
	return m.client
}

// Losses by one and by two dimensions are what one counts loss by loss, then
// and now, and open into as many.
func TestLosses(t *testing.T) {
	each(t, 6, 150, func(t *testing.T, w *world) {
		ctx := context.Background()
		days := span.Span{From: today - 100, To: today}
		for _, by := range [][]string{{"reason"}, {"reason", "stage"}, {"manager", "reason"}, {"client"}} {
			l, err := reports.NewLosses(ctx, w.s, reports.LossSettings{From: days.From, To: days.To, By: by, Compare: "previous"})
			if err != nil {
				t.Fatal(err)
			}
			hand := map[string][4]int64{}
			count := func(list []moved, at int) {
				for _, m := range list {
					key := ""
					for i, d := range by {
						key += fmt.Sprint(m.key(d), ";")
						if i < len(by)-1 {
							x := hand[key]
							x[at]++
							x[at+1] += m.amount
							hand[key] = x
						}
					}
					x := hand[key]
					x[at]++
					x[at+1] += m.amount
					hand[key] = x
				}
			}
			count(w.lost(days), 0)
			count(w.lost(days.Previous("")), 2)
			lines := l.Lines()
			if len(lines) != len(hand) || len(lines) == 0 {
				t.Errorf("%v: %d lines, by hand %d", by, len(lines), len(hand))
			}
			for _, r := range lines {
				key := ""
				var keys []int64
				for _, k := range r.Keys {
					key += fmt.Sprint(k.ID, ";")
					keys = append(keys, k.ID)
				}
				if got := [4]int64{r.Count, r.Amount, r.WasCount, r.WasAmount}; got != hand[key] {
					t.Errorf("%v %s: %v, by hand %v", by, l.Name(r, words), got, hand[key])
				}
				entries, err := l.Behind(ctx, w.s, keys...)
				if err != nil {
					t.Fatal(err)
				}
				if sum := reports.Sum(entries); sum.Count != r.Count || sum.Amount != r.Amount {
					t.Errorf("%v %s: %d, %d behind %d, %d", by, l.Name(r, words), sum.Count, sum.Amount, r.Count, r.Amount)
				}
			}
			var total int64
			for _, m := range w.lost(days) {
				total += m.amount
			}
			if l.Total.Count != int64(len(w.lost(days))) || l.Total.Amount != total {
				t.Errorf("%v: %d, %d in all; by hand %d, %d", by, l.Total.Count, l.Total.Amount, len(w.lost(days)), total)
			}
		}
	})
}

// A deal with several products stands under each, once in the total, and what
// is behind a figure is as much as it.
func TestLossesByProduct(t *testing.T) {
	each(t, 7, 30, func(t *testing.T, w *world) {
		ctx := context.Background()
		p := w.addProducts(t)
		add := func(products ...model.Ref) {
			d := &deal.Deal{Subject: "Товари", Process: ref(w.process[0]), Client: ref(w.clients[0]), Manager: ref(w.people[0]), Amount: model.Money{Minor: 100_00, Currency: "UAH"}}
			for _, x := range products {
				d.Products = append(d.Products, deal.Interest{Product: x, Quantity: 1000})
			}
			if err := w.s.Save(ctx, "deal", d); err != nil {
				t.Fatal(err)
			}
			if _, err := w.s.Do(ctx, "deal", d.ID, "lose", model.Answers{"reason": ref(w.reasons[0])}); err != nil {
				t.Fatal(err)
			}
		}
		add(p[0], p[1])
		add(p[0], p[0]) // twice the same
		add()
		for _, by := range [][]string{{"product"}, {"reason", "product"}, {"product", "stage"}} {
			l, err := reports.NewLosses(ctx, w.s, reports.LossSettings{From: today, To: today, By: by})
			if err != nil {
				t.Fatal(err)
			}
			if l.Total.Count != 3 || l.Total.Amount != 300_00 {
				t.Errorf("%v: %d, %d in all", by, l.Total.Count, l.Total.Amount)
			}
			want := map[int64]int64{p[0].ID: 2, p[1].ID: 1, 0: 1}
			for _, r := range l.Lines() {
				var keys []int64
				for i, k := range r.Keys {
					keys = append(keys, k.ID)
					if by[i] == "product" && want[k.ID] != r.Count {
						t.Errorf("%v: %d of product %d, want %d", by, r.Count, k.ID, want[k.ID])
					}
				}
				if len(by) == 2 && by[0] == "reason" && len(r.Keys) == 1 && r.Count != 3 {
					t.Errorf("%v: %d of the reason", by, r.Count)
				}
				entries, err := l.Behind(ctx, w.s, keys...)
				if sum := reports.Sum(entries); err != nil || sum.Count != r.Count || sum.Amount != r.Amount {
					t.Errorf("%v %v: %d, %d behind %d, %d; %v", by, keys, sum.Count, sum.Amount, r.Count, r.Amount, err)
				}
			}
		}
	})
}
