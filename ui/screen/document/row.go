package document

import (
	"math"

	"fyne.io/fyne/v2"

	"ugoda/ui/theme"
)

// Place is an object in a row: at least so wide at zoom 100, with a share of
// what is left over.
type Place struct {
	Object fyne.CanvasObject
	Width  float32
	Grow   float32
}

// Wide is an object that is at least so wide in a row, at zoom 100, and gets a
// share of what is left over.
func Wide(o fyne.CanvasObject, width, grow float32) Place { return Place{o, width, grow} }

// NewRow stands objects side by side over the whole width. Those that are
// hidden take no room; where there is too little, all get less alike.
func NewRow(places ...Place) *fyne.Container {
	l := &row{}
	c := &fyne.Container{Layout: l}
	for _, p := range places {
		if p.Object == nil { // a field that the role may not see
			continue
		}
		l.places = append(l.places, p)
		c.Objects = append(c.Objects, p.Object)
	}
	return c
}

type row struct{ places []Place }

const rowGap = 8

// MinSize is for Fyne.
func (r *row) MinSize([]fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, p := range r.places {
		if p.Object.Visible() {
			out.Height = max(out.Height, p.Object.MinSize().Height)
			out.Width += theme.Scaled(40)
		}
	}
	return out
}

// Layout is for Fyne.
func (r *row) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	var wants, grows float32
	n := 0
	for _, p := range r.places {
		if p.Object.Visible() {
			wants, grows, n = wants+theme.Scaled(p.Width), grows+p.Grow, n+1
		}
	}
	gap := theme.Scaled(rowGap)
	room := size.Width - gap*float32(max(n-1, 0))
	var x float32
	for _, p := range r.places {
		if !p.Object.Visible() {
			continue
		}
		w := theme.Scaled(p.Width)
		switch {
		case room < wants:
			w *= room / wants
		case grows > 0:
			w += (room - wants) * p.Grow / grows
		}
		w = float32(math.Round(float64(w)))
		p.Object.Move(fyne.NewPos(x, 0))
		p.Object.Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
}

// middle gives one object its own height, in the middle of what there is.
type middle struct{}

// MinSize is for Fyne.
func (*middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is for Fyne.
func (*middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := min(o[0].MinSize().Height, size.Height)
	o[0].Move(fyne.NewPos(0, (size.Height-h)/2))
	o[0].Resize(fyne.NewSize(size.Width, h))
}

// footing stands the terms before the totals, which have their own width while
// the terms have theirs.
type footing struct{}

// leastTotals is the share of their width that the totals must have.
const leastTotals = 0.75

// MinSize is for Fyne.
func (footing) MinSize(o []fyne.CanvasObject) fyne.Size {
	terms, totals := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(terms.Width+totals.Width*leastTotals, max(terms.Height, totals.Height))
}

// Layout is for Fyne.
func (footing) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wants := o[1].MinSize().Width
	w := float32(math.Round(float64(max(min(wants, size.Width-o[0].MinSize().Width), wants*leastTotals))))
	o[0].Resize(fyne.NewSize(size.Width-w, size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}
