package trade

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/product"
)

// Whole is an accepted sheet that is billed in parts: it knows what is left of
// each of its lines, and what a part of them comes to.
//
// A part of a line has the share of what is left of the line's sums that its
// quantity has of what is left of the quantity, rounded; so whatever is billed
// last has all that is left of the sums, and the parts add up to the whole to
// the kopeck, in whatever order they are made and given up. VAT is reckoned for
// each rate in the same way, from what is left of its base and of its VAT, so
// that the VAT of a part is within a kopeck or so of that of its lines.
//
// The cost of a part is that of one piece times its quantity, as anywhere: what
// a part cost is kept nowhere, so it could not be taken off what is left. Of
// fractional quantities the margins of the parts may differ from that of the
// whole by half a kopeck for each line of each part.
type Whole struct {
	accepted []Line // all lines of the sheet
	left     map[int64]remainder
	rates    map[string]remainder // by rate of VAT: amount is its base
}

// remainder is what is left of a line, or of all lines of a rate of VAT.
type remainder struct {
	quantity              model.Qty
	amount, discount, vat int64
}

// NewWhole takes a counted sheet of which nothing is billed yet. Its lines have
// ids.
func NewWhole(s *Sheet) *Whole {
	w := &Whole{accepted: s.Lines, left: map[int64]remainder{}, rates: map[string]remainder{}}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Counts() {
			w.left[l.ID] = remainder{l.Quantity, l.Amount, l.DiscountSum, l.VATAmount}
			r := w.rates[l.VAT]
			w.rates[l.VAT] = remainder{amount: r.amount + l.Amount, vat: r.vat + l.VATAmount}
		}
	}
	return w
}

// Less takes off what lines bill.
func (w *Whole) Less(lines []Line) {
	for i := range lines {
		l := &lines[i]
		x, ok := w.left[l.Of]
		if !ok || l.Of == 0 {
			continue
		}
		w.left[l.Of] = remainder{x.quantity - l.Quantity, x.amount - l.Amount, x.discount - l.DiscountSum, x.vat - l.VATAmount}
		rate := w.Line(l.Of).VAT
		r := w.rates[rate]
		w.rates[rate] = remainder{amount: r.amount - l.Amount, vat: r.vat - l.VATAmount}
	}
}

// Line is an accepted line by its id, nil when it is not in the total.
func (w *Whole) Line(id int64) *Line {
	for i := range w.accepted {
		if l := &w.accepted[i]; l.ID == id && id != 0 && l.Counts() {
			return l
		}
	}
	return nil
}

// Left is how much of a line is not billed, and what that comes to: as its
// column says, with VAT in it or not.
func (w *Whole) Left(id int64) (quantity model.Qty, amount int64) {
	x := w.left[id]
	return x.quantity, x.amount
}

// Position is a line of a whole that is billed.
type Position struct {
	Number   int // as the offer was printed, from 1
	Line     *Line
	Quantity model.Qty // that is left
	Amount   int64     // that is left
}

// Positions are the lines that are in the total, with what is left of each.
func (w *Whole) Positions() []Position {
	var out []Position
	n := 0
	for i := range w.accepted {
		l := &w.accepted[i]
		if l.Priced() {
			n++
		}
		if l.Counts() {
			x := w.left[l.ID]
			out = append(out, Position{n, l, x.quantity, x.amount})
		}
	}
	return out
}

// Rest is all that is left, by line.
func (w *Whole) Rest() map[int64]model.Qty {
	out := map[int64]model.Qty{}
	for id, x := range w.left {
		if x.quantity > 0 {
			out[id] = x.quantity
		}
	}
	return out
}

// Share is a share of the accepted quantities, by line. A quantity that does
// not divide is rounded to the thousandth, and the money follows the quantity,
// so that price times quantity stays the sum on every line; what rounding leaves
// is in the rest. More than is left of a line is refused.
func (w *Whole) Share(share model.Percent) (map[int64]model.Qty, error) {
	if share <= 0 || share > 10_000 {
		return nil, model.Refused("share", "percent_range")
	}
	out := map[int64]model.Qty{}
	for _, p := range w.Positions() {
		q, err := model.MulDiv(int64(p.Line.Quantity), int64(share), 10_000)
		if err != nil {
			return nil, model.Refused("share", "amount_too_large")
		}
		if model.Qty(q) > p.Quantity {
			return nil, model.Refused("share", "more_than_left", "line", p.Number, "left", p.Quantity)
		}
		if q > 0 {
			out[p.Line.ID] = model.Qty(q)
		}
	}
	return out, nil
}

