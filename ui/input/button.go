package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Button is a compact button: flat, as wide as its text. Enter and Space press
// it.
type Button struct {
	widget.DisableableWidget
	troubled
	held

	OnTapped func()
	// OnMenu is called by the right button and the menu key; nil: nothing.
	OnMenu func(at fyne.Position)

	text    string
	icon    fyne.Resource
	primary bool // the one main action: filled
	danger  bool // does what cannot be undone: filled in red
	framed  bool // with an edge, as on a form
	chosen  bool // the one of several that is in use
	menu    bool // opens a menu: a mark stands after the text
	items   func() []*fyne.MenuItem
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ fyne.Shortcutable = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ desktop.Keyable   = (*Button)(nil)
)

// NewButton makes a flat button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{text: text, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton makes a flat button with an icon, and a text unless it is
// empty.
func NewIconButton(icon fyne.Resource, text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.icon = icon
	return b
}

// NewMenuButton makes a flat button that drops a menu below itself.
func NewMenuButton(text string, items func() []*fyne.MenuItem) *Button {
	b := NewButton(text, nil)
	b.menu, b.items = true, items
	b.OnTapped = func() {
		if c := canvasOf(b); c != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			widget.ShowPopUpMenuAtPosition(b.Menu(), c, at.AddXY(0, b.Size().Height+1))
		}
	}
	return b
}

// Menu is what the button drops; nil: it is an ordinary one.
func (b *Button) Menu() *fyne.Menu {
	if b.items == nil {
		return nil
	}
	return fyne.NewMenu("", b.items()...)
}

// Primary fills the button: it is the main action. It returns the button.
func (b *Button) Primary() *Button { b.primary = true; return b }

// Danger fills the button in red: what it does cannot be undone. It returns the
// button.
func (b *Button) Danger() *Button { b.danger = true; return b }

// SetPrimary fills the button, or not: of several it is the one in use.
func (b *Button) SetPrimary(yes bool) {
	if b.primary != yes {
		b.primary = yes
		b.Refresh()
	}
}

// Framed gives the button an edge. It returns the button.
func (b *Button) Framed() *Button { b.framed = true; return b }

// Chosen marks the button as the one of several that is in use. It returns the
// button.
func (b *Button) Chosen() *Button { b.chosen = true; return b }

// SetChosen marks the button as the one of several that is in use.
func (b *Button) SetChosen(yes bool) {
	if b.chosen != yes {
		b.chosen = yes
		b.Refresh()
	}
}

// SetText changes the text.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// Tapped is for Fyne.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TappedSecondary is for Fyne.
func (b *Button) TappedSecondary(e *fyne.PointEvent) {
	if b.OnMenu != nil && !b.Disabled() {
		b.OnMenu(e.AbsolutePosition)
	}
}

// FocusGained is for Fyne.
func (b *Button) FocusGained() { came(b); b.focused = true; b.Refresh() }

// FocusLost is for Fyne.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune is for Fyne.
func (b *Button) TypedRune(rune) {}

// KeyDown is for Fyne.
func (b *Button) KeyDown(k *fyne.KeyEvent) { b.down(k, true) }

// KeyUp is for Fyne.
func (b *Button) KeyUp(k *fyne.KeyEvent) { b.down(k, false) }

// TypedKey is for Fyne.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace:
		c := fyne.CurrentApp().Driver().CanvasForObject(b)
		b.Tapped(nil)
		if c == nil {
			return
		}
		if e, ok := c.Focused().(interface{ spaced() }); ok { // the space itself is still to come, and goes there
			e.spaced()
		}
	case desktop.KeyMenu:
		if b.OnMenu != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			b.OnMenu(at.AddXY(0, b.Size().Height))
		}
	default:
		b.pass(k.Name, b.modifiers())
	}
}

// TypedShortcut is for Fyne.
func (b *Button) TypedShortcut(s fyne.Shortcut) { b.shortcut(s) }

// MouseIn is for Fyne.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved is for Fyne.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

func (b *Button) shown() string {
	if b.menu {
		return b.text + dropMark
	}
	return b.text
}

// fit is the text as it fits a room that is narrower than the button wants.
func (b *Button) fit(room float32) string {
	whole := b.shown()
	if theme.Width(whole, theme.Text(), fyne.TextStyle{}) <= room {
		return whole
	}
	room -= theme.Scaled(8)
	if !b.menu {
		text, _ := theme.Fit(whole, room, theme.Text(), fyne.TextStyle{})
		return text
	}
	text, _ := theme.Fit(b.text, room-theme.Width(dropMark, theme.Text(), fyne.TextStyle{}), theme.Text(), fyne.TextStyle{})
	return text + dropMark
}

