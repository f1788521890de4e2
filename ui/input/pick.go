package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Pick shows a few values one below another, whole, with a mark at the one that
// is chosen: ↑ ↓ and Space choose, a click does.
type Pick struct {
	widget.BaseWidget
	troubled
	held

	OnChange func() // a person chose another

	options []Option
	at      int
	focused bool
}

var (
	_ Field             = (*Pick)(nil)
	_ fyne.Tappable     = (*Pick)(nil)
	_ fyne.Shortcutable = (*Pick)(nil)
	_ desktop.Keyable   = (*Pick)(nil)
)

// NewPick makes a pick with the first of its options chosen.
func NewPick(options []Option) *Pick {
	p := &Pick{options: options}
	p.ExtendBaseWidget(p)
	return p
}

// mostLines is how many lines of one value are shown.
const mostLines = 5

// Set chooses an option, without telling OnChange.
func (p *Pick) Set(key string) {
	for i, o := range p.options {
		if o.Key == key {
			p.at = i
		}
	}
	p.Refresh()
}

// Value is the key of the chosen option.
func (p *Pick) Value() string { return p.options[p.at].Key }

// SetProblem implements Field.
func (p *Pick) SetProblem(text string) { p.set(text) }

func (p *Pick) take(i int) {
	if i < 0 || i >= len(p.options) || i == p.at {
		return
	}
	p.at = i
	p.Refresh()
	if p.OnChange != nil {
		p.OnChange()
	}
}

// Tapped is for Fyne.
func (p *Pick) Tapped(e *fyne.PointEvent) {
	focus(p)
	y := float32(0)
	for i, lines := range p.lines(p.Size().Width) {
		y += p.high(lines)
		if e.Position.Y < y {
			p.take(i)
			return
		}
	}
}

// FocusGained is for Fyne.
func (p *Pick) FocusGained() { came(p); p.focused = true; p.Refresh() }

// FocusLost is for Fyne.
func (p *Pick) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune is for Fyne.
func (p *Pick) TypedRune(rune) {}

// KeyDown is for Fyne.
func (p *Pick) KeyDown(k *fyne.KeyEvent) { p.down(k, true) }

// KeyUp is for Fyne.
func (p *Pick) KeyUp(k *fyne.KeyEvent) { p.down(k, false) }

// TypedKey is for Fyne.
func (p *Pick) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyLeft:
		p.take(p.at - 1)
	case fyne.KeyDown, fyne.KeyRight:
		p.take(p.at + 1)
	case fyne.KeySpace:
		p.take((p.at + 1) % len(p.options))
	default:
		p.pass(k.Name, p.modifiers())
	}
}

// TypedShortcut is for Fyne.
func (p *Pick) TypedShortcut(s fyne.Shortcut) { p.shortcut(s) }

// left is where the texts begin, after their marks.
func (p *Pick) left() float32 { return theme.Scaled(24) }

func (p *Pick) line() float32 { return theme.Text() * 1.4 }

func (p *Pick) high(lines []string) float32 {
	return max(theme.Row(), float32(len(lines))*p.line()+theme.Scaled(6))
}

// lines are the texts as they fit a width.
func (p *Pick) lines(width float32) [][]string {
	room := max(width-p.left()-theme.Inner(), theme.Scaled(80))
	out := make([][]string, len(p.options))
	for i, o := range p.options {
		out[i] = theme.Wrap(o.Text, room, theme.Text(), fyne.TextStyle{})
		if len(out[i]) > mostLines {
			out[i] = out[i][:mostLines]
			out[i][mostLines-1], _ = theme.Fit(out[i][mostLines-1]+"…", room, theme.Text(), fyne.TextStyle{})
		}
	}
	return out
}

// MinSize is for Fyne.
func (p *Pick) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	var out fyne.Size
	for _, lines := range p.lines(p.Size().Width) {
		out.Height += p.high(lines)
	}
	return fyne.NewSize(theme.Scaled(160), out.Height)
}

// CreateRenderer is for Fyne.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &pickRenderer{p: p, ring: canvas.NewRectangle(nil)}
	r.draw()
	return r
}

type pickRenderer struct {
	p       *Pick
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
	high    float32
}

func (r *pickRenderer) Destroy()                     {}
func (r *pickRenderer) MinSize() fyne.Size           { return r.p.MinSize() }
func (r *pickRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *pickRenderer) Layout(fyne.Size) {
	r.draw()
	if high := r.p.MinSize().Height; high != r.high { // the texts broke anew
		r.high = high
		if c := canvasOf(r.p); c != nil {
			fyne.Do(func() { c.Refresh(r.p) })
		}
	}
}

func (r *pickRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.p)
}

func (r *pickRenderer) draw() {
	p, size := r.p, r.p.Size()
	r.ring.Hidden = !p.focused
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = nil, theme.Color(theme.Ring), 1.5
	r.ring.CornerRadius = theme.Size("inputRadius")
	r.ring.Move(fyne.NewPos(0.5, 0.5))
	r.ring.Resize(size.SubtractWidthHeight(1, 1))
	r.objects = r.objects[:0]
	var y float32
	for i, lines := range p.lines(size.Width) {
		high, side := p.high(lines), theme.Scaled(12)
		mark := canvas.NewCircle(nil)
		mark.StrokeColor, mark.StrokeWidth = theme.Color(theme.Border), 1.2
		tone := theme.Muted
		if i == p.at {
			mark.StrokeColor, mark.StrokeWidth = theme.Color(theme.Ring), 4
			tone = theme.Foreground
		}
		mark.Move(fyne.NewPos(theme.Scaled(6), y+(theme.Row()-side)/2))
		mark.Resize(fyne.NewSquareSize(side))
		r.objects = append(r.objects, mark)
		top := y + (high-float32(len(lines))*p.line())/2
		for n, s := range lines {
			t := canvas.NewText(s, theme.Color(tone))
			t.TextSize = theme.Text()
			t.Move(fyne.NewPos(p.left(), top+float32(n)*p.line()))
			t.Resize(fyne.NewSize(size.Width-p.left(), p.line()))
			r.objects = append(r.objects, t)
		}
		y += high
	}
	r.objects = append(r.objects, r.ring)
}
