// Package product describes what we sell.
package product

import "ugoda/model"

// VAT rates of a product or a line: percent, or exempt.
const (
	VAT20     = "20"
	VAT14     = "14"
	VAT7      = "7"
	VAT0      = "0"
	VATExempt = "exempt" // without VAT
)

// VATs lists the rates in the order in which they are offered.
var VATs = []string{VAT20, VAT14, VAT7, VAT0, VATExempt}

// VATRate is the rate behind a VAT identifier; an exempt line has none.
func VATRate(vat string) model.Percent {
	switch vat {
	case VAT20:
		return 2000
	case VAT14:
		return 1400
	case VAT7:
		return 700
	}
	return 0
}

// Group is a group of products; groups form a tree.
type Group struct {
	model.Record
	Name   string
	Parent model.Ref
}

// Unit is a unit of measure.
type Unit struct {
	model.Record
	Name     string
	FullName string
}

// Product is a thing or a service that is sold.
type Product struct {
	model.Record
	Name        string
	Article     string
	Barcode     string
	Group       model.Ref
	Unit        model.Ref
	Service     bool
	VAT         string
	Price       model.Money // list price
	Cost        model.Money
	Floor       model.Money // the lowest price that needs nobody's leave; nought: none
	Description string
	Active      bool
	Picture     []byte // PNG or JPEG
	Parts       []Part // of a kit
}

// Part is a product that a kit is made of.
type Part struct {
	model.Row
	Product  model.Ref
	Quantity model.Qty // in one kit
}

// Describe registers the kinds of this package.
func Describe(r *model.Registry) {
	g := model.Describe[Group](r, "product-group")
	g.Catalogue, g.Title, g.Sort = true, []string{"name"}, "name"
	g.Text("name", func(g *Group) *string { return &g.Name }, model.Required, model.Shown, model.Named)
	g.Ref("parent", func(g *Group) *model.Ref { return &g.Parent }, model.To("product-group"), model.Shown)
	g.Checks(func(g, _ *Group, f model.Facts) []model.Problem {
		return model.CheckTree(f, "product-group", g.ID, g.Parent, func(rec any) model.Ref { return rec.(*Group).Parent })
	})

	u := model.Describe[Unit](r, "unit")
	u.Catalogue, u.Title, u.Sort = true, []string{"name"}, "name"
	u.Text("name", func(u *Unit) *string { return &u.Name }, model.Required, model.Shown, model.Named, model.Unique)
	u.Text("full_name", func(u *Unit) *string { return &u.FullName }, model.Shown)

	k := model.Describe[Product](r, "product")
	k.Title, k.Sort, k.Series = []string{"name"}, "name", "product"
	k.Text("name", func(p *Product) *string { return &p.Name }, model.Required, model.Shown, model.Named)
	k.Text("article", func(p *Product) *string { return &p.Article }, model.Shown)
	k.Text("barcode", func(p *Product) *string { return &p.Barcode })
	k.Ref("group", func(p *Product) *model.Ref { return &p.Group }, model.To("product-group"), model.Shown)
	k.Ref("unit", func(p *Product) *model.Ref { return &p.Unit }, model.To("unit"), model.Shown)
	k.Bool("service", func(p *Product) *bool { return &p.Service })
	k.Choice("vat", func(p *Product) *string { return &p.VAT }, model.OneOf(VATs...), model.Required, model.Shown)
	k.Money("price", func(p *Product) *model.Money { return &p.Price }, model.Shown, model.Group("price"))
	k.Money("cost", func(p *Product) *model.Money { return &p.Cost }, model.Group("price"), model.Secret(model.RoleHead, model.RoleAdmin, model.RoleBilling))
	k.Money("floor", func(p *Product) *model.Money { return &p.Floor }, model.Group("price"))
	k.Bool("active", func(p *Product) *bool { return &p.Active })
	k.LongText("description", func(p *Product) *string { return &p.Description })
	k.Bytes("picture", func(p *Product) *[]byte { return &p.Picture }, model.Format("picture"))
	c := model.PartOf(k, "parts", func(p *Product) *[]Part { return &p.Parts })
	c.Ref("product", func(c *Part) *model.Ref { return &c.Product }, model.To("product"), model.Required, model.Shown)
	c.Qty("quantity", func(c *Part) *model.Qty { return &c.Quantity }, model.Shown)
	k.Defaults(func(p *Product, f model.Facts) {
		p.VAT, p.Active = VAT20, true
		p.Price.Currency, p.Cost.Currency, p.Floor.Currency = f.BaseCurrency(), f.BaseCurrency(), f.BaseCurrency()
	})
	k.Derives(func(p, _ *Product, f model.Facts) error { return p.reckon(f) })
	k.Settles(func(p *Product) []model.Problem {
		if len(p.Parts) == 0 {
			return nil
		}
		return []model.Problem{model.Wrong("cost", "cost_of_parts")}
	})
	k.Follows(followKits)
	k.Checks(func(p, _ *Product, f model.Facts) []model.Problem {
		w := checkKit(p, f)
		if p.Price.Minor < 0 {
			w = append(w, model.Wrong("price", "negative"))
		}
		if p.Cost.Minor < 0 {
			w = append(w, model.Wrong("cost", "negative"))
		}
		if p.Floor.Minor < 0 {
			w = append(w, model.Wrong("floor", "negative"))
		}
		return w
	})
}
