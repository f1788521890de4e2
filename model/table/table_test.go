package table_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/table"
)

type plain struct{}

func (plain) Money(m model.Money) string                  { return m.String() }
func (plain) Amount(minor int64) string                   { return model.Money{Minor: minor}.Decimal().StringFixed(2) }
func (plain) Int(n int64) string                          { return strconv.FormatInt(n, 10) }
func (plain) Qty(q model.Qty) string                      { return q.Decimal().String() }
func (plain) Percent(p model.Percent) string              { return p.Decimal().String() + "%" }
func (plain) Rate(r model.Rate) string                    { return r.Decimal().String() }
func (plain) Day(d model.Day) string                      { return d.String() }
func (plain) Moment(t time.Time) string                   { return t.Format(time.RFC3339) }
func (plain) Bool(b bool) string                          { return strconv.FormatBool(b) }
func (plain) Text(key string, args map[string]any) string { return key }

func TestColumnText(t *testing.T) {
	for _, c := range []struct {
		col  table.Column
		v    any
		want string
	}{
		{table.Column{}, nil, ""},
		{table.Column{Type: model.Text}, "0012", "0012"},
		{table.Column{Type: model.Choice, Words: map[string]string{"won": "Виграна"}}, "won", "Виграна"},
		{table.Column{Type: model.Choice, Words: map[string]string{"won": "Виграна"}}, "new", "new"},
		{table.Column{Type: model.Price}, int64(12345), "123.45"},
		{table.Column{Type: model.Int}, int64(12345), "12345"},
		{table.Column{Type: model.Amount}, model.Money{Minor: 150, Currency: "EUR"}, "1.50 EUR"},
		{table.Column{Type: model.Amount, Currency: "EUR"}, model.Money{Minor: 150, Currency: "EUR"}, "1.50"},
		{table.Column{Type: model.Amount, Currency: "UAH"}, model.Money{Minor: 150, Currency: "EUR"}, "1.50 EUR"},
		{table.Column{Type: model.Link}, model.Ref{ID: 1, Code: "К-1", Name: "ТОВ «Лан»"}, "ТОВ «Лан»"},
		{table.Column{Type: model.Link}, model.Ref{ID: 1, Code: "КП-7"}, "КП-7"},
		{table.Column{Type: model.Quantity}, model.Qty(1500), "1.5"},
		{table.Column{Type: model.Percents}, model.Percent(1250), "12.5%"},
		{table.Column{Type: model.Days}, model.Date(2026, 11, 23), "2026-11-23"},
		{table.Column{Type: model.Moment}, time.Time{}, ""},
		{table.Column{Type: model.Bool}, true, "true"},
	} {
		if got := c.col.Text(c.v, plain{}); got != c.want {
			t.Errorf("%v of %v: %q, want %q", c.v, c.col.Type, got, c.want)
		}
	}
}

func TestParameterSay(t *testing.T) {
	p := table.Parameter{Value: []any{model.Date(2026, 1, 1), int64(7)}}
	if got := p.Say(plain{}); got != "2026-01-01, 7" {
		t.Error(got)
	}
	p.Text = "січень"
	if got := p.Say(plain{}); got != "січень" {
		t.Error(got)
	}
}

func TestRowsStop(t *testing.T) {
	rows := table.Cells([]any{"a"}, []any{"b"}, []any{"c"})
	stop := errors.New("stop")
	n := 0
	err := rows(context.Background(), func(r table.Row) error {
		if n++; r.Cells[0] == "b" {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 2 {
		t.Errorf("%d rows, %v", n, err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(stop)
	if err := rows(ctx, func(table.Row) error { t.Error("called after cancel"); return nil }); !errors.Is(err, stop) {
		t.Error(err)
	}
}
