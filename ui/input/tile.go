package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Tile is a number with its caption that opens what is behind it.
type Tile struct {
	widget.BaseWidget
	troubled
	held

	OnTapped func()

	caption, figure, detail string
	tone                    fyne.ThemeColorName
	focused, hovered        bool
}

var (
	_ fyne.Focusable     = (*Tile)(nil)
	_ fyne.Tappable      = (*Tile)(nil)
	_ fyne.Shortcutable  = (*Tile)(nil)
	_ desktop.Hoverable  = (*Tile)(nil)
	_ desktop.Cursorable = (*Tile)(nil)
)

// NewTile makes a tile without a figure yet.
func NewTile(caption string, tapped func()) *Tile {
	t := &Tile{caption: caption, figure: "…", OnTapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a figure in a tone, and a detail below it, such as a sum.
func (t *Tile) Set(figure, detail string, tone fyne.ThemeColorName) {
	t.figure, t.detail, t.tone = figure, detail, tone
	t.Refresh()
}

// Tapped is for Fyne.
func (t *Tile) Tapped(*fyne.PointEvent) {
	if t.OnTapped != nil {
		t.OnTapped()
	}
}

// FocusGained is for Fyne.
func (t *Tile) FocusGained() { came(t); t.focused = true; t.Refresh() }

// FocusLost is for Fyne.
func (t *Tile) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune is for Fyne.
func (t *Tile) TypedRune(rune) {}

// TypedKey is for Fyne.
func (t *Tile) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.Tapped(nil)
	default:
		t.pass(k.Name, t.modifiers())
	}
}

// TypedShortcut is for Fyne.
func (t *Tile) TypedShortcut(s fyne.Shortcut) { t.shortcut(s) }

// MouseIn is for Fyne.
func (t *Tile) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved is for Fyne.
func (t *Tile) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (t *Tile) MouseOut() { t.hovered = false; t.Refresh() }

// Cursor is for Fyne.
func (t *Tile) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MinSize leaves room for the figure: a caption that finds none is cut.
func (t *Tile) MinSize() fyne.Size {
	w := fyne.MeasureText(t.figure, theme.Size(theme.SizeNameFigure), fyne.TextStyle{Bold: true}).Width
	return fyne.NewSize(max(w+theme.Scaled(24), theme.Scaled(84)), theme.Scaled(76))
}

// CreateRenderer is for Fyne.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	r := &tileRenderer{
		t: t, box: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil),
		caption: canvas.NewText("", nil), figure: canvas.NewText("", nil), detail: canvas.NewText("", nil),
	}
	r.dress()
	return r
}

type tileRenderer struct {
	t                       *Tile
	box, edge               *canvas.Rectangle
	caption, figure, detail *canvas.Text
}

func (r *tileRenderer) Destroy()           {}
func (r *tileRenderer) MinSize() fyne.Size { return r.t.MinSize() }
func (r *tileRenderer) Layout(fyne.Size)   { r.dress() }
func (r *tileRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.edge, r.caption, r.figure, r.detail}
}

func (r *tileRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.t)
}

func (r *tileRenderer) dress() {
	t, size := r.t, r.t.Size()
	fill, stroke := theme.Surface, theme.Line
	if t.hovered {
		fill = theme.Hover
	}
	if t.focused {
		stroke = theme.Ring
	}
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = theme.Color(fill), theme.Color(stroke), 1
	r.box.CornerRadius = theme.Size(fynetheme.SizeNameCardRadius)
	r.box.Move(fyne.NewPos(0.5, 0.5))
	r.box.Resize(size.SubtractWidthHeight(1, 1))
	r.edge.Hidden = t.tone == "" || t.tone == theme.Foreground
	if !r.edge.Hidden {
		r.edge.FillColor = theme.Color(theme.Fill(t.tone))
	}
	r.edge.CornerRadius = 1
	r.edge.Move(fyne.NewPos(1, 6))
	r.edge.Resize(fyne.NewSize(theme.Scaled(3), size.Height-12))
	pad := theme.Scaled(12)
	line := func(x *canvas.Text, text string, y, high, size0 float32, tone fyne.ThemeColorName, bold bool) {
		x.TextStyle.Bold, x.TextSize, x.Color = bold, size0, theme.Color(tone)
		x.Text, _ = theme.Fit(text, size.Width-2*pad, size0, x.TextStyle)
		x.Move(fyne.NewPos(pad, y))
		x.Resize(fyne.NewSize(size.Width-2*pad, high))
	}
	line(r.caption, t.caption, theme.Scaled(6), theme.Scaled(18), theme.Caption(), theme.Muted, false)
	line(r.figure, t.figure, theme.Scaled(23), theme.Scaled(30), theme.Size(theme.SizeNameFigure), t.tone, true)
	line(r.detail, t.detail, theme.Scaled(53), theme.Scaled(18), theme.Caption(), theme.Muted, false)
}
