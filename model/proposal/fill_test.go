package proposal_test

import (
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/modeltest"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

var today = model.Date(2026, time.November, 23)

// world has two firms of our own, a deal with products, and snippets.
func world(questions map[string]any) *modeltest.Facts {
	f := &modeltest.Facts{Day: today, Who: model.Ref{ID: 5, Name: "Іван"}, Questions: questions, Rates: map[string]model.Rate{"EUR": 50_000_000}}
	f.Put("organization", &firm.Organization{Record: model.Record{ID: 1}, Name: "Платник", Tax: firm.TaxVAT})
	f.Put("organization", &firm.Organization{Record: model.Record{ID: 2}, Name: "Єдинник", Tax: firm.TaxSingle})
	f.Put("unit", &product.Unit{Record: model.Record{ID: 1}, Name: "шт"})
	f.Put("product", &product.Product{
		Record: model.Record{ID: 1}, Name: "Насос", Article: "N-1", Unit: model.Ref{ID: 1}, VAT: product.VAT20,
		Price: model.Money{Minor: 100_000, Currency: "UAH"}, Cost: model.Money{Minor: 60_000, Currency: "UAH"},
	})
	f.Put("product", &product.Product{Record: model.Record{ID: 2}, Name: "Котел", VAT: product.VAT7, Price: model.Money{Minor: 10_000, Currency: "EUR"}, Cost: model.Money{Minor: 8_000, Currency: "EUR"}})
	f.Put("client", &client.Client{Record: model.Record{ID: 1}, Name: "Клієнт"})
	f.Put("deal", &deal.Deal{
		Record: model.Record{ID: 1, Number: "7"}, Subject: "Насосна", Client: model.Ref{ID: 1}, Contact: model.Ref{ID: 9, Name: "Олена"},
		Organization: model.Ref{ID: 2}, Manager: model.Ref{ID: 6}, State: deal.Open, Products: []deal.Interest{{Product: model.Ref{ID: 1}, Quantity: 3000}, {Product: model.Ref{ID: 2}}},
	})
	return f
}

func kind() *model.Kind {
	r := model.NewRegistry()
	proposal.Describe(r)
	return r.Kind("proposal")
}

// fresh is a new proposal as a form begins it.
func fresh(t *testing.T, f *modeltest.Facts, fill func(p *proposal.Proposal)) *proposal.Proposal {
	t.Helper()
	k := kind()
	p := k.New().(*proposal.Proposal)
	k.Default(p, f)
	if fill != nil {
		fill(p)
	}
	if err := k.Derive(p, nil, f); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFromDeal(t *testing.T) {
	p := fresh(t, world(map[string]any{deal.MainOrganizationQuery: model.Ref{ID: 1}}), func(p *proposal.Proposal) { p.Deal = model.Ref{ID: 1} })
	if p.Client.ID != 1 || p.Contact.ID != 9 || p.Subject != "Насосна" || p.Manager.ID != 5 {
		t.Errorf("head: %+v", p)
	}
	if p.Organization.ID != 2 || p.VATMode != proposal.VATNone {
		t.Errorf("the deal's firm pays no VAT: %v %s", p.Organization, p.VATMode)
	}
	l := p.Variants[0].Lines
	if len(l) != 2 {
		t.Fatalf("%d lines of the deal's products", len(l))
	}
	if l[0].Text != "Насос" || l[0].Unit != "шт" || l[0].Article != "N-1" || l[0].Quantity != 3000 || l[0].Price != 100_000 || l[0].Cost != 60_000 || l[0].VAT != product.VATExempt {
		t.Errorf("first line: %+v", l[0])
	}
	if l[1].Quantity != 1000 || l[1].Price != 500_000 || l[1].Cost != 400_000 {
		t.Errorf("a line of a product in euros, in hryvnias: %+v", l[1])
	}
	if p.Amount.Minor != 800_000 || p.Margin != 800_000-180_000-400_000 {
		t.Errorf("amount %d, margin %d", p.Amount.Minor, p.Margin)
	}
}

func TestMainFirmAndVAT(t *testing.T) {
	p := fresh(t, world(map[string]any{deal.MainOrganizationQuery: model.Ref{ID: 1}}), nil)
	if p.Organization.ID != 1 || p.VATMode != proposal.VATIncluded || p.ValidUntil != today+proposal.ValidDays {
		t.Errorf("%+v", p)
	}
	if p = fresh(t, world(nil), nil); p.VATMode != proposal.VATIncluded {
		t.Errorf("without any firm: %q", p.VATMode)
	}
}

// Whoever types a line may not see costs: a new product brings its own.
func TestCostOfTypedLines(t *testing.T) {
	f, k := world(nil), kind()
	line := func(l proposal.Line) *proposal.Proposal {
		return &proposal.Proposal{Date: today, Currency: "UAH", Rate: model.RateOne, VATMode: proposal.VATIncluded, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{l}}}}}
	}
	seen := proposal.Line{Product: model.Ref{ID: 1}, Text: "Насос", Unit: "шт", VAT: "20", Quantity: 1000, Price: 90_000}
	for _, c := range []struct {
		name string
		old  *proposal.Proposal
		now  proposal.Line
		cost int64
	}{
		{"new, filled in a form", nil, seen, 60_000},
		{"new, cost typed", nil, with(seen, func(l *proposal.Line) { l.Cost = 1 }), 1},
		{"same product", line(with(seen, func(l *proposal.Line) { l.ID, l.Cost = 3, 55_000 })), with(seen, func(l *proposal.Line) { l.ID, l.Cost = 3, 55_000 }), 55_000},
		{"another product", line(with(seen, func(l *proposal.Line) { l.ID, l.Product.ID, l.Cost = 3, 2, 55_000 })), with(seen, func(l *proposal.Line) { l.ID, l.Cost = 3, 55_000 }), 60_000},
		{"another product, cost typed", line(with(seen, func(l *proposal.Line) { l.ID, l.Product.ID, l.Cost = 3, 2, 55_000 })), with(seen, func(l *proposal.Line) { l.ID, l.Cost = 3, 50_000 }), 50_000},
		{"free text", nil, proposal.Line{Text: "Монтаж", Quantity: 1000, Price: 5}, 0},
	} {
		p := line(c.now)
		var old any
		if c.old != nil {
			old = c.old
		}
		if err := k.Derive(p, old, f); err != nil {
			t.Fatal(err)
		}
		if got := p.Variants[0].Lines[0].Cost; got != c.cost {
			t.Errorf("%s: cost %d, want %d", c.name, got, c.cost)
		}
	}
}

