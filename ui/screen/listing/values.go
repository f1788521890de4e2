package listing

import (
	"time"

	"ugoda/model"
	"ugoda/model/filter"
)

// equals is the condition that a field has a value, as a cell shows it.
func equals(path string, v any) filter.Node {
	val := literal(v)
	if val == nil {
		return filter.Cond{Path: path, Op: filter.Empty}
	}
	if t, ok := v.(time.Time); ok { // a moment: all of its day
		return filter.Cond{Path: path, Op: filter.Eq, Values: []filter.Value{filter.Date(model.DayOf(t.Local()))}}
	}
	return filter.Cond{Path: path, Op: filter.Eq, Values: []filter.Value{val}}
}

// literal is a value as a filter writes it, nil for none.
func literal(v any) filter.Value {
	switch v := v.(type) {
	case string:
		if v != "" {
			return filter.String(v)
		}
	case bool:
		return filter.Bool(v)
	case int64:
		return filter.Number(model.Qty(v * 1000).Decimal().String())
	case model.Money:
		return filter.Number(v.Decimal().String())
	case model.Qty:
		return filter.Number(v.Decimal().String())
	case model.Percent:
		return filter.Number(v.Decimal().String())
	case model.Rate:
		return filter.Number(v.Decimal().String())
	case model.Day:
		if v != 0 {
			return filter.Date(v)
		}
	case model.Ref:
		if v.ID != 0 {
			return filter.ID(v.ID)
		}
	case time.Time:
		if !v.IsZero() {
			return filter.Date(model.DayOf(v.Local()))
		}
	}
	return nil
}
