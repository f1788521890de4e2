package proposal

import "ugoda/model/trade"

// Borrowed are lines of a proposal, made lines of another one: prices in its
// currency, no VAT where it reckons none, nothing of what the client answered.
func (p *Proposal) Borrowed(from *Proposal, variant int) ([]Line, error) {
	q := &Proposal{VATMode: from.VATMode, Currency: from.Currency, Rate: from.Rate, Variants: CopyVariants(from.Variants[variant : variant+1])}
	if q.Currency != p.Currency {
		if err := q.InCurrency(p.Currency, p.Rate); err != nil {
			return nil, err
		}
	}
	out := trade.AsNew(q.Variants[0].Lines)
	for i := range out {
		l := &out[i]
		l.Cost = 0 // that of today comes with the product
		if p.VATMode == VATNone && l.Priced() || l.VAT == "" && l.Priced() {
			l.VAT = p.DefaultVAT()
		}
	}
	return out, nil
}
