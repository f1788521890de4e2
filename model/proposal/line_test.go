package proposal_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/proposal"
)

func TestReword(t *testing.T) {
	product := model.Ref{ID: 3, Name: "Насос Wilo 25/4"}
	for _, c := range []struct {
		name, words string
		line        proposal.Line
		linked      bool
		quantity    model.Qty
	}{
		{"a colour added", "насос Wilo 25/4, червоний", proposal.Line{Product: product, Text: product.Name, Quantity: 2000}, true, 2000},
		{"as it was reworded before", "Помпа синя", proposal.Line{Product: product, Text: "Помпа червона", Quantity: 2000}, true, 2000},
		{"something else", "Монтаж насоса", proposal.Line{Product: product, Text: product.Name, Cost: 5, Quantity: 2000}, false, 2000},
		{"free text", "Монтаж", proposal.Line{}, false, 1000},
		{"a heading", "Обладнання", proposal.Line{Heading: true}, false, 0},
	} {
		l := c.line
		l.Reword(c.words)
		if l.Text != c.words || l.Product.ID != 0 != c.linked || l.Quantity != c.quantity || !c.linked && l.Cost != 0 {
			t.Errorf("%s: %+v", c.name, l)
		}
	}
}

func TestTake(t *testing.T) {
	l := proposal.Line{Product: model.Ref{ID: 1}, Text: "x", Unit: "шт", VAT: "20", Price: 5, Cost: 4, Quantity: 3000, Discount: 500}
	l.Take(model.Ref{ID: 2, Name: "y"})
	if !l.Pending() || l.Price != 0 || l.Cost != 0 || l.Quantity != 3000 || l.Discount != 500 {
		t.Errorf("%+v", l)
	}
	proposal.FillLine(&proposal.Proposal{Currency: "UAH", Rate: model.RateOne, VATMode: proposal.VATIncluded}, &l, world(nil))
	if l.Pending() || l.Text != "Котел" || l.Price != 500_000 {
		t.Errorf("filled: %+v", l)
	}
}

func TestVariantsComeAndGo(t *testing.T) {
	p := &proposal.Proposal{}
	p.AddVariant(-1, "Базовий")
	p.Variants[0].Lines = []proposal.Line{{Row: model.Row{ID: 4}, Text: "a"}}
	p.Variants[0].ID, p.Variants[0].Accepted = 7, true
	if i := p.AddVariant(0, "Розширений"); i != 1 {
		t.Fatalf("added at %d", i)
	}
	v := &p.Variants[1]
	if v.ID != 0 || v.Lines[0].ID != 0 || v.Accepted || v.Recommended || v.Name != "Розширений" || v.Lines[0].Text != "a" {
		t.Errorf("copy: %+v", v)
	}
	v.Lines[0].Text = "b"
	if p.Variants[0].Lines[0].Text != "a" || !p.Variants[0].Recommended {
		t.Errorf("the first: %+v", p.Variants[0])
	}
	p.RemoveVariant(0)
	if len(p.Variants) != 1 || !p.Variants[0].Recommended {
		t.Errorf("left: %+v", p.Variants)
	}
	p.RemoveVariant(0)
	if len(p.Variants) != 1 {
		t.Error("the last variant went")
	}
}
