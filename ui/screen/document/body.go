package document

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/input"
	"ugoda/ui/theme"
)

// body lays the page out: fields, tabs with the tools of the lines, the lines
// in all the room that is left, and below them terms and totals.
type body struct {
	p       *Desk
	content *fyne.Container
	bar     *fyne.Container
	grown   bool // something related is open, which wants more room
	pick    *input.Button
	spread  *input.Button
	heading *input.Button
	option  *input.Button
	prices  *input.Button
}

func newBody(p *Desk, fields, left fyne.CanvasObject) *body {
	b := &body{p: p}
	t := p.words.T
	b.pick = input.NewButton(t("proposal.pick"), func() { p.pick("") })
	b.spread = input.NewButton(t("proposal.discount")+"…", p.askDiscount)
	b.heading = input.NewButton(t("proposal.heading"), p.addHeading)
	b.option = input.NewButton(t("proposal.option_button"), p.turnOption)
	if !p.owner.Options() {
		b.option.Hide()
	}
	b.prices = input.NewButton(t("proposal.prices"), p.askPrices)
	more := input.NewMenuButton("⋯", func() []*fyne.MenuItem { return p.lineItems(p.grid.Row(), false) })
	b.bar = input.NewApart(left, input.NewLine(input.Giving(b.pick), input.Giving(b.spread), input.Giving(b.heading), input.Giving(b.option), input.Giving(b.prices), input.Whole(more)))
	handle := newHandle(b)
	strip := p.terms.scroll
	terms := container.New(layout.NewBorderLayout(strip, nil, nil, nil), strip, container.NewPadded(p.terms.place)) // in the order of Tab
	below := container.NewBorder(container.NewStack(handle, container.New(&hinted{}, p.prices.hint)), nil, nil, nil,
		container.New(footing{}, terms, p.totals))
	b.content = &fyne.Container{Layout: b, Objects: []fyne.CanvasObject{fields, b.bar, p.grid, below}}
	return b
}

// tools lets the buttons follow what can be done.
func (b *body) tools() {
	if b == nil {
		return
	}
	able := func(w *input.Button, yes bool) {
		if yes {
			w.Enable()
		} else {
			w.Disable()
		}
	}
	fixed := b.p.Locked()
	able(b.pick, !fixed)
	able(b.heading, !fixed)
	able(b.option, !fixed)
	able(b.prices, !b.p.sheet.productAt(b.p.grid.Row()).IsZero())
	able(b.spread, !fixed && b.p.variant().Gross > 0)
}

// grow gives the part below more room while something related is open.
func (b *body) grow(more bool) {
	if b.grown != more {
		b.grown = more
		b.content.Refresh()
	}
}

// usual is how high the part below is unless it was dragged: as its totals are.
func (b *body) usual() float32 {
	return b.p.totals.MinSize().Height + theme.Row() + theme.Scaled(hintHeight+8)
}

// below is the height of the part below the lines, of what there is.
func (b *body) below(room float32) float32 {
	high := b.usual()
	if own := theme.Scaled(b.p.look.Below); own > high {
		high = own
	}
	if b.grown {
		high = max(high, theme.Row()*9)
	}
	return min(high, max(room-b.p.grid.MinSize().Height, b.usual()))
}

const edge = 8

// MinSize is for Fyne.
func (b *body) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := b.usual()
	for _, x := range o[:3] {
		h += x.MinSize().Height + theme.Padding()
	}
	return fyne.NewSize(theme.Scaled(600), h)
}

// Layout is for Fyne.
func (b *body) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x, w := theme.Scaled(edge), size.Width-2*theme.Scaled(edge)
	y := theme.Scaled(2)
	put := func(i int, h float32) {
		o[i].Move(fyne.NewPos(x, y))
		o[i].Resize(fyne.NewSize(w, h))
		y += h
	}
	put(0, o[0].MinSize().Height)
	y = float32(math.Round(float64(y + theme.Scaled(4))))
	put(1, theme.Row())
	room := size.Height - y - b.below(size.Height-y)
	rows := max(float32(int(room/theme.Row())), 2) * theme.Row() // whole lines, and their head
	put(2, rows)
	put(3, max(size.Height-y, 0))
	b.p.terms.reveal()
}

// handle is the edge between lines and what is below them; it can be dragged.
type handle struct {
	widget.BaseWidget
	b     *body
	began float32
	moved float32
}

var (
	_ fyne.Draggable      = (*handle)(nil)
	_ fyne.DoubleTappable = (*handle)(nil)
	_ desktop.Cursorable  = (*handle)(nil)
)

func newHandle(b *body) *handle {
	h := &handle{b: b}
	h.ExtendBaseWidget(h)
	return h
}

// Dragged is for Fyne.
func (h *handle) Dragged(e *fyne.DragEvent) {
	b := h.b
	if h.began == 0 {
		h.began = b.below(b.content.Size().Height)
	}
	h.moved += e.Dragged.DY
	b.p.look.Below = max((h.began-h.moved)/theme.Scaled(1), 0)
	b.content.Refresh()
}

// DragEnd is for Fyne.
func (h *handle) DragEnd() {
	h.began, h.moved = 0, 0
	h.b.p.keepLook()
}

// DoubleTapped brings the usual height back.
func (h *handle) DoubleTapped(*fyne.PointEvent) {
	h.b.p.look.Below = 0
	h.b.content.Refresh()
	h.b.p.keepLook()
}

// Cursor is for Fyne.
func (h *handle) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// MinSize is for Fyne.
func (h *handle) MinSize() fyne.Size { return fyne.NewSize(10, theme.Scaled(hintHeight)) }

// hintHeight is how high the words on the edge are.
const hintHeight = 18

// hinted gives one label just the height of the edge that it stands on.
type hinted struct{}

// MinSize is for Fyne.
func (*hinted) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, theme.Scaled(hintHeight))
}

// Layout is for Fyne.
func (*hinted) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(-theme.Inner(), (size.Height-h)/2))
	o[0].Resize(fyne.NewSize(size.Width+2*theme.Inner(), h))
}

// CreateRenderer is for Fyne.
func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(newGround(theme.Background))
}

// newRule is a thin upright line between neighbours.
func newRule() fyne.CanvasObject {
	line := canvas.NewRectangle(theme.Color(theme.Line))
	line.SetMinSize(fyne.NewSize(1, theme.Row()))
	return line
}