// Named reads quantities by the numbers of positions, "1=5, 3=2.5", by line.
func (w *Whole) Named(said string) (map[int64]model.Qty, error) {
	out := map[int64]model.Qty{}
	for word := range strings.FieldsFuncSeq(said, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		number, quantity, _ := strings.Cut(word, "=")
		n, err := strconv.Atoi(number)
		positions := w.Positions()
		i := slices.IndexFunc(positions, func(p Position) bool { return p.Number == n })
		if err != nil || i < 0 {
			return nil, model.Refused("lines", "no_such_position", "position", number)
		}
		q, err := model.ParseDecimal(quantity, 3)
		if err != nil || q <= 0 {
			return nil, model.Refused("lines", "not_a_quantity", "value", quantity)
		}
		id := positions[i].Line.ID
		out[id] += model.Qty(q)
		if out[id] > positions[i].Quantity {
			return nil, model.Refused("lines", "more_than_left", "line", n, "left", positions[i].Quantity)
		}
	}
	return out, nil
}

// Part makes lines that bill quantities, by line, in the order of the offer:
// with the headings of the sections and the notes among which they stand. The
// words of a kit stand for what it is made of.
func (w *Whole) Part(quantities map[int64]model.Qty) []Line {
	var out, ahead []Line // ahead: words that nothing has followed yet
	taken := false        // something of the section at hand is billed
	for i := range w.accepted {
		l := w.accepted[i]
		id := l.ID
		l.Row, l.Parts, l.Optional, l.Taken = model.Row{}, nil, false, false
		switch q := quantities[id]; {
		case l.Heading:
			ahead, taken = []Line{l}, false
		case l.Note && taken:
			out = append(out, l)
		case l.Note:
			ahead = append(ahead, l)
		case q > 0 && w.Line(id) != nil:
			l.Quantity, l.Of = q, id
			out, ahead, taken = append(append(out, ahead...), l), nil, true
		}
	}
	return out
}

// Sheet is a counted sheet that bills quantities, by line; mode is that of the
// whole.
func (w *Whole) Sheet(quantities map[int64]model.Qty, mode string) (Sheet, error) {
	s := Sheet{Lines: w.Part(quantities)}
	if err := w.Fill(&s, mode); err != nil {
		return s, err
	}
	return s, s.Count(mode)
}

// Fill gives the lines of a sheet that bill a part their sums; Count then adds
// them up. VAT-free documents have no VAT in their lines.
func (w *Whole) Fill(s *Sheet, mode string) error {
	left, byRate := maps.Clone(w.left), map[string][]int{}
	for i := range s.Lines {
		l := &s.Lines[i]
		x, ok := left[l.Of]
		if l.Of == 0 || !ok {
			continue
		}
		part, err := x.part(l.Quantity)
		if err != nil {
			return atLine(i, err)
		}
		l.Amount, l.DiscountSum, l.VATAmount = part.amount, part.discount, 0
		left[l.Of] = remainder{quantity: x.quantity - l.Quantity, amount: x.amount - part.amount, discount: x.discount - part.discount}
		rate := w.Line(l.Of).VAT
		byRate[rate] = append(byRate[rate], i)
	}
	if mode == VATNone {
		return nil
	}
	for _, rate := range product.VATs {
		left := w.rates[rate]
		_, err := s.shareVAT(byRate[rate], func(base int64) (int64, error) {
			if base <= 0 || left.amount <= 0 {
				return 0, nil
			}
			return model.MulDiv(left.vat, base, left.amount)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// part is the share of the sums that a quantity has.
func (x remainder) part(quantity model.Qty) (remainder, error) {
	if x.quantity <= 0 || quantity <= 0 {
		return remainder{}, nil
	}
	amount, err := model.MulDiv(x.amount, int64(quantity), int64(x.quantity))
	if err != nil {
		return remainder{}, err
	}
	discount, err := model.MulDiv(x.discount, int64(quantity), int64(x.quantity))
	return remainder{quantity: quantity, amount: amount, discount: discount}, err
}
