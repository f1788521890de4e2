package store_test

import (
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/product"
)

func addUser(f *firmOf, name, role, password string) {
	f.t.Helper()
	u := &firm.User{Name: name, Role: role, Active: true, Employee: ref(f.ivan)}
	f.save("user", u)
	if err := f.s.SetPassword(f.ctx, u.ID, password); err != nil {
		f.t.Fatal(err)
	}
}

func newProduct(f *firmOf) int64 {
	f.t.Helper()
	p := &product.Product{Name: "Цегла", VAT: product.VAT20, Active: true, Price: model.Money{Minor: 1000, Currency: "UAH"}, Cost: model.Money{Minor: 700, Currency: "UAH"}}
	f.save("product", p)
	return p.ID
}

func productCost(rec model.Keeper) model.Money { return rec.(*product.Product).Cost }

func rename(rec model.Keeper, name string) model.Keeper {
	rec.(*product.Product).Name = name
	return rec
}
