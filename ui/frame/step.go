package frame

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Step is one thing to do, with a mark that says whether it is done: a number
// in a ring, then a tick. A click or Enter leads to where it is done.
type Step struct {
	widget.BaseWidget
	Number int
	Text   string
	Done   bool
	Go     func()
	Away   func() // hides it: the cross at the right; nil: none

	hover, cross, held bool
}

// NewStep makes a step.
func NewStep(number int, text string, done bool, lead, away func()) *Step {
	s := &Step{Number: number, Text: text, Done: done, Go: lead, Away: away}
	s.ExtendBaseWidget(s)
	return s
}

var (
	_ fyne.Focusable     = (*Step)(nil)
	_ fyne.Tappable      = (*Step)(nil)
	_ desktop.Hoverable  = (*Step)(nil)
	_ desktop.Cursorable = (*Step)(nil)
)

func (s *Step) ring() float32 { return theme.Text() * 1.35 }

func (s *Step) edge() float32 { return theme.Scaled(6) }

func (s *Step) crossRoom() float32 {
	if s.Away == nil {
		return 0
	}
	return theme.Text() * 0.8
}

func (s *Step) onCross(p fyne.Position) bool {
	return s.Away != nil && p.X > s.Size().Width-s.crossRoom()-s.edge()
}

// Tapped leads to the step, or hides it.
func (s *Step) Tapped(e *fyne.PointEvent) {
	if s.onCross(e.Position) {
		s.Away()
		return
	}
	s.Go()
}

// Cursor is a hand.
func (s *Step) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is for Fyne.
func (s *Step) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved is for Fyne.
func (s *Step) MouseMoved(e *desktop.MouseEvent) {
	if cross := s.onCross(e.Position); !s.hover || cross != s.cross {
		s.hover, s.cross = true, cross
		s.Refresh()
	}
}

// MouseOut is for Fyne.
func (s *Step) MouseOut() {
	s.hover, s.cross = false, false
	s.Refresh()
}

// FocusGained is for Fyne.
func (s *Step) FocusGained() { s.held = true; s.Refresh() }

// FocusLost is for Fyne.
func (s *Step) FocusLost() { s.held = false; s.Refresh() }

// TypedRune is for Fyne.
func (s *Step) TypedRune(rune) {}

// TypedKey leads by Enter or Space, and hides by Delete.
func (s *Step) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.Go()
	case fyne.KeyDelete:
		if s.Away != nil {
			s.Away()
		}
	}
}

// CreateRenderer draws the step.
func (s *Step) CreateRenderer() fyne.WidgetRenderer {
	r := &stepRenderer{s: s, back: canvas.NewRectangle(nil), ring: canvas.NewCircle(nil), mark: canvas.NewText("", nil), text: canvas.NewText("", nil), cross: canvas.NewText("", nil)}
	r.dress()
	return r
}

type stepRenderer struct {
	s                 *Step
	back              *canvas.Rectangle
	ring              *canvas.Circle
	mark, text, cross *canvas.Text
}

func (r *stepRenderer) Destroy() {}

func (r *stepRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.ring, r.mark, r.text, r.cross}
}

// MinSize is what the words need.
func (r *stepRenderer) MinSize() fyne.Size {
	s := r.s
	w := fyne.MeasureText(s.Text, theme.Text(), fyne.TextStyle{}).Width
	return fyne.NewSize(s.edge()*3+s.ring()+w+s.crossRoom(), max(theme.Row(), s.ring()+4))
}

func (r *stepRenderer) Layout(fyne.Size) { r.dress() }

func (r *stepRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.s)
}

func (r *stepRenderer) dress() {
	s := r.s
	size := s.Size()
	r.back.FillColor, r.back.StrokeWidth = nil, 0
	if s.hover && !s.cross {
		r.back.FillColor = fynetheme.Color(theme.Hover)
	}
	if s.held {
		r.back.StrokeColor, r.back.StrokeWidth = fynetheme.Color(theme.Ring), 2
	}
	r.back.CornerRadius = theme.Scaled(4)
	r.back.Resize(size)
	d := s.ring()
	r.ring.Move(fyne.NewPos(s.edge(), (size.Height-d)/2))
	r.ring.Resize(fyne.NewSize(d, d))
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = nil, theme.Color(fynetheme.ColorNamePrimary), 1.5
	r.mark.Text, r.mark.Color = strconv.Itoa(s.Number), theme.Color(fynetheme.ColorNamePrimary)
	tone := theme.Foreground
	if s.Done {
		r.ring.FillColor, r.ring.StrokeColor = theme.Color(fynetheme.ColorNameSuccess), theme.Color(fynetheme.ColorNameSuccess)
		r.mark.Text, r.mark.Color = "✓", theme.Color(fynetheme.ColorNameForegroundOnSuccess)
		tone = theme.Muted
	}
	r.mark.TextSize, r.mark.TextStyle = theme.Caption(), fyne.TextStyle{Bold: true}
	m := r.mark.MinSize()
	r.mark.Resize(m)
	r.mark.Move(fyne.NewPos(s.edge()+(d-m.Width)/2, (size.Height-m.Height)/2))
	r.text.Text, r.text.TextSize, r.text.Color = s.Text, theme.Text(), theme.Color(tone)
	m = r.text.MinSize()
	r.text.Resize(m)
	r.text.Move(fyne.NewPos(s.edge()*2+d, (size.Height-m.Height)/2))
	r.cross.Text = ""
	if s.Away != nil && (s.hover || s.held) {
		r.cross.Text, r.cross.TextSize, r.cross.Color = "×", theme.Text(), theme.Color(theme.Muted)
		if s.cross {
			r.cross.Color = theme.Color(theme.Red)
		}
		m = r.cross.MinSize()
		r.cross.Resize(m)
		r.cross.Move(fyne.NewPos(size.Width-s.edge()-m.Width, (size.Height-m.Height)/2))
	}
}

// Flow lays things out one after another, in as many rows as they need.
type Flow struct {
	Gap  float32
	rows float32 // height at the width of the last layout
}

// MinSize is what the rows of the last layout need.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if f.rows == 0 {
		for _, o := range objects {
			f.rows = max(f.rows, o.MinSize().Height)
		}
	}
	return fyne.NewSize(theme.Scaled(120), f.rows)
}

// Layout fills the rows.
func (f *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y, high := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > size.Width {
			x, y, high = 0, y+high+2, 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		x += m.Width + f.Gap
		high = max(high, m.Height)
	}
	f.rows = y + high
}
