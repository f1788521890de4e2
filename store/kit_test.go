package store_test

import (
	"fmt"
	"testing"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
)

func (f *firmOf) product(name string, price, cost int64, parts ...product.Part) *product.Product {
	f.t.Helper()
	p := &product.Product{Name: name, VAT: product.VAT20, Active: true, Price: uah(price), Cost: uah(cost), Parts: parts}
	f.save("product", p)
	return p
}

func uah(minor int64) model.Money { return model.Money{Minor: minor, Currency: "UAH"} }

func part(p *product.Product, q model.Qty) product.Part {
	return product.Part{Product: ref(p), Quantity: q}
}

// A kit costs what its parts do, and follows them through kits of kits; none
// may stand in itself.
func TestKits(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		pump, pipe := f.product("Насос", 100_000, 60_000), f.product("Труба", 5_000, 3_000)
		station := f.product("Станція", 0, 0, part(pump, 2000), part(pipe, 10_000))
		house := f.product("Котельня", 500_000, 0, part(station, 1000), part(pipe, 2_000))
		cost := func(p *product.Product) int64 { return f.get("product", p.ID).(*product.Product).Cost.Minor }
		if cost(station) != 150_000 || cost(house) != 156_000 {
			t.Fatalf("the kits cost %d and %d", cost(station), cost(house))
		}
		pump = f.get("product", pump.ID).(*product.Product)
		pump.Cost = uah(70_000)
		f.save("product", pump)
		if cost(station) != 170_000 || cost(house) != 176_000 {
			t.Errorf("after a part grew dearer they cost %d and %d", cost(station), cost(house))
		}
		again := f.get("product", station.ID).(*product.Product)
		again.Parts = append(again.Parts, part(house, 1000))
		if got := keys(f.s.Save(f.ctx, "product", again)); got != "parts.2.product: kit_in_itself" {
			t.Errorf("a kit in itself: %q", got)
		}
	})
}

// What a kit costs is typed by nobody: a figure of its own is refused with the
// reason, whether one product is saved or a field of many is changed. The sum of
// its parts, read back from somewhere, is no other figure; a copy reckons anew.
func TestCostOfKitsIsNotOverwritten(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		pump := f.product("Насос", 100_000, 60_000)
		station := f.product("Станція", 0, 120_000, part(pump, 2000))
		const why = "cost: cost_of_parts"
		fresh := &product.Product{Name: "Котельня", VAT: product.VAT20, Cost: uah(7), Parts: []product.Part{part(pump, 1000)}}
		if got := keys(f.s.Save(f.ctx, "product", fresh)); got != why {
			t.Errorf("a new kit with a cost of its own: %q", got)
		}
		station.Cost = uah(5)
		if got := keys(f.s.Save(f.ctx, "product", station)); got != why {
			t.Errorf("a kit with another cost: %q", got)
		}
		alone := f.product("Кран", 0, 50)
		alone.Cost, alone.Parts = uah(60), []product.Part{part(pump, 1000)}
		if got := keys(f.s.Save(f.ctx, "product", alone)); got != why {
			t.Errorf("a kit now, with another cost than it had: %q", got)
		}
		alone.Cost = uah(50)
		f.save("product", alone)
		if alone.Cost != uah(60_000) {
			t.Errorf("a kit now costs %v", alone.Cost)
		}
		_, failures, err := f.s.SetFields(f.ctx, "product", []int64{pump.ID, station.ID}, []store.FieldValue{{Field: "cost", Value: uah(70_000)}})
		if err != nil || len(failures) != 1 || failures[0].ID != station.ID || keys(failures[0].Err) != why {
			t.Fatalf("changed together: %+v, %v", failures, err)
		}
		if kit := f.get("product", station.ID).(*product.Product); kit.Cost != uah(140_000) {
			t.Errorf("the kit follows: %v", kit.Cost)
		}
		again, err := f.s.CopyOf(f.ctx, "product", station.ID)
		if err != nil {
			t.Fatal(err)
		}
		f.save("product", again)
		if again.(*product.Product).Cost != uah(140_000) {
			t.Errorf("a copy costs %v", again.(*product.Product).Cost)
		}
	})
}

