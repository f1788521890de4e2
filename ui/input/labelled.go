package input

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Labelled is a field with its label at the left, and what is wrong with it, or
// why it is as it is, in plain words below it. The labels of a form are given one width.
type Labelled struct {
	widget.BaseWidget
	field    Field
	object   fyne.CanvasObject // the field, or what holds it and more
	label    string
	required bool
	width    float32 // of the label at zoom 100; 0: the label stands above
	reason   string
	lines    []string
	linesFor float32
}

// NewLabelled puts a label before a field. A required one is marked. Width is
// the label's at zoom 100; with 0 it stands above the field.
func NewLabelled(label string, field Field, required bool, width float32) *Labelled {
	return NewLabelledAround(label, field, field, required, width)
}

// NewLabelledAround puts a label before an object that holds the field and
// more, such as an amount with its currency.
func NewLabelledAround(label string, field Field, object fyne.CanvasObject, required bool, width float32) *Labelled {
	l := &Labelled{field: field, object: object, label: label, required: required, width: width}
	l.ExtendBaseWidget(l)
	field.watch(func(string) {
		l.linesFor = -1
		l.Refresh()
		if c := canvasOf(l); c != nil && c.Content() != nil {
			c.Content().Refresh() // it may be higher now
		}
	})
	return l
}

// Field is the field within.
func (l *Labelled) Field() Field { return l.field }

// Object is the field, or what holds it and more.
func (l *Labelled) Object() fyne.CanvasObject { return l.object }

// Label is what stands before the field.
func (l *Labelled) Label() string { return l.label }

// SetReason says below the field why it stands as it does, such as why nobody
// can type in it; what is wrong goes before.
func (l *Labelled) SetReason(text string) {
	if l.reason == text {
		return
	}
	l.reason, l.linesFor = text, -1
	l.Refresh()
	if c := canvasOf(l); c != nil && c.Content() != nil {
		c.Content().Refresh()
	}
}

// Reason is what SetReason said.
func (l *Labelled) Reason() string { return l.reason }

// said is what stands below the field.
func (l *Labelled) said() string {
	if p := l.field.Problem(); p != "" {
		return p
	}
	return l.reason
}

func (l *Labelled) text() string {
	if l.required {
		return l.label + " *"
	}
	return l.label
}

func (l *Labelled) gap() float32 { return theme.Scaled(8) }

// left is where the field begins.
func (l *Labelled) left() float32 {
	if l.width == 0 {
		return 0
	}
	return theme.Scaled(l.width) + l.gap()
}

// top is how much the label takes above the field.
func (l *Labelled) top() float32 {
	if l.width != 0 {
		return 0
	}
	return float32(math.Round(float64(theme.Caption() * 1.5))) // fields stand on whole pixels
}

func (l *Labelled) line() float32 { return theme.Caption() * 1.4 }

func (l *Labelled) wrap(width float32) []string {
	if l.said() == "" {
		return nil
	}
	if l.linesFor != width {
		l.lines = theme.Wrap(l.said(), max(width-l.left(), theme.Scaled(80)), theme.Caption(), fyne.TextStyle{})
		l.linesFor = width
	}
	return l.lines
}

// MinSize is for Fyne.
func (l *Labelled) MinSize() fyne.Size {
	m := l.object.MinSize()
	h := l.top() + m.Height
	if n := len(l.wrap(l.Size().Width)); n > 0 {
		h += float32(n)*l.line() + 2
	}
	return fyne.NewSize(l.left()+m.Width, h)
}

// CreateRenderer is for Fyne.
func (l *Labelled) CreateRenderer() fyne.WidgetRenderer {
	r := &labelledRenderer{l: l, label: canvas.NewText("", nil)}
	r.dress()
	return r
}

type labelledRenderer struct {
	l       *Labelled
	label   *canvas.Text
	wrong   []*canvas.Text
	objects []fyne.CanvasObject
}

func (r *labelledRenderer) Destroy()                     {}
func (r *labelledRenderer) MinSize() fyne.Size           { return r.l.MinSize() }
func (r *labelledRenderer) Layout(fyne.Size)             { r.dress() }
func (r *labelledRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *labelledRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.l)
}

func (r *labelledRenderer) dress() {
	l := r.l
	size := l.Size()
	text, room, high := theme.Text(), theme.Scaled(l.width), theme.Row()
	if l.width == 0 {
		text, room, high = theme.Caption(), size.Width, l.top()
	}
	r.label.Text, _ = theme.Fit(l.text(), room, text, fyne.TextStyle{})
	r.label.TextSize, r.label.Color = text, theme.Color(theme.Muted)
	r.label.Move(fyne.NewPos(0, 0))
	r.label.Resize(fyne.NewSize(room, high))
	lines := l.wrap(size.Width)
	below := float32(0)
	if len(lines) > 0 {
		below = float32(len(lines))*l.line() + 2
	}
	l.object.Move(fyne.NewPos(l.left(), l.top()))
	l.object.Resize(fyne.NewSize(max(size.Width-l.left(), 0), max(size.Height-l.top()-below, 0)))
	r.objects = append(r.objects[:0], r.label, l.object)
	y := size.Height - below + 2
	for i, s := range lines {
		if i == len(r.wrong) {
			r.wrong = append(r.wrong, canvas.NewText("", nil))
		}
		t := r.wrong[i]
		t.Text, t.TextSize, t.Color = s, theme.Caption(), theme.Color(theme.Muted)
		if l.field.Problem() != "" {
			t.Color = theme.Color(theme.Red)
		}
		t.Move(fyne.NewPos(l.left(), y+float32(i)*l.line()))
		t.Resize(fyne.NewSize(size.Width-l.left(), l.line()))
		r.objects = append(r.objects, t)
	}
}
