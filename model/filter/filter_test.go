package filter_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/filter/filtertest"
	"ugoda/model/records"
)

func TestParse(t *testing.T) {
	reg := records.New()
	day, err := model.ParseDay("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	cond := func(path string, op filter.Op, v ...filter.Value) filter.Node {
		return filter.Cond{Path: path, Op: op, Values: v}
	}
	for _, c := range []struct {
		text string
		want filter.Node
	}{
		{"", nil},
		{`amount > 10000.50`, cond("amount", filter.Gt, filter.Number("10000.5"))},
		{`client.region = "Львівська" and manager = me`, filter.And{cond("client.region", filter.Eq, filter.String("Львівська")), cond("manager", filter.Eq, filter.Me)}},
		{`stage.kind = open`, cond("stage.kind", filter.Eq, filter.String("open"))},
		{`CLOSES in next 7 days`, nil},
		{`closes IN Next 7 Days`, cond("closes", filter.Within, filter.Period{Name: filter.PeriodNextDays, N: 7})},
		{`closes in overdue or closes in this week`, filter.Or{cond("closes", filter.Within, filter.Period{Name: filter.PeriodOverdue}), cond("closes", filter.Within, filter.Period{Name: filter.PeriodThisWeek})}},
		{`not closes is empty`, filter.Not{Node: cond("closes", filter.Empty)}},
		{`closes is not empty and (amount between 1 and 2 or opened >= 2026-11-23)`, filter.And{cond("closes", filter.NotEmpty), filter.Or{cond("amount", filter.Between, filter.Number("1"), filter.Number("2")), cond("opened", filter.Ge, filter.Date(day))}}},
		{`subject contains "a \"b\" \\"`, cond("subject", filter.Contains, filter.String(`a "b" \`))},
		{`client in (#12, "Їжак", 231)`, cond("client", filter.In, filter.ID(12), filter.String("Їжак"), filter.String("231"))},
		{`department under my_department`, cond("department", filter.Under, filter.MyDepartment)},
		{`amount_fixed = yes`, cond("amount_fixed", filter.Eq, filter.Bool(true))},
	} {
		got, err := filter.Parse(reg, "deal", c.text)
		if c.want == nil && c.text != "" {
			if err == nil {
				t.Errorf("%s: no error", c.text)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func TestParseErrors(t *testing.T) {
	reg := records.New()
	for _, c := range []struct {
		text     string
		key      string
		position int
	}{
		{`amount`, "filter_operator_expected", 6},
		{`nothing = 1`, "filter_field", 0},
		{`amount > `, "filter_value_expected", 9},
		{`amount > 1 amount < 2`, "filter_end", 11},
		{`(amount > 1`, "filter_parenthesis", 11},
		{`subject = "Їжак`, "filter_quote", 10},
		{`closes in next days`, "filter_period", 15},
		{`closes in next 0 days`, "filter_days", 15},
		{`amount between 1 or 2`, "filter_between", 17},
		{`amount ; 2`, "filter_sign", 7},
		{`closes = 2026-02-30`, "filter_day", 9},
		{strings.Repeat("(", 60) + "amount > 1" + strings.Repeat(")", 60), "filter_too_deep", 51},
	} {
		_, err := filter.Parse(reg, "deal", c.text)
		var wrong *filter.SyntaxError
		if !errors.As(err, &wrong) || wrong.Key != c.key || wrong.Position != c.position {
			t.Errorf("%.40s: %#v", c.text, err)
		}
	}
	for text, key := range map[string]string{
		`amount contains 1`:                    "filter_operator",
		`amount > 1.005`:                       "filter_value",
		`state = "nowhere"`:                    "filter_choice",
		`client = my_department`:               "",
		`client under "x"`:                     "filter_operator",
		`subject > "a"`:                        "filter_operator",
		`probability = 1000000000000000000000`: "filter_value",
	} {
		_, err := filter.Parse(reg, "deal", text)
		var wrong *filter.Invalid
		if key != "" && (!errors.As(err, &wrong) || wrong.Key != key) || err == nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTextIsReadBack(t *testing.T) {
	reg := records.New()
	rapid.Check(t, func(t *rapid.T) {
		n := filtertest.Node(reg, "deal", nil).Draw(t, "filter")
		text := filter.Text(n)
		got, err := filter.Parse(reg, "deal", text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(n, got); diff != "" {
			t.Fatalf("%s: %s", text, diff)
		}
	})
}

func TestPeriods(t *testing.T) {
	day := func(s string) model.Day {
		d, err := model.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	today := day("2026-11-25") // a Wednesday
	for _, c := range []struct {
		period   filter.Period
		from, to string
	}{
		{filter.Period{Name: filter.PeriodToday}, "2026-11-25", "2026-11-25"},
		{filter.Period{Name: filter.PeriodYesterday}, "2026-11-24", "2026-11-24"},
		{filter.Period{Name: filter.PeriodThisWeek}, "2026-11-23", "2026-11-29"},
		{filter.Period{Name: filter.PeriodLastWeek}, "2026-11-16", "2026-11-22"},
		{filter.Period{Name: filter.PeriodNextDays, N: 7}, "2026-11-25", "2026-12-01"},
		{filter.Period{Name: filter.PeriodLastDays, N: 30}, "2026-10-27", "2026-11-25"},
		{filter.Period{Name: filter.PeriodLastMonth}, "2026-10-01", "2026-10-31"},
		{filter.Period{Name: filter.PeriodThisQuarter}, "2026-10-01", "2026-12-31"},
		{filter.Period{Name: filter.PeriodNextQuarter}, "2027-01-01", "2027-03-31"},
		{filter.Period{Name: filter.PeriodThisYear}, "2026-01-01", "2026-12-31"},
		{filter.Period{Name: filter.PeriodLastYear}, "2025-01-01", "2025-12-31"},
	} {
		from, to := c.period.Days(today)
		if from.String() != c.from || to.String() != c.to {
			t.Errorf("%v: %v..%v, want %s..%s", c.period, from, to, c.from, c.to)
		}
	}
	if from, to := (filter.Period{Name: filter.PeriodOverdue}).Days(today); from != filter.Always || to != today-1 {
		t.Error(from, to)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`client.region = "Львівська" and amount > 10000 and manager = me and closes in next 7 days`,
		`not (stage in ("Старт", #3) or products is empty) or closes between 2026-01-01 and today`,
		`subject not contains 'x' and source is not empty`, `amount > -12.50`, `((()))`, `"`, "\x00\xff",
	} {
		f.Add(seed)
	}
	reg := records.New()
	f.Fuzz(func(t *testing.T, text string) {
		n, err := filter.Parse(reg, "deal", text)
		if err != nil {
			return
		}
		canonical := filter.Text(n)
		again, err := filter.Parse(reg, "deal", canonical)
		if err != nil {
			t.Fatalf("%q, written as %q: %v", text, canonical, err)
		}
		if second := filter.Text(again); second != canonical {
			t.Fatalf("%q is written as %q, then as %q", text, canonical, second)
		}
	})
}
