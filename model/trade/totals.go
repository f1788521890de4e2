package trade

import (
	"slices"

	"ugoda/model"
	"ugoda/model/product"
)

// VAT modes of a document.
const (
	VATOnTop    = "on_top"   // prices are without VAT, it is added below
	VATIncluded = "included" // prices have VAT in them
	VATNone     = "none"     // we are no VAT payer
)

// Count computes the lines of a sheet and its totals.
//
// A line's amount is quantity × price, rounded, less its discount, rounded.
// VAT is reckoned once for each rate from the sum of its lines, as Ukrainian
// practice has it, rounded half up, and then spread over the lines by the
// largest remainder, so that the lines add up to the total.
//
// A line that bills a part of an accepted offer has its sums from there, as
// Whole.Fill gives them: it is added up as it is.
//
// An option that nobody took is reckoned by itself and is in none of the
// totals; their sum stands apart.
func (s *Sheet) Count(mode string) error {
	var t Sheet
	var options int64
	byRate := map[string][]int{}
	for i := range s.Lines {
		l := &s.Lines[i]
		if !l.Priced() {
			l.Amount, l.VATAmount, l.Total, l.DiscountSum = 0, 0, 0, 0
			continue
		}
		l.Taken = l.Taken && l.Optional
		gross, off, err := l.gross()
		if err != nil {
			return atLine(i, err)
		}
		cost, err := model.Extend(l.Cost, l.Quantity)
		if err != nil {
			return atLine(i, err)
		}
		l.Amount, l.Total = gross-off, gross-off
		if l.Of == 0 {
			l.VATAmount = 0
		}
		if !l.Counts() {
			if err = l.alone(mode); err == nil {
				options, err = sum(options, l.Total, nil)
			}
			if err != nil {
				return atLine(i, err)
			}
			continue
		}
		t.Gross, err = sum(t.Gross, gross, err)
		t.DiscountSum, err = sum(t.DiscountSum, off, err)
		t.Net, err = sum(t.Net, l.Amount, err)
		t.CostSum, err = sum(t.CostSum, cost, err)
		if err != nil {
			return atLine(i, err)
		}
		if l.Of != 0 {
			if err := l.billed(mode, &t); err != nil {
				return atLine(i, err)
			}
			continue
		}
		byRate[l.VAT] = append(byRate[l.VAT], i)
	}
	if mode != VATNone {
		for _, rate := range product.VATs {
			if err := s.spreadVAT(byRate[rate], product.VATRate(rate), mode, &t); err != nil {
				return err
			}
		}
	}
	t.Total = t.Net
	if mode == VATOnTop {
		var err error
		if t.Total, err = sum(t.Net, t.VATSum, nil); err != nil {
			return err
		}
	}
	t.Lines, t.OptionsSum, t.Margin = s.Lines, options, t.Total-t.VATSum-t.CostSum
	*s = t
	return nil
}

// gross is a line's sum before its discount, and what that takes off.
func (l *Line) gross() (gross, off int64, err error) {
	if l.Of != 0 {
		gross, err = sum(l.Amount, l.DiscountSum, nil)
		return gross, l.DiscountSum, err
	}
	if gross, err = model.Extend(l.Price, l.Quantity); err != nil {
		return 0, 0, err
	}
	off, err = l.discount(gross)
	return gross, off, err
}

// billed adds the VAT of a line that has its sums from an accepted offer.
func (l *Line) billed(mode string, t *Sheet) error {
	var err error
	if mode == VATNone {
		l.VATAmount = 0
	}
	if mode == VATOnTop {
		l.Total, err = sum(l.Amount, l.VATAmount, nil)
	}
	t.VATSum, err = sum(t.VATSum, l.VATAmount, err)
	return err
}

// alone reckons the VAT of a line that is in no total.
func (l *Line) alone(mode string) error {
	if mode == VATNone {
		return nil
	}
	rate, per := product.VATRate(l.VAT), int64(10_000)
	if mode == VATIncluded {
		per += int64(rate)
	}
	vat, err := model.MulDiv(l.Amount, int64(rate), per)
	l.VATAmount = vat
	if err == nil && mode == VATOnTop {
		l.Total, err = sum(l.Amount, vat, nil)
	}
	return err
}

// discount is what the discount takes off a line's gross amount: as the
// percent says, or the sum that was given, of which the percent is told then.
func (l *Line) discount(gross int64) (int64, error) {
	var err error
	if l.DiscountSum == 0 {
		l.DiscountFixed = false
	}
	if !l.DiscountFixed {
		l.DiscountSum, err = model.Share(gross, l.Discount)
		return l.DiscountSum, err
	}
	off := min(l.DiscountSum, max(gross, 0)) // more is a problem that the check tells
	l.Discount = 0
	if gross > 0 {
		var percent int64
		percent, err = model.MulDiv(off, 10_000, gross)
		l.Discount = model.Percent(percent)
	}
	return off, err
}

// spreadVAT reckons the VAT of all lines of one rate and shares it out.
func (s *Sheet) spreadVAT(lines []int, rate model.Percent, mode string, t *Sheet) error {
	if len(lines) == 0 || rate == 0 {
		return nil
	}
	per := int64(10_000)
	if mode == VATIncluded {
		per += int64(rate)
	}
	vat, err := s.shareVAT(lines, func(base int64) (int64, error) { return model.MulDiv(base, int64(rate), per) })
	if err != nil {
		return err
	}
	if mode == VATOnTop {
		for _, i := range lines {
			s.Lines[i].Total = s.Lines[i].Amount + s.Lines[i].VATAmount
		}
	}
	t.VATSum, err = sum(t.VATSum, vat, nil)
	return err
}

// shareVAT reckons the VAT of lines from the sum of their amounts and shares it
// out among them.
func (s *Sheet) shareVAT(lines []int, of func(base int64) (int64, error)) (vat int64, err error) {
	base, weights := int64(0), make([]int64, len(lines))
	for n, i := range lines {
		weights[n] = s.Lines[i].Amount
		base += weights[n]
	}
	if vat, err = of(base); err != nil {
		return 0, err
	}
	shares, err := Allocate(vat, weights)
	if err != nil {
		return 0, err
	}
	for n, i := range lines {
		s.Lines[i].VATAmount = shares[n]
	}
	return vat, nil
}

// Allocate shares an amount out in proportion to weights by the largest
// remainder: the parts always add up to it. Weights must not be negative; when
// all are nought the first gets everything.
func Allocate(amount int64, weights []int64) ([]int64, error) {
	parts := make([]int64, len(weights))
	if len(weights) == 0 {
		return parts, nil
	}
	var all int64
	for _, w := range weights {
		all += w
	}
	if all == 0 {
		parts[0] = amount
		return parts, nil
	}
	type rest struct {
		i int
		r uint64
	}
	left, rests := amount, make([]rest, len(weights))
	for i, w := range weights {
		q, r, err := divide(amount, w, all)
		if err != nil {
			return nil, err
		}
		parts[i], rests[i] = q, rest{i, r}
		left -= q
	}
	slices.SortStableFunc(rests, func(a, b rest) int {
		switch {
		case a.r > b.r:
			return -1
		case a.r < b.r:
			return 1
		}
		return 0
	})
	step := int64(1)
	if left < 0 {
		step = -1
	}
	for n := 0; left != 0; n++ {
		parts[rests[n%len(rests)].i] += step
		left -= step
	}
	return parts, nil
}
