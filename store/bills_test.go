package store_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/store/storetest"
)

// accepted is a saved proposal that the client accepted: ten tiles of 100.00, a
// third of a service of 100.00 whose kopecks do not divide, an option that he
// took and one that he did not.
func (o *office) accepted() *proposal.Proposal {
	o.t.Helper()
	p := o.offer(0)
	p.VATMode = proposal.VATOnTop
	v := &p.Variants[0]
	v.Lines[0].VAT = "20"
	v.Lines = append(v.Lines,
		trade.Line{Heading: true, Text: "Роботи"},
		trade.Line{Text: "Монтаж", Quantity: 333, Price: 10_000, VAT: "20", Discount: 333},
		trade.Line{Text: "Прибирання", Quantity: 1000, Price: 1_001, VAT: "20", Optional: true},
		trade.Line{Text: "Охорона", Quantity: 1000, Price: 5_000, VAT: "20", Optional: true},
	)
	o.save("proposal", p)
	o.done(o.s, p.ID, "sent", nil)
	return o.done(o.s, p.ID, "accept", model.Answers{"options": "1"})
}

// bill is the invoice that billing makes, nil where it is refused.
func (o *office) bill(p *proposal.Proposal, a model.Answers) (*invoice.Invoice, string) {
	o.t.Helper()
	e, err := o.manager.Do(o.ctx, "proposal", p.ID, "bill", a)
	if err != nil {
		return nil, keys(err)
	}
	if e.OpenKind != "invoice" || e.Open.ID == 0 {
		o.t.Fatalf("billing opens %s %v", e.OpenKind, e.Open)
	}
	return o.invoice(e.Open.ID), ""
}

func (o *office) invoice(id int64) *invoice.Invoice { return o.get("invoice", id).(*invoice.Invoice) }

func (o *office) doInvoice(id int64, action string, a model.Answers) string {
	o.t.Helper()
	_, err := o.manager.Do(o.ctx, "invoice", id, action, a)
	return keys(err)
}

// left are the computed fields of a proposal: billed, and left to bill.
func (o *office) left(p *proposal.Proposal) [3]any {
	o.t.Helper()
	rows, err := o.s.Page(o.ctx, store.Query{Kind: "proposal", Columns: []string{"billed", "left_to_bill", "left_to_bill_base"}, Where: filter.Cond{Path: "id", Op: filter.Eq, Values: []filter.Value{filter.Number(strconv.FormatInt(p.ID, 10))}}})
	if err != nil || len(rows) != 1 {
		o.t.Fatal(rows, err)
	}
	return [3]any{rows[0].Cells[0], rows[0].Cells[1], rows[0].Cells[2]}
}

func TestBilling(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.accepted()
		if p.Amount.Minor != p.Variants[0].Total || p.Variants[0].Net != 100_000+3_219+1_001 {
			t.Fatalf("accepted: %+v", p.Variants[0].Sheet)
		}
		total := p.Amount.Minor
		if got := o.left(p); got != [3]any{int64(0), total, total} {
			t.Errorf("before: %v", got)
		}
		first, w := o.bill(p, model.Answers{"lines": "1=4, 3=1"})
		if w != "" {
			t.Fatal(w)
		}
		if first.Status != invoice.Draft || first.Proposal.ID != p.ID || first.Revision != 1 || first.Client.ID != p.Client.ID || first.Amount.Minor != 49_201 || first.VATSum != 8_200 || first.Number == "" || first.PayUntil != first.Date+invoice.PayDays {
			t.Errorf("first: %+v", first)
		}
		if len(first.Lines) != 3 || first.Lines[1].Text != "Роботи" || first.Lines[0].Of != p.Variants[0].Lines[0].ID || first.Lines[0].Cost != 7_000 {
			t.Errorf("lines of the first: %+v", first.Lines)
		}
		if got := o.left(p); got != [3]any{int64(49_201), total - 49_201, total - 49_201} {
			t.Errorf("after the first: %v", got)
		}
		if _, w := o.bill(p, model.Answers{"lines": "1=7"}); w != "lines: more_than_left" {
			t.Errorf("more than is left: %q", w)
		}
		if _, w := o.bill(p, model.Answers{"share": model.Percent(7_000)}); w != "share: more_than_left" {
			t.Errorf("a larger share than is left: %q", w)
		}
		if _, w := o.bill(p, model.Answers{"share": model.Percent(7_000), "rest": true}); w != "rest: bill_one_way" {
			t.Errorf("two ways at once: %q", w)
		}
		if w := o.act(o.manager, p.ID, "reopen", nil); w != "status: proposal_is_billed" {
			t.Errorf("reopened under an invoice: %q", w)
		}
		rest, w := o.bill(p, nil)
		if w != "" || first.Amount.Minor+rest.Amount.Minor != total || first.VATSum+rest.VATSum != p.VAT {
			t.Errorf("%s: the parts come to %d + %d of %d, VAT %d + %d of %d", w, first.Amount.Minor, rest.Amount.Minor, total, first.VATSum, rest.VATSum, p.VAT)
		}
		if _, w := o.bill(p, nil); w != "status: all_is_billed" {
			t.Errorf("billed over: %q", w)
		}
		if got := o.left(p); got != [3]any{total, int64(0), int64(0)} {
			t.Errorf("all billed: %v", got)
		}

		// cancelling frees what it billed
		if w := o.doInvoice(first.ID, "cancel", nil); w != "words: required" {
			t.Errorf("cancelled without a word: %q", w)
		}
		if w := o.doInvoice(first.ID, "cancel", model.Answers{"words": "передумали"}); w != "" {
			t.Fatal(w)
		}
		again, w := o.bill(p, model.Answers{"rest": true})
		if w != "" || again.Amount != first.Amount {
			t.Errorf("%s: what was freed comes to %v, not %v", w, again.Amount, first.Amount)
		}
		if w := o.doInvoice(first.ID, "reopen", nil); !strings.Contains(w, "lines.0.quantity: more_than_left") {
			t.Errorf("a cancelled one came back: %q", w)
		}
		faults, err := o.base.Check(o.ctx)
		if err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
		for _, i := range []*invoice.Invoice{again, rest} {
			if w := o.doInvoice(i.ID, "cancel", model.Answers{"words": "все"}); w != "" {
				t.Fatal(w)
			}
		}
		o.done(o.manager, p.ID, "reopen", nil)
		if _, w := o.bill(p, nil); w != "status: bill_needs_acceptance" {
			t.Errorf("a draft was billed: %q", w)
		}
		if got := o.left(p); got != [3]any{nil, nil, nil} {
			t.Errorf("of a draft: %v", got)
		}
	})
}

