// Package filtertest draws random conditions for property tests.
package filtertest

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/filter"
)

// Node draws a valid condition on records of a kind, in canonical form. Texts
// come from words (some of its own when it is nil). Computed fields stay out:
// only the base knows them.
func Node(reg *model.Registry, kind string, words []string) *rapid.Generator[filter.Node] {
	if words == nil {
		words = []string{"", "a", "Їжак", `"лапки" \ і`, "50%_", "ґанок м’ята", "рядок\nдругий", "me", "#5", "12"}
	}
	d := drawer{reg, words, paths(reg, reg.Kind(kind), "", 0)}
	return rapid.Custom(func(t *rapid.T) filter.Node { return d.node(t, 0) })
}

type path struct {
	text  string
	field *model.Field
}

// paths lists the stored fields of a kind and of what it refers to.
func paths(reg *model.Registry, k *model.Kind, prefix string, depth int) []path {
	var out []path
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Type == model.Bytes {
			continue
		}
		out = append(out, path{prefix + f.Name, f})
		if f.Type == model.Link && depth < 2 {
			out = append(out, paths(reg, reg.Kind(f.To), prefix+f.Name+".", depth+1)...)
		}
	}
	if depth == 0 {
		for _, p := range k.Parts {
			out = append(out, paths(reg, p.Kind, prefix+p.Name+".", 1)...)
			for _, below := range p.Kind.Parts {
				out = append(out, paths(reg, below.Kind, prefix+p.Name+"."+below.Name+".", 1)...)
			}
		}
	}
	return out
}

type drawer struct {
	reg   *model.Registry
	words []string
	paths []path
}

func (d drawer) node(t *rapid.T, depth int) filter.Node {
	sort := rapid.IntRange(0, 9).Draw(t, "sort")
	if depth > 2 {
		sort = 9
	}
	list := func() []filter.Node {
		var out []filter.Node
		for range rapid.IntRange(2, 3).Draw(t, "count") {
			out = append(out, d.node(t, depth+1))
		}
		return out
	}
	switch sort {
	case 0, 1:
		return filter.And(list())
	case 2, 3:
		return filter.Or(list())
	case 4:
		return filter.Not{Node: d.node(t, depth+1)}
	}
	return d.cond(t)
}

func (d drawer) cond(t *rapid.T) filter.Node {
	// Own fields are as likely as all those of related records.
	own := slices.DeleteFunc(slices.Clone(d.paths), func(p path) bool { return strings.Contains(p.text, ".") })
	choose := own
	if rapid.Bool().Draw(t, "related") {
		choose = d.paths
	}
	p := rapid.SampledFrom(choose).Draw(t, "path")
	ops := slices.Clone(filter.Operators(p.field.Type))
	if p.field.Type == model.Link && !d.isTree(p.field.To) {
		ops = slices.DeleteFunc(ops, func(o filter.Op) bool { return o == filter.Under })
	}
	c := filter.Cond{Path: p.text, Op: rapid.SampledFrom(ops).Draw(t, "op")}
	n := 1
	switch c.Op {
	case filter.Empty, filter.NotEmpty:
		n = 0
	case filter.Between:
		n = 2
	case filter.In, filter.NotIn:
		n = rapid.IntRange(0, 3).Draw(t, "values")
	}
	for range n {
		c.Values = append(c.Values, d.value(t, p.field, c.Op))
	}
	return c
}

func (d drawer) isTree(kind string) bool {
	f := d.reg.Kind(kind).Field("parent")
	return f != nil && f.To == kind
}

func (d drawer) value(t *rapid.T, f *model.Field, op filter.Op) filter.Value {
	word := func() filter.Value { return filter.String(rapid.SampledFrom(d.words).Draw(t, "word")) }
	switch f.Type {
	case model.Text, model.LongText:
		return word()
	case model.Choice:
		return filter.String(rapid.SampledFrom(f.Values).Draw(t, "choice"))
	case model.Bool:
		return filter.Bool(rapid.Bool().Draw(t, "bool"))
	case model.Days, model.Moment:
		if op == filter.Within {
			p := filter.Period{Name: rapid.SampledFrom(filter.Periods).Draw(t, "period")}
			if p.Name == filter.PeriodNextDays || p.Name == filter.PeriodLastDays {
				p.N = rapid.IntRange(1, 40).Draw(t, "days")
			}
			return p
		}
		if rapid.IntRange(0, 3).Draw(t, "word") == 0 {
			return rapid.SampledFrom([]filter.Value{filter.Today, filter.Yesterday, filter.Tomorrow}).Draw(t, "day")
		}
		return filter.Date(rapid.Int64Range(20_770, 20_790).Draw(t, "day")) // around the tests' 2026-11-23
	case model.Link:
		textual := op == filter.Contains || op == filter.NotContains || op == filter.Starts
		if !textual {
			switch rapid.IntRange(0, 3).Draw(t, "link") {
			case 0:
				return filter.ID(rapid.Int64Range(1, 6).Draw(t, "id"))
			case 1:
				if f.To == "employee" || f.To == "user" {
					return filter.Me
				}
			case 2:
				if f.To == "employee" || f.To == "department" {
					return filter.MyDepartment
				}
			}
		}
		return word()
	}
	n := rapid.Int64Range(-300, 300).Draw(t, "number")
	return filter.Unscaled(n, f.Type)
}
