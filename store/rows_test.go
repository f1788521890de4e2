package store_test

import (
	"errors"
	"slices"
	"testing"

	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
)

// A proposal is found by what stands in its lines: by a filter through its
// parts, by the quick search of a list and by that of the palette, which says
// so; a cost that a role may not see is not asked for.
func TestFoundByLines(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		pump := f.product("Насос циркуляційний", 500_00, 300_00)
		pump.Article = "НЦ-25/40"
		f.save("product", pump)
		roof := o.offer(0)
		pumps := o.offer(500)
		pumps.Subject = "Котельня"
		pumps.Variants = []proposal.Variant{
			{Name: "Базовий", Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "Монтаж труби", Quantity: 1000, Price: 100_00, VAT: product.VAT20}}}},
			{Name: "Розширений", Sheet: trade.Sheet{Lines: []proposal.Line{{Product: ref(pump), Quantity: 2000}, {Text: "Тариф без ціни", Note: true}}}},
		}
		f.save("proposal", pumps)
		for text, want := range map[string][]int64{
			`variants.lines.product = "Насос циркуляційний"`:               {pumps.ID},
			`lines.product contains "насос"`:                               {pumps.ID},
			`lines.product.article = "НЦ-25/40"`:                           {pumps.ID},
			`lines.text contains "ТРУБ"`:                                   {pumps.ID},
			`lines.product is empty`:                                       {roof.ID},
			`lines.product is not empty`:                                   {pumps.ID},
			`lines.text != "Черепиця"`:                                     {pumps.ID},
			`variants.lines.quantity >= 10`:                                {roof.ID},
			`lines.product in ("Насос циркуляційний") and subject = "Дах"`: nil,
			`variants.name = "розширений" and not lines.note = yes`:        nil,
			`variants.name starts with "роз"`:                              {pumps.ID},
		} {
			got, err := f.s.IDs(f.ctx, store.Query{Kind: "proposal", Where: f.parse("proposal", text), Sort: []store.Order{{Path: "id"}}})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, not %v, %v", text, got, want, err)
			}
		}
		for text, want := range map[string][]int64{
			"циркуляц": {pumps.ID}, "нц-25": {pumps.ID}, "труби монтаж": {pumps.ID}, "че": {roof.ID}, "черепиц карпати": {roof.ID}, "ціни": {pumps.ID}, "такого нема": nil,
		} {
			got, err := f.s.IDs(f.ctx, store.Query{Kind: "proposal", Search: text, Sort: []store.Order{{Path: "id"}}})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("searched %q: %v, not %v, %v", text, got, want, err)
			}
		}
		hits, err := f.s.Search(f.ctx, "циркуляційний", 5)
		if err != nil || !slices.ContainsFunc(hits, func(h store.Hit) bool {
			return h.Kind == "proposal" && h.Ref.ID == pumps.ID && h.Why == "variants.lines.text"
		}) {
			t.Errorf("the palette: %+v, %v", hits, err)
		}
		if hits, err = f.s.Search(f.ctx, "Котельня", 5); err != nil || len(hits) != 1 || hits[0].Why != "subject" {
			t.Errorf("the palette: %+v, %v", hits, err)
		}
		_, err = o.manager.IDs(f.ctx, store.Query{Kind: "proposal", Where: f.parse("proposal", "lines.cost > 100")})
		var no *store.Forbidden
		if !errors.As(err, &no) {
			t.Errorf("a salesperson asks for a cost: %v", err)
		}
		if _, err := f.s.IDs(f.ctx, store.Query{Kind: "proposal", Sort: []store.Order{{Path: "lines.text"}}}); err == nil {
			t.Error("a list is sorted by what stands in many rows")
		}
		pumps.Variants[1].Lines[0].Text = "Насос інакший"
		f.save("proposal", pumps)
		if got, err := f.s.IDs(f.ctx, store.Query{Kind: "proposal", Search: "циркуляц"}); err != nil || len(got) != 0 {
			t.Errorf("a word that is no longer there: %v, %v", got, err)
		}
		if got, err := f.s.IDs(f.ctx, store.Query{Kind: "proposal", Search: "інакший"}); err != nil || len(got) != 1 {
			t.Errorf("a new word: %v, %v", got, err)
		}
		if faults, err := f.base.Check(f.ctx); err != nil || len(faults) > 0 {
			t.Error(faults, err)
		}
	})
}
