package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// line is one thing to open: what it is at the left, how much of it at the right.
type line struct {
	widget.BaseWidget
	text, detail string
	open         func()
	hover, held  bool
}

func newLine(text string, open func()) *line {
	l := &line{text: text, open: open}
	l.ExtendBaseWidget(l)
	return l
}

var (
	_ fyne.Focusable     = (*line)(nil)
	_ fyne.Tappable      = (*line)(nil)
	_ desktop.Hoverable  = (*line)(nil)
	_ desktop.Cursorable = (*line)(nil)
)

func (l *line) tell(detail string) {
	l.detail = detail
	l.Refresh()
}

// Tapped opens it.
func (l *line) Tapped(*fyne.PointEvent) { l.open() }

// Cursor is a hand.
func (l *line) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is for Fyne.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hover = true; l.Refresh() }

// MouseMoved is for Fyne.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (l *line) MouseOut() { l.hover = false; l.Refresh() }

// FocusGained is for Fyne.
func (l *line) FocusGained() { l.held = true; l.Refresh() }

// FocusLost is for Fyne.
func (l *line) FocusLost() { l.held = false; l.Refresh() }

// TypedRune is for Fyne.
func (l *line) TypedRune(rune) {}

// TypedKey opens it by Enter or Space.
func (l *line) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeySpace {
		l.open()
	}
}

// CreateRenderer draws the line.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{l: l, back: canvas.NewRectangle(nil), text: canvas.NewText("", nil), detail: canvas.NewText("", nil)}
	r.dress()
	return r
}

type lineRenderer struct {
	l            *line
	back         *canvas.Rectangle
	text, detail *canvas.Text
}

func (r *lineRenderer) Destroy() {}

func (r *lineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.text, r.detail}
}

func (r *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(theme.Scaled(180), theme.Row()) }

func (r *lineRenderer) Layout(fyne.Size) { r.dress() }

func (r *lineRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.l)
}

func (r *lineRenderer) dress() {
	l, size := r.l, r.l.Size()
	r.back.FillColor, r.back.StrokeWidth = nil, 0
	if l.hover {
		r.back.FillColor = fynetheme.Color(theme.Hover)
	}
	if l.held {
		r.back.StrokeColor, r.back.StrokeWidth = fynetheme.Color(theme.Ring), 2
	}
	r.back.CornerRadius = theme.Scaled(4)
	r.back.Resize(size)
	edge := theme.Scaled(8)
	put := func(t *canvas.Text, text string, tone fyne.ThemeColorName, room float32) fyne.Size {
		t.Text, _ = theme.Fit(text, room, theme.Text(), t.TextStyle)
		t.TextSize, t.Color = theme.Text(), theme.Color(tone)
		m := t.MinSize()
		t.Resize(m)
		return m
	}
	m := put(r.detail, l.detail, theme.Muted, size.Width/2)
	r.detail.Move(fyne.NewPos(size.Width-edge-m.Width, (size.Height-m.Height)/2))
	text := put(r.text, l.text, theme.Link, size.Width-m.Width-edge*3)
	r.text.Move(fyne.NewPos(edge, (size.Height-text.Height)/2))
}