// Only what the client accepted becomes an invoice.
func TestWhatCannotBeBilled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.offer(0)
		o.done(o.s, p.ID, "sent", nil)
		o.done(o.s, p.ID, "correct", nil)
		p = o.proposal(p.ID)
		p.Variants[0].Lines[0].Price = 9_000
		o.save("proposal", p)
		o.done(o.s, p.ID, "sent", nil)
		if _, w := o.bill(p, nil); w != "status: bill_needs_acceptance" {
			t.Errorf("not accepted: %q", w)
		}
		o.done(o.s, p.ID, "accept", nil)
		revisions := o.revisions(p.ID)
		if len(revisions) != 2 {
			t.Fatal(told(revisions))
		}
		if _, w := o.bill(p, model.Answers{"revision": ref(revisions[0])}); w != "revision: superseded_not_billed" {
			t.Errorf("superseded: %q", w)
		}
		other := o.accepted()
		if _, w := o.bill(p, model.Answers{"revision": ref(o.revisions(other.ID)[0])}); w != "revision: revision_of_another" {
			t.Errorf("of another: %q", w)
		}
		// somebody changed the base past the program: what stands there is not what was accepted
		if err := o.base.Write(o.ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(o.ctx, `UPDATE proposal_variants_lines SET price = 8000 WHERE id = ?`, p.Variants[0].Lines[0].ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, w := o.bill(p, nil); w != "revision: differs_from_accepted" {
			t.Errorf("differs: %q", w)
		}
		if err := o.base.Write(o.ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(o.ctx, `UPDATE proposal_variants_lines SET price = 9000 WHERE id = ?`, p.Variants[0].Lines[0].ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		i, w := o.bill(p, model.Answers{"revision": ref(revisions[1])})
		if w != "" || i.Amount.Minor != 90_000 || i.Revision != 2 {
			t.Errorf("the accepted one: %s %+v", w, i)
		}
	})
}

// A draft may bill less and have lines of its own; what the client accepted does
// not change in it. What is issued does not change at all.
func TestChangingAnInvoice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.accepted()
		i, w := o.bill(p, nil)
		if w != "" {
			t.Fatal(w)
		}
		refused := func(what string, change func(*invoice.Invoice), want string) {
			t.Helper()
			x := o.invoice(i.ID)
			change(x)
			if w := keys(o.manager.Save(o.ctx, "invoice", x)); !strings.Contains(w, want) {
				t.Errorf("%s: %q, want %q", what, w, want)
			}
		}
		refused("more", func(x *invoice.Invoice) { x.Lines[0].Quantity++ }, "lines.0.quantity: more_than_left")
		refused("another price", func(x *invoice.Invoice) { x.Lines[0].Price-- }, "lines.0.price: as_accepted")
		refused("another VAT", func(x *invoice.Invoice) { x.VATMode = trade.VATNone }, "vat_mode: as_accepted")
		refused("another currency", func(x *invoice.Invoice) { x.Currency = "EUR" }, "currency: as_accepted")
		refused("paid before it is made", func(x *invoice.Invoice) { x.PayUntil = x.Date - 1 }, "pay_until: before_beginning")
		i = o.invoice(i.ID)
		i.Lines[0].Quantity, i.Lines[0].Text = 5_000, "Черепиця червона"
		i.Lines = append(i.Lines, trade.Line{Text: "Доставка", Quantity: 1000, Price: 10_000, VAT: "20"})
		if err := o.manager.Save(o.ctx, "invoice", i); err != nil {
			t.Fatal(err)
		}
		if want := p.Amount.Minor - 60_000 + 12_000; i.Amount.Minor != want {
			t.Errorf("changed: %d, want %d", i.Amount.Minor, want)
		}
		if got := o.left(p); got[1] != int64(60_000) { // the delivery is nothing of the proposal's
			t.Errorf("left %v", got)
		}
		if w := o.doInvoice(i.ID, "issue", nil); w != "" {
			t.Fatal(w)
		}
		refused("a line of an issued one", func(x *invoice.Invoice) { x.Lines[3].Price = 1 }, "status: invoice_is_issued")
		refused("the day of an issued one", func(x *invoice.Invoice) { x.PayUntil++ }, "status: invoice_is_issued")
		i = o.invoice(i.ID)
		i.Manager = ref(o.maria)
		if err := o.manager.Save(o.ctx, "invoice", i); err != nil {
			t.Errorf("who follows it: %v", err)
		}
		if _, err := o.s.Mark(o.ctx, "invoice", i.ID, true); keys(err) != "status: invoice_is_issued" {
			t.Errorf("an issued one in the bin: %v", err)
		}
		if w := o.doInvoice(i.ID, "correct", nil); w != "" || o.invoice(i.ID).Status != invoice.Draft || o.invoice(i.ID).Amount != i.Amount {
			t.Errorf("corrected: %s %+v", w, o.invoice(i.ID))
		}
		// in the bin it bills nothing, and comes back only while there is room
		if _, err := o.s.Mark(o.ctx, "invoice", i.ID, true); err != nil {
			t.Fatal(err)
		}
		if _, w := o.bill(p, nil); w != "" {
			t.Fatal(w)
		}
		if _, err := o.s.Mark(o.ctx, "invoice", i.ID, false); !strings.Contains(keys(err), "more_than_left") {
			t.Errorf("out of the bin: %v", err)
		}
	})
}

