package listing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ugoda/ui/input"
	"ugoda/ui/theme"
)

// frame lays a list out: lines of controls, each as high as it is at the width
// there is, the grid in what is left, and the line of totals. Fyne's own
// layouts ask for heights before they know the width.
type frame struct {
	lines  []*fyne.Container
	grid   fyne.CanvasObject
	totals fyne.CanvasObject
}

// MinSize is small: the lines wrap and the grid takes what it is given.
func (l *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(240), theme.Row()*8)
}

// Layout implements fyne.Layout.
func (l *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	side, pad := theme.Scaled(4), theme.Padding()
	y := pad
	for _, line := range l.lines {
		if !line.Visible() {
			continue
		}
		width := size.Width - 2*side
		h := input.ToolbarHeight(line, width)
		line.Move(fyne.NewPos(side, y))
		line.Resize(fyne.NewSize(width, h))
		y += h + pad
	}
	below := theme.Row()
	l.grid.Move(fyne.NewPos(0, y))
	l.grid.Resize(fyne.NewSize(size.Width, max(size.Height-y-below, 0)))
	l.totals.Move(fyne.NewPos(0, size.Height-below))
	l.totals.Resize(fyne.NewSize(size.Width, below))
}

// showHead lays the lines above the grid out anew: what stands in them has
// changed, and so may their height.
func (s *Screen) showHead() {
	input.SetToolbar(s.views, s.tabs.line(s.bar.searchBox)...)
	input.SetToolbar(s.works, append(s.tools.objects(), s.bar.objects()...)...)
	s.content.Layout.Layout(s.content.Objects, s.content.Size())
	s.views.Refresh()
	s.works.Refresh()
	canvas.Refresh(s.content)
}
