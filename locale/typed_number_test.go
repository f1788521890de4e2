package locale

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
)

// problem is the key of the one problem that an error holds.
func problem(err error) string {
	var p model.Problems
	if errors.As(err, &p) && len(p) == 1 {
		return p[0].Key
	}
	if err != nil {
		return "untyped: " + err.Error()
	}
	return ""
}

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		in       string
		uk, en   int64
		problems string // in both languages, or "uk:key"
	}{
		{"", 0, 0, ""},
		{"0", 0, 0, ""},
		{"48200.5", 4820050, 4820050, ""},
		{"48 200,50", 4820050, 4820050, ""},
		{"48\u00a0200,50", 4820050, 4820050, ""},
		{"48\u202f200.50 ₴", 4820050, 4820050, ""},
		{"48'200.50", 4820050, 4820050, ""},
		{"48,200.50", 4820050, 4820050, ""},
		{"48.200,50", 4820050, 4820050, ""},
		{"1,234,567", 123456700, 123456700, ""},
		{"1.234.567", 123456700, 123456700, ""},
		{"1 234 567.8", 123456780, 123456780, ""},
		{"48,5", 4850, 4850, ""},
		{",5", 50, 50, ""},
		{"5,", 500, 500, ""},
		{".05", 5, 5, ""},
		{"-7", -700, -700, ""},
		{"−7,25", -725, -725, ""},
		{"+3", 300, 300, ""},
		{"48,200", 0, 4820000, "uk:number_decimals"},
		{"48.200", 0, 0, "number_decimals"},
		{"0.005", 0, 0, "number_decimals"},
		{"12 тис", 1200000, 1200000, ""},
		{"1,5 млн", 150000000, 150000000, ""},
		{"2k", 200000, 200000, ""},
		{"48,2 тис. грн.", 4820000, 4820000, ""},
		{"1,234 тис", 123400, 123400000, ""},
		{"$ 5", 500, 500, ""},
		{"5 грн", 500, 500, ""},
		{"UAH 48,200.00", 4820000, 4820000, ""},
		{"=12*350", 420000, 420000, ""},
		{"=12*350+5%", 441000, 441000, ""},
		{"12*350-10%", 378000, 378000, ""},
		{"=100/3", 3333, 3333, ""},
		{"=200/3", 6667, 6667, ""},
		{"=-200/3", -6667, -6667, ""},
		{"=2+3*4", 1400, 1400, ""},
		{"=(2+3)*4", 2000, 2000, ""},
		{"=-(2+3)", -500, -500, ""},
		{"=200*5%", 1000, 1000, ""},
		{"=50%", 50, 50, ""},
		{"5%+1", 105, 105, ""},
		{"=1 200,50 + 0,255", 120076, 120076, ""},
		{"=10 x 2,5", 2500, 2500, ""},
		{"=10х2", 2000, 2000, ""},
		{"= 6 : 4", 150, 150, ""},
		{"=1/0", 0, 0, "number_divided"},
		{"abc", 0, 0, "number_form"},
		{"12 34", 0, 0, "number_form"},
		{"1.2.3", 0, 0, "number_form"},
		{"1,23,456", 0, 0, "number_form"},
		{"5 яблук", 0, 0, "number_form"},
		{"=", 0, 0, "number_form"},
		{"=2+", 0, 0, "number_form"},
		{"=(2", 0, 0, "number_form"},
		{"2)", 0, 0, "number_form"},
		{".", 0, 0, "number_form"},
		{"--5", 0, 0, "number_form"},
		{"1e5", 0, 0, "number_form"},
		{"5 ,5", 0, 0, "number_form"},
		{"99999999999999999999", 0, 0, "number_range"},
		{strings.Repeat("9", 31), 0, 0, "number_range"},
		{"=9999999999999*9999999999999*10", 0, 0, "number_range"},
		{"=" + strings.Repeat("1+", 150) + "1", 0, 0, "number_long"},
		{"=" + strings.Repeat("(", 40) + "1" + strings.Repeat(")", 40), 0, 0, "number_long"},
	} {
		for _, x := range []struct {
			p    *Printer
			want int64
		}{{uk, c.uk}, {en, c.en}} {
			want := c.problems
			if key, only := strings.CutPrefix(want, "uk:"); only {
				want = ""
				if x.p == uk {
					want = key
				}
			}
			got, err := x.p.ParseAmount(c.in)
			if got != x.want || problem(err) != want {
				t.Errorf("%s: ParseAmount(%q) = %d, %q; want %d, %q", x.p.Language(), c.in, got, problem(err), x.want, want)
			}
		}
	}
}

