package locale

import (
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
)

var operators = map[filter.Op]string{
	filter.Eq: "eq", filter.Ne: "ne", filter.Gt: "gt", filter.Ge: "ge", filter.Lt: "lt", filter.Le: "le",
	filter.Contains: "contains", filter.NotContains: "not_contains", filter.Starts: "starts",
	filter.In: "in", filter.NotIn: "not_in", filter.Between: "between", filter.Within: "within",
	filter.Under: "under", filter.Empty: "empty", filter.NotEmpty: "not_empty",
}

var daysOperators = map[filter.Op]string{filter.Gt: "after", filter.Ge: "since", filter.Lt: "before", filter.Le: "until"}

// Operator is the name of a filter's operator for a type of field: days are
// "after" what numbers are "more than".
func (p *Printer) Operator(op filter.Op, t model.Type) string {
	name := operators[op]
	if t == model.Days || t == model.Moment {
		if n, ok := daysOperators[op]; ok {
			name = n
		}
	}
	return p.T("op." + name)
}

// Period is the name of a period of a filter: "цей тиждень", "наступні 7 днів".
func (p *Printer) Period(x filter.Period) string {
	key := "period." + strings.ReplaceAll(x.Name, " ", "_")
	if x.Name == filter.PeriodNextDays || x.Name == filter.PeriodLastDays {
		return p.N(key, int64(x.N))
	}
	return p.T(key)
}
