package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Found is one line of the palette.
type Found struct {
	Label string
	Kind  string // what it is, at the left: "Угода", "Команда"
	Hint  string // at the right: why it was found, or its keys
	Do    func()
}

// Palette finds records and commands by what is typed: Down and Up choose,
// Enter does, Escape closes.
type Palette struct {
	Changed func(text string) // called when the text changes; answers by Show

	entry *paletteEntry
	list  *paletteList
	popup *widget.PopUp
	none  string
}

const paletteRows = 12

// NewPalette makes a palette; hint stands in the empty field, none where
// nothing was found.
func NewPalette(hint, none string) *Palette {
	p := &Palette{none: none}
	p.entry = &paletteEntry{p: p}
	p.entry.ExtendBaseWidget(p.entry)
	p.entry.SetPlaceHolder(hint)
	p.entry.OnChanged = func(s string) {
		if p.Changed != nil {
			p.Changed(s)
		}
	}
	p.entry.OnSubmitted = func(string) { p.enter() }
	p.list = newPaletteList(func(i int) {
		p.list.selected = i
		p.enter()
	})
	return p
}

// Open shows the palette over a canvas, top from its upper edge.
func (p *Palette) Open(c fyne.Canvas, top float32) {
	icon := widget.NewIcon(theme.SearchIcon())
	head := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 4, 4), icon), nil, p.entry)
	p.popup = widget.NewPopUp(container.NewBorder(head, nil, nil, nil, p.list), c)
	width := min(max(c.Size().Width*0.5, 520), c.Size().Width-20)
	p.popup.Resize(fyne.NewSize(width, head.MinSize().Height+p.list.MinSize().Height+14))
	p.popup.ShowAtPosition(fyne.NewPos((c.Size().Width-width)/2, top))
	c.Focus(p.entry)
}

// IsOpen reports whether the palette is on the screen.
func (p *Palette) IsOpen() bool { return p.popup != nil && p.popup.Visible() }

// Close takes the palette away.
func (p *Palette) Close() {
	if p.popup != nil {
		p.popup.Hide()
		p.popup = nil
	}
}

// Show lists what was found.
func (p *Palette) Show(found []Found) {
	p.list.set(found, p.none, p.entry.Text != "")
}

// Found are the lines shown now.
func (p *Palette) Found() []Found { return p.list.found }

// Type puts a text into the field, as if it were typed.
func (p *Palette) Type(text string) { p.entry.SetText(text) }

func (p *Palette) enter() {
	if i := p.list.selected; i >= 0 && i < len(p.list.found) {
		do := p.list.found[i].Do
		p.Close()
		do()
	}
}

type paletteEntry struct {
	widget.Entry
	p *Palette
}

// TypedKey moves the choice, and leaves the rest to the field.
func (e *paletteEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		e.p.list.move(1)
	case fyne.KeyUp:
		e.p.list.move(-1)
	case fyne.KeyEscape:
		e.p.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		e.p.enter()
	default:
		e.Entry.TypedKey(k)
	}
}

type paletteList struct {
	widget.BaseWidget
	found    []Found
	none     string
	selected int
	top      int // the first that is drawn
	choose   func(i int)
}

func newPaletteList(choose func(i int)) *paletteList {
	l := &paletteList{choose: choose}
	l.ExtendBaseWidget(l)
	return l
}

func (l *paletteList) set(found []Found, none string, typed bool) {
	l.found, l.selected, l.top, l.none = found, 0, 0, ""
	if typed && len(found) == 0 {
		l.none = none
	}
	l.Refresh()
}

func (l *paletteList) move(by int) {
	if n := len(l.found); n > 0 {
		l.selected = (l.selected + by + n) % n
		l.top = max(min(l.top, l.selected), l.selected-paletteRows+1)
		l.Refresh()
	}
}

// Scrolled shows those further down or up.
func (l *paletteList) Scrolled(e *fyne.ScrollEvent) {
	step := 1
	if e.Scrolled.DY > 0 {
		step = -1
	}
	if top := max(0, min(l.top+step, len(l.found)-paletteRows)); top != l.top {
		l.top = top
		l.Refresh()
	}
}

func (l *paletteList) rowHeight() float32 { return theme.Size(theme.SizeNameText) + 15 }

func (l *paletteList) Tapped(e *fyne.PointEvent) {
	if i := l.top + int(e.Position.Y/l.rowHeight()); i < len(l.found) {
		l.choose(i)
	}
}

func (l *paletteList) CreateRenderer() fyne.WidgetRenderer { return &paletteRenderer{l: l} }

type paletteRenderer struct {
	l       *paletteList
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (r *paletteRenderer) Destroy()                     {}
func (r *paletteRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *paletteRenderer) MinSize() fyne.Size {
	return fyne.NewSize(400, r.l.rowHeight()*paletteRows)
}

// Layout draws anew only for another size: new objects make Fyne lay out again,
// and drawing then would never end.
func (r *paletteRenderer) Layout(size fyne.Size) {
	if r.size != size {
		r.size = size
		r.draw()
	}
}

func (r *paletteRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.l)
}

func (r *paletteRenderer) draw() {
	l := r.l
	w, h, size := l.Size().Width, l.rowHeight(), theme.Size(theme.SizeNameText)
	r.objects = r.objects[:0]
	word := func(s string, name fyne.ThemeColorName, x, y, width float32, right bool) float32 {
		t := canvas.NewText(fit(s, size, fyne.TextStyle{}, width), theme.Color(name))
		t.TextSize = size
		m := t.MinSize()
		if right {
			x -= m.Width
		}
		t.Move(fyne.NewPos(x, y+(h-m.Height)/2))
		t.Resize(m)
		r.objects = append(r.objects, t)
		return m.Width
	}
	if l.none != "" {
		word(l.none, theme.ColorNamePlaceHolder, 10, 0, w-20, false)
	}
	kinds := w * 0.24
	for i := l.top; i < min(len(l.found), l.top+paletteRows); i++ {
		f := l.found[i]
		y := float32(i-l.top) * h
		if i == l.selected {
			back := canvas.NewRectangle(theme.Color(theme.ColorNameSelection))
			back.CornerRadius = 3
			back.Move(fyne.NewPos(2, y))
			back.Resize(fyne.NewSize(w-4, h))
			r.objects = append(r.objects, back)
		}
		word(f.Kind, theme.ColorNamePlaceHolder, 10, y, kinds-14, false)
		right := word(f.Hint, theme.ColorNamePlaceHolder, w-10, y, w*0.3, true)
		word(f.Label, theme.ColorNameForeground, kinds, y, w-kinds-right-24, false)
	}
	if n := len(l.found); n > paletteRows {
		body := h * paletteRows
		bar := canvas.NewRectangle(theme.Color(theme.ColorNameScrollBar))
		bar.CornerRadius = 2
		bar.Move(fyne.NewPos(w-5, body*float32(l.top)/float32(n)))
		bar.Resize(fyne.NewSize(3, body*paletteRows/float32(n)))
		r.objects = append(r.objects, bar)
	}
}
