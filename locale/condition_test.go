package locale

import (
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/records"
)

func TestCondition(t *testing.T) {
	reg := records.New()
	cond := func(path string, op filter.Op, values ...filter.Value) filter.Cond {
		return filter.Cond{Path: path, Op: op, Values: values}
	}
	for _, c := range []struct {
		in     filter.Node
		uk, en string
	}{
		{nil, "", ""},
		{cond("manager", filter.Eq, filter.Me), "Менеджер: я", "Salesperson: me"},
		{cond("department", filter.Under, filter.MyDepartment), "Підрозділ: мій підрозділ і нижче", "Department: my department and below"},
		{cond("amount", filter.Gt, filter.Number("10000.50")), "Сума > 10 000,5", "Amount > 10,000.5"},
		{cond("state", filter.In, filter.String("open"), filter.String("hold")), "Стан: В роботі, На паузі", "State: Open, On hold"},
		{cond("closes", filter.Within, filter.Period{Name: filter.PeriodNextDays, N: 7}), "Очікуване закриття: наступні 7 днів", "Expected close: next 7 days"},
		{cond("closes", filter.Lt, filter.Date(model.Date(2026, 11, 23))), "Очікуване закриття: до 23.11.2026", "Expected close: before 23 Nov 2026"},
		{cond("closes", filter.Eq, filter.Today), "Очікуване закриття: сьогодні", "Expected close: today"},
		{cond("closes", filter.Empty), "Очікуване закриття: порожнє", "Expected close: is empty"},
		{cond("client.name", filter.Contains, filter.String("буд")), "Клієнт: містить «буд»", "Client: contains “буд”"},
		{cond("client.region", filter.Eq, filter.ID(7)), "Клієнт › Регіон: Львівська", "Client › Region: Львівська"},
		{cond("client", filter.Ne, filter.ID(5)), "Клієнт ≠ #5", "Client ≠ #5"},
		{cond("amount", filter.Between, filter.Number("1"), filter.Number("2")), "Сума: 1 – 2", "Amount: 1 – 2"},
		{cond("amount_fixed", filter.Eq, filter.Bool(true)), "Сума вручну: Так", "Amount typed by hand: Yes"},
		{cond("nothing", filter.Eq, filter.String("x")), "nothing: «x»", "nothing: “x”"},
		{
			filter.And{
				cond("manager", filter.Eq, filter.Me),
				filter.Or{cond("amount", filter.Ge, filter.Number("5")), filter.Not{Node: cond("state", filter.Eq, filter.String("won"))}},
			},
			"Менеджер: я і (Сума ≥ 5 або не (Стан: Виграна))", "Salesperson: me and (Amount ≥ 5 or not (State: Won))",
		},
	} {
		name := func(kind string, id int64) string {
			if kind == "region" && id == 7 {
				return "Львівська"
			}
			return ""
		}
		same(t, uk.Condition(reg, "deal", c.in, name), c.uk)
		same(t, en.Condition(reg, "deal", c.in, name), c.en)
	}
	same(t, uk.Path(reg, "deal", "client.region.name"), "Клієнт › Регіон")
	same(t, uk.Path(reg, "no-kind", "a.b"), "a.b")
}
