// Package paint draws with rectangles and texts that are used again and again,
// so that a list or a board makes nothing new while it scrolls.
package paint

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ugoda/ui/theme"
)

// Layer is rectangles with texts above them, all in the theme's colours and,
// unless said otherwise, its size of text. One frame is drawn between Begin
// and Objects. The zero value is ready.
type Layer struct {
	rects pool[canvas.Rectangle]
	texts pool[canvas.Text]
	ink   map[fyne.ThemeColorName]color.NRGBA
	size  float32
}

// pool hands out objects again that an earlier frame used.
type pool[T any] struct {
	all  []*T
	used int
}

func (p *pool[T]) next() *T {
	if p.used == len(p.all) {
		p.all = append(p.all, new(T))
	}
	p.used++
	return p.all[p.used-1]
}

// Begin starts a frame.
func (l *Layer) Begin() {
	l.rects.used, l.texts.used = 0, 0
	if l.ink == nil {
		l.ink = map[fyne.ThemeColorName]color.NRGBA{}
	}
	clear(l.ink)
	l.size = theme.Text()
}

func (l *Layer) color(name fyne.ThemeColorName) color.NRGBA {
	c, ok := l.ink[name]
	if !ok {
		c = theme.Color(name)
		l.ink[name] = c
	}
	return c
}

// Rect draws a rectangle filled with a colour. What it returns may be given
// round corners until the next Begin.
func (l *Layer) Rect(x, y, w, h float32, fill fyne.ThemeColorName) *canvas.Rectangle {
	o := l.rects.next()
	o.FillColor = l.color(fill)
	o.StrokeColor, o.StrokeWidth, o.CornerRadius = nil, 0, 0
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	return o
}

// Frame draws the outline of a rectangle, within its bounds.
func (l *Layer) Frame(x, y, w, h, thick float32, stroke fyne.ThemeColorName) *canvas.Rectangle {
	o := l.rects.next()
	o.FillColor, o.CornerRadius = color.NRGBA{}, 0
	o.StrokeColor, o.StrokeWidth = l.color(stroke), thick
	o.Move(fyne.NewPos(x+thick/2, y+thick/2))
	o.Resize(fyne.NewSize(w-thick, h-thick))
	return o
}

// Text writes one line, in the middle of the height. What it returns may be
// given another size until the next Begin.
func (l *Layer) Text(s string, x, y, w, h float32, align fyne.TextAlign, tone fyne.ThemeColorName, style fyne.TextStyle) *canvas.Text {
	o := l.texts.next()
	o.Text, o.Color, o.TextSize, o.TextStyle, o.Alignment = s, l.color(tone), l.size, style, align
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	return o
}

// Objects appends what the frame drew: rectangles, then texts.
func (l *Layer) Objects(list []fyne.CanvasObject) []fyne.CanvasObject {
	for _, o := range l.rects.all[:l.rects.used] {
		list = append(list, o)
	}
	for _, o := range l.texts.all[:l.texts.used] {
		list = append(list, o)
	}
	return list
}
