package product

import "ugoda/model"

// KitsQuery asks for the []*Product that have a product among their parts.
const KitsQuery = "kits with a product"

// deepest is how deep kits may stand in kits.
const deepest = 20

// reckon gives a kit the cost of its parts, in the base currency.
func (p *Product) reckon(f model.Facts) error {
	if len(p.Parts) == 0 {
		return nil
	}
	base := f.BaseCurrency()
	var all int64
	for i := range p.Parts {
		c := &p.Parts[i]
		if c.Quantity == 0 {
			c.Quantity = 1000
		}
		x := model.Get[Product](f, "product", c.Product)
		if x == nil || c.Quantity < 0 || p.ID != 0 && x.ID == p.ID {
			continue // the check tells
		}
		cost := x.Cost.Minor
		if x.Cost.Currency != base && cost != 0 {
			rate, ok := f.Rate(x.Cost.Currency, f.Today())
			if !ok {
				return model.Refused(model.RowField("parts", i, "product"), "no_rate", "currency", x.Cost.Currency, "on", f.Today())
			}
			var err error
			if cost, err = model.MulDiv(cost, int64(rate), int64(model.RateOne)); err != nil {
				return model.Refused("parts", "amount_too_large")
			}
		}
		sum, err := model.Extend(cost, c.Quantity)
		if err != nil || all+sum < all {
			return model.Refused("parts", "amount_too_large")
		}
		all += sum
	}
	p.Cost = model.Money{Minor: all, Currency: base}
	return nil
}

// checkKit refuses a kit that would stand in itself, at any depth.
func checkKit(p *Product, f model.Facts) []model.Problem {
	var w []model.Problem
	for i, c := range p.Parts {
		if c.Quantity < 0 {
			w = append(w, model.Wrong(model.RowField("parts", i, "quantity"), "negative"))
		}
		if p.ID != 0 && holds(c.Product, p.ID, f, map[int64]bool{}, 0) {
			w = append(w, model.Wrong(model.RowField("parts", i, "product"), "kit_in_itself"))
		}
	}
	return w
}

// holds reports whether a product is another one or has it among its parts; a
// kit that is too deep to be told counts as one that has.
func holds(in model.Ref, id int64, f model.Facts, seen map[int64]bool, depth int) bool {
	if in.ID == id || depth > deepest {
		return true
	}
	if in.IsZero() || seen[in.ID] {
		return false
	}
	seen[in.ID] = true
	x := model.Get[Product](f, "product", in)
	if x == nil {
		return false
	}
	for _, c := range x.Parts {
		if holds(c.Product, id, f, seen, depth+1) {
			return true
		}
	}
	return false
}

// followKits lets the kits that have a product follow its cost.
func followKits(p, old *Product, f model.Facts) (model.Effects, error) {
	var e model.Effects
	if old == nil || old.Cost == p.Cost {
		return e, nil
	}
	kits, _ := f.Query(KitsQuery, p.ID).([]*Product)
	for _, x := range kits {
		kit := *x
		e.Change = append(e.Change, model.Created{Kind: "product", Record: &kit})
	}
	return e, nil
}
