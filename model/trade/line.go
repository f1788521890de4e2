package trade

import (
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/text"
)

// Take makes the line one of a product: what it had of another is forgotten,
// its quantity and discount stay. FillLine fills it.
func (l *Line) Take(product model.Ref) {
	l.Product, l.Heading, l.Note, l.Parts = product, false, false, nil
	l.Text, l.Article, l.Unit, l.VAT, l.Price, l.Cost = "", "", "", "", 0, 0
	if l.Quantity == 0 {
		l.Quantity = 1000
	}
}

// Pending reports that the line has a product and nothing of it yet.
func (l *Line) Pending() bool {
	return !l.Product.IsZero() && l.Text == "" && l.Unit == "" && l.VAT == ""
}

// Reword gives the line other words. It stays a line of its product while they
// still name it: begin with the same word. Other words are free text, and what
// the product cost no longer holds.
func (l *Line) Reword(words string) {
	words = strings.TrimSpace(words)
	if l.Product.ID != 0 && words != "" && firstWord(words) != firstWord(l.Product.Name) && firstWord(words) != firstWord(l.Text) {
		l.Product, l.Article, l.Cost, l.Parts = model.Ref{}, "", 0, nil
	}
	if l.Product.IsZero() && l.Quantity == 0 && words != "" && l.Priced() {
		l.Quantity = 1000
	}
	l.Text = words
}

func firstWord(s string) string {
	if f := strings.Fields(text.Fold(s)); len(f) > 0 {
		return f[0]
	}
	return ""
}

// Empty reports that nothing was entered into the line.
func (l *Line) Empty() bool {
	return l.Text == "" && l.Product.IsZero() && l.Price == 0 && (l.Quantity == 0 || l.Quantity == 1000) && !l.Heading
}

// Check finds what is wrong with a line; at names its fields.
func (l *Line) Check(at func(field string) string) []model.Problem {
	var w []model.Problem
	if l.Quantity < 0 {
		w = append(w, model.Wrong(at("quantity"), "negative"))
	}
	if l.Price < 0 {
		w = append(w, model.Wrong(at("price"), "negative"))
	}
	if l.Discount < 0 || l.Discount > 10_000 {
		w = append(w, model.Wrong(at("discount"), "percent_range"))
	}
	if gross, err := model.Extend(l.Price, l.Quantity); err == nil && l.DiscountFixed && l.Of == 0 && (l.DiscountSum < 0 || l.DiscountSum > gross) {
		w = append(w, model.Wrong(at("discount"), "discount_range"))
	}
	if l.Text == "" && l.Product.IsZero() {
		w = append(w, model.Wrong(at("text"), "empty_line"))
	}
	return w
}

// CopyLines gives lines that share nothing with those given.
func CopyLines(lines []Line) []Line {
	out := slices.Clone(lines)
	for i := range out {
		out[i].Parts = slices.Clone(out[i].Parts)
	}
	return out
}

// AsNew makes lines new ones: rows of their own, which nobody took yet and which
// are a part of nothing.
func AsNew(lines []Line) []Line {
	for i := range lines {
		lines[i].ID, lines[i].Taken, lines[i].Of = 0, false, 0
		for j := range lines[i].Parts {
			lines[i].Parts[j].ID = 0
		}
	}
	return lines
}

// SameLine reports whether two lines offer the same.
func SameLine(a, b Line) bool {
	same := a.Product.ID == b.Product.ID && a.Text == b.Text && a.Article == b.Article && a.Unit == b.Unit && a.VAT == b.VAT
	same = same && a.Heading == b.Heading && a.Note == b.Note && a.Optional == b.Optional && a.Taken == b.Taken
	same = same && a.Quantity == b.Quantity && a.Price == b.Price && a.Discount == b.Discount && a.DiscountSum == b.DiscountSum && a.DiscountFixed == b.DiscountFixed
	same = same && a.Cost == b.Cost && a.Amount == b.Amount && a.VATAmount == b.VATAmount && a.Total == b.Total
	return same && SameParts(a.Parts, b.Parts)
}

// SameParts reports whether two kits are made of the same.
func SameParts(a, b []Component) bool {
	return slices.EqualFunc(a, b, func(x, y Component) bool {
		return x.Product.ID == y.Product.ID && x.Text == y.Text && x.Quantity == y.Quantity && x.Unit == y.Unit
	})
}

// MarginPercent is what is left of a counted line without VAT after its cost,
// as a share of the former; ok is false where there is nothing to compare.
func (l *Line) MarginPercent() (p model.Percent, ok bool) {
	return marginPercent(l.Total-l.VATAmount, l.Cost, l.Quantity)
}

// MarginPercent is the margin of a counted sheet as a share of its total
// without VAT; ok is false where there is nothing to compare.
func (s *Sheet) MarginPercent() (p model.Percent, ok bool) {
	return marginPercent(s.Total-s.VATSum, s.CostSum, 1000)
}

func marginPercent(net, cost int64, quantity model.Qty) (model.Percent, bool) {
	all, err := model.Extend(cost, quantity)
	if err != nil || net <= 0 || all == 0 {
		return 0, false
	}
	share, err := model.MulDiv(net-all, 10_000, net)
	return model.Percent(share), err == nil
}
