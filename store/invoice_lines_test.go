package store_test

import (
	"errors"
	"slices"
	"testing"

	"ugoda/model/invoice"
	"ugoda/model/trade"
	"ugoda/store"
)

// An invoice is found by what stands in its lines, as a proposal is: by a filter,
// by the quick search of a list and by that of the palette; in those that were
// billed from a proposal, too.
func TestInvoicesAreFoundByLines(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		pump := f.product("Насос циркуляційний", 500_00, 300_00)
		pump.Article = "НЦ-25/40"
		f.save("product", pump)
		typed := &invoice.Invoice{Client: ref(o.client), Date: monday, VATMode: trade.VATIncluded, Currency: "UAH", Status: invoice.Draft, Sheet: trade.Sheet{Lines: []trade.Line{
			{Product: ref(pump), Quantity: 2000}, {Text: "Пусконалагодження", Quantity: 1000, Price: 100_00, VAT: "20"}, {Text: "Тариф без ціни", Note: true},
		}}}
		f.save("invoice", typed)
		billed, refused := o.bill(o.accepted(), nil)
		if refused != "" {
			t.Fatal(refused)
		}
		words := billed.Lines[0].Text
		for text, want := range map[string][]int64{
			`lines.product = "Насос циркуляційний"`: {typed.ID},
			`lines.product contains "насос"`:        {typed.ID},
			`lines.product.article = "НЦ-25/40"`:    {typed.ID},
			`lines.text contains "ПУСКО"`:           {typed.ID},
			`lines.text = "` + words + `"`:          {billed.ID},
			`lines.product is empty`:                {billed.ID},
			`not lines.note = yes`:                  {billed.ID},
		} {
			got, err := f.s.IDs(f.ctx, store.Query{Kind: "invoice", Where: f.parse("invoice", text), Sort: []store.Order{{Path: "id"}}})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, not %v, %v", text, got, want, err)
			}
		}
		for text, want := range map[string][]int64{
			"циркуляц": {typed.ID}, "нц-25": {typed.ID}, "пусконалагодження карпати": {typed.ID}, words: {billed.ID}, "такого нема": nil,
		} {
			got, err := f.s.IDs(f.ctx, store.Query{Kind: "invoice", Search: text, Sort: []store.Order{{Path: "id"}}})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("searched %q: %v, not %v, %v", text, got, want, err)
			}
		}
		hits, err := f.s.Search(f.ctx, "циркуляційний", 5)
		if err != nil || !slices.ContainsFunc(hits, func(h store.Hit) bool {
			return h.Kind == "invoice" && h.Ref.ID == typed.ID && h.Why == "lines.text"
		}) {
			t.Errorf("the palette: %+v, %v", hits, err)
		}
		var no *store.Forbidden
		if _, err = o.manager.IDs(f.ctx, store.Query{Kind: "invoice", Where: f.parse("invoice", "lines.cost > 100")}); !errors.As(err, &no) {
			t.Errorf("a salesperson asks for a cost: %v", err)
		}
		typed.Lines[1].Text = "Обкатка"
		f.save("invoice", typed)
		for text, want := range map[string]int{"пусконалагодж": 0, "обкатка": 1} {
			if got, err := f.s.IDs(f.ctx, store.Query{Kind: "invoice", Search: text}); err != nil || len(got) != want {
				t.Errorf("after a change %q finds %v, %v", text, got, err)
			}
		}
	})
}
