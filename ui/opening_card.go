package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// choice is a large card that is a button: an icon, a title and a line of
// what it leads to.
type choice struct {
	widget.BaseWidget
	icon        fyne.Resource
	title, hint string
	do          func()
	pass        func(*fyne.KeyEvent) // gets the keys that the card has no use for; may be nil
	hover, held bool
}

func newChoice(icon fyne.Resource, title, hint string, do func()) *choice {
	c := &choice{icon: icon, title: title, hint: hint, do: do}
	c.ExtendBaseWidget(c)
	return c
}

var (
	_ fyne.Focusable     = (*choice)(nil)
	_ fyne.Tappable      = (*choice)(nil)
	_ desktop.Hoverable  = (*choice)(nil)
	_ desktop.Cursorable = (*choice)(nil)
)

// Tapped does what the card says.
func (c *choice) Tapped(*fyne.PointEvent) { c.do() }

// Cursor is a hand.
func (c *choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is for Fyne.
func (c *choice) MouseIn(*desktop.MouseEvent) { c.set(true, c.held) }

// MouseMoved is for Fyne.
func (c *choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *choice) MouseOut() { c.set(false, c.held) }

// FocusGained is for Fyne.
func (c *choice) FocusGained() { c.set(c.hover, true) }

// FocusLost is for Fyne.
func (c *choice) FocusLost() { c.set(c.hover, false) }

// TypedRune is for Fyne.
func (c *choice) TypedRune(rune) {}

// TypedKey does it by Enter or Space.
func (c *choice) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeySpace {
		c.do()
		return
	}
	if c.pass != nil {
		c.pass(k)
	}
}

func (c *choice) set(hover, held bool) {
	c.hover, c.held = hover, held
	c.Refresh()
}

// CreateRenderer draws the card.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{c: c, back: canvas.NewRectangle(nil), picture: canvas.NewImageFromResource(c.icon), title: canvas.NewText(c.title, nil)}
	r.picture.FillMode = canvas.ImageFillContain
	r.title.Alignment = fyne.TextAlignCenter
	r.hint = newHint(c.hint)
	r.Refresh()
	return r
}

type choiceRenderer struct {
	c       *choice
	back    *canvas.Rectangle
	picture *canvas.Image
	title   *canvas.Text
	hint    *widget.Label
}

func (r *choiceRenderer) Destroy() {}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.picture, r.title, r.hint}
}

// MinSize has room for the hint, broken into lines as in the narrowest card.
func (r *choiceRenderer) MinSize() fyne.Size {
	wide := theme.Scaled(300)
	return fyne.NewSize(wide, max(theme.Scaled(170), r.below()+r.hintHeight(wide)+theme.Scaled(10)))
}

// below is where the hint begins.
func (r *choiceRenderer) below() float32 { return theme.Scaled(80) + r.title.MinSize().Height }

// hintHeight is measured on a hint apart: the one that is shown keeps its width.
func (r *choiceRenderer) hintHeight(wide float32) float32 {
	hint := newHint(r.c.hint)
	hint.Resize(fyne.NewSize(wide-theme.Scaled(30), 0))
	return hint.MinSize().Height
}

func newHint(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	l.Wrapping = fyne.TextWrapWord
	return l
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	icon := theme.Scaled(44)
	r.picture.Resize(fyne.NewSize(icon, icon))
	r.picture.Move(fyne.NewPos((size.Width-icon)/2, theme.Scaled(22)))
	h := r.title.MinSize().Height
	r.title.Resize(fyne.NewSize(size.Width, h))
	r.title.Move(fyne.NewPos(0, theme.Scaled(76)))
	r.hint.Resize(fyne.NewSize(size.Width-theme.Scaled(30), r.hintHeight(size.Width)))
	r.hint.Move(fyne.NewPos(theme.Scaled(15), r.below()))
}

func (r *choiceRenderer) Refresh() {
	r.back.FillColor = fynetheme.Color(theme.Surface)
	if r.c.hover {
		r.back.FillColor = fynetheme.Color(theme.Hover)
	}
	r.back.StrokeColor, r.back.StrokeWidth = fynetheme.Color(theme.Border), 1
	if r.c.held {
		r.back.StrokeColor, r.back.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), 2
	}
	r.back.CornerRadius = theme.Scaled(8)
	r.title.Color = fynetheme.Color(theme.Foreground)
	r.title.TextSize, r.title.TextStyle = theme.Text()*1.3, fyne.TextStyle{Bold: true}
	canvas.Refresh(r.c)
}
