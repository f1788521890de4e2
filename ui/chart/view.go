// Package chart shows the picture of a report in the window: it is drawn for
// the size that it has, in the background, and its places open by a click or by
// keys.
package chart

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/reports/chart"
	"ugoda/ui/paint"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Drawer draws a picture of a size in pixels; scale is pixels for one unit.
type Drawer func(w, h int, scale float64, colours chart.Palette) (*chart.Picture, error)

// View shows a picture. ↑ ↓ go through its places, → ← through the parts of a
// bar, Enter opens one, as a click does.
type View struct {
	widget.BaseWidget

	OnOpen func(r chart.Region)
	OnKey  func(k *fyne.KeyEvent) // a key that the picture has no use for

	host    screen.Host
	ctx     context.Context
	drawer  Drawer
	image   *canvas.Image
	regions []chart.Region
	asked   int
	drawn   fyne.Size
	dark    bool
	pixels  float32 // of the picture for one unit of Fyne

	focused bool
	focus   int // index into regions; -1: none
	hover   int
	pointer fyne.Position
}

var (
	_ fyne.Tappable      = (*View)(nil)
	_ fyne.Focusable     = (*View)(nil)
	_ desktop.Hoverable  = (*View)(nil)
	_ desktop.Cursorable = (*View)(nil)
)

// NewView makes an empty view; it draws in the background until ctx ends.
func NewView(ctx context.Context, h screen.Host) *View {
	v := &View{ctx: ctx, host: h, focus: -1, hover: -1, pixels: 1, image: canvas.NewImageFromImage(image.NewNRGBA(image.Rect(0, 0, 1, 1)))}
	v.image.FillMode = canvas.ImageFillStretch
	v.image.ScaleMode = canvas.ImageScaleFastest
	v.ExtendBaseWidget(v)
	return v
}

// Draw shows what a drawer draws.
func (v *View) Draw(d Drawer) {
	v.drawer, v.drawn = d, fyne.Size{}
	v.redraw()
}

// Resize draws anew.
func (v *View) Resize(size fyne.Size) {
	v.BaseWidget.Resize(size)
	v.redraw()
}

// Refresh draws anew where the theme has changed.
func (v *View) Refresh() {
	if v.dark != theme.IsDark() {
		v.drawn = fyne.Size{}
		v.redraw()
	}
	v.BaseWidget.Refresh()
}

// redraw asks for the picture in the size of the view.
func (v *View) redraw() {
	size := v.Size()
	if v.drawer == nil || size == v.drawn || size.Width < 60 || size.Height < 40 {
		return
	}
	v.drawn, v.dark = size, theme.IsDark()
	v.asked++
	asked, draw := v.asked, v.drawer
	pixels := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		pixels = max(c.Scale(), 1)
	}
	zoom := float64(theme.Scaled(1))
	colours := palette()
	type picture struct {
		image   image.Image
		regions []chart.Region
	}
	screen.Read(v.ctx, v.host, func(context.Context) (picture, error) {
		p, err := draw(int(size.Width*pixels), int(size.Height*pixels), float64(pixels)*zoom, colours)
		if err != nil {
			return picture{}, err
		}
		img, err := p.Image()
		return picture{img, p.Regions}, err
	}, func(p picture) {
		if asked != v.asked {
			return
		}
		v.image.Image, v.regions, v.pixels, v.hover = p.image, p.regions, pixels, -1
		if v.focus >= len(p.regions) {
			v.focus = -1
		}
		v.image.Refresh()
		v.BaseWidget.Refresh()
	})
}

// palette is the colours of the theme.
func palette() chart.Palette {
	p := chart.Light
	if theme.IsDark() {
		p = chart.Dark
	}
	return p.On(theme.Color(theme.Background), theme.Color(theme.Foreground), theme.Color(theme.Muted), theme.Color(theme.Line))
}

// Regions are the places of the picture.
func (v *View) Regions() []chart.Region { return v.regions }

// at finds the place at a point: a part of a bar before the bar.
func (v *View) at(p fyne.Position) int {
	x, y := int(p.X*v.pixels), int(p.Y*v.pixels)
	found := -1
	for i, r := range v.regions {
		if x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H && (found < 0 || r.Within) {
			found = i
		}
	}
	return found
}

// Tapped opens the place under the pointer.
func (v *View) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
	if i := v.at(e.Position); i >= 0 {
		v.focus = i
		v.open(i)
	}
}

func (v *View) open(i int) {
	if i >= 0 && i < len(v.regions) && v.OnOpen != nil {
		v.OnOpen(v.regions[i])
	}
}

// FocusGained is for Fyne.
func (v *View) FocusGained() {
	v.focused = true
	if v.focus < 0 {
		v.step(1)
	}
	v.BaseWidget.Refresh()
}

// FocusLost is for Fyne.
func (v *View) FocusLost() { v.focused = false; v.BaseWidget.Refresh() }

// TypedRune is for Fyne.
func (v *View) TypedRune(rune) {}

// TypedKey goes through the places.
func (v *View) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		v.step(1)
	case fyne.KeyUp:
		v.step(-1)
	case fyne.KeyRight:
		v.sideways(1)
	case fyne.KeyLeft:
		v.sideways(-1)
	case fyne.KeyHome:
		v.focus = -1
		v.step(1)
	case fyne.KeyEnd:
		v.focus = -1
		v.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		v.open(v.focus)
	default:
		if v.OnKey != nil {
			v.OnKey(k)
		}
	}
}

