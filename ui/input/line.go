package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Piece is one of several objects in a line.
type Piece struct {
	Object fyne.CanvasObject
	Wants  float32 // width at zoom 100; 0: as the object wants
	Least  float32 // width at zoom 100 that it may be narrowed to; 0: it is never narrowed
}

// Whole is an object that keeps its width.
func Whole(o fyne.CanvasObject) Piece { return Piece{Object: o} }

// Giving is an object that is shortened where there is too little room.
func Giving(o fyne.CanvasObject) Piece { return Piece{Object: o, Least: 60} }

// NewLine stands objects side by side, each as wide as it wants. Where there is
// too little room those that may be narrowed share what is missing.
func NewLine(pieces ...Piece) *fyne.Container {
	c := &fyne.Container{Layout: &line{}}
	SetLine(c, pieces...)
	return c
}

// SetLine puts other objects into a line.
func SetLine(c *fyne.Container, pieces ...Piece) {
	c.Layout.(*line).pieces = pieces
	c.Objects = nil
	for _, p := range pieces {
		c.Objects = append(c.Objects, p.Object)
	}
	c.Refresh()
}

type line struct{ pieces []Piece }

// wants is the width that a piece would like.
func (p Piece) wants() float32 {
	if p.Wants > 0 {
		return theme.Scaled(p.Wants)
	}
	if l, ok := p.Object.(*widget.Label); ok { // one that may be cut wants next to nothing of its own
		size := l.SizeName
		if size == "" {
			size = "text"
		}
		return theme.Width(l.Text, theme.Size(size), l.TextStyle) + 2*theme.Inner() + 1
	}
	return p.Object.MinSize().Width
}

// least is the width that a piece must have.
func (p Piece) least() float32 {
	if p.Least == 0 {
		return p.wants()
	}
	return min(p.wants(), theme.Scaled(p.Least))
}

// NewApart stands a line at the right end, as wide as it wants while a third of
// the width is left, and something else in all the room before it.
func NewApart(rest fyne.CanvasObject, right *fyne.Container) *fyne.Container {
	return container.New(&apart{right.Layout.(*line)}, rest, right)
}

type apart struct{ line *line }

// MinSize is for Fyne.
func (*apart) MinSize(o []fyne.CanvasObject) fyne.Size {
	rest, right := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(rest.Width+theme.Padding()+right.Width, max(rest.Height, right.Height))
}

// Layout is for Fyne.
func (a *apart) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wants, _ := a.line.whole()
	keeps := size.Width / 3
	if o[0].MinSize().IsZero() { // nothing stands there
		keeps = 0
	}
	w := max(min(wants, size.Width-max(o[0].MinSize().Width, keeps)-theme.Padding()), o[1].MinSize().Width)
	o[0].Resize(fyne.NewSize(size.Width-w-theme.Padding(), size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}

// whole is the width that all want, and how much of it can be given up.
func (l *line) whole() (wants, gives float32) {
	for _, p := range l.pieces {
		if !p.Object.Visible() {
			continue
		}
		if wants > 0 {
			wants += theme.Padding()
		}
		wants += p.wants()
		gives += p.wants() - p.least()
	}
	return wants, gives
}

// MinSize is for Fyne.
func (l *line) MinSize([]fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, p := range l.pieces {
		if !p.Object.Visible() {
			continue
		}
		if out.Width > 0 {
			out.Width += theme.Padding()
		}
		out.Width += p.least()
		out.Height = max(out.Height, p.Object.MinSize().Height)
	}
	return out
}

// Layout is for Fyne.
func (l *line) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	wants, gives := l.whole()
	share := float32(0)
	if missing := wants - size.Width; missing > 0 && gives > 0 {
		share = min(missing/gives, 1)
	}
	var x float32
	for _, p := range l.pieces {
		if !p.Object.Visible() {
			continue
		}
		w, h := p.wants()-share*(p.wants()-p.least()), p.Object.MinSize().Height
		p.Object.Move(fyne.NewPos(x, (size.Height-h)/2))
		p.Object.Resize(fyne.NewSize(w, h))
		x += w + theme.Padding()
	}
}
