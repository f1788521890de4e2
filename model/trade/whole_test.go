package trade_test

import (
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/trade"
)

var modes = []string{trade.VATOnTop, trade.VATIncluded, trade.VATNone}

// accepted is any sheet that a client may have accepted, counted, with ids.
func accepted(t *rapid.T, mode string) trade.Sheet {
	var s trade.Sheet
	for n := range rapid.IntRange(1, 9).Draw(t, "lines") {
		l := trade.Line{Row: model.Row{ID: int64(n + 1)}, Text: "x"}
		switch rapid.IntRange(0, 9).Draw(t, "sort") {
		case 0:
			l.Heading = true
		case 1:
			l.Note = true
		case 2:
			l.Optional, l.Taken = true, rapid.Bool().Draw(t, "taken")
		}
		if l.Priced() {
			l.Quantity = model.Qty(rapid.Int64Range(0, 9_999).Draw(t, "quantity"))
			if rapid.Bool().Draw(t, "pieces") {
				l.Quantity *= 1000
			}
			l.Price = rapid.Int64Range(0, rapid.SampledFrom([]int64{3, 999, 100_000_00}).Draw(t, "dear")).Draw(t, "price")
			l.Discount = model.Percent(rapid.SampledFrom([]int64{0, 0, 333, 1050, 10_000}).Draw(t, "discount"))
			if gross, err := model.Extend(l.Price, l.Quantity); err == nil && gross > 0 && rapid.IntRange(0, 3).Draw(t, "fixed") == 0 {
				l.DiscountSum, l.DiscountFixed = rapid.Int64Range(0, gross).Draw(t, "off"), true
			}
			l.VAT = rapid.SampledFrom([]string{"20", "20", "14", "7", "0", "exempt"}).Draw(t, "vat")
		}
		s.Lines = append(s.Lines, l)
	}
	if err := s.Count(mode); err != nil {
		t.Fatal(err)
	}
	return s
}

// left is what is left of a sheet after bills.
func left(s *trade.Sheet, bills []trade.Sheet) *trade.Whole {
	w := trade.NewWhole(s)
	for _, b := range bills {
		w.Less(b.Lines)
	}
	return w
}

// Whatever is billed in parts, with parts given up in between, the parts add up
// to the whole to the kopeck; none of them has a sum below nought.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes).Draw(t, "mode")
		whole := accepted(t, mode)
		var bills []trade.Sheet
		bill := func(quantities map[int64]model.Qty) {
			w := left(&whole, bills)
			b := trade.Sheet{Lines: w.Part(quantities)}
			if err := w.Fill(&b, mode); err != nil {
				t.Fatal(err)
			}
			if err := b.Count(mode); err != nil {
				t.Fatal(err)
			}
			for _, l := range b.Lines {
				if l.Amount < 0 || l.DiscountSum < 0 || l.VATAmount < 0 || l.Total < 0 {
					t.Fatalf("below nought: %+v", l)
				}
			}
			bills = append(bills, b)
		}
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			if len(bills) > 0 && rapid.IntRange(0, 4).Draw(t, "give up") == 0 {
				n := rapid.IntRange(0, len(bills)-1).Draw(t, "which")
				bills = append(bills[:n:n], bills[n+1:]...)
				continue
			}
			quantities := map[int64]model.Qty{}
			for id, most := range left(&whole, bills).Rest() {
				quantities[id] = model.Qty(rapid.Int64Range(0, int64(most)).Draw(t, "part"))
			}
			bill(quantities)
		}
		bill(left(&whole, bills).Rest())
		var sum trade.Sheet
		for _, b := range bills {
			sum.Gross, sum.DiscountSum, sum.Net, sum.VATSum, sum.Total = sum.Gross+b.Gross, sum.DiscountSum+b.DiscountSum, sum.Net+b.Net, sum.VATSum+b.VATSum, sum.Total+b.Total
		}
		if sum.Gross != whole.Gross || sum.DiscountSum != whole.DiscountSum || sum.Net != whole.Net || sum.VATSum != whole.VATSum || sum.Total != whole.Total {
			t.Fatalf("parts come to %+v, the whole is %+v", sum, whole)
		}
		if rest := left(&whole, bills).Rest(); len(rest) != 0 {
			t.Fatalf("left: %v", rest)
		}
	})
}

// A part's VAT is that of its lines, to the kopeck or so: no invoice carries the
// rounding of all others.
func TestVATOfAPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes[:2]).Draw(t, "mode")
		whole := trade.Sheet{Lines: []trade.Line{{Row: model.Row{ID: 1}, Quantity: 100_000, Price: rapid.Int64Range(1, 100_000).Draw(t, "price"), VAT: "20"}}}
		if err := whole.Count(mode); err != nil {
			t.Fatal(err)
		}
		var bills []trade.Sheet
		for range 100 {
			w := left(&whole, bills)
			b := trade.Sheet{Lines: w.Part(map[int64]model.Qty{1: 1000})}
			if err := w.Fill(&b, mode); err != nil {
				t.Fatal(err)
			}
			if err := b.Count(mode); err != nil {
				t.Fatal(err)
			}
			per := int64(10_000)
			if mode == trade.VATIncluded {
				per = 12_000
			}
			exact := b.Net * 2000
			if off := b.VATSum*per - exact; off > per || off < -per {
				t.Fatalf("VAT %d of %d", b.VATSum, b.Net)
			}
			bills = append(bills, b)
		}
	})
}

