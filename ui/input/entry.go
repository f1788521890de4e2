package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Entry is one line of text, or several with NewMulti.
type Entry struct {
	widget.Entry
	troubled
	held

	// OnLeave is called when the keyboard went elsewhere.
	OnLeave func()
	// OnEnter is called when the keyboard came.
	OnEnter func()
	// OnTab takes Tab and Shift+Tab, such as for a cell of a grid; nil: they go
	// to the next field and the one before.
	OnTab func(back bool)

	// What kinds of entries built on this one do with a key first.
	before  func(key fyne.KeyName, mod fyne.KeyModifier) bool
	runes   func(r rune) bool
	right   bool           // the text stands at the right while nobody types
	now     bool           // has the keyboard
	pressed bool           // by the space bar, whose space is still to come
	self    fyne.Focusable // the field that is built on this one, or this one
}

var (
	_ Field             = (*Entry)(nil)
	_ desktop.Keyable   = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
)

// NewEntry makes an entry of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.init(e)
	return e
}

// NewPassword makes an entry that shows no letters.
func NewPassword() *Entry {
	e := &Entry{}
	e.Password = true
	e.init(e)
	return e
}

// NewMulti makes an entry of several lines, wrapped at words. Tab leaves it.
func NewMulti(rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.init(e)
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	return e
}

func (e *Entry) init(self fyne.Widget) {
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly // a line is never scrolled up, however little it lacks in height
	e.self = self.(fyne.Focusable)
	e.ExtendBaseWidget(self)
}

// SetProblem implements Field.
func (e *Entry) SetProblem(text string) {
	if e.set(text) {
		e.Refresh()
	}
}

// AcceptsTab is for Fyne: Tab goes to the next field, also from several lines.
func (e *Entry) AcceptsTab() bool { return e.OnTab != nil }

// takesTab hands Tab to OnTab.
func (e *Entry) takesTab(back bool) bool {
	if e.OnTab != nil {
		e.OnTab(back)
	}
	return e.OnTab != nil
}

// SelectAllText marks the whole text, so that typing takes its place.
func (e *Entry) SelectAllText() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// FocusGained is for Fyne.
func (e *Entry) FocusGained() {
	e.now = true
	e.Entry.FocusGained()
	if !e.MultiLine && lastFocused != e.self {
		e.SelectAllText()
	}
	came(e.self)
	if e.OnEnter != nil {
		e.OnEnter()
	}
}

// FocusLost is for Fyne.
func (e *Entry) FocusLost() {
	e.now, e.shift = false, false
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// KeyDown is for Fyne.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	e.down(k, true)
	e.Entry.KeyDown(k)
}

// KeyUp is for Fyne.
func (e *Entry) KeyUp(k *fyne.KeyEvent) {
	e.down(k, false)
	e.Entry.KeyUp(k)
}

// MouseDown is for Fyne.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	m.Position.X -= indent()
	e.Entry.MouseDown(m)
}

// Dragged is for Fyne.
func (e *Entry) Dragged(d *fyne.DragEvent) {
	d.Position.X -= indent()
	e.Entry.Dragged(d)
}

// spaced says that the entry has the keyboard because the space bar pressed a
// button: the space that follows is none of its text.
func (e *Entry) spaced() { e.pressed = true }

// TypedRune is for Fyne.
func (e *Entry) TypedRune(r rune) {
	if e.pressed {
		e.pressed = false
		if r == ' ' {
			return
		}
	}
	if e.runes != nil && e.runes(r) {
		return
	}
	if e.problem != "" && !e.Disabled() {
		e.SetProblem("") // it is being mended
	}
	e.Entry.TypedRune(r)
}

// TypedKey is for Fyne.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	e.pressed = false
	mod := e.modifiers()
	if k.Name == fyne.KeyTab && e.takesTab(mod&fyne.KeyModifierShift != 0) {
		return
	}
	if e.before != nil && e.before(k.Name, mod) {
		return
	}
	if passedOn(k.Name) && !(e.MultiLine && ownOfLines(k.Name)) && e.pass(k.Name, mod) {
		return
	}
	switch k.Name {
	case fyne.KeyBackspace, fyne.KeyDelete:
		if e.problem != "" {
			e.SetProblem("")
		}
	}
	e.Entry.TypedKey(k)
}

// ownOfLines are keys that an entry of several lines needs itself.
func ownOfLines(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	}
	return false
}

// TypedShortcut is for Fyne.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok {
		if e.before != nil && e.before(c.KeyName, c.Modifier) {
			return
		}
		switch c.KeyName { // words: the entry's own
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		default:
			if e.shortcut(s) {
				return
			}
		}
	}
	e.Entry.TypedShortcut(s)
}

// CreateRenderer is for Fyne.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{
		WidgetRenderer: e.Entry.CreateRenderer(), e: e,
		ring:  canvas.NewRectangle(nil),
		cover: canvas.NewRectangle(nil),
		text:  canvas.NewText("", nil),
		lid:   newLid(e),
		edge:  canvas.NewRectangle(nil),
	}
	r.dress()
	return r
}

