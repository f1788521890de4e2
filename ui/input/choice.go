package input

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Option is one of a few values.
type Option struct {
	Key  string // what is kept
	Text string // what is shown
	Tone fyne.ThemeColorName
}

// Choice is a field with one of a few values: ↑ ↓ change it, a letter goes to
// the next one that begins with it, Space, F4 or Alt+↓ drop the list.
type Choice struct {
	widget.DisableableWidget
	troubled
	held

	OnChange func() // a person chose another

	options []Option
	at      int // -1: none
	focused bool
	hovered bool
	popup   *Popup
	list    *menu
}

var (
	_ Field               = (*Choice)(nil)
	_ fyne.Shortcutable   = (*Choice)(nil)
	_ desktop.Mouseable   = (*Choice)(nil)
	_ desktop.Hoverable   = (*Choice)(nil)
	_ desktop.Keyable     = (*Choice)(nil)
	_ fyne.WidgetRenderer = (*choiceRenderer)(nil)
)

// NewChoice makes a choice without a value.
func NewChoice(options []Option) *Choice {
	c := &Choice{options: options, at: -1}
	c.ExtendBaseWidget(c)
	return c
}

// SetOptions offers other values; the value stays when it is among them.
func (c *Choice) SetOptions(options []Option) {
	key := c.Value()
	c.options, c.at = options, -1
	c.Set(key)
}

// Set shows a value, without telling OnChange; one that is not offered shows
// none.
func (c *Choice) Set(key string) {
	c.at = -1
	for i, o := range c.options {
		if o.Key == key {
			c.at = i
		}
	}
	c.set("")
	c.Refresh()
}

// Value is the key of what is chosen, empty for none.
func (c *Choice) Value() string {
	if c.at < 0 {
		return ""
	}
	return c.options[c.at].Key
}

// SetProblem implements Field.
func (c *Choice) SetProblem(text string) {
	if c.set(text) {
		c.Refresh()
	}
}

func (c *Choice) take(i int) {
	if i < 0 || i >= len(c.options) || c.Disabled() {
		return
	}
	changed := i != c.at
	c.at = i
	c.set("")
	c.Refresh()
	if changed && c.OnChange != nil {
		c.OnChange()
	}
}

func (c *Choice) drop() {
	if c.popup != nil {
		c.popup.Close()
		return
	}
	if c.Disabled() || len(c.options) == 0 {
		return
	}
	focus(c)
	rows := make([]menuRow, len(c.options))
	for i, o := range c.options {
		rows[i] = menuRow{text: o.Text, tone: o.Tone}
	}
	c.list = newMenu(func(row int) {
		c.popup.Close()
		c.take(row)
	})
	c.list.set(rows, max(c.at, 0))
	c.popup = Hang(c, c, c.list, func() { c.popup = nil })
}

func (c *Choice) leaveByTab() {
	if c.popup != nil {
		c.take(c.list.marked)
	}
}

// FocusGained is for Fyne.
func (c *Choice) FocusGained() { came(c); c.focused = true; c.Refresh() }

// FocusLost is for Fyne.
func (c *Choice) FocusLost() { c.focused = false; c.Refresh() }

// KeyDown is for Fyne.
func (c *Choice) KeyDown(k *fyne.KeyEvent) { c.down(k, true) }

// KeyUp is for Fyne.
func (c *Choice) KeyUp(k *fyne.KeyEvent) { c.down(k, false) }

// TypedRune is for Fyne.
func (c *Choice) TypedRune(r rune) {
	if r == ' ' {
		return // comes as a key, too
	}
	from := c.at
	if c.popup != nil {
		from = c.list.marked
	}
	for i := range c.options {
		j := (from + 1 + i) % len(c.options)
		if strings.HasPrefix(strings.ToLower(c.options[j].Text), strings.ToLower(string(r))) {
			if c.popup != nil {
				c.list.step(j - c.list.marked)
			} else {
				c.take(j)
			}
			return
		}
	}
}

