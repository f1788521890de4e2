package store

import (
	"fmt"
	"strconv"
	"strings"

	"ugoda/model"
)

// selection writes one SELECT over the records of a kind: table t, and a join
// for each link that a path walks through.
type selection struct {
	s       *Session
	plan    *plan
	aliases map[string]string // of joined tables, by the path that leads there
	joins   strings.Builder
	args    []any
	base    string // currency of sums, known before rows are read: each row holds a connection
}

func (s *Session) selection(p *plan) *selection {
	return &selection{s: s, plan: p, aliases: map[string]string{}}
}

// arg binds an argument.
func (q *selection) arg(v any) string {
	q.args = append(q.args, v)
	return "?"
}

// place is where a path leads: a field of a table that is joined.
type place struct {
	path  string
	kind  *model.Kind
	field *model.Field
	alias string // of the table that has the field
}

// resolve follows a path and joins the tables on its way. Every field on the
// way must be one that the role may see.
func (q *selection) resolve(path string) (place, error) {
	fields, err := q.s.base.registry.Path(q.plan.kind, path)
	if err != nil {
		return place{}, err
	}
	at := place{path: path, kind: q.plan.kind, alias: "t"}
	walked := ""
	for i, f := range fields {
		if !q.s.Sees(f) {
			return place{}, &Forbidden{Kind: at.kind.Name, Field: f.Name, Role: q.s.Role}
		}
		at.field = f
		if i == len(fields)-1 {
			break
		}
		walked = strings.TrimPrefix(walked+"."+f.Name, ".")
		at.alias = q.join(walked, at.alias, f)
		at.kind = q.s.base.registry.Kind(f.To)
	}
	return at, nil
}

// join adds the table that a link leads to, once.
func (q *selection) join(path, from string, f *model.Field) string {
	if a := q.aliases[path]; a != "" {
		return a
	}
	a := "j" + strconv.Itoa(len(q.aliases)+1)
	q.aliases[path] = a
	to := q.s.base.registry.Kind(f.To)
	fmt.Fprintf(&q.joins, " LEFT JOIN %s %s ON %s.id = %s.%s", ident(to.Table), a, a, from, ident(f.Columns()[0]))
	return a
}

// value is the expression of a field's value: of an amount its minor units, of
// a link the id.
func (q *selection) value(at place) (string, error) {
	f := at.field
	switch {
	case f.BaseOf != "":
		return at.alias + "." + f.BaseOf + "_base", nil
	case f.Computed:
		return q.computed(at)
	}
	return at.alias + "." + ident(f.Columns()[0]), nil
}

// sortKey is what a list sorts by for a field, and whether it may be NULL.
func (q *selection) sortKey(at place) (string, bool, error) {
	f := at.field
	switch {
	case f.Type == model.Link:
		to := q.s.base.registry.Kind(f.To)
		alias := q.join(at.path, at.alias, f)
		if order := to.Field("order"); order != nil && order.Type == model.Int {
			return alias + "." + ident("order"), true, nil
		}
		for _, name := range to.Title {
			if n := to.Field(name); n.Sorts() {
				return alias + "." + name + "_sort", true, nil
			}
		}
		return alias + ".number_sort", true, nil
	case f.Sorts():
		return at.alias + "." + f.Name + "_sort", true, nil
	case f.Searched():
		return at.alias + "." + f.Name + "_search", false, nil
	case f.Type == model.Amount && !f.Computed:
		return at.alias + "." + f.Name + "_base", true, nil
	}
	v, err := q.value(at)
	if err != nil {
		return "", false, err
	}
	if f.Type == model.Choice && len(f.Values) > 0 {
		var b strings.Builder
		b.WriteString("CASE " + v)
		for i, x := range f.Values {
			fmt.Fprintf(&b, " WHEN '%s' THEN %d", strings.ReplaceAll(x, "'", "''"), i)
		}
		b.WriteString(" END")
		return b.String(), true, nil
	}
	switch f.Type {
	case model.Days, model.Moment:
		return v, f.Name != "created" && f.Name != "changed", nil
	}
	return v, f.Computed || at.alias != "t", nil
}

// order writes ORDER BY; the id is always the last key, in the direction of
// the one before it.
func (q *selection) order(sort []Order) (string, error) {
	if sort == nil {
		sort = parseOrder(q.plan.kind.Sort)
	}
	var keys []string
	last := false
	for _, o := range sort {
		at, err := q.resolve(o.Path)
		if err != nil {
			return "", err
		}
		last = o.Desc
		if o.Path == "id" {
			break
		}
		key, null, err := q.sortKey(at)
		if err != nil {
			return "", err
		}
		keys = append(keys, key+direction(o.Desc, null))
	}
	return " ORDER BY " + strings.Join(append(keys, "t.id"+direction(last, false)), ", "), nil
}

func direction(desc, null bool) string {
	s := ""
	if desc {
		s = " DESC"
	}
	if null {
		s += " NULLS LAST"
	}
	return s
}

// parseOrder reads a kind's default order: "-on,name".
func parseOrder(s string) []Order {
	var out []Order
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			name, desc := strings.CutPrefix(part, "-")
			out = append(out, Order{name, desc})
		}
	}
	return out
}

// cell reads one column of a list out of the columns of a SELECT.
type cell struct {
	width int // how many columns it takes
	read  func(raw []any) any
}

// cell writes the columns of a path and says how to read them.
func (q *selection) cell(path string) (columns []string, c cell, err error) {
	at, err := q.resolve(path)
	if err != nil {
		return nil, cell{}, err
	}
	f := at.field
	v, err := q.value(at)
	if err != nil {
		return nil, cell{}, err
	}
	switch {
	case f.Type == model.Bytes:
		return nil, cell{}, &model.UnknownPath{Kind: q.plan.kind.Name, Path: path}
	case f.Type == model.Link:
		alias := q.join(at.path, at.alias, f)
		columns = []string{v, alias + ".number"}
		for _, name := range titleColumns(q.s.base.registry.Kind(f.To)) {
			columns = append(columns, alias+"."+ident(name))
		}
		return columns, cell{len(columns), func(raw []any) any {
			if id, _ := raw[0].(int64); id != 0 {
				return named(id, raw[1:])
			}
			return nil
		}}, nil
	case f.Type == model.Amount && !f.Computed:
		return []string{v, at.alias + "." + f.Columns()[1]}, cell{2, func(raw []any) any {
			n, ok := raw[0].(int64)
			if !ok {
				return nil
			}
			currency, _ := raw[1].(string)
			return model.Money{Minor: n, Currency: currency}
		}}, nil
	case f.Type == model.Amount:
		base := q.s.BaseCurrency()
		return []string{v}, cell{1, func(raw []any) any {
			n, ok := raw[0].(int64)
			if !ok {
				return nil
			}
			return model.Money{Minor: n, Currency: base}
		}}, nil
	}
	return []string{v}, cell{1, func(raw []any) any {
		if raw[0] == nil {
			return nil
		}
		v := decode(f.Type, raw[0])
		if s, ok := v.(string); ok && s == "" {
			return nil
		}
		return v
	}}, nil
}
