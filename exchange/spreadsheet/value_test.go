package spreadsheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
)

func text(s string) spreadsheet.Cell { return spreadsheet.Cell{Kind: spreadsheet.Text, Text: s} }

func column(texts ...string) *spreadsheet.Sheet {
	s := &spreadsheet.Sheet{}
	for _, t := range texts {
		s.Rows = append(s.Rows, []spreadsheet.Cell{text(t)})
	}
	return s
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		comma bool
		in    string
		want  string
	}{
		{false, "1,234.50", "1234.5"},
		{false, "1.234,50", "1234.5"},
		{false, "48 200,50 грн", "48200.5"},
		{false, "48\u00a0200,50", "48200.5"},
		{false, "₴7", "7"},
		{false, "$1,000", "1000"},
		{false, "1,234", "1234"},
		{true, "1,234", "1.234"},
		{false, "1,234,567", "1234567"},
		{false, "1.234.567", "1234567"},
		{false, "1.234.567,8", "1234567.8"},
		{false, "-5", "-5"},
		{false, "−5", "-5"},
		{false, "5-", "-5"},
		{false, "(1 234,50)", "-1234.5"},
		{false, "1'000", "1000"},
		{false, "5%", "5"},
		{false, "12 шт.", "12"},
		{false, "грн. 12,5", "12.5"},
		{false, "0,250", "0.25"},
		{true, "0,250", "0.25"},
		{false, ".5", "0.5"},
		{false, "100.", "100"},
		{false, "+5", "5"},
		{false, "Карпати 5", "no"},
		{false, "", "no"},
		{false, "-", "no"},
		{false, "1.2.3", "no"},
		{false, "12.10.2026", "no"},
		{false, "5/10", "no"},
		{false, "10-12", "no"},
		{false, "1,23,4", "no"},
		{false, "5 м 10", "no"},
		{false, "€", "no"},
	} {
		if c.in == "0,250" && !c.comma { // alone it is one of two things; its column tells
			if g := spreadsheet.Guess(column(c.in), 0, 0); !g.Comma {
				t.Error("0,250 does not show a decimal comma")
			}
			continue
		}
		got := "no"
		if d, ok := (spreadsheet.Column{Comma: c.comma}).Number(text(c.in)); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%q (comma %v) is %s, not %s", c.in, c.comma, got, c.want)
		}
	}
	for texts, want := range map[string]spreadsheet.Column{
		"1,234 2,500": {Unsure: true}, "1,234 0,500": {Comma: true}, "1,234 12.5": {}, "1234,567 1,234": {Comma: true}, "1.234,5 1,234": {Comma: true},
	} {
		if got := spreadsheet.Guess(column(strings.Fields(texts)...), 0, 0); got != want {
			t.Errorf("%s: %+v, not %+v", texts, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		column []string // the first is read
		want   string
	}{
		{[]string{"3/1/2017", "10/20/2016"}, "2017-03-01"},
		{[]string{"01.03.17"}, "2017-03-01"},
		{[]string{"1.3.2017 14:05"}, "2017-03-01"},
		{[]string{"2017-03-01T10:00:00"}, "2017-03-01"},
		{[]string{"2017/03/01"}, "2017-03-01"},
		{[]string{"01-03-2017"}, "2017-03-01"},
		{[]string{"01.02.85"}, "1985-02-01"},
		{[]string{"01.02.2017 р."}, "2017-02-01"},
		{[]string{"31.02.2026"}, "no"},
		{[]string{"13/13/2016"}, "no"},
		{[]string{"1.3"}, "no"},
		{[]string{"01.03.20177"}, "no"},
		{[]string{"слово"}, "no"},
		{[]string{"00.00.0000"}, "no"},
	} {
		got := "no"
		if d, ok := spreadsheet.Guess(column(c.column...), 0, 0).Day(text(c.column[0])); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%v is %s, not %s", c.column, got, c.want)
		}
	}
	if !spreadsheet.Guess(column("3/1/2017"), 0, 0).Ambiguous || spreadsheet.Guess(column("3/1/2017", "13/1/2017"), 0, 0).Ambiguous {
		t.Error("which days are ambiguous")
	}
	if d, ok := (spreadsheet.Column{}).Day(spreadsheet.Cell{Kind: spreadsheet.Number, Text: "42663"}); !ok || d != model.Date(2016, 10, 20) {
		t.Errorf("a number of Excel's calendar is %v", d)
	}
	for s, want := range map[string]int{"20.10.2016 18:05": 18*60 + 5, "2016-10-20": 0, "10/20/2016 6:05 PM": 18*60 + 5, "12:00 am": 0, "25:00": 0, "9:5": 9*60 + 5} {
		if got := spreadsheet.Clock(text(s)); got != want {
			t.Errorf("the time of %q is %d, not %d", s, got, want)
		}
	}
}