// dropMark stands after the text of a button that opens a menu.
const dropMark = " ▾"

// MinSize is for Fyne.
func (b *Button) MinSize() fyne.Size {
	b.ExtendBaseWidget(b)
	var w float32
	if b.text != "" {
		w = fyne.MeasureText(b.shown(), theme.Text(), fyne.TextStyle{}).Width + theme.Scaled(16)
	}
	if b.icon != nil {
		w += theme.Size(fynetheme.SizeNameInlineIcon)
		if b.text == "" {
			w += theme.Scaled(10)
		} else {
			w += theme.Scaled(4)
		}
	}
	return fyne.NewSize(w, theme.Row())
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{b: b, box: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	if b.icon != nil {
		r.icon = canvas.NewImageFromResource(b.icon)
		r.icon.FillMode = canvas.ImageFillContain
	}
	r.dress()
	return r
}

type buttonRenderer struct {
	b    *Button
	box  *canvas.Rectangle
	text *canvas.Text
	icon *canvas.Image
}

func (r *buttonRenderer) Destroy()           {}
func (r *buttonRenderer) MinSize() fyne.Size { return r.b.MinSize() }
func (r *buttonRenderer) Layout(fyne.Size)   { r.dress() }

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	if r.icon != nil {
		return []fyne.CanvasObject{r.box, r.icon, r.text}
	}
	return []fyne.CanvasObject{r.box, r.text}
}

func (r *buttonRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.b)
}

func (r *buttonRenderer) dress() {
	b, size := r.b, r.b.Size()
	tone := theme.Foreground
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = nil, nil, 0
	switch {
	case b.Disabled():
		tone = fynetheme.ColorNameDisabled
		if b.primary {
			r.box.FillColor = theme.Color(fynetheme.ColorNameDisabledButton)
		}
	case b.danger:
		tone = fynetheme.ColorNameForegroundOnError
		r.box.FillColor = theme.Color(fynetheme.ColorNameError)
	case b.primary:
		tone = fynetheme.ColorNameForegroundOnPrimary
		r.box.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	case b.chosen:
		r.box.FillColor = theme.Color(theme.Selected)
	case b.hovered:
		r.box.FillColor = theme.Color(fynetheme.ColorNameButton)
	case b.framed:
		r.box.FillColor = theme.Color(theme.Surface)
	}
	filled := b.primary || b.danger
	if b.framed && !filled {
		r.box.StrokeColor, r.box.StrokeWidth = theme.Color(theme.Border), 1
	}
	if b.focused {
		r.box.StrokeColor, r.box.StrokeWidth = theme.Color(theme.Ring), 1.5
		if filled {
			r.box.StrokeColor = theme.Color(theme.Foreground)
		}
	}
	r.box.CornerRadius = theme.Size(fynetheme.SizeNameButtonRadius)
	r.box.Move(fyne.NewPos(0.5, 0.5))
	r.box.Resize(size.SubtractWidthHeight(1, 1))
	left := float32(0)
	if r.icon != nil {
		side := theme.Size(fynetheme.SizeNameInlineIcon)
		left = theme.Scaled(5)
		if b.text == "" {
			left = (size.Width - side) / 2
		}
		r.icon.Resource = tinted(b.icon, tone)
		r.icon.Move(fyne.NewPos(left, (size.Height-side)/2))
		r.icon.Resize(fyne.NewSquareSize(side))
		r.icon.Refresh()
		left += side - theme.Scaled(4)
	}
	r.text.Color, r.text.TextSize = theme.Color(tone), theme.Text()
	r.text.Text = ""
	if b.text != "" {
		r.text.Text = b.fit(size.Width - left)
	}
	r.text.Alignment = fyne.TextAlignCenter
	r.text.Move(fyne.NewPos(left, 0))
	r.text.Resize(fyne.NewSize(size.Width-left, size.Height))
}

// tinted draws an icon of the theme in a tone.
func tinted(icon fyne.Resource, tone fyne.ThemeColorName) fyne.Resource {
	if _, ok := icon.(fyne.ThemedResource); ok && tone != theme.Foreground {
		return fynetheme.NewColoredResource(icon, tone)
	}
	return icon
}
