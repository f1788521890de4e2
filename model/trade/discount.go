package trade

import (
	"slices"

	"ugoda/model"
	"ugoda/model/product"
)

// SetPercent gives the chosen lines one discount; options among them, too.
func (s *Sheet) SetPercent(mode string, lines []int, percent model.Percent) error {
	for _, i := range lines {
		l := &s.Lines[i]
		if !l.Priced() {
			continue
		}
		l.Discount, l.DiscountSum, l.DiscountFixed = percent, 0, false
	}
	return s.Count(mode)
}

// TakeOff takes a sum off the amounts of the chosen lines, beyond the discounts
// that they have, in proportion to them, the remainder by the largest one. It
// takes as much as there is, and tells how much that was.
func (s *Sheet) TakeOff(mode string, lines []int, sum int64) (taken int64, err error) {
	if err := s.Count(mode); err != nil {
		return 0, err
	}
	chosen := s.chosen(lines)
	taken = min(max(sum, 0), amounts(chosen))
	if err := shift(chosen, taken); err != nil {
		return 0, err
	}
	return taken, s.Count(mode)
}

// Reach gives the chosen lines such discounts that the sheet comes to a
// total, and tells to which it came: the target wherever a discount between
// nothing and everything on those lines reaches it, else the nearest total that
// it does reach. Discounts that stand already keep their proportions.
//
// Without VAT on top any sum between the two ends is reached. With it the total
// is the base of each rate and its VAT, rounded, so single totals cannot be
// reached through one rate (3 kopecks with 20 %: 2 give 2, 3 give 4); where
// lines of several rates are chosen, kopecks are moved between the rates.
func (s *Sheet) Reach(mode string, lines []int, target int64) (total int64, err error) {
	if err := s.Count(mode); err != nil {
		return 0, err
	}
	rates := s.byRate(mode, s.chosen(lines))
	if len(rates) == 0 {
		return s.Total, nil
	}
	bases, err := nearest(rates, target-s.Total)
	if err != nil {
		return 0, err
	}
	for i, r := range rates {
		if err := shift(r.lines, r.now-bases[i]); err != nil {
			return 0, err
		}
	}
	err = s.Count(mode)
	return s.Total, err
}

// chosen are the lines among those named whose discount changes the total.
func (s *Sheet) chosen(lines []int) []*Line {
	var out []*Line
	for i := range s.Lines {
		if slices.Contains(lines, i) && s.Lines[i].Counts() {
			out = append(out, &s.Lines[i])
		}
	}
	return out
}

func amounts(lines []*Line) int64 {
	var all int64
	for _, l := range lines {
		all += l.Amount
	}
	return all
}

// shift takes a sum off the amounts of lines in proportion to them; a negative
// one gives back of the discounts, in proportion to those. There must be as much.
func shift(lines []*Line, sum int64) error {
	weights := make([]int64, len(lines))
	for i, l := range lines {
		weights[i] = l.Amount
		if sum < 0 {
			weights[i] = l.off()
		}
	}
	parts, err := Allocate(sum, weights)
	if err != nil {
		return err
	}
	for i, l := range lines {
		if parts[i] != 0 {
			l.give(l.off() + parts[i])
		}
	}
	return nil
}

// off is what the discount takes off a counted line.
func (l *Line) off() int64 {
	gross, err := model.Extend(l.Price, l.Quantity)
	if err != nil {
		return 0
	}
	return gross - l.Amount
}

// give sets the sum of a discount; where a percentage says the same, that is
// what stands.
func (l *Line) give(sum int64) {
	l.DiscountSum, l.DiscountFixed = sum, true
	gross, err := model.Extend(l.Price, l.Quantity)
	if err != nil || gross == 0 {
		return
	}
	percent, err := model.MulDiv(sum, 10_000, gross)
	if err != nil {
		return
	}
	l.Discount = model.Percent(percent)
	if exact, err := model.Share(gross, l.Discount); err == nil && exact == sum {
		l.DiscountFixed = false
	}
}

// rate is the chosen lines of one VAT rate, whose amounts may be lowered to
// nothing and raised to what they are without discounts.
type rate struct {
	percent   model.Percent
	rest      int64 // amounts of its lines that were not chosen
	now, most int64 // amounts of the chosen ones: as they are, and without discounts
	lines     []*Line
}

// total is what the rate comes to when its chosen lines have an amount.
func (r rate) total(amount int64) (int64, error) {
	vat, err := model.MulDiv(r.rest+amount, int64(r.percent), 10_000)
	return r.rest + amount + vat, err
}

