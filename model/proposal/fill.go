package proposal

import (
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/trade"
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
func (p *Proposal) UseSnippets(all []*firm.Snippet) { firm.UseSnippets(p.Texts(), p.Language, all) }

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
	d.Fill(&p.Client, &p.Contact, &p.Manager, &p.Department, &p.Organization)
	if p.Subject == "" {
		p.Subject = d.Subject
	}
	if len(p.Variants) == 0 {
		p.Variants = []Variant{{Recommended: true}}
	}
	if v := &p.Variants[0]; len(p.Variants) == 1 && len(v.Lines) == 0 && p.FilledFrom != d.ID {
		v.Lines = trade.Wanted(d.Products)
	}
	p.FilledFrom = d.ID
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
	l.Fill(p.Pricing(), f)
	l.FillCost(nil, p.Pricing(), f)
}

// OwnFirm gives the own firm of the proposal, nil when it has none.
func (p *Proposal) OwnFirm(f model.Facts) *firm.Organization {
	return model.Get[firm.Organization](f, "organization", p.Organization)
}
