package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Popup hangs content below an object, or above where there is no room. It is
// an overlay, which takes the keyboard in Fyne: so it hands every key to its
// owner, who goes on typing as if nothing had opened.
type Popup struct {
	widget.BaseWidget
	owner   fyne.Focusable
	anchor  fyne.CanvasObject
	content fyne.CanvasObject
	canvas  fyne.Canvas
	onClose func()
}

var (
	_ fyne.Focusable    = (*Popup)(nil)
	_ fyne.Tabbable     = (*Popup)(nil)
	_ fyne.Shortcutable = (*Popup)(nil)
	_ desktop.Keyable   = (*Popup)(nil)
	_ desktop.Mouseable = (*Popup)(nil)
)

// Hang shows content at the anchor; keys go on to the owner. closed is called
// once it is gone, by Close or a press of the mouse elsewhere. It is nil when
// the anchor is in no window.
func Hang(owner fyne.Focusable, anchor, content fyne.CanvasObject, closed func()) *Popup {
	c := canvasOf(anchor)
	if c == nil {
		return nil
	}
	p := &Popup{owner: owner, anchor: anchor, content: content, canvas: c, onClose: closed}
	p.ExtendBaseWidget(p)
	c.Overlays().Add(p)
	c.Focus(p)
	return p
}

// Close takes the popup away; the owner has the keyboard again.
func (p *Popup) Close() {
	if p.canvas == nil {
		return
	}
	c := p.canvas
	p.canvas = nil
	c.Overlays().Remove(p)
	if p.onClose != nil {
		p.onClose()
	}
}

// Update lays the popup out anew after its content changed its size.
func (p *Popup) Update() { p.Refresh() }

// FocusGained is for Fyne.
func (p *Popup) FocusGained() {}

// FocusLost is for Fyne: the window lost the keyboard, and may have it again
// in a moment.
func (p *Popup) FocusLost() {}

// TypedRune is for Fyne.
func (p *Popup) TypedRune(r rune) { p.owner.TypedRune(r) }

// TypedKey is for Fyne.
func (p *Popup) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyTab {
		p.tab()
		return
	}
	p.owner.TypedKey(k)
}

// tab lets the owner take what is marked, and moves on.
func (p *Popup) tab() {
	c := p.canvas
	if t, ok := p.owner.(interface{ leaveByTab() }); ok {
		t.leaveByTab()
	}
	p.Close() // what was taken may have hung another one
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	back := ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	if t, ok := p.owner.(interface{ takesTab(back bool) bool }); ok && t.takesTab(back) {
		return
	}
	if back {
		c.FocusPrevious()
		return
	}
	c.FocusNext()
}

// AcceptsTab is for Fyne.
func (p *Popup) AcceptsTab() bool { return true }

// KeyDown is for Fyne.
func (p *Popup) KeyDown(k *fyne.KeyEvent) {
	if o, ok := p.owner.(desktop.Keyable); ok {
		o.KeyDown(k)
	}
}

// KeyUp is for Fyne.
func (p *Popup) KeyUp(k *fyne.KeyEvent) {
	if o, ok := p.owner.(desktop.Keyable); ok {
		o.KeyUp(k)
	}
}

// TypedShortcut is for Fyne.
func (p *Popup) TypedShortcut(s fyne.Shortcut) {
	if o, ok := p.owner.(fyne.Shortcutable); ok {
		o.TypedShortcut(s)
	}
}

// MouseDown is for Fyne: a press outside the content.
func (p *Popup) MouseDown(*desktop.MouseEvent) { p.Close() }

// MouseUp is for Fyne.
func (p *Popup) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer is for Fyne.
func (p *Popup) CreateRenderer() fyne.WidgetRenderer {
	shadow := canvas.NewRectangle(theme.Color(fynetheme.ColorNameShadow))
	back := canvas.NewRectangle(theme.Color(fynetheme.ColorNameMenuBackground))
	r := &popupRenderer{p: p, shadow: shadow, back: back}
	r.Refresh()
	return r
}

type popupRenderer struct {
	p            *Popup
	shadow, back *canvas.Rectangle
}

func (r *popupRenderer) Destroy()           {}
func (r *popupRenderer) MinSize() fyne.Size { return r.p.content.MinSize() }
func (r *popupRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shadow, r.back, r.p.content}
}

func (r *popupRenderer) Layout(size fyne.Size) {
	p := r.p
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.anchor).Subtract(p.Position())
	under := p.anchor.Size()
	min := p.content.MinSize()
	if w, ok := p.content.(interface{ wantsWidth() bool }); ok && w.wantsWidth() {
		min.Width = max(min.Width, under.Width)
	}
	min.Width = fyne.Min(min.Width, size.Width-8)
	x := fyne.Max(fyne.Min(at.X, size.Width-min.Width-4), 4)
	y := at.Y + under.Height + 2
	if y+min.Height > size.Height-4 {
		if above := at.Y - min.Height - 2; above >= 4 {
			y = above
		} else {
			y = fyne.Max(size.Height-min.Height-4, 4)
		}
	}
	p.content.Move(fyne.NewPos(x, y))
	p.content.Resize(min)
	r.back.Move(fyne.NewPos(x-1, y-1))
	r.back.Resize(min.AddWidthHeight(2, 2))
	r.shadow.Move(fyne.NewPos(x+1, y+2))
	r.shadow.Resize(min.AddWidthHeight(3, 3))
}

func (r *popupRenderer) Refresh() {
	r.back.FillColor = theme.Color(fynetheme.ColorNameMenuBackground)
	r.back.StrokeColor, r.back.StrokeWidth = theme.Color(theme.Border), 1
	r.back.CornerRadius = 3
	r.shadow.FillColor = theme.Color(fynetheme.ColorNameShadow)
	r.shadow.CornerRadius = 4
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
