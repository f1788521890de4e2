// Package frame holds the parts of the window around its content: tabs, the
// sidebar, the bars above and below.
package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tab is one tab of the strip.
type Tab struct {
	Title   string
	Unsaved bool // shows a dot
	Preview bool // the next preview takes its place; its title is in italics
	Fixed   bool // has no close button
}

// Tabs is the strip of tabs above the screens. A click selects, the cross or
// the middle button closes, the right button offers OnMenu; tabs that do not
// fit stand in a list behind the arrow at the right.
type Tabs struct {
	widget.BaseWidget
	OnSelect func(i int)
	OnClose  func(i int)
	OnMenu   func(i int, at fyne.Position)

	tabs     []Tab
	selected int
	hover    int  // tab under the pointer, -1 for none
	onCross  bool // the pointer is over its cross
	first    int  // first tab that is drawn
	cells    []tabCell
	arrow    bool
}

// tabCell is where a drawn tab stands.
type tabCell struct {
	index int
	x, w  float32
}

// Widths of tabs, as many times the height of the text.
const (
	tabLeast = 9.8
	tabMost  = 17.5
	tabArrow = 2
	tabTiny  = 3.6
)

func (t *Tabs) least() float32      { return t.textSize() * tabLeast }
func (t *Tabs) arrowWidth() float32 { return t.textSize() * tabArrow }

