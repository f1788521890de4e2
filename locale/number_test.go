package locale

import (
	"math"
	"strings"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/table"
)

var (
	uk = New(Ukrainian).In(time.FixedZone("Kyiv", 2*60*60))
	en = New(English).In(time.FixedZone("Kyiv", 2*60*60))

	_ table.Formatter = uk
)

// same compares with the no-break spaces of got as plain ones.
func same(t *testing.T, got, want string) {
	t.Helper()
	if got := strings.ReplaceAll(got, nbsp, " "); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNumbers(t *testing.T) {
	uah := func(minor int64) model.Money { return model.Money{Minor: minor, Currency: "UAH"} }
	for _, c := range []struct {
		say    func(p *Printer) string
		uk, en string
	}{
		{func(p *Printer) string { return p.Money(model.Money{}) }, "", ""},
		{func(p *Printer) string { return p.Money(uah(0)) }, "0,00 грн", "UAH 0.00"},
		{func(p *Printer) string { return p.Money(uah(4820000)) }, "48 200,00 грн", "UAH 48,200.00"},
		{func(p *Printer) string { return p.Money(uah(-5)) }, "-0,05 грн", "-UAH 0.05"},
		{func(p *Printer) string { return p.Money(model.Money{Minor: 123456789, Currency: "USD"}) }, "1 234 567,89 USD", "USD 1,234,567.89"},
		{func(p *Printer) string { return p.Amount(99) }, "0,99", "0.99"},
		{func(p *Printer) string { return p.Amount(-100000) }, "-1 000,00", "-1,000.00"},
		{func(p *Printer) string { return p.Amount(math.MinInt64) }, "-92 233 720 368 547 758,08", "-92,233,720,368,547,758.08"},
		{func(p *Printer) string { return p.Whole(150) }, "2", "2"},
		{func(p *Printer) string { return p.Whole(-149) }, "-1", "-1"},
		{func(p *Printer) string { return p.Int(1284) }, "1 284", "1,284"},
		{func(p *Printer) string { return p.Int(999) }, "999", "999"},
		{func(p *Printer) string { return p.Qty(12000) }, "12", "12"},
		{func(p *Printer) string { return p.Qty(500) }, "0,5", "0.5"},
		{func(p *Printer) string { return p.Qty(1_125) }, "1,125", "1.125"},
		{func(p *Printer) string { return p.Percent(2000) }, "20 %", "20%"},
		{func(p *Printer) string { return p.Percent(-750) }, "-7,5 %", "-7.5%"},
		{func(p *Printer) string { return p.Rate(41_234_500) }, "41,2345", "41.2345"},
		{func(p *Printer) string { return p.Rate(model.RateOne) }, "1,00", "1.00"},
		{func(p *Printer) string { return p.Bool(true) + p.Bool(false) }, "ТакНі", "YesNo"},
		{func(p *Printer) string { return p.Size(0) }, "0 Б", "0 B"},
		{func(p *Printer) string { return p.Size(812) }, "812 Б", "812 B"},
		{func(p *Printer) string { return p.Size(999) }, "999 Б", "999 B"},
		{func(p *Printer) string { return p.Size(1024) }, "1 КБ", "1 KB"},
		{func(p *Printer) string { return p.Size(1468006) }, "1,4 МБ", "1.4 MB"},
		{func(p *Printer) string { return p.Size(1023 * 1024) }, "1 МБ", "1 MB"},
		{func(p *Printer) string { return p.Size(3 << 30) }, "3 ГБ", "3 GB"},
		{func(p *Printer) string { return p.Size(math.MaxInt64) }, "8 388 608 ТБ", "8,388,608 TB"},
		{func(p *Printer) string { return p.Value(model.Ref{ID: 1, Code: "К-1"}) }, "К-1", "К-1"},
		{func(p *Printer) string { return p.Value([]string{"a", "b"}) }, "a, b", "a, b"},
		{func(p *Printer) string { return p.Value(nil) }, "", ""},
		{func(p *Printer) string { return p.Value(uah(100)) }, "1,00 грн", "UAH 1.00"},
	} {
		same(t, c.say(uk), c.uk)
		same(t, c.say(en), c.en)
	}
}
