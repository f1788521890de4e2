package where

import (
	"strconv"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
)

// Sayer says conditions in words.
type Sayer struct {
	Registry *model.Registry
	Words    *locale.Printer
	Kind     *model.Kind
	// Name is the name of a record that a condition names by its id, empty when
	// it is not known.
	Name func(kind string, id int64) string
}

// Say is a condition in words: "Менеджер: я", "Сума > 10 000,00".
func (s Sayer) Say(n filter.Node) string {
	switch n := n.(type) {
	case filter.And:
		return s.join(n, s.Words.T("word.and"))
	case filter.Or:
		return s.join(n, s.Words.T("word.or"))
	case filter.Not:
		return s.Words.T("word.not") + " (" + s.Say(n.Node) + ")"
	case filter.Cond:
		return s.cond(n)
	}
	return ""
}

func (s Sayer) join(list []filter.Node, word string) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = s.Say(n)
		switch n.(type) {
		case filter.And, filter.Or:
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, " "+word+" ")
}

func (s Sayer) cond(c filter.Cond) string {
	_, owner, f := Resolve(s.Registry, s.Kind, c.Path)
	if f == nil {
		return filter.Text(c)
	}
	label := Label(s.Registry, s.Words, s.Kind, c.Path)
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = s.value(owner, f, v)
	}
	switch c.Op {
	case filter.Eq, filter.Within, filter.In, filter.Under:
		return label + ": " + strings.Join(values, ", ")
	case filter.Between:
		return label + ": " + strings.Join(values, " — ")
	case filter.Gt, filter.Ge, filter.Lt, filter.Le:
		if f.Type != model.Days && f.Type != model.Moment {
			sign := map[filter.Op]string{filter.Gt: ">", filter.Ge: "≥", filter.Lt: "<", filter.Le: "≤"}[c.Op]
			return label + " " + sign + " " + strings.Join(values, ", ")
		}
	}
	out := label + " " + s.Words.Operator(c.Op, f.Type)
	if len(values) > 0 {
		out += " " + strings.Join(values, ", ")
	}
	return out
}

func (s Sayer) value(owner string, f *model.Field, v filter.Value) string {
	switch v := v.(type) {
	case filter.String:
		if f.Type == model.Choice {
			return s.Words.Choice(owner, f.Name, string(v))
		}
		return string(v)
	case filter.Number:
		if n, err := model.ParseDecimal(string(v), 6); err == nil {
			text := s.Words.Rate(model.Rate(n))
			if f.Type == model.Int || n%1_000_000 == 0 {
				return s.Words.Int(n / 1_000_000)
			}
			return text
		}
		return string(v)
	case filter.Bool:
		return s.Words.Bool(bool(v))
	case filter.Date:
		return s.Words.Day(model.Day(v))
	case filter.ID:
		if s.Name != nil {
			if name := s.Name(f.To, int64(v)); name != "" {
				return name
			}
		}
		return "#" + strconv.FormatInt(int64(v), 10)
	case filter.Word:
		return s.Words.T("word." + string(v))
	case filter.Period:
		return s.Words.Period(v)
	}
	return ""
}
