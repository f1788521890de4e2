package proposal

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
)

// Questions that the rules of this package ask of the base.
const (
	SnippetsQuery = "snippets"      // all unmarked snippets, the default ones first: []*firm.Snippet
	LanguageQuery = "base-language" // the language of the base's catalogues: a string, may be empty
)

// defaults fills a new proposal.
func defaults(p *Proposal, f model.Facts) {
	p.Date, p.Status, p.Importance, p.Language = f.Today(), Draft, "normal", "uk"
	if lang, _ := f.Query(LanguageQuery, 0).(string); lang != "" {
		p.Language = lang
	}
	p.ValidUntil = f.Today() + ValidDays
	p.Currency, p.Rate = f.BaseCurrency(), model.RateOne
	p.Manager = f.Employee()
	p.Variants = []Variant{{Recommended: true}}
	snippets, _ := f.Query(SnippetsQuery, 0).([]*firm.Snippet)
	p.UseSnippets(snippets)
}

// fillFirm names our firm where nobody did, and how it reckons VAT.
func (p *Proposal) fillFirm(f model.Facts) {
	if p.Organization.IsZero() {
		p.Organization, _ = f.Query(deal.MainOrganizationQuery, 0).(model.Ref)
	}
	if p.VATMode == "" {
		p.VATMode = VATIncluded
		if o := p.OwnFirm(f); o != nil && o.Tax != firm.TaxVAT {
			p.VATMode = VATNone
		}
	}
}

// copied makes a copy of a proposal a new one: of today, valid for as long, a
// draft of who copies it.
func copied(p *Proposal, f model.Facts) {
	valid := ValidDays
	if p.ValidUntil != 0 && p.ValidUntil >= p.Date {
		valid = p.ValidUntil - p.Date
	}
	if p.ValidUntil != 0 {
		p.ValidUntil = f.Today() + valid
	}
	p.Date, p.Status = f.Today(), Draft
	p.Revision, p.SentRevision, p.Kept, p.KeptDigest, p.Returned = 1, 0, 0, "", false
	if me := f.Employee(); !me.IsZero() {
		p.Manager = me
	}
	if rate, ok := f.Rate(p.Currency, p.Date); ok {
		p.Rate = rate
	}
	p.forget()
}

// forget takes back which variant and which options the client took.
func (p *Proposal) forget() {
	for i := range p.Variants {
		p.Variants[i].Accepted = false
		for j := range p.Variants[i].Lines {
			p.Variants[i].Lines[j].Taken = false
		}
	}
}

// Texts are the terms of a proposal that are taken from snippets, by the usage
// of those.
func (p *Proposal) Texts() map[string]*string {
	return map[string]*string{
		firm.UsageIntro: &p.Intro, firm.UsagePayment: &p.PaymentTerms, firm.UsageDelivery: &p.DeliveryTerms, firm.UsageWarranty: &p.Warranty,
	}
}

// UseSnippets gives the terms that nobody wrote the default snippets of the
// proposal's language: those that are empty, or a snippet of another language.
func (p *Proposal) UseSnippets(all []*firm.Snippet) {
	for usage, text := range p.Texts() {
		written := *text != ""
		var fresh string
		for _, s := range all {
			if s.Usage != usage {
				continue
			}
			if s.Language != p.Language && s.Text == *text {
				written = false
			}
			if s.Language == p.Language && s.Default && fresh == "" {
				fresh = s.Text
			}
		}
		if !written && fresh != "" {
			*text = fresh
		}
	}
}

// InCurrency turns all prices of the proposal into another currency by rates to
// the base currency: a draft is recalculated when its currency is changed.
func (p *Proposal) InCurrency(currency string, to model.Rate) error {
	if p.Rate <= 0 || to <= 0 {
		return model.Refused("rate", "not_positive")
	}
	for i := range p.Variants {
		for j := range p.Variants[i].Lines {
			l := &p.Variants[i].Lines[j]
			sums := []*int64{&l.Price, &l.Cost, &l.DiscountSum}
			for k := range l.Parts {
				sums = append(sums, &l.Parts[k].Price, &l.Parts[k].Cost)
			}
			for _, sum := range sums {
				turned, err := model.MulDiv(*sum, int64(p.Rate), int64(to))
				if err != nil {
					return model.Refused("variants", "amount_too_large")
				}
				*sum = turned
			}
		}
	}
	p.Currency, p.Rate = currency, to
	return p.Count()
}

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
	if v := &p.Variants[0]; len(p.Variants) == 1 && len(v.Lines) == 0 && p.FilledFrom != d.ID {
		for _, x := range d.Products {
			q := x.Quantity
			if q == 0 {
				q = 1000
			}
			v.Lines = append(v.Lines, Line{Product: x.Product, Quantity: q})
		}
	}
	p.FilledFrom = d.ID
}

// fill takes a line from a product, prices converted into the document's
// currency: what stands there already stays.
func (l *Line) fill(p *Proposal, f model.Facts) {
	if !l.Priced() {
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
	l.Parts = components(x, p, f)
	if l.Price == 0 {
		l.Price = listPrice(x, p, f)
	}
}

// listPrice is the price of a product in the proposal's currency. A kit without
// a price of its own costs what its parts do.
func listPrice(x *product.Product, p *Proposal, f model.Facts) int64 {
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

// components are the parts of a kit, their prices in the proposal's currency.
func components(x *product.Product, p *Proposal, f model.Facts) []Component {
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

// fillCost takes the cost of a line whose product is new to it from the
// product: who types the line may not see what it costs.
func (l *Line) fillCost(p, old *Proposal, f model.Facts) {
	if !l.Priced() || l.Product.IsZero() {
		return
	}
	if was := old.line(l.ID); was != nil && was.Product.ID == l.Product.ID {
		return
	} else if was == nil && l.Cost != 0 || was != nil && l.Cost != was.Cost {
		return // typed, or copied
	}
	if x := model.Get[product.Product](f, "product", l.Product); x != nil {
		l.Cost = inCurrency(x.Cost, p, f)
	}
}

// line finds a line by its row, nil when there is none.
func (p *Proposal) line(id int64) *Line {
	if p == nil || id == 0 {
		return nil
	}
	for i := range p.Variants {
		for j := range p.Variants[i].Lines {
			if l := &p.Variants[i].Lines[j]; l.ID == id {
				return l
			}
		}
	}
	return nil
}

// FillLine fills a fresh line from its product, for a form that shows it
// before saving.
func FillLine(p *Proposal, l *Line, f model.Facts) {
	l.fill(p, f)
	l.fillCost(p, nil, f)
}

// belowFloor reports whether the line goes for less than its product's floor.
func (l *Line) belowFloor(p *Proposal, f model.Facts) (bool, error) {
	x := model.Get[product.Product](f, "product", l.Product)
	if x == nil || x.Floor.Minor == 0 || !l.Priced() {
		return false, nil
	}
	floor, err := model.Extend(inCurrency(x.Floor, p, f), l.Quantity)
	return l.Amount < floor, err
}

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
