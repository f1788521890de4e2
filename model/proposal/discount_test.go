package proposal_test

import (
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

var modes = []string{proposal.VATOnTop, proposal.VATIncluded, proposal.VATNone}

// anyVariant draws a variant of lines that are not worth more than most kopecks.
func anyVariant(t *rapid.T, most int64, lines int) proposal.Variant {
	var v proposal.Variant
	for range rapid.IntRange(1, lines).Draw(t, "lines") {
		l := proposal.Line{
			Text: "x", Quantity: model.Qty(rapid.SampledFrom([]int64{1000, 1000, 2000, 3000, 500, 1234}).Draw(t, "quantity")),
			Price: rapid.Int64Range(0, most).Draw(t, "price"), VAT: rapid.SampledFrom([]string{"20", "14", "7", "0", "exempt"}).Draw(t, "vat"),
		}
		switch rapid.IntRange(0, 11).Draw(t, "sort") {
		case 0:
			l.Heading = true
		case 1:
			l.Note = true
		case 2:
			l.Optional = true
		case 3:
			l.Optional, l.Taken = true, true
		}
		if rapid.Bool().Draw(t, "discounted") {
			l.Discount = model.Percent(rapid.Int64Range(0, 10_000).Draw(t, "discount"))
		}
		v.Lines = append(v.Lines, l)
	}
	return v
}

// someLines draws which lines are chosen.
func someLines(t *rapid.T, v proposal.Variant) []int {
	var out []int
	for i := range v.Lines {
		if rapid.IntRange(0, 2).Draw(t, "chosen") > 0 {
			out = append(out, i)
		}
	}
	return out
}

// sound checks what holds of any variant: its lines add up, no discount is
// more than its line, the lines that were not chosen are as before.
func sound(t *rapid.T, mode string, before, v proposal.Variant, chosen []int) {
	t.Helper()
	var net, vat, total, off int64
	picked := map[int]bool{}
	for _, i := range chosen {
		picked[i] = true
	}
	for i, l := range v.Lines {
		if !l.Priced() {
			continue
		}
		gross, _ := model.Extend(l.Price, l.Quantity)
		if l.Counts() {
			net, vat, total, off = net+l.Amount, vat+l.VATAmount, total+l.Total, off+gross-l.Amount
		}
		if l.Amount < 0 || l.Amount > gross || l.DiscountSum != gross-l.Amount || l.Discount < 0 || l.Discount > 10_000 {
			t.Fatalf("line %d is not sound: %+v", i, l)
		}
		if b := before.Lines[i]; !picked[i] && (b.Amount != l.Amount || b.Discount != l.Discount || b.DiscountFixed != l.DiscountFixed) {
			t.Fatalf("line %d was not chosen and changed: %+v, before %+v", i, l, b)
		}
	}
	if net != v.Net || vat != v.VATSum || total != v.Total || off != v.DiscountSum {
		t.Fatalf("the lines come to %d %d %d %d, the variant to %+v", net, vat, total, off, v)
	}
	// saving counts anew: nothing may change
	p := proposal.Proposal{VATMode: mode, Variants: []proposal.Variant{copyOf(v)}}
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	if p.Variants[0].Total != v.Total || p.Variants[0].Net != v.Net {
		t.Fatalf("counted anew it comes to %d, not %d", p.Variants[0].Total, v.Total)
	}
}

func copyOf(v proposal.Variant) proposal.Variant {
	v.Lines = append([]proposal.Line(nil), v.Lines...)
	return v
}

func counted(t *rapid.T, mode string, v proposal.Variant) proposal.Variant {
	p := proposal.Proposal{VATMode: mode, Variants: []proposal.Variant{copyOf(v)}}
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	return p.Variants[0]
}

func TestTakeOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes).Draw(t, "mode")
		before := counted(t, mode, anyVariant(t, 10_000_000, 12))
		chosen := someLines(t, before)
		sum := rapid.Int64Range(0, 50_000_000).Draw(t, "sum")
		v := copyOf(before)
		taken, err := v.TakeOff(mode, chosen, sum)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, mode, before, v, chosen)
		var there int64
		for _, i := range chosen {
			if before.Lines[i].Counts() {
				there += before.Lines[i].Amount
			}
		}
		if taken != min(sum, there) || before.Net-v.Net != taken {
			t.Fatalf("took %d of %d asked, where %d is; the lines fell by %d", taken, sum, there, before.Net-v.Net)
		}
	})
}

