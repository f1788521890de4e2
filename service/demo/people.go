package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/store"
)

// foundation makes departments, people, users, rates and products.
func (m *maker) foundation() error {
	for _, step := range []func() error{m.readCatalogues, m.makePeople, m.makeRates, m.makeProducts, m.readProcesses, m.useRules} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// useRules switches on the rules that the firm's proposals go by.
func (m *maker) useRules() error {
	all, err := m.refs("approval-rule", nil)
	if err != nil {
		return err
	}
	rec, err := m.b.Get(m.ctx, "approval-rule", all[0].ID) // discounts
	if err != nil {
		return err
	}
	r := rec.(*proposal.Rule)
	r.Active = true
	return m.save("approval-rule", r)
}

// refs lists a small catalogue.
func (m *maker) refs(kind string, where filter.Node) ([]model.Ref, error) {
	rows, err := m.b.Page(m.ctx, store.Query{Kind: kind, Columns: []string{"name"}, Where: where, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return nil, err
	}
	out := make([]model.Ref, len(rows))
	for i, r := range rows {
		name, _ := r.Cells[0].(string)
		out[i] = model.Ref{ID: r.ID, Name: name}
	}
	return out, nil
}

func (m *maker) readCatalogues() error {
	var err error
	get := func(kind string) []model.Ref {
		if err != nil {
			return nil
		}
		var out []model.Ref
		out, err = m.refs(kind, nil)
		return out
	}
	m.segments, m.sources = get("segment"), get("source")
	m.reasons = get("loss-reason")
	results := get("activity-result")
	firms := get("organization")
	m.regions, m.units = map[string]model.Ref{}, map[string]model.Ref{}
	for _, r := range get("region") {
		m.regions[r.Name] = r
	}
	for _, u := range get("unit") {
		m.units[u.Name] = u
	}
	if err != nil {
		return err
	}
	m.firm = firms[0]
	m.results, m.silent = results[:4], results[4]
	rec, err := m.b.Get(m.ctx, "organization", m.firm.ID)
	if err != nil {
		return err
	}
	o := rec.(*firm.Organization)
	o.FullName = "Товариство з обмеженою відповідальністю «Тепло й Світло»"
	o.IPN, o.Address, o.Phone, o.Email, o.Website = "990000126591", "79000, м. Львів, вул. Джерельна, 7", "(010) 200-30-40", "office@teplo-svitlo.example", "teplo-svitlo.example"
	o.Signatory, o.SignatoryPost, o.SignatoryBasis = "Олена Коваль", "директорка", "статуту"
	o.Accounts = []firm.Account{{IBAN: iban("999999", 26001), Bank: "АТ «Банк-приклад»", Currency: "UAH", Main: true}}
	return m.save("organization", o)
}

// person is an invented name.
func (m *maker) person() string {
	if m.chance(0.5) {
		return pick(m.r, m.names.Men) + " " + pick(m.r, m.names.Surnames)
	}
	return pick(m.r, m.names.Women) + " " + pick(m.r, m.names.Surnames)
}

func (m *maker) makePeople() error {
	departments, err := m.refs("department", nil)
	if err != nil {
		return err
	}
	root := departments[0]
	units := []model.Ref{root}
	if m.size.People > 8 {
		units = nil
		for _, key := range []string{"wholesale", "retail", "projects", "key_accounts"}[:min(4, 1+m.size.People/12+1)] {
			d := &firm.Department{Name: m.p.T("demo.department." + key), Parent: root}
			if err := m.save("department", d); err != nil {
				return err
			}
			units = append(units, model.Ref{ID: d.ID, Name: d.Name})
		}
	}
	employees, err := m.refs("employee", nil)
	if err != nil {
		return err
	}
	users, err := m.refs("user", nil)
	if err != nil {
		return err
	}
	m.boss, m.heads = manager{ref: employees[0], user: users[0], department: root, skill: 1}, map[int64]*manager{}
	m.managers = make([]manager, 0, m.size.People)
	seen := map[string]bool{"Олена Коваль": true}
	for i := range m.size.People {
		name := m.person()
		for seen[name] {
			name = m.person()
		}
		seen[name] = true
		department := units[i%len(units)]
		e := &firm.Employee{
			Name: name, Post: m.p.T("demo.post.manager"), Department: department, Active: true,
			Phone: phone(100 + i), Email: latin(strings.Fields(name)[1]) + fmt.Sprint(i+1) + "@teplo-svitlo.example",
		}
		if err := m.save("employee", e); err != nil {
			return err
		}
		ref := model.Ref{ID: e.ID, Name: e.Name}
		u := &firm.User{Name: name, Employee: ref, Role: string(model.RoleManager), Active: true}
		if err := m.save("user", u); err != nil {
			return err
		}
		m.managers = append(m.managers, manager{ref, model.Ref{ID: u.ID, Name: u.Name}, department, 0.7 + 0.6*m.r.Float64()})
		if i < len(units) && len(units) > 1 {
			rec, err := m.b.Get(m.ctx, "department", department.ID)
			if err != nil {
				return err
			}
			d := rec.(*firm.Department)
			d.Head = ref
			m.heads[d.ID] = &m.managers[len(m.managers)-1]
			if err := m.save("department", d); err != nil {
				return err
			}
		}
	}
	return m.save("user", &firm.User{Name: m.p.T("demo.user.office"), Role: string(model.RoleBilling), Active: true})
}

// makeRates gives the dollar and the euro a plausible course.
func (m *maker) makeRates() error {
	currencies, err := m.b.Page(m.ctx, store.Query{Kind: "currency", Columns: []string{"number"}})
	if err != nil {
		return err
	}
	start := map[string]int64{"USD": 36_500_000, "EUR": 39_800_000, "PLN": 9_100_000, "GBP": 46_300_000}
	for _, c := range currencies {
		code, _ := c.Cells[0].(string)
		rate, ok := start[code]
		if !ok {
			continue
		}
		for day := m.today - model.Day(365*m.size.Years+30); day <= m.today; day += 28 {
			x := &firm.ExchangeRate{Currency: model.Ref{ID: c.ID}, On: day, Rate: model.Rate(rate)}
			if err := m.save("rate", x); err != nil {
				return err
			}
			rate += rate * int64(m.r.IntN(200)-80) / 10_000
			rate = rate / 100 * 100
		}
	}
	return nil
}

type aProduct struct {
	ref         model.Ref
	price, cost int64
	unit, vat   string
	name        string
	article     string
	parts       []proposal.Component // of a kit
}

func (m *maker) makeProducts() error {
	perItem := max(1, m.size.Products/38)
	n := 0
	for _, g := range m.names.Groups {
		group := &product.Group{Name: g.Name}
		if err := m.save("product-group", group); err != nil {
			return err
		}
		for _, item := range g.Items {
			variants := perItem
			if g.Service {
				variants = 1
			}
			for v := range variants {
				n++
				name := item
				if !g.Service {
					name = fmt.Sprintf("%s %s-%d", item, string([]rune("АБВГДЕКМ")[v%8]), 100+50*(v/8)+10*(n%9))
				}
				price := int64(80_000+m.r.IntN(4_000_000)) / 100 * 100
				unit := m.unit("piece")
				if g.Service {
					unit = m.unit("service")
				}
				p := &product.Product{
					Name: name, Article: fmt.Sprintf("%s-%04d", string([]rune("ВОЕСП")[len(m.names.Groups)%5]), n), Group: model.Ref{ID: group.ID, Name: group.Name}, Unit: unit,
					Service: g.Service, VAT: product.VAT20, Active: true, Price: model.Money{Minor: price, Currency: "UAH"}, Cost: model.Money{Minor: price * int64(60+m.r.IntN(22)) / 100, Currency: "UAH"},
				}
				if err := m.save("product", p); err != nil {
					return err
				}
				m.products = append(m.products, aProduct{model.Ref{ID: p.ID, Name: p.Name}, price, p.Cost.Minor, unit.Name, p.VAT, p.Name, p.Article, nil})
			}
		}
	}
	if err := m.makeKits(); err != nil {
		return err
	}
	slices.SortFunc(m.products, func(a, b aProduct) int { return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(a.ref.ID, b.ref.ID)) })
	return nil
}

// makeKits joins products that are sold together.
func (m *maker) makeKits() error {
	simple := slices.Clone(m.products)
	for n, key := range []string{"heating", "ventilation", "electrics"} {
		name, article := m.p.T("demo.kit."+key), fmt.Sprintf("К-%02d", n+1)
		p := &product.Product{Name: name, Article: article, Unit: m.unit("piece"), VAT: product.VAT20, Active: true}
		x := aProduct{unit: p.Unit.Name, vat: p.VAT, name: name, article: article}
		for range 3 {
			of, q := pick(m.r, simple), model.Qty(1+m.r.IntN(3))
			p.Parts = append(p.Parts, product.Part{Product: of.ref, Quantity: q * 1000})
			x.parts = append(x.parts, proposal.Component{Product: of.ref, Text: of.name, Article: of.article, Unit: of.unit, VAT: of.vat, Quantity: q * 1000, Price: of.price, Cost: of.cost})
			x.price, x.cost = x.price+of.price*int64(q), x.cost+of.cost*int64(q)
		}
		x.price = x.price * 95 / 100 / 100 * 100 // cheaper than its parts
		p.Price = model.Money{Minor: x.price, Currency: "UAH"}
		if err := m.save("product", p); err != nil {
			return err
		}
		x.ref = model.Ref{ID: p.ID, Name: p.Name}
		m.products = append(m.products, x)
	}
	return nil
}

func (m *maker) unit(key string) model.Ref { return m.units[m.p.T("seed.unit."+key)] }
