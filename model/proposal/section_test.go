package proposal_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// The sections and what stands before the first of them come to the total,
// which options are not in; with the options it is the sum of all lines.
func TestSectionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes).Draw(t, "mode")
		v := counted(t, mode, anyVariant(t, 10_000_000, 14))
		var total, options, amount, lines int64
		at := 0
		for _, s := range v.Sections() {
			if first := s.From - 1; s.Heading >= 0 && (s.Heading != first || first != at) || s.Heading < 0 && at != 0 {
				t.Fatalf("section %+v does not begin where the one before ends: %d", s, at)
			}
			at = s.To
			total, options, amount = total+s.Total, options+s.Options, amount+s.Amount
		}
		for _, l := range v.Lines {
			lines += l.Total
		}
		if at != len(v.Lines) || total != v.Total || amount != v.Net || options != v.OptionsSum || total+options != lines {
			t.Fatalf("sections end at %d of %d and come to %d, %d and %d; the variant %+v", at, len(v.Lines), amount, total, options, v)
		}
	})
}

// Taking an option adds just its line to the total, but for the kopeck of the
// VAT that is reckoned from the sum.
func TestOptions(t *testing.T) {
	v := proposal.Variant{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Text: "Котел", Quantity: 1000, Price: 100_000, VAT: "20", Cost: 60_000},
		{Text: "Монтаж", Quantity: 2000, Price: 10_000, VAT: "20", Discount: 1000, Optional: true, Cost: 5_000},
		{Note: true, Text: "Доставка наша"},
	}}}
	p := proposal.Proposal{VATMode: proposal.VATOnTop, Variants: []proposal.Variant{v}}
	check := func(what string, total, vat, options, cost int64) {
		t.Helper()
		if err := p.Count(); err != nil {
			t.Fatal(err)
		}
		if got := p.Variants[0]; got.Total != total || got.VATSum != vat || got.OptionsSum != options || got.CostSum != cost {
			t.Errorf("%s: %+v", what, got)
		}
	}
	check("offered", 120_000, 20_000, 21_600, 60_000)
	if l := p.Variants[0].Lines[1]; l.Amount != 18_000 || l.VATAmount != 3_600 || l.Total != 21_600 {
		t.Errorf("an option has sums of its own: %+v", l)
	}
	p.Variants[0].Lines[1].Taken = true
	check("taken", 141_600, 23_600, 0, 70_000)
	p.Variants[0].Lines[0].Taken = true
	check("only an option is taken", 141_600, 23_600, 0, 70_000)
	if p.Variants[0].Lines[0].Taken {
		t.Error("a line that is no option was taken")
	}
}

// Discounts over all lines that reach a total leave the options alone.
func TestReachLeavesOptions(t *testing.T) {
	v := proposal.Variant{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Quantity: 1000, Price: 100_000, VAT: "20"}, {Quantity: 1000, Price: 50_000, VAT: "20", Optional: true}, {Heading: true}, {Quantity: 3000, Price: 7_777, VAT: "20"},
	}}}
	total, err := v.Reach(proposal.VATIncluded, []int{0, 1, 2, 3}, 120_000)
	if err != nil || total != 120_000 || v.Total != 120_000 {
		t.Fatalf("%d %d %v", total, v.Total, err)
	}
	if l := v.Lines[1]; l.Discount != 0 || l.Amount != 50_000 || v.OptionsSum != 50_000 {
		t.Errorf("the option changed: %+v", l)
	}
}

func TestSectionBeside(t *testing.T) {
	v := proposal.Variant{}
	for _, r := range "xAabBcC" { // capitals are headings
		v.Lines = append(v.Lines, proposal.Line{Text: string(r), Heading: r < 'a'})
	}
	for _, c := range []struct {
		from, to, by, before int
		whole                bool
	}{{4, 6, -1, 1, true}, {1, 4, 1, 6, true}, {1, 4, -1, 1, true}, {6, 7, 1, 6, true}, {4, 6, 1, 7, true}, {1, 3, 1, 1, false}, {2, 4, 1, 2, false}, {0, 4, 1, 0, false}, {1, 6, 1, 7, true}} {
		if before, whole := v.SectionBeside(c.from, c.to, c.by); before != c.before || whole != c.whole {
			t.Errorf("%+v: before %d, %v", c, before, whole)
		}
	}
}

func TestMoveLines(t *testing.T) {
	for _, c := range []struct {
		from, to, before, at int
		want                 string
	}{
		{1, 2, 0, 0, "bacde"}, {1, 2, 3, 2, "acbde"}, {1, 3, 5, 3, "adebc"}, {3, 5, 1, 1, "adebc"}, {1, 3, 1, 1, "abcde"}, {1, 3, 2, 1, "abcde"}, {1, 3, 3, 1, "abcde"},
	} {
		v := proposal.Variant{}
		for _, r := range "abcde" {
			v.Lines = append(v.Lines, proposal.Line{Text: string(r)})
		}
		at := v.MoveLines(c.from, c.to, c.before)
		got := ""
		for _, l := range v.Lines {
			got += l.Text
		}
		if at != c.at || got != c.want {
			t.Errorf("%d-%d before %d: %s at %d, want %s at %d", c.from, c.to, c.before, got, at, c.want, c.at)
		}
	}
}

