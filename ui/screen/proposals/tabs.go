package proposals

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

// tabs are the variants with their totals, one in front, and a + that adds one.
type tabs struct {
	widget.BaseWidget
	p       *page
	focused bool
	hover   int // tab under the pointer, the + behind the last, -1: none
	cells   []tabCell
	clicked int
	at      time.Time
	now     func() time.Time
}

// tabCell is where a tab stands.
type tabCell struct{ x, w float32 }

var (
	_ fyne.Focusable     = (*tabs)(nil)
	_ desktop.Mouseable  = (*tabs)(nil)
	_ desktop.Hoverable  = (*tabs)(nil)
	_ desktop.Cursorable = (*tabs)(nil)
)

func newTabs(p *page) *tabs {
	t := &tabs{p: p, hover: -1, clicked: -1, now: time.Now}
	t.ExtendBaseWidget(t)
	return t
}

// label is the name of a variant, and its total.
func (t *tabs) label(i int) (name, total string) {
	v := &t.p.Doc().Variants[i]
	return t.p.variantName(i), t.p.words.Amount(v.Total)
}

// mark is what a variant is marked with, and its tone.
func (t *tabs) mark(i int) (string, fyne.ThemeColorName) {
	switch v := &t.p.Doc().Variants[i]; {
	case v.Accepted:
		return "✓", theme.Green
	case v.Recommended && len(t.p.Doc().Variants) > 1:
		return "★", theme.Amber
	}
	return "", theme.Foreground
}

// arrange gives the tabs their places: as wide as they want, or all narrower
// alike where there is no room.
func (t *tabs) arrange(width float32) {
	n := len(t.p.Doc().Variants)
	t.cells = t.cells[:0]
	plus := theme.Scaled(30)
	if t.p.Locked() {
		plus = 0
	}
	var all float32
	wants := make([]float32, n)
	for i := range n {
		name, total := t.label(i)
		wants[i] = theme.Width(name, theme.Text(), fyne.TextStyle{Bold: true}) + theme.Width(total, theme.Text(), fyne.TextStyle{}) + theme.Scaled(34)
		if m, _ := t.mark(i); m != "" {
			wants[i] += theme.Scaled(16)
		}
		all += wants[i]
	}
	shrink := float32(1)
	if room := width - plus; room > 0 && all > room {
		shrink = room / all
	}
	var x float32
	for i := range n {
		w := wants[i] * shrink
		t.cells = append(t.cells, tabCell{x, w})
		x += w
	}
	t.cells = append(t.cells, tabCell{x, plus})
}

// cellAt is the tab at a place, the + behind the last; -1: none.
func (t *tabs) cellAt(x float32) int {
	for i, c := range t.cells {
		if x >= c.x && x < c.x+c.w {
			return i
		}
	}
	return -1
}

// MouseDown is for Fyne.
func (t *tabs) MouseDown(e *desktop.MouseEvent) {
	i := t.cellAt(e.Position.X)
	switch {
	case i < 0:
	case i == len(t.p.Doc().Variants):
		t.p.host.Menu(fyne.NewMenu("", t.p.addItems()...), t.under(i))
	case e.Button == desktop.MouseButtonSecondary:
		t.p.TurnTo(i)
		t.p.host.Menu(fyne.NewMenu("", t.p.variantItems()...), e.AbsolutePosition)
	case t.clicked == i && t.now().Sub(t.at) < fyne.CurrentApp().Driver().DoubleTapDelay():
		t.clicked = -1
		t.p.rename()
	default:
		t.clicked, t.at = i, t.now()
		t.p.TurnTo(i)
		if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
			c.Focus(t)
		}
	}
}

// under is the place below a tab, for its menu.
func (t *tabs) under(i int) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(t).AddXY(t.cells[i].x, t.Size().Height)
}

// MouseUp is for Fyne.
func (t *tabs) MouseUp(*desktop.MouseEvent) {}

// MouseIn is for Fyne.
func (t *tabs) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved is for Fyne.
func (t *tabs) MouseMoved(e *desktop.MouseEvent) {
	if i := t.cellAt(e.Position.X); i != t.hover {
		t.hover = i
		t.Refresh()
	}
}

// MouseOut is for Fyne.
func (t *tabs) MouseOut() { t.hover = -1; t.Refresh() }