// NewTabs makes an empty strip.
func NewTabs() *Tabs {
	t := &Tabs{hover: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows these tabs, with one of them selected.
func (t *Tabs) Set(tabs []Tab, selected int) {
	t.tabs, t.selected = tabs, selected
	t.arrange()
	t.Refresh()
}

// Tabs are the tabs shown now, and which of them is selected.
func (t *Tabs) Tabs() ([]Tab, int) { return t.tabs, t.selected }

func (t *Tabs) textSize() float32 { return theme.Size(theme.SizeNameText) }

func (t *Tabs) crossWidth() float32 { return t.textSize() + 6 }

func (t *Tabs) width(tab Tab) float32 {
	w := fyne.MeasureText(tab.Title, t.textSize(), fyne.TextStyle{Italic: tab.Preview}).Width + 20
	if tab.Unsaved {
		w += t.textSize()
	}
	if !tab.Fixed {
		w += t.crossWidth()
	}
	return min(max(w, t.textSize()*tabTiny), t.textSize()*tabMost)
}

// arrange decides which tabs fit: all at their own width, or narrowed, or the
// window of them around the selected one.
func (t *Tabs) arrange() {
	t.cells, t.arrow = nil, false
	space := t.Size().Width
	if len(t.tabs) == 0 || space <= 0 {
		return
	}
	widths := make([]float32, len(t.tabs))
	var total float32
	for i, tab := range t.tabs {
		widths[i] = t.width(tab)
		total += widths[i]
	}
	if total > space {
		space -= t.arrowWidth()
		t.arrow = true
		over := total - space
		var give float32
		for _, w := range widths {
			give += max(0, w-t.least())
		}
		for i, w := range widths {
			if give > 0 {
				widths[i] = w - max(0, w-t.least())*min(1, over/give)
			}
		}
	}
	fits := func(from, to int) bool {
		var sum float32
		for _, w := range widths[from : to+1] {
			sum += w
		}
		return sum <= space+0.5
	}
	t.first = min(t.first, len(t.tabs)-1)
	if t.selected >= 0 && t.selected < len(t.tabs) {
		t.first = min(t.first, t.selected)
		for t.first < t.selected && !fits(t.first, t.selected) {
			t.first++
		}
	}
	for t.first > 0 && fits(t.first-1, len(t.tabs)-1) {
		t.first--
	}
	var x float32
	for i := max(0, t.first); i < len(t.tabs) && (x+widths[i] <= space+0.5 || x == 0); i++ {
		t.cells = append(t.cells, tabCell{i, x, widths[i]})
		x += widths[i]
	}
}

// at finds the tab under a point: -1 for none, len(tabs) for the arrow.
func (t *Tabs) at(p fyne.Position) (i int, cross bool) {
	for _, c := range t.cells {
		if p.X >= c.x && p.X < c.x+c.w {
			return c.index, !t.tabs[c.index].Fixed && p.X > c.x+c.w-t.crossWidth()-4
		}
	}
	if t.arrow && p.X > t.Size().Width-t.arrowWidth() {
		return len(t.tabs), false
	}
	return -1, false
}

// MouseDown selects, closes or offers the menu.
func (t *Tabs) MouseDown(e *desktop.MouseEvent) {
	i, cross := t.at(e.Position)
	switch {
	case i < 0:
	case i == len(t.tabs):
		t.showAll(e.AbsolutePosition)
	case e.Button == desktop.MouseButtonTertiary || cross && e.Button == desktop.MouseButtonPrimary:
		if t.OnClose != nil && !t.tabs[i].Fixed {
			t.OnClose(i)
		}
	case e.Button == desktop.MouseButtonSecondary:
		if t.OnMenu != nil {
			t.OnMenu(i, e.AbsolutePosition)
		}
	case t.OnSelect != nil:
		t.OnSelect(i)
	}
}

// MouseUp is part of desktop.Mouseable.
func (t *Tabs) MouseUp(*desktop.MouseEvent) {}

// showAll lists every tab in a menu, so that those that do not fit can be reached.
func (t *Tabs) showAll(at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil {
		return
	}
	m := fyne.NewMenu("")
	for i, tab := range t.tabs {
		item := fyne.NewMenuItem(tab.Title, func() {
			if t.OnSelect != nil {
				t.OnSelect(i)
			}
		})
		item.Checked = i == t.selected
		m.Items = append(m.Items, item)
	}
	widget.ShowPopUpMenuAtPosition(m, c, at)
}

// MouseIn is part of desktop.Hoverable.
func (t *Tabs) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved marks the tab under the pointer.
func (t *Tabs) MouseMoved(e *desktop.MouseEvent) {
	i, cross := t.at(e.Position)
	if i != t.hover || cross != t.onCross {
		t.hover, t.onCross = i, cross
		t.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (t *Tabs) MouseOut() {
	if t.hover >= 0 {
		t.hover = -1
		t.Refresh()
	}
}

// CreateRenderer draws the strip.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	return &tabsRenderer{t: t}
}

type tabsRenderer struct {
	t       *Tabs
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (r *tabsRenderer) Destroy() {}

// Layout draws anew only for another size: new objects make Fyne lay out again,
// and drawing then would never end.
func (r *tabsRenderer) Layout(size fyne.Size) {
	if r.size != size {
		r.size = size
		r.t.arrange()
		r.draw()
	}
}

func (r *tabsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.t.textSize()+15)
}

func (r *tabsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *tabsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

func (r *tabsRenderer) draw() {
	t := r.t
	h := t.Size().Height
	size := t.textSize()
	ink := theme.Color(theme.ColorNameForeground)
	quiet := theme.Color(theme.ColorNamePlaceHolder)
	line := theme.Color(theme.ColorNameSeparator)
	r.objects = r.objects[:0]
	put := func(o fyne.CanvasObject, x, y, w, hh float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, hh))
		r.objects = append(r.objects, o)
	}
	put(canvas.NewRectangle(line), 0, h-1, t.Size().Width, 1)
	word := func(s string, c color.Color, style fyne.TextStyle, x, w float32) {
		o := canvas.NewText(fit(s, size, style, w), c)
		o.TextSize, o.TextStyle = size, style
		m := o.MinSize()
		put(o, x, (h-m.Height)/2, m.Width, m.Height)
	}
	for _, c := range t.cells {
		tab := t.tabs[c.index]
		active := c.index == t.selected
		switch {
		case active:
			put(canvas.NewRectangle(theme.Color(theme.ColorNameBackground)), c.x, 0, c.w, h)
			put(canvas.NewRectangle(theme.Color(theme.ColorNamePrimary)), c.x, 0, c.w, 2)
			put(canvas.NewRectangle(line), c.x, 0, 1, h)
		case c.index == t.hover:
			put(canvas.NewRectangle(theme.Color(theme.ColorNameHover)), c.x, 0, c.w, h-1)
		}
		put(canvas.NewRectangle(line), c.x+c.w-1, 4, 1, h-8)
		x, w := c.x+10, c.w-20
		if !tab.Fixed {
			w -= t.crossWidth() - 4
			cross := quiet
			if c.index == t.hover && t.onCross {
				cross = theme.Color(theme.ColorNameError)
			}
			if active || c.index == t.hover {
				word("×", cross, fyne.TextStyle{}, c.x+c.w-t.crossWidth(), t.crossWidth())
			}
		}
		if tab.Unsaved {
			word("•", theme.Color(theme.ColorNamePrimary), fyne.TextStyle{Bold: true}, x, size)
			x, w = x+size*0.8, w-size*0.8
		}
		text := quiet
		if active || c.index == t.hover {
			text = ink
		}
		word(tab.Title, text, fyne.TextStyle{Italic: tab.Preview}, x, w)
	}
	if t.arrow {
		word("▾", ink, fyne.TextStyle{}, t.Size().Width-t.arrowWidth()+8, t.arrowWidth())
	}
}

// fit cuts a text that is wider than w and ends it with an ellipsis.
func fit(s string, size float32, style fyne.TextStyle, w float32) string {
	if fyne.MeasureText(s, size, style).Width <= w {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", size, style).Width <= w {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}