// byRate groups lines by the rate of VAT that is added to them: by none where
// VAT is not added.
func (s *Sheet) byRate(mode string, chosen []*Line) []rate {
	percent := func(l *Line) model.Percent {
		if mode == VATOnTop {
			return product.VATRate(l.VAT)
		}
		return 0
	}
	var out []rate
	for _, l := range chosen {
		i := slices.IndexFunc(out, func(r rate) bool { return r.percent == percent(l) })
		if i < 0 {
			i = len(out)
			out = append(out, rate{percent: percent(l)})
		}
		r := &out[i]
		r.lines = append(r.lines, l)
		r.now, r.most = r.now+l.Amount, r.most+l.Amount+l.off()
	}
	if mode != VATOnTop {
		return out // VAT is within: what was not chosen does not matter
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if j := slices.IndexFunc(out, func(r rate) bool { return r.percent == percent(l) }); j >= 0 && l.Counts() && !slices.Contains(chosen, l) {
			// 0 % and exempt come to the same: both are in the group of no VAT
			out[j].rest += l.Amount
		}
	}
	return out
}

// window is how many kopecks a rate may leave its proportional share to reach a
// total: the rounding of 20, 14 and 7 percent repeats within fewer.
const window = 16

// nearest finds amounts of the rates with which their total grows by a sum, or
// by what is nearest to it: near the proportional ones.
func nearest(rates []rate, grow int64) ([]int64, error) {
	var begin int64
	for _, r := range rates {
		t, err := r.total(r.now)
		if err != nil {
			return nil, err
		}
		if begin, err = sum(begin, t, nil); err != nil {
			return nil, err
		}
	}
	target := begin + grow
	at, err := proportional(rates, target)
	if err != nil {
		return nil, err
	}
	x := &search{rates: rates, around: at, target: target, best: slices.Clone(at), try: make([]int64, len(rates)), off: -1}
	// the rate of the widest range is the one that is solved last
	x.order = make([]int, len(rates))
	for i := range x.order {
		x.order[i] = i
	}
	slices.SortStableFunc(x.order, func(a, b int) int { return int(rates[a].percent - rates[b].percent) })
	slices.Reverse(x.order)
	return x.best, x.step(0, 0, 0)
}

// proportional lowers or raises all rates alike until they come to a target, or
// just below it.
func proportional(rates []rate, target int64) ([]int64, error) {
	down, up := make([]int64, len(rates)), make([]int64, len(rates))
	var low, high int64 // how far the whole may grow
	for i, r := range rates {
		down[i], up[i] = r.now, r.most-r.now
		low, high = low-down[i], high+up[i]
	}
	shares := func(grow int64) ([]int64, int64, error) {
		weights := up
		if grow < 0 {
			weights = down
		}
		parts, err := Allocate(grow, weights)
		if err != nil {
			return nil, 0, err
		}
		var all int64
		for i, r := range rates {
			parts[i] += r.now
			t, err := r.total(parts[i])
			if err != nil {
				return nil, 0, err
			}
			all += t
		}
		return parts, all, nil
	}
	for low < high { // the most that stays at or below the target
		middle := high - (high-low)/2
		_, all, err := shares(middle)
		if err != nil {
			return nil, err
		}
		if all <= target {
			low = middle
		} else {
			high = middle - 1
		}
	}
	parts, _, err := shares(low)
	return parts, err
}

// search tries amounts around the proportional ones.
type search struct {
	rates       []rate
	order       []int
	around      []int64
	target      int64
	try, best   []int64
	off, strays int64 // of the best: from the target, and from the proportions; off -1: none yet
}

// step tries the amounts of one rate after another; the last is solved.
func (x *search) step(n int, total, strays int64) error {
	i := x.order[n]
	r, middle := x.rates[i], x.around[i]
	if n == len(x.order)-1 {
		return x.solve(i, total, strays)
	}
	for by := int64(-window); by <= window; by++ {
		amount := middle + by
		if amount < 0 || amount > r.most || x.off == 0 && strays+max(by, -by) >= x.strays {
			continue
		}
		t, err := r.total(amount)
		if err != nil {
			return err
		}
		x.try[i] = amount
		if err := x.step(n+1, total+t, strays+max(by, -by)); err != nil {
			return err
		}
	}
	return nil
}

// solve finds the amount of the last rate that comes nearest to the target.
func (x *search) solve(i int, total, strays int64) error {
	r := x.rates[i]
	low, high := int64(0), r.most
	for low < high { // the first amount that comes to the target or beyond
		middle := low + (high-low)/2
		t, err := r.total(middle)
		if err != nil {
			return err
		}
		if total+t < x.target {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for amount := max(low-1, 0); amount <= low; amount++ {
		t, err := r.total(amount)
		if err != nil {
			return err
		}
		off, far := total+t-x.target, amount-x.around[i]
		off, far = max(off, -off), strays+max(far, -far)
		if x.off < 0 || off < x.off || off == x.off && far < x.strays {
			x.off, x.strays = off, far
			x.try[i] = amount
			copy(x.best, x.try)
		}
	}
	return nil
}

// Rounder lists round totals below a total, the nearest first: what one may
// want to come down to.
func Rounder(total int64) []int64 {
	var out []int64
	for unit := int64(100); unit <= 10_000_000 && unit <= total; unit *= 10 {
		round := total / unit * unit
		if round > 0 && round != total && !slices.Contains(out, round) && round*10 > total*8 { // a fifth off is no rounding
			out = append(out, round)
		}
	}
	return out
}
