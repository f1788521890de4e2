package proposal

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
)

// fillFromDeal takes over what the deal knows and the proposal does not.
func fillFromDeal(p *Proposal, d *deal.Deal) {
	fill := func(to *model.Ref, from model.Ref) {
		if to.IsZero() {
			*to = from
		}
	}
	fill(&p.Client, d.Client)
	fill(&p.Contact, d.Contact)
	fill(&p.Manager, d.Manager)
	fill(&p.Department, d.Department)
	fill(&p.Organization, d.Organization)
	if p.Subject == "" {
		p.Subject = d.Subject
	}
	if len(p.Variants) == 0 {
		p.Variants = []Variant{{Recommended: true}}
	}
	if v := &p.Variants[0]; len(p.Variants) == 1 && len(v.Lines) == 0 {
		for _, x := range d.Products {
			q := x.Quantity
			if q == 0 {
				q = 1000
			}
			v.Lines = append(v.Lines, Line{Product: x.Product, Quantity: q})
		}
	}
}

// fill takes a line from a product, prices converted into the document's
// currency: what stands there already stays.
func (l *Line) fill(p *Proposal, f model.Facts) {
	if l.Heading {
		return
	}
	x := model.Get[product.Product](f, "product", l.Product)
	if x == nil {
		if l.VAT == "" {
			l.VAT = defaultVAT(p)
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
	if l.Price == 0 {
		l.Price = inCurrency(x.Price, p, f)
	}
	if l.Cost == 0 {
		l.Cost = inCurrency(x.Cost, p, f)
	}
}

// FillLine fills a fresh line from its product, for a form that shows it
// before saving.
func FillLine(p *Proposal, l *Line, f model.Facts) { l.fill(p, f) }

func defaultVAT(p *Proposal) string {
	if p.VATMode == VATNone {
		return product.VATExempt
	}
	return product.VAT20
}

// inCurrency converts an amount into the proposal's currency by the rates of
// its date; nought when a rate is missing, for a person to type.
func inCurrency(m model.Money, p *Proposal, f model.Facts) int64 {
	if m.Currency == p.Currency || m.Minor == 0 {
		return m.Minor
	}
	rate, ok := f.Rate(m.Currency, p.Date)
	if !ok || p.Rate == 0 {
		return 0
	}
	minor, err := model.MulDiv(m.Minor, int64(rate), int64(p.Rate))
	if err != nil {
		return 0
	}
	return minor
}

// OwnFirm gives the own firm of the proposal, nil when it has none.
func (p *Proposal) OwnFirm(f model.Facts) *firm.Organization {
	return model.Get[firm.Organization](f, "organization", p.Organization)
}