// A copy of an invoice is one made by hand; so is one from a deal.
func TestInvoiceByHand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.accepted()
		i, w := o.bill(p, model.Answers{"share": model.Percent(5000)})
		if w != "" {
			t.Fatal(w)
		}
		if l := i.Lines[2]; l.Quantity != 167 || l.Amount != 1_614 { // half of 0.333 is rounded, and the money follows: 32.19 × 167 / 333
			t.Errorf("half of a quantity: %+v", l)
		}
		rec, err := o.manager.CopyOf(o.ctx, "invoice", i.ID)
		if err != nil {
			t.Fatal(err)
		}
		made := rec.(*invoice.Invoice)
		if !made.Proposal.IsZero() || made.Lines[0].Of != 0 || made.Status != invoice.Draft {
			t.Errorf("copy: %+v", made)
		}
		made.Lines[0].Price = 50_000
		if err := o.manager.Save(o.ctx, "invoice", made); err != nil || made.Lines[0].Amount != 250_000 {
			t.Errorf("saved: %v %+v", err, made.Lines[0])
		}
		if got := o.left(p); got[0] != i.Amount.Minor {
			t.Errorf("a copy bills the proposal: %v", got)
		}
		rec, err = o.manager.New(o.ctx, "invoice")
		if err != nil {
			t.Fatal(err)
		}
		typed := rec.(*invoice.Invoice)
		typed.Client = ref(o.client)
		if err := o.manager.Save(o.ctx, "invoice", typed); err != nil {
			t.Fatal(err)
		}
		if w := o.doInvoice(typed.ID, "issue", nil); w != "lines: nothing_to_pay" {
			t.Errorf("an empty one was issued: %q", w)
		}
	})
}

