package handout_test

import (
	"context"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/ui/screen/handout"
)

// A copied table has its heads, its rows and its total, numbers without spaces
// that a spreadsheet would take for text.
func TestText(t *testing.T) {
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: "UAH"} }
	x := &table.Table{
		Columns: []table.Column{{Label: "Етап", Type: model.Text}, {Label: "Угод", Type: model.Int}, {Label: "Сума", Type: model.Amount, Currency: "UAH"}},
		Rows:    table.Cells([]any{"Потреба\tта мета", int64(1234), money(123456789)}, []any{"Договір", nil, money(-50)}),
		Total:   []any{"Разом", int64(1234), money(123456739)},
	}
	got, rows, err := handout.Text(context.Background(), x, locale.New(locale.Ukrainian))
	const want = "Етап\tУгод\tСума\nПотреба та мета\t1234\t1234567,89\nДоговір\t\t-0,50\nРазом\t1234\t1234567,39\n"
	if err != nil || rows != 2 || got != want {
		t.Errorf("%d rows, %v:\n%q\n%q", rows, err, got, want)
	}
}
