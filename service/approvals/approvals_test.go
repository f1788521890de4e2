package approvals_test

import (
	"context"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/service/approvals"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
)

var today = model.Date(2026, 11, 23)

// The demo base has a queue: it says the rule, the figures and what changed, and
// empties as it is answered; the salesperson hears of it.
func TestQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		b := demotest.Small(t, dsn, 3, today)
		s := b.System()
		words := locale.New(locale.English)
		all, err := approvals.Queue(ctx, s)
		if err != nil || len(all) < 2 {
			t.Fatalf("%d wait, %v", len(all), err)
		}
		a := all[0]
		if a.Rule() == "" || a.Proposal.Figures.DiscountShare <= 1000 || a.By.Name == "" || a.Since.IsZero() || a.Difference(words) != "for the first time" {
			t.Errorf("what is asked: %+v", a)
		}
		session := func(employee model.Ref) *store.Session {
			t.Helper()
			users, err := s.Page(ctx, store.Query{Kind: "user", Columns: []string{"employee"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range users {
				if e, _ := u.Cells[0].(model.Ref); e.ID == employee.ID {
					as, err := s.As(ctx, model.Ref{ID: u.ID})
					if err != nil {
						t.Fatal(err)
					}
					return as
				}
			}
			t.Fatalf("%s is no user", employee.Name)
			return nil
		}
		seller, head := session(a.Proposal.Manager), session(a.Approver)
		status := func() (own approvals.Own, there bool) {
			t.Helper()
			list, err := approvals.Mine(ctx, seller)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range list {
				if o.ID == a.Proposal.ID {
					return o, true
				}
			}
			return own, false
		}
		if o, there := status(); !there || o.Returned || o.Who.ID != a.Approver.ID {
			t.Errorf("the salesperson does not see that it waits: %+v", o)
		}
		do := func(s *store.Session, action string, answers model.Answers) {
			t.Helper()
			if _, err := s.Do(ctx, "proposal", a.Proposal.ID, action, answers); err != nil {
				t.Fatalf("%s: %v", action, err)
			}
		}
		do(head, "approve", nil)
		if _, there := status(); there {
			t.Error("it still waits after it was approved")
		}
		if _, asked, err := approvals.Of(ctx, head, a.Proposal.ID); err != nil || asked {
			t.Errorf("asked after the answer: %v", err)
		}
		rec, err := seller.Get(ctx, "proposal", a.Proposal.ID)
		if err != nil {
			t.Fatal(err)
		}
		p := rec.(*proposal.Proposal)
		for i := range p.Variants { // worse than approved, in every variant
			p.Variants[i].Lines[0].Discount += 500
			p.Variants[i].Lines[0].Quantity += 1000
		}
		if err := seller.Save(ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		do(seller, "submit", nil)
		again, asked, err := approvals.Of(ctx, head, a.Proposal.ID)
		if err != nil || !asked || again.Before == nil || again.Changes.Equal() || again.Was.Figures.DiscountShare >= again.Proposal.Figures.DiscountShare {
			t.Fatalf("asked anew: %v, %v, %+v", asked, err, again.Changes)
		}
		do(head, "return", model.Answers{"comment": "ні"})
		if o, there := status(); !there || !o.Returned || o.Comment != "ні" || o.Who.ID != head.Employee.ID {
			t.Errorf("the salesperson does not hear why: %+v", o)
		}
	})
}