// Without VAT on top every total between all and nothing is reached.
func TestReachExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom(modes[1:]).Draw(t, "mode")
		before := counted(t, mode, anyVariant(t, 10_000_000, 12))
		chosen := someLines(t, before)
		var least, most int64
		for i, l := range before.Lines {
			if !l.Counts() {
				continue
			}
			if contains(chosen, i) {
				gross, _ := model.Extend(l.Price, l.Quantity)
				most += gross
			} else {
				least += l.Amount
			}
		}
		most += least
		target := rapid.Int64Range(0, most+1000).Draw(t, "target")
		v := copyOf(before)
		total, err := v.Reach(mode, chosen, target)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, mode, before, v, chosen)
		if want := min(max(target, least), most); total != want || v.Total != want {
			t.Fatalf("came to %d, want %d of %d…%d", total, want, least, most)
		}
	})
}

// With VAT on top what is reached is as near to the target as any discounts
// come: found by trying all amounts of each rate.
func TestReachIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := counted(t, proposal.VATOnTop, anyVariant(t, 20, 4))
		chosen := someLines(t, before)
		target := rapid.Int64Range(0, before.Total+40).Draw(t, "target")
		v := copyOf(before)
		total, err := v.Reach(proposal.VATOnTop, chosen, target)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, proposal.VATOnTop, before, v, chosen)
		if best := nearestByTrying(before, chosen, target); distance(total, target) != best {
			t.Fatalf("came to %d for %d; %d away is possible", total, target, best)
		}
	})
}

// The same on amounts as in life: a mix of rates reaches any round total, one
// rate misses it by a kopeck at most.
func TestReachRoundTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := counted(t, proposal.VATOnTop, anyVariant(t, 1_000_000, 8))
		var chosen []int
		for i := range before.Lines {
			chosen = append(chosen, i)
		}
		for _, target := range trade.Rounder(before.Total) {
			v := copyOf(before)
			total, err := v.Reach(proposal.VATOnTop, chosen, target)
			if err != nil {
				t.Fatal(err)
			}
			sound(t, proposal.VATOnTop, before, v, chosen)
			if distance(total, target) > 1 {
				t.Fatalf("came to %d for %d", total, target)
			}
		}
	})
}

func nearestByTrying(v proposal.Variant, chosen []int, target int64) int64 {
	type group struct{ rest, most int64 }
	groups := map[string]*group{}
	for i, l := range v.Lines {
		if !l.Counts() {
			continue
		}
		g := groups[l.VAT]
		if g == nil {
			g = &group{}
			groups[l.VAT] = g
		}
		if contains(chosen, i) {
			gross, _ := model.Extend(l.Price, l.Quantity)
			g.most += gross
		} else {
			g.rest += l.Amount
		}
	}
	totals := map[int64]bool{0: true}
	for vat, g := range groups {
		percent := map[string]int64{"20": 20, "14": 14, "7": 7}[vat]
		next := map[int64]bool{}
		for amount := int64(0); amount <= g.most; amount++ {
			base := g.rest + amount
			for t := range totals {
				next[t+base+(base*percent+50)/100] = true
			}
		}
		totals = next
	}
	best := int64(1 << 62)
	for t := range totals {
		best = min(best, distance(t, target))
	}
	return best
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

func TestDiscountGivenAsSum(t *testing.T) {
	p := proposal.Proposal{VATMode: proposal.VATIncluded, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Text: "a", Quantity: 3000, Price: 33333, VAT: "20", DiscountSum: 5000, DiscountFixed: true},
		{Text: "b", Quantity: 1000, Price: 10000, VAT: "20", Discount: 1000, DiscountSum: 777},
	}}}}}
	if err := p.Count(); err != nil {
		t.Fatal(err)
	}
	a, b := p.Variants[0].Lines[0], p.Variants[0].Lines[1]
	if a.Amount != 94999 || a.Discount != 500 || !a.DiscountFixed {
		t.Errorf("a sum of 50.00 off 999.99: %+v", a)
	}
	if b.Amount != 9000 || b.DiscountSum != 1000 {
		t.Errorf("10 %% of 100.00, whatever sum stood there: %+v", b)
	}
}

func TestSetPercent(t *testing.T) {
	v := proposal.Variant{Sheet: trade.Sheet{Lines: []proposal.Line{
		{Text: "a", Quantity: 1000, Price: 10000, VAT: "20", DiscountSum: 1, DiscountFixed: true},
		{Text: "b", Quantity: 1000, Price: 10000, VAT: "20"},
	}}}
	if err := v.SetPercent(proposal.VATOnTop, []int{0}, 1050); err != nil {
		t.Fatal(err)
	}
	if v.Lines[0].Amount != 8950 || v.Lines[1].Amount != 10000 || v.Total != 22740 {
		t.Errorf("%+v", v)
	}
}

func TestRounder(t *testing.T) {
	for _, c := range []struct {
		total int64
		want  []int64
	}{
		{47170523, []int64{47170500, 47170000, 47100000, 47000000, 40000000}},
		{50, nil},
		{10000, nil},
	} {
		got := trade.Rounder(c.total)
		if len(got) != len(c.want) {
			t.Errorf("%d: %v, want %v", c.total, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d: %v, want %v", c.total, got, c.want)
			}
		}
	}
}
