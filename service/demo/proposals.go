package demo

import (
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// proposalFate is how a proposal ended whose deal goes on with a chance.
func proposalFate(m *maker, won float64) string {
	switch {
	case m.chance(won * 0.8):
		return proposal.Accepted
	case m.chance(0.6):
		return proposal.Declined
	case m.chance(0.5):
		return proposal.Expired
	}
	return proposal.Cancelled
}

// makeProposal makes a proposal whose best variant comes near the deal's sum.
func (m *maker) makeProposal(d *deal.Deal, c *aClient, manager *manager, day model.Day, status string, until model.Day) error {
	p := &proposal.Proposal{Date: day, Subject: d.Subject, Deal: d.Ref(), Client: d.Client, Contact: d.Contact, Organization: m.firm, Manager: manager.ref, Department: manager.department,
		Status: proposal.Draft, Importance: proposal.Importances[1], ValidUntil: day + proposal.ValidDays, Language: c.language, VATMode: proposal.VATIncluded, Currency: "UAH", Rate: model.RateOne,
		Addressee: d.Contact.Name, Intro: m.p.T("seed.snippet_text.intro"), PaymentTerms: m.p.T("seed.snippet_text.payment_half"), DeliveryTerms: m.p.T("seed.snippet_text.delivery"), Warranty: m.p.T("seed.snippet_text.warranty")}
	if m.chance(0.15) {
		p.Importance = proposal.Importances[2+m.r.IntN(2)]
	}
	if m.chance(0.06) {
		p.Language = "en"
	}
	variants := 1
	if m.chance(0.3) {
		variants = 2 + m.r.IntN(2)
	}
	for n := range variants {
		v := proposal.Variant{Name: m.p.T("demo.variant." + []string{"basic", "extended", "full"}[n]), Recommended: n == variants-1}
		for range 2 + m.r.IntN(5) + n {
			x := &m.products[m.r.IntN(len(m.products))]
			l := proposal.Line{Product: x.ref, Text: x.name, Article: x.article, Unit: x.unit, VAT: x.vat, Quantity: model.Qty(1000 * (1 + m.r.IntN(6))), Price: x.price, Cost: x.cost}
			if m.chance(0.3) {
				l.Discount = model.Percent(100 * (1 + m.r.IntN(12)))
			}
			v.Lines = append(v.Lines, l)
		}
		p.Variants = append(p.Variants, v)
	}
	p.Status = status
	if status != proposal.Draft && status != proposal.Awaiting && status != proposal.Approved {
		p.SentAt = day.Time().Add(12 * time.Hour)
	}
	switch status {
	case proposal.Accepted:
		p.Variants[m.r.IntN(variants)].Accepted = true
		p.AnsweredAt = until.Time().Add(13 * time.Hour)
	case proposal.Declined:
		p.AnsweredAt = until.Time().Add(14 * time.Hour)
		p.DeclineReason = m.reasons[0]
	}
	if err := m.saveOn(day, "proposal", p); err != nil {
		return err
	}
	// what followed for the deal is in the base: read it again
	rec, err := m.b.Get(m.ctx, "deal", d.ID)
	if err != nil {
		return err
	}
	*d = *rec.(*deal.Deal)
	return nil
}
