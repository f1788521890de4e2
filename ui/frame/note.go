package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// note is a quiet text that opens something when it is clicked.
type note struct {
	widget.BaseWidget
	text  string
	alarm bool
	open  func()
	hover bool
}

func newNote() *note {
	n := &note{}
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

var (
	_ fyne.Tappable      = (*note)(nil)
	_ desktop.Hoverable  = (*note)(nil)
	_ desktop.Cursorable = (*note)(nil)
)

func (n *note) set(text string, alarm bool, open func()) {
	n.text, n.alarm, n.open = text, alarm, open
	if text == "" {
		n.Hide()
		return
	}
	n.Show()
	n.Refresh()
}

// Tapped opens what the note is about.
func (n *note) Tapped(*fyne.PointEvent) {
	if n.open != nil {
		n.open()
	}
}

// Cursor is a hand.
func (n *note) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is for Fyne.
func (n *note) MouseIn(*desktop.MouseEvent) { n.hover = true; n.Refresh() }

// MouseMoved is for Fyne.
func (n *note) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (n *note) MouseOut() { n.hover = false; n.Refresh() }

// CreateRenderer draws the text.
func (n *note) CreateRenderer() fyne.WidgetRenderer {
	r := &noteRenderer{n: n, text: canvas.NewText("", nil)}
	r.dress()
	return r
}

type noteRenderer struct {
	n    *note
	text *canvas.Text
}

func (r *noteRenderer) Destroy()                     {}
func (r *noteRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text} }
func (r *noteRenderer) Layout(fyne.Size)             { r.dress() }

func (r *noteRenderer) MinSize() fyne.Size {
	return r.text.MinSize().AddWidthHeight(theme.Scaled(16), 0)
}

func (r *noteRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.n)
}

func (r *noteRenderer) dress() {
	n := r.n
	tone := theme.Muted
	if n.hover {
		tone = theme.Foreground
	}
	if n.alarm {
		tone = theme.Red
	}
	r.text.Text, r.text.TextSize, r.text.Color = n.text, theme.Text(), theme.Color(tone)
	m := r.text.MinSize()
	r.text.Resize(m)
	r.text.Move(fyne.NewPos(theme.Scaled(8), (n.Size().Height-m.Height)/2))
}
