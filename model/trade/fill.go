package trade

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
)

// Pricing is how a document tells prices.
type Pricing struct {
	On       model.Day // whose rates hold
	Currency string
	Rate     model.Rate // of that currency
	VATMode  string
}

// Settle finds the rate where nobody set one, and anew where the currency or the
// day changed without it. was is how the stored document tells prices; nothing
// for a new one.
func (p Pricing) Settle(was Pricing, f model.Facts) (Pricing, error) {
	fresh := was == Pricing{}
	unset := fresh && p.Rate == model.RateOne && p.Currency != f.BaseCurrency() // a new one's, of the base currency
	if p.Rate == 0 || unset || !fresh && (was.Currency != p.Currency || was.On != p.On) && was.Rate == p.Rate {
		rate, ok := f.Rate(p.Currency, p.On)
		if !ok {
			return p, model.Refused("currency", "no_rate", "currency", p.Currency, "on", p.On)
		}
		p.Rate = rate
	}
	return p, nil
}

// OwnFirm names our firm in a document where nobody did, and how it reckons VAT.
func OwnFirm(organization *model.Ref, vatMode *string, f model.Facts) {
	if organization.IsZero() {
		*organization, _ = f.Query(deal.MainOrganizationQuery, 0).(model.Ref)
	}
	if *vatMode == "" {
		*vatMode = VATIncluded
		if o := model.Get[firm.Organization](f, "organization", *organization); o != nil && o.Tax != firm.TaxVAT {
			*vatMode = VATNone
		}
	}
}

// Fill takes a line from a product, prices converted into the document's
// currency: what stands there already stays.
func (l *Line) Fill(p Pricing, f model.Facts) {
	if !l.Priced() {
		return
	}
	x := model.Get[product.Product](f, "product", l.Product)
	if x == nil {
		if l.VAT == "" {
			l.VAT = p.DefaultVAT()
		}
		return
	}
	l.Product.Name = x.Name
	fresh := l.Text == "" && l.Unit == "" && l.VAT == ""
	if !fresh {
		if l.VAT == "" {
			l.VAT = x.VAT
		}
		if l.Text == "" {
			l.Text = x.Name
		}
		return
	}
	l.Text, l.Article, l.VAT = x.Name, x.Article, x.VAT
	if p.VATMode == VATNone {
		l.VAT = product.VATExempt
	}
	if u := model.Get[product.Unit](f, "unit", x.Unit); u != nil {
		l.Unit = u.Name
	}
	l.Parts = components(x, p, f)
	if l.Price == 0 {
		l.Price = listPrice(x, p, f)
	}
}

// listPrice is the price of a product in the document's currency. A kit without
// a price of its own costs what its parts do.
func listPrice(x *product.Product, p Pricing, f model.Facts) int64 {
	if x.Price.Minor != 0 || len(x.Parts) == 0 {
		return inCurrency(x.Price, p, f)
	}
	var all int64
	for _, c := range components(x, p, f) {
		sum, err := model.Extend(c.Price, c.Quantity)
		if err != nil {
			return 0
		}
		all += sum
	}
	return all
}

// components are the parts of a kit, their prices in the document's currency.
func components(x *product.Product, p Pricing, f model.Facts) []Component {
	var out []Component
	for _, c := range x.Parts {
		y := model.Get[product.Product](f, "product", c.Product)
		if y == nil {
			continue
		}
		part := Component{Product: model.Ref{ID: y.ID, Name: y.Name}, Text: y.Name, Article: y.Article, Quantity: c.Quantity, VAT: y.VAT, Price: inCurrency(y.Price, p, f), Cost: inCurrency(y.Cost, p, f)}
		if p.VATMode == VATNone {
			part.VAT = product.VATExempt
		}
		if u := model.Get[product.Unit](f, "unit", y.Unit); u != nil {
			part.Unit = u.Name
		}
		out = append(out, part)
	}
	return out
}

// FillCost takes the cost of a line whose product is new to it from the
// product: who types the line may not see what it costs. was is the line as it
// is stored, nil when it is new.
func (l *Line) FillCost(was *Line, p Pricing, f model.Facts) {
	if !l.Priced() || l.Product.IsZero() {
		return
	}
	if was != nil && was.Product.ID == l.Product.ID {
		return
	}
	if was == nil && l.Cost != 0 || was != nil && l.Cost != was.Cost {
		return // typed, or copied
	}
	if x := model.Get[product.Product](f, "product", l.Product); x != nil {
		l.Cost = inCurrency(x.Cost, p, f)
	}
}

// BelowFloor reports whether the line goes for less than its product's floor.
func (l *Line) BelowFloor(p Pricing, f model.Facts) (bool, error) {
	x := model.Get[product.Product](f, "product", l.Product)
	if x == nil || x.Floor.Minor == 0 || !l.Priced() {
		return false, nil
	}
	floor, err := model.Extend(inCurrency(x.Floor, p, f), l.Quantity)
	return l.Amount < floor, err
}

// DefaultVAT is the rate of a line of free text.
func (p Pricing) DefaultVAT() string {
	if p.VATMode == VATNone {
		return product.VATExempt
	}
	return product.VAT20
}

// inCurrency converts an amount into the document's currency by the rates of
// its date; nought when a rate is missing, for a person to type.
func inCurrency(m model.Money, p Pricing, f model.Facts) int64 {
	if m.Currency == p.Currency || m.Minor == 0 {
		return m.Minor
	}
	rate, ok := f.Rate(m.Currency, p.On)
	if !ok || p.Rate == 0 {
		return 0
	}
	minor, err := model.MulDiv(m.Minor, int64(rate), int64(p.Rate))
	if err != nil {
		return 0
	}
	return minor
}

// Wanted makes lines of the products that a client is interested in.
func Wanted(products []deal.Interest) []Line {
	var out []Line
	for _, x := range products {
		q := x.Quantity
		if q == 0 {
			q = 1000
		}
		out = append(out, Line{Product: x.Product, Quantity: q})
	}
	return out
}