func with(l proposal.Line, change func(l *proposal.Line)) proposal.Line {
	change(&l)
	return l
}

func TestSnippets(t *testing.T) {
	all := []*firm.Snippet{
		{Usage: firm.UsageIntro, Language: "uk", Text: "Пропонуємо", Default: true},
		{Usage: firm.UsageIntro, Language: "en", Text: "We offer", Default: true},
		{Usage: firm.UsagePayment, Language: "uk", Text: "100 %"},
		{Usage: firm.UsagePayment, Language: "uk", Text: "50 на 50", Default: true},
		{Usage: firm.UsagePayment, Language: "en", Text: "Half", Default: true},
		{Usage: firm.UsageWarranty, Language: "uk", Text: "Рік", Default: true},
	}
	p := fresh(t, world(map[string]any{proposal.SnippetsQuery: all, proposal.LanguageQuery: "uk"}), nil)
	if p.Intro != "Пропонуємо" || p.PaymentTerms != "50 на 50" || p.Warranty != "Рік" || p.DeliveryTerms != "" {
		t.Errorf("%q %q %q %q", p.Intro, p.PaymentTerms, p.Warranty, p.DeliveryTerms)
	}
	p.Intro, p.PaymentTerms, p.Language = "Своє", "100 %", "en"
	p.UseSnippets(all)
	if p.Intro != "Своє" || p.PaymentTerms != "Half" || p.Warranty != "Рік" {
		t.Errorf("in English: %q %q %q", p.Intro, p.PaymentTerms, p.Warranty)
	}
}

