package invoice

import (
	"errors"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// PayDays is for how long a new invoice waits to be paid.
const PayDays model.Day = 5

// defaults fills a new invoice.
func defaults(i *Invoice, f model.Facts) {
	i.Date, i.Status, i.Language = f.Today(), Draft, "uk"
	if lang, _ := f.Query(proposal.LanguageQuery, 0).(string); lang != "" {
		i.Language = lang
	}
	i.PayUntil = f.Today() + PayDays
	i.Currency, i.Rate = f.BaseCurrency(), model.RateOne
	i.Manager = f.Employee()
	snippets, _ := f.Query(proposal.SnippetsQuery, 0).([]*firm.Snippet)
	i.UseSnippets(snippets)
}

// Texts are the terms of an invoice that are taken from snippets, by the usage
// of those.
func (i *Invoice) Texts() map[string]*string {
	return map[string]*string{firm.UsagePayment: &i.PaymentTerms}
}

// UseSnippets gives the terms that nobody wrote the default snippets of the
// invoice's language.
func (i *Invoice) UseSnippets(all []*firm.Snippet) { firm.UseSnippets(i.Texts(), i.Language, all) }

// copied makes a copy of an invoice a new one, made by hand: of today, a draft of
// who copies it. It bills no part of a proposal.
func copied(i *Invoice, f model.Facts) {
	if i.PayUntil != 0 {
		i.PayUntil = f.Today() + max(i.PayUntil-i.Date, 0)
	}
	i.Date, i.Status = f.Today(), Draft
	if me := f.Employee(); !me.IsZero() {
		i.Manager = me
	}
	if rate, ok := f.Rate(i.Currency, i.Date); ok {
		i.Rate = rate
	}
	trade.AsNew(i.Lines)
}

// derive computes what follows from the lines, and what nobody filled in.
func derive(i, old *Invoice, f model.Facts) error {
	if d := model.Get[deal.Deal](f, "deal", i.Deal); d != nil && old == nil {
		fillFromDeal(i, d)
	}
	trade.OwnFirm(&i.Organization, &i.VATMode, f)
	prices, err := i.Pricing().Settle(old.Pricing(), f)
	if err != nil {
		return err
	}
	i.Rate = prices.Rate
	if !i.Fixed() {
		for n := range i.Lines {
			l := &i.Lines[n]
			l.Fill(prices, f)
			l.FillCost(old.line(l.ID), prices, f)
		}
		if err := i.share(old, f); err != nil {
			return tooLarge(err)
		}
	}
	if err := i.Count(i.VATMode); err != nil {
		return tooLarge(err)
	}
	i.Amount = model.Money{Minor: i.Total, Currency: i.Currency}
	return nil
}

func tooLarge(err error) error {
	if errors.Is(err, model.ErrOverflow) {
		return model.Refused("lines", "amount_too_large")
	}
	return err
}

// line finds a line by its row, nil when there is none.
func (i *Invoice) line(id int64) *trade.Line {
	if i == nil || id == 0 {
		return nil
	}
	for n := range i.Lines {
		if l := &i.Lines[n]; l.ID == id {
			return l
		}
	}
	return nil
}

// fillFromDeal takes over what the deal knows and the invoice does not.
func fillFromDeal(i *Invoice, d *deal.Deal) {
	d.Fill(&i.Client, &i.Contact, &i.Manager, &i.Department, &i.Organization)
	if i.Source.IsZero() {
		i.Source = d.Source
	}
	if i.Subject == "" {
		i.Subject = d.Subject
	}
	if len(i.Lines) == 0 && i.FilledFrom != d.ID && i.Proposal.IsZero() {
		i.Lines = trade.Wanted(d.Products)
	}
	i.FilledFrom = d.ID
}
