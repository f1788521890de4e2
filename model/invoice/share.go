package invoice

import (
	"slices"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// BillsQuery asks for the []*Invoice that stand on a proposal: those that are
// neither cancelled nor in the bin. While a transaction asks, nobody else bills
// the proposal or takes it back.
const BillsQuery = "what was billed of a proposal"

// Left is what is left to bill of an accepted proposal; nil when it is not
// accepted. The invoice that is named, if any, is left out.
func Left(p *proposal.Proposal, without int64, f model.Facts) *trade.Whole {
	if p == nil {
		return nil
	}
	v := p.AcceptedVariant()
	if v == nil {
		return nil
	}
	w := trade.NewWhole(&v.Sheet)
	all, _ := f.Query(BillsQuery, p.ID).([]*Invoice)
	for _, i := range all {
		if i.ID != without {
			w.Less(i.Lines)
		}
	}
	return w
}

// left is what the invoice may bill of its proposal, nil when it bills none.
func (i *Invoice) left(f model.Facts) (*trade.Whole, *proposal.Proposal) {
	p := model.Get[proposal.Proposal](f, "proposal", i.Proposal)
	return Left(p, i.ID, f), p
}

// bills reports that lines of the invoice bill a part of a proposal.
func (i *Invoice) bills() bool {
	return slices.ContainsFunc(i.Lines, func(l trade.Line) bool { return l.Of != 0 })
}

// share gives the lines that bill a part of the proposal their sums. Sums that
// were given stay while the quantities do.
func (i *Invoice) share(old *Invoice, f model.Facts) error {
	if !i.bills() || old != nil && old.Status != Cancelled && i.billsAs(old) {
		return nil
	}
	w, p := i.left(f)
	if w == nil {
		return nil // the check tells
	}
	for n := range i.Lines {
		l := &i.Lines[n]
		if of := w.Line(l.Of); of != nil { // what is not asked of a part is as it was accepted
			l.DiscountFixed, l.Discount, l.VAT = of.DiscountFixed, of.Discount, of.VAT
		}
	}
	return w.Fill(&i.Sheet, p.VATMode)
}

// billsAs reports that an invoice bills what another does, with the same sums.
func (i *Invoice) billsAs(old *Invoice) bool {
	parts := func(all []trade.Line) []trade.Line {
		return slices.DeleteFunc(slices.Clone(all), func(l trade.Line) bool { return l.Of == 0 })
	}
	return slices.EqualFunc(parts(i.Lines), parts(old.Lines), func(a, b trade.Line) bool {
		return a.Of == b.Of && a.Quantity == b.Quantity && a.Amount == b.Amount && a.DiscountSum == b.DiscountSum && a.VATAmount == b.VATAmount
	})
}

// checkShare finds what is wrong with the lines that bill a part of a proposal.
func (i *Invoice) checkShare(f model.Facts) []model.Problem {
	if !i.bills() {
		return nil
	}
	w, p := i.left(f)
	if w == nil {
		return []model.Problem{model.Wrong("proposal", "proposal_is_not_accepted")}
	}
	var out []model.Problem
	if p.Currency != i.Currency {
		out = append(out, model.Wrong("currency", "as_accepted"))
	}
	if p.VATMode != i.VATMode {
		out = append(out, model.Wrong("vat_mode", "as_accepted"))
	}
	asked := map[int64]model.Qty{}
	for n := range i.Lines {
		l := &i.Lines[n]
		if l.Of == 0 {
			continue
		}
		at := func(field string) string { return model.RowField("lines", n, field) }
		of := w.Line(l.Of)
		switch {
		case of == nil:
			out = append(out, model.Wrong(at("text"), "bills_nothing_accepted"))
			continue
		case l.Product.ID != of.Product.ID:
			out = append(out, model.Wrong(at("product"), "as_accepted"))
		case l.Price != of.Price:
			out = append(out, model.Wrong(at("price"), "as_accepted"))
		case l.Heading || l.Note:
			out = append(out, model.Wrong(at("text"), "as_accepted"))
		}
		asked[l.Of] += l.Quantity
		if left, _ := w.Left(l.Of); asked[l.Of] > left {
			out = append(out, model.Wrong(at("quantity"), "more_than_left", "line", number(w, l.Of), "left", left))
		}
	}
	return out
}

// number is the number of a position as the offer was printed.
func number(w *trade.Whole, line int64) int {
	for _, p := range w.Positions() {
		if p.Line.ID == line {
			return p.Number
		}
	}
	return 0
}