func TestCopied(t *testing.T) {
	p := &proposal.Proposal{
		Date: today - 100, ValidUntil: today - 70, Status: proposal.Sent, Manager: model.Ref{ID: 1}, Currency: "EUR", Rate: 1,
		Variants: []proposal.Variant{{Accepted: true, Recommended: true}},
	}
	kind().Copied(p, world(nil))
	if p.Date != today || p.ValidUntil != today+30 || p.Status != proposal.Draft || p.Manager.ID != 5 || p.Rate != 50_000_000 || p.Variants[0].Accepted || !p.Variants[0].Recommended {
		t.Errorf("%+v", p)
	}
}

func TestInCurrency(t *testing.T) {
	p := &proposal.Proposal{Currency: "UAH", Rate: model.RateOne, VATMode: proposal.VATNone, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Text: "x", Quantity: 2000, Price: 123_456, Cost: 100_000, DiscountSum: 5_000, DiscountFixed: true},
	}}}}}
	if err := p.InCurrency("EUR", 50_000_000); err != nil {
		t.Fatal(err)
	}
	l := p.Variants[0].Lines[0]
	if p.Currency != "EUR" || p.Rate != 50_000_000 || l.Price != 2469 || l.Cost != 2000 || l.DiscountSum != 100 || p.Variants[0].Total != 4838 {
		t.Errorf("%+v", p)
	}
	if err := p.InCurrency("USD", 0); err == nil {
		t.Error("no rate, no refusal")
	}
}

// What was offered is fixed once it was sent; what is ours alone is not.
func TestFixedOnceSent(t *testing.T) {
	k := kind()
	old := &proposal.Proposal{Record: model.Record{ID: 1}, Client: model.Ref{ID: 1}, Date: today, Rate: model.RateOne, Status: proposal.Sent, Subject: "x", Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "a", Price: 1}}}}}}
	check := func(change func(p *proposal.Proposal)) bool {
		p := *old
		p.Variants = []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{old.Variants[0].Lines[0]}}}}
		change(&p)
		return len(k.Check(&p, old, world(nil))) == 0
	}
	for name, c := range map[string]struct {
		change func(p *proposal.Proposal)
		may    bool
	}{
		"importance": {func(p *proposal.Proposal) { p.Importance = "high" }, true},
		"manager":    {func(p *proposal.Proposal) { p.Manager.ID = 8 }, true},
		"price":      {func(p *proposal.Proposal) { p.Variants[0].Lines[0].Price = 2 }, false},
		"terms":      {func(p *proposal.Proposal) { p.PaymentTerms = "x" }, false},
		"contact":    {func(p *proposal.Proposal) { p.Contact.ID = 2 }, false},
		"note":       {func(p *proposal.Proposal) { p.Variants[0].Note = "x" }, false},
		"taken back": {func(p *proposal.Proposal) { p.Status = proposal.Draft; p.PaymentTerms = "x" }, true},
	} {
		if check(c.change) != c.may {
			t.Errorf("%s: may is not %v", name, c.may)
		}
	}
	if !proposal.Offered("variants") || !proposal.Offered("intro") || proposal.Offered("importance") {
		t.Error("offered fields")
	}
}

// Lines that a person removed from a new proposal do not come back from the
// deal when it is saved; another deal brings its own.
func TestRemovedLinesStayRemoved(t *testing.T) {
	f := world(map[string]any{deal.MainOrganizationQuery: model.Ref{ID: 1}})
	f.Put("deal", &deal.Deal{
		Record: model.Record{ID: 2, Number: "8"}, Subject: "Котельня", Client: model.Ref{ID: 1}, State: deal.Open,
		Products: []deal.Interest{{Product: model.Ref{ID: 2}}},
	})
	p := fresh(t, f, func(p *proposal.Proposal) { p.Deal = model.Ref{ID: 1} })
	if n := len(p.Variants[0].Lines); n != 2 {
		t.Fatalf("the deal gave %d lines", n)
	}
	derive := func() {
		t.Helper()
		if err := kind().Derive(p, nil, f); err != nil {
			t.Fatal(err)
		}
	}
	p.Variants[0].Lines = nil
	derive()
	if n := len(p.Variants[0].Lines); n != 0 {
		t.Errorf("%d removed lines are back", n)
	}
	p.Deal = model.Ref{ID: 2}
	derive()
	if lines := p.Variants[0].Lines; len(lines) != 1 || lines[0].Product.ID != 2 {
		t.Errorf("the other deal gave %+v", lines)
	}
}
