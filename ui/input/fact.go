package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Fact is a value that rules fill and nobody types: plain text where a field
// would stand. One that points to a record is a link, which has the keyboard
// in its turn; any other is passed over.
type Fact struct {
	widget.DisableableWidget
	troubled
	held

	// OnOpen is called by a click, Enter or F2.
	OnOpen func()
	// OnMenu is called by the right button, such as to copy the text.
	OnMenu func(at fyne.Position)

	text    string
	focused bool
	hovered bool
}

var (
	_ Field                  = (*Fact)(nil)
	_ fyne.Tappable          = (*Fact)(nil)
	_ fyne.SecondaryTappable = (*Fact)(nil)
	_ desktop.Hoverable      = (*Fact)(nil)
	_ desktop.Cursorable     = (*Fact)(nil)
	_ desktop.Keyable        = (*Fact)(nil)
)

// NewFact makes an empty one.
func NewFact() *Fact {
	f := &Fact{}
	f.Disable()
	f.ExtendBaseWidget(f)
	return f
}

// Set shows a text; open is what it leads to, nil for nothing.
func (f *Fact) Set(text string, open func()) {
	f.text, f.OnOpen = text, open
	if open == nil {
		f.Disable()
	} else {
		f.Enable()
	}
	f.Refresh()
}

// Text is what is shown.
func (f *Fact) Text() string { return f.text }

// SetProblem implements Field.
func (f *Fact) SetProblem(text string) { f.set(text) }

// Tapped is for Fyne.
func (f *Fact) Tapped(*fyne.PointEvent) {
	if f.OnOpen != nil {
		f.OnOpen()
	}
}

// TappedSecondary is for Fyne.
func (f *Fact) TappedSecondary(e *fyne.PointEvent) {
	if f.OnMenu != nil && f.text != "" {
		f.OnMenu(e.AbsolutePosition)
	}
}

// FocusGained is for Fyne.
func (f *Fact) FocusGained() { came(f); f.focused = true; f.Refresh() }

// FocusLost is for Fyne.
func (f *Fact) FocusLost() { f.focused = false; f.Refresh() }

// TypedRune is for Fyne.
func (f *Fact) TypedRune(rune) {}

// KeyDown is for Fyne.
func (f *Fact) KeyDown(k *fyne.KeyEvent) { f.down(k, true) }

// KeyUp is for Fyne.
func (f *Fact) KeyUp(k *fyne.KeyEvent) { f.down(k, false) }

// TypedKey is for Fyne.
func (f *Fact) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF2, fyne.KeySpace:
		f.Tapped(nil)
	default:
		f.pass(k.Name, f.modifiers())
	}
}

// TypedShortcut is for Fyne.
func (f *Fact) TypedShortcut(s fyne.Shortcut) { f.shortcut(s) }

// MouseIn is for Fyne.
func (f *Fact) MouseIn(*desktop.MouseEvent) { f.hovered = true; f.Refresh() }

// MouseMoved is for Fyne.
func (f *Fact) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (f *Fact) MouseOut() { f.hovered = false; f.Refresh() }

// Cursor is for Fyne.
func (f *Fact) Cursor() desktop.Cursor {
	if f.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MinSize is for Fyne.
func (f *Fact) MinSize() fyne.Size {
	f.ExtendBaseWidget(f)
	return fyne.NewSize(theme.Scaled(40), theme.Row())
}

// CreateRenderer is for Fyne.
func (f *Fact) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	r := &factRenderer{f: f, ring: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.dress()
	return r
}

type factRenderer struct {
	f          *Fact
	ring, line *canvas.Rectangle
	text       *canvas.Text
}

func (r *factRenderer) Destroy()           {}
func (r *factRenderer) MinSize() fyne.Size { return r.f.MinSize() }
func (r *factRenderer) Layout(fyne.Size)   { r.dress() }
func (r *factRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.text, r.line}
}

func (r *factRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.f)
}

func (r *factRenderer) dress() {
	f, size := r.f, r.f.Size()
	tone := theme.Foreground
	if f.OnOpen != nil {
		tone = theme.Link
	}
	left := theme.Inner() + indent()
	r.text.Text, _ = theme.Fit(f.text, size.Width-2*left, theme.Text(), fyne.TextStyle{})
	r.text.TextSize, r.text.Color = theme.Text(), theme.Color(tone)
	r.text.Move(fyne.NewPos(left, 0))
	r.text.Resize(fyne.NewSize(max(size.Width-2*left, 0), size.Height))
	r.line.Hidden = f.OnOpen == nil || !f.hovered
	r.line.FillColor = theme.Color(tone)
	wide := theme.Width(r.text.Text, theme.Text(), fyne.TextStyle{})
	r.line.Move(fyne.NewPos(left, size.Height*0.78))
	r.line.Resize(fyne.NewSize(wide, 1))
	r.ring.Hidden = !f.focused
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.FillColor = theme.Color(theme.Ring), 1.5, nil
	r.ring.CornerRadius = theme.Size("inputRadius")
	r.ring.Move(fyne.NewPos(0.5, 0.5))
	r.ring.Resize(size.SubtractWidthHeight(1, 1))
}
