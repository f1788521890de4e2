package invoice_test

import (
	"errors"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/modeltest"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/model/trade"
)

const today model.Day = 20_000

// offer is an accepted proposal: two of one line, three of another, of which the
// client reads the second as an option that he took.
func offer() *proposal.Proposal {
	p := &proposal.Proposal{
		Record: model.Record{ID: 1, Number: "КП-1"}, Date: today - 5, Subject: "Дах", Client: model.Ref{ID: 1}, Deal: model.Ref{ID: 5}, Status: proposal.Accepted, Taken: 1,
		Currency: "UAH", Rate: model.RateOne, VATMode: trade.VATOnTop, PaymentTerms: "Передплата", Language: "en",
		Variants: []proposal.Variant{{Name: "Малий"}, {Name: "Великий", PaymentTerms: "Потім", Accepted: true, Sheet: trade.Sheet{Lines: []trade.Line{
			{Row: model.Row{ID: 11}, Text: "Балка", Quantity: 2000, Price: 100, VAT: "20"},
			{Row: model.Row{ID: 12}, Text: "Цвях", Quantity: 3000, Price: 10, VAT: "20", Optional: true, Taken: true},
		}}}},
	}
	if err := p.Count(); err != nil {
		panic(err)
	}
	return p
}

func world(p *proposal.Proposal, standing ...*invoice.Invoice) *modeltest.Facts {
	f := &modeltest.Facts{Day: today, Who: model.Ref{ID: 9}, Questions: map[string]any{
		invoice.BillsQuery: standing, deal.MainOrganizationQuery: model.Ref{ID: 1}, proposal.LanguageQuery: "uk",
		proposal.SnippetsQuery: []*firm.Snippet{{Usage: firm.UsagePayment, Language: "uk", Text: "Сто відсотків", Default: true}},
	}}
	f.Put("proposal", p)
	f.Put("organization", &firm.Organization{Record: model.Record{ID: 1}, Tax: firm.TaxVAT})
	f.Put("deal", &deal.Deal{
		Record: model.Record{ID: 5}, Subject: "Дах для складу", Client: model.Ref{ID: 7}, Source: model.Ref{ID: 3},
		Products: []deal.Interest{{Product: model.Ref{ID: 4}}, {Product: model.Ref{ID: 4}, Quantity: 5000}},
	})
	f.Put("product", &product.Product{Record: model.Record{ID: 4}, Name: "Черепиця", VAT: product.VAT20, Price: model.Money{Minor: 250, Currency: "UAH"}})
	return f
}

