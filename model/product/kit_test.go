package product_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/modeltest"
	"ugoda/model/product"
)

func uah(minor int64) model.Money { return model.Money{Minor: minor, Currency: "UAH"} }

func part(id int64, q model.Qty) product.Part {
	return product.Part{Product: model.Ref{ID: id}, Quantity: q}
}

func TestKits(t *testing.T) {
	r := model.NewRegistry()
	product.Describe(r)
	k := r.Kind("product")
	f := &modeltest.Facts{Rates: map[string]model.Rate{"EUR": 50_000_000}}
	add := func(id int64, cost model.Money, parts ...product.Part) *product.Product {
		p := &product.Product{Record: model.Record{ID: id}, Name: "x", Cost: cost, Parts: parts}
		f.Put("product", p)
		return p
	}
	add(1, uah(60_000))
	add(2, model.Money{Minor: 8_000, Currency: "EUR"})
	inner := add(3, model.Money{}, part(1, 2000), part(2, 500))
	if err := k.Derive(inner, nil, f); err != nil {
		t.Fatal(err)
	}
	if inner.Cost != uah(2*60_000+200_000) {
		t.Errorf("the cost of a kit is %v", inner.Cost)
	}
	outer := add(4, model.Money{}, part(3, 3000), part(1, 0))
	if err := k.Derive(outer, nil, f); err != nil {
		t.Fatal(err)
	}
	if outer.Cost != uah(3*320_000+60_000) || outer.Parts[1].Quantity != 1000 {
		t.Errorf("a kit of kits: %+v", outer)
	}
	if w := k.Check(outer, nil, f); len(w) > 0 {
		t.Errorf("refused: %v", w)
	}

	for what, p := range map[string]*product.Product{
		"itself":           {Record: model.Record{ID: 3}, Parts: []product.Part{part(3, 1000)}},
		"the kit it is in": {Record: model.Record{ID: 3}, Parts: []product.Part{part(1, 1000), part(4, 1000)}},
	} {
		w := k.Check(p, nil, f)
		if len(w) != 1 || w[0].Key != "kit_in_itself" {
			t.Errorf("a kit of %s: %v", what, w)
		}
	}
	if w := k.Check(&product.Product{Parts: []product.Part{part(1, -1000)}}, nil, f); len(w) != 1 || w[0].Key != "negative" {
		t.Errorf("fewer than none: %v", w)
	}
}
