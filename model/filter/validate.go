package filter

import (
	"slices"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// Invalid says that a condition does not suit the description of a kind.
type Invalid struct {
	Key   string // message key under "problem."
	Path  string
	Op    Op
	Value string // text form
}

func (e *Invalid) Error() string { return e.Key + ": " + e.Path + " " + string(e.Op) + " " + e.Value }

// Message says it to a person.
func (e *Invalid) Message() (string, map[string]any) {
	return e.Key, map[string]any{"path": e.Path, "operator": string(e.Op), "value": e.Value, "kind": e.Path}
}

// Validate checks a condition against the description of a kind: fields that
// exist, operators that suit their types, choices that are among the described.
func Validate(reg *model.Registry, kind string, n Node) error {
	k := reg.Kind(kind)
	if k == nil {
		return &Invalid{Key: "unknown_kind", Path: kind}
	}
	return validate(reg, k, n, 0)
}

func validate(reg *model.Registry, k *model.Kind, n Node, depth int) error {
	if depth > 4*maxDepth {
		return &Invalid{Key: "filter_too_deep"}
	}
	each := func(nodes []Node) error {
		for _, x := range nodes {
			if err := validate(reg, k, x, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	switch n := n.(type) {
	case nil:
		return nil
	case And:
		return each(n)
	case Or:
		return each(n)
	case Not:
		return validate(reg, k, n.Node, depth+1)
	case Cond:
		return validateCond(reg, k, n)
	}
	return &Invalid{Key: "filter_value"}
}

func validateCond(reg *model.Registry, k *model.Kind, c Cond) error {
	route, err := reg.Route(k, c.Path)
	if err != nil {
		return &Invalid{Key: "filter_field_unknown", Path: c.Path}
	}
	f := route.Field()
	wrong := func(key string, v Value) error {
		e := &Invalid{Key: key, Path: c.Path, Op: c.Op}
		if v != nil {
			e.Value = valueText(v)
		}
		return e
	}
	if !slices.Contains(Operators(f.Type), c.Op) {
		return wrong("filter_operator", nil)
	}
	count := len(c.Values)
	switch c.Op {
	case Empty, NotEmpty:
		if count != 0 {
			return wrong("filter_value", nil)
		}
	case Between:
		if count != 2 {
			return wrong("filter_value", nil)
		}
	case In, NotIn:
	default:
		if count != 1 {
			return wrong("filter_value", nil)
		}
	}
	if c.Op == Under && !isTree(reg.Kind(f.To)) {
		return wrong("filter_operator", nil)
	}
	for _, v := range c.Values {
		if !suits(reg, f, c.Op, v) {
			if f.Type == model.Choice {
				return wrong("filter_choice", v)
			}
			return wrong("filter_value", v)
		}
	}
	return nil
}

// isTree reports whether records of a kind stand below one another.
func isTree(k *model.Kind) bool {
	p := k.Field("parent")
	return p != nil && p.Type == model.Link && p.To == k.Name
}

func suits(reg *model.Registry, f *model.Field, op Op, v Value) bool {
	switch f.Type {
	case model.Text, model.LongText:
		_, ok := v.(String)
		return ok
	case model.Choice:
		s, ok := v.(String)
		return ok && slices.Contains(f.Values, string(s))
	case model.Bool:
		_, ok := v.(Bool)
		return ok
	case model.Days, model.Moment:
		switch v := v.(type) {
		case Period:
			counted := v.Name == PeriodNextDays || v.Name == PeriodLastDays
			return op == Within && slices.Contains(Periods, v.Name) && (counted && v.N > 0 && v.N <= maxDays || !counted && v.N == 0)
		case Date:
			return op != Within && v != 0
		case Word:
			return op != Within && (v == Today || v == Yesterday || v == Tomorrow)
		}
		return false
	case model.Link:
		switch v := v.(type) {
		case String:
			return true
		case ID:
			return op != Contains && op != NotContains && op != Starts
		case Word:
			if op == Contains || op == NotContains || op == Starts {
				return false
			}
			return v == Me && (f.To == "employee" || f.To == "user") ||
				v == MyDepartment && (f.To == "department" || f.To == "employee")
		}
		return false
	}
	n, ok := v.(Number)
	if !ok {
		return false
	}
	_, err := Scaled(n, f.Type)
	return err == nil
}

// scales says in how many decimals a type of number is kept.
func scale(t model.Type) int32 {
	switch t {
	case model.Amount, model.Price, model.Percents:
		return 2
	case model.Quantity:
		return 3
	case model.Rates:
		return 6
	}
	return 0
}

// Scaled is a number as a field of the type keeps it: minor units, thousandths.
func Scaled(n Number, t model.Type) (int64, error) {
	return model.ParseDecimal(string(n), scale(t))
}

// Unscaled is the number that a kept value stands for.
func Unscaled(v int64, t model.Type) Number { return Number(decimal.New(v, -scale(t)).String()) }
