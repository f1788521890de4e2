package demo

import (
	"slices"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// propose makes a proposal whose recommended variant comes near the deal's sum.
func (m *maker) propose(s *sale) error {
	rec, err := m.b.Get(m.ctx, "deal", s.ref.ID)
	if err != nil {
		return err
	}
	d := rec.(*deal.Deal)
	if d.State != deal.Open || d.Amount.Currency != "UAH" {
		return nil
	}
	p := &proposal.Proposal{
		Date: m.day, Subject: d.Subject, Deal: s.ref, Client: d.Client, Contact: d.Contact, Organization: m.firm, Manager: s.manager.ref, Department: s.manager.department,
		Status: proposal.Draft, Importance: proposal.Importances[1], ValidUntil: m.day + model.Day(7*(1+m.r.IntN(4))), Language: s.client.language, VATMode: proposal.VATIncluded, Currency: "UAH", Rate: model.RateOne,
		Intro: m.p.T("seed.snippet_text.intro"), PaymentTerms: m.p.T("seed.snippet_text.payment_half"), DeliveryTerms: m.p.T("seed.snippet_text.delivery"), Warranty: m.p.T("seed.snippet_text.warranty"),
	}
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
		of := d.Amount.Minor * int64(70+30*(n+1)/variants) / 100
		lines := 2 + m.r.IntN(5) + n
		for i := range lines {
			l := m.line(of / int64(lines-i))
			of -= l.Price * int64(l.Quantity) / 1000
			v.Lines = append(v.Lines, l)
		}
		p.Variants = append(p.Variants, v)
	}
	m.by(s.manager)
	if err := m.save("proposal", p); err != nil {
		return err
	}
	s.offer = p.ID
	m.plan(workday(m.day+model.Day(m.r.IntN(2)), m.day-1), s, (*maker).send)
	if m.chance(0.6) {
		m.plan(p.ValidUntil+1, s, (*maker).expire)
	}
	return nil
}

// expire ends a proposal whose time has run out without an answer.
func (m *maker) expire(s *sale) error {
	if s.offer == 0 {
		return nil
	}
	rec, err := m.b.Get(m.ctx, "proposal", s.offer)
	if err != nil {
		return err
	}
	if p := rec.(*proposal.Proposal); p.Status != proposal.Sent || p.ValidUntil >= m.day {
		return nil
	}
	m.by(s.manager)
	return m.do("proposal", s.offer, "expire", nil)
}

// line is a product of which so many are taken that they come near a sum.
func (m *maker) line(sum int64) proposal.Line {
	at, _ := slices.BinarySearchFunc(m.products, sum*5/4, func(p aProduct, most int64) int {
		if p.price <= most {
			return -1
		}
		return 1
	})
	cheaper := m.products[:max(at, 1)]
	x := &cheaper[len(cheaper)-1-m.r.IntN(max(len(cheaper)*2/3, 1))]
	l := proposal.Line{Product: x.ref, Text: x.name, Article: x.article, Unit: x.unit, VAT: x.vat, Quantity: 1000 * model.Qty(max((sum+x.price/2)/x.price, 1)), Price: x.price, Cost: x.cost}
	if m.chance(0.3) {
		l.Discount = model.Percent(100 * (1 + m.r.IntN(12)))
	}
	return l
}

// send lets a proposal go out, after somebody approved it where it is large.
func (m *maker) send(s *sale) error {
	if s.offer == 0 {
		return nil
	}
	rec, err := m.b.Get(m.ctx, "proposal", s.offer)
	if err != nil {
		return err
	}
	p := rec.(*proposal.Proposal)
	later := workday(m.day+1, m.day)
	switch {
	case p.Status == proposal.Draft && m.chance(0.2):
		p.Status = proposal.Awaiting
	case p.Status == proposal.Awaiting:
		p.Status = proposal.Approved
		later = workday(m.day+model.Day(m.r.IntN(2)), m.day-1)
	case p.Status == proposal.Draft || p.Status == proposal.Approved:
		m.by(s.manager)
		return m.do("proposal", s.offer, "sent", nil)
	default:
		return nil
	}
	m.plan(later, s, (*maker).send)
	m.by(s.manager)
	return m.save("proposal", p)
}

// answer is what the client said of a proposal, or that he said nothing.
func (m *maker) answer(s *sale, yes bool) error {
	rec, err := m.b.Get(m.ctx, "proposal", s.offer)
	if err != nil {
		return err
	}
	p := rec.(*proposal.Proposal)
	id := s.offer
	s.offer = 0
	may := p.Status == proposal.Sent || p.Status == proposal.Approved
	switch {
	case p.Status == proposal.Expired && !yes:
		return nil
	case yes && p.Status != proposal.Awaiting:
		return m.do("proposal", id, "accept", model.Answers{"variant": pick(m.r, p.Variants).Name})
	case may && p.ValidUntil < m.day:
		return m.do("proposal", id, "expire", nil)
	case may && m.chance(0.7):
		return m.do("proposal", id, "decline", model.Answers{"reason": m.lossReason(s.stage)})
	}
	return m.do("proposal", id, "cancel", nil)
}
