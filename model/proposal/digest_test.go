package proposal

import (
	"testing"

	"ugoda/model"
	"ugoda/model/trade"
)

// An offer that uses nothing new has the digest that it had before there were
// options, notes, kits and terms of variants: else each proposal that was sent
// would seem to have been changed.
func TestDigestStays(t *testing.T) {
	r := model.NewRegistry()
	Describe(r)
	offer := func() *Proposal {
		p := &Proposal{Subject: "Котельня", VATMode: VATOnTop, Currency: "UAH", Rate: model.RateOne, PaymentTerms: "Передплата", Variants: []Variant{{Name: "Базовий", Recommended: true, Sheet: trade.Sheet{Lines: []Line{
			{Heading: true, Text: "Обладнання"},
			{Product: model.Ref{ID: 4, Name: "Котел"}, Text: "Котел", Quantity: 2000, Unit: "шт", Price: 100_000, VAT: "20", Discount: 500, Cost: 70_000},
		}}}}}
		if err := p.Count(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	first, err := digest(r.Kind("proposal"), offer())
	if err != nil {
		t.Fatal(err)
	}
	if first != "18184fd50468ed294a249cf77feb4a5f4014bd1429c45e74f8a60ea4ee643395" {
		t.Errorf("the digest is %s now", first)
	}
	differs := func(what string, change func(p *Proposal)) {
		t.Helper()
		p := offer()
		change(p)
		if now, err := digest(r.Kind("proposal"), p); err != nil || now == first {
			t.Errorf("%s is no other offer: %v", what, err)
		}
	}
	differs("an option", func(p *Proposal) { p.Variants[0].Lines[1].Optional = true })
	differs("a note", func(p *Proposal) { p.Variants[0].Lines[0].Note, p.Variants[0].Lines[0].Heading = true, false })
	differs("a kit", func(p *Proposal) {
		p.Variants[0].Lines[1].Parts = []Component{{Text: "Пальник", Quantity: 1000}}
	})
	differs("terms of a variant", func(p *Proposal) { p.Variants[0].Warranty = "Рік" })

	p := offer()
	p.Variants[0].Lines[1].Optional = true
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	open, err := digest(r.Kind("proposal"), p)
	if err != nil {
		t.Fatal(err)
	}
	p.Variants[0].Lines[1].Taken = true
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	if taken, err := digest(r.Kind("proposal"), p); err != nil || taken != open {
		t.Errorf("an answer changes the offer: %s, %s, %v", open, taken, err)
	}
}