// Undo takes a bill back, and nothing takes the offer from under it.
func TestUndoingABill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.accepted()
		all := func(action string, a model.Answers) store.Batch {
			t.Helper()
			batch, failures, err := o.manager.DoAll(o.ctx, "proposal", []int64{p.ID}, action, a)
			if err != nil || len(failures) > 0 {
				t.Fatal(failures, err)
			}
			return batch
		}
		total := p.Amount.Minor
		billed := all("bill", nil)
		if got := o.left(p); got[1] != int64(0) {
			t.Fatal(got)
		}
		if _, err := o.manager.Undo(o.ctx, billed.ID, false); err != nil {
			t.Fatal(err)
		}
		if got := o.left(p); got != [3]any{int64(0), total, total} {
			t.Errorf("undone: %v", got)
		}
		all("reopen", nil)
		accepted := all("accept", nil)
		i, w := o.bill(o.proposal(p.ID), nil)
		if w != "" {
			t.Fatal(w)
		}
		if _, err := o.manager.Undo(o.ctx, accepted.ID, false); keys(err) != "status: proposal_is_billed" {
			t.Errorf("the acceptance was undone: %v", err)
		}
		if _, err := o.s.Mark(o.ctx, "proposal", p.ID, true); keys(err) != "status: proposal_is_billed" {
			t.Errorf("the proposal went to the bin: %v", err)
		}
		cancelled, failures, err := o.manager.DoAll(o.ctx, "invoice", []int64{i.ID}, "cancel", model.Answers{"words": "x"})
		if err != nil || len(failures) > 0 {
			t.Fatal(failures, err)
		}
		if _, w := o.bill(o.proposal(p.ID), nil); w != "" {
			t.Fatal(w)
		}
		if _, err := o.manager.Undo(o.ctx, cancelled.ID, false); !strings.Contains(keys(err), "more_than_left") {
			t.Errorf("undoing a cancellation billed over: %v", err)
		}
		if faults, err := o.base.Check(o.ctx); err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// Two who bill at once do not bill over, nor does one who reopens meanwhile.
func TestBillingAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		for round := range 5 {
			p := o.accepted()
			var all sync.WaitGroup
			errs := make([]error, 6)
			for n := range errs {
				all.Go(func() {
					s, action, a := o.manager, "bill", model.Answers{"share": model.Percent(4000)}
					if n%2 == 1 {
						s = o.head
					}
					if n == 5 && round > 2 {
						action, a = "reopen", nil
					}
					_, errs[n] = s.Do(o.ctx, "proposal", p.ID, action, a)
				})
			}
			all.Wait()
			made := 0
			for n, err := range errs {
				var refused model.Problems
				if err != nil && !errors.As(err, &refused) {
					t.Errorf("round %d: %v", round, err)
				}
				if err == nil && (n < 5 || round <= 2) {
					made++
				}
			}
			if now := o.proposal(p.ID); made > 2 || now.Status != proposal.Accepted && made > 0 {
				t.Errorf("round %d: %d invoices of 40 %% of a proposal that is %s", round, made, now.Status)
			}
		}
		if faults, err := o.base.Check(o.ctx); err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// The check of a base tells what must not be, however it came about.
func TestCheckFindsBilledOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p, q := o.accepted(), o.accepted()
		for _, x := range []*proposal.Proposal{p, q} {
			if _, w := o.bill(x, nil); w != "" {
				t.Fatal(w)
			}
		}
		if err := o.base.Write(o.ctx, func(tx *store.Tx) error {
			if _, err := tx.Exec(o.ctx, `UPDATE invoice_lines SET quantity = quantity + 1 WHERE bills = ?`, p.Variants[0].Lines[0].ID); err != nil {
				return err
			}
			_, err := tx.Exec(o.ctx, `UPDATE proposal SET status = 'sent' WHERE id = ?`, q.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		faults, err := o.base.Check(o.ctx)
		if err != nil || len(faults) != 2 || faults[0].Key != "billed_over" || faults[0].ID != p.ID || faults[1].Key != "billed_not_accepted" || faults[1].ID != q.ID {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// In another currency an invoice has the rate of its own day; what is left to
// bill is told at the proposal's.
func TestBillingInACurrency(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		o := newOffice(newFirm(t, dsn))
		p := o.offer(0)
		p.Currency, p.Rate = "EUR", 40_000_000
		o.save("proposal", p)
		o.done(o.s, p.ID, "sent", nil)
		p = o.done(o.s, p.ID, "accept", nil)
		i, w := o.bill(p, model.Answers{"lines": "1=3"})
		if w != "" || i.Currency != "EUR" || i.Rate != 45_500_000 || i.Amount != (model.Money{Minor: 30_000, Currency: "EUR"}) {
			t.Fatalf("%s %+v", w, i)
		}
		if got := o.left(p); got != [3]any{int64(30_000), int64(70_000), int64(2_800_000)} {
			t.Errorf("left: %v", got)
		}
		totals, err := o.s.Totals(o.ctx, store.Query{Kind: "invoice"})
		if err != nil || totals.Count != 1 {
			t.Errorf("%+v %v", totals, err)
		}
	})
}
