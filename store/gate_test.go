package store_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/store"
)

// What the client may still choose is asked for before it leaves: an option, or
// another variant, over a limit needs approval though the sum shown does not.
func TestWhatTheClientMayTakeIsAskedFor(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Понад 1500", "amount > 1500")
		p := o.offer(0) // 1000
		option := proposal.Line{Text: "Монтаж", Quantity: 1000, Price: 40_000, Optional: true}
		p.Variants[0].Lines = append(p.Variants[0].Lines, option)
		f.save("proposal", p)
		if w := o.act(o.manager, p.ID, "accept", model.Answers{"options": "all"}); w != "" {
			t.Errorf("up to 1400 is under the limit: %q", w)
		}
		dear := o.offer(0)
		option.Price = 90_000
		dear.Variants[0].Lines = append(dear.Variants[0].Lines, option)
		f.save("proposal", dear)
		for _, action := range []string{"sent", "accept"} {
			if w := o.act(o.manager, dear.ID, action, nil); w != "status: needs_approval_at_most" {
				t.Errorf("%s with an option that may come to 1900: %q", action, w)
			}
		}
		o.done(o.manager, dear.ID, "submit", nil)
		o.done(o.head, dear.ID, "approve", nil)
		o.done(o.manager, dear.ID, "sent", nil)
		if dear = o.done(o.manager, dear.ID, "accept", model.Answers{"options": "all"}); dear.Amount.Minor != 190_000 {
			t.Errorf("taken for %v", dear.Amount)
		}
		two := o.offer(0)
		two.AddVariant(0, "Розширений")
		two.Variants[1].Lines[0].Quantity = 20_000
		f.save("proposal", two)
		if w := o.act(o.manager, two.ID, "sent", nil); w != "status: needs_approval_at_most" {
			t.Errorf("with a variant of 2000 beside the recommended one: %q", w)
		}
	})
}

// A limit on a sum is none the higher in another currency, nor at a rate that
// somebody typed, nor for want of a rate; a rule that names its currency is
// taken at its word.
func TestAnotherCurrencyIsNoWayRound(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		rule := o.rule("Понад 5000", "amount > 5000")
		for code, rate := range map[string]model.Rate{"USD": 40 * model.RateOne, "PLN": 0} {
			c := &firm.Currency{Record: model.Record{Number: code}, Name: code}
			f.save("currency", c)
			if rate != 0 {
				f.save("rate", &firm.ExchangeRate{Currency: ref(c), On: monday - 30, Rate: rate})
			}
			p := o.offer(0) // 1000 of that currency
			p.Currency, p.Rate = code, 1
			f.save("proposal", p)
			if w := o.act(o.manager, p.ID, "sent", nil); w != "status: needs_approval" {
				t.Errorf("%s: %q", code, w)
			}
		}
		rule.When = `currency = "USD" and amount > 5000`
		f.save("approval-rule", rule)
		p := o.offer(0)
		p.Currency, p.Rate = "USD", 40*model.RateOne
		f.save("proposal", p)
		if w := o.act(o.manager, p.ID, "sent", nil); w != "" {
			t.Errorf("1000 dollars are under 5000 dollars: %q", w)
		}
	})
}

// What was approved for one client is not for another; clients that turn out to
// be one and the same stay approved.
func TestApprovalIsForItsClient(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Знижка", "discount_share > 10")
		p := o.offer(2000)
		o.done(o.head, p.ID, "approve", nil)
		twin := f.client("Карпати Буд")
		if _, err := f.s.Merge(f.ctx, twin.ID, o.client.ID); err != nil {
			t.Fatal(err)
		}
		p = o.proposal(p.ID)
		if p.Client.ID != twin.ID || p.Status != proposal.Approved {
			t.Fatalf("after clients were merged: %s, of %s", p.Status, p.Client.Name)
		}
		p.Client = ref(f.client("Інший"))
		f.save("proposal", p)
		if p = o.proposal(p.ID); p.Status != proposal.Draft {
			t.Errorf("of another client: %s", p.Status)
		}
		if w := o.act(o.manager, p.ID, "sent", nil); w != "status: needs_approval" {
			t.Errorf("sent to another client: %q", w)
		}
		copied := o.proposal(p.ID)
		copied.Record = model.Record{}
		copied.Client, copied.Status = ref(twin), proposal.Draft
		f.save("proposal", copied)
		if w := o.act(o.manager, copied.ID, "sent", nil); w != "status: needs_approval" {
			t.Errorf("a copy was sent: %q", w)
		}
	})
}

