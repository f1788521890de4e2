package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Pill is a short word of state in its colour.
type Pill struct {
	widget.BaseWidget
	text string
	tone fyne.ThemeColorName
}

// NewPill makes a pill of a tone, such as theme.Green.
func NewPill(text string, tone fyne.ThemeColorName) *Pill {
	p := &Pill{text: text, tone: tone}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes text and tone.
func (p *Pill) Set(text string, tone fyne.ThemeColorName) {
	p.text, p.tone = text, tone
	p.Refresh()
}

// MinSize is for Fyne.
func (p *Pill) MinSize() fyne.Size {
	return fyne.NewSize(fyne.MeasureText(p.text, theme.Text(), fyne.TextStyle{}).Width+theme.Scaled(18), theme.Row())
}

// CreateRenderer is for Fyne.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	r := &pillRenderer{p: p, box: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.dress()
	return r
}

type pillRenderer struct {
	p    *Pill
	box  *canvas.Rectangle
	text *canvas.Text
}

func (r *pillRenderer) Destroy()                     {}
func (r *pillRenderer) MinSize() fyne.Size           { return r.p.MinSize() }
func (r *pillRenderer) Layout(fyne.Size)             { r.dress() }
func (r *pillRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.box, r.text} }

func (r *pillRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.p)
}

func (r *pillRenderer) dress() {
	size := r.p.Size()
	high := theme.Scaled(20)
	r.box.FillColor = theme.Color(theme.PillFill(r.p.tone))
	r.box.CornerRadius = high / 2
	r.box.Hidden = r.p.text == ""
	r.box.Move(fyne.NewPos(0, (size.Height-high)/2))
	r.box.Resize(fyne.NewSize(size.Width, high))
	r.text.Text, r.text.Color, r.text.TextSize = r.p.text, theme.Color(r.p.tone), theme.Text()
	r.text.Alignment = fyne.TextAlignCenter
	r.text.Resize(size)
}