// entryRenderer draws Fyne's entry, over it the red edge of a problem, and while
// nobody types the text as it fits: at the right where it belongs there, or
// shortened. Fyne's own scroll bar, which lies over the letters of one line, is
// kept out of sight by a lid.
type entryRenderer struct {
	fyne.WidgetRenderer
	e           *Entry
	ring, cover *canvas.Rectangle
	text        *canvas.Text
	lid         *lid
	edge        *canvas.Rectangle // the entry's own, drawn again over what the lid and the bar hid of it
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	return append(objects[:len(objects):len(objects)], r.lid, r.cover, r.text, r.edge, r.ring)
}

// indent is how much further from its edge the text stands than Fyne has it:
// the compact theme leaves too little there.
func indent() float32 { return theme.Scaled(3) }

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	for _, o := range r.WidgetRenderer.Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			s := s.(fyne.CanvasObject)
			s.Move(s.Position().AddXY(indent(), 0))
			s.Resize(s.Size().SubtractWidthHeight(2*indent(), 0))
		}
	}
	r.dress()
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.dress()
}

func (r *entryRenderer) dress() {
	e := r.e
	size := e.Size()
	r.ring.Hidden = e.problem == ""
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = nil, theme.Color(theme.Fill(theme.Red)), 1.5
	r.ring.CornerRadius = theme.Size("inputRadius")
	r.ring.Move(fyne.NewPos(0.5, 0.5))
	r.ring.Resize(size.SubtractWidthHeight(1, 1))

	action := float32(0)
	if e.ActionItem != nil {
		action = e.ActionItem.MinSize().Width
	}
	pad := theme.Inner() * 2
	if !e.right {
		pad = theme.Inner() + indent()
	}
	room := size.Width - 2*pad - action
	text, cut := e.Text, false
	if !e.MultiLine && !e.Password && e.Text != "" {
		text, cut = theme.Fit(e.Text, room, theme.Text(), e.TextStyle)
	}
	r.lid.Hidden = !cut
	r.lid.Move(fyne.NewPos(1.5, size.Height-theme.Scaled(5)))
	r.lid.Resize(fyne.NewSize(size.Width-3-action, theme.Scaled(5)-1.5))
	r.edge.Hidden = !cut
	for _, o := range r.WidgetRenderer.Objects() {
		if b, ok := o.(*canvas.Rectangle); ok && b.StrokeWidth > 0 {
			r.edge.StrokeColor, r.edge.StrokeWidth, r.edge.CornerRadius = b.StrokeColor, b.StrokeWidth, b.CornerRadius
			r.edge.Move(b.Position())
			r.edge.Resize(b.Size())
		}
	}
	r.lid.Refresh()
	r.cover.Hidden = e.now || e.Text == "" || !e.right && !cut
	r.text.Hidden = r.cover.Hidden
	if r.cover.Hidden {
		return
	}
	r.cover.FillColor = theme.Color(theme.Surface)
	r.cover.Move(fyne.NewPos(3, 3))
	r.cover.Resize(size.SubtractWidthHeight(6+action, 6))
	r.text.Text, r.text.TextStyle, r.text.TextSize = text, e.TextStyle, theme.Text()
	r.text.Alignment = fyne.TextAlignLeading
	if e.right {
		r.text.Alignment = fyne.TextAlignTrailing
	}
	tone := theme.Foreground
	if e.Disabled() {
		tone = theme.Muted
	}
	r.text.Color = theme.Color(tone)
	r.text.Move(fyne.NewPos(pad, 0))
	r.text.Resize(fyne.NewSize(room, size.Height))
}

// lid lies over the scroll bar of an entry of one line, and takes the pointer
// before the bar does.
type lid struct {
	widget.BaseWidget
	e *Entry
}

var (
	_ desktop.Hoverable  = (*lid)(nil)
	_ desktop.Mouseable  = (*lid)(nil)
	_ desktop.Cursorable = (*lid)(nil)
)

func newLid(e *Entry) *lid {
	l := &lid{e: e}
	l.Hidden = true
	l.ExtendBaseWidget(l)
	return l
}

// MouseIn is for Fyne.
func (l *lid) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (l *lid) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (l *lid) MouseOut() {}

// MouseDown is for Fyne: the entry's.
func (l *lid) MouseDown(m *desktop.MouseEvent) {
	m.Position = m.Position.Add(l.Position())
	l.e.MouseDown(m)
}

// MouseUp is for Fyne.
func (l *lid) MouseUp(m *desktop.MouseEvent) {
	m.Position = m.Position.Add(l.Position())
	l.e.MouseUp(m)
}

// Cursor is for Fyne.
func (l *lid) Cursor() desktop.Cursor { return desktop.TextCursor }

// MinSize is for Fyne.
func (l *lid) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// CreateRenderer is for Fyne.
func (l *lid) CreateRenderer() fyne.WidgetRenderer {
	return &lidRenderer{WidgetRenderer: widget.NewSimpleRenderer(canvas.NewRectangle(theme.Color(theme.Surface)))}
}

type lidRenderer struct{ fyne.WidgetRenderer }

func (r *lidRenderer) Refresh() {
	o := r.Objects()[0].(*canvas.Rectangle)
	o.FillColor = theme.Color(theme.Surface)
	canvas.Refresh(o)
}