// What was changed while it waited is asked for with all that its rules say now,
// of whoever they name, and of those who answered about less.
func TestChangedWhileItWaits(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Знижка", "discount_share > 10")
		f.save("approval-rule", &proposal.Rule{Name: "Сума", Active: true, Order: 2, When: "amount > 500", Approver: proposal.ByRole, Role: string(model.RoleBilling)})
		f.save("approval-rule", &proposal.Rule{Name: "Велика знижка", Active: true, Order: 3, When: "discount_share > 30", Approver: proposal.ByRole, Role: string(model.RoleBilling)})
		owner := o.as("owner", model.RoleBilling)
		p := o.offer(2000)
		o.done(o.manager, p.ID, "submit", nil)
		p = o.done(o.head, p.ID, "approve", nil)
		p.Variants[0].Lines[0].Discount = 4000
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		if p = o.done(owner, p.ID, "approve", nil); p.Status != proposal.Awaiting {
			t.Fatalf("the head has seen 20 %% and it is 40 %%: %s", p.Status)
		}
		if p = o.done(o.head, p.ID, "approve", nil); p.Status != proposal.Awaiting {
			t.Fatalf("nobody was asked of more than 30 %%: %s", p.Status)
		}
		if p = o.done(owner, p.ID, "approve", nil); p.Status != proposal.Approved {
			t.Fatalf("all have answered: %s", p.Status)
		}
		o.done(o.manager, p.ID, "sent", nil)
	})
}

// Who answers answers what he saw.
func TestAnswersWhatWasSeen(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Знижка", "discount_share > 10")
		p := o.offer(2000)
		seen := o.done(o.manager, p.ID, "submit", nil)
		p = o.proposal(p.ID)
		p.Variants[0].Lines[0].Discount = 9000
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		if _, err := o.head.DoSeen(f.ctx, "proposal", p.ID, seen.Version, "approve", nil); keys(err) != "changed_since_seen" && keys(err) != ": changed_since_seen" {
			t.Errorf("approved unseen: %v", err)
		}
		now := o.proposal(p.ID)
		if _, err := o.head.DoSeen(f.ctx, "proposal", p.ID, now.Version, "approve", nil); err != nil {
			t.Error(err)
		}
	})
}

// What ended by a wrong clock is again what it was: a correction that was never
// sent does not become what the client has.
func TestInForceAgainAsItWas(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Знижка", "discount_share > 10")
		p := o.offer(0)
		later := o.manager.WithToday(p.ValidUntil + 1)
		o.done(o.manager, p.ID, "sent", nil)
		o.done(later, p.ID, "expire", nil)
		if w := o.act(later, p.ID, "revive", nil); w != "valid_until: not_valid_today" {
			t.Errorf("what is over: %q", w)
		}
		if p = o.done(o.manager, p.ID, "revive", nil); p.Status != proposal.Sent {
			t.Fatalf("sent before: %s", p.Status)
		}
		p = o.done(o.manager, p.ID, "correct", nil)
		p.Variants[0].Lines[0].Discount = 2000
		f.save("proposal", p)
		o.done(o.manager, p.ID, "submit", nil)
		o.done(o.head, p.ID, "approve", nil)
		o.done(later, p.ID, "expire", nil)
		if p = o.done(o.manager, p.ID, "revive", nil); p.Status != proposal.Approved {
			t.Errorf("a correction that was only approved: %s", p.Status)
		}
		f.sound()
	})
}

func (o *office) as(name string, role model.Role) *store.Session {
	o.t.Helper()
	u := &firm.User{Name: name, Role: string(role), Active: true}
	o.save("user", u)
	s, err := o.s.As(o.ctx, ref(u))
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}
