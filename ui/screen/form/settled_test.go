package form

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/ui/screen"
)

// The cost of a kit is the sum of its parts': the form says so and lets nobody
// type another one, until the product is no kit any more.
func TestCostOfAKitIsNotTyped(t *testing.T) {
	ctx := context.Background()
	host, s := firm(t)
	pump := &product.Product{Name: "Насос", VAT: product.VAT20, Active: true, Cost: model.Money{Minor: 100_00, Currency: "UAH"}}
	if err := s.Save(ctx, "product", pump); err != nil {
		t.Fatal(err)
	}
	kit := &product.Product{Name: "Станція", VAT: product.VAT20, Active: true, Parts: []product.Part{{Product: model.Ref{ID: pump.ID}, Quantity: 2000}}}
	if err := s.Save(ctx, "product", kit); err != nil {
		t.Fatal(err)
	}
	open := func(id int64) *Screen {
		x, err := New(host, screen.ToCard("product", id))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(x.Close)
		host.Show(x)
		return x.(*Screen)
	}
	state := func(f *Screen) (closed bool, why string) {
		return f.body.editors["cost"].Widget().(fyne.Disableable).Disabled(), f.body.labels["cost"].Reason()
	}
	f := open(kit.ID)
	if closed, why := state(f); !closed || why != "Сума собівартостей складників комплекту" {
		t.Errorf("a kit: closed %v, %q", closed, why)
	}
	if f.body.editors["price"].Widget().(fyne.Disableable).Disabled() {
		t.Error("the price of a kit is closed too")
	}
	grid := f.body.parts[0].(*partGrid)
	grid.remove(grid.rows[0])
	if closed, why := state(f); closed || why != "" {
		t.Errorf("no kit any more: closed %v, %q", closed, why)
	}
	f = open(pump.ID)
	if closed, _ := state(f); closed {
		t.Error("the cost of a plain product is closed")
	}
	f.body.editors["cost"].Set(model.Money{Minor: 5_00, Currency: "UAH"})
	f.body.parts[0].(*partGrid).add()
	if closed, why := state(f); !closed || why == "" {
		t.Errorf("a kit now: closed %v, %q", closed, why)
	}
	if v := f.body.editors["cost"].Value(); v != pump.Cost {
		t.Errorf("what was typed before stands in the field that nobody may type in: %v", v)
	}
}
