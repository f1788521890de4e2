package proposal_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

func TestTotals(t *testing.T) {
	line := func(q model.Qty, price int64, discount model.Percent, vat string) proposal.Line {
		return proposal.Line{Text: "x", Quantity: q, Price: price, Discount: discount, VAT: vat}
	}
	for _, c := range []struct {
		name            string
		mode            string
		lines           []proposal.Line
		net, vat, total int64
	}{
		{"on top", proposal.VATOnTop, []proposal.Line{line(1000, 10000, 0, "20")}, 10000, 2000, 12000},
		{"included", proposal.VATIncluded, []proposal.Line{line(1000, 12000, 0, "20")}, 12000, 2000, 12000},
		{"none", proposal.VATNone, []proposal.Line{line(1000, 12000, 0, "20")}, 12000, 0, 12000},
		// three lines of 0.33: VAT of each alone would be 0.07 and 0.21 in all; of their sum it is 0.20
		{"reckoned from the sum", proposal.VATOnTop, []proposal.Line{line(1000, 33, 0, "20"), line(1000, 33, 0, "20"), line(1000, 33, 0, "20")}, 99, 20, 119},
		{"half up", proposal.VATOnTop, []proposal.Line{line(500, 5, 0, "exempt")}, 3, 0, 3},
		{"two rates", proposal.VATOnTop, []proposal.Line{line(1000, 10000, 1000, "20"), line(2000, 5000, 0, "7")}, 19000, 1800 + 700, 21500},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := proposal.Proposal{VATMode: c.mode, Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: c.lines}}}}
			if err := p.Count(); err != nil {
				t.Fatal(err)
			}
			v := p.Variants[0]
			if v.Net != c.net || v.VATSum != c.vat || v.Total != c.total {
				t.Errorf("net %d vat %d total %d, want %d %d %d", v.Net, v.VATSum, v.Total, c.net, c.vat, c.total)
			}
		})
	}
}

// The lines of any variant add up to its totals, in every mode, and its VAT is
// within half a kopeck of the exact one for each rate.
func TestLinesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom([]string{proposal.VATOnTop, proposal.VATIncluded, proposal.VATNone}).Draw(t, "mode")
		var v proposal.Variant
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			v.Lines = append(v.Lines, proposal.Line{
				Quantity: model.Qty(rapid.Int64Range(0, 5_000_000).Draw(t, "quantity")),
				Price:    rapid.Int64Range(0, 100_000_000).Draw(t, "price"),
				Discount: model.Percent(rapid.Int64Range(0, 10_000).Draw(t, "discount")),
				VAT:      rapid.SampledFrom([]string{"20", "14", "7", "0", "exempt"}).Draw(t, "vat"),
			})
		}
		p := proposal.Proposal{VATMode: mode, Variants: []proposal.Variant{v}}
		if err := p.Count(); err != nil {
			t.Fatal(err)
		}
		v = p.Variants[0]
		var net, vat, total int64
		for _, l := range v.Lines {
			net, vat, total = net+l.Amount, vat+l.VATAmount, total+l.Total
			if l.Amount < 0 || l.VATAmount < 0 {
				t.Fatalf("negative line %+v", l)
			}
		}
		for _, rate := range []string{"20", "14", "7", "0", "exempt"} {
			checkVAT(t, mode, rate, v)
		}
		if net != v.Net || vat != v.VATSum || total != v.Total || v.Gross-v.DiscountSum != v.Net {
			t.Fatalf("lines %d %d %d, variant %+v", net, vat, total, v)
		}
	})
}

// checkVAT compares the VAT of all lines of a rate with the exact one: it is
// that, rounded half up.
func checkVAT(t *rapid.T, mode, rate string, v proposal.Variant) {
	t.Helper()
	var base, vat int64
	for _, l := range v.Lines {
		if l.VAT == rate {
			base, vat = base+l.Amount, vat+l.VATAmount
		}
	}
	percent := map[string]int64{"20": 20, "14": 14, "7": 7}[rate]
	exact := new(big.Rat)
	switch mode {
	case proposal.VATOnTop:
		exact.SetFrac64(percent, 100)
	case proposal.VATIncluded:
		exact.SetFrac64(percent, 100+percent)
	}
	exact.Mul(exact, new(big.Rat).SetInt64(base))
	floor := new(big.Rat).SetInt64(vat)
	below := new(big.Rat).Sub(exact, floor) // from -1/2, exclusive on the other side
	if below.Cmp(big.NewRat(-1, 2)) < 0 || below.Cmp(big.NewRat(1, 2)) >= 0 {
		t.Fatalf("%s %s of %d: %d, exactly %s", mode, rate, base, vat, exact.FloatString(3))
	}
}

func TestAllocateAddsUpAndIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-1_000_000_000, 1_000_000_000).Draw(t, "amount")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000_000), 1, 20).Draw(t, "weights")
		parts, err := trade.Allocate(amount, weights)
		if err != nil {
			t.Fatal(err)
		}
		var all, sum int64
		for _, w := range weights {
			all += w
		}
		for i, p := range parts {
			sum += p
			if all == 0 {
				continue
			}
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(amount), big.NewInt(weights[i])), big.NewInt(all))
			off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(p))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d is %d, exactly %s", i, p, exact.FloatString(3))
			}
		}
		if sum != amount {
			t.Fatalf("parts add up to %d, not %d", sum, amount)
		}
	})
}