// Any number, written in any of the usual ways, reads as itself: the column
// tells which way it is.
func TestNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		group := rapid.SampledFrom([]string{"", " ", "\u00a0", "\u202f", "'", ",", "."}).Draw(t, "group")
		point := "."
		if group != "," && (group == "." || rapid.Bool().Draw(t, "comma")) {
			point = ","
		}
		suffix := rapid.SampledFrom([]string{"", " грн", "%", " ₴", " шт."}).Draw(t, "suffix")
		values := rapid.SliceOfN(rapid.Int64Range(-1e12, 1e12), 1, 20).Draw(t, "values")
		decimals := rapid.IntRange(0, 2).Draw(t, "decimals")
		write := func(v int64) string {
			s := decimal.New(v, int32(-decimals)).StringFixed(int32(decimals))
			whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
			for i := len(whole) - 3; i > 0; i -= 3 {
				whole = whole[:i] + group + whole[i:]
			}
			if fraction != "" {
				whole += point + fraction
			}
			if v < 0 {
				whole = "-" + whole
			}
			return whole + suffix
		}
		var texts []string
		for _, v := range values {
			texts = append(texts, write(v))
		}
		c := spreadsheet.Guess(column(texts...), 0, 0)
		if decimals == 0 && (group == "," || group == ".") { // 1,234 alone: a person is asked
			if group == "." || c.Unsure {
				return
			}
		}
		for i, v := range values {
			got, ok := c.Number(text(texts[i]))
			if want := decimal.New(v, int32(-decimals)); !ok || !got.Equal(want) {
				t.Fatalf("%q is %v (%v), not %v; column %+v", texts[i], got, ok, want, c)
			}
		}
	})
}

// Days of a column read as themselves in the order in which they are written,
// as soon as one of them shows it.
func TestDaysReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		layout := rapid.SampledFrom([]string{"02.01.2006", "2.1.06", "2006-01-02", "1/2/2006", "02/01/2006", "2006.01.02", "02-01-2006 15:04"}).Draw(t, "layout")
		days := rapid.SliceOfN(rapid.Int64Range(0, 20_000), 1, 20).Draw(t, "days")
		var texts []string
		for _, d := range days {
			texts = append(texts, model.Day(d).Time().Format(layout))
		}
		c := spreadsheet.Guess(column(texts...), 0, 0)
		if c.Ambiguous {
			return
		}
		for i, d := range days {
			if got, ok := c.Day(text(texts[i])); !ok || got != model.Day(d) {
				t.Fatalf("%q is %v (%v), not %v; column %+v", texts[i], got, ok, model.Day(d), c)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1,234.50", "(5)", "-", "5 %", "1.2.3", "₴7", "\xff"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, comma bool) {
		c := spreadsheet.Guess(column(s), 0, 0)
		c.Comma = comma
		if d, ok := c.Number(text(s)); ok {
			again, ok := spreadsheet.Column{}.Number(spreadsheet.Cell{Kind: spreadsheet.Number, Text: d.String()})
			if !ok || !again.Equal(d) {
				t.Errorf("%q is %v, which is not a number again", s, d)
			}
		}
		if d, ok := c.Day(text(s)); ok {
			if again, ok := (spreadsheet.Column{}).Day(text(d.String())); !ok || again != d {
				t.Errorf("%q is %v, which is no day again", s, d)
			}
		}
		_ = fmt.Sprint(spreadsheet.Clock(text(s)))
	})
}