// order lists the places from the top, those that stand side by side from the
// left; parts are left out.
func (v *View) order() []int {
	var out []int
	for i, r := range v.regions {
		if r.Within {
			continue
		}
		at := len(out)
		for at > 0 {
			o := v.regions[out[at-1]]
			if o.Y < r.Y || o.Y == r.Y && o.X <= r.X {
				break
			}
			at--
		}
		out = append(out[:at], append([]int{i}, out[at:]...)...)
	}
	return out
}

// step goes to the next place; past an end it stays.
func (v *View) step(by int) {
	order := v.order()
	if len(order) == 0 {
		return
	}
	at := -1
	for n, i := range order {
		if i == v.focus || v.focus >= 0 && v.regions[v.focus].Within && v.holds(i, v.focus) {
			at = n
		}
	}
	switch {
	case at < 0 && by > 0:
		at = 0
	case at < 0:
		at = len(order) - 1
	default:
		at = min(max(at+by, 0), len(order)-1)
	}
	v.focus = order[at]
	v.BaseWidget.Refresh()
}

// holds reports whether a part lies in a place.
func (v *View) holds(place, part int) bool {
	a, b := v.regions[place], v.regions[part]
	return b.X >= a.X && b.X < a.X+a.W && b.Y+b.H/2 >= a.Y && b.Y+b.H/2 < a.Y+a.H
}

// sideways goes through a place and its parts; columns that stand side by side
// are places, and are gone through, too.
func (v *View) sideways(by int) {
	if v.focus < 0 {
		v.step(1)
		return
	}
	own := v.focus
	if v.regions[own].Within {
		for _, i := range v.order() {
			if v.holds(i, own) {
				own = i
				break
			}
		}
	}
	row := []int{own}
	for i, r := range v.regions {
		if r.Within && v.holds(own, i) {
			row = append(row, i)
		}
	}
	for n, i := range row {
		if i == v.focus && n+by >= 0 && n+by < len(row) {
			v.focus = row[n+by]
			v.BaseWidget.Refresh()
			return
		}
	}
	v.step(by)
}

// MouseIn is for Fyne.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved shows what the place under the pointer says in full.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	v.pointer = e.Position
	if i := v.at(e.Position); i != v.hover || i >= 0 {
		v.hover = i
		v.BaseWidget.Refresh()
	}
}

// MouseOut is for Fyne.
func (v *View) MouseOut() { v.hover = -1; v.BaseWidget.Refresh() }

// Cursor is a hand over what opens.
func (v *View) Cursor() desktop.Cursor {
	if v.hover >= 0 && v.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MinSize leaves the size to the window.
func (v *View) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(theme.Scaled(200), theme.Scaled(110))
}

// CreateRenderer is for Fyne.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	r := &renderer{v: v}
	r.dress()
	return r
}

type renderer struct {
	v       *View
	over    paint.Layer
	objects []fyne.CanvasObject
}

func (r *renderer) Destroy()                     {}
func (r *renderer) MinSize() fyne.Size           { return r.v.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Layout(size fyne.Size) {
	r.v.image.Resize(size)
	r.dress()
}

func (r *renderer) Refresh() {
	r.dress()
	canvas.Refresh(r.v)
}

// dress draws the mark of the place in question, and its tip.
func (r *renderer) dress() {
	v := r.v
	r.over.Begin()
	at := v.hover
	if at < 0 && v.focused {
		at = v.focus
	}
	frame := func(i int, tone fyne.ThemeColorName, thick float32) fyne.Position {
		x := v.regions[i]
		p := fyne.NewPos(float32(x.X)/v.pixels, float32(x.Y)/v.pixels)
		r.over.Frame(p.X, p.Y, float32(x.W)/v.pixels, float32(x.H)/v.pixels, thick, tone).CornerRadius = 3
		return p.AddXY(float32(x.W)/v.pixels/2, float32(x.H)/v.pixels)
	}
	if v.focused && v.focus >= 0 && v.focus < len(v.regions) {
		frame(v.focus, theme.Ring, 1.5)
	}
	if at >= 0 && at < len(v.regions) {
		point := v.pointer
		if at == v.hover {
			frame(at, theme.Border, 1)
		} else {
			point = frame(at, theme.Ring, 1.5)
		}
		r.tip(v.regions[at].Tip, point)
	}
	r.objects = append(r.objects[:0], v.image)
	r.objects = r.over.Objects(r.objects)
}

// tip writes lines in a box beside a point, within the view.
func (r *renderer) tip(lines []string, at fyne.Position) {
	if len(lines) == 0 {
		return
	}
	size := r.v.Size()
	pad, line, text := theme.Scaled(8), theme.Caption()*1.5, theme.Caption()
	var wide float32
	for i, s := range lines {
		wide = max(wide, theme.Width(s, text, fyne.TextStyle{Bold: i == 0}))
	}
	w, h := wide+2*pad, float32(len(lines))*line+pad
	x, y := at.X+theme.Scaled(14), at.Y+theme.Scaled(12)
	if x+w > size.Width {
		x = max(at.X-theme.Scaled(14)-w, 0)
	}
	if y+h > size.Height {
		y = max(size.Height-h-1, 0)
	}
	r.over.Rect(x, y, w, h, theme.Tip).CornerRadius = 4
	for i, s := range lines {
		r.over.Text(s, x+pad, y+pad/2+float32(i)*line, wide, line, fyne.TextAlignLeading, theme.TipText, fyne.TextStyle{Bold: i == 0}).TextSize = text
	}
}
