package locale

import (
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
)

// Path is the label of a path from a kind: "Сума", "Клієнт › Регіон". The main
// name of a record pointed to is not said twice: "client.name" is "Клієнт".
// Rows of parts come before their fields: "Позиції › Товар".
// A path that is not described is said as it is written.
func (p *Printer) Path(reg *model.Registry, kind, path string) string {
	k := reg.Kind(kind)
	if k == nil {
		return path
	}
	if parts := k.PartsAt(path); parts != nil {
		return p.Kinds(parts[len(parts)-1].Kind.Name)
	}
	route, err := reg.Route(k, path)
	if err != nil {
		return path
	}
	var labels []string
	if n := len(route.Parts); n > 0 { // rows of rows are said by their own name
		k = route.Kind
		labels = append(labels, p.Kinds(k.Name))
	}
	fields := route.Fields
	for i, f := range fields {
		last := i > 0 && i == len(fields)-1
		if last && len(k.Title) > 0 && k.Title[0] == f.Name {
			break
		}
		labels = append(labels, p.Field(k.Name, f.Name))
		if f.Type == model.Link && reg.Kind(f.To) != nil {
			k = reg.Kind(f.To)
		}
	}
	return strings.Join(labels, " › ")
}

// Condition says a filter for people: "Менеджер: я", "Сума > 10 000",
// "Стан: В роботі і Строк: цей тиждень". name gives the name of a record that
// the filter points to by its id; it may be nil, and may answer with nothing.
// No filter is said as nothing.
func (p *Printer) Condition(reg *model.Registry, kind string, n filter.Node, name func(kind string, id int64) string) string {
	c := conditions{p, reg, kind, name}
	return c.say(n, false)
}

type conditions struct {
	*Printer
	reg  *model.Registry
	kind string
	name func(kind string, id int64) string
}

// say puts several conditions in brackets when they stand inside another one.
func (c conditions) say(n filter.Node, inside bool) string {
	var parts []string
	var word string
	switch n := n.(type) {
	case nil:
		return ""
	case filter.Cond:
		return c.cond(n)
	case filter.Not:
		return c.T("word.not") + " " + c.bracket(n.Node)
	case filter.And:
		word = c.T("word.and")
		for _, x := range n {
			parts = append(parts, c.say(x, len(n) > 1))
		}
	case filter.Or:
		word = c.T("word.or")
		for _, x := range n {
			parts = append(parts, c.say(x, len(n) > 1))
		}
	}
	out := strings.Join(parts, " "+word+" ")
	if inside && len(parts) > 1 {
		return "(" + out + ")"
	}
	return out
}

func (c conditions) bracket(n filter.Node) string { return "(" + c.say(n, false) + ")" }

// signs are operators that read better as signs.
var signs = map[filter.Op]string{filter.Gt: ">", filter.Ge: "≥", filter.Lt: "<", filter.Le: "≤", filter.Ne: "≠"}

func (c conditions) cond(x filter.Cond) string {
	label := c.Path(c.reg, c.kind, x.Path)
	owner, field := c.field(x.Path)
	typ := model.Text
	if field != nil {
		typ = field.Type
	}
	values := make([]string, len(x.Values))
	for i, v := range x.Values {
		values[i] = c.value(v, owner, field)
	}
	dates := typ == model.Days || typ == model.Moment
	switch {
	case x.Op == filter.Empty || x.Op == filter.NotEmpty:
		return label + ": " + c.Operator(x.Op, typ)
	case x.Op == filter.Eq || x.Op == filter.In || x.Op == filter.Within:
		return label + ": " + strings.Join(values, ", ")
	case x.Op == filter.Under:
		return label + ": " + c.T("op.and_below", "value", strings.Join(values, ", "))
	case x.Op == filter.Between && len(values) == 2:
		return label + ": " + values[0] + " – " + values[1]
	case signs[x.Op] != "" && !(dates && x.Op != filter.Ne):
		return label + " " + signs[x.Op] + " " + strings.Join(values, ", ")
	}
	return label + ": " + c.Operator(x.Op, typ) + " " + strings.Join(values, ", ")
}

// field is the last field of a path with the kind that describes it.
func (c conditions) field(path string) (owner string, f *model.Field) {
	k := c.reg.Kind(c.kind)
	if k == nil {
		return "", nil
	}
	route, err := c.reg.Route(k, path)
	if err != nil {
		return "", nil
	}
	return route.Owner.Name, route.Field()
}

func (c conditions) value(v filter.Value, owner string, f *model.Field) string {
	switch v := v.(type) {
	case filter.String:
		switch {
		case f == nil || f.Type == model.Text || f.Type == model.LongText:
			return c.Quote(string(v))
		case f.Type == model.Choice:
			return c.Choice(owner, f.Name, string(v))
		}
		return string(v)
	case filter.Number:
		if n, err := model.ParseDecimal(string(v), 6); err == nil {
			return c.scaled(n, 6, 0)
		}
		return string(v)
	case filter.Bool:
		return c.Bool(bool(v))
	case filter.Date:
		return c.Day(model.Day(v))
	case filter.ID:
		if c.name != nil && f != nil {
			if name := c.name(f.To, int64(v)); name != "" {
				return name
			}
		}
		return "#" + strconv.FormatInt(int64(v), 10)
	case filter.Word:
		switch v {
		case filter.Today, filter.Yesterday, filter.Tomorrow:
			return c.T("period." + string(v))
		}
		return c.T("word." + string(v))
	case filter.Period:
		return c.Period(v)
	}
	return ""
}
