package firm

import "ugoda/model"

// Region is a place of sales; regions form a tree.
type Region struct {
	model.Record
	Name   string
	Parent model.Ref
}

// Entry is an entry of a small catalogue that has a name only.
type Entry struct {
	model.Record
	Name   string
	Active bool
}

// Project groups deals that belong to one undertaking.
type Project struct {
	model.Record
	Name   string
	From   model.Day
	To     model.Day
	Active bool
}

// Currency is a currency that documents may be in; its number is its ISO 4217 code.
type Currency struct {
	model.Record
	Name   string
	Symbol string
	IsBase bool // sums are compared in it
}

// ExchangeRate is what one unit of a currency costs in the base currency from a day on.
type ExchangeRate struct {
	model.Record
	Currency model.Ref
	On       model.Day
	Rate     model.Rate
}

// Snippet is a piece of text that documents and letters take.
type Snippet struct {
	model.Record
	Name     string
	Usage    string
	Language string
	Text     string
	Default  bool
}

// Usages of a snippet.
const (
	UsageIntro    = "intro"
	UsagePayment  = "payment"
	UsageDelivery = "delivery"
	UsageWarranty = "warranty"
	UsageLetter   = "letter"
)

func describeCatalogues(r *model.Registry) {
	settings := []model.Role{model.RoleAdmin, model.RoleHead}

	g := model.Describe[Region](r, "region")
	g.Catalogue, g.Title, g.Sort = true, []string{"name"}, "name"
	g.Text("name", func(g *Region) *string { return &g.Name }, model.Required, model.Shown, model.Named)
	g.Ref("parent", func(g *Region) *model.Ref { return &g.Parent }, model.To("region"), model.Shown)
	g.Checks(func(g, _ *Region, f model.Facts) []model.Problem {
		return model.CheckTree(f, "region", g.ID, g.Parent, func(rec any) model.Ref { return rec.(*Region).Parent })
	})

	for _, name := range []string{"segment", "source"} {
		s := model.Describe[Entry](r, name)
		s.Catalogue, s.Title, s.Sort, s.Writers = true, []string{"name"}, "name", settings
		s.Text("name", func(e *Entry) *string { return &e.Name }, model.Required, model.Shown, model.Named, model.Unique)
		s.Bool("active", func(e *Entry) *bool { return &e.Active }, model.Shown)
		s.Defaults(func(e *Entry, _ model.Facts) { e.Active = true })
	}

	p := model.Describe[Project](r, "project")
	p.Catalogue, p.Title, p.Sort = true, []string{"name"}, "name"
	p.Text("name", func(p *Project) *string { return &p.Name }, model.Required, model.Shown, model.Named)
	p.Day("from", func(p *Project) *model.Day { return &p.From }, model.Shown)
	p.Day("to", func(p *Project) *model.Day { return &p.To }, model.Shown)
	p.Bool("active", func(p *Project) *bool { return &p.Active }, model.Shown)
	p.Defaults(func(p *Project, _ model.Facts) { p.Active = true })
	p.Checks(func(p, _ *Project, _ model.Facts) []model.Problem {
		if p.From != 0 && p.To != 0 && p.To < p.From {
			return []model.Problem{model.Wrong("to", "before_beginning")}
		}
		return nil
	})

	c := model.Describe[Currency](r, "currency")
	c.Catalogue, c.Title, c.Sort, c.Writers = true, []string{"name"}, "number", settings
	c.Field("number").Required, c.Field("number").Unique, c.Field("number").Shown = true, true, true
	c.Text("name", func(c *Currency) *string { return &c.Name }, model.Required, model.Shown, model.Named)
	c.Text("symbol", func(c *Currency) *string { return &c.Symbol }, model.Shown)
	c.Bool("base", func(c *Currency) *bool { return &c.IsBase }, model.Shown, model.ReadOnly)

	x := model.Describe[ExchangeRate](r, "rate")
	x.Catalogue, x.Title, x.Sort = true, []string{"number"}, "-on"
	x.Field("number").Hidden = true
	x.Ref("currency", func(x *ExchangeRate) *model.Ref { return &x.Currency }, model.To("currency"), model.Required, model.Shown)
	x.Day("on", func(x *ExchangeRate) *model.Day { return &x.On }, model.Required, model.Shown)
	x.Rate("rate", func(x *ExchangeRate) *model.Rate { return &x.Rate }, model.Required, model.Shown)
	x.Defaults(func(x *ExchangeRate, f model.Facts) { x.On = f.Today() })
	x.Checks(func(x, _ *ExchangeRate, _ model.Facts) []model.Problem {
		if x.Rate <= 0 {
			return []model.Problem{model.Wrong("rate", "not_positive")}
		}
		return nil
	})

	n := model.Describe[Snippet](r, "snippet")
	n.Catalogue, n.Title, n.Sort = true, []string{"name"}, "name"
	n.Text("name", func(s *Snippet) *string { return &s.Name }, model.Required, model.Shown, model.Named)
	n.Choice("usage", func(s *Snippet) *string { return &s.Usage }, model.OneOf(UsageIntro, UsagePayment, UsageDelivery, UsageWarranty, UsageLetter), model.Required, model.Shown)
	n.Choice("language", func(s *Snippet) *string { return &s.Language }, model.OneOf("uk", "en"), model.Shown)
	n.Bool("default", func(s *Snippet) *bool { return &s.Default }, model.Shown)
	n.LongText("text", func(s *Snippet) *string { return &s.Text }, model.Required)
	n.Defaults(func(s *Snippet, _ model.Facts) { s.Language = "uk" })
}

// Describe registers the kinds of this package.
func Describe(r *model.Registry) {
	describeOrganization(r)
	describePeople(r)
	describeCatalogues(r)
	describeTemplate(r)
}
