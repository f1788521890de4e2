package input

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Shades are the colours that a Colour offers: they stay apart from each other
// and from the text in both looks.
var Shades = []string{
	"#8ecae6", "#5fb0d9", "#2a6fb0", "#1f4f8f", "#7f6fd6", "#b06fc9", "#2e9e5b", "#7fb7be", "#e3a535", "#e07a3f", "#c94f4f", "#9aa5b1",
}

// Colour chooses a colour by clicking it, or by the arrow keys. One that is not
// among the offered ones is offered as well.
type Colour struct {
	widget.DisableableWidget
	troubled
	held

	OnChange func()

	value   string // #rrggbb
	offered []string
	focused bool
}

var (
	_ Field               = (*Colour)(nil)
	_ fyne.Tappable       = (*Colour)(nil)
	_ desktop.Keyable     = (*Colour)(nil)
	_ desktop.Cursorable  = (*Colour)(nil)
	_ fyne.WidgetRenderer = (*colourRenderer)(nil)
)

// NewColour makes a choice of colours.
func NewColour() *Colour {
	c := &Colour{offered: Shades}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows a colour, #rrggbb, without telling OnChange.
func (c *Colour) Set(value string) {
	c.value = strings.ToLower(value)
	c.offered = Shades
	if _, ok := ParseColour(c.value); ok && c.at() < 0 {
		c.offered = append([]string{c.value}, Shades...)
	}
	c.Refresh()
}

// Value is the colour; empty: none was chosen.
func (c *Colour) Value() string { return c.value }

// SetProblem implements Field.
func (c *Colour) SetProblem(text string) { c.set(text) }

func (c *Colour) at() int {
	for i, s := range c.offered {
		if s == c.value {
			return i
		}
	}
	return -1
}

func (c *Colour) take(i int) {
	if c.Disabled() || i < 0 || i >= len(c.offered) || c.offered[i] == c.value {
		return
	}
	c.value = c.offered[i]
	c.Refresh()
	if c.OnChange != nil {
		c.OnChange()
	}
}

func (c *Colour) step() float32 { return theme.Row() }

// Tapped takes the colour under the pointer.
func (c *Colour) Tapped(e *fyne.PointEvent) {
	focus(c)
	c.take(int(e.Position.X / c.step()))
}

// Cursor is a hand.
func (c *Colour) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is for Fyne.
func (c *Colour) FocusGained() { came(c); c.focused = true; c.Refresh() }

// FocusLost is for Fyne.
func (c *Colour) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune is for Fyne.
func (c *Colour) TypedRune(rune) {}

// KeyDown is for Fyne.
func (c *Colour) KeyDown(k *fyne.KeyEvent) { c.down(k, true) }

// KeyUp is for Fyne.
func (c *Colour) KeyUp(k *fyne.KeyEvent) { c.down(k, false) }

// TypedKey goes through the colours by the arrows.
func (c *Colour) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		c.take(c.at() - 1)
	case fyne.KeyRight:
		c.take(c.at() + 1)
	default:
		c.pass(k.Name, c.modifiers())
	}
}

// MinSize has room for all the colours.
func (c *Colour) MinSize() fyne.Size {
	return fyne.NewSize(c.step()*float32(len(Shades)+1), theme.Row())
}

// CreateRenderer draws the colours.
func (c *Colour) CreateRenderer() fyne.WidgetRenderer {
	r := &colourRenderer{c: c}
	r.dress()
	return r
}

type colourRenderer struct {
	c       *Colour
	objects []fyne.CanvasObject
}

func (r *colourRenderer) Destroy()                     {}
func (r *colourRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *colourRenderer) Layout(fyne.Size)             { r.dress() }
func (r *colourRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *colourRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.c)
}

func (r *colourRenderer) dress() {
	c := r.c
	step := c.step()
	size, edge := step*0.72, step*0.14
	r.objects = r.objects[:0]
	for i, s := range c.offered {
		shade, _ := ParseColour(s)
		box := canvas.NewRectangle(shade)
		box.CornerRadius = theme.Scaled(4)
		box.Move(fyne.NewPos(float32(i)*step+edge, edge))
		box.Resize(fyne.NewSize(size, size))
		if s == c.value {
			ring := canvas.NewRectangle(nil)
			ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = theme.Color(theme.Foreground), 2, theme.Scaled(6)
			if c.focused {
				ring.StrokeColor = theme.Color(theme.Ring)
			}
			ring.Move(fyne.NewPos(float32(i)*step+edge/2-1, edge/2-1))
			ring.Resize(fyne.NewSize(size+edge+2, size+edge+2))
			r.objects = append(r.objects, ring)
		}
		r.objects = append(r.objects, box)
	}
	if c.focused && c.at() < 0 {
		under := canvas.NewRectangle(theme.Color(theme.Ring))
		under.Move(fyne.NewPos(0, step-2))
		under.Resize(fyne.NewSize(step*float32(len(c.offered)), 2))
		r.objects = append(r.objects, under)
	}
}

// ParseColour reads #rrggbb.
func ParseColour(s string) (color.NRGBA, bool) {
	if len(s) != 7 || s[0] != '#' {
		return color.NRGBA{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return color.NRGBA{}, false
	}
	return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255}, true
}
