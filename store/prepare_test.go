package store_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/store/storetest"
)

func TestPrepareAndCopy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		f := newFirm(t, dsn)
		f.save("organization", &firm.Organization{Name: "Ми", Tax: firm.TaxSingle, Main: true})
		f.save("snippet", &firm.Snippet{Name: "a", Usage: firm.UsagePayment, Language: "uk", Text: "Потім"})
		f.save("snippet", &firm.Snippet{Name: "b", Usage: firm.UsagePayment, Language: "uk", Text: "Одразу", Default: true})
		brick := newProduct(f)
		d := &deal.Deal{Subject: "Дім", Process: ref(f.process), Client: ref(f.client("Клієнт")), Products: []deal.Interest{{Product: model.Ref{ID: brick}, Quantity: 2000}}}
		f.save("deal", d)
		addUser(f, "ivan", string(model.RoleManager), "")
		seller, err := f.base.Session(f.ctx, "ivan", "")
		if err != nil {
			t.Fatal(err)
		}

		rec, err := seller.New(f.ctx, "proposal")
		if err != nil {
			t.Fatal(err)
		}
		p := rec.(*proposal.Proposal)
		p.Deal = ref(d)
		if err := seller.Prepare(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		if p.ID != 0 || p.Subject != "Дім" || p.VATMode != proposal.VATNone || p.PaymentTerms != "Одразу" || p.Amount.Minor != 2000 {
			t.Errorf("prepared: %+v", p)
		}
		if l := p.Variants[0].Lines[0]; l.Text != "Цегла" || l.Price != 1000 || l.Cost != 0 || p.Margin != 0 {
			t.Errorf("a salesperson sees no costs: %+v, margin %d", l, p.Margin)
		}
		// saved by one who sees no costs, they are there all the same
		if err := seller.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		stored := f.get("proposal", p.ID).(*proposal.Proposal)
		if stored.Margin != 600 || stored.Variants[0].Lines[0].Cost != 700 {
			t.Errorf("stored: margin %d, %+v", stored.Margin, stored.Variants[0].Lines[0])
		}

		stored.Variants[0].Accepted, stored.Status = true, proposal.Accepted
		f.save("proposal", stored)
		rec, err = seller.CopyOf(f.ctx, "proposal", p.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := rec.(*proposal.Proposal)
		if c.ID != 0 || c.Number != "" || c.Status != proposal.Draft || c.Variants[0].Accepted || c.Variants[0].ID != 0 || c.Variants[0].Lines[0].ID != 0 || c.Variants[0].Lines[0].Price != 1000 || c.Subject != "Дім" {
			t.Errorf("copy: %+v", c)
		}
		if err := seller.Save(f.ctx, "proposal", c); err != nil {
			t.Fatal(err)
		}
		if again := f.get("proposal", c.ID).(*proposal.Proposal); again.Margin != 600 || again.Number == stored.Number {
			t.Errorf("copy stored: margin %d, number %s", again.Margin, again.Number)
		}
	})
}
