package filter

import (
	"slices"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/text"
)

// Match tells whether a record of a kind meets a condition, as the base would:
// for records that are not stored, and to check what the base says. Computed
// fields are known to the base only: they give *Invalid.
func Match(reg *model.Registry, kind string, n Node, rec any, f model.Facts) (bool, error) {
	k := reg.Kind(kind)
	if k == nil {
		return false, &Invalid{Key: "unknown_kind", Path: kind}
	}
	m := matcher{reg, f}
	return m.match(k, n, rec)
}

type matcher struct {
	reg *model.Registry
	f   model.Facts
}

func (m matcher) match(k *model.Kind, n Node, rec any) (bool, error) {
	switch n := n.(type) {
	case nil:
		return true, nil
	case And:
		for _, x := range n {
			if ok, err := m.match(k, x, rec); !ok || err != nil {
				return false, err
			}
		}
		return true, nil
	case Or:
		for _, x := range n {
			if ok, err := m.match(k, x, rec); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	case Not:
		ok, err := m.match(k, n.Node, rec)
		return !ok && err == nil, err
	case Cond:
		return m.cond(k, n, rec)
	}
	return false, &Invalid{Key: "filter_value"}
}

func (m matcher) cond(k *model.Kind, c Cond, rec any) (bool, error) {
	positive := map[Op]Op{Ne: Eq, NotIn: In, NotContains: Contains, NotEmpty: Empty}
	if op, ok := positive[c.Op]; ok {
		c.Op = op
		ok, err := m.cond(k, c, rec)
		return !ok && err == nil, err
	}
	if c.Op == In {
		for _, v := range c.Values {
			if ok, err := m.cond(k, Cond{c.Path, Eq, []Value{v}}, rec); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	route, err := m.reg.Route(k, c.Path)
	if err != nil {
		return false, &Invalid{Key: "filter_field_unknown", Path: c.Path}
	}
	if len(route.Parts) > 0 {
		return m.rows(route, c, rec)
	}
	fields, f := route.Fields, route.Field()
	if f.Computed && f.BaseOf == "" {
		return false, &Invalid{Key: "filter_computed", Path: c.Path}
	}
	var v any
	for i, x := range fields {
		if rec == nil {
			v = nil
			break
		}
		if x.BaseOf != "" {
			v = m.inBase(k.Field(x.BaseOf).Value(rec).(model.Money))
			break
		}
		v = x.Value(rec)
		if i < len(fields)-1 {
			rec, k = m.f.Record(x.To, v.(model.Ref).ID), m.reg.Kind(x.To)
		}
	}
	if c.Op == Empty {
		return isEmpty(v), nil
	}
	if v == nil {
		return false, nil
	}
	return m.compare(f, c, v)
}

// rows tells whether any row of parts meets a condition; empty is what no row
// has.
func (m matcher) rows(r *model.Route, c Cond, rec any) (bool, error) {
	over := []any{rec}
	for _, p := range r.Parts {
		var rows []any
		for _, x := range over {
			for i := range p.Len(x) {
				rows = append(rows, p.At(x, i))
			}
		}
		over = rows
	}
	c.Path = r.Path
	for _, row := range over {
		if ok, err := m.cond(r.Kind, c, row); err != nil || ok != (c.Op == Empty) {
			return ok, err
		}
	}
	return c.Op == Empty, nil
}

// inBase is an amount in the base currency, at the rate of today, as saving
// would convert it; none where there is no rate.
func (m matcher) inBase(a model.Money) model.Money {
	rate, ok := m.f.Rate(a.Currency, m.f.Today())
	if !ok || a == (model.Money{}) {
		return model.Money{}
	}
	minor, err := model.Convert(a.Minor, rate)
	if err != nil {
		return model.Money{}
	}
	return model.Money{Minor: minor, Currency: m.f.BaseCurrency()}
}

// isEmpty is what "is empty" means: numbers are empty when they are nought.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case int64:
		return v == 0
	case model.Money:
		return v.Minor == 0
	case model.Qty:
		return v == 0
	case model.Percent:
		return v == 0
	case model.Rate:
		return v == 0
	case model.Day:
		return v == 0
	case time.Time:
		return v.IsZero()
	case model.Ref:
		return v.ID == 0
	case []byte:
		return len(v) == 0
	}
	return false
}

func (m matcher) compare(f *model.Field, c Cond, v any) (bool, error) {
	switch v := v.(type) {
	case string:
		s, _ := c.Values[0].(String)
		has, sought := v, string(s)
		if f.Searched() {
			has, sought = text.Fold(has), text.Fold(sought)
		}
		switch c.Op {
		case Contains:
			return strings.Contains(has, sought), nil
		case Starts:
			return strings.HasPrefix(has, sought), nil
		}
		return has == sought, nil
	case bool:
		return c.Values[0] == Bool(v), nil
	case model.Ref:
		return m.compareLink(f, c, v)
	case model.Day:
		return m.compareDay(c, v)
	case time.Time:
		if v.IsZero() {
			return false, nil
		}
		return m.compareDay(c, model.DayOf(v.In(time.Local)))
	case model.Money:
		if v == (model.Money{}) {
			return false, nil
		}
		return compareNumber(f, c, v.Minor)
	case model.Qty:
		return compareNumber(f, c, int64(v))
	case model.Percent:
		return compareNumber(f, c, int64(v))
	case model.Rate:
		return compareNumber(f, c, int64(v))
	case int64:
		return compareNumber(f, c, v)
	}
	return false, &Invalid{Key: "filter_value", Path: c.Path}
}

func compareNumber(f *model.Field, c Cond, v int64) (bool, error) {
	var n [2]int64
	for i, x := range c.Values {
		number, _ := x.(Number)
		scaled, err := Scaled(number, f.Type)
		if err != nil {
			return false, err
		}
		n[i] = scaled
	}
	switch c.Op {
	case Eq:
		return v == n[0], nil
	case Gt:
		return v > n[0], nil
	case Ge:
		return v >= n[0], nil
	case Lt:
		return v < n[0], nil
	case Le:
		return v <= n[0], nil
	}
	return n[0] <= v && v <= n[1], nil
}

func (m matcher) compareDay(c Cond, d model.Day) (bool, error) {
	from, to, err := Span(c, m.f.Today())
	if err != nil || d == 0 {
		return false, err
	}
	return from <= d && d <= to, nil
}

func (m matcher) compareLink(f *model.Field, c Cond, ref model.Ref) (bool, error) {
	if ref.ID == 0 {
		return false, nil
	}
	k := m.reg.Kind(f.To)
	if c.Op == Under {
		for depth := 0; ref.ID != 0 && depth < maxDepth; depth++ {
			if ok, err := m.means(k, ref, c.Values[0], Eq); ok || err != nil {
				return ok, err
			}
			rec := m.f.Record(k.Name, ref.ID)
			if rec == nil {
				return false, nil
			}
			ref = k.Field("parent").Value(rec).(model.Ref)
		}
		return false, nil
	}
	return m.means(k, ref, c.Values[0], c.Op)
}

// means tells whether a value means the record that a link points to.
func (m matcher) means(k *model.Kind, ref model.Ref, v Value, op Op) (bool, error) {
	switch v := v.(type) {
	case ID:
		return ref.ID == int64(v), nil
	case Word:
		if v == Me {
			me := m.f.Employee()
			if k.Name == "user" {
				me = m.f.User()
			}
			return ref.ID == me.ID, nil
		}
		return m.inMyDepartment(k, ref), nil
	case String:
		rec := m.f.Record(k.Name, ref.ID)
		if rec == nil {
			return false, nil
		}
		sought := text.Fold(string(v))
		return slices.ContainsFunc(k.Fields, func(f *model.Field) bool {
			if !f.Named || !f.Searched() || (f.Name == "number" && op != Eq) {
				return false
			}
			has := text.Fold(f.Value(rec).(string))
			switch op {
			case Contains:
				return strings.Contains(has, sought)
			case Starts:
				return strings.HasPrefix(has, sought)
			}
			return has == sought
		}), nil
	}
	return false, &Invalid{Key: "filter_value", Path: k.Name}
}

// inMyDepartment walks up from a department, or from an employee's, to the
// department of who asks.
func (m matcher) inMyDepartment(k *model.Kind, ref model.Ref) bool {
	of := func(employee int64) int64 {
		rec := m.f.Record("employee", employee)
		if rec == nil {
			return 0
		}
		return m.reg.Kind("employee").Field("department").Value(rec).(model.Ref).ID
	}
	mine, at := of(m.f.Employee().ID), ref.ID
	if k.Name == "employee" {
		at = of(ref.ID)
	}
	for depth := 0; at != 0 && mine != 0 && depth < maxDepth; depth++ {
		if at == mine {
			return true
		}
		rec := m.f.Record("department", at)
		if rec == nil {
			return false
		}
		at = m.reg.Kind("department").Field("parent").Value(rec).(model.Ref).ID
	}
	return false
}
