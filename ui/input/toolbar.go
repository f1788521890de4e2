package input

import (
	"fyne.io/fyne/v2"

	"ugoda/ui/theme"
)

// NewToolbar stands objects in a row, each as wide as it needs; those after a
// nil stand at the right. What finds no room goes to the next line.
func NewToolbar(objects ...fyne.CanvasObject) *fyne.Container {
	c := &fyne.Container{Layout: &toolbarLayout{}}
	SetToolbar(c, objects...)
	return c
}

// SetToolbar puts other objects into a toolbar. Whoever holds the toolbar lays
// it out anew: it may have become higher.
func SetToolbar(c *fyne.Container, objects ...fyne.CanvasObject) {
	l := c.Layout.(*toolbarLayout)
	l.split = -1
	c.Objects = nil
	for _, o := range objects {
		if o == nil {
			l.split = len(c.Objects)
			continue
		}
		c.Objects = append(c.Objects, o)
	}
	if l.split < 0 {
		l.split = len(c.Objects)
	}
}

// ToolbarHeight is how high a toolbar is when it is as wide as given.
func ToolbarHeight(c *fyne.Container, width float32) float32 {
	return c.Layout.(*toolbarLayout).flow(c.Objects, width, func(fyne.CanvasObject, float32, float32, fyne.Size) {})
}

type toolbarLayout struct {
	split int
	width float32 // of the last layout: MinSize does not know it
}

// flow gives each visible object its place and tells how high all are.
func (l *toolbarLayout) flow(objects []fyne.CanvasObject, width float32, place func(o fyne.CanvasObject, x, y float32, m fyne.Size)) float32 {
	pad, row := theme.Padding(), theme.Row()
	var x, y, right float32
	for i, o := range objects {
		if o.Visible() && i >= l.split {
			right += o.MinSize().Width + pad
		}
	}
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if right > 0 && i >= l.split { // the right part as a whole
			if x > 0 && x+right-pad > width {
				x, y = 0, y+row+pad
			}
			x = max(x, width-right+pad)
			right = 0
		} else if x > 0 && x+m.Width > width {
			x, y = 0, y+row+pad
		}
		place(o, x, y+(row-min(m.Height, row))/2, m)
		x += m.Width + pad
	}
	return y + row
}

func (l *toolbarLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width
	if width == 0 {
		width = 1e6
	}
	var widest float32
	high := l.flow(objects, width, func(_ fyne.CanvasObject, _, _ float32, m fyne.Size) { widest = max(widest, m.Width) })
	return fyne.NewSize(widest, high)
}

func (l *toolbarLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(objects, size.Width, func(o fyne.CanvasObject, x, y float32, m fyne.Size) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
	})
}