// Options, notes, kits and terms of a variant are kept, stand in revisions, and
// are compared; what the client takes comes into the sums.
func TestLinesOfAllSorts(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		pump := f.product("Насос", 100_000, 60_000)
		station := f.product("Станція", 0, 0, part(pump, 2000))
		p := o.offer(0)
		v := &p.Variants[0]
		v.Warranty = "Три роки"
		v.Lines = append(v.Lines, proposal.Line{Heading: true, Text: "Обладнання"}, proposal.Line{Product: ref(station), Quantity: 1000},
			proposal.Line{Note: true, Text: "Монтаж наш"}, proposal.Line{Text: "Сервіс", Quantity: 1000, Price: 5_000, Optional: true})
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		p = o.proposal(p.ID)
		v = &p.Variants[0]
		kit := v.Lines[2]
		if p.Amount.Minor != 300_000 || v.OptionsSum != 5_000 || v.Warranty != "Три роки" || !v.Lines[3].Note || kit.Price != 200_000 || kit.Cost != 120_000 || len(kit.Parts) != 1 || kit.Parts[0].Quantity != 2000 {
			t.Fatalf("read back: %+v", v)
		}
		p = o.done(o.manager, p.ID, "sent", nil)
		p = o.done(o.manager, p.ID, "accept", model.Answers{"options": "1"})
		if p.Amount.Minor != 305_000 || p.Revision != 1 || !p.Variants[0].Lines[4].Taken {
			t.Errorf("taken: %v, revision %d", p.Amount, p.Revision)
		}
		kept, err := f.s.RevisionContent(f.ctx, o.revisions(p.ID)[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if l := kept.Variants[0].Lines; l[4].Taken || !l[4].Optional || len(l[2].Parts) != 1 || kept.Variants[0].Warranty != "Три роки" {
			t.Errorf("the revision: %+v", kept.Variants[0])
		}
		if n := f.count("proposal", f.parse("proposal", "positions = 3")); n != 1 {
			t.Errorf("%d proposals of three positions", n)
		}
	})
}

func TestPrices(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		pump := f.product("Насос", 100_000, 60_000)
		other := f.client("Інший")
		offer := func(to model.Ref, on model.Day, price int64, discount model.Percent) *proposal.Proposal {
			p := o.offer(0)
			p.Client, p.Date, p.ValidUntil = to, on, 0
			p.Variants[0].Lines = []proposal.Line{{Product: ref(pump), Text: "Насос", Unit: "шт", VAT: "exempt", Quantity: 2000, Price: price, Discount: discount}}
			p.Variants = append(p.Variants, proposal.Variant{Name: "Дорожчий", Sheet: trade.Sheet{Lines: []proposal.Line{{Product: ref(pump), Text: "Насос", Unit: "шт", VAT: "exempt", Quantity: 1000, Price: 2 * price}}}})
			f.save("proposal", p)
			return p
		}
		his, theirs, draft := offer(ref(o.client), monday-9, 90_000, 500), offer(ref(other), monday-5, 95_000, 0), offer(ref(o.client), monday, 1, 0)
		for _, p := range []*proposal.Proposal{his, theirs} {
			o.done(f.s, p.ID, "sent", nil)
		}
		cancelled := offer(ref(o.client), monday+1, 7, 0)
		o.done(f.s, cancelled.ID, "cancel", nil)
		told := func(client, without int64) string {
			all, err := f.s.Prices(f.ctx, pump.ID, client, without)
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, x := range all {
				said += fmt.Sprintf("%d %s %d×%d→%d; ", x.On-monday, x.Client.Name, x.Quantity/1000, x.Price.Minor, x.Net().Minor)
			}
			return said
		}
		if got, want := told(0, draft.ID), "-5 Інший 2×95000→95000; -9 Карпати-Буд 2×90000→85500; "; got != want {
			t.Errorf("all: %s", got)
		}
		if got, want := told(o.client.ID, 0), "0 Карпати-Буд 2×1→1; -9 Карпати-Буд 2×90000→85500; "; got != want {
			t.Errorf("his: %s", got)
		}
		mine, others, err := f.s.LastPrices(f.ctx, pump.ID, o.client.ID, 0)
		if err != nil || mine == nil || others == nil || mine.Price.Minor != 90_000 || others.Price.Minor != 95_000 {
			t.Errorf("the last: %+v, %+v, %v", mine, others, err)
		}
	})
}
