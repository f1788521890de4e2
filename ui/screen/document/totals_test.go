package document

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ugoda/model/proposal"
)

// The longest sums leave their labels whole, and each other; short ones stand in
// two even halves.
func TestTotalsAreReadWhole(t *testing.T) {
	d := newDesk(t)
	p, _ := d.fromDeal()
	drawn := func() (out []*canvas.Text) {
		p.totals.Resize(p.totals.MinSize())
		r := test.WidgetRenderer(p.totals)
		r.Refresh()
		for _, o := range r.Objects() {
			if x, ok := o.(*canvas.Text); ok {
				out = append(out, x)
			}
		}
		return out
	}
	short := p.totals.MinSize().Width
	lines := []proposal.Line{{Text: "Завод", Quantity: 1000, Price: 99_999_999_999_99, Discount: 12_34, VAT: "20"}}
	p.Edit(func() { p.variant().Lines = lines })
	all := drawn()
	if wide := p.totals.MinSize().Width; wide <= short {
		t.Errorf("the longest sums have no more room than short ones: %.0f of %.0f", wide, short)
	}
	whole := func(s sum) bool {
		return slices.ContainsFunc(all, func(x *canvas.Text) bool { return x.Text == s.label }) && slices.ContainsFunc(all, func(x *canvas.Text) bool { return x.Text == s.figure })
	}
	for _, s := range slices.Concat(p.totals.left, p.totals.main) {
		if !whole(s) {
			t.Errorf("%q %s is cut", s.label, s.figure)
		}
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if lies(a, b) {
				t.Errorf("%q lies over %q", a.Text, b.Text)
			}
		}
	}
}

// lies reports that the ink of two texts shares a place.
func lies(a, b *canvas.Text) bool {
	ink := func(x *canvas.Text) (from, to float32) {
		w := fyne.MeasureText(x.Text, x.TextSize, x.TextStyle).Width
		from = x.Position().X
		if x.Alignment == fyne.TextAlignTrailing {
			from += x.Size().Width - w
		}
		return from, from + w
	}
	a1, a2 := ink(a)
	b1, b2 := ink(b)
	return a.Position().Y == b.Position().Y && a1 < b2-1 && b1 < a2-1
}