// Which options a client takes is asked by their numbers, and forgotten when
// the proposal is worked on again.
func TestAcceptWithOptions(t *testing.T) {
	f := world(nil)
	made := func() *proposal.Proposal {
		p := fresh(t, f, func(p *proposal.Proposal) {
			p.Client = model.Ref{ID: 1}
			p.Variants = []proposal.Variant{{Recommended: true, Sheet: trade.Sheet{Lines: []proposal.Line{
				{Text: "Котел", Quantity: 1000, Price: 1000, VAT: "0"}, {Text: "Монтаж", Quantity: 1000, Price: 100, VAT: "0", Optional: true}, {Text: "Сервіс", Quantity: 1000, Price: 10, VAT: "0", Optional: true},
			}}}}
		})
		p.Status = proposal.Sent
		return p
	}
	do := func(p *proposal.Proposal, name string, a model.Answers) error {
		k := kind()
		for _, action := range k.Actions {
			if action.Name == name {
				_, err := action.Do(p, a, f)
				return err
			}
		}
		t.Fatalf("no action %s", name)
		return nil
	}
	for said, want := range map[string]int64{"": 1000, "1": 1100, "2": 1010, "1, 2": 1110, "all": 1110} {
		p := made()
		if err := do(p, "accept", model.Answers{"options": said}); err != nil {
			t.Fatal(err)
		}
		if err := p.Count(); err != nil || p.Variants[0].Total != want {
			t.Errorf("options %q: %d, want %d", said, p.Variants[0].Total, want)
		}
		if err := do(p, "reopen", nil); err != nil {
			t.Fatal(err)
		}
		if err := p.Count(); err != nil || p.Variants[0].Total != 1000 {
			t.Errorf("reopened: %d", p.Variants[0].Total)
		}
	}
	for _, said := range []string{"3", "0", "x"} {
		if err := do(made(), "accept", model.Answers{"options": said}); err == nil {
			t.Errorf("option %q was taken", said)
		}
	}
}

func kits() *product.Product {
	return &product.Product{
		Record: model.Record{ID: 3}, Name: "Насосна станція", Article: "K-1", Unit: model.Ref{ID: 1}, VAT: product.VAT20, Cost: model.Money{Minor: 1, Currency: "UAH"},
		Parts: []product.Part{{Product: model.Ref{ID: 1}, Quantity: 2000}, {Product: model.Ref{ID: 2}, Quantity: 500}},
	}
}

func TestKitInALine(t *testing.T) {
	f := world(nil)
	f.Put("product", kits())
	p := fresh(t, f, func(p *proposal.Proposal) {
		p.Client = model.Ref{ID: 1}
		p.Variants = []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{{Product: model.Ref{ID: 3}, Quantity: 2000}}}}}
	})
	l := p.Variants[0].Lines[0]
	// 2 × 1 000,00 and half of 100 EUR at 50
	if l.Price != 450_000 || len(l.Parts) != 2 {
		t.Fatalf("%+v", l)
	}
	if c := l.Parts[1]; c.Text != "Котел" || c.Quantity != 500 || c.Price != 500_000 || c.Cost != 400_000 || c.VAT != product.VAT7 {
		t.Errorf("the part: %+v", c)
	}
	if again := proposal.CopyVariants(p.Variants); &again[0].Lines[0].Parts[0] == &p.Variants[0].Lines[0].Parts[0] {
		t.Error("a copy shares the parts")
	}
	l.Reword("Зовсім інше")
	if len(l.Parts) != 0 || !l.Product.IsZero() {
		t.Errorf("free text has parts: %+v", l)
	}
}

// A kit unfolds into its parts: the total stays where the parts come to more.
func TestUnfold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes).Draw(t, "mode")
		kit := proposal.Line{Text: "Комплект", VAT: "20", Quantity: 1000 * model.Qty(rapid.Int64Range(1, 9).Draw(t, "kits")), Price: rapid.Int64Range(1, 1_000_000).Draw(t, "price")}
		var parts int64
		for range rapid.IntRange(1, 5).Draw(t, "parts") {
			c := proposal.Component{Text: "Деталь", VAT: "20", Quantity: 1000 * model.Qty(rapid.Int64Range(1, 4).Draw(t, "quantity")), Price: rapid.Int64Range(0, 300_000).Draw(t, "part")}
			kit.Parts = append(kit.Parts, c)
			parts += c.Price * int64(c.Quantity) / 1000 * int64(kit.Quantity) / 1000
		}
		v := counted(t, mode, proposal.Variant{Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "Інше", Quantity: 1000, Price: 500, VAT: "20"}, kit}}})
		was := v.Net
		if err := v.Unfold(mode, 1); err != nil {
			t.Fatal(err)
		}
		want := min(was, 500+parts)
		if v.Net != want || len(v.Lines) != 1+len(kit.Parts) {
			t.Fatalf("came to %d in %d lines, want %d", v.Net, len(v.Lines), want)
		}
		sound(t, mode, v, v, nil)
	})
}

// A variant has the proposal's terms but for those of its own.
func TestTermsOfAVariant(t *testing.T) {
	p := proposal.Proposal{PaymentTerms: "Передплата", DeliveryTerms: "Самовивіз", Warranty: "Рік"}
	payment, delivery, warranty := p.Terms(&proposal.Variant{DeliveryTerms: "Доставимо"})
	if got := []string{payment, delivery, warranty}; !slices.Equal(got, []string{"Передплата", "Доставимо", "Рік"}) {
		t.Error(got)
	}
}