// said is the first reason of a refusal, "" when there is none.
func said(err error) string {
	var problems model.Problems
	if errors.As(err, &problems) {
		return problems[0].Field + " " + problems[0].Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func first(problems []model.Problem) string {
	if len(problems) == 0 {
		return ""
	}
	return said(model.Problems(problems))
}

func kinds() (proposals, invoices *model.Kind) {
	r := records.New()
	return r.Kind("proposal"), r.Kind("invoice")
}

// bill runs the action and derives what it makes, as saving does.
func bill(t *testing.T, p *proposal.Proposal, f *modeltest.Facts, a model.Answers) (*invoice.Invoice, string) {
	t.Helper()
	k, ki := kinds()
	action := k.Action("bill")
	if w := first(action.May(p, f)); w != "" {
		return nil, w
	}
	e, err := action.Do(p, a, f)
	if err != nil {
		return nil, said(err)
	}
	i := e.Create[0].Record.(*invoice.Invoice)
	if err := ki.Derive(i, nil, f); err != nil {
		t.Fatal(err)
	}
	return i, first(ki.Check(i, nil, f))
}

func TestBill(t *testing.T) {
	half := &invoice.Invoice{Record: model.Record{ID: 21}, Status: invoice.Issued, Sheet: trade.Sheet{Lines: []trade.Line{{Of: 11, Quantity: 1000, Amount: 100, VATAmount: 20}}}}
	for _, c := range []struct {
		name    string
		change  func(p *proposal.Proposal)
		bills   []*invoice.Invoice
		answers model.Answers
		total   int64
		want    string
	}{
		{name: "all", total: 276},
		{name: "the rest", bills: []*invoice.Invoice{half}, total: 156},
		{name: "a share", answers: model.Answers{"share": model.Percent(5000)}, total: 138},
		{name: "a share of more than is left", bills: []*invoice.Invoice{half}, answers: model.Answers{"share": model.Percent(6000)}, want: "share more_than_left"},
		{name: "by lines", answers: model.Answers{"lines": "2=1.5"}, total: 18},
		{name: "of no such line", answers: model.Answers{"lines": "3=1"}, want: "lines no_such_position"},
		{name: "nothing of it", answers: model.Answers{"share": model.Percent(1)}, want: "lines nothing_to_bill"},
		{name: "two ways", answers: model.Answers{"lines": "1=1", "rest": true}, want: "rest bill_one_way"},
		{name: "declined", change: func(p *proposal.Proposal) { p.Status = proposal.Declined }, want: "status bill_needs_acceptance"},
		{name: "of no variant", change: func(p *proposal.Proposal) { p.Variants[1].Accepted = false }, want: "variants no_variant_accepted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := offer()
			if c.change != nil {
				c.change(p)
			}
			i, w := bill(t, p, world(p, c.bills...), c.answers)
			if w != c.want {
				t.Fatalf("%q, want %q", w, c.want)
			}
			if w == "" && (i.Total != c.total || i.Amount != (model.Money{Minor: c.total, Currency: "UAH"})) {
				t.Errorf("%d %v, want %d", i.Total, i.Amount, c.total)
			}
		})
	}
}

// What an invoice has of its proposal.
func TestOfAProposal(t *testing.T) {
	p := offer()
	i, w := bill(t, p, world(p), model.Answers{"date": today + 2})
	if w != "" {
		t.Fatal(w)
	}
	if i.PaymentTerms != "Потім" || i.Variant != "Великий" || i.Revision != 1 || i.Source.ID != 3 || i.Date != today+2 || i.PayUntil != today+2+invoice.PayDays || i.Language != "en" || i.Client.ID != 1 {
		t.Errorf("%+v", i)
	}
	if len(i.Lines) != 2 || i.Lines[1].Optional || i.Lines[1].Taken || i.Lines[1].Of != 12 {
		t.Errorf("%+v", i.Lines)
	}
}

func TestByHand(t *testing.T) {
	_, k := kinds()
	f := world(offer())
	i := k.New().(*invoice.Invoice)
	k.Default(i, f)
	if i.PaymentTerms != "Сто відсотків" || i.Status != invoice.Draft || i.PayUntil != today+invoice.PayDays || i.Manager.ID != 9 {
		t.Errorf("new: %+v", i)
	}
	if w := first(k.Check(i, nil, f)); w != "client required" {
		t.Error(w)
	}
	i.Deal = model.Ref{ID: 5}
	if err := k.Derive(i, nil, f); err != nil {
		t.Fatal(err)
	}
	// one and five at 2.50 with VAT in it
	if i.Client.ID != 7 || i.Subject != "Дах для складу" || i.Total != 1500 || i.VATSum != 250 || i.VATMode != trade.VATIncluded || first(k.Check(i, nil, f)) != "" {
		t.Errorf("of a deal: %+v", i)
	}
	i.Lines = nil
	if err := k.Derive(i, nil, f); err != nil || len(i.Lines) != 0 {
		t.Errorf("lines that were removed came back: %v", i.Lines)
	}
}

func TestStatuses(t *testing.T) {
	_, k := kinds()
	f := world(offer())
	for _, c := range []struct{ status, action, becomes, why string }{
		{invoice.Draft, "issue", invoice.Issued, ""},
		{invoice.Draft, "cancel", invoice.Cancelled, ""},
		{invoice.Draft, "correct", "", "status invoice_is_draft"},
		{invoice.Draft, "reopen", "", "status invoice_is_draft"},
		{invoice.Issued, "issue", "", "status invoice_is_issued"},
		{invoice.Issued, "cancel", invoice.Cancelled, ""},
		{invoice.Issued, "correct", invoice.Draft, ""},
		{invoice.Cancelled, "issue", "", "status invoice_is_cancelled"},
		{invoice.Cancelled, "correct", "", "status invoice_is_cancelled"},
		{invoice.Cancelled, "cancel", "", "status invoice_is_cancelled"},
		{invoice.Cancelled, "reopen", invoice.Draft, ""},
	} {
		i := &invoice.Invoice{Status: c.status, Sheet: trade.Sheet{Lines: []trade.Line{{Text: "x", Quantity: 1000}}}}
		a := k.Action(c.action)
		if w := first(a.May(i, f)); w != c.why {
			t.Errorf("%s of %s: %q", c.action, c.status, w)
		} else if w == "" {
			if _, err := a.Do(i, model.Answers{"words": "так"}, f); err != nil || i.Status != c.becomes || (i.Status == invoice.Cancelled) != (i.CancelWords == "так") {
				t.Errorf("%s of %s: %+v %v", c.action, c.status, i, err)
			}
		}
	}
	if w := first(k.Action("issue").May(&invoice.Invoice{Status: invoice.Draft, Sheet: trade.Sheet{Lines: []trade.Line{{Text: "x", Heading: true, Quantity: 1000}}}}, f)); w != "lines nothing_to_pay" {
		t.Errorf("words alone were issued: %q", w)
	}
}

// A part that was billed keeps its sums while its quantity does, whatever others
// bill meanwhile.
func TestSumsStay(t *testing.T) {
	_, k := kinds()
	p := offer()
	p.Variants[1].Lines = []trade.Line{{Row: model.Row{ID: 11}, Text: "Балка", Quantity: 3000, Price: 3334, Discount: 1, VAT: "20"}}
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	i, w := bill(t, p, world(p), model.Answers{"lines": "1=1"})
	if w != "" {
		t.Fatal(w)
	}
	i.ID = 31
	was := i.Sheet
	other := &invoice.Invoice{Record: model.Record{ID: 32}, Sheet: trade.Sheet{Lines: []trade.Line{{Of: 11, Quantity: 1000, Amount: 3340, VATAmount: 660}}}}
	f := world(p, i, other)
	old := *i
	again := *i
	again.Lines = trade.CopyLines(i.Lines)
	again.Lines[0].Text = "Балка дубова"
	if err := k.Derive(&again, &old, f); err != nil || again.Total != was.Total || again.VATSum != was.VATSum {
		t.Errorf("other words change the sums: %d, were %d; %v", again.Total, was.Total, err)
	}
	again.Lines[0].Quantity = 2000
	if err := k.Derive(&again, &old, f); err != nil || again.Net != p.Variants[1].Net-3340 {
		t.Errorf("all that is left comes to %d of %d: %v", again.Net, p.Variants[1].Net-3340, err)
	}
}