func sheet(t *testing.T, lines ...trade.Line) *trade.Sheet {
	t.Helper()
	s := &trade.Sheet{Lines: lines}
	for n := range s.Lines {
		s.Lines[n].ID = int64(n + 1)
	}
	if err := s.Count(trade.VATOnTop); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPartKeepsSections(t *testing.T) {
	w := trade.NewWhole(sheet(t,
		trade.Line{Note: true, Text: "ціни з доставкою"},
		trade.Line{Text: "насос", Quantity: 2000, Price: 100, VAT: "20"},
		trade.Line{Heading: true, Text: "Монтаж"},
		trade.Line{Text: "роботи", Quantity: 1000, Price: 100, VAT: "20"},
		trade.Line{Note: true, Text: "у робочі дні"},
		trade.Line{Heading: true, Text: "Сервіс"},
		trade.Line{Text: "огляд", Quantity: 1000, Price: 100, VAT: "20", Optional: true, Taken: true, Parts: []trade.Component{{Text: "мастило"}}},
		trade.Line{Text: "гарантія", Quantity: 1000, Price: 100, VAT: "20", Optional: true},
	))
	for _, c := range []struct {
		name, want string
		quantities map[int64]model.Qty
	}{
		{"all", "ціни з доставкою|насос|Монтаж|роботи|у робочі дні|Сервіс|огляд|", w.Rest()},
		{"one section", "Монтаж|роботи|у робочі дні|", map[int64]model.Qty{4: 1000}},
		{"an option that was taken", "Сервіс|огляд|", map[int64]model.Qty{7: 500}},
		{"an option that nobody took", "", map[int64]model.Qty{8: 1000}},
	} {
		got := ""
		for _, l := range w.Part(c.quantities) {
			got += l.Text + "|"
			if l.ID != 0 || l.Optional || len(l.Parts) > 0 || l.Priced() != (l.Of != 0) {
				t.Errorf("%s: %+v", c.name, l)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWhatIsAskedOfAWhole(t *testing.T) {
	s := sheet(t, trade.Line{Text: "a", Quantity: 10_000, Price: 100, VAT: "20"}, trade.Line{Note: true, Text: "n"}, trade.Line{Text: "b", Quantity: 1000, Price: 500, VAT: "20"},
		trade.Line{Text: "c", Quantity: 1000, Price: 700, VAT: "20", Optional: true})
	w := trade.NewWhole(s)
	w.Less([]trade.Line{{Of: 1, Quantity: 6000, Amount: 600, VATAmount: 120}, {Text: "typed", Quantity: 1000, Amount: 5}})
	for said, want := range map[string]map[int64]model.Qty{
		"1=4, 2=0.5": {1: 4000, 3: 500}, "1=1;1=2": {1: 3000}, "2=1": {3: 1000},
		"1=5": nil, "3=1": nil, "4=1": nil, "0=1": nil, "x=1": nil, "1": nil, "1=0": nil, "1=-1": nil, "1=1.0005": nil, "1=2,1=3": nil,
	} {
		got, err := w.Named(said)
		if (err != nil) != (want == nil) || len(got) != len(want) && want != nil || want != nil && (got[1] != want[1] || got[3] != want[3]) {
			t.Errorf("%q: %v %v", said, got, err)
		}
	}
	for share, want := range map[model.Percent]map[int64]model.Qty{ // of 10 and 1, of which 4 and 1 are left
		4000: {1: 4000, 3: 400}, 3333: {1: 3333, 3: 333}, 5: {1: 5, 3: 1}, 4001: nil, 0: nil, -1: nil, 10_001: nil,
	} {
		got, err := w.Share(share)
		if (err != nil) != (want == nil) || want != nil && (got[1] != want[1] || got[3] != want[3]) {
			t.Errorf("%d: %v %v", share, got, err)
		}
	}
	if q, sum := w.Left(1); q != 4000 || sum != 400 {
		t.Errorf("left %d %d", q, sum)
	}
}

// A part and all that it leaves come to the whole, with their VAT.
func TestSheetOfAPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes).Draw(t, "mode")
		s := accepted(t, mode)
		w := trade.NewWhole(&s)
		some, err := w.Share(model.Percent(rapid.Int64Range(1, 10_000).Draw(t, "share")))
		if err != nil {
			t.Fatal(err)
		}
		part, err := w.Sheet(some, mode)
		if err != nil {
			t.Fatal(err)
		}
		w.Less(part.Lines)
		rest, err := w.Sheet(w.Rest(), mode)
		if err != nil {
			t.Fatal(err)
		}
		if part.Total+rest.Total != s.Total || part.VATSum+rest.VATSum != s.VATSum {
			t.Fatalf("%d and %d of %d, VAT %d and %d of %d", part.Total, rest.Total, s.Total, part.VATSum, rest.VATSum, s.VATSum)
		}
	})
}
