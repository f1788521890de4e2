package demo

import (
	"slices"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// propose makes a proposal whose recommended variant comes near the deal's sum.
func (m *maker) propose(s *sale) error {
	generous := m.chance(0.05) || m.day > m.today-8 && m.chance(0.35)
	if err := m.draw(s, generous); err != nil || s.offer == 0 {
		return err
	}
	m.plan(workday(m.day+model.Day(m.r.IntN(2)), m.day-1), s, (*maker).send)
	return nil
}

// draw writes a proposal; a generous one has a discount that must be approved.
func (m *maker) draw(s *sale, generous bool) error {
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
	}
	switch x := m.r.Float64(); {
	case x < 0.05:
		p.Importance = proposal.Importances[3]
	case x < 0.15:
		p.Importance = proposal.Importances[2]
	case x < 0.22:
		p.Importance = proposal.Importances[0]
	}
	if m.chance(0.06) {
		p.Language = "en"
	}
	words := m.p
	if p.Language != string(m.p.Language()) {
		words = locale.New(locale.Language(p.Language))
	}
	p.Intro, p.PaymentTerms = words.T("seed.snippet_text.intro"), words.T("seed.snippet_text.payment_half")
	p.DeliveryTerms, p.Warranty = words.T("seed.snippet_text.delivery"), words.T("seed.snippet_text.warranty")
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
			if generous {
				l.Discount = model.Percent(100 * (11 + m.r.IntN(6)))
			}
			v.Lines = append(v.Lines, l)
		}
		m.arrange(&v)
		p.Variants = append(p.Variants, v)
	}
	m.by(s.manager)
	if err := m.save("proposal", p); err != nil {
		return err
	}
	s.offer = p.ID
	m.plan(p.ValidUntil+1, s, (*maker).expire)
	return nil
}

// arrange gives the lines of some variants sections, a note, an option and terms
// of its own.
func (m *maker) arrange(v *proposal.Variant) {
	heading := func(at int, key string) {
		v.Lines = slices.Insert(v.Lines, at, proposal.Line{Heading: true, Text: m.p.T("demo.section." + key)})
	}
	if n := len(v.Lines); n >= 4 && m.chance(0.4) {
		heading(n-1-m.r.IntN(2), "extras")
		heading(0, "equipment")
	}
	if m.chance(0.12) {
		v.Lines = append(v.Lines, proposal.Line{Note: true, Text: m.p.T("demo.note")})
	}
	if m.chance(0.2) {
		l := m.line(2_000_000)
		l.Optional = true
		v.Lines = append(v.Lines, l)
	}
	if m.chance(0.1) {
		v.Warranty = m.p.T("demo.long_warranty")
	}
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
	l := proposal.Line{Product: x.ref, Text: x.name, Article: x.article, Unit: x.unit, VAT: x.vat, Quantity: 1000 * model.Qty(max((sum+x.price/2)/x.price, 1)), Price: x.price, Cost: x.cost, Parts: slices.Clone(x.parts)}
	if m.chance(0.3) {
		l.Discount = model.Percent(100 * (1 + m.r.IntN(12)))
	}
	return l
}