// Cursor is for Fyne.
func (t *tabs) Cursor() desktop.Cursor {
	if t.hover >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained is for Fyne.
func (t *tabs) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost is for Fyne.
func (t *tabs) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune is for Fyne.
func (t *tabs) TypedRune(r rune) {
	if r == '+' {
		t.p.host.Menu(fyne.NewMenu("", t.p.addItems()...), t.under(len(t.cells)-1))
	}
}

// TypedKey walks the variants with the arrows; F2 renames, Del removes, Menu
// offers the rest, Enter and ↓ go to the lines.
func (t *tabs) TypedKey(e *fyne.KeyEvent) {
	p := t.p
	switch e.Name {
	case fyne.KeyLeft:
		p.turn(-1)
	case fyne.KeyRight:
		p.turn(1)
	case fyne.KeyHome:
		p.TurnTo(0)
	case fyne.KeyEnd:
		p.TurnTo(len(p.Doc().Variants) - 1)
	case fyne.KeyF2:
		p.rename()
	case fyne.KeyInsert:
		p.host.Menu(fyne.NewMenu("", p.addItems()...), t.under(len(t.cells)-1))
	case fyne.KeyDelete:
		p.removeVariant()
	case desktop.KeyMenu, fyne.KeySpace:
		p.host.Menu(fyne.NewMenu("", p.variantItems()...), t.under(p.At()))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		p.host.Canvas().Focus(p.Grid())
	default:
		p.form.Key(e)
	}
}

// MinSize is for Fyne.
func (t *tabs) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	return fyne.NewSize(theme.Scaled(120), theme.Row())
}

// CreateRenderer is for Fyne.
func (t *tabs) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &tabsRenderer{t: t}
	r.draw()
	return r
}

type tabsRenderer struct {
	t       *tabs
	layer   paint.Layer
	objects []fyne.CanvasObject
}

func (r *tabsRenderer) Destroy()                     {}
func (r *tabsRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *tabsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *tabsRenderer) Layout(fyne.Size)             { r.draw() }

func (r *tabsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

func (r *tabsRenderer) draw() {
	t, size := r.t, r.t.Size()
	t.arrange(size.Width)
	r.layer.Begin()
	for i, c := range t.cells {
		front := i == t.p.At()
		switch {
		case front:
			r.layer.Rect(c.x, 0, c.w, size.Height, theme.Surface)
			r.layer.Rect(c.x, 0, c.w, theme.Scaled(2), fynetheme.ColorNamePrimary)
		case i == t.hover:
			r.layer.Rect(c.x, 0, c.w, size.Height, theme.Hover)
		}
		if front && t.focused {
			r.layer.Frame(c.x, 0, c.w, size.Height, 2, theme.Ring)
		}
		if i == len(t.cells)-1 {
			if c.w == 0 {
				continue
			}
			r.layer.Text("+", c.x, 0, c.w, size.Height, fyne.TextAlignCenter, theme.Muted, fyne.TextStyle{Bold: true})
			continue
		}
		r.drawTab(i, c, size.Height, front)
	}
	r.objects = r.layer.Objects(r.objects[:0])
}

func (r *tabsRenderer) drawTab(i int, c tabCell, high float32, front bool) {
	pad := theme.Scaled(10)
	name, total := r.t.label(i)
	x, right := c.x+pad, c.x+c.w-pad
	if m, tone := r.t.mark(i); m != "" {
		right -= theme.Scaled(16)
		r.layer.Text(m, right+theme.Scaled(3), 0, theme.Scaled(14), high, fyne.TextAlignCenter, tone, fyne.TextStyle{})
	}
	sum := theme.Width(total, theme.Text(), fyne.TextStyle{})
	room := right - x
	if wants := theme.Width(name, theme.Text(), fyne.TextStyle{Bold: true}); sum > room/2 && wants+sum+theme.Scaled(6) > room+1 { // too narrow for both: the name is what one looks for
		total, sum = "", 0
	}
	tone := theme.Muted
	if front {
		tone = theme.Foreground
	}
	fit, _ := theme.Fit(name, room-sum-theme.Scaled(6), theme.Text(), fyne.TextStyle{Bold: front})
	r.layer.Text(fit, x, 0, room-sum, high, fyne.TextAlignLeading, tone, fyne.TextStyle{Bold: front})
	r.layer.Text(total, right-sum, 0, sum, high, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
}