// TypedKey is for Fyne.
func (c *Choice) TypedKey(k *fyne.KeyEvent) {
	if c.popup != nil && c.inList(k.Name) {
		return
	}
	mod := c.modifiers()
	switch k.Name {
	case fyne.KeyUp:
		if !c.pass(k.Name, mod) {
			c.take(max(c.at-1, 0))
		}
	case fyne.KeyDown:
		if !c.pass(k.Name, mod) {
			c.take(min(c.at+1, len(c.options)-1))
		}
	case fyne.KeySpace:
		c.drop()
	case fyne.KeyF4:
		if mod == 0 {
			c.drop()
		}
	default:
		c.pass(k.Name, mod)
	}
}

func (c *Choice) inList(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyUp:
		c.list.step(-1)
	case fyne.KeyDown:
		c.list.step(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.list.choose(c.list.marked)
	case fyne.KeyEscape, fyne.KeyF4:
		c.popup.Close()
	default:
		return false
	}
	return true
}

// TypedShortcut is for Fyne.
func (c *Choice) TypedShortcut(s fyne.Shortcut) {
	if x, ok := s.(*desktop.CustomShortcut); ok && x.KeyName == fyne.KeyDown && x.Modifier == fyne.KeyModifierAlt {
		c.drop()
		return
	}
	c.shortcut(s)
}

// MouseDown is for Fyne.
func (c *Choice) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		c.drop()
	}
}

// MouseUp is for Fyne.
func (c *Choice) MouseUp(*desktop.MouseEvent) {}

// MouseIn is for Fyne.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved is for Fyne.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *Choice) MouseOut() { c.hovered = false; c.Refresh() }

// MinSize fits the longest option, within reason.
func (c *Choice) MinSize() fyne.Size {
	var wide float32
	for _, o := range c.options {
		wide = max(wide, theme.Width(o.Text, theme.Text(), fyne.TextStyle{}))
	}
	return fyne.NewSize(min(wide, theme.Scaled(220))+theme.Scaled(34), theme.Row())
}

// CreateRenderer is for Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &choiceRenderer{c: c, box: canvas.NewRectangle(nil), text: canvas.NewText("", nil), arrow: canvas.NewText("▾", nil)}
	r.dress()
	return r
}

type choiceRenderer struct {
	c           *Choice
	box         *canvas.Rectangle
	text, arrow *canvas.Text
}

func (r *choiceRenderer) Destroy()           {}
func (r *choiceRenderer) MinSize() fyne.Size { return r.c.MinSize() }
func (r *choiceRenderer) Layout(fyne.Size)   { r.dress() }
func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.text, r.arrow}
}

func (r *choiceRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.c)
}

func (r *choiceRenderer) dress() {
	c, size := r.c, r.c.Size()
	fill, edge := theme.Surface, theme.Border
	switch {
	case c.Disabled():
		fill = theme.Background
	case c.hovered:
		fill = theme.Hover
	}
	if c.focused {
		edge = theme.Ring
	}
	if c.problem != "" {
		edge = theme.Fill(theme.Red)
	}
	r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = theme.Color(fill), theme.Color(edge), 1
	r.box.CornerRadius = theme.Size(fynetheme.SizeNameInputRadius)
	r.box.Move(fyne.NewPos(0.5, 0.5))
	r.box.Resize(size.SubtractWidthHeight(1, 1))
	pad, mark := theme.Inner()*2, theme.Scaled(16)
	text, tone := "", theme.Foreground
	if c.at >= 0 {
		text = c.options[c.at].Text
		if c.options[c.at].Tone != "" {
			tone = c.options[c.at].Tone
		}
	}
	if c.Disabled() {
		tone = theme.Muted
	}
	r.text.Text, _ = theme.Fit(text, size.Width-2*pad-mark, theme.Text(), fyne.TextStyle{})
	r.text.Color, r.text.TextSize = theme.Color(tone), theme.Text()
	r.text.Move(fyne.NewPos(pad, 0))
	r.text.Resize(fyne.NewSize(size.Width-2*pad-mark, size.Height))
	r.arrow.Color, r.arrow.TextSize = theme.Color(theme.Muted), theme.Text()
	r.arrow.Move(fyne.NewPos(size.Width-mark-2, 0))
	r.arrow.Resize(fyne.NewSize(mark, size.Height))
}
