package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// arrow is the part at the right of an entry that drops what hangs below it.
// It never has the keyboard.
type arrow struct {
	widget.BaseWidget
	press func()
}

var (
	_ desktop.Mouseable  = (*arrow)(nil)
	_ desktop.Cursorable = (*arrow)(nil)
)

func newArrow(press func()) *arrow {
	a := &arrow{press: press}
	a.ExtendBaseWidget(a)
	return a
}

func (a *arrow) MinSize() fyne.Size { return fyne.NewSize(theme.Scaled(18), theme.Scaled(18)) }

// MouseDown is for Fyne.
func (a *arrow) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		a.press()
	}
}

// MouseUp is for Fyne.
func (a *arrow) MouseUp(*desktop.MouseEvent) {}

// Cursor is for Fyne.
func (a *arrow) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer is for Fyne.
func (a *arrow) CreateRenderer() fyne.WidgetRenderer {
	t := canvas.NewText("▾", theme.Color(theme.Muted))
	t.Alignment = fyne.TextAlignCenter
	return &arrowRenderer{a: a, text: t}
}

type arrowRenderer struct {
	a    *arrow
	text *canvas.Text
}

func (r *arrowRenderer) Destroy()                     {}
func (r *arrowRenderer) MinSize() fyne.Size           { return r.a.MinSize() }
func (r *arrowRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text} }
func (r *arrowRenderer) Layout(size fyne.Size)        { r.text.Resize(size) }

func (r *arrowRenderer) Refresh() {
	r.text.Color, r.text.TextSize = theme.Color(theme.Muted), theme.Text()
	canvas.Refresh(r.text)
}
