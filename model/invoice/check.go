package invoice

import (
	"time"

	"ugoda/model"
)

func check(k *model.Kind, i, old *Invoice, f model.Facts) []model.Problem {
	var w []model.Problem
	if i.Client.IsZero() && i.Deal.IsZero() {
		w = append(w, model.Wrong("client", "required"))
	}
	if i.PayUntil != 0 && i.PayUntil < i.Date {
		w = append(w, model.Wrong("pay_until", "before_beginning"))
	}
	if i.Rate <= 0 {
		w = append(w, model.Wrong("rate", "not_positive"))
	}
	for n := range i.Lines {
		w = append(w, i.Lines[n].Check(func(field string) string { return model.RowField("lines", n, field) })...)
	}
	if old != nil && old.Fixed() && old.Status == i.Status {
		if differ(k, i, old) {
			w = append(w, model.Wrong("status", "invoice_is_"+i.Status))
		}
		return w
	}
	if i.Status != Cancelled {
		w = append(w, i.checkShare(f)...)
	}
	return w
}

// differ reports whether two invoices ask the client for something else.
func differ(k *model.Kind, a, b any) bool {
	for _, f := range k.Fields {
		if f.Computed || f.ReadOnly || ours[f.Name] {
			continue
		}
		x, y := f.Value(a), f.Value(b)
		if r, ok := x.(model.Ref); ok {
			x, y = r.ID, y.(model.Ref).ID
		}
		if t, ok := x.(time.Time); ok && t.Equal(y.(time.Time)) {
			continue
		}
		if x != y {
			return true
		}
	}
	for _, p := range k.Parts {
		if p.Len(a) != p.Len(b) {
			return true
		}
		for n := range p.Len(a) {
			if differ(p.Kind, p.At(a, n), p.At(b, n)) {
				return true
			}
		}
	}
	return false
}

// leaves tells why an invoice may not leave: a cancelled one asks for nothing.
func leaves(rec any, _ model.Facts) []model.Problem {
	if rec.(*Invoice).Status == Cancelled {
		return []model.Problem{model.Wrong("status", "invoice_is_cancelled")}
	}
	return nil
}

// returns lets no invoice come back that bills what others have billed
// meanwhile, and none go to the bin that the client may be paying by.
func returns(i, old *Invoice, f model.Facts) []model.Problem {
	switch {
	case i.Marked && !old.Marked && old.Status == Issued:
		return []model.Problem{model.Wrong("status", "invoice_is_issued")}
	case i.Marked || i.Status == Cancelled:
		return nil
	case !old.Marked && old.Status != Cancelled && i.billsAs(old):
		return nil
	}
	return i.checkShare(f)
}
