package trade

import (
	"ugoda/model"
	"ugoda/model/product"
)

// Listed is what the catalogue says of a product now, in the currency of a
// document.
type Listed struct {
	Name    string
	Price   int64 // of one; nought: none, or no rate of its currency
	Floor   int64 // the lowest price that needs nobody's leave; nought: none
	Active  bool
	Picture []byte // PNG or JPEG
}

// Listing tells what the catalogue says of the products of lines.
func Listing(lines []Line, p Pricing, f model.Facts) map[int64]Listed {
	out := map[int64]Listed{}
	for _, l := range lines {
		if _, done := out[l.Product.ID]; done || l.Product.IsZero() {
			continue
		}
		if x := model.Get[product.Product](f, "product", l.Product); x != nil {
			out[x.ID] = Listed{Name: x.Name, Price: listPrice(x, p, f), Floor: inCurrency(x.Floor, p, f), Active: x.Active, Picture: x.Picture}
		}
	}
	return out
}

// Below reports whether a counted line goes for less than the floor of its
// product.
func (l *Line) Below(x Listed) bool {
	if !l.Priced() || x.Floor == 0 {
		return false
	}
	floor, err := model.Extend(x.Floor, l.Quantity)
	return err == nil && l.Amount < floor
}

// Renew gives lines the prices of the catalogue, discounts in percent kept, and
// tells how many changed.
func (s *Sheet) Renew(mode string, lines []int, listing map[int64]Listed) (changed int, err error) {
	for _, i := range lines {
		l := &s.Lines[i]
		if x, ok := listing[l.Product.ID]; ok && l.Priced() && x.Price != 0 && x.Price != l.Price {
			l.Price, l.DiscountFixed = x.Price, false
			changed++
		}
	}
	return changed, s.Count(mode)
}
