package reports_test

import (
	"context"
	"slices"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/product"
	"ugoda/reports"
)

var words = locale.New("uk")

// addProducts makes three products.
func (w *world) addProducts(t *testing.T) []model.Ref {
	t.Helper()
	var out []model.Ref
	for _, name := range []string{"Цегла", "Двері", "Вікна"} {
		p := &product.Product{Name: name, VAT: product.VAT20, Active: true}
		if err := w.s.Save(context.Background(), "product", p); err != nil {
			t.Fatal(err)
		}
		out = append(out, model.Ref{ID: p.ID})
	}
	return out
}

// countAsked counts inquiries, and deals without one, by the world's own record.
func (w *world) countAsked(from, to model.Day, only func(asked) bool) int64 {
	n := int64(0)
	for _, a := range w.asked {
		if a.day >= from && a.day <= to && only(a) {
			n++
		}
	}
	return n
}

// Weeks of inquiries, whole and in parts, and what is usual, are what one
// counts inquiry by inquiry; the running week is compared with as many working
// days as have passed.
func TestInquiries(t *testing.T) {
	each(t, 8, 120, func(t *testing.T, w *world) {
		ctx := context.Background()
		for _, by := range append([]string{""}, reports.InquiryDimensions()...) {
			for _, to := range []model.Day{today, today - 2, today - 3} { // a Wednesday, a Monday, a Sunday
				r, err := reports.NewInquiries(ctx, w.s, reports.InquirySettings{To: to, By: by, Compare: "previous"})
				if err != nil {
					t.Fatal(err)
				}
				var total int64
				for _, k := range r.Weeks {
					checkWeek(t, w, r, k, to, nil)
					var parts int64
					for _, part := range k.Split {
						parts += part.Count
						checkWeek(t, w, r, part, to, &part.Key)
					}
					if by != "" && parts != k.Count {
						t.Errorf("%s by %s: parts come to %d of %d", k.Monday, by, parts, k.Count)
					}
					total += k.Count
				}
				if r.Total != total || len(r.Weeks) != 12 {
					t.Errorf("%d weeks, %d and %d", len(r.Weeks), r.Total, total)
				}
			}
		}
	})
}

func checkWeek(t *testing.T, w *world, r *reports.Inquiries, k reports.InquiryWeek, to model.Day, key *reports.InquiryKey) {
	t.Helper()
	by := r.Settings.By
	only := func(a asked) bool {
		switch {
		case key == nil:
			return true
		case by == "source":
			return a.source == key.ID
		case by == "channel":
			return a.channel == key.Name
		}
		return key.ID == 0 && !a.deal || a.deal && key.ID != 0
	}
	if key != nil && by == "manager" && key.ID != 0 {
		return // whose deals they are is not in the record
	}
	last := min(k.Monday+6, to)
	if k.Count != w.countAsked(k.Monday, last, only) || k.Last != last {
		t.Errorf("week of %s by %s %v: %d, by hand %d", k.Monday, by, key, k.Count, w.countAsked(k.Monday, last, only))
	}
	cut := model.Day(6)
	if n := last - k.Monday; n < 4 {
		cut = n
	}
	var before []int64
	for n := model.Day(1); n <= 8; n++ {
		if m := k.Monday - 7*n; m >= firstDay {
			before = append(before, w.countAsked(m, m+cut, only))
		}
	}
	if k.Usual != middle(before) {
		t.Errorf("week of %s by %s %v: usual %d, by hand %d of %v", k.Monday, by, key, k.Usual, middle(before), before)
	}
	if was := w.countAsked(k.Monday-84, k.Monday-84+cut, only); to.Weekday() == 0 && k.Was != was {
		t.Errorf("week of %s by %s %v: was %d, by hand %d", k.Monday, by, key, k.Was, was)
	}
	list, err := r.Behind(context.Background(), w.s, k.Monday, k.Last, key)
	if err != nil || int64(len(list)) != k.Count {
		t.Errorf("week of %s by %s %v: %d behind %d, %v", k.Monday, by, key, len(list), k.Count, err)
	}
	if !slices.IsSortedFunc(list, func(a, b reports.Asked) int { return int(b.Day - a.Day) }) {
		t.Errorf("week of %s: not the latest first", k.Monday)
	}
}

// A week is a warning when it is a fifth below the usual, not earlier.
func TestFalling(t *testing.T) {
	for percent, low := range map[int64]bool{-1: false, 0: true, 7_999: true, 8_000: true, 8_001: false, 12_000: false} {
		r := reports.Inquiries{Weeks: []reports.InquiryWeek{{Percent: percent}}}
		if (r.Falling() != nil) != low {
			t.Errorf("%d: %v", percent, r.Falling())
		}
	}
	if (&reports.Inquiries{}).Falling() != nil {
		t.Error("no weeks fall")
	}
}