func TestParseOthers(t *testing.T) {
	if v, err := uk.ParseQty("1,125"); v != 1125 || err != nil {
		t.Error(v, err)
	}
	if _, err := uk.ParseQty("1,1255"); problem(err) != "number_decimals" {
		t.Error(err)
	}
	if _, err := uk.ParseInt("1,5"); problem(err) != "number_decimals" {
		t.Error(err)
	}
	for in, want := range map[string]model.Percent{"20": 2000, "7,5 %": 750, "=10+5%": 1050, "": 0, "=2*5": 1000} {
		if v, err := uk.ParsePercent(in); v != want || err != nil {
			t.Errorf("%q: %v, %v", in, v, err)
		}
	}
	if v, err := en.ParseRate("41.2345"); v != 41_234_500 || err != nil {
		t.Error(v, err)
	}
	for in, want := range map[string]model.Money{
		"":          {},
		"100":       {Minor: 10000, Currency: "UAH"},
		"100 $":     {Minor: 10000, Currency: "USD"},
		"€5,5":      {Minor: 550, Currency: "EUR"},
		"PLN 7":     {Minor: 700, Currency: "PLN"},
		"0":         {Minor: 0, Currency: "UAH"},
		"=2*3 грн.": {Minor: 600, Currency: "UAH"},
	} {
		if v, err := uk.ParseMoney(in, "UAH"); v != want || err != nil {
			t.Errorf("%q: %v, %v", in, v, err)
		}
	}
}

func TestNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-100_000_000, 100_000_000), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64})).Draw(t, "v")
		for _, p := range []*Printer{uk, en} {
			check := func(text string, got int64, err error) {
				t.Helper()
				if err != nil || got != v {
					t.Fatalf("%s: %d was written %q and read %d, %v", p.Language(), v, text, got, err)
				}
			}
			i, err := p.ParseInt(p.Int(v))
			check(p.Int(v), i, err)
			i, err = p.ParseAmount(p.Amount(v))
			check(p.Amount(v), i, err)
			q, err := p.ParseQty(p.Qty(model.Qty(v)))
			check(p.Qty(model.Qty(v)), int64(q), err)
			share, err := p.ParsePercent(p.Percent(model.Percent(v)))
			check(p.Percent(model.Percent(v)), int64(share), err)
			r, err := p.ParseRate(p.Rate(model.Rate(v)))
			check(p.Rate(model.Rate(v)), int64(r), err)
			m := model.Money{Minor: v, Currency: rapid.SampledFrom([]string{"UAH", "USD", "EUR", "PLN", "GBP"}).Draw(t, "currency")}
			back, err := p.ParseMoney(p.Money(m), "")
			if err != nil || back != m {
				t.Fatalf("%v was written %q and read %v, %v", m, p.Money(m), back, err)
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"48 200,50", "=12*350+5%", "1,234.5", "€5", "=((1)/3", "1,5 млн грн", "5%%", "=1--1", "’1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range []*Printer{uk, en} {
			v, err := p.ParseRate(s)
			if err != nil {
				if key := problem(err); !p.Has("problem." + key) {
					t.Fatalf("%q: %v", s, err)
				}
				continue
			}
			if back, err := p.ParseRate(p.Rate(v)); back != v || err != nil {
				t.Fatalf("%q was read as %d, written %q and read %d, %v", s, v, p.Rate(v), back, err)
			}
		}
	})
}
